package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a list shows of a payment of an exported bill. Amounts are cash. What is not known is null.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param erpPaymentId the ERP's key of the payment
 * @param erpBillId the ERP's key of the bill
 * @param workItemId work item of the invoice
 * @param queueItemId the invoice's item of the queue
 * @param requisitionId Procore's id of the invoice
 * @param invoiceNumber the number that the invoice was sent with
 * @param billNumber the number that the bill has in the ERP
 * @param vendorId Procore's id of the company
 * @param vendor its name
 * @param projectId Procore's project
 * @param projectName the project's name
 * @param commitmentId Procore's commitment
 * @param amount what was paid in the ERP
 * @param date day of the payment
 * @param method CHECK, CREDIT_CARD or ELECTRONIC
 * @param reference cheque number or text
 * @param batchReference the payment run that it belongs to
 * @param state the payment journal's word
 * @param standing whether it came back, and if not why
 * @param billState state of the work item that the bill belongs to, for a payment that is not
 *     matched: {@code unlinked} for instance; null when no work item ever had this bill
 * @param failureMessage the last failure
 * @param remedy what to do about that
 * @param deadLetterId the open dead letter about it
 * @param deletedAt when it was noticed that the ERP has it no more
 * @param procorePaymentId Procore's id of its row
 * @param writtenAmount what stands in Procore
 * @param writtenOn the day that stands in Procore
 * @param recordedAt when it was first read
 * @param knownAt when Procore first had it
 * @param changedAt when it came into its state
 * @param changedWhy why
 */
public record PaymentView(
    long id,
    ConnectionId connection,
    String erpPaymentId,
    String erpBillId,
    Long workItemId,
    Long queueItemId,
    Long requisitionId,
    String invoiceNumber,
    String billNumber,
    Long vendorId,
    String vendor,
    Long projectId,
    String projectName,
    Long commitmentId,
    Money amount,
    LocalDate date,
    String method,
    String reference,
    String batchReference,
    String state,
    PaymentStanding standing,
    String billState,
    String failureMessage,
    String remedy,
    Long deadLetterId,
    Instant deletedAt,
    Long procorePaymentId,
    Money writtenAmount,
    LocalDate writtenOn,
    Instant recordedAt,
    Instant knownAt,
    Instant changedAt,
    String changedWhy) {

  /** What a list may be sorted by. */
  public enum Sort {
    /** Day of the payment. */
    DATE("t.paid_on"),
    /** What was paid. */
    AMOUNT("t.amount"),
    /** Since when it has its state. */
    CHANGED("t.changed_at"),
    /** When it was first read. */
    RECORDED("t.recorded_at"),
    /** Its reference, as a text. */
    REFERENCE("t.reference"),
    /** Its state. */
    STATE("t.state");

    private final String column;

    Sort(String column) {
      this.column = column;
    }

    String order(boolean ascending) {
      return Lists.order(column, ascending);
    }
  }

  static final String SELECT =
      """
      select t.*, w.procore_id as requisition_id, w.number as invoice_number, w.erp_number as bill_number, w.vendor_id, w.project_id, w.commitment_id,
        q.id as queue_item_id, q.project_name, coalesce(q.party, m.vendor_name, (
          select c.event #>> '{vendor,company}' from work_item c where c.connection = w.connection
            and c.entity in ('work_order_contract', 'purchase_order_contract') and c.procore_id = w.commitment_id limit 1), l.code) as vendor,
        case when t.state = 'unmatched' then (
          select b.state from work_item b where b.connection = t.connection and b.entity = 'requisition' and b.erp_id = t.erp_bill_id order by b.id limit 1) end as bill_state,
        (select d.id from dead_letter d where d.subject_kind = 'payment' and d.subject_id = t.id and d.state = 'open') as letter
      from payment t
      left join work_item w on w.id = t.work_item_id
      left join lateral (select id, party, project_name from queue_item where work_item_id = w.id order by id limit 1) q on true
      left join link l on l.connection = t.connection and l.entity = 'vendor' and l.procore_key = w.vendor_id::text
      left join lateral (select vendor_name from company_match
        where connection = t.connection and vendor_id = w.vendor_id order by found_at desc limit 1) m on true
      """;

  static PaymentView map(ResultSet rs, int row) throws SQLException {
    return new PaymentView(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("erp_payment_id"),
        rs.getString("erp_bill_id"),
        Sql.longOrNull(rs, "work_item_id"),
        Sql.longOrNull(rs, "queue_item_id"),
        Sql.longOrNull(rs, "requisition_id"),
        rs.getString("invoice_number"),
        rs.getString("bill_number"),
        Sql.longOrNull(rs, "vendor_id"),
        rs.getString("vendor"),
        Sql.longOrNull(rs, "project_id"),
        rs.getString("project_name"),
        Sql.longOrNull(rs, "commitment_id"),
        Sql.money(rs, "amount"),
        rs.getObject("paid_on", LocalDate.class),
        rs.getString("method"),
        rs.getString("reference"),
        rs.getString("batch_reference"),
        rs.getString("state"),
        PaymentStanding.of(rs.getString("state")),
        rs.getString("bill_state"),
        rs.getString("failure_message"),
        rs.getString("remedy"),
        Sql.longOrNull(rs, "letter"),
        Sql.instant(rs, "erp_deleted_at"),
        Sql.longOrNull(rs, "procore_payment_id"),
        Sql.money(rs, "written_amount"),
        rs.getObject("written_on", LocalDate.class),
        Sql.instant(rs, "recorded_at"),
        Sql.instant(rs, "known_at"),
        Sql.instant(rs, "changed_at"),
        rs.getString("changed_why"));
  }
}
