package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What people did, for good. Each entry carries a SHA-256 over its own content and the hash of the
 * entry before, so that a change, a removal or an insertion shows. The database refuses updates and
 * deletions as well.
 */
public final class Audit {

  private static final String BEGINNING = "0".repeat(64);
  private static final int PAGE = 1_000;

  private final Db db;

  Audit(Db db) {
    this.db = db;
  }

  /**
   * One entry.
   *
   * @param sequence its number, from 1 without gaps
   * @param at when
   * @param who who did it
   * @param connection in which connection; blank when it was about none
   * @param action what was done, such as {@code replay}
   * @param subject what it was done to, such as {@code dead letter 12}
   * @param detail more about it, a JSON object of texts
   * @param previousHash hash of the entry before, 64 zeros for the first
   * @param hash SHA-256 of this entry in lower-case hex
   */
  public record Entry(
      long sequence,
      Instant at,
      String who,
      String connection,
      String action,
      String subject,
      String detail,
      String previousHash,
      String hash) {}

  /**
   * What {@link #verify} found.
   *
   * @param entries how many entries were read
   * @param intact whether the chain is whole
   * @param problem which entry is not as it was written and why; blank when the chain is whole
   * @param lastHash hash of the last entry: written down elsewhere, it also proves that none is
   *     missing at the end
   */
  public record Verification(long entries, boolean intact, String problem, String lastHash) {}

  /**
   * Appends an entry, in the transaction of the caller if there is one. Entries are written one at
   * a time, so keep what surrounds this short.
   */
  public void append(
      String who,
      ConnectionId connection,
      String action,
      String subject,
      Map<String, String> detail) {
    append(who, connection.value(), action, subject, detail);
  }

  /**
   * As {@link #append(String, ConnectionId, String, String, Map)}, for what is about no connection,
   * such as people and settings of the deployment. The entry's connection is blank.
   */
  public void append(String who, String action, String subject, Map<String, String> detail) {
    append(who, "", action, subject, detail);
  }

  /** As {@link #append(String, ConnectionId, String, String, Map)}; blank for no connection. */
  void append(
      String who, String connection, String action, String subject, Map<String, String> detail) {
    requireWho(who);
    Map<String, String> sorted = new TreeMap<>(detail);
    db.inTransaction(
        () -> {
          db.holdAlone("audit");
          Entry last =
              db.sql("select * from audit_entry order by sequence desc limit 1")
                  .first(Audit::map)
                  .orElse(new Entry(0, Instant.EPOCH, "", "", "", "", "", "", BEGINNING));
          String json =
              db.sql("select cast(jsonb_object(:keys::text[], :values::text[]) as text)")
                  .with("keys", List.copyOf(sorted.keySet()))
                  .with("values", new ArrayList<>(sorted.values()))
                  .first((rs, n) -> rs.getString(1))
                  .orElse("{}");
          Entry entry =
              new Entry(
                  last.sequence() + 1,
                  db.now(),
                  who,
                  connection,
                  action,
                  subject,
                  json,
                  last.hash(),
                  "");
          db.sql(
                  """
                  insert into audit_entry (sequence, at, who, connection, action, subject, detail, previous_hash, hash)
                  values (:sequence, :at, :who, :connection, :action, :subject, :detail, :previous, :hash)
                  """)
              .with("sequence", entry.sequence())
              .with("at", entry.at())
              .with("who", who)
              .with("connection", connection)
              .with("action", action)
              .with("subject", subject)
              .with("detail", json)
              .with("previous", entry.previousHash())
              .with("hash", hashOf(entry))
              .update();
        });
  }

  /**
   * @throws IllegalArgumentException when nobody is named
   */
  static void requireWho(String who) {
    if (who == null || who.isBlank()) {
      throw new IllegalArgumentException(
          "who did it is missing: every act on the ledger is audited with a name");
    }
  }

  /** Entries, newest first. */
  public List<Entry> newest(int limit) {
    return db.sql("select * from audit_entry order by sequence desc limit :limit")
        .with("limit", limit)
        .list(Audit::map);
  }

  /**
   * Whether an entry has this hash: one that was written down elsewhere has to be there for good.
   */
  public boolean holds(String hash) {
    return BEGINNING.equals(hash)
        || db.sql("select count(*) from audit_entry where hash = lower(:hash)")
                .with("hash", hash.strip())
                .number()
            > 0;
  }

