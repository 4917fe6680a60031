package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** How a subcontractor invoice becomes a bill. */
public final class InvoiceKeys {

  /** Where the due date comes from. */
  public static final Key<List<String>> DUE_DATE =
      Key.ofConnection(
              "invoice.due-date",
              list(
                  "a list of erp_custom_field:NAME, billing_date+DAYS and vendor_terms",
                  "erp_custom_field:[a-z0-9_]+|billing_date\\+[0-9]{1,3}|vendor_terms"))
          .standard("erp_custom_field:payment_due_date")
          .example("erp_custom_field:payment_due_date,billing_date+30,vendor_terms")
          .described(
              "Where the due date comes from, in this order; the first that yields a date counts.",
              "The date an invoice was paid is never taken.");

  /** What happens without a due date (C-02). */
  public static final Key<String> EMPTY_DUE_DATE =
      Key.ofConnection("invoice.empty-due-date", oneOf("refuse", "vendor_terms"))
          .standard("refuse")
          .described(
              "What happens when none yields a date (C-02): the invoice is refused, or no date is"
                  + " sent and the vendor's terms in the ERP apply.");

  /** Zero totals. */
  public static final Key<String> ZERO_TOTAL =
      Key.ofConnection("invoice.zero-total", oneOf("refuse", "send"))
          .standard("refuse")
          .described("What happens to an invoice whose total is zero.");

  /** Negative totals (XR-INV-14). */
  public static final Key<String> NEGATIVE =
      Key.ofConnection("invoice.negative", oneOf("refuse", "credit_note"))
          .standard("refuse")
          .described(
              "What happens to an invoice whose total is below zero (XR-INV-14): refused, or"
                  + " written as a supplier's credit note (docs/invoices.md).");

  /** Numbers that are taken (TB-INV-10). */
  public static final Key<String> TAKEN_NUMBER =
      Key.ofConnection("invoice.taken-number", oneOf("refuse", "allow"))
          .standard("refuse")
          .described(
              "What happens to an invoice whose number stands on another document of the same"
                  + " supplier in the ERP that Tieback did not write: refused, or written all the"
                  + " same; then the ERP is not asked.");

  /** Zero lines. */
  public static final Key<String> ZERO_LINES =
      Key.ofConnection("invoice.zero-lines", oneOf("omit", "keep"))
          .standard("omit")
          .described(
              "Whether lines that bill nothing become bill lines. The bill's notes say how many"
                  + " were left out.");

  /** Locked periods. */
  public static final Key<String> LOCKED_PERIOD =
      Key.ofConnection("invoice.locked-period", oneOf("refuse", "first_open_day"))
          .standard("refuse")
          .described(
              "What happens to an invoice dated in a period that is locked in the ERP: refused, or"
                  + " dated to the first open day, which the bill's notes say.");

  /** How a unit price that does not reproduce the amount is shown. */
  public static final Key<String> UNIT_ROUNDING =
      Key.ofConnection("invoice.unit-rounding", oneOf("line", "amount"))
          .standard("line")
          .described(
              "When quantity times price at four decimals misses the amount by cents: keep both and"
                  + " add a rounding line, or send quantity 1 at the amount. Either is explained in"
                  + " the bill; the total is the same.");

  /** Statuses that count as approved. */
  public static final Key<List<String>> APPROVED_STATUSES =
      Key.ofConnection("invoice.approved-statuses", list("a list of Procore statuses", "[a-z_]+"))
          .standard("approved,approved_as_noted,pending_owner_approval")
          .described("Procore statuses in which an invoice may go out (GEN-INV-01, XR-INV-08).");

  /** Longest number. */
  public static final Key<Integer> NUMBER_LENGTH =
      Key.ofConnection("invoice.number-length", wholeNumber(1, 255))
          .standard("255")
          .described(
              "The longest invoice number that is sent; a longer one is refused, never cut.");

  /** Account where retainage is kept. */
  public static final Key<String> RETAINAGE_ACCOUNT =
      Key.ofConnection("retainage.account", text("an account's code or name", "\\S(.{0,98}\\S)?"))
          .example("2110")
          .described(
              "Code of the account where retainage lies: a current liability. Either this or"
                  + " retainage.item is needed before invoices go out.");

