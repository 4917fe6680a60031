package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What people may import and export, kind by kind (GEN-PERM-04). Changes are audited. */
public final class UserRights {

  private static final Set<String> KINDS =
      Set.of("company", "project", "cost_code", "commitment", "change_order", "invoice", "budget");

  private final Db db;
  private final Audit audit;

  UserRights(Db db, Audit audit) {
    this.db = db;
    this.audit = audit;
  }

  /** The rights of one person; empty when none are listed. */
  public List<UserRight> of(long user) {
    return of(List.of(user)).getOrDefault(user, List.of());
  }

  /** The rights of several; who has none listed is missing. */
  public Map<Long, List<UserRight>> of(Collection<Long> users) {
    Map<Long, List<UserRight>> rights = new HashMap<>();
    if (!users.isEmpty()) {
      db.sql("select * from user_right where user_id = any(:users::bigint[]) order by id")
          .with("users", List.copyOf(users))
          .list(
              (rs, row) ->
                  rights
                      .computeIfAbsent(rs.getLong("user_id"), u -> new ArrayList<>())
                      .add(
                          new UserRight(
                              rs.getString("connection") == null
                                  ? null
                                  : new ConnectionId(rs.getString("connection")),
                              rs.getString("kind"),
                              rs.getBoolean("can_import"),
                              rs.getBoolean("can_export"))));
    }
    return rights;
  }

  /**
   * Gives somebody these rights in place of those they had.
   *
   * @throws IllegalArgumentException when two are about the same connection and kind, or a kind is
   *     none
   * @throws Users.NotPossible when there is no such person
   */
  public void replace(long user, List<UserRight> rights, String who) {
    Audit.requireWho(who);
    Set<List<Object>> once = new HashSet<>();
    for (UserRight right : rights) {
      if (right.kind() != null && !KINDS.contains(right.kind())) {
        throw new IllegalArgumentException(
            "kind '" + right.kind() + "' is none of " + KINDS.stream().sorted().toList());
      }
      if (!once.add(Arrays.asList(right.connection(), right.kind()))) {
        throw new IllegalArgumentException(
            "two rights are about the same connection and kind: " + right.words());
      }
    }
    db.inTransaction(
        () -> {
          db.holdAlone("users");
          String email =
              db.sql("select email from app_user where id = :id")
                  .with("id", user)
                  .first((rs, row) -> rs.getString(1))
                  .orElseThrow(
                      () ->
                          new Users.NotPossible(
                              "there is no user " + user + ": the list shows who there is"));
          List<UserRight> before = of(user);
          if (Set.copyOf(before).equals(Set.copyOf(rights))) {
            return;
          }
          db.sql("delete from user_right where user_id = :user").with("user", user).update();
          for (UserRight right : rights) {
            db.sql(
                    """
                    insert into user_right (user_id, connection, kind, can_import, can_export)
                    values (:user, cast(:connection as text), cast(:kind as text), :import, :export)
                    """)
                .with("user", user)
                .with("connection", right.connection())
                .with("kind", right.kind())
                .with("import", right.canImport())
                .with("export", right.canExport())
                .update();
          }
          audit.append(
              who,
              "change rights",
              Users.subject(user, email),
              Map.of("before", words(before), "after", words(rights)));
        });
  }

  private static String words(List<UserRight> rights) {
    return rights.isEmpty()
        ? "none listed"
        : rights.stream().map(UserRight::words).sorted().collect(Collectors.joining("; "));
  }
}
