package io.tieback.command.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pier Constructors: the contractor of the demonstration that has no ERP tab in Procore and decides
 * in Tieback's console. Small, and with something for every list of the queue: two projects, five
 * subcontractors of whom one is new, suppliers that only Xero has, commitments and invoices in
 * every state.
 */
public final class PierContractor {

  /** Invoices that are accepted, and are bills in Xero then. */
  public static final List<String> ACCEPTED = List.of("TP-301", "TP-302", "ND-71");

  /** An invoice for which one approver is not enough. */
  public static final String LARGE = "TP-303";

  /** Invoices that nobody has decided about. */
  public static final List<String> WAITING = List.of("TP-304", "ND-78");

  /** An invoice that its sender takes back. */
  public static final String RETRIEVED = "TP-305";

  /** An invoice that is sent back. */
  public static final String REJECTED = "ND-80";

  /** An invoice that is set aside. */
  public static final String ARCHIVED = "SM-09";

  /** An invoice of the supplier that is archived in Xero. */
  public static final String FAILING = "SM-12";

  /** Who is archived in the accounting system. */
  public static final String ARCHIVED_SUPPLIER = "Saltmarsh Survey";

  private static final String[][] CODES = {
    {"02-410", "Demolition"},
    {"31-620", "Driven piles"},
    {"35-510", "Floating docks"},
    {"26-560", "Marine lighting"},
    {"09-910", "Painting"}
  };

  private final ContractorSeed seed;
  private final Map<Long, ObjectNode> deeds = new LinkedHashMap<>();
  private final Map<String, Long> invoices = new LinkedHashMap<>();
  private final long paula;
  private final long tom;
  private Project boathouse;
  private long survey;

  /** Makes it; nothing is sent to the stand-ins. */
  public PierContractor(
      SeededErp.Maker maker, ConnectionId connection, long companyId, String redirectUri) {
    seed = new ContractorSeed(maker, connection, companyId, "Pier Constructors", redirectUri);
    ((ObjectNode) seed.procore().at("/companies/0")).put("erpIntegration", false);
    paula = user(1, "Paula Vega", "paula.vega@pier.example");
    tom = user(2, "Tom Reyes", "tom.reyes@pier.example");
    records();
    seed.erp().newcomer("Dockside Timber Supply");
    seed.erp().newcomer("Gull Crane Hire");
  }

  private long user(int number, String name, String mail) {
    long id = seed.companyId() * 1_000_000L + 900_000 + number;
    seed.procore()
        .withArrayProperty("users")
        .addObject()
        .put("id", id)
        .put("companyId", seed.companyId())
        .put("name", name)
        .put("email", mail);
    return id;
  }

  private void records() {
    long subcontract = seed.costType("S", "Subcontract", "commitment");
    long materials = seed.costType("M", "Materials", "materials");
    for (String[] code : CODES) {
      seed.item(code[0], "S", code[1] + " - Subcontract");
      seed.item(code[0], "M", code[1] + " - Materials");
    }
    final Project terminal = seed.project("P-101", "Ferry Terminal", CODES);
    boathouse = seed.project("P-117", "Boathouse", CODES);
    final long piling = seed.vendor("Tideline Piling Inc");
    final long electric = seed.vendor("Anchor Marine Electric");
    final long docks = seed.vendor("Northshore Docks Ltd");
    survey = seed.vendor(ARCHIVED_SUPPLIER);
    final long painter = unlinked(seed.vendor("Breakwater Painting"));

    ObjectNode piles =
        seed.commitment(
            terminal, piling, "WorkOrderContract", "SC-201", "Piles and caps", "amount");
    long driven = line(piles, terminal, "31-620", subcontract, "Driven piles", "240000.00");
    bill(piles, driven, 1, "TP-301", "2026-08", "30000.00", "3000.00");
    bill(piles, driven, 2, "TP-302", "2026-09", "24000.00", "2400.00");
    bill(piles, driven, 3, LARGE, "2026-10", "78000.00", "7800.00");
    bill(piles, driven, 4, "TP-304", "2026-11", "12000.00", "1200.00");
    bill(piles, driven, 5, RETRIEVED, "2026-12", "9500.00", "950.00");

    ObjectNode floats =
        seed.commitment(
            boathouse, docks, "PurchaseOrderContract", "PO-118", "Floating docks", "unit");
    long dock =
        seed.line(
            floats,
            boathouse,
            "35-510",
            materials,
            "Dock 12 ft",
            "118300.00",
            "14.0000",
            "8450.0000",
            "EA");
    units(floats, dock, 1, "ND-71", "2026-09", "4.0000", "33800.00", "3380.00");
    units(floats, dock, 2, "ND-78", "2026-10", "3.0000", "25350.00", "2535.00");
    units(floats, dock, 3, REJECTED, "2026-11", "4.0000", "33800.00", "3380.00");

    ObjectNode sounding =
        seed.commitment(
            terminal, survey, "WorkOrderContract", "SC-195", "Hydrographic survey", "amount");
    long bottom = line(sounding, terminal, "02-410", subcontract, "Survey of the bed", "28000.00");
    bill(sounding, bottom, 1, ARCHIVED, "2026-08", "6000.00", "0.00");
    bill(sounding, bottom, 2, FAILING, "2026-09", "7250.00", "0.00");
    bill(sounding, bottom, 3, "SM-15", "2026-10", "-1500.00", "0.00");

    ObjectNode lighting =
        open(terminal, electric, "WorkOrderContract", "SC-204", "Shore power and lighting");
    long lamps = line(lighting, terminal, "26-560", subcontract, "Mooring lights", "46500.00");
    bill(lighting, lamps, 1, "AM-1", "2026-11", "8000.00", "800.00");
    ObjectNode paint = open(boathouse, painter, "WorkOrderContract", "SC-209", "Painting");
    line(paint, boathouse, "09-910", subcontract, "Two coats", "19800.00");
    ObjectNode fenders = open(terminal, piling, "PurchaseOrderContract", "PO-121", "Fenders");
    fenders.put("status", "Draft");
    line(fenders, terminal, "31-620", materials, "Rubber fenders", "14200.00");
    ObjectNode deeper = changeOrder(piles, driven, "1", "Deeper piles at the east end", "18400.00");

    by(paula, "commitments", lighting, fenders);
    by(paula, "changeOrders", deeper);
    by(tom, "commitments", paint);
    List.copyOf(all("requisitions"))
        .forEach(
            requisition ->
                by(
                    terminalInvoice(requisition) ? paula : tom,
                    "requisitions",
                    (ObjectNode) requisition));
    deed(tom)
        .withArrayProperty("costCodes")
        .addObject()
        .put("projectId", boathouse.id())
        .put("code", "22-110")
        .put("fullCode", "22-110")
        .put("name", "Plumbing");
  }

