package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the lines of a bill or purchase order: amounts, accounts, tax and tracking (reference
 * sections 1.2, 6, 9).
 */
final class LineReader {
  private static final BigDecimal LARGEST = new BigDecimal("9999999999.99");
  private static final int DESCRIPTION_LIMIT = 4000;

  private final Organisation organisation;
  private final Switches switches;
  private final int unitDecimals;
  private final boolean approved;
  private final boolean noTax;
  private final List<String> errors;

  /**
   * @param unitDecimals decimals to which unit prices are rounded when stored: 2, or 4 with {@code
   *     unitdp=4} and on purchase orders
   * @param approved whether the document's status demands accounts and descriptions
   * @param noTax whether its amounts bear no tax
   */
  LineReader(
      Organisation organisation,
      Switches switches,
      int unitDecimals,
      boolean approved,
      boolean noTax,
      List<String> errors) {
    this.organisation = organisation;
    this.switches = switches;
    this.unitDecimals = unitDecimals;
    this.approved = approved;
    this.noTax = noTax;
    this.errors = errors;
  }

  /**
   * The whole new set: lines with a known LineItemID are updates of it, others are new (section 8,
   * update semantics).
   */
  List<Line> readAll(List<Fields> given, List<Line> before) {
    Map<String, Line> known =
        before.stream().collect(Collectors.toMap(line -> line.id, Function.identity()));
    Set<String> seen = new HashSet<>();
    List<Line> lines = new ArrayList<>();
    for (Fields fields : given) {
      String id = fields.id("LineItemID");
      Line old = id == null ? null : known.get(id);
      if (old != null && !seen.add(id)) {
        errors.add("The LineItemID " + id + " is given more than once.");
      }
      lines.add(read(fields, old));
    }
    return lines;
  }

  private Line read(Fields fields, Line old) {
    Line line = old == null ? new Line(Ids.make()) : old.copy();
    readItem(fields, line);
    if (fields.has("Description")) {
      line.description = fields.text("Description");
    } else if (line.description == null && line.item != null) {
      line.description =
          line.item.purchaseDescription != null
              ? line.item.purchaseDescription
              : line.item.description;
    }
    if (line.description != null && line.description.length() > DESCRIPTION_LIMIT) {
      errors.add("The description must not be longer than " + DESCRIPTION_LIMIT + " characters.");
    }
    if (isNotZero(fields.decimal("DiscountRate")) || isNotZero(fields.decimal("DiscountAmount"))) {
      errors.add("Discounts are not allowed on this type of document.");
    }
    readAmounts(fields, line);
    if (line.lineAmount != null) {
      if (approved && (line.description == null || line.description.isBlank())) {
        errors.add("Description must be specified");
      }
      readAccount(fields, line);
      readTax(fields, line);
    } else if (line.description == null || line.description.isBlank()) {
      errors.add("A line needs a description.");
    }
    if (fields.has("Tracking")) {
      line.tracking = readTracking(fields.objects("Tracking"), line.tracking);
    }
    return line;
  }

  private static boolean isNotZero(BigDecimal amount) {
    return amount != null && amount.signum() != 0;
  }

  private void readItem(Fields fields, Line line) {
    String code = fields.text("ItemCode");
    if (code != null && !code.isEmpty()) {
      Organisation.Item item = organisation.itemsByCode.get(code);
      if (item == null) {
        errors.add("Item code '" + code + "' is not valid");
      } else {
        line.item = item;
      }
    }
  }

  private void readAmounts(Fields fields, Line line) {
    BigDecimal quantity = fields.decimal("Quantity");
    BigDecimal unit = fields.decimal("UnitAmount");
    BigDecimal amount = fields.decimal("LineAmount");
    boolean unitOpen = unit == null && amount != null;
    if (quantity == null
        && unit == null
        && amount == null
        && (line.lineAmount != null || line.item == null)) {
      return;
    }
    if (quantity == null) {
      quantity = line.quantity;
    }
    if (unit == null && !unitOpen) {
      unit =
          line.unitAmount != null
              ? line.unitAmount
              : line.item == null ? null : line.item.purchasePrice;
    }
    if ((quantity == null ? 0 : 1) + (unit == null ? 0 : 1) + (amount == null ? 0 : 1) < 2) {
      errors.add("A line needs two of Quantity, UnitAmount and LineAmount.");
      return;
    }
    if (quantity != null) {
      quantity = quantity.setScale(switches.number("quantityDecimals"), RoundingMode.HALF_UP);
    }
    if (unit == null) {
      if (quantity.signum() == 0) {
        errors.add("The UnitAmount cannot be computed from a Quantity of 0.");
        return;
      }
      unit = amount.divide(quantity, unitDecimals, RoundingMode.HALF_UP);
      boolean kept = switches.choice("lineAmountWithoutUnitAmount").equals("kept");
      keep(
          line,
          quantity,
          unit,
          kept ? amount : quantity.multiply(unit).setScale(2, RoundingMode.HALF_UP));
    } else if (quantity == null) {
      if (unit.signum() == 0) {
        errors.add("The Quantity cannot be computed from a UnitAmount of 0.");
        return;
      }
      keep(
          line,
          amount.divide(unit, switches.number("quantityDecimals"), RoundingMode.HALF_UP),
          unit,
          amount);
    } else {
      unit = fields.has("UnitAmount") ? unit.setScale(unitDecimals, RoundingMode.HALF_UP) : unit;
      BigDecimal expected = quantity.multiply(unit).setScale(2, RoundingMode.HALF_UP);
      if (amount != null && amount.compareTo(expected) != 0) {
        errors.add(
            "The line total "
                + amount.toPlainString()
                + " does not match the expected line total "
                + expected.toPlainString());
      }
      keep(line, quantity, unit, expected);
    }
  }

