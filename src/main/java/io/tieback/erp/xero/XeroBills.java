package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.LineTax;
import io.tieback.construction.Money;
import io.tieback.construction.TaxSettings;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.xero.XeroConnection.BillStatus;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A bill as Xero's JSON, or as a credit note's when it comes to less than zero (Xero reference
 * section 9). Pure: the same bill and connection give the same bytes, keys in a fixed order, so
 * that a digest of them can be accepted and a batch be sent again as it was.
 */
final class XeroBills {

  static final int PRICE_DECIMALS = 4;

  private static final String REMEDY = "bill it as an amount";

  private final XeroConnection connection;

  XeroBills(XeroConnection connection) {
    this.connection = connection;
  }

  /**
   * Renders one bill.
   *
   * @throws IllegalArgumentException when the bill cannot be written as it is; the message names
   *     field, limit and remedy. The checks find these first; this is the last gate, so that
   *     nothing is ever rounded or left out on the way
   */
  ErpDocument render(Bill bill) {
    check(bill);
    XeroDocument kind = XeroDocument.of(bill);
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("Type", kind.type());
      // The id alone: any other field of the contact would change it, and a name would make one
      // (section 7).
      json.writeObjectFieldStart("Contact");
      json.writeStringField("ContactID", bill.contactKey());
      json.writeEndObject();
      json.writeStringField(kind.numberField(), bill.number());
      json.writeStringField("Date", bill.date().toString());
      if (bill.dueDate() != null && kind == XeroDocument.BILL) {
        json.writeStringField("DueDate", bill.dueDate().toString());
      }
      json.writeStringField("LineAmountTypes", amounts(bill));
      json.writeStringField("Status", connection.bills().status().name());
      if (bill.currency() != null) {
        json.writeStringField("CurrencyCode", bill.currency());
      }
      if (kind == XeroDocument.BILL) {
        json.writeStringField("Url", bill.marker());
      }
      json.writeArrayFieldStart("LineItems");
      int number = 1;
      for (BillLine line : bill.lines()) {
        write(json, turned(kind, line), "line " + number++ + " of bill " + bill.number());
      }
      if (kind == XeroDocument.CREDIT_NOTE) {
        json.writeStartObject();
        json.writeStringField("Description", XeroDocument.markerLine(bill.marker()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ErpDocument.of(bill.marker(), text.toString());
  }

  /** A line as it stands on the document: a credit note's have the opposite sign. */
  private static BillLine turned(XeroDocument kind, BillLine line) {
    if (kind == XeroDocument.BILL) {
      return line;
    }
    boolean negativeUnits = line.quantity().signum() < 0;
    return new BillLine(
        line.kind(),
        line.description(),
        negativeUnits ? line.quantity().negate() : line.quantity(),
        negativeUnits ? line.unitAmount() : line.unitAmount().negate(),
        kind.turned(line.amount()),
        line.itemCode(),
        line.accountCode(),
        line.projectKey(),
        line.taxCodeOriginId(),
        line.sourceItems(),
        line.tax() == null
            ? null
            : new LineTax(line.tax().type(), kind.turned(line.tax().amount())));
  }

  /**
   * A batch's body: each document exactly as it was rendered. Bills and credit notes go to lists of
   * their own, so each kind is one line here, the body of one call; JSON holds no line break that
   * is not escaped.
   *
   * @throws IllegalArgumentException for no document, or more than one call may carry
   */
  byte[] batchBody(List<ErpDocument> documents) {
    if (documents.isEmpty() || documents.size() > connection.documentsPerCall()) {
      throw new IllegalArgumentException(
          documents.size()
              + " documents in one call: must be 1 to "
              + connection.documentsPerCall()
              + " (setting documents per call)");
    }
    return Arrays.stream(XeroDocument.values())
        .map(kind -> callBody(kind, documents))
        .filter(body -> !body.isEmpty())
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String callBody(XeroDocument kind, List<ErpDocument> documents) {
    List<String> bodies =
        documents.stream().map(ErpDocument::body).filter(body -> isOf(kind, body)).toList();
    return bodies.isEmpty()
        ? ""
        : bodies.stream().collect(Collectors.joining(",", "{\"" + kind.plural() + "\":[", "]}"));
  }

  /** The type is the first field of every document that {@link #render} makes. */
  private static boolean isOf(XeroDocument kind, String body) {
    return body.startsWith("{\"Type\":\"" + kind.type() + "\"");
  }

  private void write(JsonGenerator json, BillLine line, String where) throws IOException {
    json.writeStartObject();
    json.writeStringField("Description", line.description());
    json.writeNumberField("Quantity", XeroFigures.plain(line.quantity()));
    json.writeNumberField(
        "UnitAmount",
        XeroFigures.exactly(line.unitAmount(), PRICE_DECIMALS, "unit amount", where, REMEDY));
    json.writeNumberField("LineAmount", line.amount().amount());
    if (line.itemCode() != null) {
      json.writeStringField("ItemCode", line.itemCode());
    }
    if (line.accountCode() != null) {
      json.writeStringField("AccountCode", line.accountCode());
    }
    if (line.tax() != null) {
      json.writeStringField("TaxType", line.tax().type());
      // Said, so that the bill bears what was held against Procore's figure, to the cent.
      json.writeNumberField("TaxAmount", line.tax().amount().amount());
    }
    if (line.projectKey() != null) {
      json.writeArrayFieldStart("Tracking");
      json.writeStartObject();
      // Ids survive a renamed project, names do not (section 6).
      json.writeStringField("TrackingCategoryID", connection.bills().trackingCategoryId());
      json.writeStringField("TrackingOptionID", line.projectKey());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  /** Xero's word for how amounts relate to tax. */
  private static String amounts(Bill bill) {
    return switch (bill.taxAmounts()) {
      case NONE -> "NoTax";
      case EXCLUSIVE -> "Exclusive";
      case INCLUSIVE -> "Inclusive";
    };
  }

  private void check(Bill bill) {
    require(bill.marker(), "address (Url)", bill);
    require(bill.contactKey(), "supplier", bill);
    require(bill.number(), "number", bill);
    if (bill.marker().toLowerCase(Locale.ROOT).contains("xero")) {
      throw new IllegalArgumentException(
          "address (Url) of bill "
              + bill.number()
              + " contains 'xero', which Xero refuses: change the connection's name or Procore web"
              + " address");
    }
    if (bill.date() == null) {
      throw new IllegalArgumentException(
          "date of bill "
              + bill.number()
              + " is missing: set the invoice's billing date in Procore");
    }
    if (bill.dueDate() == null
        && !bill.isCredit()
        && connection.bills().status() != BillStatus.DRAFT) {
      throw new IllegalArgumentException(
          "due date of bill "
              + bill.number()
              + " is missing, and Xero takes only a DRAFT without one: set the payment due date in"
              + " Procore");
    }
    if (bill.lines().isEmpty()) {
      throw new IllegalArgumentException(
          "bill " + bill.number() + " has no lines: an invoice that bills nothing is not sent");
    }
    int number = 1;
    for (BillLine line : bill.lines()) {
      String where = "line " + number++ + " of bill " + bill.number();
      check(line, where);
      if ((line.tax() == null) != (bill.taxAmounts() == TaxSettings.Amounts.NONE)) {
        throw new IllegalArgumentException(
            where
                + (line.tax() == null ? " has no tax" : " has tax")
                + ", but the bill's amounts are "
                + amounts(bill)
                + ": a step of the route changed it");
      }
    }
    Money sum = Money.sum(bill.lines().stream().map(BillLine::amount).toList());
    if (!sum.equals(bill.total())) {
      throw new IllegalArgumentException(
          "bill "
              + bill.number()
              + " is composed wrongly: its lines come to "
              + sum
              + ", its total is "
              + bill.total());
    }
  }

  private void check(BillLine line, String where) {
    if (line.description() == null || line.description().isBlank()) {
      throw new IllegalArgumentException(
          "description of " + where + " is blank: Xero wants at least one character");
    }
    if (line.itemCode() == null && line.accountCode() == null) {
      throw new IllegalArgumentException(
          where
              + " has neither item nor account: link its cost code, or set the default account of"
              + " the connection");
    }
    if (line.projectKey() != null && connection.bills().trackingCategoryId() == null) {
      throw new IllegalArgumentException(
          where
              + " carries a project, but no tracking category is chosen: set the tracking category"
              + " of the connection");
    }
    XeroFigures.exactly(line.quantity(), PRICE_DECIMALS, "quantity", where, REMEDY);
    XeroFigures.exactly(line.unitAmount(), PRICE_DECIMALS, "unit amount", where, REMEDY);
    Money product = Money.rounded(line.quantity().multiply(line.unitAmount()));
    if (!product.equals(line.amount())) {
      throw new IllegalArgumentException(
          where
              + ": quantity "
              + line.quantity().toPlainString()
              + " times price "
              + line.unitAmount().toPlainString()
              + " comes to "
              + product
              + ", not to its amount "
              + line.amount()
              + ", and Xero refuses that");
    }
  }

  private static void require(String value, String field, Bill bill) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          field
              + " of bill "
              + bill.number()
              + " for requisition "
              + bill.procoreId()
              + " is missing");
    }
  }
}
