package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.OriginId;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The company's standard cost codes. The ERP holds none: a code becomes an item when a project has
 * it with a cost type. So each is checked, and linked without a call.
 */
public final class StandardCodeFlow implements OutwardFlow {

  /** External Data's word for a standard cost code. */
  static final String STANDARD_CODE = "standard_cost_code";

  private final ConnectionRooms rooms;

  /** Wires it. */
  public StandardCodeFlow(ConnectionRooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.COST_ITEM;
  }

  @Override
  public Set<String> entities() {
    return Set.of(STANDARD_CODE);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("create_standard_cost_codes");
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    if (!rooms.leads(room)) {
      return Staged.nothing(ELSEWHERE);
    }
    Map<Long, StagedRequest.Item> items = new LinkedHashMap<>();
    Map<Long, List<Long>> details = new LinkedHashMap<>();
    for (JsonNode code : event.data()) {
      long id = code.path("id").longValue();
      items.put(
          id,
          new StagedRequest.Item(
              STANDARD_CODE,
              id,
              Json.write(
                  Json.object()
                      .put("code", code(code))
                      .put("name", code.path("name").asText(""))
                      .put("list", code.path("standard_cost_code_list_id").longValue())),
              null,
              null,
              null));
      Long detail = event.detailOf(code);
      if (detail != null) {
        details.computeIfAbsent(detail, none -> new ArrayList<>()).add(id);
      }
    }
    return items.isEmpty()
        ? Staged.nothing("The event holds no standard cost code; there is nothing to do.")
        : new Staged(
            List.copyOf(items.values()),
            details.entrySet().stream()
                .map(detail -> new StagedRequest.Detail(detail.getKey(), detail.getValue()))
                .toList(),
            0,
            null);
  }

  private static String code(JsonNode code) {
    String full = code.path("full_code").asText("");
    return full.isBlank() ? code.path("code").asText("") : full;
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    return "standard cost code " + event.path("code").asText() + " (id " + procoreId + ")";
  }

  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    String origin =
        new OriginId(room.erp().capabilities().erp(), room.id(), STANDARD_CODE, item.erpId())
            .toString();
    return List.of(
        new ExternalDataRow(STANDARD_CODE, item.procoreId(), origin, item.erpNumber(), null));
  }
}
