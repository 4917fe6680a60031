package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import io.tieback.reconcile.Matching.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where an invoice of Procore and its bill in the ERP differ, and why. */
final class InvoiceDifferences {

  private final Question question;
  private final Traces traces;
  private final DocumentFigures figures;
  private final Words words;
  private final boolean projectsAreTracked;
  private final Matching matching;
  private final List<Difference> found = new ArrayList<>();

  /**
   * @param projectsAreTracked whether the ERP's lines carry projects at all
   */
  InvoiceDifferences(
      Question question,
      Traces traces,
      DocumentFigures figures,
      Matching matching,
      boolean projectsAreTracked) {
    this.question = question;
    this.traces = traces;
    this.figures = figures;
    this.words = new Words(question);
    this.matching = matching;
    this.projectsAreTracked = projectsAreTracked;
  }

  List<Difference> found() {
    return found;
  }

  /** Everything about one invoice but its payments. */
  void compare(Pair pair) {
    JobBooks.Invoice invoice = pair.invoice();
    boolean counts = question.counts(invoice.date());
    Figures procore = ofInvoice(invoice);
    List<BookedDocument> posted = pair.in(State.POSTED);
    if (posted.isEmpty()) {
      if (counts) {
        contradictory(pair, Figures.NONE);
        missing(pair, procore);
      }
      return;
    }
    BookedDocument bill = likest(posted, procore, invoice);
    Figures erp = figures.billed(bill, invoice);
    if (counts != question.counts(bill.date())) {
      otherDate(pair, bill, counts ? procore : erp.negated());
    } else if (counts) {
      compare(pair, bill, procore.minus(erp));
    }
    for (BookedDocument other : posted) {
      if (other != bill && question.counts(other.date())) {
        twice(pair, bill, other);
      }
      settled(pair, other);
    }
  }

  static Figures ofInvoice(JobBooks.Invoice invoice) {
    return Figures.billed(invoice.billed(), invoice.retained(), invoice.released(), invoice.tax());
  }

  /** The one that comes to what the invoice says; else the first. */
  private BookedDocument likest(
      List<BookedDocument> posted, Figures procore, JobBooks.Invoice invoice) {
    return posted.stream()
        .filter(bill -> figures.billed(bill, invoice).equals(procore))
        .findFirst()
        .orElse(posted.get(0));
  }

  private void contradictory(Pair pair, Figures effect) {
    if (!pair.invoice().problems().isEmpty()) {
      add(
          pair,
          Cause.FIGURES_OF_PROCORE,
          effect,
          List.of(),
          "Procore's own figures of "
              + words.invoice(pair.invoice())
              + " do not agree with each other: "
              + String.join("; ", pair.invoice().problems())
              + ".",
          "Open the invoice in Procore and save it again, so that its totals are computed anew.");
    }
  }

  private void compare(Pair pair, BookedDocument bill, Figures effect) {
    contradictory(pair, effect);
    if (!pair.invoice().problems().isEmpty()) {
      return;
    }
    if (!effect.areZero()) {
      add(
          pair,
          Cause.EDITED,
          effect,
          List.of(words.record(bill)),
          words.startBill(bill)
              + " does not say what "
              + words.invoice(pair.invoice())
              + " says: "
              + amounts(ofInvoice(pair.invoice()), figures.billed(bill, pair.invoice()), effect)
              + ".",
          "See the bill's history in "
              + question.erpName()
              + " and put it back to the invoice's figures; or correct the subcontract in the next"
              + " invoice.");
      return;
    }
    String project = question.key(pair.job().project().originId()).orElse(null);
    List<String> moved =
        bill.lines().stream()
            .filter(line -> projectsAreTracked && project != null && !line.amount().isZero())
            .filter(line -> !project.equalsIgnoreCase(line.projectKey()))
            .map(line -> "'" + line.description() + "' (" + line.amount() + ")")
            .toList();
    if (!moved.isEmpty()) {
      add(
          pair,
          Cause.PROJECT_CHANGED,
          Figures.NONE,
          List.of(words.record(bill)),
          words.startBill(bill)
              + " has lines that are not on project "
              + pair.job().project().words()
              + ": "
              + String.join(", ", moved)
              + ".",
          "Give these lines the project back in " + question.erpName() + ".");
    }
  }

  /** Such as {@code billed 100.00 in Procore and 99.00 in Xero}. */
  private String amounts(Figures procore, Figures erp, Figures effect) {
    return effect.notZero().keySet().stream()
        .filter(figure -> figure != Figure.HELD && figure != Figure.OPEN)
        .map(
            figure ->
                figure.words()
                    + " "
                    + procore.get(figure)
                    + " in Procore and "
                    + erp.get(figure)
                    + " in "
                    + question.erpName())
        .collect(Collectors.joining(", "));
  }

  private void otherDate(Pair pair, BookedDocument bill, Figures effect) {
    add(
        pair,
        Cause.OTHER_DATE,
        effect,
        List.of(words.record(bill)),
        words.startInvoice(pair.invoice())
            + " is dated "
            + pair.invoice().date()
            + " and "
            + words.bill(bill)
            + " "
            + bill.date()
            + ": only one of them lies within the days through "
            + question.through()
            + ".",
        "Nothing, if the bill was moved to the first open day of a locked period; else correct its"
            + " date.");
  }

