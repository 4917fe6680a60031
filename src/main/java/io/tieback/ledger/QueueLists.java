package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pages and counts of the queue, made for lists of 100,000 and more: the order comes from an index
 * where nothing else narrows the list, and counting stops at {@link QueuePage#MOST_COUNTED}.
 */
final class QueueLists {

  private final Db db;

  QueueLists(Db db) {
    this.db = db;
  }

  /** A condition that is written and bound where it is needed. */
  private static final class Where {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    void and(String condition, String name, Object value) {
      conditions.add(condition);
      values.put(name, value);
    }

    String text() {
      return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    Sql bind(Sql sql) {
      values.forEach(sql::with);
      return sql;
    }
  }

  QueuePage page(QueueFilter filter, QueuePage.Sort sort, boolean ascending, int size, int offset) {
    if (size < 1 || size > 500 || offset < 0) {
      throw new IllegalArgumentException(
          "page of " + size + " rows from " + offset + " on: 1 to 500 rows, from 0 on");
    }
    Where where = where(filter);
    String direction = ascending ? " asc nulls last" : " desc nulls last";
    // state_since is never null, and only so does its index give the order.
    String order =
        sort == QueuePage.Sort.SINCE
            ? (ascending ? "state_since, id" : "state_since desc, id desc")
            : sort.column() + direction + ", id" + (ascending ? "" : " desc");
    // The page is found on narrow rows, and what is shown is read for its rows alone.
    List<QueuePage.Row> rows =
        where
            .bind(
                db.sql(
                    "select "
                        + QueuePage.Row.COLUMNS
                        + " from queue_item where id = any(array(select id from queue_item where "
                        + where.text()
                        + " order by "
                        + order
                        + " limit :size offset :offset)) order by "
                        + order))
            .with("size", size)
            .with("offset", offset)
            .list(QueuePage.Row::map);
    long total =
        where
            .bind(
                db.sql(
                    "select count(*) from (select 1 from queue_item where "
                        + where.text()
                        + " limit :most) counted"))
            .with("most", QueuePage.MOST_COUNTED + 1)
            .number();
    return new QueuePage(
        rows, Math.min(total, QueuePage.MOST_COUNTED), total > QueuePage.MOST_COUNTED);
  }

  private Where where(QueueFilter filter) {
    Where where = new Where();
    if (filter.list() != null) {
      where.and("list = :list", "list", filter.list());
    }
    if (!filter.states().isEmpty()) {
      where.and("state = any(:states::text[])", "states", filter.states());
    }
    if (filter.connection() != null) {
      where.and("connection = :connection", "connection", filter.connection());
    }
    if (filter.kind() != null) {
      where.and("kind = :kind", "kind", filter.kind());
    }
    if (filter.projectId() != null) {
      where.and("project_id = :project", "project", filter.projectId());
    }
    if (filter.least() != null) {
      where.and("amount >= :least", "least", filter.least());
    }
    if (filter.most() != null) {
      where.and("amount <= :most", "most", filter.most());
    }
    if (filter.since() != null) {
      where.and("state_since >= :since", "since", filter.since());
    }
    if (filter.before() != null) {
      where.and("state_since < :before", "before", filter.before());
    }
    if (filter.text() != null && !filter.text().isBlank()) {
      where.and("search @@ to_tsquery('simple', :words)", "words", words(filter.text()));
    }
    return where;
  }

  /** The words as the beginnings of words, all of which have to be there. */
  private String words(String text) {
    return db.sql(
            """
            select coalesce(string_agg('''' || word || ''':*', ' & '), '') from regexp_split_to_table(queue_words(:text), '\\s+') as word
            where word <> ''
            """)
        .with("text", text.length() > 200 ? text.substring(0, 200) : text)
        .first((rs, row) -> rs.getString(1))
        .orElse("");
  }

  List<QueueItems.Count> counts() {
    return db.sql(
            "select connection, kind, state, list, count(*) as items from queue_item group by"
                + " connection, kind, state, list order by 1, 2, 3")
        .list(
            (rs, row) ->
                new QueueItems.Count(
                    Sql.connection(rs),
                    rs.getString("kind"),
                    rs.getString("state"),
                    rs.getString("list"),
                    rs.getLong("items")));
  }

  List<QueueItems.Project> projects() {
    // One step of the index for each project instead of every row of the queue.
    return db.sql(
            """
            with recursive project as (
              (select project_id, connection from queue_item where project_id is not null order by project_id, connection limit 1)
              union all
              select n.project_id, n.connection from project p cross join lateral (
                select project_id, connection from queue_item
                where (project_id, connection) > (p.project_id, p.connection) and project_id is not null
                order by project_id, connection limit 1) n)
            select p.connection, p.project_id, n.name from project p left join lateral (
              select q.project_name as name from queue_item q
              where q.connection = p.connection and q.project_id = p.project_id and q.project_name is not null limit 1) n on true
            order by lower(n.name), p.connection, p.project_id
            """)
        .list(
            (rs, row) ->
                new QueueItems.Project(
                    new ConnectionId(rs.getString("connection")),
                    rs.getLong("project_id"),
                    rs.getString("name")));
  }
}
