package io.tieback.procore.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts links into the events of the door: behind this door Tieback's own ledger knows what is
 * joined to what. May be done again at any time; a link that no longer holds is taken out.
 *
 * <p>What another integration wrote into Procore stays in the event, so that the rules refuse it
 * (GEN-ARC-06).
 */
public final class EventLinks {

  private static final String ORIGIN = "origin_id";

  private final Known known;

  /**
   * @param known what is joined to what
   */
  public EventLinks(Known known) {
    this.known = known;
  }

  /** What is joined to what. */
  public interface Known {
    /** The link of a record of Procore, by External Data's word and its id. */
    Optional<String> originId(String itemType, long procoreId);

    /** The ERP's number of it, for people. */
    Optional<String> number(String itemType, long procoreId);

    /** The link of the cost type with this code. */
    Optional<String> costType(String code);

    /** Whether a link is of this connection. */
    boolean isOurs(String originId);
  }

  /** Puts the links into an event, in place. */
  public void fill(String entity, JsonNode event) {
    switch (entity) {
      case DoorEvents.VENDOR -> own(event.path("vendor"), DoorEvents.VENDOR);
      case DoorEvents.PROJECT -> project(event);
      case DoorEvents.STANDARD_CODE -> event.forEach(code -> own(code, DoorEvents.STANDARD_CODE));
      case DoorEvents.CHANGE_ORDER -> changeOrder(event);
      case DoorEvents.REQUISITION -> event.path("requisitions").forEach(this::requisition);
      case DoorEvents.BUDGET -> budget(event);
      default -> commitment(event);
    }
  }

  /**
   * A link that Procore shows on a record.
   *
   * @param itemType External Data's word
   * @param procoreId the record
   * @param originId the link
   */
  public record Shown(String itemType, long procoreId, String originId) {}

  /**
   * The links of this connection that an event, just read, shows and that are not known: a company
   * that came from Procore's own door, or a ledger that was lost. To be called before {@link
   * #fill}.
   */
  public List<Shown> shown(String entity, JsonNode event) {
    List<Shown> shown = new ArrayList<>();
    switch (entity) {
      case DoorEvents.VENDOR -> shown(event.path("vendor"), DoorEvents.VENDOR, shown);
      case DoorEvents.PROJECT -> {
        shown(event.path("job"), DoorEvents.PROJECT, shown);
        event.path("all_cost_codes").forEach(code -> shown(code, "cost_code", shown));
      }
      case DoorEvents.CHANGE_ORDER -> {
        shown(event.path("change_order"), DoorEvents.CHANGE_ORDER, shown);
        event.path("change_order_items").forEach(line -> shownOfLine(line, shown));
      }
      case DoorEvents.REQUISITION ->
          event
              .path("requisitions")
              .forEach(
                  one -> shown(one.path(RequisitionEvents.COPY), DoorEvents.REQUISITION, shown));
      case DoorEvents.STANDARD_CODE, DoorEvents.BUDGET -> {
        // Not shown there.
      }
      default -> {
        shown(event.path("commitment"), entity, shown);
        event.path("commitment_items").forEach(line -> shownOfLine(line, shown));
      }
    }
    return shown;
  }

  private void shownOfLine(JsonNode line, List<Shown> shown) {
    shown(line, "line_item", shown);
    shown(line.path("cost_code"), "cost_code", shown);
    shown(line.path("line_item_type"), "line_item_type", shown);
  }

  private void shown(JsonNode node, String itemType, List<Shown> shown) {
    String origin = Fields.text(node, ORIGIN);
    Long id = origin == null ? null : Fields.idOrNull(node, "id", itemType);
    if (id != null && known.isOurs(origin) && known.originId(itemType, id).isEmpty()) {
      shown.add(new Shown(itemType, id, origin));
    }
  }

  private void own(JsonNode node, String itemType) {
    Long id = node.isObject() ? Fields.idOrNull(node, "id", itemType) : null;
    if (id == null) {
      return;
    }
    ObjectNode object = (ObjectNode) node;
    String shown = Fields.text(node, ORIGIN);
    String foreign = shown == null || known.isOurs(shown) ? null : shown;
    object.put(ORIGIN, known.originId(itemType, id).orElse(foreign));
  }

  private void project(JsonNode event) {
    own(event.path("job"), DoorEvents.PROJECT);
    event.path("all_cost_codes").forEach(code -> own(code, "cost_code"));
  }

  private void commitment(JsonNode event) {
    JsonNode header = event.path("commitment");
    header(header);
    ((ObjectNode) event).set("job_id", header.path("project").path(ORIGIN));
    event.path("commitment_items").forEach(this::line);
  }

  private void header(JsonNode header) {
    own(header.path("vendor"), DoorEvents.VENDOR);
    own(header.path("project"), DoorEvents.PROJECT);
    String itemType = CommitmentKind.of(Fields.text(header, "type")).orElseThrow().itemType();
    own(header, itemType);
    ((ObjectNode) header)
        .put(
            "origin_code",
            known.number(itemType, Fields.id(header, "id", "commitment")).orElse(null));
  }

  private void changeOrder(JsonNode event) {
    JsonNode header = event.path("commitment");
    header(header);
    ((ObjectNode) event).set("job_origin_id", header.path("project").path(ORIGIN));
    own(event.path("change_order"), DoorEvents.CHANGE_ORDER);
    event.path("change_order_items").forEach(this::line);
  }

  private void line(JsonNode line) {
    own(line.path("cost_code"), "cost_code");
    own(line.path("line_item_type"), "line_item_type");
    own(line, "line_item");
  }

  private void requisition(JsonNode element) {
    ObjectNode object = (ObjectNode) element;
    JsonNode copy = element.path(RequisitionEvents.COPY);
    String of = "requisition";
    object.put(
        "job_origin_id",
        known.originId(DoorEvents.PROJECT, Fields.id(copy, "project_id", of)).orElse(null));
    object.put(
        "contract_origin_id",
        CommitmentKind.of(Fields.text(copy, "commitment_type"))
            .flatMap(kind -> known.originId(kind.itemType(), Fields.id(copy, "commitment_id", of)))
            .orElse(null));
    for (JsonNode line : element.path("line_items")) {
      ObjectNode row = (ObjectNode) line;
      row.put("cost_code_origin_id", link(line, "cost_code_id", "cost_code"));
      String type = Fields.text(line, "line_item_type_code");
      row.put("line_item_type_origin_id", type == null ? null : known.costType(type).orElse(null));
      row.put("commitment_item_origin_id", link(line, "commitment_line_item_id", "line_item"));
      row.put(
          "change_order_line_item_origin_id", link(line, "change_order_line_item_id", "line_item"));
    }
  }

  private void budget(JsonNode event) {
    JsonNode budget = event.path("budget");
    own(budget, DoorEvents.BUDGET);
    String project =
        known.originId(DoorEvents.PROJECT, Fields.id(budget, "project_id", "budget")).orElse(null);
    ((ObjectNode) event).put("job_id", project);
    for (JsonNode cost : event.path("job_costs")) {
      ObjectNode row = (ObjectNode) cost;
      row.put("job_origin_id", project);
      row.put("cost_code_origin_id", link(cost, "cost_code_id", "cost_code"));
      row.put("line_item_type_origin_id", link(cost, "line_item_type_id", "line_item_type"));
    }
  }

  private String link(JsonNode line, String field, String itemType) {
    Long id = Fields.idOrNull(line, field, itemType);
    return id == null ? null : known.originId(itemType, id).orElse(null);
  }
}
