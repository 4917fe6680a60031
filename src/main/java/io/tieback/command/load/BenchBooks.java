package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.SandboxControl;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the books of both stand-ins, and nothing that the connector says about itself. */
final class BenchBooks {

  private static final Pattern MARKER =
      Pattern.compile("[?&]tieback=([a-z0-9-]+)\\.requisition\\.(\\d+)(?:&|$)");
  private static final int SHOWN = 10;

  private final String erp;
  private final List<String> differences = new ArrayList<>();
  private BigDecimal procoreNet = BigDecimal.ZERO;
  private BigDecimal erpTotal = BigDecimal.ZERO;
  private long rows;
  private int arrived;

  private BenchBooks(String erp) {
    this.erp = erp;
  }

  /**
   * Reads both books.
   *
   * @param accepted requisitions that the approver accepted; each must be one bill, and there must
   *     be no other
   */
  static BenchBooks compare(
      SandboxControl procore, SandboxControl erp, ContractorSeed seed, List<Long> accepted) {
    BenchBooks result = new BenchBooks(seed.erp().displayName());
    JsonNode ours = procore.get("books?companyId=" + seed.companyId());
    result.judge(ours, seed.erp().books(erp), seed.connection().value(), new HashSet<>(accepted));
    return result;
  }

  private void judge(JsonNode procore, ErpBooks books, String connection, Set<Long> accepted) {
    Map<Long, List<ErpBooks.Bill>> bills = new HashMap<>();
    for (ErpBooks.Bill bill : books.bills()) {
      Matcher marker = MARKER.matcher(bill.marked() == null ? "" : bill.marked());
      if (marker.find()
          && marker.group(1).equals(connection)
          && accepted.contains(Long.valueOf(marker.group(2)))) {
        bills.computeIfAbsent(Long.valueOf(marker.group(2)), id -> new ArrayList<>()).add(bill);
      } else {
        differences.add("bill " + bill.number() + " in " + erp + " belongs to no accepted invoice");
      }
      erpTotal = erpTotal.add(bill.total());
    }
    for (JsonNode requisition : procore.get("requisitions")) {
      long id = requisition.get("id").longValue();
      if (accepted.contains(id)) {
        judge(requisition, bills.getOrDefault(id, List.of()));
      }
    }
    for (JsonNode detail : procore.get("details")) {
      if (!detail.get("status").textValue().equals("success")) {
        differences.add(
            "request detail "
                + detail.get("id")
                + " is "
                + detail.get("status").textValue()
                + " "
                + detail.get("messages"));
      }
    }
  }

  private void judge(JsonNode requisition, List<ErpBooks.Bill> bills) {
    String name =
        "invoice " + requisition.get("invoiceNumber").asText() + " (" + requisition.get("id") + ")";
    BigDecimal net = new BigDecimal(requisition.get("net").asText());
    procoreNet = procoreNet.add(net);
    rows += 1 + requisition.get("lines").size();
    int before = differences.size();
    if (bills.size() != 1) {
      differences.add(name + " has " + bills.size() + " bills in " + erp);
      return;
    }
    ErpBooks.Bill bill = bills.get(0);
    if (bill.total().compareTo(net) != 0) {
      differences.add(name + " is " + net + " in Procore and " + bill.total() + " in " + erp);
    }
    if (!requisition.path("originId").asText().contains(bill.id())) {
      differences.add(
          name + " carries " + requisition.get("originId") + " in Procore, not the id of its bill");
    }
    for (JsonNode line : requisition.get("lines")) {
      // A line that bills nothing does not become a line of the bill.
      boolean nothing =
          new BigDecimal(line.get("gross").asText()).signum() == 0
              && new BigDecimal(line.get("net").asText()).signum() == 0;
      if (!nothing && line.path("originId").asText("").isEmpty()) {
        differences.add(name + " has line " + line.get("id") + " without an id of " + erp);
      }
    }
    if (differences.size() == before) {
      arrived++;
    }
  }

  /** Invoices that are one equal bill and known as that in Procore. */
  int arrived() {
    return arrived;
  }

  /** Rows of external data that these invoices have. */
  long rows() {
    return rows;
  }

  /** Net of the accepted invoices in Procore. */
  BigDecimal procoreNet() {
    return procoreNet;
  }

  /** Total of all bills in the accounting system. */
  BigDecimal erpTotal() {
    return erpTotal;
  }

  /** Whether nothing differs. */
  boolean agree() {
    return differences.isEmpty() && procoreNet.compareTo(erpTotal) == 0;
  }

  /** The first of what differs, and how many more there are. */
  List<String> differences() {
    if (differences.size() <= SHOWN) {
      return List.copyOf(differences);
    }
    List<String> first = new ArrayList<>(differences.subList(0, SHOWN));
    first.add("... and " + (differences.size() - SHOWN) + " more");
    return first;
  }
}