  /**
   * Which entries are wanted; null or blank narrows nothing.
   *
   * @param who who did it, exactly
   * @param action what was done, exactly
   * @param subject what it was done to, or the connection; a part of it is enough
   * @param since from this moment on
   * @param before before this moment
   */
  public record Filter(String who, String action, String subject, Instant since, Instant before) {}

  /**
   * Entries of a filter, newest first.
   *
   * @param most how many at most
   * @param offset how many to pass over
   */
  public List<Entry> find(Filter filter, int most, long offset) {
    return bound(filter, "select * from", "order by sequence desc limit :most offset :offset")
        .with("most", most)
        .with("offset", offset)
        .list(Audit::map);
  }

  /** How many there are of a filter. */
  public long count(Filter filter) {
    return bound(filter, "select count(*) from", "").number();
  }

  /** Who has done anything, by name. */
  public List<String> people() {
    return distinct("who");
  }

  /** What has been done, by name. */
  public List<String> actions() {
    return distinct("action");
  }

  private List<String> distinct(String column) {
    // One step of the index for each value instead of the whole trail.
    return db.sql(
            """
            with recursive one as (
              (select COLUMN as v from audit_entry order by COLUMN limit 1)
              union all
              select (select a.COLUMN from audit_entry a where a.COLUMN > one.v order by a.COLUMN limit 1) from one where one.v is not null)
            select v from one where v is not null
            """
                .replace("COLUMN", column))
        .list((rs, row) -> rs.getString(1));
  }

  private Sql bound(Filter filter, String beginning, String end) {
    return db.sql(
            beginning
                + """
                 audit_entry
                where (cast(:person as text) is null or who = cast(:person as text)) and (cast(:action as text) is null or action = cast(:action as text))
                  and (cast(:subject as text) is null or position(lower(cast(:subject as text)) in lower(subject || ' ' || connection)) > 0)
                  and (cast(:since as timestamptz) is null or at >= cast(:since as timestamptz))
                  and (cast(:before as timestamptz) is null or at < cast(:before as timestamptz))
                """
                + end)
        .with("person", blank(filter.who()))
        .with("action", blank(filter.action()))
        .with("subject", blank(filter.subject()))
        .with("since", filter.since())
        .with("before", filter.before());
  }

  private static String blank(String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  /** Reads the whole trail and proves it, or says where it was changed. */
  public Verification verify() {
    String previous = BEGINNING;
    long count = 0;
    while (true) {
      List<Entry> page =
          db.sql("select * from audit_entry where sequence > :after order by sequence limit :limit")
              .with("after", count)
              .with("limit", PAGE)
              .list(Audit::map);
      if (page.isEmpty()) {
        return new Verification(count, true, "", previous);
      }
      for (Entry entry : page) {
        String problem = problem(entry, count + 1, previous);
        if (!problem.isEmpty()) {
          return new Verification(count, false, problem, previous);
        }
        previous = entry.hash();
        count++;
      }
    }
  }

  private static String problem(Entry entry, long expected, String previous) {
    if (entry.sequence() != expected) {
      return "audit entry " + expected + " is missing: the next one has number " + entry.sequence();
    }
    if (!entry.previousHash().equals(previous)) {
      return "audit entry "
          + entry.sequence()
          + " does not follow the entry before it: one of the two was replaced";
    }
    if (!entry.hash().equals(hashOf(entry))) {
      return "audit entry "
          + entry.sequence()
          + " ("
          + entry.action()
          + " by "
          + entry.who()
          + " at "
          + entry.at()
          + ") was changed after it was written";
    }
    return "";
  }

  private static String hashOf(Entry entry) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part :
          List.of(
              entry.previousHash(),
              Long.toString(entry.sequence()),
              entry.at().toString(),
              entry.who(),
              entry.connection(),
              entry.action(),
              entry.subject(),
              entry.detail())) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // The length keeps two neighbouring fields from being read as one another's text.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Entry map(ResultSet rs, int row) throws SQLException {
    return new Entry(
        rs.getLong("sequence"),
        Sql.instant(rs, "at"),
        rs.getString("who"),
        rs.getString("connection"),
        rs.getString("action"),
        rs.getString("subject"),
        rs.getString("detail"),
        rs.getString("previous_hash"),
        rs.getString("hash"));
  }
}
