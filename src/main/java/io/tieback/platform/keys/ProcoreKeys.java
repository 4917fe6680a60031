package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.id;
import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.serviceAddress;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.net.URI;
import java.util.List;

/** The Procore side of a connection. */
public final class ProcoreKeys {

  /** Procore company. */
  public static final Key<Long> COMPANY_ID =
      Key.ofConnection("procore.company-id", id())
          .example("8080")
          .required()
          .described("The Procore company, as in its web address.");

  /** Address of the API. */
  public static final Key<URI> URL =
      Key.ofConnection("procore.url", serviceAddress())
          .standard("https://api.procore.com")
          .described("Address of Procore's API; another one for the sandbox or another region.");

  /** Address of the sign-in. */
  public static final Key<URI> LOGIN_URL =
      Key.ofConnection("procore.login-url", serviceAddress())
          .standard("https://login.procore.com")
          .described("Address of Procore's sign-in.");

  /** Address that people open. */
  public static final Key<URI> WEB_URL =
      Key.ofConnection("procore.web-url", serviceAddress())
          .standard("https://app.procore.com")
          .described(
              "Address that people open; links in bills and mails lead there. It must not contain"
                  + " 'xero' when the ERP is Xero.");

  /** Client id of the service account. */
  public static final Key<String> CLIENT_ID =
      Key.ofConnection("procore.client-id", text())
          .example("abc123")
          .required()
          .described("Client id of the developer managed service account (GEN-API-01).");

  /** Its client secret. */
  public static final Key<String> CLIENT_SECRET =
      Key.ofConnection("procore.client-secret", text())
          .example("${env:PROCORE_CLIENT_SECRET}")
          .secret()
          .required()
          .described("Client secret of that account.");

  /** What webhooks have to carry. */
  public static final Key<String> WEBHOOK_AUTHORIZATION =
      Key.ofConnection(
              "procore.webhook-authorization",
              text("a text of at least 16 characters", ".{16,1000}"))
          .example("${env:PROCORE_WEBHOOK_AUTHORIZATION}")
          .secret()
          .required()
          .described(
              "The Authorization header that Procore sends with each webhook: make a long random"
                  + " one. What comes without it is refused.");

  /** Namespace of the hook. */
  public static final Key<String> NAMESPACE =
      Key.ofConnection(
              "procore.namespace", text("letters, digits and hyphens", "[A-Za-z0-9-]{1,60}"))
          .standard("tieback")
          .described("Namespace of the webhook in Procore, by which Tieback finds its own again.");

  /** Where Procore delivers webhooks. */
  public static final Key<URI> WEBHOOK_DESTINATION =
      Key.ofConnection("procore.webhook-destination", serviceAddress())
          .example("https://connector.example.com/webhooks/procore/main")
          .described(
              "Public address at which Procore reaches this connection's webhook: it has to lead to"
                  + " /webhooks/procore/<connection> of server.port. Without it Tieback does not"
                  + " register the webhook; somebody has to do it in Procore.");

  /** The connector's own application. */
  public static final Key<String> APPLICATION_ID =
      Key.ofConnection("procore.application-id", text())
          .example("12345")
          .described(
              "Id of our own app in Procore; events that it caused itself are passed over"
                  + " (GEN-API-12).");

  /** Projects that are worked on. */
  public static final Key<List<String>> PROJECTS =
      Key.ofConnection("procore.projects", list("a list of project ids", "[1-9][0-9]{0,17}"))
          .example("101,102")
          .described("Only these projects, by id. Without it: every project of the company.");

  /** Form of the bulk close of request details. */
  public static final Key<String> DETAILS_SYNC_WRAPPER =
      Key.ofConnection("procore.details-sync-wrapper", oneOf("bare", "updates"))
          .standard("bare")
          .described(
              "How the bulk close of request details is sent: the rows alone, or inside 'updates'."
                  + " Procore's own pages show both.");

