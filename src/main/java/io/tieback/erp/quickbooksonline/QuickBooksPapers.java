package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TaxSettings;
import io.tieback.erp.ErpDocument;
import io.tieback.wire.Json;
import java.util.List;

/**
 * Bills, vendor credits and purchase orders as QuickBooks Online's JSON (reference sections 3.5,
 * 3.6, 3.8). Pure but for the ids of what they name: the same document, style and ids give the same
 * bytes, keys in a fixed order, so that a digest of them can be accepted.
 */
final class QuickBooksPapers {

  static final String LINES = "Line";
  private static final String INVOICE_WORDS = "Subcontractor invoice in Procore";
  static final String ORDER_WORDS = "Commitment in Procore: ";

  private final QuickBooksStyle style;
  private final QuickBooksReferences references;

  QuickBooksPapers(QuickBooksStyle style, QuickBooksReferences references) {
    this.style = style;
    this.references = references;
  }

  /**
   * A bill, or a vendor credit for one below zero.
   *
   * @throws IllegalArgumentException when it cannot be written as it is; the message names field,
   *     limit and remedy. The checks find these first; this is the last gate
   */
  ErpDocument bill(Bill bill) {
    QuickBooksEntity entity = QuickBooksEntity.of(bill);
    String of = entity.word() + " " + bill.number();
    check(bill, of);
    ObjectNode document = Json.object();
    QuickBooksJson.refer(document, "VendorRef", bill.contactKey());
    if (style.payableAccount() != null) {
      QuickBooksJson.refer(document, "APAccountRef", references.payable());
    }
    document.put("DocNumber", bill.number()).put("TxnDate", bill.date().toString());
    if (bill.dueDate() != null && entity == QuickBooksEntity.BILL) {
      document.put("DueDate", bill.dueDate().toString());
    }
    QuickBooksJson.refer(document, "CurrencyRef", bill.currency());
    document.put("PrivateNote", note(INVOICE_WORDS, bill.marker(), of));
    tax(document, bill.taxAmounts() != TaxSettings.Amounts.NONE);
    ArrayNode lines = document.putArray(LINES);
    for (BillLine line : bill.lines()) {
      lines.add(
          QuickBooksLine.of(line, entity)
              .json(style, references, "line " + (lines.size() + 1) + " of " + of));
    }
    return QuickBooksEnvelope.toCreate(
        bill.marker(), entity, entity.turned(bill.payable()), document);
  }

  /**
   * A purchase order.
   *
   * @throws IllegalArgumentException as {@link #bill}
   */
  ErpDocument order(PurchaseOrder order) {
    return QuickBooksEnvelope.toCreate(
        order.marker(),
        QuickBooksEntity.PURCHASE_ORDER,
        // What QuickBooks adds as tax to an order is not known here.
        order.taxOnTop() ? null : order.total(),
        orderJson(order));
  }

  /** A purchase order as it is sent. */
  ObjectNode orderJson(PurchaseOrder order) {
    String of = "purchase order " + order.number();
    check(order, of);
    ObjectNode document = Json.object();
    QuickBooksJson.refer(document, "VendorRef", order.contactKey());
    QuickBooksJson.refer(document, "APAccountRef", references.payable());
    document.put("DocNumber", order.number()).put("TxnDate", order.date().toString());
    if (order.deliveryDate() != null) {
      document.put("DueDate", order.deliveryDate().toString());
    }
    QuickBooksJson.refer(document, "CurrencyRef", order.currency());
    String words = ORDER_WORDS + (order.title() == null ? order.number() : order.title());
    document.put("PrivateNote", note(words, order.marker(), of));
    tax(document, order.taxOnTop());
    document.set(LINES, lines(order.lines(), of));
    return document;
  }

  /** Lines of orders. */
  ArrayNode lines(List<OrderLine> lines, String of) {
    ArrayNode written = Json.array();
    for (OrderLine line : lines) {
      written.add(
          QuickBooksLine.of(line)
              .json(style, references, "line " + (written.size() + 1) + " of " + of));
    }
    return written;
  }

