package io.tieback.sandbox.procore;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The derived figures of one requisition line. Work and its retainage are flows of the period;
 * stored material and its retainage are balances. All money, at cents or as exactly as it was
 * entered; nothing is rounded but quantity x price.
 *
 * @param scheduledValue the schedule of values
 * @param previousWork work billed earlier, including material that moved to it
 * @param previousQuantity quantity billed earlier (unit accounting)
 * @param work work of this period
 * @param quantity quantity of this period (unit accounting)
 * @param storedBefore material stored at the end of the previous requisition
 * @param stored material stored now
 * @param moved part of {@code storedBefore} that moved to earlier work
 * @param previousWorkRetainage retainage on work that was held when the period began, including
 *     what moved to it
 * @param workRetained retainage taken on this period's work
 * @param workReleased retainage on work given back in this period
 * @param materialsRetainageBefore retainage on stored material at the end of the previous
 *     requisition
 * @param materialsRetainage retainage on stored material that remains now, after what was given
 *     back
 * @param materialsReleased retainage on stored material given back in this period
 * @param retainageMoved part of {@code materialsRetainageBefore} that moved to work
 */
record Figures(
    BigDecimal scheduledValue,
    BigDecimal previousWork,
    BigDecimal previousQuantity,
    BigDecimal work,
    BigDecimal quantity,
    BigDecimal storedBefore,
    BigDecimal stored,
    BigDecimal moved,
    BigDecimal previousWorkRetainage,
    BigDecimal workRetained,
    BigDecimal workReleased,
    BigDecimal materialsRetainageBefore,
    BigDecimal materialsRetainage,
    BigDecimal materialsReleased,
    BigDecimal retainageMoved) {

  /**
   * Derives a line from what was entered and the same line of the previous requisition.
   *
   * @param before figures of that line, or null
   * @param moveMaterials the requisition's {@code move_materials_to_previous_work_completed}:
   *     stored material moves to previous work by itself, wholly unless a smaller part was entered
   * @throws IllegalArgumentException when the entries contradict each other
   */
  static Figures derive(
      Model.Entered in,
      Figures before,
      BigDecimal scheduledValue,
      boolean unit,
      boolean moveMaterials) {
    BigDecimal storedBefore = before == null ? ZERO : before.stored();
    BigDecimal heldBefore = before == null ? ZERO : before.materialsRetainage();
    BigDecimal moved = moved(in, storedBefore, moveMaterials);
    BigDecimal heldMoved = retainageMoved(in, storedBefore, heldBefore, moved);
    BigDecimal released = or(in.materialsReleased(), ZERO);
    if (unit
        && (in.stored() != null
            || in.moved() != null
            || in.materialsRetained() != null
            || in.materialsReleased() != null)) {
      throw new IllegalArgumentException(
          "stored material exists on amount accounting only; this line is unit based: leave the"
              + " materials fields out.");
    }
    BigDecimal work = unit ? unitWork(in) : or(in.work(), ZERO);
    if (!unit && in.quantity() != null) {
      throw new IllegalArgumentException(
          "quantity exists on unit accounting only; this line is amount based.");
    }
    return new Figures(
        scheduledValue,
        before == null ? moved : before.previousWork().add(before.work()).add(moved),
        before == null ? ZERO : before.previousQuantity().add(before.quantity()),
        work,
        unit ? or(in.quantity(), ZERO) : ZERO,
        storedBefore,
        or(in.stored(), storedBefore.subtract(moved)),
        moved,
        before == null ? heldMoved : before.workRetainage().add(heldMoved),
        or(in.workRetained(), ZERO),
        or(in.workReleased(), ZERO),
        heldBefore,
        or(in.materialsRetained(), heldBefore.subtract(heldMoved).subtract(released)),
        released,
        heldMoved);
  }

  private static final BigDecimal SHOWN_DIFFERENCE = new BigDecimal("0.05");

  private static BigDecimal unitWork(Model.Entered in) {
    BigDecimal quantity = or(in.quantity(), ZERO);
    if (quantity.signum() != 0 && in.unitPrice() == null) {
      throw new IllegalArgumentException(
          "unitPrice is missing; a unit based line needs quantity and unitPrice.");
    }
    BigDecimal work =
        in.unitPrice() == null
            ? ZERO
            : quantity.multiply(in.unitPrice()).setScale(2, RoundingMode.HALF_UP);
    if (in.work() == null) {
      return work;
    }
    // Procore shows four decimals and may have computed with more: a few cents apart is a real
    // invoice, more is a mistake in the seed.
    if (in.work().subtract(work).abs().compareTo(SHOWN_DIFFERENCE) > 0) {
      throw new IllegalArgumentException(
          "workThisPeriod "
              + in.work()
              + " is not quantity x unitPrice = "
              + work
              + ", and more than "
              + SHOWN_DIFFERENCE
              + " apart.");
    }
    return in.work();
  }

  private static BigDecimal moved(
      Model.Entered in, BigDecimal storedBefore, boolean moveMaterials) {
    if (!moveMaterials) {
      if (in.moved() != null && in.moved().signum() != 0) {
        throw new IllegalArgumentException(
            "materialsMoved is only possible when the requisition has moveMaterialsToPrevious; else"
                + " lower materialsStored and raise workThisPeriod.");
      }
      return ZERO;
    }
    BigDecimal moved = or(in.moved(), storedBefore);
    if (moved.abs().compareTo(storedBefore.abs()) > 0) {
      throw new IllegalArgumentException(
          "materialsMoved " + moved + " is more than the " + storedBefore + " stored before.");
    }
    return moved;
  }

  private static BigDecimal retainageMoved(
      Model.Entered in, BigDecimal storedBefore, BigDecimal heldBefore, BigDecimal moved) {
    if (in.retainageMoved() != null) {
      return in.retainageMoved();
    }
    if (moved.signum() == 0) {
      return ZERO;
    }
    if (moved.compareTo(storedBefore) == 0) {
      return heldBefore;
    }
    return heldBefore.multiply(moved).divide(storedBefore, 2, RoundingMode.HALF_UP);
  }

  /** Work and stored material to date. */
  BigDecimal total() {
    return previousWork.add(work).add(stored);
  }

  /** As {@link #total()}, at the end of the previous requisition. */
  BigDecimal totalBefore() {
    return previousWork.subtract(moved).add(storedBefore);
  }

  /**
   * Billed in this period before retainage: work plus the change of stored material, plus what
   * moved to earlier work.
   */
  BigDecimal gross() {
    return work.add(stored).subtract(storedBefore).add(moved);
  }

  /** Retainage on work held now. */
  BigDecimal workRetainage() {
    return previousWorkRetainage.add(workRetained).subtract(workReleased);
  }

  /** All retainage held now. */
  BigDecimal retainage() {
    return workRetainage().add(materialsRetainage);
  }

  /** All retainage held at the end of the previous requisition. */
  BigDecimal retainageBefore() {
    return previousWorkRetainage.subtract(retainageMoved).add(materialsRetainageBefore);
  }

  /** Retainage taken in this period on work and on material, before anything given back. */
  BigDecimal retained() {
    return workRetained
        .add(materialsRetainage)
        .subtract(materialsRetainageBefore)
        .add(retainageMoved)
        .add(materialsReleased);
  }

  /** Retainage given back in this period. */
  BigDecimal released() {
    return workReleased.add(materialsReleased);
  }

  /** Due for this period before tax: gross - retained + released. */
  BigDecimal net() {
    return gross().subtract(retained()).add(released());
  }

  /** Stored material that came new in this period. */
  BigDecimal newMaterials() {
    return stored.subtract(storedBefore).add(moved);
  }

  private static BigDecimal or(BigDecimal value, BigDecimal otherwise) {
    return value == null ? otherwise : value;
  }
}
