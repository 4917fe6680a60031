package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A payment of an exported bill, as the ledger has it.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param erpPaymentId the ERP's key of the payment
 * @param erpBillId the ERP's key of the bill
 * @param itemId work item of the bill, or null while the bill is not known to be ours
 * @param state ignored, unmatched, planned, sent, unknown, known, amending, removing, flagged,
 *     zeroed, removed, replaced, cancelled or failed
 * @param amount cash paid
 * @param date day of the payment
 * @param method CHECK, CREDIT_CARD or ELECTRONIC, or null
 * @param reference cheque number or text, or null
 * @param deletedAt when it was noticed that the ERP has it no more, or null
 * @param procorePaymentId Procore's id of the contract payment, or null until known
 * @param originId the External Data that Procore has for it, or null
 * @param failureMessage the last failure, or null
 * @param batch the ERP's key of the batch that it was made in, or null
 * @param warned whether it needs an approver's eye: gone in the ERP and still in Procore
 */
public record PaymentRow(
    long id,
    ConnectionId connection,
    String erpPaymentId,
    String erpBillId,
    Long itemId,
    String state,
    Money amount,
    LocalDate date,
    String method,
    String reference,
    Instant deletedAt,
    Long procorePaymentId,
    String originId,
    String failureMessage,
    String batch,
    boolean warned,
    String writtenThrough) {

  static PaymentRow map(ResultSet rs, int row) throws SQLException {
    return new PaymentRow(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("erp_payment_id"),
        rs.getString("erp_bill_id"),
        Sql.longOrNull(rs, "work_item_id"),
        rs.getString("state"),
        Sql.money(rs, "amount"),
        rs.getObject("paid_on", LocalDate.class),
        rs.getString("method"),
        rs.getString("reference"),
        Sql.instant(rs, "erp_deleted_at"),
        Sql.longOrNull(rs, "procore_payment_id"),
        rs.getString("origin_id"),
        rs.getString("failure_message"),
        rs.getString("batch_reference"),
        rs.getString("state").equals("flagged"),
        rs.getString("written_through"));
  }
}
