package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The dead-letter store: what was not retried to success, with the exchange, its history and its
 * cause (design section 7). Replaying and discarding is in {@link Replays}. Payloads and history
 * are masked before they are stored; messages have to be when they are handed in.
 */
public final class DeadLetters {

  /** A failure that is reported again while its letter is open brings the letter up to date. */
  private static final String ONE_OPEN_LETTER =
      """
      on conflict (subject_kind, subject_id) where state = 'open' do update
        set flow = excluded.flow, failure_kind = excluded.failure_kind, message = excluded.message, remedy = excluded.remedy,
          exchange = excluded.exchange, history = excluded.history
      """;

  private static final String PARENT =
      "(select max(p.id) from dead_letter p where p.subject_kind = '%s' and p.subject_id = %s and"
          + " p.state = 'replayed')";

  private final Db db;
  private final DeadLetterLists lists;
  private final UnaryOperator<String> mask;

  /**
   * @param mask takes secrets out of JSON text, which stays JSON
   */
  DeadLetters(Db db, UnaryOperator<String> mask) {
    this.db = db;
    this.lists = new DeadLetterLists(db);
    this.mask = mask;
  }

  /** JSON without secrets. */
  String masked(String json) {
    return mask.apply(json);
  }

  /**
   * Keeps an exchange that failed before it became a record of the ledger. It can be read and
   * discarded; there is nothing that could be replayed.
   *
   * @param exchange what was being worked on, as JSON
   * @param history what happened to it, as a JSON array
   * @return key of the letter
   */
  public long add(
      ConnectionId connection,
      String flow,
      String entity,
      String key,
      String failureKind,
      String message,
      String remedy,
      String exchange,
      String history) {
    return db.sql(
            """
            insert into dead_letter (connection, flow, entity, subject_kind, key, failure_kind, message, remedy, exchange, history, state, created_at)
            values (:connection, :flow, :entity, 'exchange', :key, :kind, :message, :remedy, :exchange::jsonb, :history::jsonb, 'open', :now)
            returning id
            """)
        .with("connection", connection)
        .with("flow", flow)
        .with("entity", entity)
        .with("key", key)
        .with("kind", failureKind)
        .with("message", message)
        .with("remedy", remedy)
        .with("exchange", masked(exchange))
        .with("history", masked(history))
        .number();
  }

  void addForItems(List<Long> items, String flow, String kind, String message, String remedy) {
    add(
        """
        select w.connection, :flow, w.entity, 'work_item', w.id, w.procore_id::text, :kind, :message, :remedy,
          jsonb_build_object('event', w.event, 'document', w.document, 'digest', w.digest, 'marker', w.marker),
          (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'round', h.round, 'from', h.from_state, 'to', h.to_state, 'node', h.node,
            'reason', h.reason) order by h.id), '[]') from work_item_history h where h.work_item_id = w.id),
          'open', %s, :now
        from work_item w where w.id = any(:subjects::bigint[])
        """
            .formatted(PARENT.formatted("work_item", "w.id")),
        items,
        flow,
        kind,
        message,
        remedy);
  }

  void addForRequest(long row, String kind, String message, String remedy) {
    add(
        """
        select r.connection, :flow, coalesce(r.name, 'erp_request'), 'erp_request', r.id, r.request_id::text, :kind, :message, :remedy,
          jsonb_build_object('requestId', r.request_id, 'body', r.body),
          jsonb_build_array(jsonb_build_object('at', r.received_at, 'to', 'received', 'reason', r.source, 'attempts', r.attempts)),
          'open', %s, :now
        from erp_request r where r.id = any(:subjects::bigint[])
        """
            .formatted(PARENT.formatted("erp_request", "r.id")),
        List.of(row),
        "read-erp-requests",
        kind,
        message,
        remedy);
  }

  void addForPayment(long payment, String flow, String kind, String message, String remedy) {
    add(
        """
        select p.connection, :flow, 'payment', 'payment', p.id, p.erp_payment_id, :kind, :message, :remedy,
          jsonb_build_object('erpPaymentId', p.erp_payment_id, 'erpBillId', p.erp_bill_id, 'amount', p.amount::text, 'date', p.paid_on,
            'method', p.method, 'procorePaymentId', p.procore_payment_id),
          (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'from', h.from_state, 'to', h.to_state, 'node', h.node, 'reason', h.reason)
            order by h.id), '[]') from payment_history h where h.payment_id = p.id),
          'open', %s, :now
        from payment p where p.id = any(:subjects::bigint[])
        """
            .formatted(PARENT.formatted("payment", "p.id")),
        List.of(payment),
        flow,
        kind,
        message,
        remedy);
  }