  private void twice(Pair pair, BookedDocument bill, BookedDocument other) {
    add(
        pair,
        Cause.TWICE,
        figures.billed(other, pair.invoice()).negated(),
        List.of(words.record(bill), words.record(other)),
        words.startInvoice(pair.invoice())
            + " is billed twice: by "
            + words.bill(bill)
            + " and by "
            + words.bill(other)
            + ".",
        "Void one of them in " + question.erpName() + ", one on which nothing was paid.");
  }

  /** What a bill was settled with otherwise, and whether its own figures hold together. */
  private void settled(Pair pair, BookedDocument bill) {
    settled(
            pair.job().project().id(),
            pair.invoice().commitmentId(),
            List.of(words.record(pair.invoice())),
            bill)
        .forEach(found::add);
  }

  private List<Difference> settled(
      long project, long commitment, List<String> records, BookedDocument bill) {
    List<Difference> all = new ArrayList<>();
    // What one document of a commitment settles of another changes nothing on the commitment.
    List<Settlement> others =
        bill.settlements().stream()
            .filter(s -> s.by() != BookedDocument.SettledBy.PAYMENT)
            .filter(s -> question.counts(s.date()))
            .filter(s -> !matching.belongs(s.key(), commitment))
            .toList();
    Figures credited =
        Figures.credited(Money.sum(others.stream().map(Settlement::amount).toList()));
    if (!credited.areZero()) {
      String by =
          others.stream()
              .map(s -> s.by().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + s.key())
              .collect(Collectors.joining(", "));
      all.add(
          new Difference(
              Cause.CREDITED,
              project,
              commitment,
              credited.negated(),
              Money.ZERO,
              words.with(records, words.record(bill)),
              credited.credited() + " of " + words.bill(bill) + " was settled by " + by + ".",
              "Procore shows cash only. Bill the credit as a negative line of the subcontractor's"
                  + " next invoice, if Procore shall show it."));
    }
    Money gap = figures.gap(bill);
    if (!gap.isZero()) {
      all.add(
          new Difference(
              Cause.FIGURES_OF_ERP,
              project,
              commitment,
              Figures.open(gap.negated()),
              Money.ZERO,
              words.with(records, words.record(bill)),
              question.erpName()
                  + " shows "
                  + bill.due()
                  + " as open on "
                  + words.bill(bill)
                  + ", which is "
                  + gap
                  + " more than its lines less its settlements.",
              "Run it again: the bill may have been changed while it was read. If it stays, look at"
                  + " the bill's history."));
    }
    return all;
  }

  /** A bill of this connection whose invoice Procore does not have. */
  void withoutInvoice(long project, BookedDocument bill) {
    if (question.counts(bill.date())) {
      found.add(
          new Difference(
              Cause.WITHOUT_INVOICE,
              project,
              0,
              figures.billed(bill, null).negated(),
              Money.ZERO,
              List.of(words.record(bill)),
              words.startBill(bill)
                  + " stands for "
                  + words.markedInvoice(bill)
                  + ", which Procore does not have or does not show to Tieback.",
              "If the invoice was deleted in Procore, void the bill. If its project is not"
                  + " permitted to the service account, permit it."));
    }
    found.addAll(settled(project, 0, List.of(), bill));
  }

  private void missing(Pair pair, Figures effect) {
    JobBooks.Invoice invoice = pair.invoice();
    Optional<BookedDocument> draft = pair.in(State.DRAFT).stream().findFirst();
    if (draft.isPresent()) {
      add(
          pair,
          Cause.DRAFT,
          effect,
          List.of(words.record(draft.get())),
          words.startBill(draft.get())
              + " of "
              + words.invoice(invoice)
              + " is "
              + draft.get().status()
              + " in "
              + question.erpName()
              + " and in no account yet.",
          "Approve the bill in " + question.erpName() + ".");
      return;
    }
    Optional<BookedDocument> gone = pair.in(State.GONE).stream().findFirst();
    if (gone.isPresent()) {
      add(
          pair,
          Cause.VOIDED,
          effect,
          List.of(words.record(gone.get())),
          words.startBill(gone.get())
              + " of "
              + words.invoice(invoice)
              + " is "
              + gone.get().status()
              + " in "
              + question.erpName()
              + ".",
          "If the invoice is still owed, unlink it in Procore and send it again; if not, reject it"
              + " in Procore.");
      return;
    }
    MissingBill.Told told =
        new MissingBill(question, words).explain(invoice, traces.invoices().get(invoice.id()));
    add(pair, told.cause(), effect, List.of(), told.sentence(), told.remedy());
  }

  private void add(
      Pair pair, Cause cause, Figures effect, List<String> more, String sentence, String remedy) {
    List<String> records = new ArrayList<>();
    records.add(words.record(pair.invoice()));
    records.addAll(more);
    found.add(
        new Difference(
            cause,
            pair.job().project().id(),
            pair.invoice().commitmentId(),
            effect,
            Money.ZERO,
            records,
            sentence,
            remedy));
  }
}
