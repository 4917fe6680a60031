package io.tieback.ledger;

import io.tieback.construction.CompanyMatch;
import io.tieback.construction.ConnectionId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which suppliers may be which companies, and what was decided about it. */
public final class CompanyMatches {

  /** Separates reasons within one text; occurs in none. */
  private static final String UNIT = "\u001f";

  private final Db db;

  CompanyMatches(Db db) {
    this.db = db;
  }

  /** What was decided about a pair. */
  public enum State {
    /** Nothing yet. */
    SUGGESTED,
    /** They are the same. */
    LINKED,
    /** They are two companies. */
    APART;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A pair.
   *
   * @param match who, how likely, and why
   * @param vendorName name of Procore's company
   * @param supplierName name of the ERP's supplier
   */
  public record Pair(CompanyMatch match, String vendorName, String supplierName) {}

  /**
   * A pair as it was stored.
   *
   * @param decidedAt when it was decided, or null
   * @param decidedBy by whom, or null
   */
  public record Stored(Pair pair, State state, Instant decidedAt, String decidedBy) {}

  /**
   * Stores what may be the same. What was decided stays decided; what was only suggested before and
   * is no more is forgotten.
   *
   * @param vendors companies that were looked at
   * @param pairs all that was found for them
   */
  public void suggested(ConnectionId connection, Collection<Long> vendors, List<Pair> pairs) {
    db.inTransaction(
        () -> {
          db.sql(
                  """
                  delete from company_match where connection = :connection and vendor_id = any(:vendors::bigint[]) and state = 'suggested'
                  """)
              .with("connection", connection)
              .with("vendors", List.copyOf(vendors))
              .update();
          store(connection, pairs, State.SUGGESTED, null);
        });
  }

  /** Stores what was decided about a pair. */
  public void decided(ConnectionId connection, Pair pair, State state, String who) {
    store(connection, List.of(pair), state, who);
  }

  /** The company is no longer linked: nothing is decided about it any more. */
  public void unlinked(ConnectionId connection, long vendor) {
    db.sql(
            "delete from company_match where connection = :connection and vendor_id = :vendor and"
                + " state = 'linked'")
        .with("connection", connection)
        .with("vendor", vendor)
        .update();
  }

  private void store(ConnectionId connection, List<Pair> pairs, State state, String who) {
    if (pairs.isEmpty()) {
      return;
    }
    db.sql(
            """
            insert into company_match (connection, vendor_id, vendor_name, supplier_key, supplier_name, score, reasons, state, found_at,
              decided_at, decided_by)
            select :connection, vendor_id, vendor_name, supplier_key, supplier_name, score, string_to_array(reasons, :unit), :state, :now,
              case when :state = 'suggested' then null else :now end, :who
            from unnest(:vendors::bigint[], :vendorNames::text[], :keys::text[], :supplierNames::text[], :scores::text[]::int[], :reasons::text[])
              as p (vendor_id, vendor_name, supplier_key, supplier_name, score, reasons)
            on conflict (connection, vendor_id, supplier_key) do update set
              vendor_name = excluded.vendor_name, supplier_name = excluded.supplier_name, score = excluded.score, reasons = excluded.reasons,
              state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by
            where excluded.state <> 'suggested'
            """)
        .with("connection", connection)
        .with("state", state.word())
        .with("who", who)
        .with("unit", UNIT)
        .with("vendors", pairs.stream().map(p -> Long.valueOf(p.match().first())).toList())
        .with("vendorNames", pairs.stream().map(Pair::vendorName).toList())
        .with("keys", pairs.stream().map(p -> p.match().second()).toList())
        .with("supplierNames", pairs.stream().map(Pair::supplierName).toList())
        .with("scores", pairs.stream().map(p -> Integer.toString(p.match().score())).toList())
        .with("reasons", pairs.stream().map(p -> String.join(UNIT, p.match().reasons())).toList())
        .update();
  }

  /** Keys of suppliers that a person said are other companies, by Procore's company. */
  public Map<Long, Set<String>> apart(ConnectionId connection) {
    Map<Long, Set<String>> apart = new HashMap<>();
    list(connection).stream()
        .filter(stored -> stored.state() == State.APART)
        .map(stored -> stored.pair().match())
        .forEach(
            match ->
                apart
                    .computeIfAbsent(Long.valueOf(match.first()), id -> new HashSet<>())
                    .add(match.second()));
    return apart;
  }

  /** Every pair of a connection, by company, the likeliest first. */
  public List<Stored> list(ConnectionId connection) {
    return db.sql(
            """
            select * from company_match where connection = :connection order by vendor_id, score desc, supplier_key
            """)
        .with("connection", connection)
        .list(CompanyMatches::map);
  }

  private static Stored map(ResultSet rs, int row) throws SQLException {
    return new Stored(
        new Pair(
            new CompanyMatch(
                Long.toString(rs.getLong("vendor_id")),
                rs.getString("supplier_key"),
                rs.getInt("score"),
                Sql.strings(rs, "reasons")),
            rs.getString("vendor_name"),
            rs.getString("supplier_name")),
        State.valueOf(rs.getString("state").toUpperCase(java.util.Locale.ROOT)),
        Sql.instant(rs, "decided_at"),
        rs.getString("decided_by"));
  }
}
