package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.ledger.Ledger;
import java.util.Map;
import java.util.Optional;

/**
 * Takes finished projects out of use in the ERP, when a person asks for it: never by itself, and
 * only when the project is Inactive in Procore, asked live (GEN-PRJ-05, XR-PRJ-06).
 */
public final class ProjectArchive {

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /** Wires it. */
  public ProjectArchive(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  /**
   * What came of it.
   *
   * @param done whether the project is archived now
   * @param message what was done, or why not and what to do
   */
  public record Result(boolean done, String message) {}

  /**
   * Archives one project.
   *
   * @param projectId Procore's id
   * @param who who asks, for the audit trail
   */
  public Result archive(ConnectionId connection, long projectId, String who) {
    ConnectionRoom room = rooms.of(connection);
    JsonNode project = room.client().directory().project(projectId);
    String name = project.path("name").asText(Long.toString(projectId));
    if (project.path("active").asBoolean(true)) {
      return new Result(
          false,
          "Project "
              + name
              + " is active in Procore: set it Inactive there first, then try again.");
    }
    String key = key(room, project.path("origin_id").textValue());
    if (key == null) {
      return new Result(
          false, "Project " + name + " is not linked by connection " + connection + ".");
    }
    ErpProjects projects = room.erp().projects();
    Optional<ErpProject> found = projects.withKey(key);
    String where = projects.place() + " of " + room.erp().capabilities().displayName();
    if (found.isEmpty()) {
      return new Result(
          false, "Project " + name + " (" + key + ") is no longer in the " + where + ".");
    }
    if (!found.get().active()) {
      return new Result(true, found.get().name() + " is archived already in the " + where + ".");
    }
    room.erp().archiveProject(key);
    ledger
        .audit()
        .append(
            who,
            connection,
            "archive project",
            "project " + projectId,
            Map.of("key", key, "name", found.get().name()));
    return new Result(
        true,
        found.get().name()
            + " is archived in the "
            + where
            + "; it stays on what was written. "
            + (projects.active() - 1)
            + " of "
            + projects.most()
            + " active ones are left.");
  }

  private static String key(ConnectionRoom room, String origin) {
    try {
      OriginId read = origin == null ? null : OriginId.parse(origin);
      return read != null && read.connection().equals(room.id()) ? read.key() : null;
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }
}
