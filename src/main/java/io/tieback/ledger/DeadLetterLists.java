package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.List;
import java.util.Optional;

/** Looking at dead letters: pages, counts, and one with its whole story. */
final class DeadLetterLists {

  private final Db db;
  private final Lists lists;
  private final Timelines timelines;

  DeadLetterLists(Db db) {
    this.db = db;
    this.lists = new Lists(db);
    this.timelines = new Timelines(db);
  }

  Page<DeadLetterRow> page(
      DeadLetterFilter filter, DeadLetterRow.Sort sort, boolean ascending, int size, int offset) {
    return lists.page(
        "dead_letter t",
        filter.where(db),
        sort.order(ascending),
        DeadLetterRow.SELECT,
        size,
        offset,
        DeadLetterRow::map);
  }

  List<DeadLetters.Count> counts(ConnectionId connection) {
    return db.sql(
            """
            select connection, failure_kind, entity, flow, count(*) as letters, min(created_at) as oldest from dead_letter
            where state = 'open' and (cast(:connection as text) is null or connection = :connection)
            group by connection, failure_kind, entity, flow order by connection, failure_kind, entity, flow
            """)
        .with("connection", connection)
        .list(
            (rs, n) ->
                new DeadLetters.Count(
                    Sql.connection(rs),
                    rs.getString("failure_kind"),
                    rs.getString("entity"),
                    rs.getString("flow"),
                    rs.getLong("letters"),
                    Sql.instant(rs, "oldest")));
  }

  Optional<DeadLetterStory> story(long id) {
    return db.sql("select * from dead_letter where id = :id")
        .with("id", id)
        .first((rs, n) -> new Found(DeadLetter.map(rs, n), rs.getString("corrected")))
        .map(this::story);
  }

  private record Found(DeadLetter letter, String corrected) {}

  private DeadLetterStory story(Found found) {
    DeadLetter letter = found.letter();
    List<DeadLetterRow> chain =
        db.sql(
                """
                with recursive up as (
                    select id, parent_id from dead_letter where id = :id
                    union select p.id, p.parent_id from dead_letter p join up on p.id = up.parent_id),
                  down as (
                    select id from dead_letter where id = :id
                    union select k.id from dead_letter k join down on k.parent_id = down.id)
                """
                    + DeadLetterRow.SELECT
                    + " where t.id in (select id from up union select id from down) order by t.id")
            .with("id", letter.id())
            .list(DeadLetterRow::map);
    DeadLetterRow row =
        chain.stream().filter(one -> one.id() == letter.id()).findFirst().orElseThrow();
    String payload =
        db.sql(
                """
                select jsonb_pretty(exchange -> 'event') from dead_letter
                where id = :id and subject_kind = 'work_item' and jsonb_typeof(exchange -> 'event') = 'object'
                """)
            .with("id", letter.id())
            .first((rs, n) -> rs.getString(1))
            .orElse(null);
    return new DeadLetterStory(row, letter, chain, way(letter), payload, found.corrected());
  }

  private List<TimelineEntry> way(DeadLetter letter) {
    return switch (letter.subjectKind()) {
      case "work_item" -> timelines.ofWorkItem(letter.subjectId());
      case "payment" -> timelines.ofPayment(letter.subjectId());
      case "job_cost" -> timelines.ofJobCost(letter.subjectId());
      default ->
          db.sql(
                  """
                  select cast(h ->> 'at' as timestamptz) as at, h ->> 'from' as from_state, h ->> 'to' as to_state, h ->> 'node' as node,
                    h ->> 'reason' as reason
                  from dead_letter d, jsonb_array_elements(d.history) with ordinality as s (h, position)
                  where d.id = :id and jsonb_typeof(d.history) = 'array' and h ->> 'at' is not null order by position
                  """)
              .with("id", letter.id())
              .list(
                  (rs, n) ->
                      new TimelineEntry(
                          Sql.instant(rs, "at"),
                          TimelineEntry.Source.STATE,
                          rs.getString("to_state") == null ? "step" : rs.getString("to_state"),
                          rs.getString("from_state"),
                          rs.getString("to_state"),
                          rs.getString("node"),
                          rs.getString("reason"),
                          null,
                          null));
    };
  }
}
