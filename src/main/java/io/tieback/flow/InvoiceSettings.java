package io.tieback.flow;

import io.tieback.construction.BillSettings;
import io.tieback.construction.DueDatePolicy;
import io.tieback.construction.Money;
import io.tieback.construction.OriginId;
import io.tieback.construction.TaxSettings;
import io.tieback.erp.Capabilities;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.platform.keys.OrderKeys;
import io.tieback.platform.keys.QuickBooksOnlineKeys;
import io.tieback.platform.keys.XeroKeys;
import io.tieback.rules.InvoiceLimits;
import io.tieback.rules.InvoicePolicy;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one connection checks and composes invoices: the firm's settings and the ERP's limits
 * together.
 *
 * @param bill how bills are composed
 * @param policy what the firm decided where the rule book leaves a choice
 * @param limits what the ERP takes
 * @param dueDates where a due date comes from
 * @param itemCodeFormat how an item code is made of {@code {code}} and {@code {type}} (XR-WBS-04)
 * @param files whether the files of an invoice go along (TB-INV-12)
 */
public record InvoiceSettings(
    BillSettings bill,
    InvoicePolicy policy,
    InvoiceLimits limits,
    DueDatePolicy dueDates,
    String itemCodeFormat,
    boolean files) {

  /** Reads them for one connection. */
  public static InvoiceSettings of(Settings settings, String connection, Capabilities erp) {
    String retainageAccount = settings.find(InvoiceKeys.RETAINAGE_ACCOUNT, connection).orElse(null);
    BillSettings bill =
        new BillSettings(
            settings.get(InvoiceKeys.RETAINAGE_GROUPING, connection).equals("line")
                ? BillSettings.RetainageGrouping.LINE
                : BillSettings.RetainageGrouping.INVOICE,
            retainageAccount,
            settings.find(InvoiceKeys.RETAINAGE_ITEM, connection).orElse(null),
            settings.find(InvoiceKeys.DEFAULT_ACCOUNT, connection).orElse(null),
            settings.get(InvoiceKeys.ZERO_LINES, connection).equals("keep")
                ? BillSettings.ZeroLines.KEEP
                : BillSettings.ZeroLines.OMIT,
            settings.get(InvoiceKeys.UNIT_ROUNDING, connection).equals("amount")
                ? BillSettings.UnitRounding.AMOUNT
                : BillSettings.UnitRounding.LINE,
            erp.quantityDecimals(),
            erp.unitPriceDecimals(),
            erp.descriptionLength(),
            settings
                .find(ConnectionKeys.CURRENCY, connection)
                .map(Currency::getCurrencyCode)
                .orElse(null),
            tax(settings, connection));
    InvoicePolicy policy =
        new InvoicePolicy(
            Set.copyOf(settings.get(InvoiceKeys.APPROVED_STATUSES, connection)),
            settings.get(InvoiceKeys.EMPTY_DUE_DATE, connection).equals("vendor_terms")
                ? InvoicePolicy.EmptyDueDate.VENDOR_TERMS
                : InvoicePolicy.EmptyDueDate.REFUSE,
            settings.get(InvoiceKeys.ZERO_TOTAL, connection).equals("send")
                ? InvoicePolicy.ZeroTotal.SEND
                : InvoicePolicy.ZeroTotal.REFUSE,
            settings.get(InvoiceKeys.LOCKED_PERIOD, connection).equals("first_open_day")
                ? InvoicePolicy.LockedPeriod.FIRST_OPEN_DAY
                : InvoicePolicy.LockedPeriod.REFUSE,
            settings.get(InvoiceKeys.RETAINAGE_REQUIRED, connection),
            true,
            true,
            settings.get(OrderKeys.EXPORT, connection).equals("on")
                && settings.get(OrderKeys.REQUIRED, connection),
            negative(settings, connection, erp),
            settings.get(InvoiceKeys.TAKEN_NUMBER, connection).equals("allow")
                ? InvoicePolicy.TakenNumbers.ALLOW
                : InvoicePolicy.TakenNumbers.REFUSE);
    InvoiceLimits limits =
        new InvoiceLimits(
            Math.min(settings.get(InvoiceKeys.NUMBER_LENGTH, connection), erp.numberLength()),
            erp.descriptionLength(),
            erp.itemCodeLength(),
            Money.of(erp.lineAmountLimit()),
            erp.quantityDecimals(),
            erp.unitPriceDecimals());
    DueDatePolicy dueDates =
        DueDatePolicy.parse(String.join(",", settings.get(InvoiceKeys.DUE_DATE, connection)));
    return new InvoiceSettings(
        bill,
        policy,
        limits,
        dueDates,
        settings.get(InvoiceKeys.ITEM_CODE_FORMAT, connection),
        settings.get(InvoiceKeys.ATTACHMENTS, connection).equals("files"));
  }

  private static TaxSettings tax(Settings settings, String connection) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String pair : settings.find(InvoiceKeys.TAX_CODES, connection).orElse(List.of())) {
      int equals = pair.lastIndexOf('=');
      String code = pair.substring(0, equals).strip();
      if (types.put(code, pair.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException(
            "connection." + connection + ".tax.codes names tax code '" + code + "' twice");
      }
    }
    boolean quickBooks = ConnectionKeys.isQuickBooksOnline(settings, connection);
    return new TaxSettings(
        amounts(settings, connection),
        types,
        settings
            .find(quickBooks ? QuickBooksOnlineKeys.TAX_CODE : XeroKeys.TAX_TYPE, connection)
            .orElse(null),
        settings.get(
            quickBooks ? QuickBooksOnlineKeys.UNTAXED_CODE : XeroKeys.UNTAXED_TYPE, connection),
        settings.get(InvoiceKeys.RETAINAGE_TAX, connection).equals("on_release")
            ? TaxSettings.Retainage.ON_RELEASE
            : TaxSettings.Retainage.WITH_INVOICE);
  }

  private static TaxSettings.Amounts amounts(Settings settings, String connection) {
    String written =
        settings.get(
            ConnectionKeys.isQuickBooksOnline(settings, connection)
                ? QuickBooksOnlineKeys.TAX
                : XeroKeys.LINE_AMOUNT_TYPES,
            connection);
    return switch (written) {
      case "Exclusive", "on_top" -> TaxSettings.Amounts.EXCLUSIVE;
      case "Inclusive" -> TaxSettings.Amounts.INCLUSIVE;
      default -> TaxSettings.Amounts.NONE;
    };
  }

  private static InvoicePolicy.Negative negative(
      Settings settings, String connection, Capabilities erp) {
    if (!settings.get(InvoiceKeys.NEGATIVE, connection).equals("credit_note")) {
      return InvoicePolicy.Negative.REFUSE;
    }
    if (!erp.negativeTotals()) {
      throw new IllegalArgumentException(
          "connection."
              + connection
              + ".invoice.negative is credit_note, but "
              + erp.displayName()
              + " takes no credit notes: set it to refuse");
    }
    return InvoicePolicy.Negative.CREDIT_NOTE;
  }

  /**
   * The item of a line by its links (XR-WBS-04), for whatever document it stands on. A cost code's
   * key is {@code <project key>|<code>}.
   *
   * @param costCodeOriginId External Data of the cost code, or null
   * @param costTypeOriginId External Data of the cost type, or null
   * @return the item's code, or null where it takes a link that is missing or not of our form: the
   *     rules say so
   */
  public String itemCodeByLinks(String costCodeOriginId, String costTypeOriginId) {
    String code = key(costCodeOriginId);
    return itemCode(
        code == null ? null : code.substring(code.indexOf('|') + 1), key(costTypeOriginId));
  }

  private static String key(String originId) {
    try {
      return originId == null ? null : OriginId.parse(originId).key();
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  /** The item code of a cost code and a cost type, or null while one of them has no counterpart. */
  public String itemCode(String costCode, String costType) {
    return costCode == null || costType == null
        ? null
        : itemCodeFormat.replace("{code}", costCode).replace("{type}", costType);
  }
}
