package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import io.tieback.construction.OriginId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where payments differ, and why. A payment is the same on both sides by its External Data. */
final class PaymentDifferences {

  /**
   * A payment in the ERP.
   *
   * @param project Procore's id of the project of its bill, 0 for none
   * @param commitment Procore's id of the commitment of its bill, 0 for none
   * @param bill the bill it pays
   * @param payment the payment
   */
  private record Paid(long project, long commitment, BookedDocument bill, Settlement payment) {}

  private final Question question;
  private final Traces traces;
  private final Words words;
  private final Map<String, Paid> paid = new LinkedHashMap<>();
  private final List<Difference> found = new ArrayList<>();

  PaymentDifferences(Question question, Traces traces) {
    this.question = question;
    this.traces = traces;
    this.words = new Words(question);
  }

  /** A bill that counts, with the commitment that it belongs to. */
  void bill(long project, long commitment, BookedDocument bill) {
    for (Settlement settlement : bill.settlements()) {
      if (settlement.by() == BookedDocument.SettledBy.PAYMENT) {
        paid.put(origin(settlement.key()), new Paid(project, commitment, bill, settlement));
      }
    }
  }

  private String origin(String key) {
    return new OriginId(question.erp(), question.connection(), "payment", key).toString();
  }

  /** Compares all bills' payments with those that Procore shows. */
  List<Difference> compare(List<JobBooks> jobs) {
    Map<String, Paid> left = new HashMap<>(paid);
    for (JobBooks job : jobs) {
      for (JobBooks.Payment issued : job.payments()) {
        Paid same = issued.originId() == null ? null : left.remove(issued.originId());
        if (same == null) {
          onlyInProcore(job.project().id(), issued);
        } else {
          both(job.project().id(), issued, same);
        }
      }
    }
    paid.forEach(
        (origin, only) -> {
          if (left.containsKey(origin) && question.counts(only.payment().date())) {
            onlyInErp(only);
          }
        });
    return found;
  }

  private void both(long project, JobBooks.Payment issued, Paid same) {
    Money inProcore = question.counts(issued.date()) ? issued.amount() : Money.ZERO;
    Money inErp = question.counts(same.payment().date()) ? same.payment().amount() : Money.ZERO;
    if (issued.commitmentId() != same.commitment()) {
      elsewhere(project, issued, inProcore, same, inErp);
      return;
    }
    Money effect = inProcore.minus(inErp);
    if (effect.isZero()) {
      return;
    }
    if (!issued.amount().equals(same.payment().amount())) {
      add(
          Cause.PAYMENT_AMOUNT,
          project,
          issued.commitmentId(),
          effect,
          issued,
          same,
          words(issued)
              + " says "
              + issued.amount()
              + " in Procore; in "
              + question.erpName()
              + " it is "
              + same.payment().amount()
              + " on "
              + words.bill(same.bill())
              + ".",
          "Correct the payment in Procore; its External Data has to be cleared for that and set"
              + " again.");
    } else {
      add(
          Cause.PAYMENT_OTHER_DATE,
          project,
          issued.commitmentId(),
          effect,
          issued,
          same,
          words(issued)
              + " is dated "
              + issued.date()
              + " in Procore and "
              + same.payment().date()
              + " in "
              + question.erpName()
              + ": only one of them lies within the days through "
              + question.through()
              + ".",
          "Correct the day in Procore; the payment's External Data has to be cleared for that and"
              + " set again.");
    }
  }

  private void elsewhere(
      long project, JobBooks.Payment issued, Money inProcore, Paid same, Money inErp) {
    String sentence =
        words(issued)
            + " stands on commitment "
            + issued.commitmentId()
            + " in Procore, and its bill belongs to "
            + (same.commitment() == 0
                ? "none that Procore shows"
                : "commitment " + same.commitment())
            + ".";
    String remedy = "Move the payment in Procore; its External Data has to be cleared for that.";
    Cause cause = Cause.PAYMENT_ELSEWHERE;
    if (!inProcore.isZero()) {
      add(cause, project, issued.commitmentId(), inProcore, issued, same, sentence, remedy);
    }
    if (!inErp.isZero()) {
      Money effect = inErp.negated();
      add(cause, same.project(), same.commitment(), effect, issued, same, sentence, remedy);
    }
  }

  private void onlyInProcore(long project, JobBooks.Payment issued) {
    if (!question.counts(issued.date()) || issued.amount().isZero()) {
      return;
    }
    String key = question.key(issued.originId()).orElse(null);
    String which = words(issued) + " of " + issued.amount() + ", dated " + issued.date() + ",";
    if (key == null) {
      add(
          Cause.PAYMENT_BY_HAND,
          project,
          issued,
          which
              + (issued.originId() == null
                  ? " was entered in Procore by hand."
                  : " was written to Procore by another integration (" + issued.originId() + ")."),
          "Delete it in Procore if the payment comes from "
              + question.erpName()
              + " too; or record it there.");
      return;
    }
    Traces.OfPayment trace = traces.payments().get(key);
    if (trace != null && trace.state().equals("flagged")) {
      add(
          Cause.PAYMENT_FLAGGED,
          project,
          issued,
          which + " was deleted in " + question.erpName() + " and is flagged for an approver.",
          "Decide what shall become of it in Procore (setting payments.deleted-payment).");
    } else {
      add(
          Cause.PAYMENT_GONE,
          project,
          issued,
          which
              + " stands on no bill of this connection in "
              + question.erpName()
              + " any more: payment "
              + key
              + " was deleted, or its bill was.",
          "Run './tieback sync payments': it then follows the setting payments.deleted-payment.");
    }
  }

  private void onlyInErp(Paid only) {
    Settlement payment = only.payment();
    String which =
        "Payment "
            + payment.key()
            + " of "
            + payment.amount()
            + ", dated "
            + payment.date()
            + ", on "
            + words.bill(only.bill());
    MissingPayment.Told told = MissingPayment.explain(which, traces.payments().get(payment.key()));
    found.add(
        new Difference(
            told.cause(),
            only.project(),
            only.commitment(),
            Figures.paid(payment.amount()).negated(),
            Money.ZERO,
            List.of(words.record(only.bill()), words.erpPayment(payment.key())),
            told.sentence(),
            told.remedy()));
  }

  private String words(JobBooks.Payment issued) {
    return "Contract payment " + issued.id();
  }

  private void add(
      Cause cause, long project, JobBooks.Payment issued, String sentence, String remedy) {
    found.add(
        new Difference(
            cause,
            project,
            issued.commitmentId(),
            Figures.paid(issued.amount()),
            Money.ZERO,
            List.of(words.procorePayment(issued.id())),
            sentence,
            remedy));
  }

  private void add(
      Cause cause,
      long project,
      long commitment,
      Money effect,
      JobBooks.Payment issued,
      Paid same,
      String sentence,
      String remedy) {
    found.add(
        new Difference(
            cause,
            project,
            commitment,
            Figures.paid(effect),
            Money.ZERO,
            List.of(
                words.procorePayment(issued.id()),
                words.erpPayment(same.payment().key()),
                words.record(same.bill())),
            sentence,
            remedy));
  }
}
