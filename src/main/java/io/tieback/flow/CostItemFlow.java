package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CodePair;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.OriginId;
import io.tieback.ledger.CostItems;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.JobExport;
import io.tieback.procore.WorkBreakdown;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cost codes with their types on their way out, one item for each pair (XR-WBS-04); a project
 * brings them ({@link ProjectFlow}), and what Procore is told of them it is told with the project.
 */
public final class CostItemFlow implements OutwardFlow {

  private final Ledger ledger;
  private final ItemShelf shelf;

  /** Wires it. */
  public CostItemFlow(Ledger ledger, ItemShelf shelf) {
    this.ledger = ledger;
    this.shelf = shelf;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.COST_ITEM;
  }

  @Override
  public Set<String> entities() {
    return Set.of(CostItems.ENTITY);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of();
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    return Staged.nothing("Cost codes come with their project.");
  }

  /**
   * A pair as a work item.
   *
   * @param id the ledger's id of the pair
   * @param sameAs another pair that gives the same item code, or null
   */
  static StagedRequest.Item staged(
      long id,
      long project,
      JobExport.Code code,
      JobExport.Type type,
      String joined,
      String sameAs) {
    String event =
        Json.write(
            Json.object()
                .put("joined", joined)
                .put("code", code.fullCode())
                .put("code_name", code.name())
                .put("cost_code_id", code.id())
                .put("type", type.code())
                .put("type_name", type.name())
                .put("type_id", type.id())
                .put("same_as", sameAs)
                .put("project_id", project));
    return new StagedRequest.Item(CostItems.ENTITY, id, event, project, null, null);
  }

  /** The pair of a work item's event. */
  static CodePair pair(JsonNode event) {
    return new CodePair(
        event.path("code").textValue(),
        event.path("type").textValue(),
        event.path("code_name").textValue(),
        event.path("type_name").textValue(),
        event.path("joined").textValue(),
        event.path("same_as").textValue());
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    return "cost code "
        + event.path("joined").asText(Long.toString(procoreId))
        + " of project "
        + event.path("project_id").asText();
  }

  /**
   * None the first time, when the project's own rows bring them. A code that failed then and went
   * later, by a replay, finds its project linked and links itself.
   */
  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    JsonNode event = Json.read(item.event());
    return late(room, item)
        .map(
            project ->
                List.of(
                    ProjectFlow.codeRow(
                        room,
                        project.erpId(),
                        event.path("cost_code_id").longValue(),
                        event.path("code").textValue()),
                    ProjectFlow.typeRow(
                        room, event.path("type_id").longValue(), event.path("type").textValue())))
        .orElse(List.of());
  }

  private Optional<WorkItem> late(ConnectionRoom room, WorkItem item) {
    return item.round() < 2 || item.projectId() == null
        ? Optional.empty()
        : ledger
            .workItems()
            .find(room.id(), ProjectFlow.PROJECT, item.projectId())
            .filter(
                project ->
                    project.erpId() != null
                        && (project.state() == ItemState.KNOWN
                            || project.state() == ItemState.ACKNOWLEDGED));
  }

  /** The project waits for its codes. */
  @Override
  public void afterOrigins(ConnectionRoom room, WorkItem item) {
    if (late(room, item).isPresent()) {
      JsonNode event = Json.read(item.event());
      ProjectFlow.tellAssignments(
          room,
          item.projectId(),
          List.of(
              new WorkBreakdown.Assignment(
                  event.path("cost_code_id").longValue(), event.path("type_id").longValue())));
    }
    shelf.changed(room);
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    room.id(),
                    CostItems.ENTITY,
                    Long.toString(item.procoreId()),
                    new OriginId(
                            room.erp().capabilities().erp(), room.id(), "item", item.erpNumber())
                        .toString(),
                    item.erpId(),
                    item.erpNumber(),
                    null)));
  }
}
