package io.tieback.console.books;

import io.tieback.approval.Action;
import io.tieback.approval.Duty;
import io.tieback.approval.Permissions;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refusal;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.page.Way;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.console.web.Problem;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.DeletionPolicy;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Page;
import io.tieback.ledger.PaymentFilter;
import io.tieback.ledger.PaymentLists;
import io.tieback.ledger.PaymentStanding;
import io.tieback.ledger.PaymentView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Payments of exported bills: what came back to Procore, and what did not with why (GEN-PAY). The
 * amounts are cash.
 */
final class PaymentPages implements Pages.Group {

  private static final int SIZE = 50;
  private static final int CSV_ROWS = 500;

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("date", "payments.date"),
          Column.text(null, "payments.invoice"),
          Column.text(null, "payments.vendor"),
          Column.text("reference", "payments.reference"),
          Column.figure("amount", "payments.amount"),
          Column.figure(null, "payments.written"),
          Column.text("state", "payments.standing"),
          Column.text("changed", "payments.changed"));

  private static final Map<String, PaymentView.Sort> SORTS =
      Map.of(
          "date", PaymentView.Sort.DATE,
          "reference", PaymentView.Sort.REFERENCE,
          "amount", PaymentView.Sort.AMOUNT,
          "state", PaymentView.Sort.STATE,
          "changed", PaymentView.Sort.CHANGED);

  private final Ledger ledger;
  private final List<ConnectionId> connections;

  PaymentPages(Ledger ledger, List<ConnectionId> connections) {
    this.ledger = ledger;
    this.connections = List.copyOf(connections);
  }

  @Override
  public void addTo(Pages pages) {
    pages
        .bundle("books")
        .bundle("payments")
        .navigation(Pages.Section.BOOKS, 1, "payments.title", "/payments", Pages.duty(Duty.VIEW))
        .get("/payments", Pages.duty(Duty.VIEW), this::list)
        .get("/payments/csv", Pages.duty(Duty.VIEW), this::csv)
        .post("/payments/sync", Pages.duty(Duty.SYNC_NOW), this::syncNow)
        .get("/payments/{id}", Pages.duty(Duty.VIEW), this::one)
        .post("/payments/{id}/decide", Pages.duty(Duty.VIEW), this::decide);
  }

  /**
   * A payment as a list shows it.
   *
   * @param row what the ledger knows
   * @param standing word of its standing
   * @param colour GREEN means that it is synced (GEN-ICON-06)
   */
  record Line(PaymentView row, String standing, String colour) {
    static Line of(PaymentView row) {
      return new Line(row, word(row.standing()), colourOf(row.standing()));
    }
  }

  private static String word(PaymentStanding standing) {
    return standing.name().toLowerCase(Locale.ROOT);
  }

  private static String colourOf(PaymentStanding standing) {
    return switch (standing) {
      case IN_PROCORE -> "green";
      case ON_ITS_WAY -> "blue";
      case UNMATCHED, FLAGGED -> "yellow";
      case FAILED -> "red";
      case BEFORE_SWITCH_ON, GONE -> "none";
    };
  }

  // ---- the list

  private Reply list(Ask ask) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-date", SIZE);
    Page<PaymentView> page = page(ask, wanted, SIZE, Math.toIntExact(wanted.offset()));
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("q", ask.query("q").orElse(""));
    model.put("standing", ask.query("standing").orElse(""));
    model.put("from", ask.query("from").orElse(""));
    model.put("through", ask.query("through").orElse(""));
    model.put(
        "standings",
        Choices.of(
            Arrays.stream(PaymentStanding.values()).map(PaymentPages::word).toList(),
            "payments.standing.",
            ask));
    model.put("sums", sums(ask));
    model.put("lines", page.rows().stream().map(Line::of).toList());
    model.put("more", page.more());
    model.put("maySync", Permissions.refusal(ask.person(), Duty.SYNC_NOW).isEmpty());
    model.put(
        "csv", Listing.address("/console/payments/csv", ask.call().query(), Map.of("page", "")));
    model.put(
        "listing",
        Listing.of(
            "/console/payments",
            ask.call().query(),
            COLUMNS,
            wanted,
            page.rows().size(),
            page.total()));
    return Reply.page("payments", model);
  }

  private Page<PaymentView> page(Ask ask, Listing.Wanted wanted, int size, int offset) {
    return ledger
        .paymentLists()
        .page(filter(ask), SORTS.get(wanted.sort()), !wanted.descending(), size, offset);
  }

  private static PaymentFilter filter(Ask ask) {
    PaymentStanding standing =
        ask.query("standing")
            .map(
                given ->
                    Arrays.stream(PaymentStanding.values())
                        .filter(one -> word(one).equals(given))
                        .findFirst()
                        .orElseThrow(
                            () ->
                                Problem.badRequest(
                                    "standing",
                                    ask.text("error.choice", given),
                                    "error.400.remedy")))
            .orElse(null);
    return new PaymentFilter(
        ask.connection().orElse(null),
        standing,
        null,
        null,
        null,
        null,
        null,
        ask.day("from").orElse(null),
        ask.day("through").orElse(null),
        ask.query("q").orElse(null));
  }

  /**
   * How many there are of a standing, and what they come to.
   *
   * @param standing its word
   * @param colour of its badge
   * @param href the list of these
   */
  record Sum(String standing, String colour, String href, long payments, Money amount) {}

  private List<Sum> sums(Ask ask) {
    List<PaymentLists.Count> counts = ledger.paymentLists().counts(ask.connection().orElse(null));
    List<Sum> sums = new ArrayList<>();
    for (PaymentStanding standing : PaymentStanding.values()) {
      List<PaymentLists.Count> of =
          counts.stream().filter(count -> count.standing() == standing).toList();
      if (!of.isEmpty()) {
        sums.add(
            new Sum(
                word(standing),
                colourOf(standing),
                "/console/payments?standing=" + word(standing),
                of.stream().mapToLong(PaymentLists.Count::payments).sum(),
                of.stream().map(PaymentLists.Count::amount).reduce(Money.ZERO, Money::plus)));
      }
    }
    return sums;
  }

  private Reply csv(Ask ask) {
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-date", SIZE);
    Csv csv =
        new Csv(
            List.of(
                "connection",
                "date",
                "invoice",
                "bill",
                "vendor",
                "project",
                "reference",
                "method",
                "amount",
                "in procore",
                "standing",
                "why",
                "erp payment id"));
    for (int offset = 0; ; offset += CSV_ROWS) {
      Page<PaymentView> page = page(ask, wanted, CSV_ROWS, offset);
      if (page.more()) {
        throw Problem.refused(
            ask.text("books.csv.long", ask.formats().number(Page.MOST_COUNTED)),
            "books.csv.long.remedy");
      }
      for (PaymentView row : page.rows()) {
        csv.row(
            Arrays.asList(
                row.connection(),
                row.date(),
                row.invoiceNumber(),
                row.billNumber(),
                row.vendor(),
                row.projectName(),
                row.reference(),
                row.method(),
                row.amount(),
                row.writtenAmount(),
                ask.text("payments.standing." + word(row.standing())),
                why(ask, row),
                row.erpPaymentId()));
      }
      if (page.rows().size() < CSV_ROWS) {
        return Reply.csv("payments.csv", csv);
      }
    }
  }

  private static String why(Ask ask, PaymentView row) {
    return row.failureMessage() == null
        ? ask.text("payments.why." + word(row.standing()))
        : row.failureMessage();
  }

  private Reply syncNow(Ask ask) {
    List<ConnectionId> wanted = ask.connection().map(List::of).orElse(connections);
    wanted.forEach(one -> ledger.connections().requestPaymentSync(one, ask.person().email()));
    return Reply.redirect("/payments").saying("payments.synced");
  }

  // ---- one of them

  private PaymentView payment(Ask ask) {
    PaymentView row = ledger.paymentLists().find(ask.number("id")).orElseThrow(Problem::notFound);
    ask.requireSeen(row.connection());
    return row;
  }

  private Reply one(Ask ask) {
    PaymentView row = payment(ask);
    Optional<Refusal> refusal = refusal(ask, row);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("line", Line.of(row));
    model.put("row", row);
    model.put("why", why(ask, row));
    model.put("remedy", remedy(ask, row));
    model.put("steps", Way.steps(ask, ledger.paymentLists().history(row.id())));
    model.put("flagged", row.standing() == PaymentStanding.FLAGGED);
    model.put(
        "whyNot",
        refusal
            .map(one -> one.reason(ask.language()) + " " + one.remedy(ask.language()))
            .orElse(""));
    return Reply.page("payment", model);
  }

  private static String remedy(Ask ask, PaymentView row) {
    return row.remedy() == null
        ? ask.text("payments.remedy." + word(row.standing()))
        : row.remedy();
  }

  /** Only whoever may add to Procore may take a payment out of it (GEN-PAY-11). */
  private static Optional<Refusal> refusal(Ask ask, PaymentView row) {
    return Permissions.refusal(ask.person(), Action.IMPORT, row.connection(), RecordKind.INVOICE);
  }

  private Reply decide(Ask ask) {
    PaymentView row = payment(ask);
    refusal(ask, row)
        .ifPresent(
            one -> {
              throw Problem.forbidden(one.reason(ask.language()), one.remedy(ask.language()));
            });
    String given = ask.required("decision");
    DeletionPolicy decision =
        Arrays.stream(DeletionPolicy.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(given))
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "decision", ask.text("error.choice", given), "error.400.remedy"));
    boolean decided = ledger.payments().decide(row.id(), decision, ask.person().email());
    Reply.Redirect there = Reply.redirect("/payments/" + row.id());
    return decided
        ? there.saying("payments.decided." + given)
        : there.warning("payments.not-flagged");
  }
}
