package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Outgoing;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Commitments as purchase orders (Xero reference section 8). Created with PUT only: a POST without
 * an id would overwrite the order that has the number, whoever wrote it.
 *
 * <p>An order has no field that people leave alone, so it is found again by its number, which Xero
 * keeps unique, and is ours only with the supplier, the total and every line as they were sent
 * (docs/decisions/0016).
 */
final class XeroOrders implements XeroRecords {

  static final String NAME = "PurchaseOrders";
  static final String PATH = "/" + NAME;

  /** The service's own default for summarizeErrors is true, whatever its schema says. */
  static final Map<String, String> QUERY = Map.of("summarizeErrors", "false");

  private static final String WRITING = "writing purchase orders";
  private static final String LOOKING = "looking for purchase orders";
  private static final String BILLING = "marking a purchase order as billed";

  private final XeroConnection connection;
  private final XeroCalls calls;
  private final XeroOrderForm form;

  XeroOrders(XeroConnection connection, Supplier<XeroConnection> withCategory, XeroCalls calls) {
    this.connection = connection;
    this.calls = calls;
    this.form = new XeroOrderForm(withCategory);
  }

  @Override
  public int documentsPerCall() {
    return connection.documentsPerCall();
  }

  @Override
  public ErpDocument render(Outgoing document) {
    String body = form.order((PurchaseOrder) document);
    return ErpDocument.of(document.marker(), body);
  }

