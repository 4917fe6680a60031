package io.tieback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The way of a record as one list, out of all journals that know of it: each is asked by the
 * record's key through an index.
 */
final class Timelines {

  private static final String COLUMNS =
      "select at, source, what, from_state, to_state, who, text, reference, round from (";

  /** The order of what happened at the same moment: as the pipeline goes. */
  private static final String IN_ORDER =
      ") way order by at, place, step nulls first, what, reference nulls first";

  /**
   * Everything about the work items of {@code :items}. What closed a batch, or looked for it, is
   * told by its documents' outcomes.
   */
  private static final String OF_ITEMS =
      """
      select r.received_at as at, 'REQUEST' as source, 1 as place, r.id as step, 'received' as what, null as from_state, null as to_state,
          null as who, r.source || coalesce(': ' || r.name, '') as text, r.request_id::text as reference, null::int as round
        from request_item i join erp_request r on r.id = i.request_row where i.work_item_id = any(:items::bigint[])
      union all
      select h.at, 'STATE', 3, h.id, h.to_state, h.from_state, h.to_state, h.node, h.reason, null, h.round
        from work_item_history h where h.work_item_id = any(:items::bigint[])
      union all
      select b.planned_at, 'WRITE', 4, d.position, 'planned', null, 'planned', null, b.documents || ' in one call', b.id::text, d.round
        from write_document d join write_batch b on b.id = d.batch_id where d.work_item_id = any(:items::bigint[])
      union all
      select b.first_sent_at, 'WRITE', 5, d.position, 'sent', 'planned', 'sent', null,
          case when b.sends > 1 then b.sends || ' times, last at ' || to_char(b.last_sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') end,
          b.id::text, d.round
        from write_document d join write_batch b on b.id = d.batch_id
        where d.work_item_id = any(:items::bigint[]) and b.first_sent_at is not null and b.sends > 0
      union all
      select b.looked_up_at, 'LOOK_UP', 6, d.position, 'looked up', null, null, null, b.last_message, b.id::text, d.round
        from write_document d join write_batch b on b.id = d.batch_id
        where d.work_item_id = any(:items::bigint[]) and b.looked_up_at is not null
      union all
      select d.outcome_at, 'WRITE', 7, d.position, d.outcome, null, d.outcome, null, nullif(array_to_string(d.messages, ' '), ''),
          coalesce(d.erp_id, d.batch_id::text), d.round
        from write_document d where d.work_item_id = any(:items::bigint[]) and d.outcome is not null and d.outcome_at is not null
      union all
      select w.origins_written_at, 'ACKNOWLEDGEMENT', 8, null, 'origin ids written', null, null, null,
          coalesce(w.origin_rows, 1 + cardinality(w.erp_line_ids)) || ' ids', w.erp_id, w.round
        from work_item w where w.id = any(:items::bigint[]) and w.origins_written_at is not null
      union all
      select t.answered_at, 'ACKNOWLEDGEMENT', 9, t.id, 'answered', null, t.outcome, null,
          nullif(array_to_string(i.messages, ' '), ''), t.detail_id::text, null
        from item_detail i join request_detail t on t.id = i.detail_row
        where i.work_item_id = any(:items::bigint[]) and t.answered_at is not null
      union all
      select f.at, 'FILE', 10, f.file_id, f.state, null, f.state, null, f.file_name || coalesce(': ' || f.message, ''), f.file_id::text, null
        from document_file f where f.work_item_id = any(:items::bigint[])
      union all
      select h.at, 'PAYMENT', 11, h.id, h.to_state, h.from_state, h.to_state, h.node, coalesce(p.amount::text || ': ', '') || h.reason,
          p.erp_payment_id, null
        from payment p join payment_history h on h.payment_id = p.id where p.work_item_id = any(:items::bigint[])
      """;

  private static final String LETTERS =
      """
      select d.created_at as at, 'DEAD_LETTER' as source, 12 as place, d.id as step, 'opened' as what, null as from_state, 'open' as to_state,
          d.flow as who, d.message as text, d.id::text as reference, null::int as round
        from dead_letter d where d.subject_kind = :kind and d.subject_id = any(:items::bigint[])
      union all
      select d.closed_at, 'DEAD_LETTER', 13, d.id, d.state, 'open', d.state, d.closed_by, d.reason, d.id::text, null
        from dead_letter d where d.subject_kind = :kind and d.subject_id = any(:items::bigint[]) and d.closed_at is not null
      """;

