package io.tieback.construction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Turns the figures of a requisition, which are partly balances, into what happened in the period
 * (design section 6, GEN-RET-03). Pure and exact.
 *
 * <p>Why it agrees with the summary of the requisition (Procore reference section 12): what is due
 * is the change of <em>completed and stored less retainage</em>. Completed and stored changes by
 * work + stored material, where material that moved to the work of earlier periods is in neither
 * this period's work nor the change of the store and is added. Retainage held changes by work
 * retained - work released + (material retainage now - before) + moved; taking retained material as
 * (now - before + released + moved) makes retained - released exactly that change, so gross -
 * retained + released is exactly what is due.
 */
public final class RequisitionArithmetic {

  private RequisitionArithmetic() {}

  /**
   * What was computed for one item.
   *
   * @param amounts the amounts of the period; empty when a balance of the requisition before is
   *     unknown
   * @param discrepancies figures that do not agree; empty when everything does
   */
  public record Result(Optional<LineAmounts> amounts, List<Discrepancy> discrepancies) {
    public Result {
      discrepancies = List.copyOf(discrepancies);
    }
  }

  /**
   * Computes one item and compares it with whatever else Procore states about it.
   *
   * @param item the item as the v1.1 requisition has it
   * @param event the same line in the export event; null when there is no event (Tieback door)
   * @param settings how uncertain figures are read
   */
  public static Result compute(
      RequisitionComponents item, EventFigures event, ArithmeticSettings settings) {
    List<Discrepancy> discrepancies = new ArrayList<>();
    Money storedBefore = item.materialsPreviouslyStored();
    if (storedBefore == null) {
      discrepancies.add(unknown(item, "materials stored at the end of the requisition before"));
    }
    Money heldOnMaterialBefore = materialRetainageBefore(item, event);
    if (heldOnMaterialBefore == null) {
      discrepancies.add(
          unknown(item, "retainage on stored materials at the end of the requisition before"));
    }
    if (!discrepancies.isEmpty()) {
      return new Result(Optional.empty(), discrepancies);
    }
    LineAmounts amounts = amounts(item, storedBefore, heldOnMaterialBefore, settings);
    compareTotalToDate(item, amounts, discrepancies);
    if (event != null) {
      compareEvent(item, event, amounts, heldOnMaterialBefore, settings, discrepancies);
    }
    return new Result(Optional.of(amounts), discrepancies);
  }

  /**
   * Compares what the lines come to with what Procore says is due before tax ({@code
   * summary.current_payment_due}).
   *
   * @return the difference with both figures, or empty when they agree to the cent
   */
  public static Optional<Discrepancy> comparePaymentDue(
      Collection<InvoiceLine> lines, Money currentPaymentDue) {
    Money net = Money.sum(lines.stream().map(InvoiceLine::net).toList());
    if (net.equals(currentPaymentDue)) {
      return Optional.empty();
    }
    return Optional.of(
        new Discrepancy(
            Discrepancy.Kind.PAYMENT_DUE, 0, "Current payment due", net, currentPaymentDue));
  }

  private static LineAmounts amounts(
      RequisitionComponents item,
      Money storedBefore,
      Money heldOnMaterialBefore,
      ArithmeticSettings settings) {
    Money stored = item.materialsPresentlyStored().minus(storedBefore);
    if (item.moveMaterialsToPrevious()) {
      // It left the store without entering this period's work: without this it would be billed
      // never.
      stored = stored.plus(item.materialsMoved());
    }
    Money retainedMaterial =
        item.materialsRetainageRetained()
            .minus(heldOnMaterialBefore)
            .plus(item.materialsReleased());
    boolean movedInsideWorkRetained =
        !item.moveMaterialsToPrevious()
            && settings.movedRetainage() == ArithmeticSettings.MovedRetainage.WITHIN_WORK;
    if (!movedInsideWorkRetained) {
      // It is still held, on work now: the fall of the material balance is not a release.
      retainedMaterial = retainedMaterial.plus(item.materialsRetainageMoved());
    }
    Money heldBefore = item.workRetainageFromPrevious().plus(heldOnMaterialBefore);
    if (item.moveMaterialsToPrevious()) {
      // Counted in both: the moved retainage stands in "from previous application" and in the
      // material balance before.
      heldBefore = heldBefore.minus(item.materialsRetainageMoved());
    }
    return new LineAmounts(
        item.workThisPeriod(),
        stored,
        item.workRetained(),
        retainedMaterial,
        item.workReleased(),
        item.materialsReleased(),
        heldBefore);
  }

  /**
   * The requisition's own figure; else the event's, which publishes the same balance. Null when
   * neither has it.
   */
  private static Money materialRetainageBefore(RequisitionComponents item, EventFigures event) {
    if (item.materialsRetainagePreviouslyRetained() != null) {
      return item.materialsRetainagePreviouslyRetained();
    }
    return event == null ? null : event.materialsRetainagePreviously();
  }

  private static void compareTotalToDate(
      RequisitionComponents item, LineAmounts amounts, List<Discrepancy> discrepancies) {
    if (item.totalToDate() == null || item.totalToDatePrevious() == null) {
      return;
    }
    Money change = item.totalToDate().minus(item.totalToDatePrevious());
    if (!change.equals(amounts.gross())) {
      discrepancies.add(
          new Discrepancy(
              Discrepancy.Kind.TOTAL_TO_DATE,
              item.procoreItemId(),
              "Change of total completed and stored to date",
              amounts.gross(),
              change));
    }
  }

  private static void compareEvent(
      RequisitionComponents item,
      EventFigures event,
      LineAmounts amounts,
      Money heldOnMaterialBefore,
      ArithmeticSettings settings,
      List<Discrepancy> discrepancies) {
    boolean gross = settings.lineAmount() == ArithmeticSettings.LineAmount.GROSS;
    long id = item.procoreItemId();
    compare(
        id,
        "Amount of the line (setting lineAmount=" + (gross ? "gross" : "net") + ")",
        gross ? amounts.gross() : amounts.net(),
        event.amount(),
        discrepancies);
    if (settings.compareRetainageThisPeriod()) {
      compare(
          id,
          "Retainage this period",
          amounts.retained(),
          event.retainageThisPeriod(),
          discrepancies);
    }
    compare(
        id,
        "Retainage on work this period",
        item.workRetained(),
        event.retainageWork(),
        discrepancies);
    compare(
        id,
        "Retainage on materials presently stored",
        item.materialsRetainageRetained(),
        event.materialsRetainagePresently(),
        discrepancies);
    compare(
        id,
        "Retainage on materials previously stored",
        heldOnMaterialBefore,
        event.materialsRetainagePreviously(),
        discrepancies);
    compare(
        id,
        "Released retainage on work this period",
        item.workReleased(),
        event.releasedWork(),
        discrepancies);
  }

  private static void compare(
      long itemId, String figure, Money computed, Money stated, List<Discrepancy> discrepancies) {
    if (stated != null && !stated.equals(computed)) {
      discrepancies.add(new Discrepancy(Discrepancy.Kind.EVENT, itemId, figure, computed, stated));
    }
  }

  private static Discrepancy unknown(RequisitionComponents item, String figure) {
    return new Discrepancy(Discrepancy.Kind.UNKNOWN, item.procoreItemId(), figure, null, null);
  }
}
