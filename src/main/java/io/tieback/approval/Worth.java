package io.tieback.approval;

import io.tieback.construction.Money;
import io.tieback.ledger.QueueItem;
import java.util.EnumSet;
import java.util.Set;

/**
 * What accepting an item lets go, as it is held against the limits of people and of the connection.
 * Limits are amounts of the ERP company's own currency: what is in another currency, or is not
 * known, needs what the highest amount needs.
 *
 * @param size how much, without its sign; null where it is unknown or nothing
 * @param currency ISO 4217, or null where it is unknown
 * @param limits the currency of the limits, or null where it is unknown
 * @param kind how it is held against them
 */
record Worth(Money size, String currency, String limits, Kind kind) {

  /** How it is held against limits. */
  enum Kind {
    /** It brings no money, as a company or a project. */
    NONE,
    /** In the currency of the limits. */
    MEASURED,
    /** In another currency. */
    OTHER_CURRENCY,
    /** Nobody knows how much it is, or in which currency. */
    UNKNOWN
  }

  private static final Set<RecordKind> WITHOUT_MONEY =
      EnumSet.of(RecordKind.COMPANY, RecordKind.PROJECT, RecordKind.COST_CODE);

  /** As it is written, where that says an amount; else as Procore has it. */
  static Worth of(QueueItem item, Composed now) {
    if (now.amount() != null) {
      // A document that names no currency is in the ERP company's own.
      return of(now.amount(), now.currency() == null ? now.limits() : now.currency(), now.limits());
    }
    if (item.about().amount() != null) {
      return of(item.about().amount(), item.about().currency(), now.limits());
    }
    return new Worth(
        null,
        null,
        now.limits(),
        WITHOUT_MONEY.contains(RecordKind.of(item.kind())) ? Kind.NONE : Kind.UNKNOWN);
  }

  /** As the queue shows it, before it is composed: its currency is looked at when it is. */
  static Worth shown(QueueItem item) {
    Money amount = item.about().amount();
    return amount == null
        ? new Worth(null, null, null, Kind.NONE)
        : new Worth(size(amount), null, null, Kind.MEASURED);
  }

  private static Worth of(Money amount, String currency, String limits) {
    Kind kind =
        currency == null || limits == null
            ? Kind.UNKNOWN
            : currency.equals(limits) ? Kind.MEASURED : Kind.OTHER_CURRENCY;
    return new Worth(size(amount), currency, limits, kind);
  }

  private static Money size(Money amount) {
    return amount.isNegative() ? amount.negated() : amount;
  }

  /** Whether it is above a limit; never where there is none. */
  boolean above(Money limit) {
    return limit != null
        && switch (kind) {
          case NONE -> false;
          case MEASURED -> size.compareTo(limit) > 0;
          case OTHER_CURRENCY, UNKNOWN -> true;
        };
  }

  /** Why somebody with a limit may not accept it. */
  Refusal aboveLimit(Money limit, String name) {
    return switch (kind) {
      case OTHER_CURRENCY -> Refusal.of("accept.limit_currency", words(), limits, name);
      case UNKNOWN -> Refusal.of("accept.limit_unknown", name);
      default -> Refusal.of("accept.limit", size.amount(), limit.amount(), name);
    };
  }

  /** Why it does not go out without two who accept it. */
  Refusal directly(Money limit) {
    return switch (kind) {
      case OTHER_CURRENCY -> Refusal.of("accept.second_currency", words(), limits);
      case UNKNOWN -> Refusal.of("accept.second_unknown");
      default -> Refusal.of("direct.second", size.amount(), limit.amount());
    };
  }

  /** Why the first of two cannot be the second. */
  Refusal needsSecond() {
    return switch (kind) {
      case OTHER_CURRENCY -> Refusal.of("accept.second_currency", words(), limits);
      case UNKNOWN -> Refusal.of("accept.second_unknown");
      default -> Refusal.of("accept.second");
    };
  }

  /** Whether a limit cannot be held against it. */
  boolean unmeasured() {
    return kind == Kind.OTHER_CURRENCY || kind == Kind.UNKNOWN;
  }

  /** For the audit trail: the amount, empty where there is none. */
  String plain() {
    return size == null ? "" : size.amount().toPlainString();
  }

  private String words() {
    return currency + " " + size.amount().toPlainString();
  }
}
