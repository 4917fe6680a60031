package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code /Contacts} (reference section 7). */
final class Contacts {
  private static final List<String> AREAS = List.of("contacts");
  private static final List<String> STATUSES = List.of("ACTIVE", "ARCHIVED", "GDPRREQUEST");
  private static final Map<String, Function<Contact, Object>> FIELDS =
      Map.of(
          "ContactID", contact -> contact.id,
          "Name", contact -> contact.name,
          "ContactNumber", contact -> contact.contactNumber,
          "AccountNumber", contact -> contact.accountNumber,
          "EmailAddress", contact -> contact.email,
          "ContactStatus", contact -> contact.status,
          "IsSupplier", contact -> contact.supplier,
          "UpdatedDateUTC", Stored::updated);

  private final Gate gate;

  Contacts(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/Contacts";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> write(visit, false)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> write(visit, true)));
    router
        .get(path + "/:id")
        .handler(
            gate.guard(
                AREAS,
                false,
                visit -> Envelope.one(visit, "Contacts", existing(visit).json(true))));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::update));
  }

  private Answer list(Gate.Visit visit) {
    Listing<Contact> listing = new Listing<>(visit, FIELDS);
    Set<String> ids = listing.ids("IDs");
    boolean archivedToo = "true".equalsIgnoreCase(visit.call().query("includeArchived"));
    String term = visit.call().query("searchTerm");
    String wanted = term == null ? null : term.toLowerCase(Locale.ROOT);
    List<Contact> selected =
        listing.select(
            visit.organisation().contacts,
            contact ->
                (archivedToo || ids != null || contact.status.equals("ACTIVE"))
                    && (ids == null || ids.contains(contact.id))
                    && (wanted == null
                        || contact.name.toLowerCase(Locale.ROOT).contains(wanted)
                        || wanted.equals(contact.contactNumber)));
    return listing.answer("Contacts", selected, contact -> contact.json(listing.isPaged()));
  }

  private static Contact existing(Gate.Visit visit) {
    String key = visit.call().pathParam("id");
    Contact contact = visit.organisation().contacts.get(Ids.normal(key));
    if (contact == null) {
      contact =
          visit.organisation().contacts.all().stream()
              .filter(one -> key.equals(one.contactNumber))
              .findFirst()
              .orElseThrow(Refusal::notFound);
    }
    return contact;
  }

  private Answer update(Gate.Visit visit) {
    Contact before = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "Contacts");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one contact is expected");
    }
    return Envelope.batch(
        visit, "Contacts", List.of(plan(visit, elements.get(0), before, new HashSet<>())), false);
  }

  private Answer write(Gate.Visit visit, boolean mayUpdate) {
    List<Fields> elements = Fields.elements(visit.call(), "Contacts");
    Bills.checkCount(visit, elements);
    Set<String> names = new HashSet<>();
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      outcomes.add(plan(visit, element, mayUpdate ? target(visit, element) : null, names));
    }
    return Envelope.batch(visit, "Contacts", outcomes, true);
  }

  /** POST without id finds a contact by ContactNumber or Name and updates it. */
  private static Contact target(Gate.Visit visit, Fields element) {
    String id = element.id("ContactID");
    if (id != null) {
      Contact contact = visit.organisation().contacts.get(id);
      if (contact == null) {
        throw Refusal.notFound();
      }
      return contact;
    }
    String number = element.text("ContactNumber");
    String name = element.text("Name");
    return visit.organisation().contacts.all().stream()
        .filter(
            one ->
                (number != null && number.equals(one.contactNumber))
                    || (number == null && one.name.equalsIgnoreCase(name)))
        .findFirst()
        .orElse(null);
  }

  private static Envelope.Outcome plan(
      Gate.Visit visit, Fields element, Contact before, Set<String> names) {
    List<String> errors = new ArrayList<>();
    if (before != null && !before.status.equals("ACTIVE")) {
      errors.add(ContactChoice.ARCHIVED);
    }
    Contact after = before == null ? new Contact(Ids.make()) : before.copy();
    if (element.has("Name")) {
      after.name = element.text("Name");
    }
    checkName(visit, after, names, errors);
    ContactFields.check(visit, element, errors);
    after.contactNumber = limited(element, "ContactNumber", 50, after.contactNumber, errors);
    after.accountNumber = limited(element, "AccountNumber", 50, after.accountNumber, errors);
    after.email = limited(element, "EmailAddress", 255, after.email, errors);
    after.taxNumber = limited(element, "TaxNumber", 50, after.taxNumber, errors);
    after.companyNumber = limited(element, "CompanyNumber", 50, after.companyNumber, errors);
    after.firstName = limited(element, "FirstName", 255, after.firstName, errors);
    after.lastName = limited(element, "LastName", 255, after.lastName, errors);
    String status = element.word("ContactStatus", STATUSES);
    after.status = status == null ? after.status : status;
    after.addresses = array(element, "Addresses", after.addresses);
    after.phones = array(element, "Phones", after.phones);
    if (element.has("PaymentTerms")) {
      after.paymentTerms = element.object("PaymentTerms").source().deepCopy();
    }
    if (!errors.isEmpty()) {
      return Envelope.Outcome.failed(
          Envelope.failed(element, "ContactID", before == null ? null : before.id, errors));
    }
    return Envelope.Outcome.of(
        () -> {
          visit.organisation().contacts.put(after, visit.now());
          return after.written(visit.contactSkew());
        });
  }

  private static void checkName(
      Gate.Visit visit, Contact contact, Set<String> names, List<String> errors) {
    String name = contact.name;
    if (name == null || name.isBlank()) {
      errors.add("The contact name must be specified.");
      return;
    }
    if (name.length() > 255
        || name.contains("<")
        || name.contains(">")
        || !name.equals(name.strip())
        || name.contains("  ")) {
      errors.add(
          "The contact name must not be longer than 255 characters, contain < or >, or have"
              + " leading, trailing or double spaces.");
    }
    boolean taken =
        visit.organisation().contacts.all().stream()
            .anyMatch(
                other ->
                    !other.id.equals(contact.id)
                        && other.status.equals("ACTIVE")
                        && other.name.equalsIgnoreCase(name));
    if (taken || !names.add(name.toLowerCase(Locale.ROOT))) {
      errors.add(
          "The contact name "
              + name
              + " is already assigned to another contact. The contact name must be unique across"
              + " all active contacts.");
    }
  }

  private static String limited(
      Fields element, String field, int limit, String before, List<String> errors) {
    if (!element.has(field)) {
      return before;
    }
    String text = element.text(field);
    if (text.length() > limit) {
      errors.add("The " + field + " must not be longer than " + limit + " characters.");
    }
    return text;
  }

  private static ArrayNode array(Fields element, String field, ArrayNode before) {
    if (!element.has(field)) {
      return before;
    }
    ArrayNode all = Json.array();
    element.objects(field).forEach(one -> all.add(one.source().deepCopy()));
    return all;
  }
}
