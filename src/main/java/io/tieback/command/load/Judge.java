package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.seed.ErpBooks;
import io.tieback.construction.BillMarker;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the books of both sides and nothing else: one accepted invoice, one bill; one living
 * payment, one row in Procore; to the cent. It asks neither the connector nor its ledger.
 */
final class Judge {

  private final ConnectionId connection;
  private final String erp;
  private final List<String> duplicates = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final Map<String, BigDecimal> differences = new HashMap<>();
  private final List<String> standingDeleted = new ArrayList<>();

  private Judge(ConnectionId connection, String erp) {
    this.connection = connection;
    this.erp = erp;
  }

  /**
   * What the books say.
   *
   * @param duplicates bills and contract payments that are there once too often, in words
   * @param losses bills, contract payments, links and answers that are missing, in words
   * @param cents sum of all differences, in cents, whatever their sign
   * @param differing what differs, in words
   * @param bills bills with a marker
   * @param billed their total in the accounting system
   * @param livingPayments payments of these bills that stand in the accounting system
   * @param paid their total in the accounting system
   * @param standingDeleted ids of payments that are deleted in the accounting system and whose row
   *     still stands in Procore: each has to be flagged
   */
  record Verdict(
      List<String> duplicates,
      List<String> losses,
      long cents,
      List<String> differing,
      int bills,
      BigDecimal billed,
      int livingPayments,
      BigDecimal paid,
      List<String> standingDeleted) {

    /** Whether the books agree. */
    boolean clean() {
      return duplicates.isEmpty() && losses.isEmpty() && cents == 0;
    }
  }

