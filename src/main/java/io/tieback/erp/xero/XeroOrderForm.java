package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.construction.PurchaseOrder;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Orders and their lines as Xero's JSON (Xero reference section 8). Pure: the same order and
 * connection give the same bytes, keys in a fixed order.
 */
final class XeroOrderForm {

  private static final int DECIMALS = 4;

  private final Supplier<XeroConnection> connection;

  /**
   * @param connection the connection with the tracking category of projects, where that has to be
   *     found by its name
   */
  XeroOrderForm(Supplier<XeroConnection> connection) {
    this.connection = connection;
  }

  /**
   * A whole order.
   *
   * @throws IllegalArgumentException when it cannot be written as it is; the message names field,
   *     limit and remedy. The checks find these first; this is the last gate
   */
  String order(PurchaseOrder order) {
    check(order);
    return text(
        json -> {
          json.writeStartObject();
          json.writeStringField(SentOrder.NUMBER, order.number());
          if (order.title() != null) {
            json.writeStringField("Reference", order.title());
          }
          json.writeObjectFieldStart("Contact");
          json.writeStringField("ContactID", order.contactKey());
          json.writeEndObject();
          json.writeStringField("Date", order.date().toString());
          if (order.deliveryDate() != null) {
            json.writeStringField("DeliveryDate", order.deliveryDate().toString());
          }
          json.writeStringField("LineAmountTypes", order.taxOnTop() ? "Exclusive" : "NoTax");
          json.writeStringField("Status", connection.get().orders().status().name());
          if (order.currency() != null) {
            json.writeStringField("CurrencyCode", order.currency());
          }
          json.writeFieldName("LineItems");
          lines(json, order.lines(), "order " + order.number());
          json.writeEndObject();
        });
  }

  /** Lines alone, as an array. */
  String lines(List<OrderLine> lines, String of) {
    return text(json -> lines(json, lines, of));
  }

  private void lines(JsonGenerator json, List<OrderLine> lines, String of) throws IOException {
    json.writeStartArray();
    int number = 1;
    for (OrderLine line : lines) {
      write(json, line, "line " + number++ + " of " + of);
    }
    json.writeEndArray();
  }

  private void write(JsonGenerator json, OrderLine line, String where) throws IOException {
    check(line, where);
    json.writeStartObject();
    json.writeStringField("Description", line.description());
    json.writeNumberField("Quantity", XeroFigures.plain(line.quantity()));
    json.writeNumberField(
        "UnitAmount", XeroFigures.exactly(line.unitAmount(), DECIMALS, "unit amount", where, ""));
    json.writeNumberField("LineAmount", line.amount().amount());
    if (line.itemCode() != null) {
      json.writeStringField("ItemCode", line.itemCode());
    }
    if (line.accountCode() != null) {
      json.writeStringField("AccountCode", line.accountCode());
    }
    if (line.taxType() != null) {
      json.writeStringField("TaxType", line.taxType());
    }
    if (line.projectKey() != null) {
      json.writeArrayFieldStart("Tracking");
      json.writeStartObject();
      // Ids survive a renamed project, names do not (section 6).
      json.writeStringField("TrackingCategoryID", connection.get().bills().trackingCategoryId());
      json.writeStringField("TrackingOptionID", line.projectKey());
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void check(PurchaseOrder order) {
    require(order.contactKey(), "supplier", order);
    require(order.number(), "number", order);
    if (order.date() == null) {
      throw new IllegalArgumentException(
          "date of order " + order.number() + " is missing: set orders.date");
    }
    if (order.lines().isEmpty()) {
      throw new IllegalArgumentException(
          "order " + order.number() + " has no lines: Xero wants at least one");
    }
    Money sum = Money.sum(order.lines().stream().map(OrderLine::amount).toList());
    if (!sum.equals(order.total()) || sum.isNegative()) {
      throw new IllegalArgumentException(
          "order "
              + order.number()
              + " is composed wrongly: its lines come to "
              + sum
              + ", its total is "
              + order.total()
              + "; Xero takes none below 0.00");
    }
  }

  private void check(OrderLine line, String where) {
    if (line.description() == null || line.description().isBlank()) {
      throw new IllegalArgumentException("description of " + where + " is blank");
    }
    if (line.projectKey() != null && connection.get().bills().trackingCategoryId() == null) {
      throw new IllegalArgumentException(
          where
              + " carries a project, but no tracking category is chosen: set the tracking category"
              + " of the connection");
    }
    XeroFigures.exactly(line.quantity(), DECIMALS, "quantity", where, "");
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

  private static void require(String value, String field, PurchaseOrder order) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          field + " of the order of record " + order.procoreId() + " is missing");
    }
  }

  /** Writes JSON. */
  @FunctionalInterface
  interface Writing {
    void write(JsonGenerator json) throws IOException;
  }

  /** The text that is written. */
  static String text(Writing writing) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Json.mapper().createGenerator(text)) {
      writing.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
