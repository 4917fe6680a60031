package io.tieback.flow;

import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.PaymentSteps;
import io.tieback.ledger.PaymentSteps.Step;
import io.tieback.notice.Notifier;
import io.tieback.procore.ContractPayments;
import io.tieback.procore.ContractPayments.Composed;
import io.tieback.procore.ContractPayments.ExportedBill;
import io.tieback.procore.ContractPayments.InProcore;
import io.tieback.procore.InvoicePayments;
import io.tieback.procore.PaymentsIssued;
import io.tieback.procore.ProcoreSettings.PaymentsInterface;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes payments to Procore, one journalled step at a time (design section 5), through the
 * interface that the connection's setting names. Creating is the one step that must not be repeated
 * blindly: when its answer is lost, the row is looked for by its origin id.
 */
public final class PaymentWriting {

  private static final Logger LOG = LoggerFactory.getLogger(PaymentWriting.class);
  private static final int STEPS_A_TURN = 20;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Notifier notifier;
  private final Clock clock;

  /** Wires it. */
  public PaymentWriting(
      Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Notifier notifier, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.notifier = notifier;
    this.clock = clock;
  }

  /**
   * One turn for every connection: takes payments that are due, and goes as far with each as it
   * can. Gives how many steps were done.
   */
  public int write() {
    int done = 0;
    for (ConnectionRoom room : rooms.all()) {
      for (Step first :
          ledger
              .paymentSteps()
              .claim(room.id(), STEPS_A_TURN, room.times().settle(), room.times().lease())) {
        Optional<Step> step = Optional.of(first);
        while (step.isPresent()) {
          step = take(room, step.get());
          done++;
        }
      }
    }
    return done;
  }

  private Optional<Step> take(ConnectionRoom room, Step step) {
    PaymentSteps steps = ledger.paymentSteps();
    String through = through(room, step);
    PaymentsIssued payments = payments(room, through);
    try {
      if (step.action() == PaymentSteps.Action.LOOK_UP) {
        return lookUp(payments, step);
      }
      if (!steps.sending(step, room.times().lease(), through)) {
        return Optional.empty();
      }
      return send(payments, step);
    } catch (Failure failure) {
      failed(room, step, failure);
      return Optional.empty();
    }
  }

  /** A payment stays in the interface it was first written through. */
  private static String through(ConnectionRoom room, Step step) {
    String before = step.payment().writtenThrough();
    return before == null ? room.procore().settings().paymentsInterface().word() : before;
  }

  private static PaymentsIssued payments(ConnectionRoom room, String through) {
    String erp = room.erp().capabilities().erp();
    return through.equals(PaymentsInterface.INVOICE_PAYMENTS.word())
        ? new InvoicePayments(room.client(), erp)
        : new ContractPayments(room.client(), erp, room.ownMarks());
  }

  private Optional<Step> lookUp(PaymentsIssued payments, Step step) {
    Composed composed = composed(payments, step);
    Optional<InProcore> found = payments.lookUp(composed);
    if (found.isPresent()) {
      InProcore row = found.get();
      return ledger.paymentSteps().done(step, row.id(), row.originId(), row.amount(), row.date());
    }
    ledger.paymentSteps().absent(step);
    return Optional.empty();
  }

  private Optional<Step> send(PaymentsIssued payments, Step step) {
    Composed composed = composed(payments, step);
    PaymentRow row = step.payment();
    PaymentSteps steps = ledger.paymentSteps();
    switch (step.action()) {
      case CREATE -> {
        InProcore created = payments.create(composed);
        LOG.info(
            "payment written connection='{}' payment='{}' procorePayment='{}' amount='{}'",
            row.connection(),
            row.erpPaymentId(),
            created.id(),
            composed.amount());
        return steps.done(step, created.id(), created.originId(), created.amount(), created.date());
      }
      case CLEAR_ORIGIN -> {
        payments.clearOrigin(composed.bill(), row.procorePaymentId());
        return steps.done(step, row.procorePaymentId(), null);
      }
      case PATCH -> {
        payments.patch(row.procorePaymentId(), composed);
        return steps.done(step, row.procorePaymentId(), null);
      }
      case SET_ORIGIN -> {
        payments.setOrigin(composed.bill(), row.procorePaymentId(), composed.originId());
        return steps.done(step, row.procorePaymentId(), composed.originId());
      }
      case REMOVE -> {
        // A locked payment cannot be deleted: its key goes first. Both may be repeated.
        payments.clearOrigin(composed.bill(), row.procorePaymentId());
        payments.remove(composed.bill(), row.procorePaymentId());
        return steps.done(step, row.procorePaymentId(), null);
      }
      default -> throw new IllegalStateException("step " + step.action() + " is not sent");
    }
  }

  private static Composed composed(PaymentsIssued payments, Step step) {
    PaymentRow row = step.payment();
    ExportedBill bill =
        new ExportedBill(
            step.projectId(), step.commitmentId(), step.procoreId(), step.invoiceNumber(), null);
    BillPayment payment =
        new BillPayment(
            row.erpPaymentId(),
            row.erpBillId(),
            step.zero() ? Money.ZERO : row.amount(),
            row.date(),
            row.method() == null ? null : BillPayment.Method.valueOf(row.method()),
            row.reference(),
            null,
            false,
            null);
    return payments.compose(payment, bill);
  }

  private void failed(ConnectionRoom room, Step step, Failure failure) {
    watch.noticed(room.id(), failure);
    PaymentSteps steps = ledger.paymentSteps();
    StepFailure next =
        StepFailure.of(
            failure,
            step.attempts(),
            step.action() == PaymentSteps.Action.LOOK_UP,
            room.times(),
            clock.instant());
    LOG.info(
        "payment step comes again connection='{}' payment='{}' step='{}' kind='{}' why='{}'",
        room.id(),
        step.payment().erpPaymentId(),
        step.action(),
        failure.kind(),
        failure.getMessage());
    if (failure.kind() == FailureKind.UNKNOWN) {
      steps.unknown(
          step,
          failure.kind().name(),
          failure.getMessage(),
          clock.instant().plus(room.times().settle()));
    } else if (next.verdict() == StepFailure.Verdict.GIVEN_UP) {
      if (steps.fail(step, failure.kind().name(), failure.getMessage(), failure.remedy())) {
        PaymentRow payment = step.payment();
        notifier.deadLetter(
            room.id(),
            "Payment of " + payment.date() + " over " + payment.amount(),
            failure.kind().name(),
            failure.getMessage(),
            failure.remedy());
      }
    } else {
      steps.retryAt(step, failure.kind().name(), failure.getMessage(), next.again());
    }
  }
}
