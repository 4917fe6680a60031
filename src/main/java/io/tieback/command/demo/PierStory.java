package io.tieback.command.demo;

import io.tieback.approval.Approvals;
import io.tieback.approval.People;
import io.tieback.approval.Person;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.PierContractor;
import io.tieback.command.seed.SandboxControl;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What people have decided about {@link PierContractor}'s records before anybody looks into the
 * console: accepted, rejected, retrieved, archived, one that failed, one that waits for its second
 * approver; and what the bookkeeper paid. All of it by the same {@link Approvals} as the pages.
 */
final class PierStory {

  private static final String REQUISITION = "requisition";

  private final Ledger ledger;
  private final Deployment deployment;
  private final Approvals approvals;
  private final PierContractor pier;
  private final ConnectionId connection;
  private final SandboxControl books;
  private final PrintWriter out;
  private final People people;
  private Instant until;

  PierStory(Deployment deployment, PierContractor pier, SandboxControl books, PrintWriter out) {
    this.deployment = deployment;
    this.ledger = deployment.ledger();
    this.approvals = deployment.door().approvals();
    this.pier = pier;
    this.connection = pier.seed().connection();
    this.books = books;
    this.out = out;
    this.people = new People(ledger, ZoneOffset.UTC, deployment.clock());
  }

  /** Nothing of it came about within the time that it has. */
  private static final class TooSlow extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooSlow(String what) {
      super(what);
    }
  }

  /**
   * Plays it. Gives whether all of it came about; says what did not.
   *
   * @param longest how long it may take
   */
  boolean play(Duration longest) {
    until = Instant.now().plus(longest);
    try {
      decide();
      pay();
      out.println(
          "Pier Constructors decides in the console: every list of the queue has something in it.");
      return true;
    } catch (RuntimeException e) {
      out.println("NOT everything came about at Pier Constructors: " + e.getMessage());
      return false;
    } finally {
      out.flush();
    }
  }

  private void decide() {
    Person owner = ConsolePeople.find(people, ConsolePeople.OWNER);
    Person ann = ConsolePeople.find(people, ConsolePeople.APPROVER);
    Person denis = ConsolePeople.find(people, ConsolePeople.FRENCH_APPROVER);
    Person operator = ConsolePeople.find(people, ConsolePeople.OPERATOR);
    for (String number : PierContractor.ACCEPTED) {
      accept(ann, number);
    }
    accept(ann, PierContractor.LARGE);
    QueueItem rejected = waiting(PierContractor.REJECTED);
    approvals.reject(
        denis,
        rejected.id(),
        rejected.version(),
        "Three docks are on site, not four. Please correct the quantity to 3 and the retainage with"
            + " it.");
    QueueItem retrieved = waiting(PierContractor.RETRIEVED);
    approvals.retrieve(operator, retrieved.id(), retrieved.version());
    QueueItem archived = waiting(PierContractor.ARCHIVED);
    approvals.archive(
        owner, archived.id(), archived.version(), "Entered in " + erp() + " by hand in September.");
    fail(denis);
    QueueItem project =
        item("project", pier.grownProject(), "synced", "the project is known as linked");
    approvals.send(operator, project.id(), project.version());
    deployment.door().imports().refresh(deployment.rooms().of(connection));
  }

  /**
   * The supplier is archived after the approver looked; nobody but the accounting system says so.
   */
  private void fail(Person approver) {
    QueueItem item = waiting(PierContractor.FAILING);
    pier.seed().erp().archiveVendor(books, pier.archivedSupplier());
    accept(approver, item);
    await(PierContractor.FAILING + " is refused by " + erp(), () -> state(item).equals("failed"));
  }

  private String erp() {
    return pier.seed().erp().displayName();
  }

  private void accept(Person person, String number) {
    accept(person, waiting(number));
  }

  private void accept(Person person, QueueItem item) {
    QueueItem shown = approvals.compose(item.id());
    approvals.accept(person, item.id(), shown.version(), shown.shown().digest(), Map.of());
  }

  private QueueItem waiting(String number) {
    return item(
        REQUISITION, pier.invoice(number), "ready_to_export", number + " waits for an approver");
  }

  private QueueItem item(String entity, long procoreId, String state, String what) {
    List<QueueItem> found = new ArrayList<>();
    await(
        what,
        () -> {
          found.clear();
          ledger
              .queueItems()
              .find(connection, entity, procoreId)
              .filter(item -> item.state().equals(state))
              .ifPresent(found::add);
          return !found.isEmpty();
        });
    return found.get(0);
  }

  private String state(QueueItem item) {
    return ledger.queueItems().find(item.id()).orElseThrow().state();
  }

  /** One bill in full, one by half; both are seen in Procore. */
  private void pay() {
    List<Long> bills = new ArrayList<>();
    for (String number : PierContractor.ACCEPTED) {
      bills.add(item(REQUISITION, pier.invoice(number), "synced", number + " is a bill").id());
    }
    await("payments are read", () -> ledger.payments().switchedOnAt(connection).isPresent());
    for (ErpBooks.Bill bill : pier.seed().erp().books(books).bills()) {
      if (bill.number().equals("TP-301")) {
        pay(bill, bill.total(), "CHK 2201");
      } else if (bill.number().equals("TP-302")) {
        pay(bill, bill.total().divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN), "CHK 2202");
      }
    }
    ledger.connections().requestPaymentSync(connection);
    await(
        "both payments are in Procore",
        () -> ledger.payments().list(connection, List.of("known"), 0, 10).size() == 2);
  }

  private void pay(ErpBooks.Bill bill, BigDecimal amount, String reference) {
    pier.seed()
        .erp()
        .pay(books, false, "2026-11-24", reference, false, List.of(new ErpBooks.Due(bill, amount)));
  }

  private void await(String what, BooleanSupplier met) {
    while (!met.getAsBoolean()) {
      if (Instant.now().isAfter(until)) {
        throw new TooSlow("'" + what + "' did not happen in time");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }
}
