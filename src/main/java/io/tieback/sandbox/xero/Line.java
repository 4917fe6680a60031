package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** A line of a bill or a purchase order. Amounts are null on a line that is a description only. */
final class Line {
  /** A tracking option on a line. */
  record Tracked(Organisation.TrackingCategory category, Organisation.Option option) {}

  final String id;
  String description;
  BigDecimal quantity;
  BigDecimal unitAmount;
  BigDecimal lineAmount;
  Organisation.Item item;
  String accountCode;
  String taxType;
  BigDecimal taxAmount;
  boolean taxGiven;
  List<Tracked> tracking = List.of();

  Line(String id) {
    this.id = id;
  }

  Line copy() {
    Line copy = new Line(id);
    copy.description = description;
    copy.quantity = quantity;
    copy.unitAmount = unitAmount;
    copy.lineAmount = lineAmount;
    copy.item = item;
    copy.accountCode = accountCode;
    copy.taxType = taxType;
    copy.taxAmount = taxAmount;
    copy.taxGiven = taxGiven;
    copy.tracking = tracking;
    return copy;
  }

  /** Whether amounts and codes that a payment freezes are the same (section 9: paid edits). */
  boolean frozenPartEquals(Line other) {
    return same(quantity, other.quantity)
        && same(unitAmount, other.unitAmount)
        && same(lineAmount, other.lineAmount)
        && same(taxAmount, other.taxAmount)
        && item == other.item
        && java.util.Objects.equals(taxType, other.taxType);
  }

  private static boolean same(BigDecimal a, BigDecimal b) {
    return a == null || b == null ? a == b : a.compareTo(b) == 0;
  }

  /** As documents show it, unit prices rounded to the decimals asked for. */
  ObjectNode json(Organisation organisation, int unitDecimals) {
    ObjectNode json = Json.object();
    if (item != null) {
      json.put("ItemCode", item.code);
    }
    if (description != null) {
      json.put("Description", description);
    }
    if (lineAmount != null) {
      json.put("UnitAmount", unitAmount.setScale(unitDecimals, RoundingMode.HALF_UP));
      if (taxType != null) {
        json.put("TaxType", taxType);
      }
      json.put("TaxAmount", taxAmount).put("LineAmount", lineAmount);
      if (accountCode != null) {
        json.put("AccountCode", accountCode).put("AccountID", organisation.account(accountCode).id);
      }
    }
    if (item != null) {
      json.putObject("Item").put("ItemID", item.id).put("Name", item.name).put("Code", item.code);
    }
    ArrayNode tracks = json.putArray("Tracking");
    for (Tracked tracked : tracking) {
      tracks
          .addObject()
          .put("Name", tracked.category().name)
          .put("Option", tracked.option().name)
          .put("TrackingCategoryID", tracked.category().id)
          .put("TrackingOptionID", tracked.option().id);
    }
    if (quantity != null) {
      json.put("Quantity", quantity);
    }
    json.put("LineItemID", id);
    json.putArray("ValidationErrors");
    return json;
  }
}
