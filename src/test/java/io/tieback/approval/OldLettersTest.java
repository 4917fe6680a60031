package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.ledger.Replays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What was decided last leads, whatever is left of earlier ways: letters, links, other doors. */
class OldLettersTest extends ApprovalTest {

  @Test
  @DisplayName("GEN-Q-06: what was sent again, or set aside, does not go out by its old letter")
  void anOldLetterIsNotReplayedPastTheApprover() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem failed = accept(approver, invoice(5, "1200.00"));
    failed(failed, "no such account");
    long letter = ledger.deadLetters().openFor(now(failed).workItemId()).orElseThrow().id();
    QueueItem corrected = read(RecordKind.INVOICE, "requisition", 5, about("R-5", "9", "d2"));
    assertThat(corrected.state()).isEqualTo("ready_to_export");

    assertThatThrownBy(() -> ledger.replays().replay(letter, "oli@firm.example"))
        .isInstanceOf(Replays.NotPossible.class)
        .hasMessageContaining("is ready to export in the queue");
    assertThat(work(failed)).isEqualTo("failed");

    approvals.archive(approver, failed.id(), now(failed).version(), "not ours");
    assertThatThrownBy(() -> ledger.replays().replay(letter, "oli@firm.example"))
        .hasMessageContaining("archived");
    QueueItem restored = approvals.restore(approver, failed.id(), now(failed).version());
    QueueItem sent =
        approvals.send(
            person("oli@firm.example", Role.OPERATOR), restored.id(), restored.version());
    assertThat(accept(approver, sent).state()).as("it is not stuck").isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-Q-10, GEN-DEX-01: what was discarded goes out again only once it was corrected")
  void whatWasDiscardedIsNotSentAgainByItself() {
    settings.direct = Set.of(RecordKind.INVOICE);
    QueueItem out = invoice(5, "1200.00");
    assertThat(out.state()).isEqualTo("exporting");
    failed(out, "no such account");
    ledger
        .replays()
        .discard(
            ledger.deadLetters().openFor(now(out).workItemId()).orElseThrow().id(),
            "oli@firm.example",
            "billed twice");
    assertThat(now(out).state()).isEqualTo("rejected");
    assertThat(now(out).way().comment()).isEqualTo("billed twice");

    assertThat(invoice(5, "1200.00").state()).isEqualTo("rejected");
    assertThat(pipeline.exported).hasSize(1);
    assertThat(read(RecordKind.INVOICE, "requisition", 5, about("R-5", "9", "d2")).state())
        .as("it was corrected")
        .isEqualTo("exporting");
  }

  @Test
  @DisplayName(
      "GEN-DEX-04: what cannot go out directly waits for an approver, and holds up nothing")
  void whatCannotGoOutDirectlyHoldsUpNoOther() {
    settings.direct = Set.of(RecordKind.INVOICE);
    pipeline.unreachable.add(5L);

    intake.take(List.of(reading(5), reading(6)));

    assertThat(find(5).state()).isEqualTo("ready_to_export");
    assertThat(find(6).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-UNL-01: what was in the ERP by a link alone is free after unlinking")
  void whatWasLinkedOnlyIsFreeAfterwards() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    intake.take(
        List.of(
            new Intake.Reading(
                reading(5).record(), reading(5).sender(), Intake.Sends.CORRECTED, true)));
    assertThat(find(5).state()).isEqualTo("synced");

    QueueItem free = approvals.unlink(approver, find(5).id(), find(5).version());

    assertThat(free.state()).isEqualTo("unlinked");
    assertThat(free.inErp()).isFalse();
    assertThat(approvals.resend(approver, free.id(), free.version()).state())
        .isEqualTo("ready_to_export");
  }

  @Test
  @DisplayName("TB-DOOR: records of Procore's door are decided here once their connection is")
  void recordsOfTheOtherDoorAreTakenOver() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    ledger.connections().door(NORTH, "procore");
    pipeline.export(unread());
    sql.update("update work_item set state = 'failed'");
    sql.update("update work_item set state = 'discarded'");
    assertThat(find(7).door()).isEqualTo("procore");
    assertThat(find(7).state()).isEqualTo("rejected");

    ledger.connections().door(NORTH, QueueItem.TIEBACK);
    intake.take(List.of(reading(7)));

    assertThat(find(7).door()).isEqualTo(QueueItem.TIEBACK);
    assertThat(find(7).state()).isEqualTo("ready_to_export");
    assertThat(accept(approver, find(7)).state()).isEqualTo("exporting");
  }

  private QueueItem unread() {
    QueueItem made = invoice(7, "10");
    sql.update("delete from queue_item");
    return made;
  }

  private static Intake.Reading reading(long id) {
    return new Intake.Reading(
        new QueueReading(
            NORTH,
            RecordKind.INVOICE.word(),
            "requisition",
            id,
            null,
            about("R-" + id, "10", "d1")),
        new QueueMoves.Sender(null, 901L, "Pat Manager", "pat@builder.example"),
        Intake.Sends.CORRECTED);
  }

  private QueueItem find(long id) {
    return ledger.queueItems().find(NORTH, "requisition", id).orElseThrow();
  }

  private String work(QueueItem item) {
    return sql.queryForObject(
        "select state from work_item where id = ?", String.class, now(item).workItemId());
  }
}
