package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.OriginId;
import io.tieback.erp.Presence;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An approver unlinks a commitment or a change order (GEN-API-34, GEN-UNL-01). The ERP is asked at
 * that moment, not our tables: only when the document is gone there is the record freed in Procore,
 * with its lines, and here. Children go first (GEN-UNL-04).
 */
public final class Unlinking implements EventDeed {

  /** Procore's event of a commitment. */
  static final String COMMITMENT = "unlink_commitment";

  /** Procore's event of a change order. */
  static final String CHANGE_ORDER = "unlink_commitment_change_order";

  private final Ledger ledger;
  private final java.util.function.Supplier<OutwardFlows> flows;

  /**
   * @param flows the flows of the records that can be unlinked
   */
  public Unlinking(Ledger ledger, java.util.function.Supplier<OutwardFlows> flows) {
    this.ledger = ledger;
    this.flows = flows;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(COMMITMENT, CHANGE_ORDER);
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    JsonNode data = event.data();
    return event.is(COMMITMENT)
        ? commitment(room, data)
        : unlink(
            room,
            new Record(
                "change_order",
                data.path("procore_commitment_change_order_id").longValue(),
                data.path("commitment_change_order_origin_id").textValue(),
                "CCO"));
  }

  /**
   * What is to be unlinked.
   *
   * @param entity External Data's word
   * @param id Procore's id
   * @param originId External Data of it, or null when the event names none
   * @param word as Procore's own texts call it
   */
  private record Record(String entity, long id, String originId, String word) {}

  private Outcome commitment(ConnectionRoom room, JsonNode data) {
    long id = data.path("procore_commitment_id").longValue();
    List<WorkItem> children = ledger.workItems().childrenOf(room.id(), id);
    if (!children.isEmpty()) {
      return Outcome.refused(
          "What belongs to the commitment has to be unlinked before it: "
              + children.stream()
                  .map(
                      child ->
                          flows
                              .get()
                              .inWords(child.entity(), child.procoreId(), Json.read(child.event())))
                  .collect(Collectors.joining(", "))
              + ". Void or delete these in "
              + name(room)
              + " and unlink them, payments first, then invoices, then change orders (GEN-UNL-04).",
          0);
    }
    String type =
        "PurchaseOrderContract".equals(data.path("commitment_type").asText())
            ? "purchase_order_contract"
            : "work_order_contract";
    return unlink(
        room, new Record(type, id, data.path("commitment_origin_id").textValue(), "commitment"));
  }

  private Outcome unlink(ConnectionRoom room, Record record) {
    Optional<WorkItem> item =
        ledger
            .workItems()
            .find(room.id(), record.entity(), record.id())
            .filter(one -> one.erpId() != null);
    if (record.originId() != null && !isOurs(room, record.originId())) {
      return Outcome.refused(
          "The "
              + record.word()
              + " is linked to '"
              + record.originId()
              + "', which this connection did not write. Unlink it in the integration that did.",
          0);
    }
    int calls = 0;
    Optional<Presence.Asked> asked = asked(record, item);
    if (asked.isPresent()) {
      calls++;
      Presence presence = room.erp().presence(asked.get());
      if (presence.there()) {
        return Outcome.refused(stillThere(room, record, presence), calls);
      }
    }
    calls++;
    List<ExternalDataRow> rows = rows(room, record, item);
    free(room, rows);
    ledger.links().forget(room.id(), rows.stream().map(Unlinking::key).toList());
    if (ledger
        .workItems()
        .unlinked(
            room.id(), record.entity(), record.id(), "unlinked in Procore; gone in the ERP")) {
      ledger
          .audit()
          .append(
              "Procore",
              room.id(),
              "unlink",
              record.entity() + " " + record.id(),
              Map.of("originId", String.valueOf(record.originId())));
    }
    return Outcome.done(
        "The " + record.word() + " is not in " + name(room) + " any more and was unlinked.", calls);
  }

  private static Links.Key key(ExternalDataRow row) {
    return new Links.Key(row.itemType(), Long.toString(row.itemId()));
  }

  private static boolean isOurs(ConnectionRoom room, String originId) {
    try {
      return OriginId.parse(originId).connection().equals(room.id());
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  /** Procore's own texts (GEN-UNL-03), and what makes it easier to find. */
  private static String stillThere(ConnectionRoom room, Record record, Presence presence) {
    String text =
        record.entity().equals("change_order")
            ? "The CCO is still in ERP. Please delete it before retrying"
            : "The "
                + record.word()
                + " is still in "
                + name(room)
                + ". Please delete it before retrying.";
    String found =
        presence.number() == null
            ? ""
            : " (" + name(room) + " holds " + presence.number() + ", " + presence.status() + ")";
    return text + found;
  }

  private static String name(ConnectionRoom room) {
    return room.erp().capabilities().displayName();
  }

  /** What to ask the ERP for; nothing when the record has no link at all. */
  private static Optional<Presence.Asked> asked(Record record, Optional<WorkItem> item) {
    List<String> lines = item.map(WorkItem::erpLineIds).orElse(List.of());
    if (record.originId() == null) {
      return item.map(one -> new Presence.Asked(kind(record), one.erpId(), lines));
    }
    OriginId origin = OriginId.parse(record.originId());
    return Optional.of(new Presence.Asked(origin.kind(), origin.key(), lines));
  }

  private static String kind(Record record) {
    return record.entity().equals("change_order") ? "purchase_order_change" : "purchase_order";
  }

  /** Lines first, so that a half-done unlinking still shows as linked. */
  private List<ExternalDataRow> rows(ConnectionRoom room, Record record, Optional<WorkItem> item) {
    List<ExternalDataRow> rows = new ArrayList<>();
    item.filter(one -> one.document() != null)
        .ifPresent(
            one ->
                flows.get().ofEntity(one.entity()).originRows(room, one).stream()
                    .filter(row -> row.itemId() != record.id())
                    .forEach(
                        row -> rows.add(ExternalDataRow.cleared(row.itemType(), row.itemId()))));
    rows.add(ExternalDataRow.cleared(record.entity(), record.id()));
    return rows;
  }

  private static void free(ConnectionRoom room, List<ExternalDataRow> rows) {
    List<String> problems =
        room.client().syncExternalData(rows).stream()
            .filter(outcome -> !outcome.accepted())
            .map(outcome -> outcome.key() + ": " + outcome.words())
            .toList();
    if (!problems.isEmpty()) {
      throw Failure.of(
          FailureKind.CONFLICT,
          "Procore did not free the record: " + String.join("; ", problems),
          "See whether the record was removed in Procore, then unlink it again.");
    }
  }
}
