package io.tieback.flow;

import io.tieback.construction.OrderDatePolicy;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.OrderKeys;
import io.tieback.rules.OrderPolicy;
import java.util.Set;

/**
 * How one connection writes commitments and change orders. Accounts, decimals, currency and tax are
 * those of its bills ({@link InvoiceSettings}).
 *
 * @param export whether they are exported at all (XR-CFG-08)
 * @param policy what the firm decided where the rule book leaves a choice
 * @param dates where an order's date comes from
 * @param checkNumbers whether the ERP is asked for a number before an order is written
 * @param billedWhenInvoiced whether an order is marked as billed once everything on it is invoiced
 */
public record OrderSettings(
    boolean export,
    OrderPolicy policy,
    OrderDatePolicy dates,
    boolean checkNumbers,
    boolean billedWhenInvoiced) {

  /** Reads them for one connection. */
  public static OrderSettings of(Settings settings, String connection) {
    return new OrderSettings(
        settings.get(OrderKeys.EXPORT, connection).equals("on"),
        new OrderPolicy(
            Set.copyOf(settings.get(OrderKeys.APPROVED_STATUSES, connection)),
            settings.get(OrderKeys.NUMBER, connection).equals("procore"),
            settings.get(OrderKeys.SINGLE_COST_TYPE, connection)),
        OrderDatePolicy.of(settings.get(OrderKeys.DATE, connection)),
        settings.get(OrderKeys.CHECK_NUMBERS, connection),
        settings.get(OrderKeys.BILLED_WHEN_INVOICED, connection));
  }
}
