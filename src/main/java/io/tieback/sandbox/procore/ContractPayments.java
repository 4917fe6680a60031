package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code /rest/v1.0/contract_payments} (section 8). With {@code origin_id} set, only attachments,
 * {@code origin_id} and {@code origin_data} can be written; other fields answer 422, whether or not
 * they would change. Clearing {@code origin_id} unlocks.
 */
final class ContractPayments {
  private static final String PATH = "/rest/v1.0/contract_payments";
  private static final String TYPE = "contract_payment";
  private static final Set<String> FREE = Set.of("origin_id", "origin_data", "prostore_file_ids");
  private static final Set<String> METHODS = Set.of("check", "credit_card", "electronic");

  private final State state;
  private final ExternalData external;
  private final Switches switches;
  private final Clock clock;
  private final Chronicle chronicle;

  ContractPayments(
      State state, ExternalData external, Switches switches, Clock clock, Chronicle chronicle) {
    this.chronicle = chronicle;
    this.state = state;
    this.external = external;
    this.switches = switches;
    this.clock = clock;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "GET", PATH, this::list);
    gate.on(router, "POST", PATH, this::create);
    gate.on(
        router,
        "GET",
        PATH + "/:id",
        ask ->
            Answer.json(200, json(held(ask, ask.query("project_id"), ask.query("contract_id")))));
    gate.on(router, "PATCH", PATH + "/:id", this::update);
    gate.on(router, "DELETE", PATH + "/:id", this::delete);
  }

  private Model.Commitment contract(Ask ask, long projectId, long contractId) {
    Model.Project project = state.projects.get(projectId);
    Model.Commitment contract = state.commitments.get(contractId);
    if (project == null || project.companyId() != ask.companyId) {
      throw Refusal.notFound("Project");
    }
    if (contract == null || contract.project != project) {
      throw Refusal.notFound("Contract");
    }
    return contract;
  }

  private Model.ContractPayment held(Ask ask, long projectId, long contractId) {
    Model.Commitment contract = contract(ask, projectId, contractId);
    Model.ContractPayment payment = state.payments.get(ask.path("id"));
    if (payment == null || payment.contract != contract) {
      throw Refusal.notFound("Contract Payment");
    }
    return payment;
  }

  private Answer list(Ask ask) {
    ask.onlyFilters();
    Model.Commitment contract = contract(ask, ask.query("project_id"), ask.query("contract_id"));
    List<ObjectNode> rows = new ArrayList<>();
    contract.payments.forEach(payment -> rows.add(json(payment)));
    return ask.page(rows, 100);
  }

  private Answer create(Ask ask) {
    Model.Commitment contract =
        contract(ask, ask.bodyNumber("project_id"), ask.bodyNumber("contract_id"));
    JsonNode in = ask.object(TYPE);
    Model.ContractPayment payment = new Model.ContractPayment();
    payment.id = state.nextId();
    payment.contract = contract;
    check(in, payment, ask.companyId, true);
    apply(in, payment);
    payment.createdAt = clock.instant();
    payment.updatedAt = payment.createdAt;
    state.payments.put(payment.id, payment);
    contract.payments.add(payment);
    chronicle.created(TYPE, payment.id);
    link(in, payment);
    files(ask.body(), payment);
    return Answer.json(201, json(payment));
  }

  private Answer update(Ask ask) {
    Model.ContractPayment payment =
        held(ask, ask.bodyNumber("project_id"), ask.bodyNumber("contract_id"));
    JsonNode in = ask.body().has(TYPE) ? ask.object(TYPE) : Json.object();
    if (locked(payment)) {
      in.fieldNames()
          .forEachRemaining(
              field -> {
                if (!FREE.contains(field)) {
                  throw Refusal.reason(
                      422,
                      "This payment is synced with ERP and " + field + " cannot be changed",
                      "locked by origin_id");
                }
              });
    }
    check(in, payment, ask.companyId, false);
    apply(in, payment);
    payment.updatedAt = clock.instant();
    chronicle.changed(TYPE, payment.id);
    link(in, payment);
    files(ask.body(), payment);
    return Answer.json(200, json(payment));
  }

  private Answer delete(Ask ask) {
    Model.ContractPayment payment = held(ask, ask.query("project_id"), ask.query("contract_id"));
    if (locked(payment) && !switches.flag("deleteLockedPayment")) {
      throw Refusal.reason(
          422, "This payment is synced with ERP and cannot be deleted", "locked by origin_id");
    }
    chronicle.deleted(TYPE, payment.id);
    external.remove(TYPE, payment.id, ask.companyId);
    state.payments.remove(payment.id);
    payment.contract.payments.remove(payment);
    return Answer.empty(200);
  }

  private boolean locked(Model.ContractPayment payment) {
    return external.originId(TYPE, payment.id, payment.contract.project.companyId()) != null;
  }

  private void check(JsonNode in, Model.ContractPayment payment, long companyId, boolean create) {
    if (create || in.has("amount")) {
      decimal(in.get("amount"));
    }
    for (String field : List.of("payment_number", "draw_request_number")) {
      JsonNode value = in.get(field);
      if (value != null && !value.isNull() && !value.asText().matches("\\d{1,18}")) {
        throw Refusal.field(422, field, "is not a number");
      }
    }
    if (in.hasNonNull("payment_method") && !METHODS.contains(in.get("payment_method").asText())) {
      throw Refusal.field(422, "payment_method", "is not included in the list");
    }
    if (in.hasNonNull("requisition_id")) {
      Model.Requisition requisition = state.requisitions.get(in.get("requisition_id").asLong());
      if (requisition == null || requisition.commitment != payment.contract) {
        throw Refusal.field(422, "requisition_id", "does not belong to the contract");
      }
    }
    if (in.hasNonNull("origin_id")
        && external.taken(TYPE, payment.id, companyId, in.get("origin_id").asText())) {
      throw Refusal.field(422, "origin_id", "has already been taken");
    }
  }

  private static BigDecimal decimal(JsonNode value) {
    if (value == null || value.isNull()) {
      throw Refusal.field(422, "amount", "can't be blank");
    }
    try {
      return new BigDecimal(value.asText());
    } catch (NumberFormatException e) {
      throw Refusal.field(422, "amount", "is not a number");
    }
  }

  /** Unknown fields are dropped without a word and malformed dates become null, as Procore does. */
  private void apply(JsonNode in, Model.ContractPayment payment) {
    in.fieldNames()
        .forEachRemaining(
            field -> {
              String text = Json.text(in, field);
              switch (field) {
                case "amount" -> payment.amount = decimal(in.get(field));
                case "date" -> payment.date = Times.lenient(text);
                case "invoice_date" -> payment.invoiceDate = Times.lenient(text);
                case "invoice_number" -> payment.invoiceNumber = text;
                case "check_number" -> payment.checkNumber = text;
                case "payment_number" ->
                    payment.paymentNumber = text == null ? null : Long.valueOf(text);
                case "draw_request_number" ->
                    payment.drawRequestNumber = text == null ? null : Long.valueOf(text);
                case "payment_method" -> payment.paymentMethod = text;
                case "notes" -> payment.notes = text;
                case "requisition_id" ->
                    payment.requisitionId = text == null ? null : Long.valueOf(text);
                default -> {}
              }
            });
  }

  private void link(JsonNode in, Model.ContractPayment payment) {
    long companyId = payment.contract.project.companyId();
    if (in.has("origin_id")) {
      external.set(TYPE, payment.id, companyId, Json.text(in, "origin_id"));
    }
    if (in.has("origin_data")) {
      ExternalData.Row row = external.row(TYPE, payment.id, companyId);
      if (row == null) {
        row = external.set(TYPE, payment.id, companyId, null);
      }
      row.originData = Json.text(in, "origin_data");
    }
  }

  private static void files(JsonNode body, Model.ContractPayment payment) {
    if (body.path("attachments").isArray()) {
      payment.attachments.clear();
      body.get("attachments").forEach(file -> payment.attachments.add(file.asText()));
    }
  }

  /**
   * What a user may change on a synced payment in the user interface: {@code checkNumber}, {@code
   * paymentNumber}, {@code attachments}.
   */
  Answer user(long id, JsonNode body) {
    Json.onlyFields("body", body, "checkNumber", "paymentNumber", "attachments");
    Model.ContractPayment payment = state.payments.get(id);
    if (payment == null) {
      return Answer.json(404, Json.object().put("error", "There is no payment " + id + "."));
    }
    if (body.has("checkNumber")) {
      payment.checkNumber = Json.text(body, "checkNumber");
    }
    if (body.has("paymentNumber")) {
      payment.paymentNumber =
          body.get("paymentNumber").isNull() ? null : (Long) body.get("paymentNumber").longValue();
    }
    files(body, payment);
    payment.updatedAt = clock.instant();
    chronicle.changed(TYPE, payment.id);
    return Answer.json(200, json(payment));
  }

  /** As the API shows it: without payment_method and invoice_date. */
  ObjectNode json(Model.ContractPayment payment) {
    ExternalData.Row row = external.row(TYPE, payment.id, payment.contract.project.companyId());
    ObjectNode out =
        Json.object()
            .put("id", payment.id)
            .put("amount", Decimals.plain(payment.amount))
            .put("check_number", payment.checkNumber)
            .put("contract_id", payment.contract.id)
            .put("created_at", Times.utc(payment.createdAt))
            .put("updated_at", Times.utc(chronicle.updatedAt(TYPE, payment.id, payment.updatedAt)))
            .put("date", payment.date == null ? null : payment.date.toString())
            .put("date_payment_settled", (String) null)
            .put("date_payment_initiated", (String) null)
            .put("draw_request_number", payment.drawRequestNumber)
            .put("external_payment_id", (String) null)
            .put("invoice_number", payment.invoiceNumber)
            .put("notes", payment.notes)
            .put("payment_number", payment.paymentNumber);
    ArrayNode files = out.putArray("attachments");
    for (int i = 0; i < payment.attachments.size(); i++) {
      files
          .addObject()
          .put("id", i + 1)
          .put("url", "https://files.example.com/" + (i + 1))
          .put("filename", payment.attachments.get(i));
    }
    return out.put("project_id", payment.contract.project.id())
        .put("requisition_id", payment.requisitionId)
        .put("origin_id", row == null ? null : row.originId)
        .put("origin_code", row == null ? null : row.originCode)
        .put("origin_data", row == null ? null : row.originData)
        .put("status", "paid");
  }

  /** What has been paid on a commitment. */
  static BigDecimal paid(Model.Commitment commitment) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Model.ContractPayment payment : commitment.payments) {
      sum = sum.add(payment.amount);
    }
    return sum;
  }
}
