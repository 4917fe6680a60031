package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;

/**
 * The contact that a bill names (reference section 7): by ContactID (an unknown one is a 404 for
 * the whole request), or by ContactNumber or Name, which finds an active contact or creates one. A
 * Name beside a ContactID renames the contact.
 */
final class ContactChoice {
  static final String ARCHIVED =
      "The specified contact details matched an archived contact. Archived contacts cannot"
          + " currently be edited via the API.";

  private final Gate.Visit visit;
  private final Contact found;
  private final Contact made;
  private final String newName;

  private ContactChoice(Gate.Visit visit, Contact found, Contact made, String newName) {
    this.visit = visit;
    this.found = found;
    this.made = made;
    this.newName = newName;
  }

  static ContactChoice of(Gate.Visit visit, Fields given, List<String> errors) {
    if (given == null) {
      return new ContactChoice(visit, null, null, null);
    }
    Organisation organisation = visit.organisation();
    String id = given.id("ContactID");
    String name = given.text("Name");
    String number = given.text("ContactNumber");
    Contact found;
    if (id != null) {
      found = organisation.contacts.get(id);
      if (found == null) {
        throw Refusal.notFound();
      }
    } else {
      found = find(organisation, number, name);
    }
    if (found != null) {
      if (!found.status.equals("ACTIVE")) {
        errors.add(ARCHIVED);
      }
      return new ContactChoice(
          visit, found, null, id == null || name == null || name.equals(found.name) ? null : name);
    }
    if (name == null || name.isBlank()) {
      return new ContactChoice(visit, null, null, null);
    }
    Contact made = new Contact(Ids.make());
    made.name = name;
    made.contactNumber = number;
    return new ContactChoice(visit, null, made, null);
  }

  private static Contact find(Organisation organisation, String number, String name) {
    Contact archived = null;
    for (Contact contact : organisation.contacts.all()) {
      boolean same =
          (number != null && number.equals(contact.contactNumber))
              || (number == null && contact.name.equalsIgnoreCase(name));
      if (same && contact.status.equals("ACTIVE")) {
        return contact;
      }
      archived = same ? contact : archived;
    }
    return archived;
  }

  boolean isGiven() {
    return found != null || made != null;
  }

  String id() {
    return found != null ? found.id : made.id;
  }

  /** The due date by the contact's terms for bills, or null when it has none. */
  LocalDate dueDate(LocalDate from) {
    JsonNode bills =
        found == null || found.paymentTerms == null ? null : found.paymentTerms.get("Bills");
    if (bills == null || !bills.path("Day").isInt()) {
      return null;
    }
    int day = bills.get("Day").intValue();
    LocalDate nextMonth = from.withDayOfMonth(1).plusMonths(1);
    return switch (bills.path("Type").asText()) {
      case "DAYSAFTERBILLDATE" -> from.plusDays(day);
      case "DAYSAFTERBILLMONTH" -> nextMonth.minusDays(1).plusDays(day);
      case "OFCURRENTMONTH" -> from.withDayOfMonth(Math.min(day, from.lengthOfMonth()));
      case "OFFOLLOWINGMONTH" -> nextMonth.withDayOfMonth(Math.min(day, nextMonth.lengthOfMonth()));
      default -> null;
    };
  }

  /**
   * Stores a contact that has to be made, unless another bill of the same request made it, and
   * gives its id.
   */
  String commit() {
    if (found != null) {
      if (newName != null) {
        Contact renamed = visit.organisation().contacts.get(found.id).copy();
        renamed.name = newName;
        visit.organisation().contacts.put(renamed, visit.now());
      }
      return found.id;
    }
    Contact since = find(visit.organisation(), made.contactNumber, made.name);
    if (since != null) {
      return since.id;
    }
    visit.organisation().contacts.put(made, visit.now());
    return made.id;
  }
}
