package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.flow.ConnectionRoom;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.Fields;
import io.tieback.procore.PublicRecords;
import io.tieback.procore.PublicRecords.Wanted;
import io.tieback.procore.door.BudgetEvents;
import io.tieback.procore.door.ContractEvents;
import io.tieback.procore.door.DirectoryEvents;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.RequisitionEvents;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads one step from Procore and makes records of it. Nothing is stored here. The calls are those
 * of what changed: records that the queue has just so already are not looked at again.
 */
final class DoorReader {

  private final ConnectionRoom room;
  private final ReadingSettings settings;
  private final KnownRecords known;
  private final Clock clock;

  /** What the queue has. */
  interface KnownRecords {
    /** When these records changed last in Procore, as far as the queue has them. */
    Map<Long, Instant> updated(String entity, List<Long> ids);

    /** The events of these records. */
    Map<Long, JsonNode> events(String entity, List<Long> ids);
  }

  DoorReader(ConnectionRoom room, ReadingSettings settings, KnownRecords known, Clock clock) {
    this.room = room;
    this.settings = settings;
    this.known = known;
    this.clock = clock;
  }

  /** Reads a step. */
  DoorBatch read(DoorStep step) {
    Instant began = clock.instant();
    List<JsonNode> seen = new ArrayList<>();
    List<DoorRecord> records =
        switch (step.resource()) {
          case VENDORS -> vendors(step, seen);
          case PROJECTS -> projects(step, seen);
          case STANDARD_CODES -> standardCodes();
          case COST_CODES -> List.of(project(shown(step)));
          case WORK_ORDER_CONTRACTS -> commitments(step, CommitmentKind.WORK_ORDER, seen);
          case PURCHASE_ORDER_CONTRACTS -> commitments(step, CommitmentKind.PURCHASE_ORDER, seen);
          case CHANGE_ORDERS -> changeOrders(step, seen);
          case REQUISITIONS -> requisitions(step, seen);
          case BUDGETS -> List.of(budget(shown(step)));
        };
    return new DoorBatch(room.id(), step, records, through(step, seen, began));
  }

  /**
   * The latest change that was seen, by Procore's own clock; where nothing happened for a while,
   * the moment at which this reading began, less the overlap: without that, what changed last would
   * be read again each time until something else changes. So Procore's clock may be behind ours by
   * no more than the overlap.
   */
  private Instant through(DoorStep step, List<JsonNode> seen, Instant began) {
    Instant latest = began.minus(settings.overlap());
    if (step.through() != null && step.through().isAfter(latest)) {
      latest = step.through();
    }
    for (JsonNode row : seen) {
      Instant updated = updated(row);
      if (updated != null && updated.isAfter(latest)) {
        latest = updated;
      }
    }
    return latest;
  }

  private static Instant updated(JsonNode row) {
    String text = Fields.text(row, "updated_at");
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private Wanted wanted(DoorStep step) {
    return step.isHinted()
        ? Wanted.ids(step.ids())
        : Wanted.since(
            step.through() == null ? null : step.through().minus(settings.overlap()),
            clock.instant());
  }

  private PublicRecords procore() {
    return room.client().publicRecords();
  }

  /** What changed since the queue has it; what webhooks named and Procore has no more is gone. */
  private List<DoorRecord> changed(
      DoorStep step, String entity, List<JsonNode> rows, Function<JsonNode, DoorRecord> make) {
    Map<Long, JsonNode> byId = new LinkedHashMap<>();
    rows.forEach(row -> byId.put(Fields.id(row, "id", entity), row));
    Map<Long, Instant> before = known.updated(entity, List.copyOf(byId.keySet()));
    List<DoorRecord> records = new ArrayList<>();
    byId.forEach(
        (id, row) -> {
          Instant updated = updated(row);
          if (updated == null || !updated.equals(before.get(id))) {
            records.add(readable(entity, row, () -> make.apply(row)));
          }
        });
    step.ids().stream()
        .filter(id -> !byId.containsKey(id))
        .forEach(id -> records.add(DoorRecord.gone(entity, id)));
    return records;
  }

  /** A record that cannot be read holds up no other: it says what is wrong with it. */
  private static DoorRecord readable(String entity, JsonNode row, Supplier<DoorRecord> make) {
    try {
      return make.get();
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.REFUSED || failure.status() > 0) {
        throw failure;
      }
      String number = Fields.text(row, "number");
      String title = Fields.text(row, "title");
      return DoorRecord.unreadable(
          entity,
          Fields.id(row, "id", entity),
          new Facts(
              number == null ? Fields.text(row, "invoice_number") : number,
              title == null ? Fields.text(row, "name") : title,
              Fields.text(row, "vendor_name"),
              Fields.idOrNull(row, "project_id", entity),
              null,
              null,
              null,
              null,
              null,
              null,
              Fields.text(row, "status"),
              updated(row)),
          failure.getMessage());
    }
  }

  private List<DoorRecord> vendors(DoorStep step, List<JsonNode> seen) {
    seen.addAll(procore().vendors(wanted(step)));
    return changed(
        step,
        DoorEvents.VENDOR,
        seen,
        row -> DirectoryEvents.vendor(row, room.procore().companyId()));
  }

  private List<DoorRecord> projects(DoorStep step, List<JsonNode> seen) {
    seen.addAll(procore().projects(wanted(step)));
    List<JsonNode> ours =
        seen.stream()
            .filter(row -> room.procore().worksOn(Fields.id(row, "id", "project")))
            .toList();
    return changed(step, DoorEvents.PROJECT, ours, this::project);
  }

