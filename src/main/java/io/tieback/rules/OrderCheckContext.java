package io.tieback.rules;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.TaxSettings;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;

/**
 * What a commitment or change order is checked against.
 *
 * @param erp short name of the ERP as it stands in origin ids, such as {@code xero}
 * @param erpName the ERP's name for people, such as {@code Xero}
 * @param connection the connection that would write the order
 * @param limits what the ERP takes
 * @param policy what the firm decided
 * @param defaultAccountCode account of lines without an item, or null when none is set
 * @param itemCodes item code by the id of the line in Procore; a line that is missing has none
 * @param baseCurrency ISO 4217 code of the ERP company, or null when it is not known
 * @param tax how tax gets onto the order
 * @param taxRates percentages by the ERP's tax type; empty where orders bear no tax
 */
public record OrderCheckContext(
    String erp,
    String erpName,
    ConnectionId connection,
    InvoiceLimits limits,
    OrderPolicy policy,
    String defaultAccountCode,
    Map<Long, String> itemCodes,
    String baseCurrency,
    TaxSettings tax,
    Map<String, BigDecimal> taxRates) {

  /** Longest number and title of a commitment or change order: Procore's own limit for Xero. */
  public static final int LONGEST = 255;

  public OrderCheckContext {
    Objects.requireNonNull(erp, "erp");
    Objects.requireNonNull(erpName, "erpName");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(tax, "tax");
    itemCodes = Map.copyOf(itemCodes);
    taxRates = Map.copyOf(taxRates);
  }
}
