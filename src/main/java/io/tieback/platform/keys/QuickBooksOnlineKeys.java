package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.period;
import static io.tieback.platform.ValueTypes.serviceAddress;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The QuickBooks Online side of a connection. */
public final class QuickBooksOnlineKeys {

  private static final String ACCOUNT = "an account's number or name";
  private static final String ACCOUNT_FORM = "\\S(.{0,98}\\S)?";

  /** Address of the API. */
  public static final Key<URI> URL =
      Key.ofConnection("quickbooks-online.url", serviceAddress())
          .standard("https://quickbooks.api.intuit.com")
          .example("https://sandbox-quickbooks.api.intuit.com")
          .described("Address of the Accounting API.");

  /** Address that gives tokens. */
  public static final Key<URI> TOKEN_URL =
      Key.ofConnection("quickbooks-online.token-url", serviceAddress())
          .standard("https://oauth.platform.intuit.com")
          .described("Address at which Intuit gives and renews tokens.");

  /** Address that revokes tokens. */
  public static final Key<URI> REVOCATION_URL =
      Key.ofConnection("quickbooks-online.revocation-url", serviceAddress())
          .standard("https://developer.api.intuit.com")
          .described("Address at which Intuit ends a consent.");

  /** Address where a person consents. */
  public static final Key<URI> CONSENT_URL =
      Key.ofConnection("quickbooks-online.consent-url", serviceAddress())
          .standard("https://appcenter.intuit.com")
          .described("Address at which a person consents in the browser.");

  /** Client id of the app. */
  public static final Key<String> CLIENT_ID =
      Key.ofConnection("quickbooks-online.client-id", text())
          .example("ABcdEFghIJklMNopQRstUVwxYZ0123456789abcdefghijklmn")
          .requiredWhen(ConnectionKeys.ERP, ConnectionKeys.QUICKBOOKS_ONLINE)
          .described("Client id of the app in Intuit's developer portal.");

  /** Client secret of the app. */
  public static final Key<String> CLIENT_SECRET =
      Key.ofConnection("quickbooks-online.client-secret", text())
          .example("${env:QUICKBOOKS_CLIENT_SECRET}")
          .secret()
          .requiredWhen(ConnectionKeys.ERP, ConnectionKeys.QUICKBOOKS_ONLINE)
          .described("Client secret of that app.");

  /** Where the browser comes back to. */
  public static final Key<URI> REDIRECT_URI =
      Key.ofConnection("quickbooks-online.redirect-uri", serviceAddress())
          .standard("http://localhost:8400/callback")
          .described(
              "Where the browser returns after consent; it has to be registered with the app.");

  /** Chosen company. */
  public static final Key<String> REALM_ID =
      Key.ofConnection("quickbooks-online.realm-id", text("a company id (realm id)", "\\d{1,20}"))
          .example("9130357992220000")
          .described(
              "The company that has to be consented to (QBO-CFG-03). Without it the person who"
                  + " consents chooses.");

  /** What lines name. */
  public static final Key<String> LINES =
      Key.ofConnection("quickbooks-online.lines", oneOf("items", "accounts"))
          .standard("items")
          .described(
              "What the lines of bills and purchase orders name. items: the service item of cost"
                  + " code and type (QBO-WBS-01). accounts: the account that"
                  + " work-breakdown.accounts gives the code; no items are made.");

  /** Links from bills to orders. */
  public static final Key<String> ORDER_LINKS =
      Key.ofConnection("quickbooks-online.order-links", oneOf("none", "lines"))
          .standard("none")
          .described(
              "Whether lines of bills are linked to the lines of the purchase orders that Tieback"
                  + " made of their commitments. none: they are not. lines: each line of work is"
                  + " linked, and a link that QuickBooks left out is told as a warning on the bill."
                  + " Whether QuickBooks keeps links for part of an order, and whether it closes"
                  + " the order after its first bill, is not published.");

  /** Accounts payable. */
  public static final Key<String> PAYABLE_ACCOUNT =
      Key.ofConnection("quickbooks-online.payable-account", text(ACCOUNT, ACCOUNT_FORM))
          .example("Accounts Payable (A/P)")
          .described(
              "The accounts payable account of bills and purchase orders. Needed where there are"
                  + " several.");

  /** Income account of items. */
  public static final Key<String> INCOME_ACCOUNT =
      Key.ofConnection("quickbooks-online.income-account", text(ACCOUNT, ACCOUNT_FORM))
          .example("4000")
          .described(
              "Income account of new items that no rule of work-breakdown.accounts gives one:"
                  + " QuickBooks wants one on every service item.");

  /** Class of lines. */
  public static final Key<String> CLASS_ID =
      Key.ofConnection("quickbooks-online.class-id", text("the id of a class", "\\d{1,20}"))
          .example("200000000001234567")
          .described(
              "The class that every line bears. Works where the company tracks classes by line.");

