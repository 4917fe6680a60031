package io.tieback.command.seed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Puts one contractor into both stand-ins: the same vendors, projects and codes in Procore and in
 * the accounting system, already linked, so that invoices can go out. Ids are derived from names,
 * so that the same seed is the same everywhere.
 */
public final class ContractorSeed {

  /** Secret of the seeded apps. Loopback stand-ins only; no real service knows it. */
  public static final String SECRET = "sandbox-secret";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final ConnectionId connection;
  private final long companyId;
  private final SeededErp erp;
  private final ObjectNode procore = JSON.objectNode();
  private final List<Long> requisitions = new ArrayList<>();
  private long nextId;

  /**
   * @param connection the connection that the origin ids carry
   * @param companyId Procore company
   * @param name the contractor's name on both sides
   * @param redirectUri where a sign-in sends the browser back to
   */
  public ContractorSeed(ConnectionId connection, long companyId, String name, String redirectUri) {
    this(SeededXero::new, connection, companyId, name, redirectUri);
  }

  /** The same with another accounting system than Xero. */
  public ContractorSeed(
      SeededErp.Maker maker,
      ConnectionId connection,
      long companyId,
      String name,
      String redirectUri) {
    this.connection = connection;
    this.companyId = companyId;
    this.nextId = companyId * 1_000_000L;
    array(procore, "companies").addObject().put("id", companyId).put("name", name);
    ObjectNode app = array(procore, "apps").addObject();
    app.put("clientId", procoreClientId()).put("clientSecret", SECRET);
    app.putArray("companyIds").add(companyId);
    erp = maker.make(connection, companyId, name, redirectUri);
  }

  /** A supplier, linked. Gives Procore's vendor id. */
  public long vendor(String name) {
    long id = ++nextId;
    array(procore, "vendors")
        .addObject()
        .put("id", id)
        .put("companyId", companyId)
        .put("name", name)
        .put("originId", erp.vendor(id, name));
    return id;
  }

  /** A project with its cost codes, linked. Each code is {@code code, name}. */
  public Project project(String number, String name, String[]... codes) {
    long id = ++nextId;
    ObjectNode project = array(procore, "projects").addObject();
    project.put("id", id).put("companyId", companyId).put("name", name).put("number", number);
    project.put("originId", erp.project(number, name));
    ArrayNode list = project.putArray("costCodes");
    Project result = new Project(id, number);
    for (String[] code : codes) {
      long codeId = ++nextId;
      ObjectNode node = list.addObject();
      node.put("id", codeId).put("code", code[0]).put("fullCode", code[0]).put("name", code[1]);
      node.put("originId", erp.code(number, code[0]));
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
        .put("originId", new OriginId(erp.erp(), connection, "cost_type", code).toString());
    return id;
  }

  /** The item of a cost code and cost type in the accounting system. */
  public void item(String code, String type, String name) {
    erp.item(code, type, name);
  }

  /**
   * A commitment, linked to an order in the accounting system; its lines are added with {@link
   * #line}. {@link #notExported} takes both away.
   */
  public ObjectNode commitment(
      Project project, long vendor, String type, String number, String title, String method) {
    long id = ++nextId;
    ObjectNode node = array(procore, "commitments").addObject();
    node.put("id", id).put("projectId", project.id()).put("type", type).put("number", number);
    node.put("title", title).put("vendorId", vendor).put("status", "Approved");
    node.put("accountingMethod", method).put("retainagePercent", "10.0");
    node.put("originId", erp.order(number, title, vendor));
    node.putArray("lines");
    return node;
  }

  /** A commitment that nobody exported yet, with its lines as they are so far. */
  public void notExported(ObjectNode commitment) {
    commitment.remove("originId");
    commitment.withArray("lines").forEach(line -> ((ObjectNode) line).remove("originId"));
    erp.withoutOrder(commitment.get("number").textValue());
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
      String number = commitment.get("number").textValue();
      line.put("originId", erp.orderLine(number, id, description, amount));
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

  /** The accounting system's side. */
  public SeededErp erp() {
    return erp;
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

  /** The company in the accounting system. */
  public String tenantId() {
    return erp.companyKey();
  }

  /** Client id of the app at the Procore stand-in. */
  public String procoreClientId() {
    return "procore-app-" + companyId;
  }

  /** A key that is the same wherever this contractor is seeded. */
  static String uuid(ConnectionId connection, long companyId, String name) {
    String full = connection.value() + "/" + companyId + "/" + name;
    return UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static ArrayNode array(ObjectNode node, String name) {
    return node.withArrayProperty(name);
  }
}
