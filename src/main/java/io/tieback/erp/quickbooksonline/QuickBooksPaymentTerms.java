package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.PaymentTerms;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/**
 * A vendor's terms ({@code Term}): so many days after the bill, or a day of the month.
 *
 * @param name what people see
 * @param days days after the bill's date; null for a day of the month
 * @param dayOfMonth that day; a month that is shorter ends on its last day
 * @param nextMonthWithin a bill this many days before that day, or fewer, falls due a month later
 */
record QuickBooksPaymentTerms(String name, Integer days, int dayOfMonth, int nextMonthWithin)
    implements PaymentTerms {

  /**
   * The terms of a {@code Term}.
   *
   * @return empty for terms of a kind that is not known: then no due date may be guessed
   */
  static Optional<PaymentTerms> of(JsonNode term) {
    String name = QuickBooksJson.text(term, "Name");
    JsonNode days = term.path("DueDays");
    JsonNode day = term.path("DayOfMonthDue");
    if (days.isIntegralNumber() && !day.isIntegralNumber()) {
      return Optional.of(new QuickBooksPaymentTerms(name, days.intValue(), 0, 0));
    }
    if (day.isIntegralNumber() && day.intValue() >= 1) {
      return Optional.of(
          new QuickBooksPaymentTerms(
              name, null, day.intValue(), term.path("DueNextMonthDays").asInt(0)));
    }
    return Optional.empty();
  }

  @Override
  public LocalDate dueDate(LocalDate billDate) {
    if (days != null) {
      return billDate.plusDays(days);
    }
    LocalDate due = dayOf(YearMonth.from(billDate));
    boolean near = nextMonthWithin > 0 && !billDate.plusDays(nextMonthWithin).isBefore(due);
    return due.isBefore(billDate) || near ? dayOf(YearMonth.from(billDate).plusMonths(1)) : due;
  }

  private LocalDate dayOf(YearMonth month) {
    return month.atDay(Math.min(dayOfMonth, month.lengthOfMonth()));
  }

  @Override
  public String inWords() {
    String rule =
        days != null
            ? days + " days after the bill date"
            : "day "
                + dayOfMonth
                + " of the month"
                + (nextMonthWithin > 0
                    ? ", of the next one when that is within " + nextMonthWithin + " days"
                    : "");
    return name == null ? rule : name + " (" + rule + ")";
  }
}