  /** How amounts relate to tax. */
  public static final Key<String> TAX =
      Key.ofConnection("quickbooks-online.tax", oneOf("none", "without", "on_top"))
          .standard("none")
          .described(
              "none: a company in the US, which keeps no tax on bills; an invoice on which Procore"
                  + " states tax is refused. For a company outside the US (QBO-CFG-06) without:"
                  + " bills bear no tax, and say so; on_top: tax comes on top by the rates of"
                  + " QuickBooks, and has to equal Procore's to the cent.");

  /** Tax code of lines without one. */
  public static final Key<String> TAX_CODE =
      Key.ofConnection(
              "quickbooks-online.tax-code", text("the id of a tax code", "[A-Za-z0-9]{1,50}"))
          .example("5")
          .described(
              "Tax code of lines whose tax code in Procore is empty, under on_top. Without it such"
                  + " an invoice is refused.");

  /** Tax code of lines that bear none. */
  public static final Key<String> UNTAXED_CODE =
      Key.ofConnection(
              "quickbooks-online.tax-code-untaxed",
              text("the id of a tax code", "[A-Za-z0-9]{1,50}"))
          .standard("NON")
          .example("6")
          .described(
              "Tax code of retainage lines while their tax falls due with the invoice"
                  + " (retainage.tax).");

  /** What counts as a project. */
  public static final Key<String> PROJECTS =
      Key.ofConnection("quickbooks-online.projects", oneOf("projects", "sub_customers"))
          .standard("projects")
          .described(
              "Which customers are projects that can be linked. projects: only those that"
                  + " QuickBooks keeps as projects (QBO-CFG-05). sub_customers: plain sub-customers"
                  + " too.");

  /** Limit of a minute. */
  public static final Key<Integer> CALLS_PER_MINUTE =
      Key.ofConnection("quickbooks-online.calls-per-minute", wholeNumber(1, 100_000))
          .standard("480")
          .described(
              "Calls a minute for this company, all nodes together. Intuit allows 500 (QBO-API-03)"
                  + " to all apps of the company.");

  /** Limit of a second. */
  public static final Key<Integer> CALLS_PER_SECOND =
      Key.ofConnection("quickbooks-online.calls-per-second", wholeNumber(1, 100_000))
          .standard("8")
          .described(
              "Calls a second for this company, all nodes together. Intuit allows ten to one app,"
                  + " and answers more with a rest of a minute.");

  /** Calls at the same time. */
  public static final Key<Integer> CONCURRENT =
      Key.ofConnection("quickbooks-online.concurrent", wholeNumber(1, 10))
          .standard("5")
          .described("Calls at the same time; Intuit allows ten.");

  /** When absence counts. */
  public static final Key<Duration> SETTLE_TIME =
      Key.ofConnection(
              "quickbooks-online.settle-time", period(Duration.ofMillis(100), Duration.ofHours(1)))
          .standard("PT3M")
          .described(
              "How long after a write whose answer was lost a document's absence in QuickBooks"
                  + " counts as 'not written': QuickBooks works on a call for up to two minutes."
                  + " Too short a time risks a duplicate.");

  /** Longest wait for an answer. */
  public static final Key<Duration> TIME_OUT =
      Key.ofConnection(
              "quickbooks-online.time-out", period(Duration.ofMillis(100), Duration.ofMinutes(10)))
          .standard("PT2M10S")
          .described(
              "How long an answer is waited for before the outcome counts as unknown. QuickBooks"
                  + " gives up by itself after two minutes.");

  /** Most files on a document. */
  public static final Key<Integer> ATTACHMENTS =
      Key.ofConnection("quickbooks-online.attachments", wholeNumber(1, 100))
          .standard("20")
          .described(
              "The most files on one bill or vendor credit, those of other people included. It is"
                  + " not published for certain.");

  /** Largest file. */
  public static final Key<Integer> ATTACHMENT_MEGABYTES =
      Key.ofConnection("quickbooks-online.attachment-megabytes", wholeNumber(1, 100))
          .standard("20")
          .described("The largest file that is attached, in millions of bytes.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "QuickBooks Online",
          "The QuickBooks Online side of a connection.",
          List.of(
              URL,
              TOKEN_URL,
              REVOCATION_URL,
              CONSENT_URL,
              CLIENT_ID,
              CLIENT_SECRET,
              REDIRECT_URI,
              REALM_ID,
              LINES,
              ORDER_LINKS,
              PAYABLE_ACCOUNT,
              INCOME_ACCOUNT,
              CLASS_ID,
              TAX,
              TAX_CODE,
              UNTAXED_CODE,
              PROJECTS,
              CALLS_PER_MINUTE,
              CALLS_PER_SECOND,
              CONCURRENT,
              ATTACHMENTS,
              ATTACHMENT_MEGABYTES,
              SETTLE_TIME,
              TIME_OUT));

  private QuickBooksOnlineKeys() {}
}