  private static boolean terminalInvoice(JsonNode requisition) {
    return !requisition.path("invoiceNumber").asText().startsWith("ND-");
  }

  private List<JsonNode> all(String kind) {
    List<JsonNode> list = new java.util.ArrayList<>();
    seed.procore().withArrayProperty(kind).forEach(list::add);
    return list;
  }

  private long unlinked(long vendor) {
    for (JsonNode one : all("vendors")) {
      if (one.path("id").longValue() == vendor) {
        ((ObjectNode) one).remove("originId");
        seed.erp().withoutVendor(vendor);
      }
    }
    return vendor;
  }

  private ObjectNode open(Project project, long vendor, String type, String number, String title) {
    ObjectNode made = seed.commitment(project, vendor, type, number, title, "amount");
    seed.notExported(made);
    return made;
  }

  private long line(
      ObjectNode commitment, Project project, String code, long type, String words, String amount) {
    return seed.line(commitment, project, code, type, words, amount, null, null, null);
  }

  private ObjectNode changeOrder(
      ObjectNode commitment, long line, String number, String title, String amount) {
    ObjectNode made = seed.procore().withArrayProperty("changeOrders").addObject();
    made.put("id", seed.companyId() * 1_000_000L + 800_001);
    made.put("commitmentId", commitment.get("id").longValue()).put("number", number);
    made.put("title", title).put("status", "approved");
    made.putArray("lines")
        .addObject()
        .put("commitmentLineId", line)
        .put("description", title)
        .put("amount", amount);
    return made;
  }

  private ObjectNode requisition(ObjectNode commitment, int number, String words, String month) {
    ObjectNode made =
        seed.requisition(
            commitment, number, words, month + "-01", month + "-28", month + "-28", null);
    invoices.put(words, made.get("id").longValue());
    return made;
  }

  private void bill(
      ObjectNode commitment,
      long line,
      int number,
      String words,
      String month,
      String work,
      String held) {
    seed.billed(requisition(commitment, number, words, month), commitment, line, "contract_item")
        .put("workThisPeriod", work)
        .put("workRetained", held);
  }

  private void units(
      ObjectNode commitment,
      long line,
      int number,
      String words,
      String month,
      String quantity,
      String amount,
      String held) {
    seed.billed(requisition(commitment, number, words, month), commitment, line, "contract_item")
        .put("quantity", quantity)
        .put("unitPrice", "8450.0000")
        .put("workThisPeriod", amount)
        .put("workRetained", held);
  }

  private ObjectNode deed(long user) {
    return deeds.computeIfAbsent(
        user, id -> seed.procore().objectNode().put("userId", id.longValue()));
  }

  /** These are made by a person in Procore's pages, not by the seed. */
  private void by(long user, String kind, ObjectNode... records) {
    ArrayNode seeded = seed.procore().withArrayProperty(kind);
    for (ObjectNode record : records) {
      for (int i = seeded.size() - 1; i >= 0; i--) {
        if (seeded.get(i) == record) {
          seeded.remove(i);
        }
      }
      deed(user).withArrayProperty(kind).add(record);
    }
  }

  /** What both stand-ins are seeded with. */
  public ContractorSeed seed() {
    return seed;
  }

  /** What project users do in Procore after the seed, for {@code people/create}, in this order. */
  public List<ObjectNode> deeds() {
    return List.copyOf(deeds.values());
  }

  /** Procore's id of an invoice. */
  public long invoice(String number) {
    return invoices.get(number);
  }

  /** The project that is sent again because it has a new cost code. */
  public long grownProject() {
    return boathouse.id();
  }

  /** Procore's id of the supplier that is archived. */
  public long archivedSupplier() {
    return survey;
  }
}
