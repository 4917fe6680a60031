package io.tieback.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import io.tieback.ledger.ItemState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each cause that only the ledger knows, or that takes more than a cent that moved. */
class TieOutTest {

  private static final LocalDate DAY = LocalDate.of(2026, 8, 31);
  private static final String BILL = "bill-7";

  private final List<Movement> movements =
      new ArrayList<>(List.of(new Movement(Money.of("400.00"), Money.of("50.00"))));
  private final List<JobBooks.Payment> payments = new ArrayList<>();
  private final List<BookedDocument> documents = new ArrayList<>();
  private String status = "approved";
  private String originId = "xero:harbour:bill:" + BILL;
  private List<String> problems = List.of();
  private Traces traces = Traces.none();
  private LocalDate through;
  private Money balance;

  private TieOutReport compare() {
    JobBooks.Invoice invoice =
        new JobBooks.Invoice(
            7,
            3,
            "PC-1001",
            status,
            DAY,
            originId,
            Money.of("4000.00"),
            movements,
            Money.ZERO,
            problems);
    JobBooks job =
        new JobBooks(
            new JobBooks.Project(1, "2026-014", "Harbour Tower", "xero:harbour:tracking_option:t"),
            List.of(
                new JobBooks.Commitment(
                    3,
                    "SC-0007",
                    "Formwork",
                    "Pacific Concrete Co",
                    Money.of("9000.00"),
                    Money.ZERO,
                    Money.ZERO)),
            List.of(invoice),
            payments);
    return TieOut.compare(
        new Question(
            TwoBooks.HARBOUR, "xero", "Xero", through, Set.of("approved"), "815", null, false),
        List.of(job),
        documents,
        balance,
        traces);
  }

