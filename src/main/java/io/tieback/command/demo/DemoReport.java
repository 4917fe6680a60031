package io.tieback.command.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.SeededErp;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What went out and what came back, with the totals of both sides compared to the cent. The totals
 * come from the stand-ins' own books, not from the ledger.
 */
public final class DemoReport {

  private static final int PAGE = 1000;
  private static final String ROW = "%-11s  %-15s  %-15s  %-12s  %-36s  %10s  %5s%n";
  private static final String RULE = "-".repeat(116);

  private final List<DemoRecord> records = new ArrayList<>();
  private final String erp;
  private final Money invoicedInProcore;
  private final Money billedInErp;
  private final Money paidInErp;
  private final Money paidInProcore;
  private final Map<String, Long> calls;
  private final int expected;

  /**
   * @param procoreBooks {@code /_sandbox/books} of the Procore stand-in
   * @param erp the accounting system's side
   * @param books what its stand-in holds
   * @param expected how many invoices were accepted
   */
  public DemoReport(
      Ledger ledger,
      ConnectionId connection,
      JsonNode procoreBooks,
      SeededErp erp,
      ErpBooks books,
      Map<String, Long> calls,
      int expected) {
    this.erp = erp.displayName();
    this.calls = calls;
    this.expected = expected;
    for (WorkItem item : ledger.workItems().all(connection, 0, PAGE)) {
      records.add(
          new DemoRecord(
              "requisition",
              item.procoreId(),
              erp.erp(),
              item.erpId(),
              item.state().name().toLowerCase(java.util.Locale.ROOT),
              item.amount() == null ? "0.00" : item.amount().toString(),
              item.apiCalls() + 1,
              item.number()));
    }
    for (PaymentRow row : ledger.payments().list(connection, List.of(), 0, PAGE)) {
      records.add(
          new DemoRecord(
              "payment",
              row.procorePaymentId(),
              erp.erp(),
              row.erpPaymentId(),
              row.state(),
              row.amount().toString(),
              1,
              "paid " + row.date()));
    }
    invoicedInProcore = sum(procoreBooks.path("requisitions"), "net", "erpStatus", "synced");
    billedInErp =
        books.bills().stream()
            .filter(ErpBooks.Bill::living)
            .map(bill -> Money.of(bill.total().toPlainString()))
            .reduce(Money.ZERO, Money::plus);
    paidInErp =
        books.payments().stream()
            .filter(ErpBooks.Payment::living)
            .map(payment -> Money.of(payment.amount().toPlainString()))
            .reduce(Money.ZERO, Money::plus);
    paidInProcore = sum(procoreBooks.path("contractPayments"), "amount", "erpStatus", null);
  }

  private static Money sum(JsonNode rows, String amount, String field, String value) {
    Money sum = Money.ZERO;
    for (JsonNode row : rows) {
      if (value == null || value.equals(row.path(field).asText())) {
        sum = sum.plus(Money.of(row.path(amount).asText()));
      }
    }
    return sum;
  }

  /** Whether every invoice went out, every payment came back, and both sides agree to the cent. */
  public boolean allArrived() {
    long invoices = records.stream().filter(r -> r.entity().equals("requisition")).count();
    return invoices == expected
        && records.stream().allMatch(DemoRecord::arrived)
        && invoicedInProcore.equals(billedInErp)
        && paidInErp.equals(paidInProcore);
  }

  /** Prints the table and the comparison. */
  public void print(PrintWriter out) {
    out.println();
    out.printf(ROW, "record", "in Procore", "number", "state", "in " + erp, "amount", "calls");
    out.println(RULE);
    for (DemoRecord r : records) {
      String procoreId = r.procoreId() == null ? "-" : r.procoreId().toString();
      out.printf(
          ROW,
          r.entity(),
          procoreId,
          shown(r.title()),
          r.state(),
          shown(r.erpId()),
          r.amount(),
          r.apiCalls());
    }
    out.println(RULE);
    compare(out, "Invoiced in Procore, billed in " + erp, invoicedInProcore, billedInErp);
    compare(out, "Paid in " + erp + ", shown in Procore", paidInErp, paidInProcore);
    long all = calls.values().stream().mapToLong(Long::longValue).sum();
    out.printf("API calls: %d in all; the report counts each kind.%n", all);
    out.println(
        allArrived()
            ? "Everything arrived, and both sides agree to the cent."
            : "NOT everything arrived; see './tieback dead-letters list'.");
    out.flush();
  }

  private static String shown(String text) {
    return text == null ? "-" : text;
  }

  private static void compare(PrintWriter out, String what, Money left, Money right) {
    out.printf("%-48s %16s %16s   difference %s%n", what, left, right, left.minus(right));
  }

  /** Writes {@code demo-report.json}. */
  public void write(Path file) {
    ObjectNode json = Json.object();
    var list = json.putArray("records");
    for (DemoRecord r : records) {
      ObjectNode node = list.addObject();
      node.put("entity", r.entity())
          .put("procoreId", r.procoreId())
          .put("erp", r.erp())
          .put("erpId", r.erpId());
      node.put("state", r.state())
          .put("amount", r.amount())
          .put("apiCalls", r.apiCalls())
          .put("title", r.title());
    }
    ObjectNode totals = json.putObject("totals");
    totals
        .put("invoicedInProcore", invoicedInProcore.toString())
        .put("billedInErp", billedInErp.toString());
    totals.put("paidInErp", paidInErp.toString()).put("paidInProcore", paidInProcore.toString());
    totals.put("expectedInvoices", expected).put("allArrived", allArrived());
    ObjectNode made = totals.putObject("apiCalls");
    calls.forEach(made::put);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, json.toPrettyString() + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + file + ": " + e.getMessage(), e);
    }
  }
}
