package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Line;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Both sides' books of one contractor, which agree until a test changes something on one of them.
 */
final class TwoBooks {

  static final ConnectionId HARBOUR = new ConnectionId("harbour");
  static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 31);
  static final String RETAINAGE = "815";

  final List<JobBooks> jobs = new ArrayList<>();
  final List<BookedDocument> documents = new ArrayList<>();
  final List<BookedOrder> orders = new ArrayList<>();
  Traces traces = Traces.none();
  LocalDate through;

  /** What a journal posted to the retainage account. */
  Money journal = Money.ZERO;

  boolean oneProject;

  private final Random random;
  private long nextId = 100;

  private TwoBooks(Random random) {
    this.random = random;
  }

  /** Some projects, commitments, invoices and payments; at least one of each, one bill paid. */
  static TwoBooks of(Random random) {
    TwoBooks books = new TwoBooks(random);
    int projects = 1 + random.nextInt(3);
    for (int project = 1; project <= projects; project++) {
      books.addProject(project, project == 1);
    }
    return books;
  }

  TieOutReport compare() {
    Question question =
        new Question(
            HARBOUR, "xero", "Xero", through, Set.of("approved"), RETAINAGE, null, oneProject);
    return TieOut.compare(question, jobs, documents, orders, balance(question), traces, true);
  }

  /** What the account's own report says: everything that is posted there by that day. */
  private Money balance(Question question) {
    return Money.sum(
            documents.stream()
                .filter(document -> document.state() == State.POSTED)
                .filter(document -> question.counts(document.date()))
                .flatMap(document -> document.lines().stream())
                .filter(line -> RETAINAGE.equals(line.accountCode()))
                .map(Line::amount)
                .toList())
        .negated()
        .plus(journal);
  }

  private void addProject(long id, boolean paid) {
    List<JobBooks.Commitment> commitments = new ArrayList<>();
    List<JobBooks.Invoice> invoices = new ArrayList<>();
    List<JobBooks.Payment> payments = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      long commitment = nextId++;
      JobBooks.Commitment made =
          new JobBooks.Commitment(
              commitment,
              "SC-" + commitment,
              "Concrete",
              "Pacific Concrete Co",
              money(100_000_00),
              money(1_000_00),
              Money.ZERO,
              random.nextInt(4) == 0 && !(paid && i == 0)
                  ? null
                  : "xero:harbour:purchase_order:order-" + commitment);
      commitments.add(made);
      if (made.originId() != null) {
        orders.add(order(id, made));
      }
      int billed = 1 + random.nextInt(4);
      for (int month = 0; month < billed; month++) {
        add(id, commitment, FIRST_DAY.plusMonths(month), invoices, payments, paid && i == 0);
      }
    }
    jobs.add(
        new JobBooks(
            new JobBooks.Project(
                id, "2026-0" + id, "Tower " + id, "xero:harbour:tracking_option:" + option(id)),
            commitments,
            invoices,
            payments));
  }

  /** The order of a commitment, its change order on a line of its own. */
  private static BookedOrder order(long project, JobBooks.Commitment of) {
    return order(
        of.id(),
        BookedOrder.State.OPEN,
        List.of(
            new BookedOrder.Line("o-" + of.id(), "Work", of.original(), option(project), null),
            new BookedOrder.Line(
                "c-" + of.id(), "CCO 1", of.changes(), option(project), of.id() * 10)));
  }

  static BookedOrder order(long commitment, BookedOrder.State state, List<BookedOrder.Line> lines) {
    return new BookedOrder(
        "order-" + commitment,
        "SC-" + commitment,
        "Concrete",
        "Pacific Concrete Co",
        "c-1",
        FIRST_DAY,
        state,
        state.name(),
        lines);
  }

  static String option(long project) {
    return "option-" + project;
  }

  private void add(
      long project,
      long commitment,
      LocalDate date,
      List<JobBooks.Invoice> invoices,
      List<JobBooks.Payment> payments,
      boolean paid) {
    long id = nextId++;
    List<Line> lines = new ArrayList<>();
    List<Movement> movements = new ArrayList<>();
    Money billed = Money.ZERO;
    boolean byLine = random.nextBoolean();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Money work = random.nextInt(8) == 0 ? money(5_000_00).negated() : money(50_000_00);
      billed = billed.plus(work);
      lines.add(new Line("work " + i, work, "03-110.S", "500", option(project)));
      Money retained = random.nextInt(3) == 0 ? Money.ZERO : money(5_000_00);
      movements.add(
          new Movement(
              work.isNegative() ? retained.negated() : retained,
              random.nextInt(3) == 0 ? money(2_000_00) : Money.ZERO));
    }
    JobBooks.Invoice invoice =
        new JobBooks.Invoice(
            id,
            commitment,
            "PC-" + id,
            "approved",
            date,
            "xero:harbour:bill:bill-" + id,
            billed,
            movements,
            random.nextInt(3) == 0 ? money(500_00) : Money.ZERO,
            List.of());
    invoices.add(invoice);
    if (byLine) {
      movements.forEach(m -> retainage(lines, m.retained(), m.released(), project));
    } else {
      retainage(lines, invoice.retained(), invoice.released(), project);
    }
    List<Settlement> settlements = new ArrayList<>();
    int parts = paid ? 1 + random.nextInt(2) : random.nextInt(2);
    for (int i = 0; i < parts; i++) {
      String key = "pay-" + id + "-" + i;
      Money amount = money(10_000_00);
      LocalDate day = date.plusDays(20L + random.nextInt(30));
      settlements.add(new Settlement(SettledBy.PAYMENT, key, amount, day));
      payments.add(
          new JobBooks.Payment(
              nextId++, commitment, id, "xero:harbour:payment:" + key, amount, day));
    }
    documents.add(
        document(
            "bill-" + id,
            marker(project, id),
            date,
            State.POSTED,
            lines,
            invoice.tax(),
            settlements));
  }

  private static void retainage(List<Line> lines, Money retained, Money released, long project) {
    if (!retained.isZero()) {
      lines.add(new Line("Retainage held", retained.negated(), null, RETAINAGE, option(project)));
    }
    if (!released.isZero()) {
      lines.add(new Line("Retainage released", released, null, RETAINAGE, option(project)));
    }
  }

  static String marker(long project, long invoice) {
    return "https://app.procore.com/webclients/host/companies/1/projects/"
        + project
        + "/tools/contracts/commitments?tieback=harbour.requisition."
        + invoice;
  }

  /** A bill; what is open on it follows from its lines and settlements. */
  static BookedDocument document(
      String id,
      String marker,
      LocalDate date,
      State state,
      List<Line> lines,
      Money tax,
      List<Settlement> settlements) {
    Money due =
        Money.sum(lines.stream().map(Line::amount).toList())
            .plus(tax)
            .minus(Money.sum(settlements.stream().map(Settlement::amount).toList()));
    return new BookedDocument(
        BookedDocument.Kind.BILL,
        marker,
        id,
        "NO-" + id,
        "Pacific Concrete Co",
        date,
        state,
        state == State.POSTED ? "AUTHORISED" : state == State.DRAFT ? "DRAFT" : "VOIDED",
        lines,
        tax,
        state == State.GONE ? Money.ZERO : due,
        settlements);
  }

  // ---- picking and changing

  /** A document; one that was paid, if that matters. */
  int anyDocument(boolean paid) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      if (!paid || !documents.get(i).settlements().isEmpty()) {
        all.add(i);
      }
    }
    return all.get(random.nextInt(all.size()));
  }

  /** Puts a document in the place of another. Gives the ERP's key of it. */
  String change(int index, UnaryOperator<BookedDocument> change) {
    documents.set(index, change.apply(documents.get(index)));
    return documents.get(index).erpId();
  }

  static BookedDocument with(BookedDocument bill, List<Line> lines) {
    return document(
        bill.erpId(),
        bill.marker(),
        bill.date(),
        bill.state(),
        lines,
        bill.tax(),
        bill.settlements());
  }

  static BookedDocument settled(BookedDocument bill, List<Settlement> settlements) {
    return document(
        bill.erpId(),
        bill.marker(),
        bill.date(),
        bill.state(),
        bill.lines(),
        bill.tax(),
        settlements);
  }

  static BookedDocument in(BookedDocument bill, State state) {
    return document(
        bill.erpId(), bill.marker(), bill.date(), state, bill.lines(), bill.tax(), List.of());
  }

  static <T> List<T> replaced(List<T> all, int index, T by) {
    List<T> changed = new ArrayList<>(all);
    changed.set(index, by);
    return changed;
  }

  static <T> List<T> without(List<T> all, int index) {
    List<T> changed = new ArrayList<>(all);
    changed.remove(index);
    return changed;
  }

  /** An amount of at least a cent and at most that many. */
  Money money(int cents) {
    return new Money(BigDecimal.valueOf(1L + random.nextInt(cents), 2));
  }

  /** A cent, or more, up or down. */
  Money shift() {
    Money shift = random.nextBoolean() ? Money.of("0.01") : money(1_000_00);
    return random.nextBoolean() ? shift : shift.negated();
  }
}
