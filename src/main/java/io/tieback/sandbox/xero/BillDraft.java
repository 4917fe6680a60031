package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A bill as it would be after a write: what is given over what was, and every reason to refuse it
 * (reference section 9).
 */
final class BillDraft {
  private static final int NUMBER_LIMIT = 255;
  private static final List<String> TYPES =
      List.of(
          "ACCPAY",
          "ACCPAYCREDIT",
          "APOVERPAYMENT",
          "APPREPAYMENT",
          "ACCREC",
          "ACCRECCREDIT",
          "AROVERPAYMENT",
          "ARPREPAYMENT");
  private static final List<String> STATUSES =
      List.of("DRAFT", "SUBMITTED", "DELETED", "AUTHORISED", "PAID", "VOIDED");
  private static final List<String> AMOUNT_TYPES = List.of("Exclusive", "Inclusive", "NoTax");
  private static final String NOT_MODIFIABLE = "Invoice not of valid status for modification";
  private static final String FROZEN =
      "This document cannot be edited as it has a payment or credit note allocated to it.";

  private final Gate.Visit visit;
  private final Organisation organisation;
  private final Fields fields;
  private final Invoice before;
  private final Invoice after;
  private final List<String> errors;
  private ContactChoice contact;

  BillDraft(Gate.Visit visit, Fields fields, Invoice before, List<String> errors) {
    this.visit = visit;
    this.organisation = visit.organisation();
    this.fields = fields;
    this.before = before;
    this.after = before == null ? new Invoice(Ids.make(), visit.app().clientId()) : before.copy();
    this.errors = errors;
  }

  /** Fills the draft and collects every error. */
  void read() {
    readType();
    contact = ContactChoice.of(visit, fields.object("Contact"), errors);
    if (before == null && !contact.isGiven()) {
      errors.add("A Contact must be specified for this type of transaction");
    }
    if (before != null && before.isOver()) {
      errors.add(NOT_MODIFIABLE);
      return;
    }
    readStatus();
    if (!errors.isEmpty() && before != null) {
      return;
    }
    readHeader();
    readLines();
    checkStatedTotals();
    if (before != null && before.amountPaid.signum() != 0) {
      checkFrozen();
    }
    checkApproval();
    checkLocks();
  }

  private void readType() {
    String type = fields.word("Type", TYPES);
    if (type != null && type.equals("ACCREC")) {
      throw new UnsupportedOperationException("the sandbox keeps bills only, no sales invoices");
    }
    if ((type == null && before == null) || (type != null && !type.equals("ACCPAY"))) {
      errors.add("Invoice Type must be specified and must be ACCPAY or ACCREC");
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
          case "PAID" ->
              wanted.equals("PAID") || wanted.equals("AUTHORISED") || wanted.equals("VOIDED");
          default -> false;
        };
    if (!possible) {
      errors.add(NOT_MODIFIABLE);
    } else if (wanted.equals("VOIDED") && before.amountPaid.signum() != 0) {
      errors.add(
          "The status VOIDED cannot be applied to the invoice because it has payments or credit"
              + " notes allocated to it.");
    } else if (!from.equals("PAID") || wanted.equals("VOIDED")) {
      after.status = wanted;
    }
  }

  private void readHeader() {
    if (contact.isGiven()) {
      after.contactId = contact.id();
    }
    if (fields.has("InvoiceNumber")) {
      after.number = fields.text("InvoiceNumber");
      if (after.number.length() > NUMBER_LIMIT) {
        errors.add("The InvoiceNumber must not be longer than " + NUMBER_LIMIT + " characters.");
      }
    }
    if (fields.has("Date")) {
      after.date = fields.day("Date");
    } else if (before == null) {
      after.date = LocalDate.ofInstant(visit.now(), organisation.zone);
    }
    if (fields.has("DueDate")) {
      after.dueDate = fields.day("DueDate");
    } else if (before == null
        && visit.switches().flag("dueDateFromPaymentTerms")
        && contact.isGiven()) {
      after.dueDate = contact.dueDate(after.date);
    }
    if (fields.has("PlannedPaymentDate")) {
      after.plannedPaymentDate = fields.day("PlannedPaymentDate");
    }
    String amountTypes = fields.word("LineAmountTypes", AMOUNT_TYPES);
    if (amountTypes != null) {
      after.lineAmountTypes = amountTypes;
    }
    readCurrency();
    readUrl();
  }

