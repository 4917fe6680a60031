package io.tieback.command.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Puts one contractor into both stand-ins: the same vendors, projects and codes in Procore and in
 * Xero, already linked, so that invoices can go out. Ids are derived from names, so that the same
 * seed is the same everywhere.
 */
public final class ContractorSeed {

  /** Secret of the seeded apps. Loopback stand-ins only; no real service knows it. */
  public static final String SECRET = "sandbox-secret";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ConnectionId connection;
  private final long companyId;
  private final String tenantId;
  private final ObjectNode procore = JSON.objectNode();
  private final ObjectNode xero = JSON.objectNode();
  private final ObjectNode organisation;
  private final Map<Long, String> contacts = new HashMap<>();
  private final List<Long> requisitions = new ArrayList<>();
  private final ArrayNode options;
  private long nextId;

  /**
   * @param connection the connection that the origin ids carry
   * @param companyId Procore company
   * @param name the contractor's name on both sides
   * @param redirectUri where Xero sends the browser back to
   */
  public ContractorSeed(ConnectionId connection, long companyId, String name, String redirectUri) {
    this.connection = connection;
    this.companyId = companyId;
    this.tenantId = uuid("tenant");
    this.nextId = companyId * 1_000_000L;
    array(procore, "companies").addObject().put("id", companyId).put("name", name);
    ObjectNode app = array(procore, "apps").addObject();
    app.put("clientId", procoreClientId()).put("clientSecret", SECRET);
    app.putArray("companyIds").add(companyId);
    ObjectNode xeroApp = array(xero, "apps").addObject();
    xeroApp.put("clientId", xeroClientId()).put("clientSecret", SECRET);
    xeroApp.put("grant", "authorization_code").put("tenantId", tenantId);
    xeroApp.putArray("redirectUris").add(redirectUri);
    organisation = array(xero, "organisations").addObject();
    organisation.put("tenantId", tenantId).put("name", name).put("baseCurrency", "USD");
    organisation.put("countryCode", "US").put("timezone", "PACIFICSTANDARDTIME");
    account("500", "Subcontractors", "DIRECTCOSTS", null);
    account("815", "Retainage payable", "CURRLIAB", null);
    account("090", "Operating account", "BANK", "BANK");
    account("091", "Company card", "BANK", "CREDITCARD");
    ObjectNode rate = array(organisation, "taxRates").addObject();
    rate.put("name", "Tax Exempt").put("taxType", "NONE").put("effectiveRate", 0);
    ObjectNode category = array(organisation, "trackingCategories").addObject();
    category.put("trackingCategoryId", trackingCategoryId()).put("name", "Project");
    options = category.putArray("options");
  }

  /** Adds a ledger account to the Xero organisation. */
  private void account(String code, String name, String type, String bankType) {
    ObjectNode account = array(organisation, "accounts").addObject();
    account.put("code", code).put("name", name).put("type", type).put("taxType", "NONE");
    if (bankType != null) {
      account.put("bankAccountType", bankType).put("enablePayments", true);
    }
  }

  /** A supplier, linked. Gives Procore's vendor id. */
  public long vendor(String name) {
    long id = ++nextId;
    String contact = uuid("contact:" + name);
    array(procore, "vendors")
        .addObject()
        .put("id", id)
        .put("companyId", companyId)
        .put("name", name)
        .put("originId", origin("contact", contact));
    array(organisation, "contacts").addObject().put("contactId", contact).put("name", name);
    contacts.put(id, contact);
    return id;
  }

  /** A project with its cost codes, linked. Each code is {@code code, name}. */
  public Project project(String number, String name, String[]... codes) {
    long id = ++nextId;
    String option = uuid("option:" + number);
    options.addObject().put("trackingOptionId", option).put("name", number + " " + name);
    ObjectNode project = array(procore, "projects").addObject();
    project.put("id", id).put("companyId", companyId).put("name", name).put("number", number);
    project.put("originId", origin("tracking_option", option));
    ArrayNode list = project.putArray("costCodes");
    Project result = new Project(id, number);
    for (String[] code : codes) {
      long codeId = ++nextId;
      ObjectNode node = list.addObject();
      node.put("id", codeId).put("code", code[0]).put("fullCode", code[0]).put("name", code[1]);
      node.put("originId", origin("cost_code", option + "|" + code[0]));
      result.codes.put(code[0], codeId);
      result.names.put(code[0], code[1]);
    }
    return result;
  }

  /** A cost type such as {@code S Subcontract}, linked. */
  public long costType(String code, String name, String baseType) {
    long id = ++nextId;
    array(procore, "lineItemTypes")
        .addObject()
        .put("id", id)
        .put("companyId", companyId)
        .put("code", code)
        .put("name", name)
        .put("baseType", baseType)
        .put("originId", origin("cost_type", code));
    return id;
  }

  /** The Xero item of a cost code and cost type. */
  public void item(String code, String type, String name) {
    array(organisation, "items")
        .addObject()
        .put("code", code + "." + type)
        .put("name", name)
        .put("purchaseAccountCode", "500");
  }

