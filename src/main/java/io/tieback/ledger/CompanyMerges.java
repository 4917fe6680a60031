package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Companies that were merged in Procore, and everything that refers to them (GEN-API-37). */
public final class CompanyMerges {

  private static final String VENDOR = "vendor";

  private final Db db;

  CompanyMerges(Db db) {
    this.db = db;
  }

  /**
   * A company was merged into another: what refers to it refers to the other from now on. Its link
   * becomes the other's, unless that has one. Saying it twice is harmless.
   *
   * @return records that refer to the other now
   */
  public int merged(ConnectionId connection, long vendor, long into) {
    return db.inTransaction(
        () -> {
          db.holdAlone(Links.lockName(connection.value()));
          sql(
                  """
                  insert into company_merge (connection, vendor_id, into_id, merged_at) values (:connection, :vendor, :into, :now)
                  on conflict (connection, vendor_id) do update set into_id = excluded.into_id
                  """,
                  connection,
                  vendor,
                  into)
              .update();
          // Whoever was merged into it before goes along; the other cannot itself be one that is
          // gone.
          sql(
                  "delete from company_merge where connection = :connection and vendor_id = :into",
                  connection,
                  vendor,
                  into)
              .update();
          sql(
                  """
                  update link set procore_key = cast(:into as text), updated_at = :now
                  where connection = :connection and entity = 'vendor' and procore_key = cast(:vendor as text)
                    and not exists (select 1 from link o where o.connection = :connection and o.entity = 'vendor'
                      and o.procore_key = cast(:into as text))
                  """,
                  connection,
                  vendor,
                  into)
              .update();
          sql(
                  """
                  delete from link where connection = :connection and entity = 'vendor' and procore_key = cast(:vendor as text)
                  """,
                  connection,
                  vendor,
                  into)
              .update();
          return sql(
                  """
                  update work_item set vendor_id = case when vendor_id = :vendor then :into else vendor_id end,
                    waits_for = array_replace(waits_for, :waited, :waits),
                    due_at = case when state = 'waiting' then :now else due_at end,
                    changed_at = :now, changed_by = :node, changed_why = 'its company was merged into another'
                  where connection = :connection and entity <> 'vendor' and (vendor_id = :vendor or :waited = any(waits_for))
                  """,
                  connection,
                  vendor,
                  into)
              .with("waited", Links.waitKey(VENDOR, Long.toString(vendor)))
              .with("waits", Links.waitKey(VENDOR, Long.toString(into)))
              .update();
        });
  }

  private Sql sql(String text, ConnectionId connection, long vendor, long into) {
    return db.sql(text).with("connection", connection).with("vendor", vendor).with("into", into);
  }

  /** What became of a company: itself, or the one that it ended up in by merging. */
  public long today(ConnectionId connection, long vendor) {
    Set<Long> seen = new HashSet<>();
    long at = vendor;
    while (seen.add(at)) {
      Optional<Long> next =
          db.sql(
                  "select into_id from company_merge where connection = :connection and vendor_id ="
                      + " :vendor")
              .with("connection", connection)
              .with("vendor", at)
              .first((rs, n) -> rs.getLong(1));
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }

  /** Records of a company that are being written, by the number or name that they get. */
  public List<String> underWay(ConnectionId connection, long vendor) {
    return db.sql(
            """
            select entity || ' ' || coalesce(number, cast(procore_id as text)) from work_item
            where connection = :connection and vendor_id = :vendor and state in ('composed', 'planned', 'sent', 'unknown') order by id
            """)
        .with("connection", connection)
        .with("vendor", vendor)
        .list((rs, n) -> rs.getString(1));
  }

  /** Companies that are on their way into the ERP and not known there yet, with their names. */
  public Map<Long, String> beingWritten(ConnectionId connection) {
    return db
        .sql(
            """
            select procore_id, number from work_item
            where connection = :connection and entity = 'vendor' and state in ('composed', 'planned', 'sent', 'unknown') and number is not null
            """)
        .with("connection", connection)
        .list((rs, n) -> Map.entry(rs.getLong(1), rs.getString(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
