package io.tieback.flow;

import io.tieback.construction.OriginId;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.erp.Presence;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.Marks;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Frees a record: the ERP is asked at that moment, not our tables, and only when the document is
 * gone there is the record freed in Procore, with its lines, and here (GEN-UNL-01, GEN-API-34).
 * Children go first (GEN-UNL-04). Nothing is deleted (GEN-UNL-05). The same for both doors.
 */
public final class Unlinker {

  private static final Set<String> COMMITMENTS =
      Set.of("work_order_contract", "purchase_order_contract");

  /** Payments that the ERP has no more, or that never counted. */
  private static final Set<String> NO_PAYMENT =
      Set.of("ignored", "removed", "zeroed", "replaced", "cancelled");

  private final Ledger ledger;
  private final Supplier<OutwardFlows> flows;

  /**
   * @param flows the flows of the records that can be unlinked
   */
  public Unlinker(Ledger ledger, Supplier<OutwardFlows> flows) {
    this.ledger = ledger;
    this.flows = flows;
  }

  /**
   * What came of it.
   *
   * @param done whether it is free now
   * @param message what was done, or why not and what to do: people read it
   * @param calls calls that it took
   */
  public record Unlinked(boolean done, String message, int calls) {}

  /**
   * What is to be unlinked.
   *
   * @param entity External Data's word
   * @param id Procore's id
   * @param originId External Data of it, or null where nobody tells
   */
  public record Record(String entity, long id, String originId) {

    /** As Procore's own texts call it (GEN-UNL-03). */
    String word() {
      return switch (entity) {
        case "change_order" -> "CCO";
        case WorkItem.REQUISITION -> "requisition";
        case ProjectFlow.PROJECT -> "project";
        case StandardCodeFlow.STANDARD_CODE -> "cost code";
        case CompanyReadings.VENDOR -> "company";
        default -> "commitment";
      };
    }
  }