  private Difference only() {
    List<Difference> found = compare().differences();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static Line work(String amount) {
    return new Line("Formwork", Money.of(amount), "03-110.S", "500", "t");
  }

  private static Line retainage(String amount) {
    return new Line("Retainage", Money.of(amount), null, "815", "t");
  }

  private void bill(LocalDate date, Settlement... settlements) {
    bill(date, List.of(work("4000.00"), retainage("-400.00"), retainage("50.00")), settlements);
  }

  private void bill(LocalDate date, List<Line> lines, Settlement... settlements) {
    documents.add(
        TwoBooks.document(
            BILL,
            TwoBooks.marker(1, 7),
            date,
            State.POSTED,
            lines,
            Money.ZERO,
            List.of(settlements)));
  }

  @Test
  @DisplayName("an invoice that was paid on both sides agrees in every figure, as its payments do")
  void paidOnBothSides() {
    bill(DAY, new Settlement(SettledBy.PAYMENT, "p", Money.of("3650.00"), DAY));
    payments.add(payment("3650.00"));
    TieOutReport report = compare();
    assertThat(report.differences()).isEmpty();
    InvoiceAccount invoice = report.invoices().get(0);
    assertThat(invoice.payments().get(0).procore()).isEqualTo(Money.of("3650.00"));
    assertThat(invoice.procore().paid()).isEqualTo(Money.of("3650.00"));
    assertThat(invoice.procore().minus(invoice.erp()).areZero()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "WAITING, WAITS, vendor:12",
    "FAILED, FAILED, Xero refuses it",
    "UNKNOWN, UNKNOWN, not known yet",
    "SENT, UNKNOWN, not known yet",
    "STAGED, ON_ITS_WAY, on its way",
    "COMPOSED, ON_ITS_WAY, on its way",
    "PLANNED, ON_ITS_WAY, on its way",
    "DISCARDED, DISCARDED, a person decided",
    "KNOWN, MISSING, bill-7",
    "ACKNOWLEDGED, MISSING, bill-7",
  })
  @DisplayName("TB-TIE-01: an invoice without a bill says how far it came")
  void withoutBill(ItemState state, Cause cause, String says) {
    originId = null;
    traces =
        new Traces(
            Map.of(
                7L,
                new Traces.OfInvoice(
                    1L, state, BILL, List.of("vendor:12"), "Xero refuses it", 42L)),
            Map.of());
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(cause);
    assertThat(difference.sentence()).contains("PC-1001").contains(says);
    assertThat(difference.effect().billed()).isEqualTo(Money.of("4000.00"));
    assertThat(difference.effect().open()).isEqualTo(Money.of("3650.00"));
    if (cause == Cause.FAILED) {
      assertThat(difference.remedy()).contains("dead-letters show 42");
    }
  }

  @Test
  @DisplayName("An approved invoice that nobody sent is named; one that is not approved counts not")
  void notSent() {
    originId = null;
    assertThat(only().cause()).isEqualTo(Cause.NOT_SENT);
    status = "under_review";
    TieOutReport report = compare();
    assertThat(report.agrees()).isTrue();
    assertThat(report.total().procore().billed()).isEqualTo(Money.ZERO);
  }

  @Test
  @DisplayName("A bill counts although its address was taken away: Procore has its key")
  void byKey() {
    documents.add(
        TwoBooks.document(
            BILL,
            null,
            DAY,
            State.POSTED,
            List.of(work("4000.00"), retainage("-400.00"), retainage("50.00")),
            Money.ZERO,
            List.of()));
    assertThat(compare().agrees()).isTrue();
  }

  @Test
  @DisplayName("Figures of both sides, what is held on the account, and what is not exported")
  void figures() {
    bill(DAY, new Settlement(SettledBy.PAYMENT, "p", Money.of("650.00"), DAY));
    payments.add(payment("650.00"));
    TieOutReport report = compare();
    assertThat(report.agrees()).isTrue();
    Account account = report.projects().get(0).accounts().get(0);
    assertThat(account.procore().get(Figure.ORIGINAL)).isEqualTo(Money.of("9000.00"));
    assertThat(account.erp().get(Figure.ORIGINAL)).isNull();
    for (Figures side : List.of(account.procore(), account.erp())) {
      assertThat(side.billed()).isEqualTo(Money.of("4000.00"));
      assertThat(side.retained()).isEqualTo(Money.of("400.00"));
      assertThat(side.released()).isEqualTo(Money.of("50.00"));
      assertThat(side.held()).isEqualTo(Money.of("350.00"));
      assertThat(side.paid()).isEqualTo(Money.of("650.00"));
      assertThat(side.open()).isEqualTo(Money.of("3000.00"));
    }
    assertThat(report.retainage().onAccount()).isEqualTo(Money.of("350.00"));
  }

  @Test
  @DisplayName("Retainage taken back on work that was taken back is no release, on either side")
  void negativeRetainage() {
    movements.set(0, new Movement(Money.of("-40.00"), Money.ZERO));
    bill(DAY, List.of(work("4000.00"), retainage("40.00")));
    TieOutReport report = compare();
    assertThat(report.agrees()).isTrue();
    assertThat(report.total().erp().retained()).isEqualTo(Money.of("-40.00"));
    assertThat(report.total().erp().released()).isEqualTo(Money.ZERO);
  }

  private static JobBooks.Payment payment(String amount) {
    return new JobBooks.Payment(
        9, 3, 7L, "xero:harbour:payment:p", Money.of(amount), DAY.plusDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "ignored, PAYMENT_BEFORE_SWITCH_ON",
    "planned, PAYMENT_ON_ITS_WAY",
    "unmatched, PAYMENT_ON_ITS_WAY",
    "unknown, PAYMENT_ON_ITS_WAY",
    "failed, PAYMENT_FAILED",
    "known, PAYMENT_NOT_IN_PROCORE",
  })
  @DisplayName("TB-TIE-01: a payment that Procore does not show says how far it came")
  void withoutPayment(String state, Cause cause) {
    bill(DAY, new Settlement(SettledBy.PAYMENT, "p", Money.of("650.00"), DAY));
    traces =
        new Traces(Map.of(), Map.of("p", new Traces.OfPayment(state, 9L, "no such contract", 5L)));
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(cause);
    assertThat(difference.effect().paid()).isEqualTo(Money.of("-650.00"));
    assertThat(difference.records()).contains("Xero payment p", "Xero bill bill-7");
  }

  @Test
  @DisplayName("A payment that was deleted in the ERP is flagged, or gone when nobody noticed yet")
  void flagged() {
    bill(DAY);
    payments.add(payment("650.00"));
    assertThat(only().cause()).isEqualTo(Cause.PAYMENT_GONE);
    traces = new Traces(Map.of(), Map.of("p", new Traces.OfPayment("flagged", 9L, null, null)));
    assertThat(only().cause()).isEqualTo(Cause.PAYMENT_FLAGGED);
    payments.set(0, payment("0.00"));
    assertThat(compare().agrees()).as("brought to zero").isTrue();
  }

  @Test
  @DisplayName(
      "A bill that was moved to an open day is named when the cut parts it from its invoice")
  void otherDate() {
    bill(DAY.plusDays(1));
    assertThat(compare().agrees()).isTrue();
    through = DAY;
    assertThat(only().cause()).isEqualTo(Cause.OTHER_DATE);
    through = DAY.plusDays(1);
    assertThat(compare().agrees()).isTrue();
    through = DAY.minusDays(1);
    assertThat(compare().agrees()).isTrue();
  }

  @Test
  @DisplayName("A payment counts by its own day on each side")
  void paymentDate() {
    bill(DAY, new Settlement(SettledBy.PAYMENT, "p", Money.of("650.00"), DAY));
    payments.add(payment("650.00"));
    through = DAY;
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(Cause.PAYMENT_OTHER_DATE);
    assertThat(difference.sentence()).contains("2026-09-01").contains("2026-08-31");
  }

  @Test
  @DisplayName("A line that was moved to another project is named although no amount changed")
  void projectOfALine() {
    bill(
        DAY,
        List.of(
            new Line("Formwork", Money.of("4000.00"), "03-110.S", "500", "elsewhere"),
            retainage("-350.00")));
    movements.set(0, new Movement(Money.of("350.00"), Money.ZERO));
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(Cause.PROJECT_CHANGED);
    assertThat(difference.sentence()).contains("Formwork").contains("4000.00");
  }

  @Test
  @DisplayName("An invoice whose own figures contradict each other is named")
  void problems() {
    bill(DAY);
    problems = List.of("Current payment due: components come to 1.00, Procore states 2.00");
    assertThat(only().cause()).isEqualTo(Cause.FIGURES_OF_PROCORE);
    movements.clear();
    assertThat(only().effect().retained()).as("read as nothing").isEqualTo(Money.of("-400.00"));
  }

  @Test
  @DisplayName(
      "TB-TIE-02: the account is proved without other connections' bills, and what they hold is"
          + " said")
  void otherConnections() {
    bill(DAY);
    documents.add(
        TwoBooks.document(
            "other",
            TwoBooks.marker(1, 70).replace("harbour", "south"),
            DAY,
            State.POSTED,
            List.of(retainage("-99.00")),
            Money.ZERO,
            List.of()));
    balance = Money.of("449.00");
    TieOutReport report = compare();
    assertThat(report.agrees()).isTrue();
    assertThat(report.retainage().otherConnections()).isEqualTo(Money.of("99.00"));
    assertThat(report.remarks()).singleElement().asString().contains("99.00");
  }

  @Test
  @DisplayName("TB-TIE-02: what the account's own balance has beyond all documents is named")
  void journal() {
    bill(DAY);
    assertThat(compare().remarks()).singleElement().asString().contains("was not read");
    balance = Money.of("350.00");
    assertThat(compare().agrees()).isTrue();
    assertThat(compare().remarks()).isEmpty();
    balance = Money.of("349.99");
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(Cause.POSTED_OTHERWISE);
    assertThat(difference.onAccount()).isEqualTo(Money.of("-0.01"));
    assertThat(difference.sentence()).contains("349.99").contains("350.00").contains("journal");
    assertThat(compare().retainage().difference()).isEqualTo(Money.of("0.01"));
  }

  @Test
  @DisplayName("A credit note that stands for an invoice may settle a bill of its own commitment")
  void settledAmongOwnDocuments() {
    bill(DAY);
    BookedDocument first = documents.get(0);
    documents.clear();
    Settlement given = new Settlement(SettledBy.CREDIT_NOTE, "credit", Money.of("20.00"), DAY);
    Settlement taken = new Settlement(SettledBy.CREDIT_NOTE, BILL, Money.of("-20.00"), DAY);
    documents.add(
        TwoBooks.document(
            BILL,
            first.marker(),
            DAY,
            State.POSTED,
            List.of(work("4020.00"), retainage("-400.00"), retainage("50.00")),
            Money.ZERO,
            List.of(given)));
    documents.add(
        TwoBooks.document(
            "credit",
            TwoBooks.marker(1, 7),
            DAY,
            State.POSTED,
            List.of(work("-20.00")),
            Money.ZERO,
            List.of(taken)));
    TieOutReport report = compare();
    assertThat(report.differences())
        .extracting(Difference::cause)
        .containsExactly(Cause.EDITED, Cause.TWICE);
    assertThat(report.total().erp().credited()).isEqualTo(Money.ZERO);
    assertThat(report.total().difference().areZero()).isTrue();
  }

  @Test
  @DisplayName("TB-TIE-02: what a credit note takes from the account counts with its sign")
  void creditNote() {
    bill(DAY);
    documents.add(
        new BookedDocument(
            BookedDocument.Kind.CREDIT_NOTE,
            null,
            "credit",
            "CN-1",
            "Pacific Concrete Co",
            DAY,
            State.POSTED,
            "AUTHORISED",
            List.of(retainage("-12.00")),
            Money.ZERO,
            Money.of("-12.00"),
            List.of()));
    Difference difference = only();
    assertThat(difference.cause()).isEqualTo(Cause.POSTED_OTHERWISE);
    assertThat(difference.onAccount()).isEqualTo(Money.of("12.00"));
    assertThat(difference.sentence()).contains("Credit note CN-1").contains("account 815");
    assertThat(compare().retainage().difference()).isEqualTo(Money.of("-12.00"));
  }
}
