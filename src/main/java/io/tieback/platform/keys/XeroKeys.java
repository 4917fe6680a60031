package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
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

/** The Xero side of a connection. */
public final class XeroKeys {

  private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  /** Sign-in by a person in the browser. */
  public static final String AUTHORIZATION_CODE = "authorization_code";

  /** Sign-in of a custom connection. */
  public static final String CLIENT_CREDENTIALS = "client_credentials";

  /** Address of the API. */
  public static final Key<URI> URL =
      Key.ofConnection("xero.url", serviceAddress())
          .standard("https://api.xero.com")
          .described("Address of Xero's API.");

  /** Address that gives tokens. */
  public static final Key<URI> IDENTITY_URL =
      Key.ofConnection("xero.identity-url", serviceAddress())
          .standard("https://identity.xero.com")
          .described("Address at which Xero gives and renews tokens.");

  /** Address where a person consents. */
  public static final Key<URI> LOGIN_URL =
      Key.ofConnection("xero.login-url", serviceAddress())
          .standard("https://login.xero.com")
          .described("Address at which a person consents in the browser.");

  /** Client id of the app. */
  public static final Key<String> CLIENT_ID =
      Key.ofConnection("xero.client-id", text())
          .example("0123456789ABCDEF0123456789ABCDEF")
          .requiredWhen(ConnectionKeys.ERP, ConnectionKeys.XERO)
          .described("Client id of the app in Xero's developer portal.");

  /** Client secret of the app. */
  public static final Key<String> CLIENT_SECRET =
      Key.ofConnection("xero.client-secret", text())
          .example("${env:XERO_CLIENT_SECRET}")
          .secret()
          .requiredWhen(ConnectionKeys.ERP, ConnectionKeys.XERO)
          .described("Client secret of that app.");

  /** How tokens are obtained. */
  public static final Key<String> GRANT =
      Key.ofConnection("xero.grant", oneOf(AUTHORIZATION_CODE, CLIENT_CREDENTIALS))
          .standard(AUTHORIZATION_CODE)
          .described(
              "authorization_code: a person consents once with './tieback connect xero'.",
              "client_credentials: a custom connection of Xero's, without a browser.");

  /** Where the browser comes back to. */
  public static final Key<URI> REDIRECT_URI =
      Key.ofConnection("xero.redirect-uri", serviceAddress())
          .standard("http://localhost:8400/callback")
          .described(
              "Where the browser returns after consent; it has to be registered with the app. Xero"
                  + " allows http for 'localhost' only, by that name.");

  /** Rights asked for. */
  public static final Key<String> SCOPES =
      Key.ofConnection("xero.scopes", text("scopes separated by spaces", "[a-z._]+( [a-z._]+)*"))
          .standard(
              "offline_access accounting.invoices accounting.payments.read"
                  + " accounting.banktransactions.read accounting.contacts accounting.settings")
          .described(
              "The rights that are asked for. An app made before March 2026 may need"
                  + " accounting.transactions instead of accounting.invoices,"
                  + " accounting.payments.read and accounting.banktransactions.read.",
              "A custom connection (xero.grant = client_credentials) asks without offline_access.");

  /** Chosen organisation. */
  public static final Key<String> TENANT_ID =
      Key.ofConnection("xero.tenant-id", text("a Xero tenant id (a UUID)", UUID_FORM))
          .example("11111111-2222-3333-4444-555555555555")
          .described(
              "Which organisation, when the person who consents has several. './tieback connect"
                  + " xero' lists them.");

  /** Status in which bills are made. */
  public static final Key<String> BILL_STATUS =
      Key.ofConnection("xero.bill-status", oneOf("AUTHORISED", "SUBMITTED", "DRAFT"))
          .standard("AUTHORISED")
          .described(
              "Status of the bills that are written. AUTHORISED needs the right to approve bills"
                  + " and is the only one that can be paid at once.");

  /** How line amounts relate to tax. */
  public static final Key<String> LINE_AMOUNT_TYPES =
      Key.ofConnection("xero.line-amount-types", oneOf("NoTax", "Exclusive", "Inclusive"))
          .standard("NoTax")
          .described(
              "How the amounts of Procore relate to tax (docs/invoices.md). NoTax: bills bear none,"
                  + " and an invoice on which Procore states tax is refused. Exclusive: tax comes"
                  + " on top, by the rates of Xero, and has to equal Procore's to the cent."
                  + " Inclusive: the amounts hold it, and Xero takes it out of them.");

  /** Tax type of lines without a tax code. */
  public static final Key<String> TAX_TYPE =
      Key.ofConnection("xero.tax-type", text("a Xero tax type", "[A-Z0-9_]{1,50}"))
          .example("INPUT")
          .described(
              "Tax type of lines whose tax code in Procore is empty, under Exclusive and Inclusive."
                  + " Without it such an invoice is refused.");

  /** Tax type of lines that bear none. */
  public static final Key<String> UNTAXED_TYPE =
      Key.ofConnection("xero.tax-type-untaxed", text("a Xero tax type", "[A-Z0-9_]{1,50}"))
          .standard("NONE")
          .example("BASEXCLUDED")
          .described(
              "Tax type of retainage lines while their tax falls due with the invoice"
                  + " (retainage.tax).");

  /** Tracking category of projects. */
  public static final Key<String> TRACKING_CATEGORY_ID =
      Key.ofConnection(
              "xero.tracking-category-id", text("a Xero tracking category id (a UUID)", UUID_FORM))
          .example("22222222-3333-4444-5555-666666666666")
          .described(
              "The tracking category whose options are the projects. Without it the one that"
                  + " xero.tracking-category-name names is taken.");

