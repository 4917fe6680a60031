package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.erp.ErpItems;
import io.tieback.ledger.CostItems;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.ErpEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What Procore asks and tells about cost codes besides bringing them with a project. Codes live in
 * Procore: nothing of the ERP is pushed there, and nothing is deleted in the ERP. A code can go in
 * Procore when no item stands for it any more, or when another project still needs the item.
 */
public final class CodeDeeds implements EventDeed {

  private static final String SYNC_CODES = "sync_standard_cost_codes";
  private static final String SYNC_TYPES = "sync_standard_categories";
  private static final String UNLINK_STANDARD = "unlink_standard_cost_codes";
  private static final String DELETE_STANDARD = "delete_standard_cost_codes";
  private static final String DELETE_TYPES = "delete_standard_categories";
  private static final String DELETE_CODES = "delete_cost_codes";
  private static final String DELETE_ASSIGNMENTS = "delete_cost_type_assignments";
  private static final String DELETED_CODES = "delete_cost_code";

  private static final String CODE = "cost_code";
  private static final int NAMED = 10;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CallTally tally;

  /** Wires it. */
  public CodeDeeds(Ledger ledger, ConnectionRooms rooms, CallTally tally) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.tally = tally;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(
        SYNC_CODES,
        SYNC_TYPES,
        UNLINK_STANDARD,
        DELETE_STANDARD,
        DELETE_TYPES,
        DELETE_CODES,
        DELETE_ASSIGNMENTS,
        DELETED_CODES);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    tally.since();
    JsonNode data = event.data();
    String project = data.path("project").path("origin_id").asText(null);
    if (rooms.belongsToAnother(
        room, project == null ? data.path("project_origin_id").asText(null) : project)) {
      return Outcome.done(OutwardFlow.ELSEWHERE, 0);
    }
    return switch (event.kind().orElseThrow().name()) {
      case SYNC_CODES, SYNC_TYPES -> compared(room);
      case UNLINK_STANDARD ->
          forgotten(room, StandardCodeFlow.STANDARD_CODE, data.path("standard_cost_codes"), "id");
      case DELETE_STANDARD ->
          forgotten(
              room,
              StandardCodeFlow.STANDARD_CODE,
              data.path("standard_cost_code_data_array"),
              "id");
      case DELETE_TYPES ->
          forgotten(
              room, "line_item_type", data.path("standard_category_data_array"), "procore_id");
      case DELETED_CODES -> forgotten(room, CODE, data.path("project_cost_code_data_array"), "id");
      case DELETE_CODES -> codes(room, event);
      default -> assignments(room, event);
    };
  }

  /** The ERP's items beside the codes that Tieback brought there; nothing is changed. */
  private Outcome compared(ConnectionRoom room) {
    ErpItems items = room.erp().items();
    List<String> missing = new ArrayList<>();
    int ours = 0;
    for (Links.Link link : ledger.links().all(room.id(), CostItems.ENTITY)) {
      if (items.byCode().containsKey(link.code())) {
        ours++;
      } else {
        missing.add(link.code());
      }
    }
    String erp = room.erp().capabilities().displayName();
    String told =
        "Cost codes and cost types are kept in Procore and go to "
            + erp
            + " with their projects. "
            + erp
            + " holds "
            + items.byCode().size()
            + " items of at most "
            + items.most()
            + ", "
            + ours
            + " of them for cost codes.";
    return Outcome.done(
        missing.isEmpty()
            ? told
            : told
                + " No longer there: "
                + named(missing)
                + ". Send their projects again to make them anew.",
        tally.since());
  }

  private static String named(List<String> codes) {
    return String.join(", ", codes.subList(0, Math.min(NAMED, codes.size())))
        + (codes.size() > NAMED ? " and " + (codes.size() - NAMED) + " more" : "");
  }

  /** Procore only tells: what it forgot is forgotten here too. */
  private Outcome forgotten(ConnectionRoom room, String entity, JsonNode rows, String idField) {
    List<Links.Key> keys = new ArrayList<>();
    for (JsonNode row : rows) {
      long id = row.path(idField).longValue();
      keys.add(new Links.Key(entity, Long.toString(id)));
      ledger.workItems().unlinked(room.id(), entity, id, "Procore no longer has it linked");
    }
    ledger.links().forget(room.id(), keys);
    return Outcome.done(keys.size() + " links are forgotten.", 0);
  }

  private Outcome codes(ConnectionRoom room, ErpEvent event) {
    Removal removal = new Removal(room, event.data().path("project"));
    for (JsonNode row : event.data().path("cost_codes")) {
      String code = codeOf(row.path("origin_id").asText(null));
      String still = code == null ? null : removal.stillThere(code, removal.itemsOf(code));
      removal.settle(event.detailOf(row), "cost code " + code, still);
      if (still == null) {
        ledger
            .links()
            .forget(
                room.id(), List.of(new Links.Key(CODE, Long.toString(row.path("id").longValue()))));
      }
    }
    return removal.outcome();
  }

  private Outcome assignments(ConnectionRoom room, ErpEvent event) {
    Removal removal = new Removal(room, event.data().path("project"));
    for (JsonNode row : event.data().path("cost_type_assignments")) {
      String code = codeOf(row.path("cost_code_origin_id").asText(null));
      String type = keyOf(row.path("line_item_type_origin_id").asText(null));
      String item = room.invoices().itemCode(code, type);
      String still = item == null ? null : removal.stillThere(code, Set.of(item));
      removal.settle(event.detailOf(row), "cost type " + type + " of cost code " + code, still);
    }
    return removal.outcome();
  }

  private static String keyOf(String origin) {
    try {
      return origin == null ? null : OriginId.parse(origin).key();
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private static String codeOf(String origin) {
    String key = keyOf(origin);
    return key == null ? null : key.substring(key.indexOf('|') + 1);
  }

  /** One event that asks whether codes of a project may go; the ERP is asked once for all. */
  private final class Removal {

    private final ConnectionRoom room;
    private final String projectKey;
    private final ErpItems items;
    private final Map<Long, String> refused = new HashMap<>();
    private int free;

    Removal(ConnectionRoom room, JsonNode project) {
      this.room = room;
      this.projectKey = keyOf(project.path("origin_id").asText(null));
      this.items = room.erp().items();
    }

    /** Codes of all items that Tieback made for a cost code, whatever the type. */
    Set<String> itemsOf(String code) {
      Set<String> codes = new LinkedHashSet<>();
      for (Links.Link type : ledger.links().all(room.id(), "line_item_type")) {
        String item = room.invoices().itemCode(code, keyOf(type.originId()));
        if (item != null) {
          codes.add(item);
        }
      }
      return codes;
    }

    /** Which items still stand for the code, in words; null when it may go. */
    String stillThere(String code, Set<String> codes) {
      List<String> present = codes.stream().filter(items.byCode()::containsKey).toList();
      if (present.isEmpty() || isNeededElsewhere(code)) {
        codes.stream().filter(item -> !items.byCode().containsKey(item)).forEach(this::gone);
        return null;
      }
      return named(present);
    }

    /** The same code of another project that is linked. */
    private boolean isNeededElsewhere(String code) {
      return ledger.links().all(room.id(), CODE).stream()
          .map(link -> keyOf(link.originId()))
          .anyMatch(
              key ->
                  key != null && key.endsWith("|" + code) && !key.equals(projectKey + "|" + code));
    }

    private void gone(String item) {
      Long id = ledger.costItems().ids(room.id(), List.of(item)).get(item);
      ledger.workItems().unlinked(room.id(), CostItems.ENTITY, id, "its item is gone in the ERP");
    }

    void settle(Long detail, String what, String still) {
      if (still == null) {
        free++;
      } else if (detail != null) {
        String erp = room.erp().capabilities().displayName();
        refused.put(
            detail,
            "The "
                + what
                + " is still in "
                + erp
                + " as "
                + still
                + ". Please delete it before retrying.");
      }
    }

    Outcome outcome() {
      return new Outcome(
          true,
          "May go: "
              + free
              + ". Still in "
              + room.erp().capabilities().displayName()
              + ": "
              + refused.size()
              + ".",
          tally.since(),
          refused);
    }
  }
}
