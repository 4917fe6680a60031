package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.ledger.QueueItem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read goes into the queue without undoing what people decided. */
class IntakeTest extends ApprovalTest {

  /** GEN-Q-11: what is not in order waits and says why; once it is in order it is sent. */
  @Test
  void whatIsNotInOrderWaitsAndSaysWhy() {
    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem draft =
        read(RecordKind.INVOICE, "requisition", 5, about("R-5", "10", "d1", refusing("Draft")));
    assertThat(draft.state()).isEqualTo("not_sent");
    assertThat(refused(() -> approvals.send(operator, draft.id(), draft.version())))
        .isEqualTo("send.findings");
    assertThat(Findings.of(draft)).containsExactly(refusing("Draft"));

    QueueItem approved = invoice(5, "10");
    assertThat(approved.state()).isEqualTo("ready_to_export");
    QueueItem draftAgain =
        read(RecordKind.INVOICE, "requisition", 5, about("R-5", "10", "d1", refusing("Draft")));
    assertThat(draftAgain.state()).isEqualTo("not_sent");
    assertThat(steps(draft)).isEqualTo("read:not_sent send:ready_to_export withdraw:not_sent");
  }

  @Test
  void whatIsReadAgainUnchangedChangesNothing() {
    QueueItem first = invoice(5, "10");
    Intake.Taken again =
        take(
            RecordKind.INVOICE, "requisition", 5, about("R-5", "10", "d1"), Intake.Sends.CORRECTED);

    assertThat(again).isEqualTo(new Intake.Taken(0, 0, 0, 0));
    assertThat(now(first)).isEqualTo(first);
    approvals.compose(first.id());
    QueueItem composed = now(first);
    invoice(5, "10");
    assertThat(now(first)).isEqualTo(composed);
  }

  /** Figures that change while it waits: another version, which nobody has seen. */
  @Test
  void otherFiguresAreAnotherVersion() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem shown = approvals.compose(invoice(5, "10").id());
    QueueItem changed = read(RecordKind.INVOICE, "requisition", 5, about("R-5", "12", "d2"));

    assertThat(changed.state()).isEqualTo("ready_to_export");
    assertThat(changed.version()).isGreaterThan(shown.version());
    assertThat(
            refused(
                () ->
                    approvals.accept(
                        approver,
                        shown.id(),
                        shown.version(),
                        shown.shown().digest(),
                        java.util.Map.of())))
        .isEqualTo("item.outdated");
    assertThat(steps(changed)).endsWith("change:ready_to_export");
  }

  @Test
  void decisionsAreKeptWhateverIsReadAfterwards() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem accepted = accept(approver, invoice(5, "10"));
    QueueItem changed =
        read(
            RecordKind.INVOICE,
            "requisition",
            5,
            about("R-5", "12", "d2", refusing("Draft")),
            Intake.Sends.UPDATES);
    assertThat(changed.state()).isEqualTo("exporting");
    assertThat(changed.way().acceptedDigest()).isEqualTo(accepted.way().acceptedDigest());
    assertThat(changed.changedSinceAcceptance()).isTrue();
  }

  /**
   * GEN-Q-15: projects with changed codes are sent as updates by themselves where that is wanted.
   */
  @Test
  void updatesAreSentByThemselvesWhereThatIsWanted() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem project = read(RecordKind.PROJECT, "project", 11, about("P", null, "p1"));
    accept(approver, project);
    written(project);

    assertThat(
            read(RecordKind.PROJECT, "project", 11, about("P", null, "p2"), Intake.Sends.CORRECTED)
                .state())
        .isEqualTo("synced");
    assertThat(
            read(RecordKind.PROJECT, "project", 11, about("P", null, "p3"), Intake.Sends.UPDATES)
                .state())
        .isEqualTo("ready_to_update");
  }

  @Test
  void whatFailedAndWasCorrectedIsSentAgain() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem accepted = accept(approver, invoice(5, "10"));
    failed(accepted, "no account");

    assertThat(invoice(5, "10").state()).isEqualTo("failed");
    assertThat(read(RecordKind.INVOICE, "requisition", 5, about("R-5", "12", "d2")).state())
        .isEqualTo("ready_to_export");
  }

  @Test
  void whatProcoreHasNoLongerIsInvalidUnlessItIsInTheErp() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem waiting = invoice(5, "10");
    QueueItem written = accept(approver, invoice(6, "10"));
    written(written);

    intake.gone(NORTH, "requisition", List.of(5L, 6L, 999L));

    assertThat(now(waiting).state()).isEqualTo("invalid");
    assertThat(now(waiting).way().error()).contains("no longer");
    assertThat(now(written).state()).isEqualTo("synced");
    assertThat(now(written).way().error()).contains("no longer");
    assertThat(invoice(5, "10").state()).as("it is there again").isEqualTo("ready_to_export");
  }

  @Test
  void nothingIsSentWhereSomebodyHasToSendIt() {
    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem read =
        read(
            RecordKind.COMMITMENT,
            "work_order_contract",
            22,
            about("SC", "10", "d1"),
            Intake.Sends.NEVER);
    assertThat(read.state()).isEqualTo("not_sent");
    assertThat(approvals.send(operator, read.id(), read.version()).state())
        .isEqualTo("ready_to_export");
  }
}
