package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Extra;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.util.Map;
import java.util.Optional;

/**
 * The event of an item of the queue, as a person corrected it, with what its approver entered
 * (GEN-Q-05).
 */
public final class DoorData {

  /** The field of Procore's events that holds the day on which a document is posted. */
  static final String ACCOUNTING_DATE = "accounting_date";

  private DoorData() {}

  /**
   * {@code request_data} of an item: what was read, or what a person made of it as long as that
   * stands; and where Procore's own event has the number and the accounting date that its approver
   * chooses, those.
   *
   * @return empty when the item has no event: it cannot be read, or is gone
   */
  public static Optional<JsonNode> of(QueueItem item) {
    if (item.about().event() == null) {
      return Optional.empty();
    }
    JsonNode data = corrected(item).orElseGet(() -> Json.read(item.about().event()));
    Map<String, String> extra =
        item.way().extra() == null ? Map.of() : Extra.read(item.way().extra());
    number(item, data, extra.get(Extra.NUMBER));
    date(item, data, extra.get(Extra.ACCOUNTING_DATE));
    return Optional.of(data);
  }

  private static void number(QueueItem item, JsonNode data, String number) {
    if (number == null) {
      return;
    }
    switch (item.entity()) {
      case "work_order_contract", "purchase_order_contract" ->
          put(data.path("commitment"), "code", number);
      case WorkItem.REQUISITION -> put(data.path("requisitions").path(0), "code", number);
      default -> {} // Other kinds have their own name or number in the ERP.
    }
  }

  private static void date(QueueItem item, JsonNode data, String date) {
    if (date == null || !(data instanceof ObjectNode event)) {
      return;
    }
    if (item.entity().equals(WorkItem.REQUISITION)) {
      if (data.path("requisitions").path(0) instanceof ObjectNode invoice) {
        invoice.withObjectProperty("erp_custom_fields").put(ACCOUNTING_DATE, date);
      }
    } else {
      event.withObjectProperty("additional_data").put(ACCOUNTING_DATE, date);
    }
  }

  private static void put(JsonNode node, String field, String value) {
    if (node instanceof ObjectNode object) {
      object.put(field, value);
    }
  }

  /**
   * The item's event with its record's part as a person corrected it; empty when nobody did, and
   * for a project, whose parts are not those of the event: it is corrected in Procore.
   */
  private static Optional<JsonNode> corrected(QueueItem item) {
    if (item.correction() == null) {
      return Optional.empty();
    }
    JsonNode part = Json.read(item.correction().part());
    return switch (item.entity()) {
      case "work_order_contract", "purchase_order_contract", ChangeOrderFlow.ENTITY ->
          Optional.of(part);
      case WorkItem.REQUISITION -> {
        ObjectNode data = Json.object();
        data.putArray("requisitions").add(part);
        yield Optional.of(data);
      }
      case CompanyReadings.VENDOR -> {
        ObjectNode data = Json.object();
        data.set("vendor", part);
        yield Optional.of(data);
      }
      default -> Optional.empty();
    };
  }

  /** Whether a record of this kind can be corrected in place at Tieback's own door. */
  static boolean takesCorrections(String entity) {
    return switch (entity) {
      case "work_order_contract",
          "purchase_order_contract",
          ChangeOrderFlow.ENTITY,
          WorkItem.REQUISITION,
          CompanyReadings.VENDOR ->
          true;
      default -> false;
    };
  }
}
