package io.tieback.erp;

import io.tieback.construction.Bill;
import io.tieback.construction.BillPayment;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.construction.Outgoing;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An ERP that nobody can call: a connector on its own machine comes by, fetches one request, works
 * on its company file, and tells the outcome on its next call, as a Web Connector does. {@link
 * #handOver} only queues. Bytes leave when the connector fetches them.
 */
final class PullOnlyErp implements ErpAdapter {

  /** A supplier that the company file does not know: the one bill is refused. */
  static final String UNKNOWN_SUPPLIER = "nobody";

  /**
   * A supplier on whose bills the company file chokes: the whole request fails without saying why.
   */
  static final String CHOKING_SUPPLIER = "chokes";

  private final Clock clock;
  private final Deque<Request> queue = new ArrayDeque<>();
  private final CompanyFile file = new CompanyFile();
  private Request inFlight;
  private List<String[]> late = List.of();
  private ErpUnderTest.Mishap next;
  private int writes;

  PullOnlyErp(Clock clock) {
    this.clock = clock;
  }

  private record Request(DeliveryBatch batch, OutcomeSink sink, boolean write) {}

  /** The books on the connector's machine. */
  static final class CompanyFile {
    final Map<String, WrittenDocument> bills = new LinkedHashMap<>();
    final Map<String, BillPayment> payments = new LinkedHashMap<>();
    final Map<String, JobCost> costs = new LinkedHashMap<>();
    final Map<String, Instant> changed = new LinkedHashMap<>();
    final Map<String, BookedDocument> entered = new LinkedHashMap<>();
    int lastId;
  }

  CompanyFile file() {
    return file;
  }

  int writes() {
    return writes;
  }

  void nextWrite(ErpUnderTest.Mishap mishap) {
    next = mishap;
  }

  void writeLate() {
    late.forEach(this::enter);
    late = List.of();
  }

  boolean isIdle() {
    return queue.isEmpty() && inFlight == null;
  }

  /**
   * One visit of the connector: it tells what it still owes, fetches one request and works on it.
   */
  void visit() {
    if (inFlight != null) {
      // It fetched a request and never came back with an answer: the next visit is the first to
      // notice.
      Request lost = inFlight;
      inFlight = null;
      lost.sink()
          .undetermined(
              lost.batch().id(),
              Failure.of(FailureKind.UNKNOWN, "the connector left without an answer", ""));
      return;
    }
    Request request = queue.poll();
    if (request == null) {
      return;
    }
    if (request.write()) {
      write(request);
    } else {
      find(request);
    }
  }

  private void write(Request request) {
    ErpUnderTest.Mishap mishap = next;
    next = null;
    if (mishap == ErpUnderTest.Mishap.THROTTLED) {
      request
          .sink()
          .notWritten(
              request.batch().id(),
              Failure.of(FailureKind.THROTTLED, "the company file is in single-user mode", ""));
      return;
    }
    if (!request.sink().sending(request.batch().id())) {
      return;
    }
    writes++;
    List<String[]> documents = documents(request.batch());
    if (mishap == ErpUnderTest.Mishap.DROPPED_BEFORE_WRITING) {
      inFlight = request;
    } else if (mishap == ErpUnderTest.Mishap.WRITTEN_LATE) {
      late = documents;
      inFlight = request;
    } else if (mishap != null) {
      documents.forEach(this::enter);
      inFlight = request;
    } else if (documents.stream().anyMatch(document -> document[1].equals(CHOKING_SUPPLIER))) {
      request
          .sink()
          .undetermined(
              request.batch().id(),
              Failure.of(FailureKind.REFUSED, "error parsing the request", ""));
    } else {
      documents.forEach(document -> answer(request, document));
    }
  }

  private void answer(Request request, String[] document) {
    if (document[1].equals(UNKNOWN_SUPPLIER)) {
      request
          .sink()
          .refused(
              request.batch().id(),
              document[0],
              List.of("There is an invalid reference to vendor \"nobody\"."));
    } else {
      enter(document);
      request.sink().known(request.batch().id(), file.bills.get(document[0]));
    }
  }

  private void enter(String[] document) {
    String id = "TXN-" + ++file.lastId;
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(document[4]); i++) {
      lines.add(id + "-" + i);
    }
    file.bills.put(
        document[0],
        new WrittenDocument(
            document[0], id, document[2], lines, Money.of(document[3]), "OPEN", List.of()));
    file.changed.put(id, clock.instant());
    enter(document[0], id, document[2], LocalDate.parse(document[5]), bookedLines(document[6]));
  }

  private void enter(
      String marker, String id, String number, LocalDate date, List<BookedDocument.Line> lines) {
    file.entered.put(
        id,
        new BookedDocument(
            BookedDocument.Kind.BILL,
            marker,
            id,
            number,
            null,
            date,
            BookedDocument.State.POSTED,
            "OPEN",
            lines,
            Money.ZERO,
            Money.sum(lines.stream().map(BookedDocument.Line::amount).toList()),
            List.of()));
  }

  /** A bill that somebody typed. Gives its key. */
  String enterByHand(String number, String account, Money amount) {
    String id = "TXN-" + ++file.lastId;
    enter(
        null,
        id,
        number,
        BillFixtures.BILL_DATE,
        List.of(new BookedDocument.Line(number, amount, null, account, null)));
    return id;
  }

  /** Voids a bill in the company file. */
  void voidBill(String id) {
    file.entered.computeIfPresent(
        id, (key, bill) -> with(bill, BookedDocument.State.GONE, Money.ZERO, List.of()));
  }

  private static BookedDocument with(
      BookedDocument bill,
      BookedDocument.State state,
      Money due,
      List<BookedDocument.Settlement> settlements) {
    return new BookedDocument(
        bill.kind(),
        bill.marker(),
        bill.erpId(),
        bill.number(),
        bill.supplier(),
        bill.date(),
        state,
        state == BookedDocument.State.GONE ? "VOID" : bill.status(),
        bill.lines(),
        bill.tax(),
        due,
        settlements);
  }

  @Override
  public BooksReading readBooks(BooksWanted wanted) {
    return new BooksReading(
        file.entered.values().stream()
            .filter(
                bill ->
                    bill.marker() != null
                        || wanted.documentIds().contains(bill.erpId())
                        || bill.lines().stream()
                            .anyMatch(l -> wanted.isRetainage(l.itemCode(), l.accountCode())))
            .map(this::settled)
            .toList(),
        null,
        0);
  }

  private BookedDocument settled(BookedDocument bill) {
    List<BookedDocument.Settlement> payments =
        file.payments.values().stream()
            .filter(payment -> payment.erpBillId().equals(bill.erpId()))
            .map(
                payment ->
                    new BookedDocument.Settlement(
                        BookedDocument.SettledBy.PAYMENT,
                        payment.erpPaymentId(),
                        payment.amount(),
                        payment.date()))
            .toList();
    Money paid = Money.sum(payments.stream().map(BookedDocument.Settlement::amount).toList());
    return with(bill, bill.state(), bill.due().minus(paid), payments);
  }

  private static String wireLines(Bill bill) {
    return bill.lines().stream()
        .map(
            line ->
                String.join(
                    ";",
                    line.description(),
                    line.amount().toString(),
                    String.valueOf(line.itemCode()),
                    String.valueOf(line.accountCode())))
        .collect(Collectors.joining("|"));
  }

  private static List<BookedDocument.Line> bookedLines(String wire) {
    return Arrays.stream(wire.split("\\|"))
        .map(line -> line.split(";"))
        .map(
            part ->
                new BookedDocument.Line(
                    part[0], Money.of(part[1]), orNull(part[2]), orNull(part[3]), null))
        .toList();
  }

  private static String orNull(String text) {
    return text.equals("null") ? null : text;
  }

  private void find(Request request) {
    for (String marker : request.batch().markers()) {
      WrittenDocument found = file.bills.get(marker);
      if (found == null) {
        request.sink().absent(request.batch().id(), marker);
      } else {
        request.sink().known(request.batch().id(), found);
      }
    }
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    queue.add(new Request(batch, sink, true));
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    queue.add(new Request(batch, sink, false));
  }

  @Override
  public ErpDocument render(Outgoing document) {
    Bill bill = (Bill) document;
    String body =
        String.join(
            "\t",
            bill.marker(),
            bill.contactKey(),
            bill.number(),
            bill.total().toString(),
            String.valueOf(bill.lines().size()),
            bill.date().toString(),
            wireLines(bill));
    return new ErpDocument(bill.marker(), body, Integer.toHexString(body.hashCode()));
  }

  @Override
  public byte[] batchBody(DocumentKind kind, List<ErpDocument> documents) {
    return documents.stream()
        .map(ErpDocument::body)
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static List<String[]> documents(DeliveryBatch batch) {
    return Arrays.stream(new String(batch.body(), StandardCharsets.UTF_8).split("\n"))
        .map(line -> line.split("\t"))
        .toList();
  }

  @Override
  public PaymentReading readPayments(String cursor) {
    Instant since = cursor == null ? Instant.EPOCH : Instant.parse(cursor);
    List<BillPayment> payments =
        file.payments.values().stream()
            .filter(payment -> !payment.updatedAt().isBefore(since))
            .toList();
    List<PaymentReading.BillState> bills =
        file.bills.values().stream()
            .filter(bill -> !file.changed.get(bill.erpId()).isBefore(since))
            .map(this::state)
            .toList();
    return new PaymentReading(payments, bills, clock.instant().toString(), 0);
  }

  @Override
  public JobCostReading readJobCosts(String cursor) {
    Instant since = cursor == null ? Instant.EPOCH : Instant.parse(cursor);
    List<JobCost> documents =
        file.costs.values().stream()
            .filter(document -> !file.changed.get(document.erpId()).isBefore(since))
            .toList();
    return new JobCostReading(documents, clock.instant().toString(), 0);
  }

  /** Enters, changes or voids a document in the company file. Gives its id. */
  String enter(String id, JobCost.Kind kind, JobCost.Status status, List<Money> amounts) {
    String key = id == null ? "COST-" + ++file.lastId : id;
    List<JobCost.Line> lines = new ArrayList<>();
    if (status != JobCost.Status.GONE) {
      for (Money amount : amounts) {
        lines.add(
            new JobCost.Line(
                key + "-" + lines.size(),
                "Lumber",
                "JOB-1",
                "Harbour Tower",
                "03-110.S",
                "500",
                kind == JobCost.Kind.CREDIT ? amount.negated() : amount));
      }
    }
    file.costs.put(
        key,
        new JobCost(
            kind, key, "N-1", "acme", "Acme", BillFixtures.DUE_DATE, "USD", status, null, lines));
    file.changed.put(key, clock.instant());
    return key;
  }

  private PaymentReading.BillState state(WrittenDocument bill) {
    List<BillPayment> live =
        file.payments.values().stream()
            .filter(payment -> payment.erpBillId().equals(bill.erpId()) && !payment.deleted())
            .toList();
    Money paid = Money.sum(live.stream().map(BillPayment::amount).toList());
    Set<String> ids =
        live.stream().map(BillPayment::erpPaymentId).collect(Collectors.toCollection(HashSet::new));
    return new PaymentReading.BillState(
        bill.erpId(), "OPEN", bill.total(), paid, Money.ZERO, bill.total().minus(paid), ids);
  }

  @Override
  public Presence presence(Presence.Asked asked) {
    throw new UnsupportedOperationException("this ERP cannot be asked at once");
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        "pullonly",
        "Pull-only ERP",
        Set.of("create_requisitions"),
        Map.of(),
        Map.of(DocumentKind.INVOICE, 20),
        11,
        4095,
        31,
        5,
        5,
        "9999999999.99",
        false);
  }

  @Override
  public Optional<PaymentTerms> paymentTerms(String contactKey) {
    return Optional.empty();
  }

  @Override
  public List<SetupFinding> examine() {
    return List.of();
  }

  /** Pays a bill in the company file. */
  String pay(String billId, Money amount, String batchId) {
    String id = "PAY-" + ++file.lastId;
    file.payments.put(
        id,
        new BillPayment(
            id,
            billId,
            amount,
            BillFixtures.DUE_DATE,
            BillPayment.Method.CHECK,
            null,
            batchId,
            false,
            clock.instant()));
    file.changed.put(billId, clock.instant());
    return id;
  }

  /** Deletes a payment in the company file: it leaves no trace but on its bill. */
  void deletePayment(String id) {
    BillPayment gone = file.payments.remove(id);
    file.changed.put(gone.erpBillId(), clock.instant());
  }

  /** A clock that a test moves. */
  static final class MovableClock extends Clock {
    private Instant now = Instant.now();

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