  private static final String MOVES =
      """
      select m.at, 'QUEUE' as source, 2 as place, m.id as step, m.action as what, m.from_state, m.to_state, m.who, m.reason as text,
          null as reference, m.round
        from queue_move m where m.queue_item_id = any(:queue::bigint[])
      """;

  /** Mails that name the item; a daily summary names many and belongs to none. */
  private static final String MAILS =
      """
      select f.mailed_at as at, 'MAIL' as source, 14 as place, f.id as step, 'failure mailed' as what, null as from_state, null as to_state,
          null as who, f.what as text, null as reference, null::int as round
        from failure_note f where f.queue_item_id = any(:queue::bigint[]) and f.mailed_at is not null
      union all
      select e.at, 'MAIL', 15, null, 'escalated', null, null, null, null, null, e.round
        from escalation e where e.queue_item_id = any(:queue::bigint[])
      """;

  private final Db db;

  Timelines(Db db) {
    this.db = db;
  }

  List<TimelineEntry> ofWorkItem(long item) {
    List<Long> queue =
        db.sql("select id from queue_item where work_item_id = :item").with("item", item).ids();
    return of(List.of(item), queue);
  }

  List<TimelineEntry> ofQueueItem(long queueItem) {
    List<Long> items =
        db.sql("select work_item_id from queue_item where id = :id and work_item_id is not null")
            .with("id", queueItem)
            .ids();
    return of(items, List.of(queueItem));
  }

  private List<TimelineEntry> of(List<Long> items, List<Long> queue) {
    String all =
        COLUMNS
            + OF_ITEMS
            + " union all "
            + LETTERS
            + " union all "
            + MOVES
            + " union all "
            + MAILS
            + IN_ORDER;
    return db.sql(all)
        .with("items", items)
        .with("queue", queue)
        .with("kind", "work_item")
        .list(Timelines::map);
  }

  List<TimelineEntry> ofPayment(long payment) {
    return db.sql(
            COLUMNS
                + """
                select h.at, 'STATE' as source, 1 as place, h.id as step, h.to_state as what, h.from_state, h.to_state, h.node as who, h.reason as text,
                    null as reference, null::int as round
                  from payment_history h where h.payment_id = any(:items::bigint[])
                union all
                select coalesce(s.done_at, s.sent_at), 'STEP', 2, s.position, lower(s.kind), null, s.state, null, s.message,
                    p.procore_payment_id::text, s.round
                  from payment_step s join payment p on p.id = s.payment_id
                  where s.payment_id = any(:items::bigint[]) and coalesce(s.done_at, s.sent_at) is not null
                union all
                """
                + LETTERS
                + IN_ORDER)
        .with("items", List.of(payment))
        .with("kind", "payment")
        .list(Timelines::map);
  }

  List<TimelineEntry> ofJobCost(long cost) {
    return db.sql(
            COLUMNS
                + """
                select h.at, 'STATE' as source, 1 as place, h.id as step, h.to_state as what, h.from_state, h.to_state, h.node as who, h.reason as text,
                    null as reference, h.round
                  from job_cost_history h where h.job_cost_id = any(:items::bigint[])
                union all
                select coalesce(s.done_at, s.sent_at), 'STEP', 2, s.position, lower(s.kind), null, s.state, null, s.message,
                    c.direct_cost_id::text, s.round
                  from job_cost_step s join job_cost c on c.id = s.job_cost_id
                  where s.job_cost_id = any(:items::bigint[]) and coalesce(s.done_at, s.sent_at) is not null
                union all
                """
                + LETTERS
                + IN_ORDER)
        .with("items", List.of(cost))
        .with("kind", "job_cost")
        .list(Timelines::map);
  }

  private static TimelineEntry map(ResultSet rs, int row) throws SQLException {
    Long round = Sql.longOrNull(rs, "round");
    return new TimelineEntry(
        Sql.instant(rs, "at"),
        TimelineEntry.Source.valueOf(rs.getString("source")),
        rs.getString("what"),
        rs.getString("from_state"),
        rs.getString("to_state"),
        rs.getString("who"),
        rs.getString("text"),
        rs.getString("reference"),
        round == null ? null : round.intValue());
  }
}
