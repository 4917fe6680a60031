package io.tieback.construction;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * What a bill refers to in the ERP.
 *
 * @param marker address that finds the bill again, see {@link BillMarker}
 * @param contactKey the ERP's key of the supplier
 * @param projectKey the ERP's key of the project, or null where projects are not carried on lines
 * @param itemCodes the ERP's item code (cost code and cost type) by requisition item; a line
 *     without one takes the default account
 * @param firstOpenDay first day that is not locked in the ERP; an earlier bill takes this date,
 *     with a note. Null leaves the date as it was billed
 * @param taxRates percentages by the ERP's tax type; empty where bills bear no tax
 * @param orderLineKeys the ERP's key of the order line that a requisition item bills, by the item;
 *     empty where bills are not linked to orders
 */
public record BillReferences(
    String marker,
    String contactKey,
    String projectKey,
    Map<Long, String> itemCodes,
    LocalDate firstOpenDay,
    Map<String, BigDecimal> taxRates,
    Map<Long, String> orderLineKeys) {

  public BillReferences {
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(contactKey, "contactKey");
    itemCodes = Map.copyOf(itemCodes);
    taxRates = Map.copyOf(taxRates);
    orderLineKeys = Map.copyOf(orderLineKeys);
  }

  /** References of a bill that is not linked to an order. */
  public BillReferences(
      String marker,
      String contactKey,
      String projectKey,
      Map<Long, String> itemCodes,
      LocalDate firstOpenDay,
      Map<String, BigDecimal> taxRates) {
    this(marker, contactKey, projectKey, itemCodes, firstOpenDay, taxRates, Map.of());
  }

  /** References of a bill without tax. */
  public BillReferences(
      String marker,
      String contactKey,
      String projectKey,
      Map<Long, String> itemCodes,
      LocalDate firstOpenDay) {
    this(marker, contactKey, projectKey, itemCodes, firstOpenDay, Map.of());
  }

  /** References of a bill that keeps its date. */
  public BillReferences(
      String marker, String contactKey, String projectKey, Map<Long, String> itemCodes) {
    this(marker, contactKey, projectKey, itemCodes, null);
  }
}
