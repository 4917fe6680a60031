package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.util.List;
import java.util.Optional;

/**
 * Looking at payments of exported bills: those that came back to Procore, and those that did not
 * with the reason. What an approver decides about a flagged one is {@link PaymentJournal#decide}.
 */
public final class PaymentLists {

  private final Db db;
  private final Lists lists;
  private final Timelines timelines;

  PaymentLists(Db db) {
    this.db = db;
    this.lists = new Lists(db);
    this.timelines = new Timelines(db);
  }

  /**
   * One page.
   *
   * @param ascending whether the least comes first
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  public Page<PaymentView> page(
      PaymentFilter filter, PaymentView.Sort sort, boolean ascending, int size, int offset) {
    return lists.page(
        "payment t",
        filter.where(db),
        sort.order(ascending),
        PaymentView.SELECT,
        size,
        offset,
        PaymentView::map);
  }

  /** One payment. */
  public Optional<PaymentView> find(long id) {
    return db.sql(PaymentView.SELECT + " where t.id = :id").with("id", id).first(PaymentView::map);
  }

  /** All payments of one record, oldest first. */
  public List<PaymentView> ofWorkItem(long workItem) {
    return db.sql(PaymentView.SELECT + " where t.work_item_id = :item order by t.paid_on, t.id")
        .with("item", workItem)
        .list(PaymentView::map);
  }

  /** Everything that happened to a payment, oldest first. */
  public List<TimelineEntry> history(long id) {
    return timelines.ofPayment(id);
  }

  /**
   * How many payments of a connection are in a state, and what they come to.
   *
   * @param connection whose
   * @param state the payment journal's word
   * @param standing whether they came back, and if not why
   * @param payments how many
   * @param amount cash in the ERP
   * @param written what stands in Procore for them
   */
  public record Count(
      ConnectionId connection,
      String state,
      PaymentStanding standing,
      long payments,
      Money amount,
      Money written) {}

  /**
   * How many there are of each state.
   *
   * @param connection of this connection, or null for all
   */
  public List<Count> counts(ConnectionId connection) {
    return db.sql(
            """
            select connection, state, count(*) as payments, coalesce(sum(amount), 0) as amount, coalesce(sum(written_amount), 0) as written
            from payment where (cast(:connection as text) is null or connection = :connection)
            group by connection, state order by connection, state
            """)
        .with("connection", connection)
        .list(
            (rs, n) ->
                new Count(
                    Sql.connection(rs),
                    rs.getString("state"),
                    PaymentStanding.of(rs.getString("state")),
                    rs.getLong("payments"),
                    Sql.money(rs, "amount"),
                    Sql.money(rs, "written")));
  }
}