  private void keep(Line line, BigDecimal quantity, BigDecimal unit, BigDecimal amount) {
    if (amount.abs().compareTo(LARGEST) > 0) {
      errors.add("The LineAmount must not be larger than " + LARGEST.toPlainString() + ".");
    }
    if (amount.stripTrailingZeros().scale() > 2) {
      errors.add("The LineAmount " + amount.toPlainString() + " has more than 2 decimals.");
    }
    line.quantity = quantity;
    line.unitAmount = unit;
    line.lineAmount = amount.setScale(2, RoundingMode.HALF_UP);
  }

  private void readAccount(Fields fields, Line line) {
    String code = fields.text("AccountCode");
    String id = fields.id("AccountID");
    if (code == null && id != null) {
      Organisation.Account byId = organisation.accountById(id);
      code = byId == null ? "" : byId.code;
      if (byId == null) {
        errors.add("Account must be valid.");
        return;
      }
    }
    if (code != null && !code.isEmpty()) {
      line.accountCode = code;
    } else if (line.accountCode == null && line.item != null) {
      line.accountCode = line.item.purchaseAccountCode;
    }
    if (line.accountCode == null) {
      if (approved) {
        errors.add("Account code must be specified");
      }
      return;
    }
    Organisation.Account account = organisation.account(line.accountCode);
    if (account == null
        || !account.status.equals("ACTIVE")
        || account.isBank()
        || account.systemAccount != null) {
      errors.add("Account must be valid.");
      line.accountCode = null;
    }
  }

  private void readTax(Fields fields, Line line) {
    BigDecimal given = fields.decimal("TaxAmount");
    String type = fields.text("TaxType");
    if (noTax) {
      line.taxType = "NONE";
      line.taxGiven = false;
      return;
    }
    if (given != null) {
      line.taxGiven = true;
      line.taxAmount = given.setScale(2, RoundingMode.HALF_UP);
    } else if (fields.has("Quantity")
        || fields.has("UnitAmount")
        || fields.has("LineAmount")
        || type != null) {
      line.taxGiven = false;
    }
    if (type != null && !type.isEmpty()) {
      line.taxType = type;
    } else if (line.taxType == null && line.item != null && line.item.purchaseTaxType != null) {
      line.taxType = line.item.purchaseTaxType;
    }
    Organisation.Account account =
        line.accountCode == null ? null : organisation.account(line.accountCode);
    if (line.taxType == null) {
      line.taxType = account == null ? null : account.taxType;
    }
    if (line.taxType == null) {
      return;
    }
    Organisation.TaxRate rate = organisation.taxRates.get(line.taxType);
    if (rate == null || !rate.status().equals("ACTIVE")) {
      errors.add("Tax rate must be valid.");
      line.taxType = null;
    } else if (account != null && !rate.classes().contains(account.accountClass)) {
      errors.add(
          "The TaxType code '"
              + line.taxType
              + "' cannot be used with account code '"
              + account.code
              + "'.");
    }
  }

  private List<Line.Tracked> readTracking(List<Fields> given, List<Line.Tracked> before) {
    if (given.size() > 2) {
      errors.add("A line can have at most 2 tracking options.");
      return List.of();
    }
    List<Line.Tracked> tracking = new ArrayList<>();
    for (Fields fields : given) {
      Line.Tracked tracked = readTracked(fields);
      boolean kept =
          tracked != null && (tracked.option().status.equals("ACTIVE") || before.contains(tracked));
      if (kept) {
        if (tracking.stream().anyMatch(other -> other.category() == tracked.category())) {
          errors.add("A line can have only one option of a tracking category.");
        }
        tracking.add(tracked);
      } else if (switches.choice("trackingMismatch").equals("refuse")) {
        errors.add("The tracking option does not exist or is archived.");
      }
    }
    return tracking;
  }

  /**
   * Null when the entry matches nothing; a wrong TrackingCategoryID or a trailing space fails the
   * whole request with 500.
   */
  private Line.Tracked readTracked(Fields fields) {
    String optionName = fields.text("Option");
    if (optionName != null
        && !optionName.equals(optionName.stripTrailing())
        && switches.flag("trailingSpaceFails")) {
      throw Refusal.serverError();
    }
    String categoryId = fields.id("TrackingCategoryID");
    String categoryName = fields.text("Name");
    Organisation.TrackingCategory category;
    if (categoryId != null) {
      category = organisation.tracking.get(categoryId);
      if (category == null) {
        throw Refusal.serverError();
      }
    } else {
      category =
          organisation.tracking.values().stream()
              .filter(one -> one.name.equalsIgnoreCase(categoryName))
              .findFirst()
              .orElse(null);
    }
    if (category == null || !category.status.equals("ACTIVE")) {
      return null;
    }
    String optionId = fields.id("TrackingOptionID");
    Organisation.Option option =
        optionId != null ? category.option(optionId) : category.named(optionName);
    return option == null ? null : new Line.Tracked(category, option);
  }
}
