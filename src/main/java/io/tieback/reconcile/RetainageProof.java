package io.tieback.reconcile;

import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.Money;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the retainage that Procore shows as held is what the ERP's retainage account has. The
 * account is the sum of all retainage lines of bills and credit notes that are posted. Held is a
 * positive amount on both sides.
 *
 * @param place what retainage is held on, in words
 * @param inProcore held by Procore's invoices
 * @param onBills held by the bills of this connection
 * @param otherwise posted there by bills and credit notes that are nobody's, and by whatever else
 *     the balance of the account tells of
 * @param otherConnections posted there by other connections' bills; not part of the proof
 * @param balance the account's balance by the ERP's own report; null when it is not known
 */
public record RetainageProof(
    String place,
    Money inProcore,
    Money onBills,
    Money otherwise,
    Money otherConnections,
    Money balance) {

  /** What the account has, without what other connections posted. */
  public Money onAccount() {
    return onBills.plus(otherwise);
  }

  /** Procore less account. */
  public Money difference() {
    return inProcore.minus(onAccount());
  }

  /** Collects what was posted to the account by documents that are no bills of this connection. */
  static final class Postings {
    private final Question question;
    private final String projectKey;
    private final List<Difference> found = new ArrayList<>();
    private Money otherwise = Money.ZERO;
    private Money otherConnections = Money.ZERO;

    /**
     * @param projectKey the ERP's key of the only project that it is about, or null for all
     */
    Postings(Question question, String projectKey) {
      this.question = question;
      this.projectKey = projectKey;
    }

    void add(BookedDocument document) {
      Money held =
          Money.sum(
                  document.lines().stream()
                      .filter(question::isRetainage)
                      .filter(
                          line ->
                              projectKey == null || projectKey.equalsIgnoreCase(line.projectKey()))
                      .map(BookedDocument.Line::amount)
                      .toList())
              .negated();
      if (document.state() != State.POSTED || held.isZero() || !question.counts(document.date())) {
        return;
      }
      if (BillMarker.parse(document.marker()).isPresent()) {
        otherConnections = otherConnections.plus(held);
        return;
      }
      otherwise = otherwise.plus(held);
      Words words = new Words(question);
      found.add(
          new Difference(
              Cause.POSTED_OTHERWISE,
              0,
              0,
              Figures.NONE,
              held,
              List.of(words.record(document)),
              words.startBill(document)
                  + (document.supplier() == null ? "" : " of " + document.supplier())
                  + ", dated "
                  + document.date()
                  + ", has "
                  + held.negated()
                  + " on "
                  + question.retainagePlace()
                  + " and is no bill of Tieback's: the account shows "
                  + held
                  + " as held that no invoice in Procore holds.",
              "Move the line to another account; or, if it is retainage of an earlier time, enter"
                  + " it in Procore too."));
    }

    List<Difference> found() {
      return found;
    }

    /**
     * The proof. What the balance has beyond all documents is one more posting.
     *
     * @param balance credit less debit by the ERP's own report, or null when it is not known
     */
    RetainageProof proof(Figures procore, Figures erp, Money balance) {
      if (balance != null) {
        beyondDocuments(
            balance.minus(erp.held()).minus(otherwise).minus(otherConnections), balance);
      }
      return new RetainageProof(
          question.retainagePlace(),
          procore.held(),
          erp.held(),
          otherwise,
          otherConnections,
          balance);
    }

    private void beyondDocuments(Money rest, Money balance) {
      if (rest.isZero()) {
        return;
      }
      otherwise = otherwise.plus(rest);
      found.add(
          new Difference(
              Cause.POSTED_OTHERWISE,
              0,
              0,
              Figures.NONE,
              rest,
              List.of(question.erpName() + " account " + question.retainageAccount()),
              question.erpName()
                  + "'s own balance of account "
                  + question.retainageAccount()
                  + " is "
                  + balance
                  + ", and bills and credit notes come to "
                  + balance.minus(rest)
                  + ": "
                  + rest
                  + " was posted by something else, such as a manual journal or a bank"
                  + " transaction.",
              "Open the account's transactions in "
                  + question.erpName()
                  + " and look at those that are neither bills nor credit notes."));
    }
  }
}
