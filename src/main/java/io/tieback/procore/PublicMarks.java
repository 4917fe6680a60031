package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.procore.SyncOutcome.State;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Marks by the public resources, for companies without the ERP tab: {@code origin_id} of the
 * records themselves, in bulk where the resource has a sync action (Procore reference sections 9 to
 * 12). Items of invoices and lines of change orders take none there; they are linked in the ledger
 * alone.
 */
public final class PublicMarks implements Marks {

  private static final String V1 = "/rest/v1.0/";
  private static final String WORK_ORDER = "work_order_contract";
  private static final String PURCHASE_ORDER = "purchase_order_contract";

  private final ProcoreCalls calls;
  private final SyncCalls sync;
  private final long companyId;

  PublicMarks(ProcoreCalls calls, SyncCalls sync) {
    this.calls = calls;
    this.sync = sync;
    this.companyId = calls.connection().companyId();
  }

  /** Where a mark goes. */
  private record Place(String operation, String path, Map<String, Long> beside, String element) {
    boolean bulk() {
      return element == null;
    }
  }

  @Override
  public boolean takes(Mark mark) {
    return place(mark) != null;
  }

  @Override
  public List<SyncOutcome<ExternalDataRow.Key>> write(List<Mark> marks) {
    Map<Place, List<Mark>> bulk = new LinkedHashMap<>();
    Map<ExternalDataRow.Key, SyncOutcome<ExternalDataRow.Key>> outcomes = new HashMap<>();
    for (Mark mark : marks) {
      Place place = place(mark);
      if (place == null) {
        outcomes.put(mark.row().key(), accepted(mark, null));
      } else if (place.bulk()) {
        bulk.computeIfAbsent(place, none -> new ArrayList<>()).add(mark);
      } else {
        outcomes.put(mark.row().key(), one(place, mark));
      }
    }
    bulk.forEach(
        (place, together) ->
            sent(place, together).forEach(outcome -> outcomes.put(outcome.key(), outcome)));
    return marks.stream().map(mark -> outcomes.get(mark.row().key())).toList();
  }

  private static SyncOutcome<ExternalDataRow.Key> accepted(Mark mark, JsonNode shown) {
    return new SyncOutcome<>(mark.row().key(), State.ACCEPTED, "", shown);
  }

  private Place place(Mark mark) {
    return switch (mark.row().itemType()) {
      case "vendor" -> new Place("procore.sync-vendors", V1 + "vendors/sync", company(), null);
      case "project" -> new Place("procore.sync-projects", V1 + "projects/sync", company(), null);
      case "line_item_type" ->
          new Place("procore.sync-cost-types", V1 + "line_item_types/sync", company(), null);
      case "standard_cost_code" -> standardCode(mark);
      case "cost_code" ->
          mark.projectId() == null
              ? null
              : new Place(
                  "procore.sync-cost-codes",
                  inProject(V1 + "cost_codes/sync", mark),
                  Map.of(),
                  null);
      case WORK_ORDER, PURCHASE_ORDER ->
          mark.projectId() == null
              ? null
              : new Place(
                  "procore.sync-commitments",
                  V1 + mark.row().itemType() + "s/sync",
                  Map.of("project_id", mark.projectId()),
                  null);
      case "line_item" -> line(mark);
      case "change_order" ->
          single(mark, "procore.mark-change-order", "change_order_packages/", "change_order");
      case "requisition" ->
          single(mark, "procore.mark-requisition", "requisitions/", "requisition");
      case "item" -> directCost(mark);
      case "contract_payment" ->
          single(mark, "procore.mark-contract-payment", "contract_payments/", "contract_payment");
      default -> null;
    };
  }

  private Map<String, Long> company() {
    return Map.of("company_id", companyId);
  }

  private Place standardCode(Mark mark) {
    return mark.holderId() == null
        ? null
        : new Place(
            "procore.sync-standard-codes",
            V1 + "standard_cost_codes/sync",
            Map.of("company_id", companyId, "standard_cost_code_list_id", mark.holderId()),
            null);
  }

  /** Only lines of contracts; those of change orders have no public way. */
  private static Place line(Mark mark) {
    boolean ofContract =
        WORK_ORDER.equals(mark.holderType()) || PURCHASE_ORDER.equals(mark.holderType());
    return ofContract && mark.projectId() != null && mark.holderId() != null
        ? new Place(
            "procore.sync-commitment-lines",
            inProject(V1 + mark.holderType() + "s/" + mark.holderId() + "/line_items/sync", mark),
            Map.of(),
            null)
        : null;
  }

  private static String inProject(String path, Mark mark) {
    return new Query().with("project_id", mark.projectId()).after(path);
  }

  private static Place directCost(Mark mark) {
    return mark.projectId() == null
        ? null
        : new Place(
            "procore.mark-direct-cost",
            V1 + "projects/" + mark.projectId() + "/direct_costs/" + mark.row().itemId(),
            Map.of(),
            "item");
  }

  private static Place single(Mark mark, String operation, String path, String element) {
    if (mark.projectId() == null || mark.holderId() == null) {
      return null;
    }
    String holder = element.equals("requisition") ? "commitment_id" : "contract_id";
    return new Place(
        operation,
        (element.equals("requisition") ? "/rest/v1.1/" : V1) + path + mark.row().itemId(),
        Map.of("project_id", mark.projectId(), holder, mark.holderId()),
        element);
  }

  private List<SyncOutcome<ExternalDataRow.Key>> sent(Place place, List<Mark> marks) {
    String type = marks.get(0).row().itemType();
    SyncCalls.Action<Mark, ExternalDataRow.Key> action =
        new SyncCalls.Action<>(
            place.operation(),
            place.path(),
            rows -> body(place, rows),
            PublicMarks::row,
            row ->
                row.path("id").canConvertToLong()
                    ? Optional.of(new ExternalDataRow.Key(type, row.path("id").longValue()))
                    : Optional.empty(),
            (sent, shown) ->
                !shown.has("origin_id")
                    || Objects.equals(
                        sent.path("origin_id").textValue(), shown.path("origin_id").textValue()));
    return sync.send(action, marks);
  }

  private static JsonNode body(Place place, ArrayNode rows) {
    ObjectNode body = Json.object();
    place.beside().forEach(body::put);
    body.set("updates", rows);
    return body;
  }

  private static ObjectNode row(Mark mark) {
    return origin(mark).put("id", mark.row().itemId());
  }

  /** The number that people see goes along where the resource has a field for it. */
  private static ObjectNode origin(Mark mark) {
    ObjectNode origin = Json.object().put("origin_id", mark.row().originId());
    if (mark.row().originCode() != null && hasCode(mark.row().itemType())) {
      origin.put("origin_code", mark.row().originCode());
    }
    return origin;
  }

  private static boolean hasCode(String itemType) {
    return switch (itemType) {
      case "vendor", WORK_ORDER, PURCHASE_ORDER, "change_order" -> true;
      default -> false;
    };
  }

  /** A record that Procore refuses does not hold up the others. */
  private SyncOutcome<ExternalDataRow.Key> one(Place place, Mark mark) {
    ObjectNode body = Json.object();
    place.beside().forEach(body::put);
    body.set(place.element(), origin(mark));
    try {
      return accepted(mark, calls.writeRepeatable(place.operation(), "PATCH", place.path(), body));
    } catch (Failure failure) {
      if (failure.kind() != FailureKind.REFUSED || failure.status() == 403) {
        throw failure;
      }
      return SyncOutcome.not(mark.row().key(), State.REFUSED, failure.getMessage());
    }
  }
}
