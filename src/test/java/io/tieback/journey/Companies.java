package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** What people do with companies in Procore and with contacts in Xero, and what both show. */
final class Companies {

  private final Site site;
  private final ConnectionId connection;
  private long nextLine = 9_100_000_001L;

  Companies(Site site) {
    this.site = site;
    this.connection = site.seed().connection();
  }

  /** A company is entered in the Directory; fields in pairs of name and value. Gives its id. */
  long create(String name, String... fields) {
    ObjectNode body = Json.object().put("companyId", site.seed().companyId());
    ObjectNode card = body.putObject("fields").put("name", name);
    for (int i = 0; i < fields.length; i += 2) {
      card.put(fields[i], fields[i + 1]);
    }
    return site.procore().post("vendors/create", body).path("vendorId").longValue();
  }

  /** Fields of a company are changed in the Directory. */
  void edit(long vendor, String field, String value) {
    ObjectNode body = Json.object().put("vendorId", vendor);
    body.putObject("fields").put(field, value);
    site.procore().post("vendors/edit", body);
  }

  /** Companies go to the ERP tool, and the approver accepts them. */
  void export(Long... vendors) {
    site.procore().post("vendors/send", ids(vendors));
    site.procore().post("vendors/accept", ids(vendors));
  }

  /** One of send, retrieve, reject, accept. */
  JsonNode act(String action, Long... vendors) {
    return site.procore().post("vendors/" + action, ids(vendors));
  }

  private static ObjectNode ids(Long... vendors) {
    ObjectNode body = Json.object();
    for (Long vendor : vendors) {
      body.withArray("vendorIds").add(vendor);
    }
    return body;
  }

  /** The button that refreshes vendors; returns when it is answered, with the answer. */
  String refresh() {
    long detail =
        site.procore()
            .post("vendors/refresh", Json.object().put("companyId", site.seed().companyId()))
            .path("detailId")
            .longValue();
    Site.until(
        "the refresh is answered",
        () -> !site.books().detail(detail).path("status").asText().equals("in_progress"));
    JsonNode answered = site.books().detail(detail);
    return answered.path("status").asText() + ": " + answered.path("messages").path(0).asText();
  }

  /**
   * How a company stands: {@code erpStatus}, {@code originId}, {@code detail}, {@code messages}.
   */
  JsonNode status(long vendor) {
    return site.procore().get("vendors/status?vendorId=" + vendor);
  }

  /** What the approver reads. */
  String words(long vendor) {
    return status(vendor).path("messages").toString();
  }

  /** Waits until Procore shows a company so. */
  void awaitStatus(String status, Long... vendors) {
    for (long vendor : vendors) {
      Awaitility.await()
          .atMost(Site.PATIENCE)
          .untilAsserted(
              () -> {
                JsonNode shown = status(vendor);
                if (!shown.path("erpStatus").asText().equals(status)
                    || shown.path("detail").asText().equals("in_progress")) {
                  throw new AssertionError(
                      "company " + vendor + " is " + shown + " in Procore, " + item(vendor));
                }
              });
    }
  }

  /** Waits until the ledger has a company so. */
  void awaitState(ItemState state, long vendor) {
    Site.until(
        "company " + vendor + " is " + state,
        () ->
            site.ledger()
                .workItems()
                .find(connection, "vendor", vendor)
                .map(WorkItem::state)
                .filter(state::equals)
                .isPresent());
  }

  private String item(long vendor) {
    return site.ledger()
        .workItems()
        .find(connection, "vendor", vendor)
        .map(item -> item.state() + " " + item.failureMessage())
        .orElse("not in the ledger");
  }

  /** Every contact of Xero with this name, also archived ones. */
  List<JsonNode> contacts(String name) {
    return StreamSupport.stream(
            site.xero().get("contacts?tenantId=" + site.seed().tenantId()).spliterator(), false)
        .filter(contact -> contact.path("Name").asText().equals(name))
        .toList();
  }

  /** The one contact with this name. */
  JsonNode contact(String name) {
    List<JsonNode> found = contacts(name);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " contacts are called " + name + ": " + found);
    }
    return found.get(0);
  }

  /** A contact is entered in Xero by hand; more fields in pairs. Gives its id. */
  String enter(String name, String... fields) {
    ObjectNode body = Json.object().put("tenantId", site.seed().tenantId()).put("do", "enter");
    ObjectNode contact = body.putObject("contact").put("name", name);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equals("supplier")) {
        contact.put("supplier", Boolean.parseBoolean(fields[i + 1]));
      } else {
        contact.put(fields[i], fields[i + 1]);
      }
    }
    site.xero().post("contacts", body);
    return contact(name).path("ContactID").asText();
  }

  /** What a person does with a contact on Xero's pages. */
  void person(String what, String contact, String... more) {
    ObjectNode body =
        Json.object()
            .put("tenantId", site.seed().tenantId())
            .put("contactId", contact)
            .put("do", what);
    for (int i = 0; i < more.length; i += 2) {
      body.put(more[i], more[i + 1]);
    }
    site.xero().post("contacts", body);
  }

  /** The origin id of a contact. */
  String originId(String contact) {
    return "xero:" + connection.value() + ":contact:" + contact;
  }

  /**
   * An invoice of a new subcontract with this company: 1,000.00 for one line, approved, not sent
   * yet. Gives its id.
   */
  long invoice(long vendor, String number) {
    JsonNode project = site.seed().procore().path("projects").get(0);
    JsonNode code = project.path("costCodes").get(0);
    JsonNode type = site.seed().procore().path("lineItemTypes").get(0);
    long line = nextLine++;
    ObjectNode seed = Json.object();
    ObjectNode commitment =
        seed.putArray("commitments")
            .addObject()
            .put("projectId", project.path("id").longValue())
            .put("type", "WorkOrderContract")
            .put("number", "SC-" + number)
            .put("title", "Work of " + number)
            .put("vendorId", vendor)
            .put("status", "Approved")
            .put("accountingMethod", "amount")
            .put("originId", "xero:" + connection.value() + ":purchase_order:" + number);
    commitment
        .putArray("lines")
        .addObject()
        .put("id", line)
        .put("costCodeId", code.path("id").longValue())
        .put("lineItemTypeId", type.path("id").longValue())
        .put("description", "Work")
        .put("amount", "5000.00");
    long commitmentId = site.procore().post("seed", seed).path("commitments").get(0).longValue();
    ObjectNode bills = Json.object();
    ObjectNode requisition =
        bills
            .putArray("requisitions")
            .addObject()
            .put("commitmentId", commitmentId)
            .put("invoiceNumber", number)
            .put("status", "approved")
            .put("billingDate", "2026-10-31")
            .put("periodStart", "2026-10-01")
            .put("periodEnd", "2026-10-31")
            .put("dueDate", "2026-11-30");
    requisition
        .putArray("lines")
        .addObject()
        .put("kind", "contract_item")
        .put("commitmentLineId", line)
        .put("workThisPeriod", "1000.00");
    return site.procore().post("seed", bills).path("requisitions").get(0).longValue();
  }
}
