package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.FiguresDigest;
import io.tieback.procore.JobExport;
import io.tieback.procore.SyncOutcome;
import io.tieback.procore.WorkBreakdown;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Projects on their way out, each with an item for each pair of cost code and cost type ({@link
 * CostItemFlow}). The same event brings a new project and one with new codes or another name
 * (XR-PRJ-07, GEN-WBS-05).
 */
public final class ProjectFlow implements OutwardFlow {

  /** External Data's word for a project. */
  static final String PROJECT = "project";

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /** Wires it. */
  public ProjectFlow(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.PROJECT;
  }

  @Override
  public Set<String> entities() {
    return Set.of(PROJECT);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("create_or_update_job");
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    JobExport job = JobExport.of(event);
    if (rooms.belongsToAnother(room, job.originId()) || !goesThrough(room, job)) {
      return Staged.nothing(ELSEWHERE);
    }
    String number = room.erp().itemsOfProjects() ? number(room, job) : null;
    Pairs pairs = new Pairs(room, number == null ? job : job.withCodesOf(number), number);
    List<StagedRequest.Item> items = new ArrayList<>(pairs.staged());
    items.add(
        new StagedRequest.Item(
            PROJECT,
            job.projectId(),
            Json.write(pairs.event()),
            job.projectId(),
            null,
            null,
            pairs.digest()));
    OpenDetails open = OpenDetails.of(room, job.detailId(), job.projectId());
    return new Staged(
        items,
        open.detail() == null
            ? List.of()
            : List.of(new StagedRequest.Detail(open.detail(), List.of())),
        open.calls() + (number == null ? 0 : 1),
        null);
  }

