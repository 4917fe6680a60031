package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.LocalDate;

/**
 * Which payments of exported bills are wanted. Everything that is null narrows nothing; without a
 * standing, payments that stood before the switch-on are left out, since there may be any number.
 *
 * @param connection of this connection
 * @param standing that came, or did not for this reason
 * @param projectId of invoices of this project
 * @param commitmentId of invoices of this commitment
 * @param vendorId to this company
 * @param least amount from here on
 * @param most amount up to here
 * @param from paid on this day or later
 * @param through paid on this day or earlier
 * @param text words of reference, batch, the keys of payment and bill, the numbers of invoice and
 *     bill, the company, the project; the beginning of a word finds it
 */
public record PaymentFilter(
    ConnectionId connection,
    PaymentStanding standing,
    Long projectId,
    Long commitmentId,
    Long vendorId,
    Money least,
    Money most,
    LocalDate from,
    LocalDate through,
    String text) {

  /** Every payment that counts. */
  public static PaymentFilter all() {
    return new PaymentFilter(null, null, null, null, null, null, null, null, null, null);
  }

  /** The same, of one connection. */
  public PaymentFilter of(ConnectionId wanted) {
    return new PaymentFilter(
        wanted, standing, projectId, commitmentId, vendorId, least, most, from, through, text);
  }

  /** The same, in one standing. */
  public PaymentFilter in(PaymentStanding wanted) {
    return new PaymentFilter(
        connection, wanted, projectId, commitmentId, vendorId, least, most, from, through, text);
  }

  /** The same, with these words. */
  public PaymentFilter withText(String words) {
    return new PaymentFilter(
        connection, standing, projectId, commitmentId, vendorId, least, most, from, through, words);
  }

  Where where(Db db) {
    return new Where()
        .and("t.connection = :connection", "connection", connection)
        .and(standing == PaymentStanding.BEFORE_SWITCH_ON ? "true" : "t.state <> 'ignored'")
        .and(
            "t.state = any(:states::text[])", "states", standing == null ? null : standing.states())
        .and(OF_ITEMS.formatted("w.project_id = :project"), "project", projectId)
        .and(OF_ITEMS.formatted("w.commitment_id = :commitment"), "commitment", commitmentId)
        .and(OF_ITEMS.formatted("w.vendor_id = :vendor"), "vendor", vendorId)
        .and("t.amount >= :least", "least", least)
        .and("t.amount <= :most", "most", most)
        .and("t.paid_on >= cast(:from as date)", "from", from)
        .and("t.paid_on <= cast(:through as date)", "through", through)
        .words(db, TEXT, text);
  }

  /** Payments of these records: an array, so that each record's payments come from an index. */
  private static final String OF_ITEMS =
      "t.work_item_id = any(array(select w.id from work_item w where w.erp_id is not null and %s))";

  private static final String TEXT =
      """
      (t.search @@ to_tsquery('simple', :words)
        or t.work_item_id = any(array(
          select w.id from work_item w where w.erp_id is not null and to_tsvector('simple', queue_words(
            coalesce(w.number, '') || ' ' || coalesce(w.erp_number, '') || ' ' || w.procore_id::text)) @@ to_tsquery('simple', :words)
          union all
          select q.work_item_id from queue_item q where q.search @@ to_tsquery('simple', :words) and q.work_item_id is not null)))
      """;
}