  private void readCurrency() {
    String currency = fields.text("CurrencyCode");
    if (currency == null && after.currency == null) {
      currency = organisation.baseCurrency;
    }
    if (currency != null) {
      if (!currency.matches("[A-Z]{3}")) {
        throw Refusal.unreadable(
            "JSON for post data was invalid: could not convert 'CurrencyCode' to a currency");
      }
      if (!currency.equals(organisation.baseCurrency) && !visit.switches().flag("multicurrency")) {
        errors.add("Organisation is not subscribed to currency " + currency);
      }
      after.currency = currency;
    }
    BigDecimal rate = fields.decimal("CurrencyRate");
    if (rate != null && !after.currency.equals(organisation.baseCurrency)) {
      after.currencyRate = rate;
    }
  }

  private void readUrl() {
    if (!fields.has("Url")) {
      return;
    }
    after.url = fields.text("Url");
    if (after.url.isEmpty()) {
      after.url = null;
      return;
    }
    try {
      URI uri = new URI(after.url);
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (!web || uri.getHost() == null) {
        errors.add("Url must be a valid absolute http or https address");
      }
    } catch (java.net.URISyntaxException e) {
      errors.add("Url must be a valid absolute http or https address");
    }
    if (after.url.toLowerCase(Locale.ROOT).contains("xero")) {
      errors.add("Url cannot contain the word 'xero'");
    }
  }

  private boolean isApproved() {
    return List.of("AUTHORISED", "SUBMITTED", "PAID").contains(after.status);
  }

  private void readLines() {
    if (fields.has("LineItems")) {
      LineReader reader =
          new LineReader(
              organisation,
              visit.switches(),
              visit.unitDecimals(),
              isApproved(),
              after.lineAmountTypes.equals("NoTax"),
              errors);
      after.lines = reader.readAll(fields.objects("LineItems"), after.lines);
    }
    if (after.lines.isEmpty()) {
      errors.add("One or more line items must be specified");
    }
    after.totals = Totals.of(after.lines, after.lineAmountTypes, organisation);
  }

  private void checkStatedTotals() {
    BigDecimal total = fields.decimal("Total");
    BigDecimal subTotal = fields.decimal("SubTotal");
    BigDecimal totalTax = fields.decimal("TotalTax");
    boolean agrees =
        (total == null || total.compareTo(after.totals.total()) == 0)
            && (subTotal == null || subTotal.compareTo(after.totals.subTotal()) == 0)
            && (totalTax == null || totalTax.compareTo(after.totals.totalTax()) == 0);
    if (!agrees) {
      errors.add("The invoice total does not equal the sum of the lines.");
    }
  }

  private void checkFrozen() {
    boolean same =
        Objects.equals(before.date, after.date)
            && before.lineAmountTypes.equals(after.lineAmountTypes)
            && before.currency.equals(after.currency)
            && before.currencyRate.compareTo(after.currencyRate) == 0
            && before.totals.total().compareTo(after.totals.total()) == 0
            && before.lines.size() == after.lines.size();
    for (int i = 0; same && i < before.lines.size(); i++) {
      Line old = before.lines.get(i);
      same =
          after.lines.stream()
              .anyMatch(line -> line.id.equals(old.id) && line.frozenPartEquals(old));
    }
    if (!same) {
      errors.add(FROZEN);
    }
  }

  private void checkApproval() {
    if (!isApproved()) {
      return;
    }
    if (after.dueDate == null) {
      errors.add("Due date cannot be empty");
    }
    for (Line line : after.lines) {
      if (!fields.has("LineItems") && line.lineAmount != null && line.accountCode == null) {
        errors.add("Account code must be specified");
      }
    }
    if (after.totals.total().signum() < 0) {
      errors.add("The Total for this document must be greater than or equal to zero.");
    }
  }

  private void checkLocks() {
    String locked = organisation.lockMessage(after.date);
    if (locked == null && before != null) {
      locked = organisation.lockMessage(before.date);
    }
    if (locked != null) {
      errors.add(locked);
    }
  }

  /** Stores it; options on its lines count as used, and its contact becomes a supplier. */
  Invoice commit() {
    if (contact.isGiven()) {
      after.contactId = contact.commit();
    }
    Contact supplier = organisation.contacts.get(after.contactId);
    supplier.supplier = true;
    for (Line line : after.lines) {
      line.tracking.forEach(tracked -> tracked.option().used = true);
    }
    after.settle();
    organisation.putBill(after, visit.now());
    return after;
  }
}
