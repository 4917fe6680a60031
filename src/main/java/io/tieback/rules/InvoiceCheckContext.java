package io.tieback.rules;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.TaxSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;

/**
 * What an invoice is checked against.
 *
 * @param erp short name of the ERP as it stands in origin ids, such as {@code xero}
 * @param erpName the ERP's name for people, such as {@code Xero}
 * @param connection the connection that would write the bill
 * @param limits what the ERP takes
 * @param policy what the firm decided
 * @param retainage where retainage is held
 * @param defaultAccountCode account of lines without an item, or null when none is set
 * @param itemCodes item code by requisition item; a line that is missing has none
 * @param lockDate last locked day of the ERP company, or null when nothing is locked
 * @param baseCurrency ISO 4217 code of the ERP company, or null when it is not known
 * @param billCurrency ISO 4217 code that bills are written in, or null for the ERP company's own
 * @param tax how tax gets onto the bill
 * @param taxRates percentages by the ERP's tax type; empty where bills bear no tax
 */
public record InvoiceCheckContext(
    String erp,
    String erpName,
    ConnectionId connection,
    InvoiceLimits limits,
    InvoicePolicy policy,
    RetainageSetUp retainage,
    String defaultAccountCode,
    Map<Long, String> itemCodes,
    LocalDate lockDate,
    String baseCurrency,
    String billCurrency,
    TaxSettings tax,
    Map<String, BigDecimal> taxRates) {

  public InvoiceCheckContext {
    Objects.requireNonNull(erp, "erp");
    Objects.requireNonNull(erpName, "erpName");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(retainage, "retainage");
    Objects.requireNonNull(tax, "tax");
    itemCodes = Map.copyOf(itemCodes);
    taxRates = Map.copyOf(taxRates);
  }
}
