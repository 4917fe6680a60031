package io.tieback.command.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;

/**
 * Harbour Builders: the small contractor of the demonstration. Two projects, four subcontractors,
 * five commitments, ten invoices that together meet every kind of line that an invoice can have:
 * amounts and quantities, mixed in one invoice; retainage on work and on stored material; material
 * that moves into the work; a release in the same invoice and one alone; change-order lines; zero
 * and negative lines; a quantity whose product misses the billed cents.
 */
public final class SmallContractor {

  private SmallContractor() {}

  /** The seed, ready to be given to both stand-ins. */
  public static ContractorSeed seed(ConnectionId connection, long companyId, String redirectUri) {
    return seed(SeededXero::new, connection, companyId, redirectUri);
  }

  /** The same with another accounting system than Xero. */
  public static ContractorSeed seed(
      SeededErp.Maker maker, ConnectionId connection, long companyId, String redirectUri) {
    ContractorSeed seed =
        new ContractorSeed(maker, connection, companyId, "Harbour Builders", redirectUri);
    long subcontract = seed.costType("S", "Subcontract", "commitment");
    long materials = seed.costType("M", "Materials", "materials");
    String[][] codes = {
      {"03-110", "Concrete formwork"},
      {"03-300", "Cast-in-place concrete"},
      {"05-120", "Structural steel"},
      {"09-250", "Gypsum board"},
      {"26-050", "Electrical"}
    };
    for (String[] code : codes) {
      seed.item(code[0], "S", code[1] + " - Subcontract");
      seed.item(code[0], "M", code[1] + " - Materials");
    }
    Project tower = seed.project("2026-014", "Harbour Tower", codes);
    Project school = seed.project("2026-021", "Lakeside School", codes);
    long concrete = seed.vendor("Pacific Concrete Co");
    long steel = seed.vendor("Ironline Steel Inc");
    long drywall = seed.vendor("Bayview Drywall LLC");
    long electric = seed.vendor("Volt & Sons Electric");

    ObjectNode formwork =
        seed.commitment(
            tower, concrete, "WorkOrderContract", "SC-0007", "Formwork and concrete", "amount");
    long walls =
        seed.line(
            formwork,
            tower,
            "03-110",
            subcontract,
            "Formwork level 1",
            "120000.00",
            null,
            null,
            null);
    long slab =
        seed.line(
            formwork, tower, "03-300", subcontract, "Slab on grade", "80000.00", null, null, null);
    long extra =
        seed.line(
            formwork,
            tower,
            "03-300",
            subcontract,
            "CCO 1: thicker slab",
            "0.00",
            null,
            null,
            null);
    ObjectNode first =
        seed.requisition(
            formwork, 1, "PC-1001", "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    seed.billed(first, formwork, walls, "contract_item")
        .put("workThisPeriod", "40000.00")
        .put("workRetained", "4000.00");
    seed.billed(first, formwork, slab, "contract_item").put("workThisPeriod", "0.00");
    ObjectNode second =
        seed.requisition(
            formwork, 2, "PC-1002", "2026-09-01", "2026-09-30", "2026-09-30", "2026-10-30");
    seed.billed(second, formwork, walls, "contract_item")
        .put("workThisPeriod", "30000.00")
        .put("workRetained", "3000.00");
    seed.billed(second, formwork, slab, "contract_item")
        .put("workThisPeriod", "-1250.50")
        .put("workRetained", "0.00");
    seed.billed(second, formwork, extra, "change_order_item")
        .put("workThisPeriod", "6400.00")
        .put("workRetained", "640.00");
    ObjectNode third =
        seed.requisition(
            formwork, 3, "PC-1003", "2026-10-01", "2026-10-31", "2026-10-31", "2026-11-30");
    seed.billed(third, formwork, walls, "contract_item")
        .put("workThisPeriod", "20000.00")
        .put("workRetained", "2000.00")
        .put("workReleased", "3500.00");
    ObjectNode release =
        seed.requisition(
            formwork, 4, "PC-1004-R", "2026-11-01", "2026-11-15", "2026-11-15", "2026-12-15");
    seed.billed(release, formwork, walls, "contract_item")
        .put("workThisPeriod", "0.00")
        .put("workReleased", "5500.00");

    ObjectNode frame =
        seed.commitment(
            tower, steel, "PurchaseOrderContract", "PO-0031", "Structural steel", "amount");
    long beams =
        seed.line(
            frame, tower, "05-120", materials, "Beams and columns", "310000.00", null, null, null);
    ObjectNode stored =
        seed.requisition(frame, 1, "IL-88", "2026-08-01", "2026-08-31", "2026-08-31", "2026-09-30");
    seed.billed(stored, frame, beams, "contract_item")
        .put("workThisPeriod", "10000.00")
        .put("workRetained", "1000.00")
        .put("materialsStored", "60000.00")
        .put("materialsRetained", "6000.00");
    ObjectNode moved =
        seed.requisition(frame, 2, "IL-93", "2026-09-01", "2026-09-30", "2026-09-30", "2026-10-30");
    seed.billed(moved, frame, beams, "contract_item")
        .put("workThisPeriod", "65000.00")
        .put("workRetained", "6500.00")
        .put("materialsStored", "15000.00")
        .put("materialsRetained", "1500.00")
        .put("materialsReleased", "4500.00");

    ObjectNode board =
        seed.commitment(
            school, drywall, "WorkOrderContract", "SC-0011", "Gypsum board by area", "unit");
    long level1 =
        seed.line(
            board,
            school,
            "09-250",
            subcontract,
            "Gypsum board level 1",
            "48125.00",
            "12500.0000",
            "3.8500",
            "SF");
    long ceiling =
        seed.line(
            board,
            school,
            "09-250",
            subcontract,
            "Ceilings",
            "20002.00",
            "3333.6667",
            "6.0000",
            "SF");
    ObjectNode units =
        seed.requisition(
            board, 1, "BD-5520", "2026-09-01", "2026-09-30", "2026-09-30", "2026-10-30");
    unit(
        seed.billed(units, board, level1, "contract_item"),
        "4210.2500",
        "3.8500",
        "16209.46",
        "1620.95");
    unit(
        seed.billed(units, board, ceiling, "contract_item"),
        "333.3333",
        "6.0000",
        "2000.01",
        "200.00");

    ObjectNode power =
        seed.commitment(school, electric, "WorkOrderContract", "SC-0015", "Electrical", "amount");
    long rough =
        seed.line(power, school, "26-050", subcontract, "Rough-in", "95000.00", null, null, null);
    long lights =
        seed.line(
            power,
            school,
            "26-050",
            materials,
            "Light fittings",
            "12000.00",
            "240.0000",
            "50.0000",
            "EA");
    ObjectNode mixed =
        seed.requisition(
            power, 1, "V-2201", "2026-09-01", "2026-09-30", "2026-09-30", "2026-10-30");
    seed.billed(mixed, power, rough, "contract_item")
        .put("workThisPeriod", "18750.25")
        .put("workRetained", "1875.03");
    unit(
        seed.billed(mixed, power, lights, "contract_item").put("accountingMethod", "unit"),
        "60.0000",
        "50.0000",
        "3000.00",
        "300.00");
    ObjectNode next =
        seed.requisition(
            power, 2, "V-2207", "2026-10-01", "2026-10-31", "2026-10-31", "2026-11-30");
    seed.billed(next, power, rough, "contract_item")
        .put("workThisPeriod", "22000.00")
        .put("workRetained", "2200.00");

    ObjectNode doors =
        seed.commitment(
            school, drywall, "PurchaseOrderContract", "PO-0044", "Access panels", "amount");
    long panels =
        seed.line(doors, school, "09-250", materials, "Access panels", "4800.00", null, null, null);
    ObjectNode small =
        seed.requisition(
            doors, 1, "BD-5533", "2026-10-01", "2026-10-31", "2026-10-31", "2026-11-30");
    seed.billed(small, doors, panels, "contract_item").put("workThisPeriod", "4800.00");
    return seed;
  }

  /** Adds one more invoice of the electrician to the seed, without a due date. Gives its id. */
  public static long addWithoutDueDate(ContractorSeed seed) {
    ObjectNode power = null;
    for (var commitment : seed.procore().withArray("commitments")) {
      if (commitment.path("number").asText().equals("SC-0015")) {
        power = (ObjectNode) commitment;
      }
    }
    if (power == null) {
      throw new IllegalArgumentException(
          "this seed has no commitment SC-0015; it is not the small contractor's");
    }
    long rough = power.withArray("lines").get(0).get("id").longValue();
    ObjectNode undated =
        seed.requisition(power, 3, "V-2214", "2026-11-01", "2026-11-15", "2026-11-15", null);
    seed.billed(undated, power, rough, "contract_item")
        .put("workThisPeriod", "8400.00")
        .put("workRetained", "840.00");
    return undated.get("id").longValue();
  }

  private static void unit(
      ObjectNode line, String quantity, String price, String amount, String retained) {
    line.put("quantity", quantity)
        .put("unitPrice", price)
        .put("workThisPeriod", amount)
        .put("workRetained", retained);
  }
}
