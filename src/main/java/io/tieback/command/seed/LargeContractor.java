package io.tieback.command.seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A contractor big enough to be real, of which nothing is in the ERP yet: 3 projects, 60 companies,
 * 400 cost codes with types, 80 commitments, 120 change orders, and 600 invoices over 12 months
 * with retainage held and released. The same seed gives the same contractor.
 */
public final class LargeContractor {

  private static final int PROJECTS = 3;
  private static final int VENDORS = 60;
  private static final int CODES = 400;
  private static final int COMMITMENTS = 80;
  private static final int INVOICES = 600;
  private static final YearMonth FIRST_MONTH = YearMonth.of(2025, 12);
  private static final int MONTHS = 12;
  private static final String[] TRADES = {
    "Concrete",
    "Steel",
    "Framing",
    "Roofing",
    "Glazing",
    "Drywall",
    "Painting",
    "Flooring",
    "Plumbing",
    "Heating",
    "Electrical",
    "Paving"
  };
  private static final String[] FORMS = {"Inc", "LLC", "& Sons", "Brothers", "Co"};

  private final ContractorSeed seed;
  private final Random random;
  private final List<Long> vendors = new ArrayList<>();
  private final List<Project> projects = new ArrayList<>();
  private final List<Long> commitments = new ArrayList<>();
  private final List<Long> changeOrders = new ArrayList<>();
  private final Map<String, String> codes = new TreeMap<>();
  private long subcontract;
  private long materials;
  private int invoices;

  private LargeContractor(ContractorSeed seed, long randomSeed) {
    this.seed = seed;
    this.random = new Random(randomSeed);
  }

  /**
   * @param randomSeed fixes every figure
   */
  public static LargeContractor of(
      ConnectionId connection, long companyId, String redirectUri, long randomSeed) {
    LargeContractor made =
        new LargeContractor(
            new ContractorSeed(connection, companyId, "Harbour & Hill Builders", redirectUri),
            randomSeed);
    made.generate();
    made.unlink();
    return made;
  }

  /** The seed of both stand-ins. */
  public ContractorSeed seed() {
    return seed;
  }

  /** Ids of the companies. */
  public List<Long> vendors() {
    return List.copyOf(vendors);
  }

  /** The projects. */
  public List<Project> projects() {
    return List.copyOf(projects);
  }

  /** Ids of the commitments. */
  public List<Long> commitments() {
    return List.copyOf(commitments);
  }

  /** Ids of the change orders, each commitment's in their order. */
  public List<Long> changeOrders() {
    return List.copyOf(changeOrders);
  }

  /**
   * The body that gives a project its cost codes and their types: each has subcontract, every third
   * materials too.
   */
  public ObjectNode codesOf(Project project) {
    ObjectNode body = seed.procore().objectNode().put("projectId", project.id());
    ArrayNode rows = body.putArray("codes");
    int place = 0;
    for (Map.Entry<String, String> code : codes.entrySet()) {
      ArrayNode types =
          rows.addObject()
              .put("code", code.getKey())
              .put("fullCode", code.getKey())
              .put("name", code.getValue())
              .putArray("typeIds")
              .add(subcontract);
      if (place++ % 3 == 0) {
        types.add(materials);
      }
    }
    return body;
  }

  private void generate() {
    subcontract = seed.costType("S", "Subcontract", "commitment");
    materials = seed.costType("M", "Materials", "materials");
    for (int i = 0; i < CODES; i++) {
      String division = "%02d".formatted(1 + i / 20);
      codes.put(
          division + "-" + (100 + i % 20 * 10),
          TRADES[i % TRADES.length] + " work, section " + (i + 1));
    }
    String[][] all =
        codes.entrySet().stream()
            .map(code -> new String[] {code.getKey(), code.getValue()})
            .toArray(String[][]::new);
    String[] names = {"Harbour Tower", "Lakeside School", "Mill Street Depot"};
    for (int i = 0; i < PROJECTS; i++) {
      projects.add(seed.project("2025-" + (101 + i), names[i], all));
    }
    for (int i = 0; i < VENDORS; i++) {
      vendors.add(
          seed.vendor(
              "No. %d %s %s"
                  .formatted(
                      i + 1, TRADES[i % TRADES.length], FORMS[i / TRADES.length % FORMS.length])));
    }
    for (int i = 0; i < COMMITMENTS; i++) {
      commitment(i);
    }
  }

  private void commitment(int place) {
    Project project = projects.get(place % PROJECTS);
    boolean unit = place % 5 == 4;
    ObjectNode commitment =
        seed.commitment(
            project,
            vendors.get(place % VENDORS),
            place % 4 == 3 ? "PurchaseOrderContract" : "WorkOrderContract",
            (place % 4 == 3 ? "PO-" : "SC-") + (2001 + place),
            TRADES[place % TRADES.length] + " package " + (place + 1),
            unit ? "unit" : "amount");
    commitments.add(commitment.get("id").longValue());
    List<Line> lines = new ArrayList<>();
    for (int l = 0; l < 2 + place % 3; l++) {
      lines.add(unit ? unitLine(commitment, project) : amountLine(commitment, project));
    }
    // Change orders that add scope refer to a line of nothing that was made for it.
    Line added =
        unit
            ? null
            : new Line(
                seed.line(
                    commitment,
                    project,
                    code(),
                    subcontract,
                    "Added scope",
                    "0.00",
                    null,
                    null,
                    null),
                BigDecimal.ZERO,
                null);
    int changes = place % 2 == 0 ? 2 : 1;
    for (int c = 1; c <= changes; c++) {
      changeOrder(commitment, c, lines, added);
    }
    int many = INVOICES / COMMITMENTS + (place % 2 == 0 ? 1 : 0);
    invoices(commitment, lines, added, Math.min(many, INVOICES - invoices), unit);
  }

