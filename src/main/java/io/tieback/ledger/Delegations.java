package io.tieback.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Who stands in for whom, and when. Changes are audited. */
public final class Delegations {

  private final Db db;
  private final Users users;
  private final Audit audit;

  Delegations(Db db, Users users, Audit audit) {
    this.db = db;
    this.users = users;
    this.audit = audit;
  }

  /**
   * Lets somebody stand in for somebody.
   *
   * @param reason why; required
   * @return its key
   * @throws IllegalArgumentException when the days are in the wrong order, both are one person, or
   *     no reason is given
   * @throws Users.NotPossible when one of them is not known or not active
   */
  public long create(
      long fromUser,
      long toUser,
      LocalDate firstDay,
      LocalDate lastDay,
      String reason,
      String who) {
    Audit.requireWho(who);
    if (fromUser == toUser) {
      throw new IllegalArgumentException("nobody stands in for themselves: name another person");
    }
    if (lastDay.isBefore(firstDay)) {
      throw new IllegalArgumentException(
          "last day " + lastDay + " is before first day " + firstDay + ": turn them round");
    }
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException(
          "the reason of the delegation is missing: write why, such as holidays");
    }
    return db.inTransaction(
        () -> {
          User from = active(fromUser);
          User to = active(toUser);
          long id =
              db.sql(
                      """
                      insert into delegation (from_user, to_user, first_day, last_day, reason, created_at, created_by)
                      values (:from, :to, :first, :last, :reason, :now, :who) returning id
                      """)
                  .with("from", fromUser)
                  .with("to", toUser)
                  .with("first", firstDay)
                  .with("last", lastDay)
                  .with("reason", reason.strip())
                  .with("who", who)
                  .number();
          audit.append(
              who,
              "delegate",
              Users.subject(fromUser, from.email()),
              Map.of(
                  "to",
                  to.email(),
                  "from day",
                  firstDay.toString(),
                  "to day",
                  lastDay.toString(),
                  "reason",
                  reason.strip()));
          return id;
        });
  }

  /**
   * Takes it back from now on.
   *
   * @return false when it was taken back already, or is not known
   */
  public boolean revoke(long id, String who) {
    Audit.requireWho(who);
    return db.inTransaction(
        () -> {
          List<Delegation> taken =
              db.sql(
                      "update delegation set revoked_at = :now where id = :id and revoked_at is"
                          + " null returning *")
                  .with("id", id)
                  .list(Delegations::map);
          for (Delegation delegation : taken) {
            audit.append(
                who,
                "revoke delegation",
                Users.subject(
                    delegation.fromUser(),
                    users.byId(delegation.fromUser()).map(User::email).orElse("")),
                Map.of(
                    "to",
                    users.byId(delegation.toUser()).map(User::email).orElse(""),
                    "delegation",
                    Long.toString(id)));
          }
          return !taken.isEmpty();
        });
  }

  /** Those that count on a day, between people who are active. */
  public List<Delegation> on(LocalDate day) {
    return db.sql(
            """
            select d.* from delegation d join app_user f on f.id = d.from_user and f.active join app_user t on t.id = d.to_user and t.active
            where d.revoked_at is null and :day between d.first_day and d.last_day order by d.id
            """)
        .with("day", day)
        .list(Delegations::map);
  }

  /** All that somebody gave or was given, newest first; those that were taken back too. */
  public List<Delegation> of(long user) {
    return db.sql(
            "select * from delegation where from_user = :user or to_user = :user order by id desc")
        .with("user", user)
        .list(Delegations::map);
  }

  /** All, newest first. */
  public List<Delegation> all() {
    return db.sql("select * from delegation order by id desc").list(Delegations::map);
  }

  private User active(long id) {
    return users
        .byId(id)
        .filter(User::active)
        .orElseThrow(
            () ->
                new Users.NotPossible(
                    "user "
                        + id
                        + " is not known or not active, and takes no part in a delegation"));
  }

  private static Delegation map(ResultSet rs, int row) throws SQLException {
    return new Delegation(
        rs.getLong("id"),
        rs.getLong("from_user"),
        rs.getLong("to_user"),
        rs.getObject("first_day", LocalDate.class),
        rs.getObject("last_day", LocalDate.class),
        rs.getString("reason"),
        Sql.instant(rs, "created_at"),
        rs.getString("created_by"),
        Sql.instant(rs, "revoked_at"));
  }
}
