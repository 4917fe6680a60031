package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/**
 * Commitments and change orders of a site: what people do with them in Procore and Xero, and what
 * both show. The contractor has commitments that are not exported yet.
 */
public final class Orders {

  private final Site site;

  /** Orders of a site's first contractor. */
  public Orders(Site site) {
    this.site = site;
  }

  /** A contractor with one project, a supplier and two cost types. */
  public static final class Contractor {
    public final ContractorSeed seed;
    public final Project tower;
    public final long supplier;
    public final long subcontract;
    public final long materials;

    public Contractor(long company) {
      seed = new ContractorSeed(Site.HARBOUR, company, "Harbour Builders", Site.REDIRECT);
      subcontract = seed.costType("S", "Subcontract", "commitment");
      materials = seed.costType("M", "Materials", "materials");
      String[][] codes = {{"03-110", "Formwork"}, {"03-300", "Concrete"}, {"05-120", "Steel"}};
      for (String[] code : codes) {
        seed.item(code[0], "S", code[1] + " - Subcontract");
        seed.item(code[0], "M", code[1] + " - Materials");
      }
      tower = seed.project("2026-014", "Harbour Tower", codes);
      supplier = seed.vendor("Pacific Concrete Co");
    }

    /** A commitment that is in no ERP yet. */
    public ObjectNode commitment(String type, String number, String title) {
      ObjectNode node = seed.commitment(tower, supplier, type, number, title, "amount");
      seed.notExported(node);
      return node;
    }

    /** A line by amount. Gives its id. */
    public long line(ObjectNode commitment, String code, long type, String words, String amount) {
      return line(commitment, code, type, words, amount, null, null);
    }

    /** A line by unit. Gives its id. */
    public long line(
        ObjectNode commitment,
        String code,
        long type,
        String words,
        String amount,
        String quantity,
        String price) {
      return seed.line(commitment, tower, code, type, words, amount, quantity, price, "EA");
    }

    /** A change order without lines. */
    public ObjectNode changeOrder(long id, ObjectNode commitment, String number, String title) {
      ObjectNode node =
          ((ObjectNode) seed.procore())
              .withArray("changeOrders")
              .addObject()
              .put("id", id)
              .put("commitmentId", commitment.get("id").longValue())
              .put("number", number)
              .put("title", title);
      node.putArray("lines");
      return node;
    }

    /** A line of a change order. */
    public static ObjectNode change(
        ObjectNode changeOrder, long commitmentLine, String words, String amount) {
      return changeOrder
          .withArray("lines")
          .addObject()
          .put("commitmentLineId", commitmentLine)
          .put("description", words)
          .put("amount", amount);
    }
  }

  // ---- people in Procore

  /** Sends and accepts commitments. */
  public JsonNode acceptCommitments(Long... ids) {
    site.procore().post("commitments/send", ids(ids));
    return site.procore().post("commitments/accept", ids(ids));
  }

  /** Sends and accepts change orders. */
  public JsonNode acceptChanges(Long... ids) {
    site.procore().post("change-orders/send", ids(ids));
    return site.procore().post("change-orders/accept", ids(ids));
  }

  /** A body with ids. */
  public static ObjectNode ids(Long... ids) {
    ObjectNode body = Json.object();
    List.of(ids).forEach(body.putArray("ids")::add);
    return body;
  }

  // ---- people in Xero

  /** Somebody changes an order in Xero. */
  public JsonNode inXero(String orderId, ObjectNode change) {
    return site.xero().post("orders/" + orderId, change.put("tenantId", site.seed().tenantId()));
  }

  // ---- what both show

  /** All orders of Xero, as the API shows them. */
  public List<JsonNode> all() {
    return rows(site.xero().get("orders?tenantId=" + site.seed().tenantId()).path("orders"));
  }

  /** The one order with a number. */
  public JsonNode order(String number) {
    List<JsonNode> found =
        all().stream()
            .filter(order -> order.path("PurchaseOrderNumber").asText().equals(number))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " orders have the number " + number);
    }
    return found.get(0);
  }

  /** Lines of an order whose text holds this. */
  public static List<JsonNode> lines(JsonNode order, String text) {
    return rows(order.path("LineItems")).stream()
        .filter(line -> line.path("Description").asText().contains(text))
        .toList();
  }

  /** A commitment or change order in Procore. */
  public JsonNode inProcore(long id) {
    JsonNode books = site.procore().get("books?companyId=" + site.seed().companyId());
    return java.util.stream.Stream.of("commitments", "changeOrders")
        .flatMap(kind -> rows(books.path(kind)).stream())
        .filter(one -> one.path("id").longValue() == id)
        .findFirst()
        .orElseThrow();
  }

  /** The newest request detail of a record. */
  public JsonNode detail(long id) {
    JsonNode books = site.procore().get("books?companyId=" + site.seed().companyId());
    return rows(books.path("details")).stream()
        .filter(
            detail ->
                rows(detail.path("items")).stream()
                    .anyMatch(item -> item.path("itemId").longValue() == id))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static List<JsonNode> rows(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  // ---- the ledger

  /** The work item of a commitment or change order. */
  public WorkItem item(long id) {
    return List.of("work_order_contract", "purchase_order_contract", "change_order").stream()
        .flatMap(entity -> site.ledger().workItems().find(Site.HARBOUR, entity, id).stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no work item of " + id));
  }

  /** Waits until records are in a state. */
  public void await(ItemState state, Long... ids) {
    for (long id : ids) {
      Awaitility.await("record " + id + " is " + state)
          .atMost(Site.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .untilAsserted(
              () -> {
                WorkItem item = item(id);
                if (item.state() != state) {
                  throw new AssertionError(
                      "it is "
                          + item.state()
                          + ", waits for "
                          + item.waitsFor()
                          + ", failure: "
                          + item.failureMessage());
                }
              });
    }
  }
}
