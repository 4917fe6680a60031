package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.StagedRecords;
import io.tieback.procore.SyncOutcome;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Procore asks and tells about projects besides sending them: a look for projects of the ERP
 * (GEN-PRJ-03), a link that an approver made, the refresh of one (GEN-API-36), a reset
 * (GEN-API-35).
 */
public final class ProjectDeeds implements EventDeed {

  private static final String SYNC_ALL = "sync_jobs";
  private static final String SYNC_ONE = "sync_single_job";
  private static final String ADDED = "create_job_in_procore";
  private static final String RESET = "reset_job";
  private static final String WHO = "Procore";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CallTally tally;

  /** Wires it. */
  public ProjectDeeds(Ledger ledger, ConnectionRooms rooms, CallTally tally) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.tally = tally;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(SYNC_ALL, SYNC_ONE, ADDED, RESET);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    tally.since();
    JsonNode data = event.data();
    if (event.is(SYNC_ALL)) {
      return rooms.leads(room) ? syncAll(room) : Outcome.done(OutwardFlow.ELSEWHERE, 0);
    }
    String origin =
        event.is(SYNC_ONE)
            ? data.path("id").textValue()
            : data.path(ProjectFlow.PROJECT).path("origin_id").textValue();
    if (rooms.belongsToAnother(room, origin)) {
      return Outcome.done(OutwardFlow.ELSEWHERE, 0);
    }
    if (event.is(SYNC_ONE)) {
      return syncOne(room, data);
    }
    long project = data.path(ProjectFlow.PROJECT).path("id").longValue();
    return event.is(ADDED) ? added(room, project, origin) : reset(room, project, origin);
  }

  /** Active projects of the ERP that no project is linked to are staged for an approver. */
  private Outcome syncAll(ConnectionRoom room) {
    ErpProjects projects = room.erp().projects();
    if (projects.problem() != null) {
      return Outcome.refused(projects.problem() + ". " + projects.remedy(), tally.since());
    }
    Map<String, JsonNode> linked = new HashMap<>();
    for (JsonNode project : room.client().directory().projectsOfAnyStatus()) {
      String origin = project.path("origin_id").textValue();
      if (origin != null) {
        linked.put(origin, project);
      }
    }
    List<StagedRecords.Row> rows = new ArrayList<>();
    int already = 0;
    for (ErpProject project : projects.all()) {
      String origin = origin(room, room.erp().projectKind(), project.key());
      if (linked.containsKey(origin)) {
        already++;
      } else if (project.active()) {
        rows.add(
            new StagedRecords.Row(
                ProjectFlow.PROJECT,
                origin,
                project.name(),
                StagedRecords.Status.STAGED,
                Json.object().put("name", project.name())));
      }
    }
    List<String> refused =
        rows.isEmpty()
            ? List.of()
            : room.client().stagedRecords().sync(rows).stream()
                .filter(outcome -> !outcome.accepted())
                .map(ProjectDeeds::problem)
                .toList();
    String told =
        rows.size()
            - refused.size()
            + " projects of "
            + room.erp().capabilities().displayName()
            + " are ready to be added to Procore, "
            + already
            + " are linked already.";
    return refused.isEmpty()
        ? Outcome.done(told, tally.since())
        : Outcome.refused(
            told + " Procore did not take " + String.join("; ", refused), tally.since());
  }

  private static String problem(SyncOutcome<String> outcome) {
    return outcome.key() + ": " + outcome.words();
  }

  /**
   * Codes live in Procore and go when the project is sent again, so nothing of them is refreshed;
   * costs are read.
   */
  private Outcome syncOne(ConnectionRoom room, JsonNode data) {
    String name = data.path("additional_job_data").path("job_name").asText("the project");
    if (!data.path("additional_job_data")
        .path("job_cost_transactions_sync_enabled")
        .asBoolean(true)) {
      return Outcome.done("Job costs of " + name + " are switched off in Procore.", 0);
    }
    ledger.connections().requestCostSync(room.id());
    return Outcome.done("Job costs of " + name + " are read at once.", 0);
  }

  /** An approver added a project of the ERP, or linked one to it. */
  private Outcome added(ConnectionRoom room, long project, String origin) {
    OriginId link;
    try {
      link = OriginId.parse(origin);
    } catch (IllegalArgumentException notOurs) {
      return Outcome.done("Project " + project + " is not linked by Tieback.", 0);
    }
    if (!link.connection().equals(room.id())) {
      return Outcome.done("Project " + project + " is not linked by this connection.", 0);
    }
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    room.id(),
                    ProjectFlow.PROJECT,
                    Long.toString(project),
                    origin,
                    link.key(),
                    null,
                    null)));
    ledger.audit().append(WHO, room.id(), "link", "project " + project, Map.of("originId", origin));
    return Outcome.done(
        "Project " + project + " is linked. Send it from Procore to bring its cost codes.", 0);
  }

  /**
   * Everything under the project is free in Procore already, and here too from now on. Items stay:
   * they serve other projects as well. Nothing is changed in the ERP.
   */
  private Outcome reset(ConnectionRoom room, long project, String origin) {
    List<String> freed = new ArrayList<>();
    for (WorkItem item : ledger.costItems().underProject(room.id(), project)) {
      if (ledger
          .workItems()
          .unlinked(room.id(), item.entity(), item.procoreId(), "the project was reset")) {
        freed.add(item.entity() + " " + item.procoreId());
      }
    }
    List<Links.Key> gone = new ArrayList<>();
    gone.add(new Links.Key(ProjectFlow.PROJECT, Long.toString(project)));
    String key = key(origin);
    for (Links.Link code : ledger.links().all(room.id(), "cost_code")) {
      if (key != null && code.originId().startsWith(origin(room, "cost_code", key + "|"))) {
        gone.add(new Links.Key("cost_code", code.procoreKey()));
      }
    }
    ledger.links().forget(room.id(), gone);
    ledger
        .audit()
        .append(
            WHO,
            room.id(),
            "reset",
            "project " + project,
            Map.of("links", Integer.toString(gone.size()), "records", String.join(", ", freed)));
    return Outcome.done(
        "Project "
            + project
            + " was reset: "
            + gone.size()
            + " links and "
            + freed.size()
            + " records are free. Nothing was changed in "
            + room.erp().capabilities().displayName()
            + "; sent again, the project is linked to what is there.",
        0);
  }

  private static String key(String origin) {
    try {
      return origin == null ? null : OriginId.parse(origin).key();
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static String origin(ConnectionRoom room, String kind, String key) {
    return new OriginId(room.erp().capabilities().erp(), room.id(), kind, key).toString();
  }
}