  /**
   * A line of the schedule of values.
   *
   * @param value its scheduled value
   * @param price price of a unit, or null where it is by amount
   */
  private record Line(long id, BigDecimal value, BigDecimal price) {}

  private Line amountLine(ObjectNode commitment, Project project) {
    BigDecimal value = cents(2_000_000, 30_000_000);
    return new Line(
        seed.line(
            commitment,
            project,
            code(),
            subcontract,
            TRADES[random.nextInt(TRADES.length)] + " complete",
            value.toPlainString(),
            null,
            null,
            null),
        value,
        null);
  }

  private Line unitLine(ObjectNode commitment, Project project) {
    BigDecimal quantity = new BigDecimal(1_000 + random.nextInt(20_000));
    BigDecimal price = new BigDecimal(500 + random.nextInt(20_000)).movePointLeft(2);
    BigDecimal value = quantity.multiply(price).setScale(2);
    return new Line(
        seed.line(
            commitment,
            project,
            code(),
            subcontract,
            TRADES[random.nextInt(TRADES.length)] + " by unit",
            value.toPlainString(),
            quantity.toPlainString() + ".0000",
            price.toPlainString() + "00",
            "SF"),
        value,
        price);
  }

  private void changeOrder(ObjectNode commitment, int number, List<Line> lines, Line added) {
    long id = commitment.get("id").longValue() * 10 + number;
    ObjectNode change =
        seed.procore()
            .withArray("changeOrders")
            .addObject()
            .put("id", id)
            .put("commitmentId", commitment.get("id").longValue())
            .put("number", Integer.toString(number))
            .put("title", "Change " + number)
            .put("status", "approved");
    changeOrders.add(id);
    ArrayNode rows = change.putArray("lines");
    Line first = lines.get(0);
    // The same line twice: it goes out as one sum (XR-CCO-08).
    changed(rows, first, "More of it", cents(10_000, 900_000));
    changed(rows, first, "Less of it", cents(100, 9_000).negate());
    if (added != null) {
      changed(rows, added, "New scope " + number, cents(50_000, 2_000_000));
    } else {
      changed(rows, lines.get(1), "Extra section", cents(10_000, 500_000));
    }
  }

  private static void changed(ArrayNode rows, Line line, String words, BigDecimal amount) {
    rows.addObject()
        .put("commitmentLineId", line.id())
        .put("description", words)
        .put("amount", amount.toPlainString());
  }

  private void invoices(
      ObjectNode commitment, List<Line> lines, Line added, int many, boolean unit) {
    BigDecimal held = BigDecimal.ZERO;
    for (int n = 1; n <= many; n++) {
      YearMonth month = FIRST_MONTH.plusMonths((long) (n - 1) * MONTHS / many);
      LocalDate end = month.atEndOfMonth();
      ObjectNode requisition =
          seed.requisition(
              commitment,
              n,
              commitment.get("number").textValue() + "-" + n,
              month.atDay(1).toString(),
              end.toString(),
              end.toString(),
              end.plusDays(30).toString());
      invoices++;
      boolean last = n == many;
      for (int l = 0; l < lines.size(); l++) {
        Line line = lines.get(l);
        ObjectNode billed = seed.billed(requisition, commitment, line.id(), "contract_item");
        BigDecimal amount = unit ? units(line, many, billed) : part(line.value(), many);
        BigDecimal retained = amount.movePointLeft(1).setScale(2, RoundingMode.HALF_UP);
        billed
            .put("workThisPeriod", amount.toPlainString())
            .put("workRetained", retained.toPlainString());
        if (l == 0) {
          if (last && n % 2 == 0) {
            billed.put("workReleased", held.toPlainString());
          }
          held = held.add(retained);
        }
      }
      if (added != null && n > many / 2) {
        BigDecimal amount = cents(1_000, 90_000);
        seed.billed(requisition, commitment, added.id(), "change_order_item")
            .put("workThisPeriod", amount.toPlainString())
            .put(
                "workRetained",
                amount.movePointLeft(1).setScale(2, RoundingMode.HALF_UP).toPlainString());
      }
    }
  }

  private BigDecimal units(Line line, int many, ObjectNode billed) {
    BigDecimal units = new BigDecimal(1 + random.nextInt(9_000_000 / many)).movePointLeft(4);
    billed
        .put("quantity", units.toPlainString())
        .put("unitPrice", line.price().toPlainString() + "00");
    return units.multiply(line.price()).setScale(2, RoundingMode.HALF_UP);
  }

  /** Something less than an equal part of a value. */
  private BigDecimal part(BigDecimal value, int many) {
    return value
        .multiply(new BigDecimal(600 + random.nextInt(380)))
        .divide(new BigDecimal(1_000L * many), 2, RoundingMode.DOWN);
  }

  private String code() {
    return new ArrayList<>(codes.keySet()).get(random.nextInt(CODES));
  }

  private BigDecimal cents(int from, int to) {
    return new BigDecimal(from + random.nextInt(to - from)).movePointLeft(2);
  }

  /** Takes every link and the ERP's counterparts away: all of it still has to go out. */
  private void unlink() {
    forget(seed.procore());
    ObjectNode organisation = (ObjectNode) seed.erp().seed().at("/organisations/0");
    organisation.remove("contacts");
    organisation.remove("items");
    organisation.remove("orders");
    ((ObjectNode) organisation.at("/trackingCategories/0")).putArray("options");
  }

  private static void forget(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove("originId");
    }
    node.forEach(LargeContractor::forget);
  }
}
