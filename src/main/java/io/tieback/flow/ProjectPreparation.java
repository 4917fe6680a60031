package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.AccountRules;
import io.tieback.construction.Names;
import io.tieback.construction.OriginId;
import io.tieback.construction.Outgoing;
import io.tieback.construction.ProjectName;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.ledger.CostItems;
import io.tieback.ledger.CostItems.Standing;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.rules.Finding;
import io.tieback.rules.ProjectChecks;
import io.tieback.rules.ProjectContext;
import io.tieback.rules.ProjectContext.Here;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The steps of the route {@code prepare-project}. A project goes after its codes. */
public final class ProjectPreparation extends RecordPreparation<ProjectRecord> {

  private static final int TIERS = 2;

  private final Ledger ledger;

  /** Wires it. */
  public ProjectPreparation(
      ConnectionRooms rooms, OutwardFlows flows, CallTally tally, ItemShelf shelf, Ledger ledger) {
    super(rooms, flows, tally, shelf);
    this.ledger = ledger;
  }

  @Override
  protected Read<ProjectRecord> read(Work<ProjectRecord> work) {
    Map<Long, Standing> standing =
        ledger.costItems().standing(work.room().id(), ProjectFlow.itemIds(work.event())).stream()
            .collect(Collectors.toMap(Standing::id, Function.identity()));
    List<Standing> pending = standing.values().stream().filter(item -> !item.settled()).toList();
    List<String> keys =
        pending.stream()
            .map(item -> Links.waitKey(CostItems.ENTITY, Long.toString(item.id())))
            .sorted()
            .toList();
    // While codes are under way, only what needs no call is looked at.
    return new Read<>(pending.isEmpty() ? whole(work, standing) : partly(work, standing), keys);
  }

  /** As if its codes had gone already; those that failed before may have been mended since. */
  @Override
  protected Read<ProjectRecord> readAhead(Work<ProjectRecord> work) {
    Map<Long, Standing> standing =
        ledger.costItems().standing(work.room().id(), ProjectFlow.itemIds(work.event())).stream()
            .map(item -> new Standing(item.id(), item.code(), ItemState.ACKNOWLEDGED))
            .collect(Collectors.toMap(Standing::id, Function.identity()));
    return new Read<>(whole(work, standing), List.of());
  }

  private ProjectRecord partly(Work<ProjectRecord> work, Map<Long, Standing> standing) {
    String erp = work.room().erp().capabilities().displayName();
    ErpProjects unread =
        new ErpProjects(erp, null, "", Integer.MAX_VALUE, Integer.MAX_VALUE, List.of());
    return new ProjectRecord(
        context(work, standing, unread, true, null, Here.NOTHING), standing, null, null);
  }

  private ProjectRecord whole(Work<ProjectRecord> work, Map<Long, Standing> standing) {
    ConnectionRoom room = work.room();
    JsonNode project = room.client().directory().project(work.procoreId());
    ErpProjects projects = room.erp().projects();
    String key = linkedKey(room, project.path("origin_id").textValue());
    String name = Names.tidy(work.event().path("name").textValue());
    ErpProject present =
        key == null ? projects.named(name).orElse(null) : projects.withKey(key).orElse(null);
    Optional<WorkItem> before =
        ledger.workItems().find(room.id(), ProjectFlow.PROJECT, work.procoreId());
    String former =
        before
            .map(WorkItem::document)
            .map(document -> Json.read(document).path("procoreName").textValue())
            .orElse(null);
    ProjectContext context =
        context(
            work,
            standing,
            projects,
            ownList(room, project),
            key,
            here(work, projects, key, name, present, former));
    return new ProjectRecord(context, standing, present, former);
  }