  /**
   * Compares.
   *
   * @param procore books of Procore's stand-in
   * @param erp the accounting system's name for people
   * @param books what its stand-in holds
   * @param accepted how many invoices the approvers accepted
   */
  static Verdict judge(
      ConnectionId connection, JsonNode procore, String erp, ErpBooks books, int accepted) {
    Judge judge = new Judge(connection, erp);
    Map<Long, List<ErpBooks.Bill>> bills = judge.billsByInvoice(books);
    BigDecimal billed = judge.invoices(procore, bills, accepted);
    judge.details(procore);
    Set<String> ours = new HashSet<>();
    bills.values().forEach(found -> found.forEach(bill -> ours.add(bill.id())));
    List<ErpBooks.Payment> living = judge.payments(procore, books, ours);
    BigDecimal paid =
        living.stream().map(ErpBooks.Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    long cents =
        judge.differences.values().stream()
            .map(BigDecimal::abs)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .movePointRight(2)
            .longValueExact();
    return new Verdict(
        List.copyOf(judge.duplicates),
        List.copyOf(judge.losses),
        cents,
        judge.differences.entrySet().stream()
            .map(d -> d.getKey() + " differs by " + d.getValue().toPlainString())
            .sorted()
            .toList(),
        ours.size(),
        billed,
        living.size(),
        paid,
        List.copyOf(judge.standingDeleted));
  }

  private Map<Long, List<ErpBooks.Bill>> billsByInvoice(ErpBooks books) {
    Map<Long, List<ErpBooks.Bill>> bills = new HashMap<>();
    for (ErpBooks.Bill bill : books.bills()) {
      Optional<BillMarker> marker =
          BillMarker.parse(bill.marked()).filter(m -> m.connection().equals(connection));
      if (marker.isEmpty()) {
        duplicates.add("bill " + bill.number() + " (" + bill.id() + ") carries no marker of ours");
      } else if (bill.living()) {
        bills.computeIfAbsent(marker.get().requisitionId(), id -> new ArrayList<>()).add(bill);
      }
    }
    return bills;
  }

  /** Gives the total of all bills. */
  private BigDecimal invoices(
      JsonNode procore, Map<Long, List<ErpBooks.Bill>> bills, int accepted) {
    BigDecimal all = BigDecimal.ZERO;
    Set<Long> wanted = new HashSet<>();
    for (JsonNode requisition : procore.path("requisitions")) {
      long id = requisition.path("id").longValue();
      List<ErpBooks.Bill> found = bills.getOrDefault(id, List.of());
      BigDecimal billed =
          found.stream().map(ErpBooks.Bill::total).reduce(BigDecimal.ZERO, BigDecimal::add);
      all = all.add(billed);
      if (requisition.path("erpStatus").asText().equals("not_in_erp")) {
        continue;
      }
      wanted.add(id);
      String name = "invoice " + requisition.path("invoiceNumber").textValue() + " (" + id + ")";
      if (found.isEmpty()) {
        losses.add(name + " has no bill");
      }
      for (ErpBooks.Bill more : found.subList(Math.min(1, found.size()), found.size())) {
        duplicates.add(name + " has one more bill: " + more.id());
      }
      differs(name, new BigDecimal(requisition.path("net").asText()), billed);
      found.stream().findFirst().ifPresent(bill -> links(name, requisition, bill));
    }
    bills.keySet().stream()
        .filter(id -> !wanted.contains(id))
        .forEach(id -> duplicates.add("a bill of invoice " + id + ", which nobody accepted"));
    if (wanted.size() != accepted) {
      losses.add(
          accepted
              + " invoices were accepted, but Procore shows "
              + wanted.size()
              + " in the ERP's hands");
    }
    return all;
  }

  private void links(String name, JsonNode requisition, ErpBooks.Bill bill) {
    String billId = bill.id();
    if (!billId.equals(key("bill", requisition.path("originId").textValue()))) {
      losses.add(
          name + " points to " + requisition.path("originId") + " instead of bill " + billId);
    }
    if (!requisition.path("erpStatus").asText().equals("synced")) {
      losses.add(
          name + " is " + requisition.path("erpStatus").asText() + " in Procore, not synced");
    }
    for (JsonNode line : requisition.path("lines")) {
      if (!line.hasNonNull("originId")) {
        losses.add(name + ": line " + line.path("id") + " points to nothing");
      }
    }
  }

  private void details(JsonNode procore) {
    for (JsonNode detail : procore.path("details")) {
      if (!detail.path("status").asText().equals("success")) {
        losses.add(
            "request detail "
                + detail.path("id")
                + " is "
                + detail.path("status").asText()
                + " "
                + detail.path("messages"));
      }
    }
  }

  /** Gives the payments that stand in the accounting system on bills of ours. */
  private List<ErpBooks.Payment> payments(JsonNode procore, ErpBooks books, Set<String> ours) {
    Map<String, List<JsonNode>> rows = new HashMap<>();
    for (JsonNode row : procore.path("contractPayments")) {
      String key = key("payment", row.path("origin_id").textValue());
      if (key == null) {
        duplicates.add(
            "contract payment "
                + row.path("id")
                + " of "
                + row.path("amount").asText()
                + " belongs to no payment: origin id "
                + row.path("origin_id"));
      } else {
        rows.computeIfAbsent(key, id -> new ArrayList<>()).add(row);
      }
    }
    List<ErpBooks.Payment> living = new ArrayList<>();
    for (ErpBooks.Payment payment : books.payments()) {
      String id = payment.id();
      if (!ours.contains(payment.billId())) {
        continue;
      }
      List<JsonNode> found = Objects.requireNonNullElse(rows.remove(id), List.of());
      String name = "payment " + id + " of " + payment.amount().toPlainString();
      for (JsonNode more : found.subList(Math.min(1, found.size()), found.size())) {
        duplicates.add(name + " has one more contract payment: " + more.path("id"));
      }
      if (!payment.living()) {
        found.forEach(row -> standingDeleted.add(id));
        continue;
      }
      living.add(payment);
      if (found.isEmpty()) {
        losses.add(name + " has no contract payment");
      }
      BigDecimal written =
          found.stream()
              .map(r -> new BigDecimal(r.path("amount").asText()))
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      differs(name, payment.amount(), written);
    }
    rows.keySet()
        .forEach(
            id ->
                duplicates.add(
                    "a contract payment of payment " + id + ", which " + erp + " does not have"));
    return living;
  }

  private void differs(String name, BigDecimal wanted, BigDecimal found) {
    if (wanted.compareTo(found) != 0) {
      differences.put(name, found.subtract(wanted));
    }
  }

  /** The ERP's key in an origin id of this connection and kind, or null when it is none. */
  private String key(String kind, String origin) {
    if (origin == null) {
      return null;
    }
    try {
      OriginId id = OriginId.parse(origin);
      return id.connection().equals(connection) && id.kind().equals(kind) ? id.key() : null;
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
