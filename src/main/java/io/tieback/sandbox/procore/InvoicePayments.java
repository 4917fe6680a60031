package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rows of {@code invoice_payments/sync}, the ERP tab's own payments, by the published rule of sync
 * actions (reference section 3): {@code id} finds or errs, {@code origin_id} alone finds or
 * creates, both find by id and change the key. There is no list, and no published way to remove a
 * row. The names of the fields for amount and day are not published either: a switch says which
 * they are here, and what has another name is dropped without a word, as Procore does.
 */
final class InvoicePayments {

  private static final Set<String> OTHERS =
      Set.of(
          "invoice_type",
          "invoice_id",
          "origin_id",
          "origin_code",
          "origin_data",
          "check_number",
          "payment_number",
          "payment_method",
          "notes");

  private record Row(long companyId, ObjectNode json) {}

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Clock clock;
  private final Map<Long, Row> rows = new LinkedHashMap<>();

  InvoicePayments(State state, ExternalData external, Switches switches, Clock clock) {
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.clock = clock;
  }

  void clear() {
    rows.clear();
  }

  /** Rows of a company, for the books. */
  Iterable<ObjectNode> of(long companyId) {
    return rows.values().stream()
        .filter(row -> row.companyId() == companyId)
        .map(row -> row.json().deepCopy())
        .toList();
  }

  void sync(JsonNode updates, long companyId, ErpResources.Sync sync) {
    for (JsonNode update : updates) {
      write(update, companyId, sync);
    }
  }

  private void write(JsonNode update, long companyId, ErpResources.Sync sync) {
    String originId = Json.text(update, "origin_id");
    Model.Requisition invoice = state.requisitions.get(update.path("invoice_id").longValue());
    String amount = switches.choice("invoicePaymentAmountField");
    if (!"Billings::Requisition".equals(Json.text(update, "invoice_type"))) {
      sync.error(update, "invoice_type", "is not included in the list");
    } else if (invoice == null || invoice.commitment.project.companyId() != companyId) {
      sync.error(update, "invoice_id", "Entity with this ID not found");
    } else if (external.originId("requisition", invoice.id, companyId) == null) {
      sync.error(update, "invoice_id", "is not synced with ERP");
    } else if (originId == null) {
      sync.error(update, "origin_id", "can't be blank");
    } else if (update.has(amount) && !isMoney(update.get(amount))) {
      sync.error(update, amount, "is not a number");
    } else {
      Long id =
          update.path("id").isIntegralNumber()
              ? Long.valueOf(update.get("id").longValue())
              : external.itemId("invoice_payment", companyId, originId);
      if (id != null && (rows.get(id) == null || rows.get(id).companyId() != companyId)) {
        sync.error(update, "id", "Entity with this ID not found");
      } else if (id != null && external.taken("invoice_payment", id, companyId, originId)) {
        sync.error(update, "origin_id", "has already been taken");
      } else {
        sync.entities.add(store(id, update, companyId, originId));
      }
    }
  }

  private ObjectNode store(Long present, JsonNode update, long companyId, String originId) {
    long id = present == null ? state.nextId() : present;
    ObjectNode row =
        rows.computeIfAbsent(id, fresh -> new Row(companyId, Json.object().put("id", id))).json();
    String date = switches.choice("invoicePaymentDateField");
    String amount = switches.choice("invoicePaymentAmountField");
    update
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getKey().equals(date)) {
                LocalDate day = Times.lenient(field.getValue().asText());
                row.put(date, day == null ? null : day.toString());
              } else if (field.getKey().equals(amount) || OTHERS.contains(field.getKey())) {
                row.set(field.getKey(), field.getValue());
              }
            });
    row.put("updated_at", Times.utc(clock.instant()));
    external.set("invoice_payment", id, companyId, originId);
    return row.deepCopy();
  }

  private static boolean isMoney(JsonNode value) {
    try {
      return new BigDecimal(value.asText()).scale() <= 2;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
