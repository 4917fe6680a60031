package io.tieback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings that people changed while Tieback ran: the latest change of a name counts over the files
 * (GEN-CFG-01, GEN-PERM-10). Every change stays, with who made it.
 */
public final class SettingChanges {

  private final Db db;
  private final Audit audit;

  SettingChanges(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /**
   * One change.
   *
   * @param id its number; a later change has a higher one
   * @param connection whose setting, or blank for the whole deployment
   * @param name the setting's whole name
   * @param value the value from then on, or null for what the files say
   * @param previous the value before, as it was in force, or null for none
   * @param at when
   * @param who who did it
   */
  public record Change(
      long id,
      String connection,
      String name,
      String value,
      String previous,
      Instant at,
      String who) {}

  /**
   * Keeps a change, and says so in the audit trail.
   *
   * @param connection whose setting, or blank for the whole deployment
   * @param value the value from now on, or null to go back to what the files say
   * @param previous the value in force, or null for none
   */
  public void change(String connection, String name, String value, String previous, String who) {
    db.inTransaction(
        () -> {
          db.sql(
                  """
                  insert into setting_change (connection, key, value, previous, at, who)
                  values (:connection, :name, :value, :previous, :now, :who)
                  """)
              .with("connection", connection)
              .with("name", name)
              .with("value", value)
              .with("previous", previous)
              .with("who", who)
              .update();
          audit.append(
              who,
              connection,
              "setting",
              name,
              Map.of(
                  "value", value == null ? "(as in the files)" : value,
                  "previous", previous == null ? "(none)" : previous));
        });
  }

  /** What counts over the files now, by whole name. */
  public Map<String, String> inForce() {
    Map<String, String> values = new LinkedHashMap<>();
    db.sql("select distinct on (key) * from setting_change order by key, id desc")
        .list(SettingChanges::map)
        .forEach(
            change -> {
              if (change.value() != null) {
                values.put(change.name(), change.value());
              }
            });
    return values;
  }

  /** Number of the latest change; 0 before the first. */
  public long latest() {
    return db.sql("select coalesce(max(id), 0) from setting_change").number();
  }

  /** The latest change of a name. */
  public Optional<Change> latestOf(String name) {
    return db.sql("select * from setting_change where key = :name order by id desc limit 1")
        .with("name", name)
        .first(SettingChanges::map);
  }

  /** Changes, newest first. */
  public List<Change> newest(int limit) {
    return db.sql("select * from setting_change order by id desc limit :limit")
        .with("limit", limit)
        .list(SettingChanges::map);
  }

  /** Changes of one name, newest first. */
  public List<Change> of(String name, int limit) {
    return db.sql("select * from setting_change where key = :name order by id desc limit :limit")
        .with("name", name)
        .with("limit", limit)
        .list(SettingChanges::map);
  }

  private static Change map(ResultSet rs, int row) throws SQLException {
    return new Change(
        rs.getLong("id"),
        rs.getString("connection"),
        rs.getString("key"),
        rs.getString("value"),
        rs.getString("previous"),
        Sql.instant(rs, "at"),
        rs.getString("who"));
  }
}
