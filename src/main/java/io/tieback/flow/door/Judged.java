package io.tieback.flow.door;

import io.tieback.approval.Findings;
import io.tieback.approval.Intake;
import io.tieback.approval.Intake.Sends;
import io.tieback.approval.RecordKind;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import io.tieback.wire.Json;
import java.util.List;

/**
 * A record with what the rules say of it.
 *
 * @param record the record, its event with links and its author by name
 * @param findings everything that was found
 * @param linked whether the ledger knows its counterpart in the ERP
 * @param unused whether it is a company that nothing uses: it is sent only when somebody asks
 */
record Judged(DoorRecord record, List<Finding> findings, boolean linked, boolean unused) {

  Judged {
    findings = List.copyOf(findings);
  }

  /** Whether it may be sent as it is: nothing forbids it, and nothing has to go first. */
  boolean eligible() {
    return record.event() != null
        && findings.stream().allMatch(finding -> finding.severity() == Severity.WARN);
  }

  /** As the queue takes it in. */
  Intake.Reading reading(ConnectionId connection, boolean sendsByItself) {
    Author author = record.author();
    Sends sends =
        !sendsByItself || !eligible() || unused
            ? Sends.NEVER
            : DoorJudge.UPDATED.contains(record.entity()) ? Sends.UPDATES : Sends.CORRECTED;
    return new Intake.Reading(
        new QueueReading(
            connection,
            RecordKind.ofEntity(record.entity()).word(),
            record.entity(),
            record.procoreId(),
            null,
            about()),
        new QueueMoves.Sender(null, author.userId(), author.name(), author.mail()),
        sends,
        linked);
  }

  private QueueItem.About about() {
    Facts facts = record.facts();
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
        record.author().name(),
        record.author().mail(),
        record.author().userId(),
        record.event() == null ? null : Json.write(record.event()),
        record.digest(),
        Findings.json(findings));
  }
}