  private DoorRecord project(JsonNode project) {
    return DirectoryEvents.project(
        project, room.client().directory().costCodes(Fields.id(project, "id", "project")));
  }

  /** The project of a step: as the list had it, else shown by a call. */
  private JsonNode shown(DoorStep step) {
    return step.project() == null
        ? room.client().directory().project(step.projectId())
        : step.project();
  }

  private List<DoorRecord> standardCodes() {
    Long list =
        settings.standardList() == null
            ? room.client().workBreakdown().erpList().orElse(null)
            : settings.standardList();
    return list == null
        ? List.of()
        : room.client().workBreakdown().standardCodes(list).stream()
            .map(code -> DirectoryEvents.standardCode(code, list))
            .toList();
  }

  private List<DoorRecord> commitments(DoorStep step, CommitmentKind kind, List<JsonNode> seen) {
    seen.addAll(procore().commitments(kind, step.projectId(), wanted(step)));
    return changed(step, kind.itemType(), seen, row -> commitment(step.projectId(), kind, row));
  }

  private DoorRecord commitment(long projectId, CommitmentKind kind, JsonNode row) {
    boolean whole = row.path("line_items").isArray() || Fields.text(row, "deleted_at") != null;
    return ContractEvents.commitment(
        kind,
        whole
            ? row
            : room.client()
                .directory()
                .commitment(kind, projectId, Fields.id(row, "id", "commitment")));
  }

  private List<DoorRecord> changeOrders(DoorStep step, List<JsonNode> seen) {
    seen.addAll(procore().changeOrders(step.projectId(), wanted(step)));
    Map<Long, JsonNode> contracts = contracts(step.projectId(), seen);
    List<JsonNode> ours =
        seen.stream()
            .filter(row -> contracts.containsKey(row.path("contract_id").longValue()))
            .toList();
    return changed(
        step,
        DoorEvents.CHANGE_ORDER,
        ours,
        row ->
            changeOrder(step.projectId(), row, contracts.get(row.path("contract_id").longValue())));
  }

  private DoorRecord changeOrder(long projectId, JsonNode row, JsonNode commitment) {
    if (Fields.text(row, "deleted_at") != null) {
      return DoorRecord.gone(DoorEvents.CHANGE_ORDER, Fields.id(row, "id", "change order"));
    }
    JsonNode shown = procore().changeOrder(projectId, Fields.id(row, "id", "change order"));
    return ContractEvents.changeOrder(
        shown, new ChangeOrderLines(procore()).of(projectId, shown), commitment);
  }

  /**
   * The commitments among the contracts of change orders. Prime contracts have change orders in the
   * same list; a contract that the queue does not have is looked for among both kinds of
   * commitment, so that one that is younger than the last reading is not missed.
   */
  private Map<Long, JsonNode> contracts(long projectId, List<JsonNode> changes) {
    Set<Long> ids = new HashSet<>();
    changes.forEach(row -> ids.add(Fields.id(row, "contract_id", "change order")));
    Map<Long, JsonNode> found = new HashMap<>();
    for (CommitmentKind kind : CommitmentKind.values()) {
      if (!ids.isEmpty()) {
        found.putAll(known.events(kind.itemType(), List.copyOf(ids)));
      }
    }
    ids.removeAll(found.keySet());
    for (CommitmentKind kind : CommitmentKind.values()) {
      if (!ids.isEmpty()) {
        procore()
            .commitments(kind, projectId, Wanted.ids(ids))
            .forEach(
                row -> {
                  DoorRecord read = commitment(projectId, kind, row);
                  found.put(read.procoreId(), read.event());
                });
      }
    }
    return found;
  }

  private List<DoorRecord> requisitions(DoorStep step, List<JsonNode> seen) {
    seen.addAll(procore().requisitions(step.projectId(), wanted(step)));
    Map<Long, JsonNode> byId = new HashMap<>();
    seen.forEach(row -> byId.put(Fields.id(row, "id", "requisition"), row));
    Map<Long, Instant> before = known.updated(DoorEvents.REQUISITION, List.copyOf(byId.keySet()));
    Set<Long> missing = new HashSet<>();
    byId.forEach(
        (id, row) -> {
          if (!java.util.Objects.equals(before.get(id), updated(row))) {
            previous(row, id).filter(needed -> !byId.containsKey(needed)).ifPresent(missing::add);
          }
        });
    Map<Long, JsonNode> all = new HashMap<>(byId);
    if (!missing.isEmpty()) {
      procore()
          .requisitions(step.projectId(), Wanted.ids(missing))
          .forEach(row -> all.put(Fields.id(row, "id", "requisition"), row));
    }
    return changed(
        step,
        DoorEvents.REQUISITION,
        seen,
        row ->
            RequisitionEvents.requisition(
                row, RequisitionEvents.needed(row).map(all::get).orElse(null), room.arithmetic()));
  }

  /** What cannot be read needs none: it says so itself when its record is made. */
  private static java.util.Optional<Long> previous(JsonNode row, long id) {
    try {
      return RequisitionEvents.needed(row);
    } catch (Failure unreadable) {
      return java.util.Optional.empty();
    }
  }

  private DoorRecord budget(JsonNode project) {
    long id = Fields.id(project, "id", "project");
    List<JsonNode> changes = new ArrayList<>();
    for (JsonNode change : procore().budgetChanges(id)) {
      if ("approved".equals(Fields.text(change, "status"))) {
        changes.add(procore().budgetChange(id, Fields.id(change, "id", "budget change")));
      }
    }
    return BudgetEvents.budget(
        project, procore().budgetLocked(id), procore().budgetRows(id), changes, null);
  }
}
