package io.tieback.sandbox.procore;

import io.tieback.sandbox.kit.Switches;
import java.util.List;

/**
 * The switches of the Procore stand-in: one for each fact that its reference calls uncertain, and
 * for each limit.
 */
final class Settings {
  private Settings() {}

  static Switches switches() {
    return new Switches()
        .number(
            "missingCompanyHeaderStatus",
            400,
            "HTTP status when Procore-Company-Id is missing (not published).")
        .number(
            "invalidGrantStatus",
            401,
            "HTTP status of invalid_grant and invalid_client at /oauth/token.")
        .number("accessTokenSeconds", 5400, "Life of an access token.")
        .number("authorizationCodeSeconds", 600, "Life of an authorization code.")
        .choice(
            "detailsSyncWrapper",
            List.of("bare", "updates"),
            "Body of erp_request_details/sync: bare array, or {updates}.")
        .choice(
            "detailIdPlacement",
            List.of("mixed", "envelope", "requestData", "element", "absent"),
            "Where create_requisitions carries request_detail_id; mixed rotates by request id.")
        .flag(
            "detailsListNeedsItem",
            true,
            "List request details refuses (400) without filters[item_id].")
        .flag("detailItemFields", false, "Request details show item_type and item_id.")
        .choice(
            "lineAmount",
            List.of("gross", "net"),
            "Meaning of a line's amount in create_requisitions.")
        .choice(
            "materialsRetainedShown",
            List.of("afterRelease", "beforeRelease"),
            "Whether materials_stored_retainage_currently_retained is after or before this period's"
                + " release.")
        .flag(
            "previousFieldsPresent",
            true,
            "v1.1 items carry materials_presently_stored_from_previous_progress and"
                + " total_completed_and_stored_to_date_from_previous.")
        .flag("itemsInDefaultView", false, "The default view of v1.1 requisitions has items too.")
        .flag(
            "deleteLockedPayment", false, "DELETE of a contract payment with origin_id is allowed.")
        .flag(
            "deleteLockedDirectCost",
            false,
            "DELETE of a direct cost with origin_id, or of its lines, is allowed.")
        .flag(
            "subcontractorInvoiceCosts",
            true,
            "Direct costs may have the type subcontractor_invoice, which Procore has to enable.")
        .choice(
            "invoicePaymentAmountField",
            List.of("amount", "payment_amount"),
            "Field of invoice_payments/sync for the amount (not published); others are dropped.")
        .choice(
            "invoicePaymentDateField",
            List.of("date", "payment_date"),
            "Field of invoice_payments/sync for the day (not published); others are dropped.")
        .choice(
            "companyToolsLevel",
            List.of("Admin", "Standard", "Read Only", "None"),
            "The service account's level in the company's tools.")
        .choice(
            "projectToolsLevel",
            List.of("Admin", "Standard", "Read Only", "None"),
            "The service account's level in the tools of projects.")
        .flag("commitmentsToolActive", true, "Projects have the Commitments tool.")
        .number(
            "erpDisabledStatus",
            403,
            "HTTP status of ERP endpoints where the company has no ERP Integrations: 403 or 404.")
        .choice(
            "rangeQuotes",
            List.of("optional", "required", "refused"),
            "Double quotes around the value of a range filter.")
        .choice(
            "unknownFilters",
            List.of("ignored", "refused"),
            "Filters that a resource does not document change nothing, or answer 400.")
        .number("perPageMost", 10_000, "The highest per_page of v1; more answers 400.")
        .flag(
            "linesTouchContract",
            true,
            "A change of a line moves updated_at of its commitment or change order.")
        .flag(
            "clearRequisitionOrigin",
            true,
            "PATCH may write origin_id and origin_data, and nothing else, of a synced requisition.")
        .choice(
            "commitmentChangeOrderIds",
            List.of("potential", "own"),
            "Whether a commitment change order has the id of its potential change order.")
        .flag(
            "webhookRequisitions",
            false,
            "Hooks of projects can have triggers for Requisitions (not in the list seen in use).")
        .flag(
            "companyHooksSeeProjects",
            false,
            "Hooks of the company also get events of resources of its projects.")
        .flag(
            "sendChecks",
            true,
            "Projects are sent only when active, with the ERP list and a cost code with a type.")
        .number("syncRowLimit", 1000, "Rows that one sync call takes; more answer 413.")
        .number("hourlyLimit", 3600, "Calls in 60 minutes for each app and company.")
        .number("spikeLimit", 100, "Calls in 10 seconds for each app and company.")
        .flag(
            "rateLimitsOn",
            true,
            "Off: calls are neither counted nor refused; the headers then show full windows.")
        .flag("retryAfterOn429", false, "429 carries Retry-After beside X-Rate-Limit-Reset.")
        .flag(
            "webhooksEnabled",
            true,
            "Off: events go to the deliveries log as discarded and are not sent.")
        .number("webhookParallelism", 1, "Deliveries in flight for each hook; 1 keeps order.")
        .number(
            "webhookRatePerSecond",
            0,
            "Deliveries started each second for each hook; 0 is as fast as possible.")
        .number("webhookDuplicateEvery", 0, "Every n-th event is delivered twice; 0 is never.")
        .number("webhookDropEvery", 0, "Every n-th event is lost without a trace; 0 is never.")
        .flag("webhookReorder", false, "Events are delivered pairwise in the wrong order.")
        .flag(
            "webhookRequireHttps",
            false,
            "destination_url must be https (Procore's rule; off for loopback).")
        .number("webhookTimeoutMillis", 5000, "Time for a 2xx answer to a delivery.")
        .choice(
            "attachmentUrls",
            List.of("storage", "own"),
            "Addresses of files: signed ones of a storage, or Procore's own, which lead there.")
        .number("attachmentUrlSeconds", 3600, "Life of a signed address of a file.")
        .choice(
            "deliveriesOrder",
            List.of("ascending", "descending"),
            "Order of the deliveries log by event id.");
  }
}
