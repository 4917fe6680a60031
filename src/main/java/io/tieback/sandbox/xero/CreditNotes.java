package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /CreditNotes}, suppliers' only, reading (reference sections 3.6, 11). Unlike bills they
 * have no lists of ids, numbers or suppliers to filter by, only {@code where}.
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
    router.get(path + "/:id").handler(gate.guard(AREAS, false, this::read));
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
    CreditNote note =
        visit.organisation().creditNotes.get(Ids.normal(visit.call().pathParam("id")));
    if (note == null) {
      throw Refusal.notFound();
    }
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
}