  /** Required outside the US, unknown inside (section 3.5). */
  private void tax(ObjectNode document, boolean bearsTax) {
    if (style.tax()) {
      document.put("GlobalTaxCalculation", bearsTax ? "TaxExcluded" : "NotApplicable");
    }
  }

  private static String note(String words, String marker, String of) {
    String note = QuickBooksMarker.note(words, marker);
    if (note.length() > QuickBooksLimits.NOTE_LENGTH) {
      throw new IllegalArgumentException(
          "note of "
              + of
              + " has "
              + note.length()
              + " characters, QuickBooks Online takes "
              + QuickBooksLimits.NOTE_LENGTH
              + ": shorten the title in Procore");
    }
    return note;
  }

  private void check(Bill bill, String of) {
    require(bill.marker(), "marker", of);
    require(bill.contactKey(), "supplier", of);
    number(bill.number(), of);
    if (bill.date() == null) {
      throw new IllegalArgumentException(
          "date of " + of + " is missing: set the invoice's billing date in Procore");
    }
    if (bill.lines().isEmpty()) {
      throw new IllegalArgumentException(
          of + " has no lines: an invoice that bills nothing is not sent");
    }
    taxed(bill.taxAmounts() != TaxSettings.Amounts.NONE, of);
    if (bill.taxAmounts() == TaxSettings.Amounts.INCLUSIVE) {
      throw new IllegalArgumentException(
          of
              + " has amounts that hold their tax, and how QuickBooks Online keeps such amounts is"
              + " not certain: set the amounts of the connection's lines to Exclusive");
    }
    int number = 1;
    for (BillLine line : bill.lines()) {
      if ((line.tax() == null) != (bill.taxAmounts() == TaxSettings.Amounts.NONE)) {
        throw new IllegalArgumentException(
            "line "
                + number
                + " of "
                + of
                + (line.tax() == null ? " has no tax" : " has tax")
                + ", unlike the bill: a step of the route changed it");
      }
      number++;
    }
    sum(bill.lines().stream().map(BillLine::amount).toList(), bill.total(), of);
  }

  private void check(PurchaseOrder order, String of) {
    require(order.marker(), "marker", of);
    require(order.contactKey(), "supplier", of);
    number(order.number(), of);
    if (order.date() == null) {
      throw new IllegalArgumentException("date of " + of + " is missing: set orders.date");
    }
    if (order.lines().isEmpty()) {
      throw new IllegalArgumentException(
          of + " has no lines: QuickBooks Online wants at least one");
    }
    taxed(order.taxOnTop(), of);
    sum(order.lines().stream().map(OrderLine::amount).toList(), order.total(), of);
    if (order.total().isNegative()) {
      throw new IllegalArgumentException(
          of
              + " comes to "
              + order.total()
              + "; QuickBooks Online takes none below 0.00: correct the commitment in Procore");
    }
  }

  private void taxed(boolean bearsTax, String of) {
    if (bearsTax && !style.tax()) {
      throw new IllegalArgumentException(
          of
              + " bears tax, and QuickBooks Online keeps none on purchases of a company in the US:"
              + " set the amounts of the connection's lines to NoTax");
    }
  }

  private static void sum(List<Money> amounts, Money total, String of) {
    Money sum = Money.sum(amounts);
    if (!sum.equals(total)) {
      throw new IllegalArgumentException(
          of + " is composed wrongly: its lines come to " + sum + ", its total is " + total);
    }
  }

  private static void number(String number, String of) {
    require(number, "number", of);
    if (number.length() > QuickBooksLimits.NUMBER_LENGTH) {
      throw new IllegalArgumentException(
          "number of "
              + of
              + " has "
              + number.length()
              + " characters, QuickBooks Online takes "
              + QuickBooksLimits.NUMBER_LENGTH
              + " (QBO-INV-04): accept it with a shorter ERP number");
    }
  }

  private static void require(String value, String field, String of) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(field + " of " + of + " is missing");
    }
  }
}
