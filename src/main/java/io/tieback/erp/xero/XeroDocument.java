package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.Money;

/**
 * The two documents that an invoice becomes in Xero, and where each carries its marker.
 *
 * <p>A bill carries it in {@code Url}. A credit note has no such field: its number is what people
 * compare with the supplier's paper and correct, and its {@code Reference} is for sales only and
 * dropped. So it stands in a line of its own, without an amount, whose text leads back to Procore:
 * nobody has a reason to edit it, it comes with every page of the list, and it never counts.
 */
enum XeroDocument {
  BILL("Invoices", "InvoiceID", "InvoiceNumber", "ACCPAY", "bill"),
  CREDIT_NOTE("CreditNotes", "CreditNoteID", "CreditNoteNumber", "ACCPAYCREDIT", "credit note");

  private static final String MARK = "tieback=";
  private static final String WORDS = "Subcontractor invoice in Procore: ";

  private final String plural;
  private final String idField;
  private final String numberField;
  private final String type;
  private final String word;

  XeroDocument(String plural, String idField, String numberField, String type, String word) {
    this.plural = plural;
    this.idField = idField;
    this.numberField = numberField;
    this.type = type;
    this.word = word;
  }

  /** What a bill becomes. */
  static XeroDocument of(Bill bill) {
    return bill.isCredit() ? CREDIT_NOTE : BILL;
  }

  /** What a document of ours is. */
  static XeroDocument of(JsonNode document) {
    return CREDIT_NOTE.type.equals(XeroJson.text(document, "Type")) ? CREDIT_NOTE : BILL;
  }

  /** Name of the list, in paths and bodies. */
  String plural() {
    return plural;
  }

  /** Path of the list. */
  String path() {
    return "/" + plural;
  }

  /** Field with the id. */
  String idField() {
    return idField;
  }

  /** Field with the number. */
  String numberField() {
    return numberField;
  }

  /** Xero's word for it. */
  String type() {
    return type;
  }

  /** The word for people. */
  String word() {
    return word;
  }

  /** The filter of the list that leaves sales out. */
  String where() {
    return "Type==\"" + type + "\"";
  }

  /** An amount of the canonical bill as it stands on the document, and back. */
  Money turned(Money amount) {
    return this == CREDIT_NOTE ? amount.negated() : amount;
  }

  /** The text of the line that carries the marker of a credit note. */
  static String markerLine(String marker) {
    return WORDS + marker;
  }

  /** The marker of a document, of whomever; null when it has none. */
  String marker(JsonNode document) {
    if (this == BILL) {
      return XeroJson.text(document, "Url");
    }
    for (JsonNode line : document.path("LineItems")) {
      String marker = markerIn(line);
      if (marker != null) {
        return marker;
      }
    }
    return null;
  }

  /** Whether a line only carries the marker. */
  boolean isMarkerLine(JsonNode line) {
    return this == CREDIT_NOTE && markerIn(line) != null;
  }

  /** People may write around an address; it is the address that counts. */
  private static String markerIn(JsonNode line) {
    String text = XeroJson.text(line, "Description");
    if (text == null || !text.contains(MARK)) {
      return null;
    }
    for (String word : text.split("\\s+")) {
      if (word.startsWith("http") && word.contains(MARK)) {
        return word;
      }
    }
    return null;
  }

  /** How a person gives a document the marker. */
  String howToMark(String marker) {
    return this == BILL
        ? "give it the address " + marker + " (its field Url, through Xero's API)"
        : "add a line to it, without an amount, with the description " + markerLine(marker);
  }
}
