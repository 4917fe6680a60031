package io.tieback.reconcile;

import io.tieback.construction.Money;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * The figures of one side. Original and changes are null where that side does not have the
 * commitment.
 *
 * @param original the contract as it was signed, or null
 * @param changes approved change orders, or null
 * @param billed work and stored material
 * @param retained retainage withheld
 * @param released retainage released
 * @param tax tax
 * @param paid cash
 * @param credited settled otherwise
 * @param open what is still owed, as that side has it
 */
public record Figures(
    Money original,
    Money changes,
    Money billed,
    Money retained,
    Money released,
    Money tax,
    Money paid,
    Money credited,
    Money open) {

  /** Nothing, of a side that has no commitments. */
  public static final Figures NONE =
      new Figures(
          null,
          null,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO,
          Money.ZERO);

  /** What was billed, and nothing else; open accordingly. */
  static Figures billed(Money billed, Money retained, Money released, Money tax) {
    return new Figures(
        null,
        null,
        billed,
        retained,
        released,
        tax,
        Money.ZERO,
        Money.ZERO,
        billed.minus(retained).plus(released).plus(tax));
  }

  /** What was paid, and nothing else; open accordingly. */
  static Figures paid(Money paid) {
    return new Figures(
        null,
        null,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        paid,
        Money.ZERO,
        paid.negated());
  }

  /** What was settled otherwise, and nothing else; open accordingly. */
  static Figures credited(Money credited) {
    return new Figures(
        null,
        null,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        credited,
        credited.negated());
  }

  /** A contract, and nothing else. */
  static Figures contract(Money original, Money changes) {
    return new Figures(
        original,
        changes,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO);
  }

  /** Something that only the amount still owed shows. */
  static Figures open(Money open) {
    return NONE.withOpen(open);
  }

  private Figures withOpen(Money other) {
    return new Figures(original, changes, billed, retained, released, tax, paid, credited, other);
  }

  /** Both together. */
  public Figures plus(Figures other) {
    return new Figures(
        sum(original, other.original),
        sum(changes, other.changes),
        billed.plus(other.billed),
        retained.plus(other.retained),
        released.plus(other.released),
        tax.plus(other.tax),
        paid.plus(other.paid),
        credited.plus(other.credited),
        open.plus(other.open));
  }

  /** The same with opposite signs. */
  public Figures negated() {
    return NONE.minus(this);
  }

  /** This less the other; original and changes only where both sides have them. */
  public Figures minus(Figures other) {
    return new Figures(
        difference(original, other.original),
        difference(changes, other.changes),
        billed.minus(other.billed),
        retained.minus(other.retained),
        released.minus(other.released),
        tax.minus(other.tax),
        paid.minus(other.paid),
        credited.minus(other.credited),
        open.minus(other.open));
  }

  /** All of them together. */
  public static Figures sum(Collection<Figures> all) {
    return all.stream().reduce(NONE, Figures::plus);
  }

  /** Retained less released. */
  public Money held() {
    return retained.minus(released);
  }

  /** Whether every figure is 0.00, or not there. */
  public boolean areZero() {
    return notZero().isEmpty();
  }

  /** The figures that are not 0.00, in the order in which they are printed. */
  public Map<Figure, Money> notZero() {
    Map<Figure, Money> found = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      Money amount = get(figure);
      if (amount != null && !amount.isZero()) {
        found.put(figure, amount);
      }
    }
    return found;
  }

  /** One of them; null when this side does not have it. */
  public Money get(Figure figure) {
    return switch (figure) {
      case ORIGINAL -> original;
      case CHANGES -> changes;
      case BILLED -> billed;
      case RETAINED -> retained;
      case RELEASED -> released;
      case HELD -> held();
      case TAX -> tax;
      case PAID -> paid;
      case CREDITED -> credited;
      case OPEN -> open;
    };
  }

  private static Money sum(Money one, Money other) {
    if (one == null) {
      return other;
    }
    return other == null ? one : one.plus(other);
  }

  private static Money difference(Money one, Money other) {
    return one == null || other == null ? null : one.minus(other);
  }
}
