package io.tieback.console.house;

import io.tieback.approval.RecordKind;
import io.tieback.console.page.Ask;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.UserRight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The boxes of what somebody may import and export (GEN-PERM-04): one table for every connection,
 * and one for each connection that shall differ.
 */
final class UserRightsForm {

  /** Field and value: only what is ticked counts. */
  static final String LISTED = "listed";

  private static final String EVERY = "*";

  private UserRightsForm() {}

  /**
   * A row of boxes.
   *
   * @param kind a word of {@link RecordKind}
   * @param field beginning of the fields' names
   * @param canImport whether it is ticked
   * @param canExport whether it is ticked
   */
  public record Boxes(String kind, String field, boolean canImport, boolean canExport) {}

  /**
   * A table of boxes.
   *
   * @param connection whose, or blank for every one
   * @param field name of the box that says whether it differs
   * @param own whether it differs
   * @param rows the boxes
   */
  public record Table(String connection, String field, boolean own, List<Boxes> rows) {}

  /** The tables with what somebody has ticked. */
  static List<Table> tables(List<UserRight> rights, List<ConnectionId> connections) {
    List<Table> tables = new ArrayList<>();
    tables.add(table(rights, null));
    connections.forEach(connection -> tables.add(table(rights, connection)));
    return tables;
  }

  private static Table table(List<UserRight> rights, ConnectionId connection) {
    String scope = connection == null ? EVERY : connection.value();
    boolean own =
        rights.stream().anyMatch(r -> connection != null && connection.equals(r.connection()));
    List<Boxes> rows =
        Arrays.stream(RecordKind.values())
            .map(
                kind -> {
                  Optional<UserRight> right = of(rights, connection, kind);
                  return new Boxes(
                      kind.word(),
                      scope + ":" + kind.word(),
                      right.map(UserRight::canImport).orElse(false),
                      right.map(UserRight::canExport).orElse(false));
                })
            .toList();
    return new Table(connection == null ? "" : connection.value(), "own:" + scope, own, rows);
  }

  /** The most particular one decides, as in {@link io.tieback.approval.Permissions}. */
  private static Optional<UserRight> of(
      List<UserRight> rights, ConnectionId connection, RecordKind kind) {
    return rights.stream()
        .filter(r -> r.connection() == null || r.connection().equals(connection))
        .filter(r -> r.kind() == null || r.kind().equals(kind.word()))
        .max(
            Comparator.comparingInt(
                r -> (r.connection() == null ? 0 : 2) + (r.kind() == null ? 0 : 1)));
  }

  /** The rights that a form says; none when it says that no list counts. */
  static List<UserRight> read(Ask ask, List<ConnectionId> connections) {
    List<UserRight> rights = new ArrayList<>();
    if (!ask.field("scope").filter(LISTED::equals).isPresent()) {
      return rights;
    }
    read(ask, null, rights);
    for (ConnectionId connection : connections) {
      if (ask.ticked("own:" + connection)) {
        read(ask, connection, rights);
      }
    }
    return rights;
  }

  private static void read(Ask ask, ConnectionId connection, List<UserRight> rights) {
    String scope = connection == null ? EVERY : connection.value();
    for (RecordKind kind : RecordKind.values()) {
      String field = scope + ":" + kind.word();
      rights.add(
          new UserRight(
              connection,
              kind.word(),
              ask.ticked("import:" + field),
              ask.ticked("export:" + field)));
    }
  }
}
