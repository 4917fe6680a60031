package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.PaymentTerms;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A supplier's {@code PaymentTerms.Bills} (Xero reference section 7). Xero does not apply them to a
 * bill that comes without a due date, so they are worked out here.
 *
 * @param type one of Xero's four words
 * @param day the number that goes with it: days, or a day of a month; a month that is shorter ends
 *     on its last day
 */
record XeroPaymentTerms(Type type, int day) implements PaymentTerms {

  /** Xero's four kinds of terms. */
  enum Type {
    DAYSAFTERBILLDATE,
    DAYSAFTERBILLMONTH,
    OFCURRENTMONTH,
    OFFOLLOWINGMONTH
  }

  /**
   * The terms of a contact.
   *
   * @return empty when the contact has none, or of a kind that is not known: then no due date may
   *     be guessed
   */
  static Optional<PaymentTerms> of(JsonNode contact) {
    JsonNode bills = contact.path("PaymentTerms").path("Bills");
    String word = XeroJson.text(bills, "Type");
    if (!bills.path("Day").isIntegralNumber() || word == null) {
      return Optional.empty();
    }
    for (Type type : Type.values()) {
      if (type.name().equals(word)) {
        return Optional.of(new XeroPaymentTerms(type, bills.path("Day").intValue()));
      }
    }
    return Optional.empty();
  }

  @Override
  public LocalDate dueDate(LocalDate billDate) {
    YearMonth month = YearMonth.from(billDate);
    return switch (type) {
      case DAYSAFTERBILLDATE -> billDate.plusDays(day);
      case DAYSAFTERBILLMONTH -> month.atEndOfMonth().plusDays(day);
      case OFCURRENTMONTH -> dayOf(month);
      case OFFOLLOWINGMONTH -> dayOf(month.plusMonths(1));
    };
  }

  private LocalDate dayOf(YearMonth month) {
    return month.atDay(Math.max(1, Math.min(day, month.lengthOfMonth())));
  }

  @Override
  public String inWords() {
    return switch (type) {
      case DAYSAFTERBILLDATE -> day + " days after the bill date";
      case DAYSAFTERBILLMONTH -> day + " days after the end of the bill month";
      case OFCURRENTMONTH -> "day " + day + " of the bill month";
      case OFFOLLOWINGMONTH -> "day " + day + " of the month after the bill month";
    };
  }
}