  /** What the event's line amount means. */
  public static final Key<String> LINE_AMOUNT =
      Key.ofConnection("procore.line-amount", oneOf("gross", "net"))
          .standard("gross")
          .described(
              "Whether the amount of a line in an export event is before or after retainage. A"
                  + " wrong choice refuses invoices with retainage; it never changes an amount.");

  /** View of a requisition that carries its lines. */
  public static final Key<String> REQUISITION_VIEW =
      Key.ofConnection("procore.requisition-view", oneOf("items", "extended"))
          .standard("items")
          .described("The view in which a subcontractor invoice is read.");

  /** Interface through which payments are written. */
  public static final Key<String> PAYMENTS_INTERFACE =
      Key.ofConnection("procore.payments-interface", oneOf("contract_payments", "invoice_payments"))
          .standard("contract_payments")
          .described(
              "Through which interface payments are written: the documented public one, or the ERP"
                  + " tab's own, whose amount fields are unpublished. A payment that was written"
                  + " through one stays there, whatever this says later.",
              "The ERP tab's own has no published way to remove a payment: payments.deleted-payment"
                  + " has to be flag or zero. Try it with one payment first.");

  /** Name of a field of the ERP tab's payments. */
  public static final Key<String> INVOICE_PAYMENT_AMOUNT_FIELD =
      Key.ofConnection(
              "procore.invoice-payment-amount-field", text("a field name", "[a-z][a-z0-9_]{0,59}"))
          .standard("amount")
          .described(
              "Name of the field that takes the amount in the ERP tab's own interface. Each payment"
                  + " is read back: where the amount is not shown under this name, it becomes a"
                  + " dead letter.");

  /** Name of a field of the ERP tab's payments. */
  public static final Key<String> INVOICE_PAYMENT_DATE_FIELD =
      Key.ofConnection(
              "procore.invoice-payment-date-field", text("a field name", "[a-z][a-z0-9_]{0,59}"))
          .standard("date")
          .described("Name of the field that takes the day of the payment there.");

  /** Path of staged records. */
  public static final Key<String> STAGED_RECORDS_PATH =
      Key.ofConnection(
              "procore.staged-records-path", text("a path", "/[A-Za-z0-9._{}/-]*[A-Za-z0-9_}]"))
          .standard("/rest/v1.0/companies/{company}/staged_records")
          .described(
              "Path of what Procore shows under Ready to Import, {company} standing for the"
                  + " company's id. Procore publishes only its end.");

  /** Hourly limit. */
  public static final Key<Integer> CALLS_PER_HOUR =
      Key.ofConnection("procore.calls-per-hour", wholeNumber(1, 10_000_000))
          .standard("3600")
          .described(
              "How many calls an hour Tieback allows itself until Procore's own headers tell the"
                  + " limit (GEN-API-13).");

  /** Limit of the ten-second window. */
  public static final Key<Integer> SPIKE_CALLS =
      Key.ofConnection("procore.spike-calls", wholeNumber(1, 100_000))
          .standard("25")
          .described("How many calls in ten seconds, likewise.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Procore",
          "The Procore side of a connection.",
          List.of(
              COMPANY_ID,
              URL,
              LOGIN_URL,
              WEB_URL,
              CLIENT_ID,
              CLIENT_SECRET,
              WEBHOOK_AUTHORIZATION,
              NAMESPACE,
              WEBHOOK_DESTINATION,
              APPLICATION_ID,
              PROJECTS,
              DETAILS_SYNC_WRAPPER,
              LINE_AMOUNT,
              REQUISITION_VIEW,
              PAYMENTS_INTERFACE,
              INVOICE_PAYMENT_AMOUNT_FIELD,
              INVOICE_PAYMENT_DATE_FIELD,
              STAGED_RECORDS_PATH,
              CALLS_PER_HOUR,
              SPIKE_CALLS));

  private ProcoreKeys() {}
}
