package io.tieback.procore;

import java.time.Duration;
import java.util.Objects;

/**
 * Facts about Procore that its documentation leaves open, as settings of the connection (Procore
 * reference section 17), and limits.
 *
 * @param detailsSyncWrapper body of {@code erp_request_details/sync}
 * @param requisitionView view of a requisition that carries its items
 * @param paymentsInterface where payments of exported bills are written
 * @param invoicePaymentFields names of fields of the ERP tab's own payments
 * @param stagedRecordsPath path of staged records, with {@code {company}} for the company's id
 * @param syncRows most rows of one sync call, 1 to 1,000 (GEN-API-15)
 * @param timeout longest wait for an answer
 */
public record ProcoreSettings(
    DetailsWrapper detailsSyncWrapper,
    RequisitionView requisitionView,
    PaymentsInterface paymentsInterface,
    InvoicePaymentFields invoicePaymentFields,
    String stagedRecordsPath,
    int syncRows,
    Duration timeout) {

  /** The path that Procore's pages let one infer. */
  public static final String STAGED_RECORDS = "/rest/v1.0/companies/{company}/staged_records";

  /** Most rows that Procore takes in one sync call. */
  public static final int MOST_SYNC_ROWS = 1000;

  /**
   * Body of {@code erp_request_details/sync}: the published sample is a bare array, other samples
   * of the page have it in {@code updates}.
   */
  public enum DetailsWrapper {
    BARE,
    UPDATES
  }

  /** View of {@code GET /rest/v1.1/requisitions/{id}} that carries items. */
  public enum RequisitionView {
    /** Header, summary and items: the smallest that is enough. */
    ITEMS,
    /** The same with attachments and names, for companies whose items view leaves something out. */
    EXTENDED;

    /** The word in the query. */
    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Where payments are written. */
  public enum PaymentsInterface {
    /** The public resource, fully documented. */
    CONTRACT_PAYMENTS,
    /** The ERP tab's own sync, whose amount fields are unpublished. */
    INVOICE_PAYMENTS;

    /** The word in settings and in the ledger. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Names of fields of {@code invoice_payments/sync} that are not published.
   *
   * @param amount what was paid
   * @param date the day it was paid
   */
  public record InvoicePaymentFields(String amount, String date) {}

  public ProcoreSettings {
    Objects.requireNonNull(detailsSyncWrapper, "detailsSyncWrapper");
    Objects.requireNonNull(requisitionView, "requisitionView");
    Objects.requireNonNull(paymentsInterface, "paymentsInterface");
    Objects.requireNonNull(invoicePaymentFields, "invoicePaymentFields");
    Objects.requireNonNull(stagedRecordsPath, "stagedRecordsPath");
    if (syncRows < 1 || syncRows > MOST_SYNC_ROWS) {
      throw new IllegalArgumentException(
          "procore sync rows is " + syncRows + "; it must be 1 to " + MOST_SYNC_ROWS);
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(
          "procore time-out is " + timeout + "; it must be above zero");
    }
  }

  /** Bare array, items view, contract payments, 1,000 rows, 30 seconds. */
  public static ProcoreSettings defaults() {
    return new ProcoreSettings(
        DetailsWrapper.BARE,
        RequisitionView.ITEMS,
        PaymentsInterface.CONTRACT_PAYMENTS,
        new InvoicePaymentFields("amount", "date"),
        STAGED_RECORDS,
        MOST_SYNC_ROWS,
        Duration.ofSeconds(30));
  }
}