  /**
   * A commitment, linked to an order that Xero has; its lines are added with {@link #line}. {@link
   * #notExported} takes both away.
   */
  public ObjectNode commitment(
      Project project, long vendor, String type, String number, String title, String method) {
    long id = ++nextId;
    ObjectNode node = array(procore, "commitments").addObject();
    node.put("id", id).put("projectId", project.id()).put("type", type).put("number", number);
    node.put("title", title).put("vendorId", vendor).put("status", "Approved");
    node.put("accountingMethod", method).put("retainagePercent", "10.0");
    node.put("originId", origin("purchase_order", uuid("order:" + number)));
    node.putArray("lines");
    order(number).put("reference", title).put("contactId", contacts.get(vendor));
    return node;
  }

  /** A commitment that nobody exported yet, with its lines as they are so far. */
  public void notExported(ObjectNode commitment) {
    String number = commitment.get("number").textValue();
    commitment.remove("originId");
    commitment.withArray("lines").forEach(line -> ((ObjectNode) line).remove("originId"));
    ArrayNode orders = array(organisation, "orders");
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (number.equals(orders.get(i).path("number").asText())) {
        orders.remove(i);
      }
    }
  }

  /** The order in Xero with a number. */
  private ObjectNode order(String number) {
    for (JsonNode one : array(organisation, "orders")) {
      if (number.equals(one.path("number").asText())) {
        return (ObjectNode) one;
      }
    }
    ObjectNode made = array(organisation, "orders").addObject();
    made.put("purchaseOrderId", uuid("order:" + number)).put("number", number);
    made.putArray("lines");
    return made;
  }

  /** A line of a commitment's schedule of values. Gives its id. */
  public long line(
      ObjectNode commitment,
      Project project,
      String code,
      long type,
      String description,
      String amount,
      String quantity,
      String unitCost,
      String unit) {
    long id = ++nextId;
    ObjectNode line = commitment.withArray("lines").addObject();
    line.put("id", id).put("costCodeId", project.codes.get(code)).put("lineItemTypeId", type);
    line.put("description", description).put("amount", amount);
    if (quantity != null) {
      line.put("quantity", quantity).put("unitCost", unitCost).put("uom", unit);
    }
    if (commitment.has("originId")) {
      line.put("originId", origin("purchase_order_line", uuid("order-line:" + id)));
      order(commitment.get("number").textValue())
          .withArray("lines")
          .addObject()
          .put("lineItemId", uuid("order-line:" + id))
          .put("description", description)
          .put("amount", amount);
    }
    return id;
  }

  /**
   * A requisition of a commitment; its lines are added by the caller. The JSON is what the Procore
   * stand-in's seed takes.
   */
  public ObjectNode requisition(
      ObjectNode commitment,
      int number,
      String invoiceNumber,
      String start,
      String end,
      String billed,
      String due) {
    long id = ++nextId;
    ObjectNode node = array(procore, "requisitions").addObject();
    node.put("id", id).put("commitmentId", commitment.get("id").longValue()).put("number", number);
    node.put("invoiceNumber", invoiceNumber).put("status", "approved").put("billingDate", billed);
    node.put("periodStart", start).put("periodEnd", end).put("dueDate", due);
    node.putArray("lines");
    requisitions.add(id);
    return node;
  }

  /**
   * A line of a requisition. Figures are set by the caller, by the names of the stand-in's seed.
   */
  public ObjectNode billed(
      ObjectNode requisition, ObjectNode commitment, long commitmentLine, String kind) {
    ObjectNode of = null;
    for (var line : commitment.withArray("lines")) {
      if (line.get("id").longValue() == commitmentLine) {
        of = (ObjectNode) line;
      }
    }
    if (of == null) {
      throw new IllegalArgumentException(
          "commitment line " + commitmentLine + " is not of this commitment");
    }
    ObjectNode line = requisition.withArray("lines").addObject();
    line.put("id", ++nextId).put("kind", kind).put("commitmentLineId", commitmentLine);
    line.put("description", of.get("description").textValue());
    line.set("costCodeId", of.get("costCodeId"));
    line.set("lineItemTypeId", of.get("lineItemTypeId"));
    line.set("accountingMethod", commitment.get("accountingMethod"));
    return line;
  }

  /** The seed of the Procore stand-in. */
  public ObjectNode procore() {
    return procore;
  }

  /** The seed of the Xero stand-in. */
  public ObjectNode xero() {
    return xero;
  }

  /** Ids of the requisitions, in the order in which they were made. */
  public List<Long> requisitionIds() {
    return List.copyOf(requisitions);
  }

  /** The connection that the origin ids carry. */
  public ConnectionId connection() {
    return connection;
  }

  /** Procore company. */
  public long companyId() {
    return companyId;
  }

  /** Xero organisation. */
  public String tenantId() {
    return tenantId;
  }

  /** The tracking category whose options are projects. */
  public String trackingCategoryId() {
    return uuid("category");
  }

  /** Client id of the app at the Procore stand-in. */
  public String procoreClientId() {
    return "procore-app-" + companyId;
  }

  /** Client id of the app at the Xero stand-in. */
  public String xeroClientId() {
    return "XERO-APP-" + companyId + "-" + connection.value();
  }

  private String origin(String kind, String key) {
    return new OriginId("xero", connection, kind, key).toString();
  }

  private String uuid(String name) {
    String full = connection.value() + "/" + companyId + "/" + name;
    return UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static ArrayNode array(ObjectNode node, String name) {
    return node.withArrayProperty(name);
  }
}
