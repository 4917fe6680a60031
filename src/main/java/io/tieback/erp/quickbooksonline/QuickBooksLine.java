package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BillLine;
import io.tieback.construction.LineTax;
import io.tieback.construction.Money;
import io.tieback.construction.OrderLine;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A line of a bill, vendor credit or purchase order, and how it is written (reference section 3.5).
 * Pure.
 *
 * <p>A line for an amount bears {@code Amount} alone; one for units bears {@code Qty} and {@code
 * UnitPrice} too, of which QuickBooks works out the amount again by itself. It must come to the
 * same, which is checked here and once more in its answer.
 */
record QuickBooksLine(
    String description,
    BigDecimal quantity,
    BigDecimal unitAmount,
    Money amount,
    String itemCode,
    String accountCode,
    String projectKey,
    String taxCode,
    boolean retainage,
    String orderLineKey) {

  static final String ITEM = "ItemBasedExpenseLineDetail";
  static final String ACCOUNT = "AccountBasedExpenseLineDetail";

  /** Of a bill or vendor credit. */
  static QuickBooksLine of(BillLine line, QuickBooksEntity entity) {
    boolean negativeUnits = line.quantity().signum() < 0;
    boolean turns = entity.turns();
    LineTax tax = line.tax();
    return new QuickBooksLine(
        line.description(),
        turns && negativeUnits ? line.quantity().negate() : line.quantity(),
        turns && !negativeUnits ? line.unitAmount().negate() : line.unitAmount(),
        entity.turned(line.amount()),
        line.itemCode(),
        line.accountCode(),
        line.projectKey(),
        tax == null ? null : tax.type(),
        line.isRetainage(),
        entity == QuickBooksEntity.BILL ? line.orderLineKey() : null);
  }

  /** Of a purchase order. */
  static QuickBooksLine of(OrderLine line) {
    return new QuickBooksLine(
        line.description(),
        line.quantity(),
        line.unitAmount(),
        line.amount(),
        line.itemCode(),
        line.accountCode(),
        line.projectKey(),
        line.taxType(),
        false,
        null);
  }

  /**
   * The line as QuickBooks's JSON.
   *
   * @param where which line of what, for messages
   * @throws IllegalArgumentException when it cannot be written as it is, with field, limit and
   *     remedy
   */
  ObjectNode json(QuickBooksStyle style, QuickBooksReferences references, String where) {
    check(where);
    ObjectNode line = Json.object();
    String account = accountOf(style, where);
    boolean units = quantity.compareTo(BigDecimal.ONE) != 0;
    // An account takes no quantity (3.5): what would be lost stands in the text.
    line.put("Description", account != null && units ? withUnits(where) : description);
    line.put("Amount", amount.amount());
    if (style.orderLinks() && orderLineKey != null) {
      link(line, where);
    }
    line.put("DetailType", account == null ? ITEM : ACCOUNT);
    ObjectNode detail = line.putObject(account == null ? ITEM : ACCOUNT);
    if (account == null) {
      QuickBooksJson.refer(detail, "ItemRef", references.item(itemCode));
      QuickBooksJson.refer(detail, "ClassRef", style.classId());
      if (units) {
        detail.put(
            "UnitPrice", plain(fine(unitAmount, QuickBooksLimits.PRICE_DECIMALS, "price", where)));
        detail.put(
            "Qty", plain(fine(quantity, QuickBooksLimits.QUANTITY_DECIMALS, "quantity", where)));
      }
      QuickBooksJson.refer(detail, "TaxCodeRef", taxCode);
      QuickBooksJson.refer(detail, "CustomerRef", projectKey);
    } else {
      QuickBooksJson.refer(detail, "CustomerRef", projectKey);
      QuickBooksJson.refer(detail, "ClassRef", style.classId());
      QuickBooksJson.refer(detail, "AccountRef", references.account(account));
      QuickBooksJson.refer(detail, "TaxCodeRef", taxCode);
    }
    // Said always: a company's default may be Billable, and it cannot be changed afterwards (3.5).
    detail.put("BillableStatus", "NotBillable");
    return line;
  }

  /** To the line of a purchase order; its key is that of {@link QuickBooksComparison#lineIds}. */
  private void link(ObjectNode line, String where) {
    String[] key = orderLineKey.split("\\|", -1);
    if (key.length != 2 || key[0].isEmpty() || key[1].isEmpty()) {
      throw new IllegalArgumentException(
          where
              + " bills order line '"
              + orderLineKey
              + "', which is no key of a purchase order's line in QuickBooks Online: link the"
              + " commitment again");
    }
    line.putArray("LinkedTxn")
        .addObject()
        .put("TxnId", key[0])
        .put("TxnType", QuickBooksEntity.PURCHASE_ORDER.wireName())
        .put("TxnLineId", key[1]);
  }

  /** The account that the line names, or null when it names an item. */
  private String accountOf(QuickBooksStyle style, String where) {
    boolean byItem = style.lines() == QuickBooksStyle.Lines.ITEMS || retainage;
    if (itemCode != null && byItem) {
      return null;
    }
    if (itemCode == null) {
      if (accountCode == null) {
        throw new IllegalArgumentException(
            where
                + " has neither item nor account, and QuickBooks Online drops the amount of such a"
                + " line: link its cost code, or set the default account of the connection");
      }
      return accountCode;
    }
    String account = style.accounts().of(itemCode).purchase();
    if (account == null) {
      throw new IllegalArgumentException(
          where
              + ": no rule gives code "
              + itemCode
              + " an account, and lines name accounts: add a rule to work-breakdown.accounts");
    }
    return account;
  }

  private String withUnits(String where) {
    String text =
        description
            + " ("
            + plain(quantity).toPlainString()
            + " x "
            + plain(unitAmount).toPlainString()
            + ")";
    requireFits(text, where);
    return text;
  }

  private void check(String where) {
    if (description == null || description.isBlank()) {
      throw new IllegalArgumentException("description of " + where + " is blank");
    }
    requireFits(description, where);
    Money product = Money.rounded(quantity.multiply(unitAmount));
    if (!product.equals(amount)) {
      throw new IllegalArgumentException(
          where
              + ": quantity "
              + quantity.toPlainString()
              + " times price "
              + unitAmount.toPlainString()
              + " comes to "
              + product
              + ", not to its amount "
              + amount
              + ", and QuickBooks Online would write "
              + product);
    }
  }

  private static void requireFits(String text, String where) {
    if (text.length() > QuickBooksLimits.DESCRIPTION_LENGTH) {
      throw new IllegalArgumentException(
          "description of "
              + where
              + " has "
              + text.length()
              + " characters, QuickBooks Online takes "
              + QuickBooksLimits.DESCRIPTION_LENGTH
              + ": shorten it in Procore");
    }
  }

  private static BigDecimal fine(BigDecimal figure, int decimals, String field, String where) {
    try {
      return figure.setScale(decimals, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          field
              + " of "
              + where
              + " is "
              + figure.toPlainString()
              + ", finer than the "
              + decimals
              + " decimals that QuickBooks Online keeps: bill it as an amount",
          e);
    }
  }

  // 1, 1.0 and 1.0000 are one quantity and must give one digest.
  private static BigDecimal plain(BigDecimal figure) {
    return figure.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(figure.stripTrailingZeros().toPlainString());
  }
}