  /** Name of the tracking category of projects. */
  public static final Key<String> TRACKING_CATEGORY_NAME =
      Key.ofConnection(
              "xero.tracking-category-name", text("a name of at most 100 characters", ".{1,100}"))
          .standard("Project")
          .described(
              "Name of the tracking category whose options are the projects, where"
                  + " xero.tracking-category-id is not set. The first project that is exported"
                  + " makes it, if Xero has none of that name and a place for one: it takes two"
                  + " active categories.");

  /** Most active tracking options. */
  public static final Key<Integer> TRACKING_OPTIONS =
      Key.ofConnection("xero.tracking-options", wholeNumber(1, 100_000))
          .standard("100")
          .described(
              "Most active options of that category: a project beyond is refused, and from nine"
                  + " tenths on there is a warning. Xero's reports become unwieldy with more than"
                  + " 100.");

  /** Most items. */
  public static final Key<Integer> ITEMS =
      Key.ofConnection("xero.items", wholeNumber(1, 1_000_000))
          .standard("4000")
          .described(
              "Most items that Xero is to hold (XR-WBS-02): the codes of a project that would take"
                  + " it beyond are refused, all of them, before anything is sent.");

  /** Limit of a minute. */
  public static final Key<Integer> CALLS_PER_MINUTE =
      Key.ofConnection("xero.calls-per-minute", wholeNumber(1, 100_000))
          .standard("60")
          .described("Xero's limit of calls a minute for this organisation, all nodes together.");

  /** Limit of a day. */
  public static final Key<Integer> CALLS_PER_DAY =
      Key.ofConnection("xero.calls-per-day", wholeNumber(1, 10_000_000))
          .standard("5000")
          .described("Xero's limit of calls a day (1000 on its Starter tier).");

  /** Calls of a day that only exports may use. */
  public static final Key<Integer> CALLS_KEPT =
      Key.ofConnection("xero.calls-kept-for-exports", wholeNumber(0, 10_000_000))
          .standard("500")
          .described(
              "Calls of the day's limit that are kept for what goes out. When only these are left,"
                  + " payments, job costs and tie-outs wait for the next day; exports go on.");

  /** Calls at the same time. */
  public static final Key<Integer> CONCURRENT =
      Key.ofConnection("xero.concurrent", wholeNumber(1, 100))
          .standard("5")
          .described("Xero's limit of calls at the same time.");

  /** Documents in one call. */
  public static final Key<Integer> DOCUMENTS_PER_CALL =
      Key.ofConnection("xero.documents-per-call", wholeNumber(1, 50))
          .standard("50")
          .described("How many bills are written in one call at most.");

  /** When absence counts. */
  public static final Key<Duration> SETTLE_TIME =
      Key.ofConnection("xero.settle-time", period(Duration.ofMillis(100), Duration.ofHours(1)))
          .standard("PT2M")
          .described(
              "How long after a write whose answer was lost a bill's absence in Xero counts as 'not"
                  + " written': Xero may finish a write after the line was dropped. Too short a"
                  + " time risks a duplicate.");

  /** How long the same key may be sent again. */
  public static final Key<Duration> IDEMPOTENCY_WINDOW =
      Key.ofConnection("xero.idempotency-window", period(Duration.ZERO, Duration.ofSeconds(350)))
          .standard("PT5M30S")
          .described(
              "How long after its first sending the same batch may be sent again under its key."
                  + " Xero remembers keys for six minutes; stay below.");

  /** Longest wait for an answer. */
  public static final Key<Duration> TIME_OUT =
      Key.ofConnection("xero.time-out", period(Duration.ofMillis(100), Duration.ofMinutes(10)))
          .standard("PT1M40S")
          .described("How long an answer is waited for before the outcome counts as unknown.");

  /** Most files on a document. */
  public static final Key<Integer> ATTACHMENTS =
      Key.ofConnection("xero.attachments", wholeNumber(1, 100))
          .standard("10")
          .described(
              "The most files on one bill or credit note, those of other people included. Ten is"
                  + " what is known of Xero; it is not published for certain.");

  /** Largest file. */
  public static final Key<Integer> ATTACHMENT_MEGABYTES =
      Key.ofConnection("xero.attachment-megabytes", wholeNumber(1, 100))
          .standard("10")
          .described(
              "The largest file that is attached, in millions of bytes. Ten is what is known of"
                  + " Xero; it is not published for certain.");

  /** Kinds of files. */
  public static final Key<List<String>> ATTACHMENT_TYPES =
      Key.ofConnection("xero.attachment-types", list("a list of endings", "[a-z0-9]{1,10}"))
          .standard(
              "pdf,png,jpg,jpeg,gif,bmp,tif,tiff,txt,csv,rtf,doc,docx,xls,xlsx,ppt,pptx,odf,rar,zip")
          .described("Endings of the names of files that Xero takes.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Xero",
          "The Xero side of a connection.",
          List.of(
              URL,
              IDENTITY_URL,
              LOGIN_URL,
              CLIENT_ID,
              CLIENT_SECRET,
              GRANT,
              REDIRECT_URI,
              SCOPES,
              TENANT_ID,
              BILL_STATUS,
              LINE_AMOUNT_TYPES,
              TAX_TYPE,
              UNTAXED_TYPE,
              TRACKING_CATEGORY_ID,
              TRACKING_CATEGORY_NAME,
              TRACKING_OPTIONS,
              ITEMS,
              CALLS_PER_MINUTE,
              CALLS_PER_DAY,
              CALLS_KEPT,
              CONCURRENT,
              DOCUMENTS_PER_CALL,
              ATTACHMENTS,
              ATTACHMENT_MEGABYTES,
              ATTACHMENT_TYPES,
              SETTLE_TIME,
              IDEMPOTENCY_WINDOW,
              TIME_OUT));

  private XeroKeys() {}
}
