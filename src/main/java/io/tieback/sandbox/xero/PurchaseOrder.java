package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.time.LocalDate;
import java.util.List;

/** A purchase order (commitment), reference section 8; unit prices have 4 decimals always. */
final class PurchaseOrder extends Stored {
  String contactId;
  String number;
  LocalDate date;
  LocalDate deliveryDate;
  String reference = "";
  String lineAmountTypes = "Exclusive";
  String status = "DRAFT";
  String currency;
  List<Line> lines = List.of();
  Totals totals = new Totals(Totals.ZERO, Totals.ZERO, Totals.ZERO);

  PurchaseOrder(String id) {
    super(id);
  }

  PurchaseOrder copy() {
    PurchaseOrder copy = new PurchaseOrder(id);
    copy.contactId = contactId;
    copy.number = number;
    copy.date = date;
    copy.deliveryDate = deliveryDate;
    copy.reference = reference;
    copy.lineAmountTypes = lineAmountTypes;
    copy.status = status;
    copy.currency = currency;
    copy.lines = lines.stream().map(Line::copy).toList();
    copy.totals = totals;
    copy.updated(updated());
    return copy;
  }

  ObjectNode json(Organisation organisation) {
    ObjectNode json = Json.object().put("PurchaseOrderID", id).put("PurchaseOrderNumber", number);
    Dates.day(json, "Date", date);
    Dates.day(json, "DeliveryDate", deliveryDate);
    json.put("Reference", reference)
        .put("HasErrors", false)
        .put("IsDiscounted", false)
        .put("TotalDiscount", Totals.ZERO);
    json.put("SentToContact", false)
        .put("Type", "PURCHASEORDER")
        .put("CurrencyRate", java.math.BigDecimal.ONE)
        .put("CurrencyCode", currency);
    json.set("Contact", organisation.contacts.get(contactId).json());
    json.put("Status", status).put("LineAmountTypes", lineAmountTypes);
    ArrayNode all = json.putArray("LineItems");
    lines.forEach(line -> all.add(line.json(organisation, 4)));
    json.put("SubTotal", totals.subTotal())
        .put("TotalTax", totals.totalTax())
        .put("Total", totals.total());
    Dates.instant(json, "UpdatedDateUTC", updated());
    return json.put("HasAttachments", false);
  }
}
