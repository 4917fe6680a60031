package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is joined to what: Procore's records and their counterparts in the ERP. Putting a link lets
 * go at once what waited for it.
 */
public final class Links {

  private final Db db;

  Links(Db db) {
    this.db = db;
  }

  /**
   * One link.
   *
   * @param connection whose it is
   * @param entity what is linked, such as {@code vendor}, {@code project}, {@code cost_code}
   * @param procoreKey Procore's key of it
   * @param originId the External Data that Procore has for it
   * @param erpId the ERP's key, or null
   * @param code its code in the ERP, or null
   * @param data more about it as JSON, or null
   */
  public record Link(
      ConnectionId connection,
      String entity,
      String procoreKey,
      String originId,
      String erpId,
      String code,
      String data) {}

  /** What a link is of. */
  public record Key(String entity, String procoreKey) {}

  /** These links no longer hold. What waits for one of them goes on waiting. */
  public void forget(ConnectionId connection, List<Key> keys) {
    if (!keys.isEmpty()) {
      db.sql(
              """
              delete from link l using unnest(:entities::text[], :keys::text[]) as k (entity, procore_key)
              where l.connection = :connection and l.entity = k.entity and l.procore_key = k.procore_key
              """)
          .with("connection", connection)
          .with("entities", keys.stream().map(Key::entity).toList())
          .with("keys", keys.stream().map(Key::procoreKey).toList())
          .update();
    }
  }

  /** How a work item names what it waits for. */
  public static String waitKey(String entity, String procoreKey) {
    return entity + ":" + procoreKey;
  }

  static String lockName(String connection) {
    return "links:" + connection;
  }

  /**
   * Stores links, and in the same transaction stages what waited for nothing else.
   *
   * @return how many work items were let go
   */
  public int put(List<Link> links) {
    if (links.isEmpty()) {
      return 0;
    }
    return db.inTransaction(
        () -> {
          links.stream()
              .map(l -> l.connection().value())
              .distinct()
              .sorted()
              .forEach(c -> db.holdAlone(lockName(c)));
          // The last link of a key wins; one statement may not touch a row twice.
          Map<String, Link> distinct =
              links.stream()
                  .collect(
                      Collectors.toMap(
                          l -> l.connection() + " " + waitKey(l.entity(), l.procoreKey()),
                          Function.identity(),
                          (a, b) -> b));
          List<Link> last = List.copyOf(distinct.values());
          with(
                  db.sql(
                      """
                      insert into link (connection, entity, procore_key, origin_id, erp_id, code, data, updated_at)
                      select connection, entity, procore_key, origin_id, erp_id, code, data::jsonb, :now
                      from unnest(:connections::text[], :entities::text[], :keys::text[], :origins::text[], :erpIds::text[], :codes::text[],
                        :data::text[]) as l (connection, entity, procore_key, origin_id, erp_id, code, data)
                      on conflict (connection, entity, procore_key) do update
                        set origin_id = excluded.origin_id, erp_id = excluded.erp_id, code = excluded.code, data = excluded.data,
                          updated_at = excluded.updated_at
                      """),
                  last)
              .update();
          return with(
                  db.sql(
                      """
                      with arrived as (
                        select connection, array_agg(entity || ':' || procore_key) as keys
                        from unnest(:connections::text[], :entities::text[], :keys::text[]) as l (connection, entity, procore_key) group by connection),
                      released as (
                        update work_item w set
                          waits_for = array(select k from unnest(w.waits_for) k where k <> all(a.keys)),
                          state = case when w.waits_for <@ a.keys then 'staged' else w.state end,
                          due_at = case when w.waits_for <@ a.keys then :now else w.due_at end,
                          attempts = case when w.waits_for <@ a.keys then 0 else w.attempts end,
                          changed_at = :now, changed_by = :node, changed_why = 'what it waited for arrived'
                        from arrived a where w.connection = a.connection and w.state = 'waiting' and w.waits_for && a.keys
                        returning w.state)
                      select count(*) filter (where state = 'staged') from released
                      """),
                  last)
              .first((rs, n) -> rs.getInt(1))
              .orElse(0);
        });
  }

  private static Sql with(Sql sql, List<Link> links) {
    return sql.with("connections", links.stream().map(Link::connection).toList())
        .with("entities", links.stream().map(Link::entity).toList())
        .with("keys", links.stream().map(Link::procoreKey).toList())
        .with("origins", links.stream().map(Link::originId).toList())
        .with("erpIds", links.stream().map(Link::erpId).toList())
        .with("codes", links.stream().map(Link::code).toList())
        .with("data", links.stream().map(Link::data).toList());
  }

  /** One link. */
  public Optional<Link> get(ConnectionId connection, String entity, String procoreKey) {
    return Optional.ofNullable(get(connection, entity, List.of(procoreKey)).get(procoreKey));
  }

  /** Links of one entity by Procore's keys; what is not linked is not in the result. */
  public Map<String, Link> get(
      ConnectionId connection, String entity, Collection<String> procoreKeys) {
    return db
        .sql(
            """
            select connection, entity, procore_key, origin_id, erp_id, code, cast(data as text) as data from link
            where connection = :connection and entity = :entity and procore_key = any(:keys::text[])
            """)
        .with("connection", connection)
        .with("entity", entity)
        .with("keys", procoreKeys)
        .list(Links::map)
        .stream()
        .collect(Collectors.toMap(Link::procoreKey, Function.identity()));
  }

  /** Every link of an entity, in the order of Procore's keys. */
  public List<Link> all(ConnectionId connection, String entity) {
    return db.sql(
            """
            select connection, entity, procore_key, origin_id, erp_id, code, cast(data as text) as data from link
            where connection = :connection and entity = :entity order by procore_key
            """)
        .with("connection", connection)
        .with("entity", entity)
        .list(Links::map);
  }

  /**
   * One page of what is linked, in the order of names.
   *
   * @param connection of this connection
   * @param entity what is linked, such as {@code vendor}
   * @param text a part of the keys or the code; null or blank for all
   * @param size rows of a page, 1 to 500
   * @param offset rows to pass over
   */
  public Page<Link> page(
      ConnectionId connection, String entity, String text, int size, int offset) {
    String where =
        """
         from link where connection = :connection and entity = :entity
          and (cast(:text as text) is null or strpos(lower(concat_ws(' ', procore_key, origin_id, erp_id, code)), lower(:text)) > 0)
        """;
    String wanted = text == null || text.isBlank() ? null : text.strip();
    List<Link> rows =
        db.sql(
                "select connection, entity, procore_key, origin_id, erp_id, code, cast(data as"
                    + " text) as data"
                    + where
                    + " order by code nulls last, procore_key limit :size offset :offset")
            .with("connection", connection)
            .with("entity", entity)
            .with("text", wanted)
            .with("size", size)
            .with("offset", offset)
            .list(Links::map);
    long total =
        db.sql("select count(*) from (select 1" + where + " limit :most) counted")
            .with("connection", connection)
            .with("entity", entity)
            .with("text", wanted)
            .with("most", Page.MOST_COUNTED + 1)
            .number();
    return new Page<>(rows, Math.min(total, Page.MOST_COUNTED), total > Page.MOST_COUNTED);
  }

  private static Link map(ResultSet rs, int row) throws SQLException {
    return new Link(
        Sql.connection(rs),
        rs.getString("entity"),
        rs.getString("procore_key"),
        rs.getString("origin_id"),
        rs.getString("erp_id"),
        rs.getString("code"),
        rs.getString("data"));
  }
}