  /**
   * What the codes of a project's own items begin with: its number, or its key in the ERP where it
   * has none (QBO-WBS-01).
   */
  private static String number(ConnectionRoom room, JobExport job) {
    String number =
        room.client()
            .directory()
            .project(job.projectId())
            .path("project_number")
            .asText("")
            .strip();
    if (!number.isEmpty()) {
      return number;
    }
    try {
      return OriginId.parse(job.originId()).key();
    } catch (IllegalArgumentException notLinked) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Project number of project '"
              + job.name()
              + "' is empty, and items of "
              + room.erp().capabilities().displayName()
              + " are named after it (QBO-WBS-01)",
          "Give the project a number in Procore, or link it first, then send it again");
    }
  }

  /** A project without a link goes through the first connection that works on it. */
  private boolean goesThrough(ConnectionRoom room, JobExport job) {
    return job.originId() != null
        || rooms.all().stream()
            .filter(
                other ->
                    other.procore().companyId() == room.procore().companyId()
                        && other.procore().worksOn(job.projectId()))
            .findFirst()
            .map(first -> first.id().equals(room.id()))
            .orElse(false);
  }

  /** The pairs of a project, by the code of their item. */
  private final class Pairs {

    private final ConnectionRoom room;
    private final JobExport job;
    private final String number;
    private final Map<String, String> first = new LinkedHashMap<>();
    private final Map<String, String> second = new HashMap<>();
    private final Map<String, Long> ids;

    Pairs(ConnectionRoom room, JobExport job, String number) {
      this.room = room;
      this.job = job;
      this.number = number;
      for (JobExport.Code code : job.codes()) {
        for (JobExport.Type type : code.types()) {
          String words = code.fullCode() + " with type " + type.code();
          String before = first.putIfAbsent(joined(code, type), words);
          if (before != null && !before.equals(words)) {
            second.put(joined(code, type), words);
          }
        }
      }
      this.ids = first.isEmpty() ? Map.of() : ledger.costItems().ids(room.id(), first.keySet());
    }

    private String joined(JobExport.Code code, JobExport.Type type) {
      return room.invoices().itemCode(code.fullCode(), type.code());
    }

    /** Tells a project that comes with other codes or another name while it is being written. */
    String digest() {
      return FiguresDigest.of(job.name(), String.join("\n", new TreeSet<>(first.keySet())));
    }

    List<StagedRequest.Item> staged() {
      Map<String, StagedRequest.Item> items = new LinkedHashMap<>();
      for (JobExport.Code code : job.codes()) {
        for (JobExport.Type type : code.types()) {
          String joined = joined(code, type);
          items.putIfAbsent(
              joined,
              CostItemFlow.staged(
                  ids.get(joined), job.projectId(), code, type, joined, second.get(joined)));
        }
      }
      return List.copyOf(items.values());
    }

    ObjectNode event() {
      ObjectNode event =
          Json.object()
              .put("project_id", job.projectId())
              .put("name", job.name())
              .put("origin_id", job.originId())
              .put("active", job.active())
              .put("code_prefix", number == null ? "" : number + "-");
      ArrayNode codes = event.putArray("codes");
      for (JobExport.Code code : job.codes()) {
        ObjectNode node = codes.addObject().put("id", code.id()).put("code", code.fullCode());
        ArrayNode types = node.putArray("types");
        for (JobExport.Type type : code.types()) {
          types
              .addObject()
              .put("id", type.id())
              .put("code", type.code())
              .put("item", ids.get(joined(code, type)));
        }
      }
      texts(event, "untyped", job.untyped());
      texts(event, "divisions", job.divisions());
      texts(event, "of_sub_jobs", job.ofSubJobs());
      return event;
    }
  }

  /** The ledger's ids of the items that the event of a project's work item asks for. */
  static Set<Long> itemIds(JsonNode event) {
    Set<Long> ids = new HashSet<>();
    event
        .path("codes")
        .forEach(
            code -> code.path("types").forEach(type -> ids.add(type.path("item").longValue())));
    return ids;
  }

  private static void texts(ObjectNode into, String name, List<String> texts) {
    ArrayNode list = into.putArray(name);
    texts.forEach(list::add);
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    String name = event.path("name").asText("").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return "project "
        + (name.isEmpty() || name.length() > 60 ? "" : name + " ")
        + "(id "
        + procoreId
        + ")";
  }

  /** The project, each of its codes that is in the ERP, and their types (GEN-API-32). */
  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    List<ExternalDataRow> rows = new ArrayList<>();
    rows.add(
        new ExternalDataRow(
            PROJECT,
            item.procoreId(),
            origin(room, room.erp().projectKind(), item.erpId()),
            item.erpNumber(),
            null));
    Map<Long, String> types = new LinkedHashMap<>();
    for (JsonNode code : Json.read(item.document()).path("codes")) {
      rows.add(
          codeRow(room, item.erpId(), code.path("id").longValue(), code.path("code").textValue()));
      code.path("types")
          .forEach(type -> types.put(type.path("id").longValue(), type.path("code").textValue()));
    }
    types.forEach((id, code) -> rows.add(typeRow(room, id, code)));
    return rows;
  }

  /** A cost code exists per project in Procore, and its items serve all of them. */
  static ExternalDataRow codeRow(ConnectionRoom room, String projectKey, long id, String code) {
    return new ExternalDataRow(
        "cost_code", id, origin(room, "cost_code", projectKey + "|" + code), code, null);
  }

  static ExternalDataRow typeRow(ConnectionRoom room, long id, String code) {
    return new ExternalDataRow("line_item_type", id, origin(room, "cost_type", code), code, null);
  }

  private static String origin(ConnectionRoom room, String kind, String key) {
    return new OriginId(room.erp().capabilities().erp(), room.id(), kind, key).toString();
  }

  @Override
  public void afterOrigins(ConnectionRoom room, WorkItem item) {
    List<WorkBreakdown.Assignment> assignments = new ArrayList<>();
    for (JsonNode code : Json.read(item.document()).path("codes")) {
      for (JsonNode type : code.path("types")) {
        assignments.add(
            new WorkBreakdown.Assignment(code.path("id").longValue(), type.path("id").longValue()));
      }
    }
    tellAssignments(room, item.procoreId(), assignments);
  }

  /**
   * Says of cost types of cost codes that they are in the ERP.
   *
   * @throws Failure CONFLICT when Procore does not take one of them
   */
  static void tellAssignments(
      ConnectionRoom room, long project, List<WorkBreakdown.Assignment> assignments) {
    // Whether a cost type is in the ERP is something that only the ERP tab shows.
    if (assignments.isEmpty() || room.door().tieback()) {
      return;
    }
    String problems =
        room.client().workBreakdown().synced(project, assignments).stream()
            .filter(outcome -> !outcome.accepted())
            .map(ProjectFlow::problem)
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw Failure.of(
          FailureKind.CONFLICT,
          "Procore did not take that these cost types are in the ERP: " + problems,
          "");
    }
  }

  private static String problem(SyncOutcome<WorkBreakdown.Assignment> outcome) {
    return "cost code "
        + outcome.key().costCodeId()
        + " with cost type "
        + outcome.key().costTypeId()
        + ": "
        + outcome.words();
  }
}
