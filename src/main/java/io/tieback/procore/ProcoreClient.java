package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.CallBudget;
import io.tieback.wire.CallCounter;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The calls to Procore that move records: requests, requisitions, acknowledgements, payments
 * (Procore reference sections 4, 8 and 12). Each gives JSON or small records and throws {@link
 * Failure}; a write that may be repeated is never left UNKNOWN.
 */
public final class ProcoreClient {

  private static final int PAGE = 1000;

  /** Each row of such a page carries all items of its invoice. */
  private static final int PAGE_WITH_ITEMS = 100;

  private final ProcoreConnection connection;
  private final ProcoreCalls calls;
  private final SyncCalls sync;
  private final String company;

  /**
   * @param http the way out
   * @param connection which company, and how
   * @param tokens the service account's token
   * @param budget calls that are allowed, shared by all nodes
   * @param counter is told of each call by name
   * @param clock to reckon waits
   */
  public ProcoreClient(
      Http http,
      ProcoreConnection connection,
      ProcoreTokens tokens,
      CallBudget budget,
      CallCounter counter,
      Clock clock) {
    this.connection = connection;
    this.calls = new ProcoreCalls(http, connection, tokens, budget, counter, clock);
    this.sync = new SyncCalls(calls);
    this.company = "/rest/v1.0/companies/" + connection.companyId() + "/";
  }

  /** Which company, and how. */
  public ProcoreConnection connection() {
    return connection;
  }

  /** Reads of projects, vendors, commitments and codes. */
  public ProcoreDirectory directory() {
    return new ProcoreDirectory(calls);
  }

  /** What Procore shows to anybody who may see it, read by what changed. */
  public PublicRecords publicRecords() {
    return new PublicRecords(calls);
  }

  /** Direct costs. */
  public DirectCosts directCosts() {
    return new DirectCosts(calls, sync);
  }

  /** Standard cost codes, and cost types of cost codes. */
  public WorkBreakdown workBreakdown() {
    return new WorkBreakdown(calls, sync);
  }

  /** What Procore shows under Ready to Import. */
  public StagedRecords stagedRecords() {
    return new StagedRecords(calls, sync);
  }

  /** Files of subcontractor invoices. */
  public RequisitionFiles requisitionFiles() {
    return new RequisitionFiles(calls);
  }

  /** Marks by the public resources, without the ERP tab. */
  public PublicMarks publicMarks() {
    return new PublicMarks(calls, sync);
  }

  /** New companies of the Directory. */
  public VendorCreation vendorCreation() {
    return new VendorCreation(calls);
  }

  /** Names of companies. */
  public VendorNames vendorNames() {
    return new VendorNames(calls, sync);
  }

  /** The webhook's hook, trigger and deliveries. */
  public ProcoreHooks hooks() {
    return new ProcoreHooks(calls);
  }

  /** Hooks that tell of public resources. */
  public PublicHooks publicHooks() {
    return new PublicHooks(calls);
  }

  /** An ERP request with its event, as Procore gives it. */
  public JsonNode erpRequest(long id) {
    return calls.get("procore.show-erp-request", company + "erp_requests/" + id);
  }

  /** The request details of one record, open and closed. */
  public List<RequestDetail> requestDetails(long itemId) {
    String path =
        new Query().with("filters[item_id]", itemId).after(company + "erp_request_details");
    return calls.list("procore.list-request-details", path).stream()
        .map(ProcoreClient::detail)
        .toList();
  }

  private static RequestDetail detail(JsonNode row) {
    List<String> messages = new ArrayList<>();
    row.path("messages").forEach(message -> messages.add(message.asText()));
    return new RequestDetail(
        Fields.id(row, "id", "request detail"), row.path("status").asText(""), messages);
  }

  /**
   * A requisition with its items, v1.1.
   *
   * @throws Failure REFUSED with status 404 when it is gone or its project is not permitted
   */
  public JsonNode requisition(long projectId, long id) {
    String view = connection.settings().requisitionView().word();
    String path =
        new Query()
            .with("project_id", projectId)
            .with("view", view)
            .after("/rest/v1.1/requisitions/" + id);
    return calls.get("procore.show-requisition", path);
  }

  /** All requisitions of a project with their items, v1.1. */
  public List<JsonNode> requisitions(long projectId) {
    Query query =
        new Query()
            .with("project_id", projectId)
            .with("view", connection.settings().requisitionView().word())
            .with("per_page", PAGE_WITH_ITEMS);
    return calls.list("procore.list-requisitions", query.after("/rest/v1.1/requisitions"));
  }

  /** Whether a project has this requisition. */
  public boolean projectHasRequisition(long projectId, long id) {
    String path =
        new Query()
            .with("project_id", projectId)
            .with("filters[id]", id)
            .with("per_page", 1)
            .after("/rest/v1.1/requisitions");
    return calls.list("procore.find-requisition", path).stream()
        .anyMatch(row -> row.path("id").asLong() == id);
  }