  /** The ERP's key that the project is linked to by this connection, or null. */
  private static String linkedKey(ConnectionRoom room, String origin) {
    try {
      OriginId read = origin == null ? null : OriginId.parse(origin);
      return read != null && read.connection().equals(room.id()) ? read.key() : null;
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  /** GEN-WBS-01; a company of which Procore shows no list is not asked for one. */
  private static boolean ownList(ConnectionRoom room, JsonNode project) {
    JsonNode list = project.path("standard_cost_code_list_id");
    return !list.canConvertToLong()
        || room.client().workBreakdown().erpList().map(erp -> erp == list.longValue()).orElse(true);
  }

  private Here here(
      Work<ProjectRecord> work,
      ErpProjects projects,
      String key,
      String name,
      ErpProject present,
      String former) {
    if (present == null) {
      return Here.NOTHING;
    }
    if (key == null && projects.severalNamed(name)) {
      return Here.SEVERAL;
    }
    if (key == null && isAnothers(work, present)) {
      return Here.ANOTHERS;
    }
    boolean renamed =
        key != null && former != null && !former.equals(name) && work.room().erp().makesProjects();
    boolean taken =
        renamed
            && projects
                .named(name)
                .filter(Predicate.not(other -> other.key().equals(present.key())))
                .isPresent();
    return taken ? Here.ANOTHERS : present.active() ? Here.ACTIVE : Here.ARCHIVED;
  }

  /** Whether another project of Procore is linked to it, by the ledger or by Procore itself. */
  private boolean isAnothers(Work<ProjectRecord> work, ErpProject present) {
    ConnectionRoom room = work.room();
    boolean underWay =
        ledger.costItems().otherProjects(room.id(), work.procoreId(), present.key()).stream()
            .anyMatch(name -> Names.folded(name).equals(Names.folded(present.name())));
    if (underWay) {
      return true;
    }
    String origin =
        new OriginId(
                room.erp().capabilities().erp(), room.id(), room.erp().projectKind(), present.key())
            .toString();
    return room.client()
        .directory()
        .projectByOrigin(origin)
        .filter(other -> other.path("id").longValue() != work.procoreId())
        .isPresent();
  }

  private static ProjectContext context(
      Work<ProjectRecord> work,
      Map<Long, Standing> standing,
      ErpProjects projects,
      boolean ownList,
      String key,
      Here here) {
    JsonNode event = work.event();
    List<String> codes = new ArrayList<>();
    int prefix = event.path("code_prefix").asText("").length();
    event.path("codes").forEach(code -> codes.add(code.path("code").textValue().substring(prefix)));
    return new ProjectContext(
        work.room().erp().capabilities().displayName(),
        Names.tidy(event.path("name").textValue()),
        projects.longestName(),
        event.path("active").asBoolean(true),
        ownList,
        codes.size(),
        texts(event.path("untyped")),
        codes.stream().filter(code -> code.split("-").length > TIERS).toList(),
        texts(event.path("of_sub_jobs")),
        projects.place(),
        projects.problem(),
        projects.remedy(),
        projects.active(),
        projects.most(),
        key,
        here,
        work.room().breakdown().linksProjects(),
        work.room().erp().makesProjects(),
        codesWhere(standing, item -> !item.settled()),
        codesWhere(standing, item -> item.settled() && !item.there()),
        codesWhere(standing, Standing::there).size());
  }

  private static List<String> codesWhere(
      Map<Long, Standing> standing, Predicate<Standing> condition) {
    return standing.values().stream().filter(condition).map(Standing::code).sorted().toList();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  @Override
  protected List<Finding> findings(Work<ProjectRecord> work, ProjectRecord record) {
    return ProjectChecks.check(record.context());
  }

  @Override
  protected ObjectNode figures(Work<ProjectRecord> work, ProjectRecord record) {
    ObjectNode figures =
        Json.object()
            .put("name", record.context().name())
            .put("active", work.event().path("active").asBoolean(true));
    figures.set("codes", work.event().path("codes"));
    return figures;
  }

  /** Its codes with where each books: the items are written before it. */
  @Override
  protected String mapping(Work<ProjectRecord> work, ProjectRecord record, Outgoing outgoing) {
    if (!work.room().door().tieback()) {
      return "";
    }
    ProjectName name = (ProjectName) outgoing;
    AccountRules rules = work.room().breakdown().accounts();
    return "project "
        + name.key()
        + " "
        + name.renamed()
        + "\n"
        + record.standing().values().stream()
            .map(Standing::code)
            .sorted()
            .map(code -> code + " " + rules.of(code).purchase() + " " + rules.of(code).sales())
            .collect(Collectors.joining("\n"));
  }

  @Override
  protected Outgoing compose(Work<ProjectRecord> work, ProjectRecord record) {
    return record.named(work.procoreId());
  }

  @Override
  protected Shown shown(Work<ProjectRecord> work, ProjectRecord record, Outgoing outgoing) {
    ProjectName name = (ProjectName) outgoing;
    ObjectNode document =
        Json.object()
            .put("kind", "project")
            .put("name", name.name())
            .put("procoreName", record.context().name())
            .put("key", name.key())
            .put("renamed", name.renamed());
    Set<Long> types = new HashSet<>();
    ArrayNode codes = document.putArray("codes");
    for (JsonNode code : work.event().path("codes")) {
      ArrayNode there = Json.array();
      for (JsonNode type : code.path("types")) {
        Standing item = record.standing().get(type.path("item").longValue());
        if (item != null && item.there()) {
          types.add(type.path("id").longValue());
          there.addObject().put("id", type.path("id").longValue()).set("code", type.path("code"));
        }
      }
      if (!there.isEmpty()) {
        codes
            .addObject()
            .put("id", code.path("id").longValue())
            .put("code", code.path("code").textValue())
            .set("types", there);
      }
    }
    notes(work, record, name).forEach(document.putArray("notes")::add);
    return new Shown(
        document,
        null,
        null,
        name.name(),
        work.procoreId(),
        null,
        null,
        1 + codes.size() + types.size());
  }

  private static List<String> notes(
      Work<ProjectRecord> work, ProjectRecord record, ProjectName name) {
    List<String> notes = new ArrayList<>();
    if (name.renamed()) {
      notes.add(
          "Renamed from '"
              + record.present().name()
              + "'; documents that were written before show the new name too.");
    } else if (name.key() != null && record.context().linkedTo() == null) {
      notes.add("There already under this name; linked, not made anew.");
    } else if (!name.name().equals(record.context().name())) {
      notes.add("Called '" + record.context().name() + "' in Procore; it keeps its name.");
    }
    if (!record.failed().isEmpty()) {
      notes.add("Without the codes " + String.join(", ", record.failed()) + ", which did not go.");
    }
    List<String> divisions = texts(work.event().path("divisions"));
    if (!divisions.isEmpty()) {
      notes.add(
          "Divisions have no cost types and become no items: " + String.join(", ", divisions));
    }
    return notes;
  }
}