  /**
   * The body of the call on the first line; the markers of its documents, in their order, below.
   */
  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    if (documents.isEmpty() || documents.size() > documentsPerCall()) {
      throw new IllegalArgumentException(
          documents.size()
              + " orders in one call: must be 1 to "
              + documentsPerCall()
              + " (setting documents per call)");
    }
    String call =
        documents.stream()
            .map(ErpDocument::body)
            .collect(Collectors.joining(",", "{\"" + NAME + "\":[", "]}"));
    String markers =
        Json.write(Json.mapper().valueToTree(documents.stream().map(ErpDocument::marker).toList()));
    return (call + "\n" + markers).getBytes(StandardCharsets.UTF_8);
  }

  /** A batch as it was journalled. */
  private record Sent(byte[] body, Map<String, SentOrder> orders) {

    static Sent of(DeliveryBatch batch) {
      String[] lines = new String(batch.body(), StandardCharsets.UTF_8).split("\n");
      if (lines.length != 2) {
        throw new IllegalArgumentException("batch " + batch.id() + " is no batch of orders");
      }
      JsonNode documents = Json.read(lines[0]).path(NAME);
      JsonNode markers = Json.read(lines[1]);
      Map<String, SentOrder> orders = new LinkedHashMap<>();
      for (int i = 0; i < documents.size(); i++) {
        String marker = markers.path(i).textValue();
        orders.put(marker, SentOrder.read(marker, documents.get(i)));
      }
      if (!orders.keySet().containsAll(batch.markers())) {
        throw new IllegalArgumentException(
            "batch " + batch.id() + " lists markers that its bytes do not hold");
      }
      return new Sent(lines[0].getBytes(StandardCharsets.UTF_8), orders);
    }

    /** Of several with one number, all but the first. */
    List<SentOrder> withTheNumberOfAnother() {
      Set<String> seen = new HashSet<>();
      return orders.values().stream()
          .filter(order -> !seen.add(order.number().strip().toLowerCase(Locale.ROOT)))
          .toList();
    }
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = Sent.of(batch);
    List<SentOrder> twice = sent.withTheNumberOfAnother();
    if (!twice.isEmpty()) {
      twice.forEach(
          order ->
              sink.refused(
                  batch.id(),
                  order.marker(),
                  List.of(
                      "Another commitment that goes out now has the number '"
                          + order.number()
                          + "' too: accept this one with another ERP ID.")));
      // What is left goes into a new batch: this one may not be sent any more.
      sink.sending(batch.id());
      return;
    }
    XeroWrite write = new XeroWrite(calls, batch, sink, WRITING);
    HttpAnswer answer = write.send("PUT", PATH, QUERY, batch.idempotencyKey(), sent.body());
    if (answer == null) {
      return;
    }
    if (answer.ok() || answer.status() == 400) {
      report(batch, sent, answer, sink);
    } else {
      write.unanswered(answer);
    }
  }

  private void report(DeliveryBatch batch, Sent sent, HttpAnswer answer, OutcomeSink sink) {
    Map<String, WrittenDocument> known = new LinkedHashMap<>();
    Map<String, List<String>> refused = new LinkedHashMap<>();
    try {
      JsonNode all = Json.read(answer.body());
      all.path(answer.ok() ? NAME : "Elements")
          .forEach(element -> outcome(element, sent, known, refused));
    } catch (JsonProcessingException | Failure unreadable) {
      known.clear();
      refused.clear();
    }
    sink.known(batch.id(), List.copyOf(known.values()));
    refused.forEach((marker, messages) -> sink.refused(batch.id(), marker, messages));
    int left = sent.orders().size() - known.size() - refused.size();
    if (left > 0) {
      sink.undetermined(
          batch.id(),
          answer.ok()
              ? Failure.of(
                  FailureKind.UNKNOWN,
                  left + " of " + sent.orders().size() + " orders are not in Xero's answer",
                  "")
              : calls.failure(answer, true, WRITING));
    }
  }

  /** By the number that Xero echoes, never by position. */
  private static void outcome(
      JsonNode element,
      Sent sent,
      Map<String, WrittenDocument> known,
      Map<String, List<String>> refused) {
    Optional<SentOrder> order =
        sent.orders().values().stream().filter(one -> one.hasNumber(element)).findFirst();
    if (order.isEmpty()) {
      return;
    }
    List<String> messages = XeroJson.validationErrors(element);
    if (XeroJson.id(element, SentOrder.ID) != null && messages.isEmpty()) {
      known.put(order.get().marker(), order.get().written(element));
    } else if (XeroJson.id(element, SentOrder.ID) == null && !messages.isEmpty()) {
      refused.put(order.get().marker(), messages);
    }
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    Map<String, SentOrder> wanted = new LinkedHashMap<>(Sent.of(batch).orders());
    wanted.keySet().retainAll(new HashSet<>(batch.markers()));
    Collection<JsonNode> listed;
    try {
      listed = listed(batch, wanted.values());
    } catch (Failure failure) {
      sink.undetermined(batch.id(), failure);
      return;
    }
    wanted.forEach(
        (marker, order) -> {
          Optional<JsonNode> holder = listed.stream().filter(order::hasNumber).findFirst();
          if (holder.isEmpty()) {
            sink.absent(batch.id(), marker);
          } else if (order.isAsSent(holder.get())) {
            sink.known(batch.id(), order.written(holder.get()));
          } else {
            sink.doubtful(batch.id(), marker, doubt(order, holder.get()));
          }
        });
  }

  /** Orders with a wanted number that changed since the batch left: nearly always one call. */
  private Collection<JsonNode> listed(DeliveryBatch batch, Collection<SentOrder> wanted) {
    Instant since = batch.firstSentAt() == null ? null : batch.firstSentAt().minus(XeroLookUp.SKEW);
    return new XeroPages(calls)
        .read(
            new XeroPages.Wanted(NAME, SentOrder.ID, Map.of(), since, LOOKING),
            shown ->
                !isFormer(batch, shown) && wanted.stream().anyMatch(order -> order.hasNumber(shown))
                    ? shown
                    : null,
            () -> false)
        .records();
  }

  /** What was unlinked because it is gone is not what is looked for; one that lives still is. */
  private static boolean isFormer(DeliveryBatch batch, JsonNode order) {
    return isDeleted(order) && batch.formerIds().contains(XeroJson.id(order, SentOrder.ID));
  }

  private static Failure doubt(SentOrder order, JsonNode holder) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "Not written again, because purchase order "
            + XeroJson.id(holder, SentOrder.ID)
            + " in Xero has the number '"
            + order.number()
            + "' but not the supplier, total ("
            + order.total()
            + ") and lines of this commitment",
        "Open the order in Xero. If it is this commitment's and somebody changed it, put supplier"
            + " and lines back and replay the dead letter. If it is another one, reject the"
            + " commitment in Procore and accept it with another ERP ID.");
  }

  /**
   * The order that has the number, whatever its state; its marker is that of the order only when it
   * is as this one would be written.
   *
   * @throws Failure when Xero does not tell
   */
  Optional<TakenNumber> taken(PurchaseOrder order) {
    SentOrder sent = SentOrder.read(order.marker(), Json.read(form.order(order)));
    return byKey(order.number(), "asking whether an order number is taken")
        .map(
            holder ->
                new TakenNumber(
                    String.valueOf(XeroJson.text(holder.path("Contact"), "ContactID")),
                    order.number(),
                    false,
                    XeroJson.id(holder, SentOrder.ID),
                    String.valueOf(XeroJson.text(holder, "Status")),
                    SentOrder.beforeTax(holder),
                    sent.isAsSent(holder) && !isDeleted(holder) ? order.marker() : null,
                    XeroJson.instant(holder, "UpdatedDateUTC")));
  }

  /** Marks an approved order as billed; its lines stay as they are, since none is listed. */
  boolean billed(String key) {
    Optional<JsonNode> order = byKey(key, BILLING);
    if (order.isEmpty() || !"AUTHORISED".equals(XeroJson.text(order.get(), "Status"))) {
      return false;
    }
    ObjectNode body = Json.object();
    body.putArray(NAME).addObject().put(SentOrder.ID, key).put("Status", "BILLED");
    Tokens tokens = calls.tokens();
    try (CallBudget.Leave leave = calls.leave()) {
      HttpAnswer answer =
          calls.write(
              "POST",
              PATH + "/" + key,
              Map.of(),
              "tieback-billed-" + key,
              Json.write(body).getBytes(StandardCharsets.UTF_8),
              tokens,
              null);
      if (!answer.ok()) {
        throw calls.failure(answer, true, BILLING);
      }
    }
    return true;
  }

  static boolean isDeleted(JsonNode order) {
    return "DELETED".equals(XeroJson.text(order, "Status"));
  }

  /** One order by its id or number; empty when Xero has none. */
  Optional<JsonNode> byKey(String key, String doing) {
    try {
      String path = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
      JsonNode order = calls.get(PATH + "/" + path, Map.of(), doing).path(NAME).path(0);
      return order.isObject() ? Optional.of(order) : Optional.empty();
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }
}
