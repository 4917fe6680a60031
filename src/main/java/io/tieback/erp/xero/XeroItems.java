package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpItems;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Cost codes with their types as items (Xero reference section 5). Only ever created, by {@code
 * PUT}: {@code POST} would overwrite an item of the same code that somebody else made (XR-WBS-06).
 * The code is Xero's own key, so that no item can come twice.
 *
 * <p>What is there already is linked and not touched; it is in the batch for the journal's sake and
 * costs no call.
 */
final class XeroItems implements XeroRecords {

  private static final String WRITING = "writing items";
  private static final String LOOKING = "looking for items";
  private static final String MARKER = "item:";
  private static final int LONGEST_NAME = 50;
  // The service's own default for summarizeErrors is true: it is always named.
  private static final Map<String, String> QUERY =
      Map.of("summarizeErrors", "false", "unitdp", "4");

  private final XeroConnection connection;
  private final XeroCalls calls;

  XeroItems(XeroConnection connection, XeroCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  @Override
  public int documentsPerCall() {
    return connection.documentsPerCall();
  }

  /** The marker of a new item. */
  static String marker(String code) {
    return MARKER + code;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    CostItem item = (CostItem) document;
    ObjectNode json = Json.object();
    if (item.key() != null) {
      json.put("Marker", item.marker()).put("ItemID", item.key()).put("Code", item.code());
    } else {
      if (!item.marker().equals(marker(item.code()))) {
        throw new IllegalArgumentException(
            "marker "
                + item.marker()
                + " is not that of item "
                + item.code()
                + ": a step of the route changed it");
      }
      json.put("Code", item.code())
          .put("Name", item.name())
          .put("PurchaseDescription", item.description())
          .put("IsPurchased", true)
          .put("IsSold", true);
      account(json, "PurchaseDetails", item.purchaseAccountCode());
      account(json, "SalesDetails", item.salesAccountCode());
    }
    String body = Json.write(json);
    return ErpDocument.of(item.marker(), body);
  }

  private static void account(ObjectNode json, String details, String code) {
    if (code != null) {
      json.putObject(details).put("AccountCode", code);
    }
  }

  /**
   * A batch's body: on the first line what is sent, on the second what is there already and is only
   * linked. Either may be missing.
   */
  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    List<String> lines = new ArrayList<>();
    lines.add(list("Items", documents, false));
    lines.add(list("Linked", documents, true));
    return lines.stream()
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String list(String name, List<ErpDocument> documents, boolean linked) {
    List<String> bodies =
        documents.stream()
            .map(ErpDocument::body)
            .filter(body -> body.startsWith("{\"Marker\"") == linked)
            .toList();
    return bodies.isEmpty()
        ? ""
        : bodies.stream().collect(Collectors.joining(",", "{\"" + name + "\":[", "]}"));
  }

  /**
   * A batch as its bytes say.
   *
   * @param bytes what is sent; null when nothing is
   * @param items what is sent, by code
   * @param linked what is there already
   */
  private record Sent(byte[] bytes, Map<String, JsonNode> items, List<WrittenDocument> linked) {

    static Sent of(DeliveryBatch batch) {
      byte[] bytes = null;
      Map<String, JsonNode> items = new LinkedHashMap<>();
      List<WrittenDocument> linked = new ArrayList<>();
      for (String line : new String(batch.body(), StandardCharsets.UTF_8).split("\n")) {
        JsonNode call = Json.read(line);
        for (JsonNode item : call.path("Items")) {
          bytes = line.getBytes(StandardCharsets.UTF_8);
          items.put(item.path("Code").textValue(), item);
        }
        for (JsonNode item : call.path("Linked")) {
          linked.add(
              written(
                  item.path("Marker").textValue(),
                  item.path("ItemID").textValue(),
                  item.path("Code").textValue(),
                  List.of()));
        }
      }
      return new Sent(bytes, items, linked);
    }
  }

  private static WrittenDocument written(
      String marker, String key, String code, List<String> warnings) {
    return new WrittenDocument(marker, key, code, List.of(), null, "ACTIVE", warnings);
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = Sent.of(batch);
    if (sent.bytes() == null) {
      if (sink.sending(batch.id())) {
        sink.known(batch.id(), sent.linked());
      }
      return;
    }
    XeroWrite write = new XeroWrite(calls, batch, sink, WRITING);
    Optional<HttpAnswer> answer = write.send("PUT", "/Items", QUERY, sent.bytes());
    if (answer.isEmpty()) {
      return;
    }
    JsonNode elements;
    try {
      JsonNode body = Json.read(answer.get().body());
      elements = body.path(answer.get().ok() ? "Items" : "Elements");
    } catch (JsonProcessingException e) {
      write.undetermined("Xero's answer while " + WRITING + " is not whole JSON");
      return;
    }
    if (report(batch, sent, elements, sink) == 0) {
      return;
    }
    if (answer.get().ok()) {
      write.undetermined("Xero's answer does not mention every item that was sent");
    } else {
      sink.undetermined(batch.id(), calls.failure(answer.get(), true, WRITING));
    }
  }

  /** Gives how many documents have no outcome. */
  private static int report(DeliveryBatch batch, Sent sent, JsonNode elements, OutcomeSink sink) {
    List<WrittenDocument> known = new ArrayList<>(sent.linked());
    Map<String, List<String>> refused = new LinkedHashMap<>();
    for (JsonNode element : elements) {
      String code = XeroJson.text(element, "Code");
      JsonNode item = sent.items().get(code);
      List<String> messages = XeroJson.validationErrors(element);
      if (item == null) {
        continue;
      }
      if (messages.isEmpty() && XeroJson.id(element, "ItemID") != null) {
        known.add(known(item, element));
      } else if (!messages.isEmpty() && !wasWrittenBefore(batch, messages)) {
        refused.put(marker(code), messages);
      }
    }
    sink.known(batch.id(), known);
    refused.forEach((marker, messages) -> sink.refused(batch.id(), marker, messages));
    return sent.items().size() + sent.linked().size() - known.size() - refused.size();
  }

  /** The bytes left before: that the code is taken may be the first sending's own doing. */
  private static boolean wasWrittenBefore(DeliveryBatch batch, List<String> messages) {
    return batch.firstSentAt() != null
        && messages.stream().anyMatch(message -> message.contains("already exists"));
  }

  private static WrittenDocument known(JsonNode item, JsonNode shown) {
    String code = item.path("Code").textValue();
    List<String> warnings =
        isAsSent(item, shown)
            ? List.of()
            : List.of(
                XeroComparison.DIFFERENCE
                    + " item "
                    + code
                    + " has another name or account in Xero than was sent");
    return written(marker(code), XeroJson.id(shown, "ItemID"), code, warnings);
  }

  private static boolean isAsSent(JsonNode item, JsonNode shown) {
    return isSame(item, shown, "Name")
        && isSame(item, shown, "PurchaseDescription")
        && Objects.equals(
            XeroJson.text(item.path("PurchaseDetails"), "AccountCode"),
            XeroJson.text(shown.path("PurchaseDetails"), "AccountCode"));
  }

  private static boolean isSame(JsonNode item, JsonNode shown, String field) {
    return Objects.equals(XeroJson.text(item, field), XeroJson.text(shown, field));
  }

  /**
   * One unpaged list tells it for all (section 3.6). An item of the code with the name and
   * description that were sent is ours; with others it is somebody else's, or was changed since.
   */
  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    Sent sent = Sent.of(batch);
    Map<String, JsonNode> found = new HashMap<>();
    if (!sent.items().isEmpty()) {
      try {
        list(LOOKING).forEach(item -> found.put(XeroJson.text(item, "Code"), item));
      } catch (Failure failure) {
        sink.undetermined(batch.id(), failure);
        return;
      }
    }
    List<WrittenDocument> known = new ArrayList<>(sent.linked());
    sent.items().entrySet().stream()
        .filter(item -> isOurs(item.getValue(), found.get(item.getKey())))
        .forEach(item -> known.add(known(item.getValue(), found.get(item.getKey()))));
    known.removeIf(document -> !batch.markers().contains(document.marker()));
    sink.known(batch.id(), known);
    sent.items()
        .forEach(
            (code, item) -> {
              JsonNode shown = found.get(code);
              if (batch.markers().contains(marker(code)) && !isOurs(item, shown)) {
                if (shown == null) {
                  sink.absent(batch.id(), marker(code));
                } else {
                  sink.doubtful(batch.id(), marker(code), doubt(code));
                }
              }
            });
  }

  private static boolean isOurs(JsonNode item, JsonNode shown) {
    return shown != null
        && isSame(item, shown, "Name")
        && isSame(item, shown, "PurchaseDescription");
  }

  private static Failure doubt(String code) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "Xero holds an item with code "
            + code
            + ", but with another name or description than Tieback sent (XR-WBS-06)",
        "Look at item "
            + code
            + " in Xero. If it is to stand for this cost code, set work-breakdown.existing-items to"
            + " use; else delete it or give it another code there. Then replay the dead letter.");
  }

  private JsonNode list(String doing) {
    return calls.get("/Items", Map.of("unitdp", "4"), doing).path("Items");
  }

  /** All items by code: one call. */
  ErpItems all() {
    Map<String, ErpItem> items = new LinkedHashMap<>();
    for (JsonNode item : list("reading items")) {
      String code = XeroJson.text(item, "Code");
      if (code != null) {
        items.put(
            code,
            new ErpItem(
                XeroJson.id(item, "ItemID"),
                code,
                XeroJson.text(item, "Name"),
                XeroJson.text(item.path("PurchaseDetails"), "AccountCode")));
      }
    }
    return new ErpItems(connection.catalogue().mostItems(), LONGEST_NAME, items);
  }
}
