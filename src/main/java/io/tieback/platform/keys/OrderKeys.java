package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.trueOrFalse;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** How a commitment becomes a purchase order, and a change order its further lines. */
public final class OrderKeys {

  /** Whether commitments are exported at all (XR-CFG-08). */
  public static final Key<String> EXPORT =
      Key.ofConnection("orders.export", oneOf("on", "off"))
          .standard("on")
          .described(
              "Whether commitments and change orders become purchase orders (XR-CFG-08). When off,"
                  + " they are answered with that reason, and invoices do not wait for their"
                  + " commitment.");

  /** Whether invoices wait for their commitment. */
  public static final Key<Boolean> REQUIRED =
      Key.ofConnection("invoice.commitment-required", trueOrFalse())
          .standard("true")
          .described(
              "Whether an invoice waits until its commitment is in the ERP (GEN-COM-01). Does not"
                  + " count when orders.export is off.");

  /** Status of orders. */
  public static final Key<String> STATUS =
      Key.ofConnection("orders.status", oneOf("AUTHORISED", "SUBMITTED", "DRAFT"))
          .standard("AUTHORISED")
          .described(
              "Status of the purchase orders that are written. AUTHORISED needs the right to"
                  + " approve orders.");

  /** Statuses in which a commitment may go out. */
  public static final Key<List<String>> APPROVED_STATUSES =
      Key.ofConnection(
              "orders.approved-statuses", list("a list of Procore statuses", "[A-Za-z][A-Za-z ]*"))
          .standard("Approved")
          .example("Approved,Complete")
          .described(
              "Procore statuses in which a commitment may go out (XR-COM-04). Subcontracts may also"
                  + " be Complete.");

  /** Where the number comes from. */
  public static final Key<String> NUMBER =
      Key.ofConnection("orders.number", oneOf("procore", "approver"))
          .standard("procore")
          .described(
              "Number of an order for which the approver entered none: Procore's own (GEN-API-27),"
                  + " or the commitment is refused until one is entered.");

  /** Whether a number is asked for before. */
  public static final Key<Boolean> CHECK_NUMBERS =
      Key.ofConnection("orders.check-numbers", trueOrFalse())
          .standard("true")
          .described(
              "Whether the ERP is asked before each order is written whether its number is taken"
                  + " (GEN-API-26); one call for each. Without it the ERP itself refuses, in its"
                  + " own words; nothing is overwritten either way.");

  /** Where the date comes from. */
  public static final Key<List<String>> DATE =
      Key.ofConnection(
              "orders.date",
              list(
                  "a list of accounting_date, contract_date, execution_date, issued_on_date,"
                      + " contract_start_date and today",
                  "accounting_date|contract_date|execution_date|issued_on_date|contract_start_date|today"))
          .standard("accounting_date,contract_date,today")
          .described(
              "Where an order's date comes from, in this order; the first that yields a day counts."
                  + " today is the day of sending in the company's time zone.");

  /** One cost type in a change order. */
  public static final Key<Boolean> SINGLE_COST_TYPE =
      Key.ofConnection("orders.single-cost-type", trueOrFalse())
          .standard("false")
          .described(
              "Whether a change order with more than one cost type is refused (GEN-API-28).");

  /** Lines on billed orders. */
  public static final Key<Boolean> BILLED_TAKE_LINES =
      Key.ofConnection("orders.billed-take-lines", trueOrFalse())
          .standard("false")
          .described(
              "Whether lines of a change order are offered to an order that is BILLED (XR-CCO-11)."
                  + " Whether Xero takes them is not documented. What takes no line becomes a"
                  + " further order either way (docs/orders.md).");

  /** Whether orders are marked as billed. */
  public static final Key<Boolean> BILLED_WHEN_INVOICED =
      Key.ofConnection("orders.billed-when-invoiced", trueOrFalse())
          .standard("false")
          .described(
              "Whether an approved order is marked BILLED in Xero once the invoices of its"
                  + " commitment that are exported reach the revised contract and nothing on it is"
                  + " open. Xero itself joins no bill to an order (docs/orders.md).");

  /** All of them. */
  public static final Subject SUBJECT =
      new Subject(
          "Commitments and change orders",
          "How a commitment becomes a purchase order, and a change order its further lines.",
          List.of(
              EXPORT,
              REQUIRED,
              STATUS,
              APPROVED_STATUSES,
              NUMBER,
              CHECK_NUMBERS,
              DATE,
              SINGLE_COST_TYPE,
              BILLED_TAKE_LINES,
              BILLED_WHEN_INVOICED));

  private OrderKeys() {}
}
