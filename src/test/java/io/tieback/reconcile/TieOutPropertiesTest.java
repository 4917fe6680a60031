package io.tieback.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import io.tieback.reconcile.TieOutReport.ProjectReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * What holds for any two books: the same on both sides is no difference, and a cent that moves on
 * one side is found and named.
 */
class TieOutPropertiesTest {

  /** Something that somebody does on one side, and what has to be said about it. */
  private enum Deed {
    LINE_OF_BILL,
    LINES_AMONG_EACH_OTHER,
    TAX_OF_BILL,
    OPEN_OF_BILL,
    VOID,
    REMOVE_BILL,
    DRAFT,
    SECOND_BILL,
    ERP_PAYMENT,
    PROCORE_PAYMENT,
    REMOVE_PROCORE_PAYMENT,
    REMOVE_ERP_PAYMENT,
    PAYMENT_BY_HAND,
    CREDIT,
    POSTING,
    JOURNAL,
    BILLED_IN_PROCORE,
    RETAINED_IN_PROCORE,
    REMOVE_INVOICE,
    ORDER_LINE,
    CHANGE_LINE,
    DELETE_ORDER,
    REMOVE_ORDER,
    CHANGES_IN_PROCORE,
  }

  /** What has to be said: a cause, and a record that is named. */
  private record Expected(Cause cause, String record) {}

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label("TB-TIE-01 TB-TIE-03: books that are the same on both sides agree, through any day")
  void theSameIsNoDifference(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    TwoBooks books = TwoBooks.of(random);
    books.through = random.nextBoolean() ? null : TwoBooks.FIRST_DAY.plusDays(random.nextInt(200));
    TieOutReport report = books.compare();
    assertThat(report.differences()).isEmpty();
    assertThat(report.agrees()).isTrue();
    assertThat(report.total().difference().areZero()).isTrue();
    assertThat(report.retainage().difference()).isEqualTo(Money.ZERO);
  }

  @Property(tries = 8_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "TB-TIE-01 TB-TIE-02 TB-TIE-03: any cent that moves on one side is found, named and wholly"
          + " explained")
  void whatMovesIsNamed(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    TwoBooks books = TwoBooks.of(random);
    Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
    Expected expected = done(deed, books, random);
    TieOutReport report = books.compare();
    assertThat(report.agrees()).as("%s is a difference", deed).isFalse();
    assertThat(report.differences())
        .as("%s is named", deed)
        .anySatisfy(
            difference -> {
              assertThat(difference.cause()).isEqualTo(expected.cause());
              assertThat(difference.records()).anyMatch(r -> r.endsWith(expected.record()));
            });
    explainsEverything(report);
  }

