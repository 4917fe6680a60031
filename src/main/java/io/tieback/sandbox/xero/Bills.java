package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** {@code /Invoices}, bills only (reference sections 3.4, 3.6 and 9). */
final class Bills {
  private static final List<String> AREAS = List.of("invoices");
  private static final Map<String, Function<Invoice, Object>> COMMON =
      Map.ofEntries(
          Map.entry("Type", invoice -> "ACCPAY"),
          Map.entry("Status", invoice -> invoice.status),
          Map.entry("Contact.ContactID", invoice -> invoice.contactId),
          Map.entry("InvoiceNumber", invoice -> invoice.number),
          Map.entry("InvoiceID", invoice -> invoice.id),
          Map.entry("InvoiceId", invoice -> invoice.id),
          Map.entry("Reference", invoice -> ""),
          Map.entry("Date", invoice -> invoice.date),
          Map.entry("DueDate", invoice -> invoice.dueDate),
          Map.entry("AmountDue", Invoice::amountDue),
          Map.entry("AmountPaid", invoice -> invoice.amountPaid),
          Map.entry("Total", invoice -> invoice.totals.total()),
          Map.entry("UpdatedDateUTC", Stored::updated));

  private final Gate gate;

  Bills(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/Invoices";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> write(visit, false)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> write(visit, true)));
    router.get(path + "/:id").handler(gate.guard(AREAS, false, this::read));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::update));
  }

  private Answer list(Gate.Visit visit) {
    Organisation organisation = visit.organisation();
    Map<String, Function<Invoice, Object>> fields = new HashMap<>(COMMON);
    fields.put("Contact.Name", invoice -> organisation.contacts.get(invoice.contactId).name);
    fields.put(
        "Contact.ContactNumber",
        invoice -> organisation.contacts.get(invoice.contactId).contactNumber);
    Listing<Invoice> listing = new Listing<>(visit, fields);
    boolean summary = "true".equalsIgnoreCase(visit.call().query("summaryOnly"));
    if (summary && !listing.isPaged()) {
      throw Refusal.query("summaryOnly needs a page");
    }
    Invoice.View view =
        new Invoice.View(listing.isPaged() && !summary, !summary, visit.unitDecimals());
    Predicate<Invoice> filter = filter(visit, listing);
    Collection<Invoice> found = indexed(organisation, listing);
    List<Invoice> selected =
        found == null
            ? listing.select(organisation.invoices, filter)
            : listing.selectAmong(found, filter);
    return listing.answer("Invoices", selected, invoice -> invoice.json(organisation, view));
  }

  /** The bills of the ids or numbers asked for, or null when neither is asked for. */
  private static Collection<Invoice> indexed(Organisation organisation, Listing<Invoice> listing) {
    Set<String> ids = listing.ids("IDs");
    if (ids != null) {
      return ids.stream().map(organisation.invoices::get).filter(Objects::nonNull).toList();
    }
    Set<String> numbers = listing.words("InvoiceNumbers");
    return numbers == null
        ? null
        : numbers.stream().flatMap(number -> organisation.billsNumbered(number).stream()).toList();
  }

  private static Predicate<Invoice> filter(Gate.Visit visit, Listing<Invoice> listing) {
    Set<String> ids = listing.ids("IDs");
    Set<String> contacts = listing.ids("ContactIDs");
    Set<String> numbers = listing.words("InvoiceNumbers");
    Set<String> statuses = listing.words("Statuses");
    boolean mine = "true".equalsIgnoreCase(visit.call().query("createdByMyApp"));
    String term = visit.call().query("searchTerm");
    return invoice ->
        (ids == null || ids.contains(invoice.id))
            && (contacts == null || contacts.contains(invoice.contactId))
            && (numbers == null || numbers.contains(invoice.number))
            && (statuses == null || statuses.contains(invoice.status))
            && (!mine || visit.app().clientId().equals(invoice.createdByApp))
            && (term == null
                || invoice
                    .number
                    .toLowerCase(java.util.Locale.ROOT)
                    .contains(term.toLowerCase(java.util.Locale.ROOT)));
  }

  private Answer read(Gate.Visit visit) {
    Invoice invoice = existing(visit);
    return Envelope.one(
        visit, "Invoices", invoice.single(visit.organisation(), visit.unitDecimals()));
  }

  private static Invoice existing(Gate.Visit visit) {
    Invoice invoice = visit.organisation().invoices.get(Ids.normal(visit.call().pathParam("id")));
    if (invoice == null) {
      throw Refusal.notFound();
    }
    return invoice;
  }

  private Answer write(Gate.Visit visit, boolean mayUpdate) {
    List<Fields> elements = Fields.elements(visit.call(), "Invoices");
    checkCount(visit, elements);
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      outcomes.add(plan(visit, element, mayUpdate ? target(visit, element) : null));
    }
    if (visit.switches().flag("reverseBatchAnswers")) {
      Collections.reverse(outcomes);
    }
    return Envelope.batch(visit, "Invoices", outcomes, true);
  }

  static void checkCount(Gate.Visit visit, List<Fields> elements) {
    int limit = visit.switches().number("bulkLimit");
    if (elements.isEmpty()) {
      throw Refusal.invalid("No elements were provided");
    }
    if (limit > 0 && elements.size() > limit) {
      throw Refusal.invalid("More than " + limit + " elements were provided");
    }
  }

  /** The bill that a POST on the collection means, or null for a new one. */
  private static Invoice target(Gate.Visit visit, Fields element) {
    String id = element.id("InvoiceID");
    if (id != null) {
      Invoice invoice = visit.organisation().invoices.get(id);
      if (invoice == null) {
        throw Refusal.notFound();
      }
      return invoice;
    }
    String number = element.text("InvoiceNumber");
    if (number == null || visit.switches().choice("postMatchesNumber").equals("create")) {
      return null;
    }
    Invoice match = null;
    for (Invoice invoice : visit.organisation().billsNumbered(number)) {
      match = invoice.isOver() ? match : invoice;
    }
    return match;
  }

  private Answer update(Gate.Visit visit) {
    Invoice before = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "Invoices");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one invoice is expected");
    }
    String id = elements.get(0).id("InvoiceID");
    if (id != null && !id.equals(before.id)) {
      throw Refusal.invalid("The InvoiceID in the body is not the one in the path");
    }
    return Envelope.batch(visit, "Invoices", List.of(plan(visit, elements.get(0), before)), false);
  }

  /**
   * Checks one element against the books as they are; nothing is stored until the outcome is
   * committed.
   */
  private static Envelope.Outcome plan(Gate.Visit visit, Fields element, Invoice before) {
    List<String> errors = new ArrayList<>();
    BillDraft draft = new BillDraft(visit, element, before, errors);
    draft.read();
    if (!errors.isEmpty()) {
      String id = before == null ? null : before.id;
      return Envelope.Outcome.failed(
          Envelope.failed(
              element, "InvoiceID", id, errors, "Date", "DueDate", "PlannedPaymentDate"));
    }
    return Envelope.Outcome.of(() -> store(visit, draft));
  }

  private static ObjectNode store(Gate.Visit visit, BillDraft draft) {
    Invoice invoice = draft.commit();
    return invoice.written(visit.organisation(), visit.unitDecimals(), visit.contactSkew());
  }
}