  void addForJobCost(long cost, String flow, String kind, String message, String remedy) {
    add(
        """
        select c.connection, :flow, 'job_cost', 'job_cost', c.id, c.kind || ' ' || c.erp_id, :kind, :message, :remedy,
          jsonb_build_object('originId', c.origin_id, 'projectId', c.project_id, 'directCostId', c.direct_cost_id, 'wanted', c.wanted::jsonb),
          (select coalesce(jsonb_agg(jsonb_build_object('at', h.at, 'round', h.round, 'from', h.from_state, 'to', h.to_state, 'node', h.node,
            'reason', h.reason) order by h.id), '[]') from job_cost_history h where h.job_cost_id = c.id),
          'open', %s, :now
        from job_cost c where c.id = any(:subjects::bigint[])
        """
            .formatted(PARENT.formatted("job_cost", "c.id")),
        List.of(cost),
        flow,
        kind,
        message,
        remedy);
  }

  private void add(
      String selection,
      List<Long> subjects,
      String flow,
      String kind,
      String message,
      String remedy) {
    List<Stored> stored =
        db.sql(
                """
                insert into dead_letter (connection, flow, entity, subject_kind, subject_id, key, failure_kind, message, remedy, exchange, history, state,
                  parent_id, created_at)
                """
                    + selection
                    + ONE_OPEN_LETTER
                    + " returning id, exchange, history")
            .with("subjects", subjects)
            .with("flow", flow)
            .with("kind", kind)
            .with("message", message)
            .with("remedy", remedy == null ? "" : remedy)
            .list(
                (rs, row) ->
                    new Stored(
                        rs.getLong("id"), rs.getString("exchange"), rs.getString("history")));
    // Runs in the transaction of the caller: nobody ever reads a letter that is not masked.
    for (Stored letter : stored) {
      db.sql(
              "update dead_letter set exchange = :exchange::jsonb, history = :history::jsonb where"
                  + " id = :id")
          .with("id", letter.id())
          .with("exchange", masked(letter.exchange()))
          .with("history", masked(letter.history()))
          .update();
    }
  }

  private record Stored(long id, String exchange, String history) {}

  /**
   * What to list.
   *
   * @param connection only of this connection, or null for all
   * @param state only in this state, or null for all
   * @param text only with this text in message, remedy, flow or key, whatever its case; or null
   * @param limit most letters
   */
  public record Filter(ConnectionId connection, String state, String text, int limit) {
    /** Everything that waits for a person, of all connections. */
    public static Filter open(int limit) {
      return new Filter(null, "open", null, limit);
    }
  }

  /** Letters, newest first. */
  public List<DeadLetter> list(Filter filter) {
    return db.sql(
            """
            select * from dead_letter
            where (cast(:connection as text) is null or connection = :connection) and (cast(:state as text) is null or state = :state)
              and (cast(:text as text) is null
                or position(lower(:text) in lower(concat_ws(' ', message, remedy, flow, key, failure_kind, entity))) > 0)
            order by id desc limit :limit
            """)
        .with("connection", filter.connection())
        .with("state", filter.state())
        .with("text", filter.text())
        .with("limit", filter.limit())
        .list(DeadLetter::map);
  }

  /** The open letter of a record on its way out. */
  public Optional<DeadLetter> openFor(long workItem) {
    return db.sql(
            "select * from dead_letter where subject_kind = 'work_item' and subject_id = :item and"
                + " state = 'open'")
        .with("item", workItem)
        .first(DeadLetter::map);
  }

  /** One letter. */
  public Optional<DeadLetter> find(long id) {
    return db.sql("select * from dead_letter where id = :id").with("id", id).first(DeadLetter::map);
  }

  /**
   * One page of a list of letters.
   *
   * @param ascending whether the least comes first
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  public Page<DeadLetterRow> page(
      DeadLetterFilter filter, DeadLetterRow.Sort sort, boolean ascending, int size, int offset) {
    return lists.page(filter, sort, ascending, size, offset);
  }

  /**
   * How many open letters there are of each.
   *
   * @param connection whose
   * @param failureKind which kind of failure
   * @param entity what they are about
   * @param flow which route gave up
   * @param letters how many
   * @param oldest when the oldest of them arose
   */
  public record Count(
      ConnectionId connection,
      String failureKind,
      String entity,
      String flow,
      long letters,
      Instant oldest) {}

  /**
   * How many open letters there are by connection, kind of failure, entity and flow.
   *
   * @param connection of this connection, or null for all
   */
  public List<Count> counts(ConnectionId connection) {
    return lists.counts(connection);
  }

  /** One letter with its whole story; empty when there is none. */
  public Optional<DeadLetterStory> story(long id) {
    return lists.story(id);
  }
}
