package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /CreditNotes}, suppliers' only (reference sections 3.4, 3.6, 11). Unlike bills they have
 * no lists of ids, numbers or suppliers to filter by, only {@code where}.
 */
final class CreditNotes {
  private static final List<String> AREAS = List.of("invoices");
  private static final Map<String, Function<CreditNote, Object>> COMMON =
      Map.ofEntries(
          Map.entry("Type", note -> "ACCPAYCREDIT"),
          Map.entry("Status", note -> note.status),
          Map.entry("Contact.ContactID", note -> note.contactId),
          Map.entry("CreditNoteNumber", note -> note.number),
          Map.entry("CreditNoteID", note -> note.id),
          Map.entry("Reference", note -> ""),
          Map.entry("Date", note -> note.date),
          Map.entry("Total", note -> note.totals.total()),
          Map.entry("RemainingCredit", CreditNote::remaining),
          Map.entry("UpdatedDateUTC", Stored::updated));

  private final Gate gate;

  CreditNotes(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/CreditNotes";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> write(visit, false)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> write(visit, true)));
    router.get(path + "/:id").handler(gate.guard(AREAS, false, this::read));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::update));
  }

  private Answer list(Gate.Visit visit) {
    Organisation organisation = visit.organisation();
    Map<String, Function<CreditNote, Object>> fields = new HashMap<>(COMMON);
    fields.put("Contact.Name", note -> organisation.contacts.get(note.contactId).name);
    Listing<CreditNote> listing = new Listing<>(visit, fields);
    return listing.answer(
        "CreditNotes",
        listing.select(organisation.creditNotes, any -> true),
        note ->
            lineIds(
                visit,
                note.json(
                    organisation,
                    organisation.contacts.get(note.contactId).brief(),
                    listing.isPaged(),
                    visit.unitDecimals())));
  }

  private Answer read(Gate.Visit visit) {
    CreditNote note = existing(visit);
    ObjectNode contact = visit.organisation().contacts.get(note.contactId).json();
    return Envelope.one(
        visit,
        "CreditNotes",
        lineIds(visit, note.json(visit.organisation(), contact, true, visit.unitDecimals())));
  }

  /** Whether lines of credit notes carry their ids is uncertain (section 11). */
  private static ObjectNode lineIds(Gate.Visit visit, ObjectNode json) {
    if (!visit.switches().flag("creditNoteLineIds")) {
      json.path("LineItems").forEach(line -> ((ObjectNode) line).remove("LineItemID"));
    }
    return json;
  }

  private static CreditNote existing(Gate.Visit visit) {
    CreditNote note =
        visit.organisation().creditNotes.get(Ids.normal(visit.call().pathParam("id")));
    if (note == null) {
      throw Refusal.notFound();
    }
    return note;
  }

  private Answer write(Gate.Visit visit, boolean mayUpdate) {
    List<Fields> elements = Fields.elements(visit.call(), "CreditNotes");
    Bills.checkCount(visit, elements);
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      outcomes.add(plan(visit, element, mayUpdate ? target(visit, element) : null));
    }
    if (visit.switches().flag("reverseBatchAnswers")) {
      Collections.reverse(outcomes);
    }
    return Envelope.batch(visit, "CreditNotes", outcomes, true);
  }

  /** The credit note that a POST on the collection means, or null for a new one. */
  private static CreditNote target(Gate.Visit visit, Fields element) {
    String id = element.id("CreditNoteID");
    if (id == null) {
      return null;
    }
    CreditNote note = visit.organisation().creditNotes.get(id);
    if (note == null) {
      throw Refusal.invalid(
          "An existing Credit Note with the specified CreditNoteID could not be found");
    }
    return note;
  }

  private Answer update(Gate.Visit visit) {
    CreditNote before = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "CreditNotes");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one credit note is expected");
    }
    return Envelope.batch(
        visit, "CreditNotes", List.of(plan(visit, elements.get(0), before)), false);
  }

  private static Envelope.Outcome plan(Gate.Visit visit, Fields element, CreditNote before) {
    List<String> errors = new ArrayList<>();
    CreditNoteDraft draft = new CreditNoteDraft(visit, element, before, errors);
    draft.read();
    if (!errors.isEmpty()) {
      String id = before == null ? null : before.id;
      return Envelope.Outcome.failed(
          Envelope.failed(element, "CreditNoteID", id, errors, "Date", "DueDate"));
    }
    return Envelope.Outcome.of(
        () -> {
          CreditNote note = draft.commit();
          ObjectNode contact =
              visit.organisation().contacts.get(note.contactId).written(visit.contactSkew());
          return note.json(visit.organisation(), contact, true, visit.unitDecimals());
        });
  }
}