  /** Writes External Data in bulk; one outcome for each row, in their order. May be repeated. */
  public List<SyncOutcome<ExternalDataRow.Key>> syncExternalData(List<ExternalDataRow> rows) {
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-external-data",
            company + "external_data/sync",
            SyncCalls.updates()::apply,
            ProcoreClient::json,
            ProcoreClient::externalDataKey,
            (sent, shown) ->
                Objects.equals(
                    sent.path("origin_id").textValue(), shown.path("origin_id").textValue())),
        rows);
  }

  private static JsonNode json(ExternalDataRow row) {
    ObjectNode out =
        Json.object()
            .put("item_type", row.itemType())
            .put("item_id", row.itemId())
            .put("origin_id", row.originId());
    if (row.originCode() != null) {
      out.put("origin_code", row.originCode());
    }
    if (row.originData() != null) {
      out.put("origin_data", row.originData());
    }
    return out;
  }

  private static Optional<ExternalDataRow.Key> externalDataKey(JsonNode row) {
    return row.path("item_type").isTextual() && row.path("item_id").canConvertToLong()
        ? Optional.of(
            new ExternalDataRow.Key(
                row.get("item_type").textValue(), row.get("item_id").longValue()))
        : Optional.empty();
  }

  /** Closes request details in bulk; one outcome for each, in their order. May be repeated. */
  public List<SyncOutcome<Long>> closeDetails(List<DetailAnswer> answers) {
    boolean bare =
        connection.settings().detailsSyncWrapper() == ProcoreSettings.DetailsWrapper.BARE;
    Function<ArrayNode, JsonNode> wrapper = bare ? rows -> rows : SyncCalls.updates()::apply;
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-request-details",
            company + "erp_request_details/sync",
            wrapper,
            ProcoreClient::json,
            row ->
                row.path("id").canConvertToLong()
                    ? Optional.of(row.get("id").longValue())
                    : Optional.empty(),
            (sent, shown) ->
                !shown.has("status") || sent.path("status").equals(shown.path("status"))),
        answers);
  }

  private static JsonNode json(DetailAnswer answer) {
    return status(answer).put("id", answer.detailId());
  }

  private static ObjectNode status(DetailAnswer answer) {
    ObjectNode out = Json.object().put("status", answer.status().word());
    ArrayNode messages = out.putArray("messages");
    answer.messages().forEach(messages::add);
    return out;
  }

  /** Closes one request detail. May be repeated. */
  public void closeDetail(DetailAnswer answer) {
    ObjectNode body = Json.object();
    body.set("request_detail", status(answer));
    calls.writeRepeatable(
        "procore.close-request-detail",
        "PATCH",
        company + "erp_request_details/" + answer.detailId(),
        body);
  }

  /** All payments of a contract; Procore has no list over contracts and no filter. */
  public List<JsonNode> contractPayments(long projectId, long contractId) {
    Query query =
        new Query()
            .with("project_id", projectId)
            .with("contract_id", contractId)
            .with("per_page", PAGE);
    return calls.list(
        "procore.list-contract-payments", query.after("/rest/v1.0/contract_payments"));
  }

  /**
   * Creates a payment. Not to be repeated blindly.
   *
   * @throws Failure UNKNOWN when nobody knows whether it was created
   */
  public JsonNode createContractPayment(long projectId, long contractId, ObjectNode payment) {
    return calls.writeOnce(
        "procore.create-contract-payment",
        "POST",
        "/rest/v1.0/contract_payments",
        body(projectId, contractId, payment));
  }

  /** Changes fields of a payment to given values. May be repeated. */
  public JsonNode updateContractPayment(
      long projectId, long contractId, long id, ObjectNode payment) {
    return calls.writeRepeatable(
        "procore.update-contract-payment",
        "PATCH",
        "/rest/v1.0/contract_payments/" + id,
        body(projectId, contractId, payment));
  }

  private static ObjectNode body(long projectId, long contractId, ObjectNode payment) {
    ObjectNode body = Json.object().put("project_id", projectId).put("contract_id", contractId);
    body.set("contract_payment", payment);
    return body;
  }

  /**
   * Deletes a payment. May be repeated.
   *
   * @return whether it was there
   */
  public boolean deleteContractPayment(long projectId, long contractId, long id) {
    String path =
        new Query()
            .with("project_id", projectId)
            .with("contract_id", contractId)
            .after("/rest/v1.0/contract_payments/" + id);
    try {
      calls.writeRepeatable("procore.delete-contract-payment", "DELETE", path, null);
      return true;
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return false;
      }
      throw failure;
    }
  }

  /**
   * The ERP tab's own payments sync, of one row. Rows are found by {@code id}, else by {@code
   * origin_id}, else created.
   *
   * @param row a row with {@code invoice_type}, {@code invoice_id} and {@code origin_id}
   * @return the row as Procore shows it
   * @throws Failure UNKNOWN when nobody knows whether it was written; REFUSED with Procore's words
   */
  public JsonNode syncInvoicePayment(ObjectNode row) {
    ObjectNode body = Json.object();
    body.putArray("updates").add(row);
    JsonNode answer =
        calls.writeOnce(
            "procore.sync-invoice-payments", "PATCH", company + "invoice_payments/sync", body);
    JsonNode error = answer.path("errors").path(0);
    if (!error.isMissingNode()) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Procore refuses the invoice payment "
              + row.path("origin_id").asText()
              + ": "
              + ProcoreErrors.words(error.path("errors")),
          "Correct what Procore objects to, then replay the dead letter.");
    }
    JsonNode entity = answer.path("entities").path(0);
    if (entity.isMissingNode()) {
      throw Failure.of(
          FailureKind.UNKNOWN,
          "Procore's answer does not mention the invoice payment " + row.path("origin_id").asText(),
          "");
    }
    return entity;
  }

  /** A failure for a figure or text of Procore that cannot be used. */
  static Failure unusable(String what, String found, String remedy) {
    return Failure.of(FailureKind.REFUSED, what + ": " + found, remedy);
  }
}
