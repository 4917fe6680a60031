package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An object on its way into the books: checked and completed by the rules of its kind, which may
 * change nothing else.
 *
 * @param before what is there, or null for a new object
 * @param body what it shall be
 */
record Draft(
    Company company,
    Kind kind,
    Company.Entry before,
    ObjectNode body,
    Options options,
    Switches switches,
    Instant now) {

  /**
   * @param allowDuplicate whether a document number may be used twice
   * @param people whether a person in QuickBooks acts, who can do what the API cannot
   */
  record Options(boolean allowDuplicate, boolean people) {
    static final Options API = new Options(false, false);
  }

  boolean isNew() {
    return before == null;
  }

  String text(String field) {
    return io.tieback.sandbox.kit.Json.text(body, field);
  }

  /** The object that a reference of the body names, or null. */
  Company.Entry referred(Kind to, String field) {
    return company.get(to, io.tieback.sandbox.kit.Json.text(body.path(field), "value"));
  }

  /** Refuses a change on a day of closed books. */
  static void open(Company company, Switches switches, String day) {
    if (company.bookCloseDate == null
        || day == null
        || LocalDate.parse(day).isAfter(company.bookCloseDate)) {
      return;
    }
    String detail =
        "The account period has closed and the account books cannot be updated through"
            + " this transaction: the closing date is "
            + company.bookCloseDate;
    if (switches.choice("closedBooksCode").equals("6210")) {
      throw Refusal.invalid(
          "6210", "Account Period Closed, Cannot Update Through Services API", detail, "");
    }
    throw Refusal.business(detail);
  }
}
