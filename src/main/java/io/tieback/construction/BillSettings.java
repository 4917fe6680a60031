package io.tieback.construction;

import java.util.Objects;

/**
 * How bills are composed.
 *
 * @param retainageGrouping one retainage line per invoice or per invoice line (design section 6)
 * @param retainageAccountCode account that retainage is held on, a current liability; null only
 *     with an item, or where no retainage occurs
 * @param retainageItemCode item that retainage is written on, or null where the account alone is
 *     used
 * @param defaultAccountCode account of lines that have no item code, or null
 * @param zeroLines what happens to lines that bill nothing
 * @param unitRounding how the cents are shown by which quantity times price misses the billed
 *     amount
 * @param quantityDecimals decimals of a quantity that the ERP takes, 0 or more
 * @param unitPriceDecimals decimals of a unit price that the ERP takes, 2 or more
 * @param descriptionLength longest description that the ERP takes; explanations are only added to a
 *     description where they fit
 * @param currency ISO 4217 code of the bill, or null for the ERP company's own
 * @param tax how tax gets onto the bill
 */
public record BillSettings(
    RetainageGrouping retainageGrouping,
    String retainageAccountCode,
    String retainageItemCode,
    String defaultAccountCode,
    ZeroLines zeroLines,
    UnitRounding unitRounding,
    int quantityDecimals,
    int unitPriceDecimals,
    int descriptionLength,
    String currency,
    TaxSettings tax) {

  /** How retainage lines are grouped; held and released are never merged with each other. */
  public enum RetainageGrouping {
    /** One line for all that is held, one for all that is released. */
    INVOICE,
    /** One line of each kind for every invoice line that has it. */
    LINE
  }

  /** What happens to lines that bill no work and no material. */
  public enum ZeroLines {
    /** Left out, with a note that says how many. */
    OMIT,
    /** Written as 0.00. */
    KEEP
  }

  /** How cents are shown by which quantity times price misses the billed amount. */
  public enum UnitRounding {
    /** Quantity and price stay, a line of its own carries the cents. */
    LINE,
    /** The line goes as quantity 1 at the amount; quantity and price stand in its description. */
    AMOUNT
  }

  public BillSettings {
    Objects.requireNonNull(retainageGrouping, "retainageGrouping");
    Objects.requireNonNull(zeroLines, "zeroLines");
    Objects.requireNonNull(unitRounding, "unitRounding");
    Objects.requireNonNull(tax, "tax");
    if (quantityDecimals < 0 || unitPriceDecimals < 2 || descriptionLength < 1) {
      throw new IllegalArgumentException(
          "bill settings: quantity decimals "
              + quantityDecimals
              + " (0 or more), unit price decimals "
              + unitPriceDecimals
              + " (2 or more, a price carries cents), description length "
              + descriptionLength
              + " (1 or more)");
    }
  }

  /** Settings of bills without tax. */
  public BillSettings(
      RetainageGrouping retainageGrouping,
      String retainageAccountCode,
      String retainageItemCode,
      String defaultAccountCode,
      ZeroLines zeroLines,
      UnitRounding unitRounding,
      int quantityDecimals,
      int unitPriceDecimals,
      int descriptionLength,
      String currency) {
    this(
        retainageGrouping,
        retainageAccountCode,
        retainageItemCode,
        defaultAccountCode,
        zeroLines,
        unitRounding,
        quantityDecimals,
        unitPriceDecimals,
        descriptionLength,
        currency,
        TaxSettings.none());
  }
}