  /** Item of retainage lines. */
  public static final Key<String> RETAINAGE_ITEM =
      Key.ofConnection(
              "retainage.item", text("an item's code of at most 100 characters", ".{1,100}"))
          .example("RETAINAGE")
          .described("Code of the item of retainage lines, whose account is a current liability.");

  /** Whether retainage lines are grouped. */
  public static final Key<String> RETAINAGE_GROUPING =
      Key.ofConnection("retainage.grouping", oneOf("invoice", "line"))
          .standard("invoice")
          .described(
              "One line of retainage held and one of retainage released an invoice, or one for each"
                  + " line of the invoice.");

  /** Whether the set-up has to be complete. */
  public static final Key<Boolean> RETAINAGE_REQUIRED =
      Key.ofConnection("retainage.required", trueOrFalse())
          .standard("true")
          .described(
              "Whether an invoice without retainage is refused too while the account is missing"
                  + " (QBD-INV-03 by analogy).");

  /** When tax on retainage falls due. */
  public static final Key<String> RETAINAGE_TAX =
      Key.ofConnection("retainage.tax", oneOf("with_invoice", "on_release"))
          .standard("with_invoice")
          .described(
              "When tax on retainage falls due. with_invoice: retainage lines bear no tax."
                  + " on_release: they bear the tax of the work, as with the Canadian holdback.");

  /** Tax types by Procore's tax codes. */
  public static final Key<List<String>> TAX_CODES =
      Key.ofConnection("tax.codes", list("a list of CODE=TYPE", "[^=,]+=[A-Za-z0-9_]{1,50}"))
          .example("GST=INPUT2,EXEMPT=NONE")
          .described(
              "The ERP's tax type by Procore's tax code, by the External Data of the code: its"
                  + " origin id, or of one that Tieback linked the part after the last colon. A"
                  + " linked code that is not named here is the tax type itself.");

  /** Account of lines without an item. */
  public static final Key<String> DEFAULT_ACCOUNT =
      Key.ofConnection("accounts.default", text("an account's code or name", "\\S(.{0,98}\\S)?"))
          .example("5000")
          .described(
              "Account of lines that have no item, and purchase account of new items that no rule"
                  + " of work-breakdown.accounts fits.");

  /** Files that go along (TB-INV-12). */
  public static final Key<String> ATTACHMENTS =
      Key.ofConnection("invoice.attachments", oneOf("none", "files"))
          .standard("none")
          .described(
              "Whether the files of an invoice in Procore go to its bill or credit note"
                  + " (TB-INV-12): none, or every file that the ERP takes (docs/invoices.md). Xero"
                  + " wants the right accounting.attachments for that: add it to xero.scopes and"
                  + " connect again.");

  /** Form of item codes. */
  public static final Key<String> ITEM_CODE_FORMAT =
      Key.ofConnection(
              "item-code.format",
              text(
                  "a form with {code}, and {type} if wanted",
                  "[^{}]*(\\{code}|\\{type})[^{}]*(\\{type}|\\{code})?[^{}]*"))
          .standard("{code}.{type}")
          .described(
              "How the ERP's item code is made of the cost code and the cost type, when no link"
                  + " says otherwise.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Invoices and retainage",
          "How a subcontractor invoice becomes a bill.",
          List.of(
              DUE_DATE,
              EMPTY_DUE_DATE,
              ZERO_TOTAL,
              NEGATIVE,
              TAKEN_NUMBER,
              ZERO_LINES,
              LOCKED_PERIOD,
              UNIT_ROUNDING,
              APPROVED_STATUSES,
              NUMBER_LENGTH,
              RETAINAGE_ACCOUNT,
              RETAINAGE_ITEM,
              RETAINAGE_GROUPING,
              RETAINAGE_REQUIRED,
              RETAINAGE_TAX,
              TAX_CODES,
              DEFAULT_ACCOUNT,
              ITEM_CODE_FORMAT,
              ATTACHMENTS));

  private InvoiceKeys() {}
}
