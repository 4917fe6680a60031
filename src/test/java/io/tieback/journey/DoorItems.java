package io.tieback.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Role;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueReading;
import io.tieback.ledger.User;
import io.tieback.procore.CommitmentKind;
import io.tieback.procore.door.ContractEvents;
import io.tieback.procore.door.DirectoryEvents;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.RequisitionEvents;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Items of Tieback's own door, made of what Procore's public resources show at that moment, and
 * what an approver does with them.
 */
final class DoorItems {

  private final Site site;
  private final Person approver;

  DoorItems(Site site) {
    this.site = site;
    long id =
        site.ledger()
            .users()
            .create(new User.Draft("ann@example.com", "Ann", "approver", "en", null), "test");
    this.approver =
        new Person(
            id,
            "ann@example.com",
            "Ann",
            Role.APPROVER,
            Locale.ENGLISH,
            null,
            null,
            List.of(),
            List.of());
  }

  Person approver() {
    return approver;
  }

  ConnectionRoom room() {
    return site.deployment().rooms().of(Site.HARBOUR);
  }

  // ---- what Procore shows

  DoorRecord commitment(CommitmentKind kind, long project, long id) {
    return ContractEvents.commitment(
        kind, room().client().directory().commitment(kind, project, id));
  }

  DoorRecord changeOrder(long project, long commitment, long id) {
    JsonNode shown = room().client().publicRecords().changeOrder(project, id);
    List<JsonNode> lines = new ArrayList<>();
    shown.path("line_items").forEach(lines::add);
    return ContractEvents.changeOrder(
        shown, lines, commitment(CommitmentKind.WORK_ORDER, project, commitment).event());
  }

  DoorRecord invoice(long project, long id) {
    return RequisitionEvents.requisition(
        room().client().requisition(project, id), null, room().arithmetic());
  }

  DoorRecord project(long id) {
    return DirectoryEvents.project(
        room().client().directory().project(id), room().client().directory().costCodes(id));
  }

  DoorRecord company(long id) {
    return DirectoryEvents.vendor(room().client().directory().vendor(id), Site.COMPANY);
  }

  // ---- the queue

  /** The item waits for an approver with what Procore shows now. */
  QueueItem sent(RecordKind kind, DoorRecord record) {
    QueueItem.About about = about(record);
    long id =
        site.ledger()
            .queueItems()
            .add(
                List.of(
                    new QueueReading(
                        Site.HARBOUR,
                        kind.word(),
                        record.entity(),
                        record.procoreId(),
                        null,
                        about)),
                "ready_to_export",
                "test")
            .get(0);
    return site.ledger().queueItems().find(id).orElseThrow();
  }

  /** Procore shows something else now. */
  QueueItem changed(QueueItem item, DoorRecord record) {
    site.ledger().queueItems().refresh(item.id(), about(record));
    return find(item);
  }

  private static QueueItem.About about(DoorRecord record) {
    DoorRecord.Facts facts = record.facts();
    return new QueueItem.About(
        facts.number(),
        facts.title(),
        facts.party(),
        facts.projectId(),
        facts.projectName(),
        facts.commitmentId(),
        facts.vendorId(),
        facts.amount(),
        facts.currency(),
        facts.date(),
        facts.status(),
        facts.updated(),
        null,
        null,
        Json.write(record.event()),
        record.digest(),
        "[]");
  }

  QueueItem find(QueueItem item) {
    return site.ledger().queueItems().find(item.id()).orElseThrow();
  }

  /** The approver looks at it and accepts what is shown. */
  QueueItem accept(QueueItem item) {
    return accept(item, Map.of());
  }

  QueueItem accept(QueueItem item, Map<String, String> extra) {
    QueueItem shown = site.deployment().door().approvals().compose(item.id());
    if (shown.shown().digest() == null) {
      throw new AssertionError("it does not compose: " + shown.shown().findings());
    }
    return site.deployment()
        .door()
        .approvals()
        .accept(approver, item.id(), shown.version(), shown.shown().digest(), extra);
  }

  QueueItem unlink(QueueItem item) {
    return site.deployment().door().approvals().unlink(approver, item.id(), find(item).version());
  }
}
