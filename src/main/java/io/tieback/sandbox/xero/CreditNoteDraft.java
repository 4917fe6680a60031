package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A credit note as it would be after a write, and every reason to refuse it: the rules of a bill
 * (reference section 9) without due date and address.
 */
final class CreditNoteDraft {
  private static final int NUMBER_LIMIT = 255;
  private static final List<String> TYPES = List.of("ACCPAYCREDIT", "ACCRECCREDIT");
  private static final List<String> STATUSES =
      List.of("DRAFT", "SUBMITTED", "DELETED", "AUTHORISED", "PAID", "VOIDED");
  private static final List<String> AMOUNT_TYPES = List.of("Exclusive", "Inclusive", "NoTax");
  private static final String NOT_MODIFIABLE = "Credit note not of valid status for modification";

  private final Gate.Visit visit;
  private final Organisation organisation;
  private final Fields fields;
  private final CreditNote before;
  private final CreditNote after;
  private final List<String> errors;
  private ContactChoice contact;

  CreditNoteDraft(Gate.Visit visit, Fields fields, CreditNote before, List<String> errors) {
    this.visit = visit;
    this.organisation = visit.organisation();
    this.fields = fields;
    this.before = before;
    this.after =
        before == null ? new CreditNote(Ids.make(), visit.app().clientId()) : before.copy();
    this.errors = errors;
  }

  /** Fills the draft and collects every error. */
  void read() {
    String type = fields.word("Type", TYPES);
    if ("ACCRECCREDIT".equals(type)) {
      throw new UnsupportedOperationException("the sandbox keeps no sales credit notes");
    }
    if (type == null && before == null) {
      errors.add("Credit note Type must be specified and must be ACCPAYCREDIT or ACCRECCREDIT");
    }
    contact = ContactChoice.of(visit, fields.object("Contact"), errors);
    if (before == null && !contact.isGiven()) {
      errors.add("A Contact must be specified for this type of transaction");
    }
    if (before != null && before.isOver()) {
      errors.add(NOT_MODIFIABLE);
      return;
    }
    readStatus();
    readHeader();
    readLines();
    if (after.isPosted() || after.status.equals("SUBMITTED")) {
      checkApproval();
    }
    String locked = organisation.lockMessage(after.date);
    if (locked == null && before != null) {
      locked = organisation.lockMessage(before.date);
    }
    if (locked != null) {
      errors.add(locked);
    }
  }

  private void readStatus() {
    String wanted = fields.word("Status", STATUSES);
    if (wanted == null) {
      return;
    }
    String from = before == null ? "DRAFT" : before.status;
    boolean possible =
        switch (from) {
          case "DRAFT", "SUBMITTED" ->
              List.of("DRAFT", "SUBMITTED", "AUTHORISED").contains(wanted)
                  || (wanted.equals("DELETED") && before != null);
          case "AUTHORISED" -> wanted.equals("AUTHORISED") || wanted.equals("VOIDED");
          default -> false;
        };
    if (possible) {
      after.status = wanted;
    } else {
      errors.add(NOT_MODIFIABLE);
    }
  }

  private void readHeader() {
    if (contact.isGiven()) {
      after.contactId = contact.id();
    }
    if (fields.has("CreditNoteNumber")) {
      after.number = fields.text("CreditNoteNumber");
      if (after.number.length() > NUMBER_LIMIT) {
        errors.add("The CreditNoteNumber must not be longer than " + NUMBER_LIMIT + " characters.");
      }
    }
    if (fields.has("Date")) {
      after.date = fields.day("Date");
    } else if (before == null) {
      after.date = LocalDate.ofInstant(visit.now(), organisation.zone);
    }
    String amountTypes = fields.word("LineAmountTypes", AMOUNT_TYPES);
    if (amountTypes != null) {
      after.lineAmountTypes = amountTypes;
    }
    String currency = fields.text("CurrencyCode");
    if (currency != null || after.currency == null) {
      after.currency = currency == null ? organisation.baseCurrency : currency;
    }
    if (!after.currency.equals(organisation.baseCurrency)
        && !visit.switches().flag("multicurrency")) {
      errors.add("Organisation is not subscribed to currency " + after.currency);
    }
    BigDecimal rate = fields.decimal("CurrencyRate");
    if (rate != null && !after.currency.equals(organisation.baseCurrency)) {
      after.currencyRate = rate;
    }
  }

  private void readLines() {
    if (fields.has("LineItems")) {
      LineReader reader =
          new LineReader(
              organisation,
              visit.switches(),
              visit.unitDecimals(),
              after.isPosted() || after.status.equals("SUBMITTED"),
              after.lineAmountTypes.equals("NoTax"),
              errors);
      after.lines = reader.readAll(fields.objects("LineItems"), after.lines);
    }
    if (after.lines.isEmpty()) {
      errors.add("One or more line items must be specified");
    }
    after.totals = Totals.of(after.lines, after.lineAmountTypes, organisation);
  }

  private void checkApproval() {
    for (Line line : after.lines) {
      if (!fields.has("LineItems") && line.lineAmount != null && line.accountCode == null) {
        errors.add("Account code must be specified");
      }
    }
    if (after.totals.total().signum() < 0) {
      errors.add("The Total for this document must be greater than or equal to zero.");
    }
  }

  /** Stores it; options on its lines count as used, and its contact becomes a supplier. */
  CreditNote commit() {
    if (contact.isGiven()) {
      after.contactId = contact.commit();
    }
    organisation.contacts.get(after.contactId).supplier = true;
    for (Line line : after.lines) {
      line.tracking.forEach(tracked -> tracked.option().used = true);
    }
    organisation.creditNotes.put(after, visit.now());
    return after;
  }
}
