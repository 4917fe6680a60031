package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.ledger.DoorReadings.Hint;
import io.tieback.ledger.DoorReadings.Reading;
import io.tieback.ledger.Ledger;
import io.tieback.procore.Fields;
import io.tieback.procore.door.DoorEvents;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be read: calls follow the active projects and the kinds of records, never how many
 * records there are (design section 10).
 */
final class DoorPlanner {

  /** Hints that one round answers; the others wait for the next. */
  private static final int MOST_HINTS = 1000;

  private static final String PRESENCE = "presence/";

  private static final List<DoorResource> OF_EACH_PROJECT =
      List.of(
          DoorResource.WORK_ORDER_CONTRACTS,
          DoorResource.PURCHASE_ORDER_CONTRACTS,
          DoorResource.CHANGE_ORDERS,
          DoorResource.REQUISITIONS);

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionRoom room;
  private final ReadingSettings settings;
  private final Clock clock;
  private final Map<String, Reading> readings;
  private final List<Long> projects = new ArrayList<>();

  DoorPlanner(
      Ledger ledger,
      ConnectionRooms rooms,
      ConnectionRoom room,
      ReadingSettings settings,
      Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.room = room;
    this.settings = settings;
    this.clock = clock;
    this.readings = ledger.doorReadings().all(room.id());
  }

  /** Everything that may have changed, and what webhooks named. */
  List<DoorStep> whole() {
    List<DoorStep> steps = new ArrayList<>();
    if (rooms.leads(room)) {
      steps.add(step(DoorResource.VENDORS, null, null));
      if (isOld(DoorResource.STANDARD_CODES, null)) {
        steps.add(step(DoorResource.STANDARD_CODES, null, null));
      }
    }
    steps.add(step(DoorResource.PROJECTS, null, null));
    Map<Long, JsonNode> active = new LinkedHashMap<>();
    for (JsonNode project : room.client().publicRecords().activeProjects()) {
      long id = Fields.id(project, "id", "project");
      if (isOurs(id)) {
        active.put(id, project);
      }
    }
    unseen(active.keySet()).ifPresent(steps::add);
    active.forEach((id, project) -> steps.addAll(ofProject(id, project)));
    steps.addAll(hinted());
    projects.addAll(active.keySet());
    return steps;
  }

  /** The projects that were found active. */
  List<Long> projects() {
    return List.copyOf(projects);
  }

  /** Projects that the service account was permitted later: their own time of change may be old. */
  private Optional<DoorStep> unseen(Set<Long> active) {
    if (!readings.containsKey(DoorResource.PROJECTS.cursor(null))) {
      return Optional.empty();
    }
    Set<Long> unseen = new HashSet<>(active);
    unseen.removeAll(ledger.doorRecords().updated(room.id(), DoorEvents.PROJECT, active).keySet());
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DoorStep(DoorResource.PROJECTS, null, null, null, List.copyOf(unseen), List.of()));
  }

  private List<DoorStep> ofProject(long id, JsonNode project) {
    List<DoorStep> steps = new ArrayList<>();
    // A project that is new is read together with its codes; from then on they have a cursor.
    if (readings.containsKey(DoorResource.COST_CODES.cursor(id))
        && isOld(DoorResource.COST_CODES, id)) {
      steps.add(step(DoorResource.COST_CODES, id, project));
    }
    OF_EACH_PROJECT.forEach(resource -> steps.add(step(resource, id, project)));
    present(id).ifPresent(steps::add);
    if (takesBudgets() && isOld(DoorResource.BUDGETS, id)) {
      steps.add(step(DoorResource.BUDGETS, id, project));
    }
    return steps;
  }

  /**
   * Invoices leave no trace when they are deleted: those that are not decided about are asked for
   * by id, as often as lists without a filter by time are read.
   */
  private Optional<DoorStep> present(long project) {
    if (!ledger.doorReadings().takeTurn(room.id(), PRESENCE + project, settings.codesEvery())) {
      return Optional.empty();
    }
    List<Long> open = ledger.doorRecords().open(room.id(), DoorEvents.REQUISITION, project);
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DoorStep(DoorResource.REQUISITIONS, project, null, null, open, List.of()));
  }

  private boolean takesBudgets() {
    return room.erp().capabilities().requestNames().contains("create_budget");
  }

  private boolean isOld(DoorResource resource, Long project) {
    Reading reading = readings.get(resource.cursor(project));
    Duration every = settings.codesEvery();
    return reading == null || !reading.readAt().plus(every).isAfter(clock.instant());
  }

  private DoorStep step(DoorResource resource, Long projectId, JsonNode project) {
    Reading reading = readings.get(resource.cursor(projectId));
    return new DoorStep(
        resource,
        projectId,
        project,
        reading == null ? null : reading.through(),
        List.of(),
        List.of());
  }

  /**
   * Whether a project is this connection's: the one that is linked to it, else the first that works
   * on it, as for Procore's own events.
   */
  private boolean isOurs(long projectId) {
    List<ConnectionRoom> company =
        rooms.all().stream()
            .filter(other -> other.procore().companyId() == room.procore().companyId())
            .toList();
    Optional<ConnectionId> linked =
        company.stream()
            .map(ConnectionRoom::id)
            .filter(
                id ->
                    ledger
                        .links()
                        .get(id, DoorEvents.PROJECT, Long.toString(projectId))
                        .isPresent())
            .findFirst();
    return linked
        .or(
            () ->
                company.stream()
                    .filter(other -> other.procore().worksOn(projectId))
                    .map(ConnectionRoom::id)
                    .findFirst())
        .filter(room.id()::equals)
        .isPresent();
  }

  /** What webhooks named, batched by resource and project. */
  List<DoorStep> hinted() {
    record Place(DoorResource resource, Long projectId) {}
    Map<Place, List<Hint>> places = new LinkedHashMap<>();
    List<Hint> foreign = new ArrayList<>();
    for (Hint hint : ledger.doorReadings().hints(room.id(), MOST_HINTS)) {
      String[] parts = hint.resource().split("/");
      Optional<DoorResource> resource = DoorResource.of(parts[0]);
      Long project = parts[1].equals("0") ? null : Long.valueOf(parts[1]);
      boolean readable =
          resource.isPresent()
              && (resource.get().ofProject()
                  ? project != null && isOurs(project)
                  : rooms.leads(room) || resource.get() == DoorResource.PROJECTS);
      if (readable) {
        places
            .computeIfAbsent(
                new Place(resource.get(), resource.get().ofProject() ? project : null),
                none -> new ArrayList<>())
            .add(hint);
      } else {
        foreign.add(hint);
      }
    }
    ledger.doorReadings().lookedAt(room.id(), foreign);
    List<DoorStep> steps = new ArrayList<>();
    places.forEach(
        (place, hints) ->
            steps.add(
                new DoorStep(
                    place.resource(),
                    place.projectId(),
                    null,
                    null,
                    hints.stream()
                        .map(hint -> Long.valueOf(hint.resource().split("/")[2]))
                        .distinct()
                        .toList(),
                    hints)));
    steps.sort(java.util.Comparator.comparing(DoorStep::resource));
    return steps;
  }
}
