package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.Settlement;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import java.util.List;

/** The figures of one document of the ERP. */
final class DocumentFigures {

  private final Question question;

  DocumentFigures(Question question) {
    this.question = question;
  }

  /**
   * What a document bills. A retainage line below zero withholds, one above zero releases. That is
   * the sign alone, and an invoice may withhold less than nothing (on work that is taken back):
   * where the lines are exactly what the invoice's own withholding and releasing come to, grouped
   * or line by line, its words for them are taken.
   *
   * @param invoice the invoice that it stands for, or null
   */
  Figures billed(BookedDocument document, JobBooks.Invoice invoice) {
    Money billed = Money.ZERO;
    Sides shown = Sides.NONE;
    for (BookedDocument.Line line : document.lines()) {
      if (question.isRetainage(line)) {
        shown = shown.with(line.amount());
      } else {
        billed = billed.plus(line.amount());
      }
    }
    boolean words =
        invoice != null
            && (shown.equals(Sides.grouped(invoice)) || shown.equals(Sides.byLine(invoice)));
    return Figures.billed(
        billed,
        words ? invoice.retained() : shown.below(),
        words ? invoice.released() : shown.above(),
        document.tax());
  }

  /** What was paid on it through the day that was asked for. */
  Figures paid(BookedDocument document) {
    return Figures.paid(sum(document, true));
  }

  /** What was settled otherwise through the day that was asked for. */
  Figures credited(BookedDocument document) {
    return Figures.credited(sum(document, false));
  }

  private Money sum(BookedDocument document, boolean cash) {
    return Money.sum(
        document.settlements().stream()
            .filter(settlement -> (settlement.by() == SettledBy.PAYMENT) == cash)
            .filter(settlement -> question.counts(settlement.date()))
            .map(Settlement::amount)
            .toList());
  }

  /**
   * By how much the ERP's own open amount of a document misses what its lines, tax and settlements
   * come to. Only for the books as they are now: no ERP tells what was open on an earlier day.
   */
  Money gap(BookedDocument document) {
    if (question.through() != null) {
      return Money.ZERO;
    }
    Money lines = Money.sum(document.lines().stream().map(BookedDocument.Line::amount).toList());
    Money settled = Money.sum(document.settlements().stream().map(Settlement::amount).toList());
    return document.due().minus(lines.plus(document.tax()).minus(settled));
  }

  /** Retainage lines below and above zero, both as plain amounts. */
  private record Sides(Money below, Money above) {
    static final Sides NONE = new Sides(Money.ZERO, Money.ZERO);

    Sides with(Money amount) {
      return amount.isNegative()
          ? new Sides(below.minus(amount), above)
          : new Sides(below, above.plus(amount));
    }

    static Sides grouped(JobBooks.Invoice invoice) {
      return NONE.with(invoice.retained().negated()).with(invoice.released());
    }

    static Sides byLine(JobBooks.Invoice invoice) {
      List<Movement> lines = invoice.retainage();
      Sides sides = NONE;
      for (Movement line : lines) {
        sides = sides.with(line.retained().negated()).with(line.released());
      }
      return sides;
    }
  }
}