  /**
   * Unlinks a record of any kind but a company, which is parted from its supplier by {@link
   * CompanyLinking#unlink}.
   *
   * @param who who asks for it, for the audit
   * @throws Failure when the ERP or Procore does not answer
   */
  public Unlinked unlink(ConnectionRoom room, Record record, String who) {
    Optional<WorkItem> item =
        ledger
            .workItems()
            .find(room.id(), record.entity(), record.id())
            .filter(one -> one.erpId() != null);
    if (record.originId() != null && !isOurs(room, record.originId())) {
      return no(
          "The "
              + record.word()
              + " is linked to '"
              + record.originId()
              + "', which this connection did not write. Unlink it in the integration that did.",
          0);
    }
    List<WorkItem> children = children(room, record);
    if (!children.isEmpty()) {
      return no(
          "What belongs to the "
              + record.word()
              + " has to be unlinked before it: "
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
    Optional<String> living = living(room, record, item);
    int calls = 1;
    if (living.isPresent()) {
      return no(living.get(), calls);
    }
    Optional<String> payment = item.flatMap(one -> livingPayment(room, one));
    if (payment.isPresent()) {
      return no(payment.get(), calls + 1);
    }
    free(room, record, item, who);
    return new Unlinked(
        true,
        "The " + record.word() + " is not in " + name(room) + " any more and was unlinked.",
        calls + 1);
  }

  private static Unlinked no(String message, int calls) {
    return new Unlinked(false, message, calls);
  }

  private List<WorkItem> children(ConnectionRoom room, Record record) {
    if (COMMITMENTS.contains(record.entity())) {
      return ledger.workItems().childrenOf(room.id(), record.id());
    }
    return record.entity().equals(ProjectFlow.PROJECT)
        ? ledger.costItems().underProject(room.id(), record.id()).stream()
            .filter(one -> !one.entity().equals(ProjectFlow.PROJECT))
            .toList()
        : List.of();
  }

  /** Why it cannot be unlinked, when it is still in the ERP. */
  private static Optional<String> living(
      ConnectionRoom room, Record record, Optional<WorkItem> item) {
    if (record.entity().equals(StandardCodeFlow.STANDARD_CODE)) {
      return Optional.empty(); // The ERP holds none.
    }
    if (record.entity().equals(ProjectFlow.PROJECT)) {
      return livingProject(room, record, item);
    }
    return asked(record, item)
        .map(asked -> room.erp().presence(asked))
        .filter(Presence::there)
        .map(presence -> stillThere(room, record, presence));
  }

  private static Optional<String> livingProject(
      ConnectionRoom room, Record record, Optional<WorkItem> item) {
    String key =
        record.originId() == null
            ? item.map(WorkItem::erpId).orElse(null)
            : OriginId.parse(record.originId()).key();
    return Optional.ofNullable(key)
        .flatMap(one -> room.erp().projects().withKey(one))
        .filter(ErpProject::active)
        .map(
            project ->
                "The project is still in "
                    + name(room)
                    + ". Please delete it before retrying. ("
                    + name(room)
                    + " has '"
                    + project.name()
                    + "', active; archiving it is enough)");
  }

  /** A payment that the ERP still has of an invoice's document; asked live, like the document. */
  private Optional<String> livingPayment(ConnectionRoom room, WorkItem item) {
    for (PaymentRow payment : ledger.payments().ofItem(item.id())) {
      boolean counts = !NO_PAYMENT.contains(payment.state()) && payment.deletedAt() == null;
      if (counts
          && room.erp()
              .presence(new Presence.Asked("payment", payment.erpPaymentId(), List.of()))
              .there()) {
        return Optional.of(
            "The payment of "
                + payment.date()
                + " over "
                + payment.amount()
                + " is still in "
                + name(room)
                + ". Please delete it before retrying. (GEN-UNL-04: payments first)");
      }
    }
    return Optional.empty();
  }

  private void free(ConnectionRoom room, Record record, Optional<WorkItem> item, String who) {
    List<Marks.Mark> marks = marks(room, record, item);
    List<String> problems =
        room.marks().write(marks).stream()
            .filter(outcome -> !outcome.accepted())
            .map(outcome -> outcome.key() + ": " + outcome.words())
            .toList();
    if (!problems.isEmpty()) {
      throw Failure.of(
          FailureKind.CONFLICT,
          "Procore did not free the record: " + String.join("; ", problems),
          "See whether the record was removed in Procore, then unlink it again.");
    }
    ledger
        .links()
        .forget(
            room.id(),
            marks.stream()
                .map(mark -> new Links.Key(mark.row().itemType(), key(mark.row().itemId())))
                .toList());
    if (ledger
        .workItems()
        .unlinked(
            room.id(), record.entity(), record.id(), "unlinked in Procore; gone in the ERP")) {
      ledger
          .audit()
          .append(
              who,
              room.id(),
              "unlink",
              record.entity() + " " + record.id(),
              Map.of("originId", String.valueOf(record.originId())));
    }
  }

  private static String key(long id) {
    return Long.toString(id);
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
      return item.map(one -> new Presence.Asked(kind(one), one.erpId(), lines));
    }
    OriginId origin = OriginId.parse(record.originId());
    return Optional.of(new Presence.Asked(origin.kind(), origin.key(), lines));
  }

  private static String kind(WorkItem item) {
    return switch (item.entity()) {
      case "change_order" -> OrderBooks.CHANGE;
      case WorkItem.REQUISITION -> Json.read(item.document()).path("kind").asText("bill");
      default -> OrderBooks.ORDER;
    };
  }

  /**
   * Lines first, so that a half-done unlinking still shows as linked. Cost types belong to all
   * projects and stay.
   */
  private List<Marks.Mark> marks(ConnectionRoom room, Record record, Optional<WorkItem> item) {
    List<Marks.Mark> marks = new ArrayList<>();
    item.filter(one -> one.document() != null)
        .ifPresent(
            one ->
                flows.get().ofEntity(one.entity()).originRows(room, one).stream()
                    .filter(row -> !row.key().equals(own(record)))
                    .filter(row -> !row.itemType().equals("line_item_type"))
                    .forEach(
                        row ->
                            marks.add(
                                RecordMarks.of(
                                    one, ExternalDataRow.cleared(row.itemType(), row.itemId())))));
    ExternalDataRow last = ExternalDataRow.cleared(record.entity(), record.id());
    marks.add(
        item.map(one -> RecordMarks.of(one, last))
            .orElseGet(() -> new Marks.Mark(last, null, null, null)));
    return marks;
  }

  private static ExternalDataRow.Key own(Record record) {
    return new ExternalDataRow.Key(record.entity(), record.id());
  }
}