  @Property(tries = 2_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label("TB-TIE-01: several deeds at once, cut at any day, leave nothing unexplained")
  void severalAtOnce(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    TwoBooks books = TwoBooks.of(random);
    for (int i = 0; i < 3; i++) {
      Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
      if (books.documents.stream().anyMatch(d -> !d.settlements().isEmpty())
          && books.jobs.get(0).invoices().size() > 1
          && !books.jobs.get(0).payments().isEmpty()) {
        done(deed, books, random);
      }
    }
    books.through = random.nextBoolean() ? null : TwoBooks.FIRST_DAY.plusDays(random.nextInt(200));
    explainsEverything(books.compare());
  }

  private static void explainsEverything(TieOutReport report) {
    assertThat(report.differences()).noneMatch(d -> d.cause() == Cause.UNEXPLAINED);
    for (ProjectReport project : report.projects()) {
      for (Account account : project.accounts()) {
        Figures explained =
            Figures.sum(
                report.differences().stream()
                    .filter(d -> d.projectId() == project.project().id())
                    .filter(d -> d.commitmentId() == account.commitmentId())
                    .map(Difference::effect)
                    .toList());
        assertThat(account.difference().notZero()).isEqualTo(explained.notZero());
      }
    }
    Money held =
        Money.sum(report.differences().stream().map(d -> d.effect().held()).toList())
            .minus(Money.sum(report.differences().stream().map(Difference::onAccount).toList()));
    assertThat(report.retainage().difference()).isEqualTo(held);
  }

  private static Expected done(Deed deed, TwoBooks books, Random random) {
    Money shift = books.shift();
    int at = books.anyDocument(false);
    BookedDocument bill = books.documents.get(at);
    String record = " bill " + bill.erpId();
    if (deed.compareTo(Deed.ORDER_LINE) >= 0) {
      return inOrders(deed, books, shift);
    }
    switch (deed) {
      case LINE_OF_BILL -> {
        int line = random.nextInt(bill.lines().size());
        books.change(at, b -> TwoBooks.with(b, shifted(b.lines(), line, shift)));
        return new Expected(Cause.EDITED, record);
      }
      case LINES_AMONG_EACH_OTHER -> {
        Line extra = new Line("moved", shift, null, TwoBooks.RETAINAGE, null);
        List<Line> lines = new ArrayList<>(shifted(bill.lines(), 0, shift.negated()));
        lines.add(extra);
        books.change(at, b -> TwoBooks.with(b, lines));
        return new Expected(Cause.EDITED, record);
      }
      case TAX_OF_BILL -> {
        books.change(
            at,
            b ->
                TwoBooks.document(
                    b.erpId(),
                    b.marker(),
                    b.date(),
                    b.state(),
                    b.lines(),
                    b.tax().plus(shift),
                    b.settlements()));
        return new Expected(Cause.EDITED, record);
      }
      case OPEN_OF_BILL -> {
        books.change(at, b -> due(b, b.due().plus(shift)));
        return new Expected(Cause.FIGURES_OF_ERP, record);
      }
      case VOID -> {
        books.change(at, b -> TwoBooks.in(b, State.GONE));
        return new Expected(Cause.VOIDED, record);
      }
      case DRAFT -> {
        books.change(at, b -> TwoBooks.in(b, State.DRAFT));
        return new Expected(Cause.DRAFT, record);
      }
      case REMOVE_BILL -> {
        books.documents.remove(at);
        return new Expected(
            Cause.MISSING, "requisition " + bill.erpId().substring("bill-".length()));
      }
      case SECOND_BILL -> {
        books.documents.add(
            TwoBooks.document(
                "second-" + bill.erpId(),
                bill.marker(),
                bill.date(),
                State.POSTED,
                bill.lines(),
                bill.tax(),
                List.of()));
        return new Expected(Cause.TWICE, "second-" + bill.erpId());
      }
      case CREDIT -> {
        List<Settlement> settled = new ArrayList<>(bill.settlements());
        settled.add(new Settlement(SettledBy.CREDIT_NOTE, "credit-1", shift, bill.date()));
        books.change(at, b -> TwoBooks.settled(b, settled));
        return new Expected(Cause.CREDITED, record);
      }
      case POSTING -> {
        Line line = new Line("by hand", shift, null, TwoBooks.RETAINAGE, null);
        books.documents.add(
            TwoBooks.document(
                "hand-" + random.nextInt(),
                null,
                LocalDate.of(2026, 2, 1),
                State.POSTED,
                List.of(line),
                Money.ZERO,
                List.of()));
        return new Expected(
            Cause.POSTED_OTHERWISE, books.documents.get(books.documents.size() - 1).erpId());
      }
      case JOURNAL -> {
        books.journal = shift;
        return new Expected(Cause.POSTED_OTHERWISE, "account " + TwoBooks.RETAINAGE);
      }
      default -> {
        return inPayments(deed, books, random, shift);
      }
    }
  }

  private static Expected inPayments(Deed deed, TwoBooks books, Random random, Money shift) {
    int at = books.anyDocument(true);
    BookedDocument bill = books.documents.get(at);
    int last = bill.settlements().size() - 1;
    Settlement paid = bill.settlements().get(last);
    JobBooks job = books.jobs.get(0);
    int issued = job.payments().isEmpty() ? 0 : random.nextInt(job.payments().size());
    switch (deed) {
      case ERP_PAYMENT -> {
        Settlement other =
            new Settlement(paid.by(), paid.key(), paid.amount().plus(shift), paid.date());
        books.change(at, b -> TwoBooks.settled(b, TwoBooks.replaced(b.settlements(), last, other)));
        return new Expected(Cause.PAYMENT_AMOUNT, " payment " + paid.key());
      }
      case REMOVE_ERP_PAYMENT -> {
        books.change(at, b -> TwoBooks.settled(b, TwoBooks.without(b.settlements(), last)));
        return new Expected(Cause.PAYMENT_GONE, "");
      }
      case PROCORE_PAYMENT -> {
        JobBooks.Payment was = job.payments().get(issued);
        books.jobs.set(
            0,
            job.with(
                TwoBooks.replaced(
                    job.payments(),
                    issued,
                    new JobBooks.Payment(
                        was.id(),
                        was.commitmentId(),
                        was.invoiceId(),
                        was.originId(),
                        was.amount().plus(shift),
                        was.date()))));
        return new Expected(Cause.PAYMENT_AMOUNT, "contract payment " + was.id());
      }
      case REMOVE_PROCORE_PAYMENT -> {
        String key = String.valueOf(job.payments().get(issued).originId());
        books.jobs.set(0, job.with(TwoBooks.without(job.payments(), issued)));
        return new Expected(Cause.PAYMENT_NOT_READ, key.substring(key.lastIndexOf(':') + 1));
      }
      case PAYMENT_BY_HAND -> {
        List<JobBooks.Payment> more = new ArrayList<>(job.payments());
        long commitment = job.commitments().get(0).id();
        more.add(new JobBooks.Payment(7, commitment, null, null, shift, TwoBooks.FIRST_DAY));
        books.jobs.set(0, job.with(more));
        return new Expected(Cause.PAYMENT_BY_HAND, "contract payment 7");
      }
      default -> {
        return inInvoices(deed, books, random.nextInt(job.invoices().size()), shift);
      }
    }
  }

  /** On the order of the first commitment, unless an earlier deed took it away. */
  private static Expected inOrders(Deed deed, TwoBooks books, Money shift) {
    JobBooks job = books.jobs.get(0);
    JobBooks.Commitment commitment = job.commitments().get(0);
    Expected missing = new Expected(Cause.ORDER_MISSING, "Procore commitment " + commitment.id());
    if (deed == Deed.CHANGES_IN_PROCORE) {
      JobBooks.Commitment changed =
          new JobBooks.Commitment(
              commitment.id(),
              commitment.number(),
              commitment.title(),
              commitment.supplier(),
              commitment.original(),
              commitment.changes().plus(shift),
              commitment.paid(),
              commitment.originId());
      books.jobs.set(
          0,
          new JobBooks(
              job.project(),
              TwoBooks.replaced(job.commitments(), 0, changed),
              job.invoices(),
              job.payments()));
      return new Expected(Cause.CHANGES_NOT_SENT, "Procore commitment " + commitment.id());
    }
    BookedOrder order =
        books.orders.stream()
            .filter(one -> one.erpId().equals("order-" + commitment.id()))
            .findFirst()
            .orElse(null);
    if (order == null) {
      return missing;
    }
    books.orders.remove(order);
    if (deed == Deed.REMOVE_ORDER) {
      return missing;
    }
    int at = deed == Deed.CHANGE_LINE ? 1 : 0;
    BookedOrder.Line line = order.lines().get(at);
    books.orders.add(
        TwoBooks.order(
            commitment.id(),
            deed == Deed.DELETE_ORDER ? BookedOrder.State.GONE : order.state(),
            TwoBooks.replaced(
                order.lines(),
                at,
                new BookedOrder.Line(
                    line.erpId(),
                    line.description(),
                    deed == Deed.DELETE_ORDER ? line.amount() : line.amount().plus(shift),
                    line.projectKey(),
                    line.changeOrderId()))));
    return new Expected(
        deed == Deed.DELETE_ORDER
            ? Cause.ORDER_DELETED
            : deed == Deed.ORDER_LINE ? Cause.ORDER_EDITED : Cause.CHANGES_NOT_SENT,
        "order-" + commitment.id());
  }

  private static Expected inInvoices(Deed deed, TwoBooks books, int at, Money shift) {
    JobBooks job = books.jobs.get(0);
    JobBooks.Invoice was = job.invoices().get(at);
    if (deed == Deed.REMOVE_INVOICE) {
      books.jobs.set(
          0,
          new JobBooks(
              job.project(),
              job.commitments(),
              TwoBooks.without(job.invoices(), at),
              job.payments()));
      return new Expected(Cause.WITHOUT_INVOICE, "bill-" + was.id());
    }
    boolean billed = deed == Deed.BILLED_IN_PROCORE;
    Movement first = was.retainage().get(0);
    List<Movement> movements =
        billed
            ? was.retainage()
            : TwoBooks.replaced(
                was.retainage(), 0, new Movement(first.retained().plus(shift), first.released()));
    JobBooks.Invoice changed =
        new JobBooks.Invoice(
            was.id(),
            was.commitmentId(),
            was.number(),
            was.status(),
            was.date(),
            was.originId(),
            billed ? was.billed().plus(shift) : was.billed(),
            movements,
            was.tax(),
            was.problems());
    books.jobs.set(
        0,
        new JobBooks(
            job.project(),
            job.commitments(),
            TwoBooks.replaced(job.invoices(), at, changed),
            job.payments()));
    return new Expected(Cause.EDITED, "requisition " + was.id());
  }

  private static List<Line> shifted(List<Line> lines, int at, Money shift) {
    Line line = lines.get(at);
    return TwoBooks.replaced(
        lines,
        at,
        new Line(
            line.description(),
            line.amount().plus(shift),
            line.itemCode(),
            line.accountCode(),
            line.projectKey()));
  }

  private static BookedDocument due(BookedDocument b, Money due) {
    return new BookedDocument(
        b.kind(),
        b.marker(),
        b.erpId(),
        b.number(),
        b.supplier(),
        b.date(),
        b.state(),
        b.status(),
        b.lines(),
        b.tax(),
        due,
        b.settlements());
  }
}
