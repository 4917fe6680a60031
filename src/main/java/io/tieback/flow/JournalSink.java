package io.tieback.flow;

import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.ledger.Batch;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.LookUps;
import io.tieback.ledger.WorkItem;
import io.tieback.ledger.Written;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the journal what an adapter reports, for one connection. Durable before it returns.
 */
final class JournalSink implements OutcomeSink {

  private static final Logger LOG = LoggerFactory.getLogger(JournalSink.class);

  private final Ledger ledger;
  private final ConnectionRoom room;
  private final OutwardFlows flows;
  private final Clock clock;
  private final ConnectionWatch watch;
  private final FailureDesk desk;
  private final String flow;

  /** How often the bytes had left when this sink last knew; what it says counts only while so. */
  private volatile int sends;

  JournalSink(
      Ledger ledger,
      ConnectionRoom room,
      OutwardFlows flows,
      Clock clock,
      ConnectionWatch watch,
      FailureDesk desk,
      Batch batch,
      String flow) {
    this.ledger = ledger;
    this.room = room;
    this.flows = flows;
    this.clock = clock;
    this.watch = watch;
    this.desk = desk;
    this.flow = flow;
    this.sends = batch.sends();
  }

  @Override
  public boolean sending(UUID batch) {
    boolean sending = ledger.writeJournal().sending(batch, room.times().writeLease());
    if (sending) {
      sends++;
    }
    return sending;
  }

  @Override
  public Duration leavesWithin() {
    return room.times().leavesWithin();
  }

  @Override
  public void known(UUID batch, WrittenDocument document) {
    known(batch, List.of(document));
  }

  @Override
  public void known(UUID batch, List<WrittenDocument> documents) {
    Set<String> twice =
        ledger.writeOutcomes().known(batch, documents.stream().map(JournalSink::written).toList());
    for (WrittenDocument document : documents) {
      if (twice.contains(document.marker())) {
        LOG.error(
            "found twice in the ERP connection='{}' marker='{}' erpId='{}'",
            room.id(),
            document.marker(),
            document.erpId());
        desk.remark(
            room.id(),
            inWords(document.marker()),
            "The ERP holds it twice; the second is " + document.erpId() + ".",
            "Void one of the two, unless it is paid.",
            "twice " + document.erpId());
      } else if (!document.warnings().isEmpty()) {
        desk.remark(
            room.id(),
            inWords(document.marker()),
            String.join("\n", document.warnings()),
            "Compare the document "
                + document.erpNumber()
                + " in the ERP with the record in Procore.",
            "remark " + document.erpId());
      }
      document
          .warnings()
          .forEach(
              warning ->
                  LOG.warn(
                      "written with a remark connection='{}' marker='{}' remark='{}'",
                      room.id(),
                      document.marker(),
                      warning));
    }
  }

  private static Written written(WrittenDocument document) {
    return new Written(
        document.marker(),
        document.erpId(),
        document.erpNumber(),
        document.lineIds(),
        document.total(),
        document.warnings());
  }

  @Override
  public void refused(UUID batch, String marker, List<String> messages) {
    String remedy =
        "Correct what "
            + room.erp().capabilities().displayName()
            + " objects to, there or in Procore, then replay the dead letter or send the record"
            + " again.";
    List<String> clean = messages.stream().map(Redaction::text).toList();
    if (ledger.writeOutcomes().refused(batch, marker, clean, flow, remedy)) {
      dead(marker, FailureKind.REFUSED, String.join("; ", clean), remedy);
    }
  }

  @Override
  public void doubtful(UUID batch, String marker, Failure why) {
    if (ledger.writeOutcomes().doubtful(batch, marker, flow, why.getMessage(), why.remedy())) {
      dead(marker, FailureKind.UNKNOWN, why.getMessage(), why.remedy());
    }
  }

  /** All documents of the batch that have no outcome fail; see {@link FailedBatch}. */
  void failRest(UUID batch, FailureKind kind, String message, String remedy) {
    ledger
        .writeOutcomes()
        .failRest(batch, flow, kind.name(), message, remedy)
        .forEach(marker -> dead(marker, kind, message, remedy));
  }

  private void dead(String marker, FailureKind kind, String message, String remedy) {
    Long workItem =
        ledger.workItems().findByMarker(room.id(), marker).map(WorkItem::id).orElse(null);
    desk.deadAlready(room.id(), inWords(marker), workItem, flow, kind, message, remedy);
  }

  private String inWords(String marker) {
    return ledger
        .workItems()
        .findByMarker(room.id(), marker)
        .map(item -> flows.inWords(item.entity(), item.procoreId(), Json.read(item.event())))
        .orElse("the document with the address " + marker);
  }

  @Override
  public void notWritten(UUID batch, Failure failure) {
    watch.noticed(room.id(), failure);
    int attempts = ledger.writeJournal().find(batch).map(b -> b.attempts()).orElse(0);
    Duration wait =
        failure.retryAfter().orElseGet(() -> room.times().backoff().after(attempts + 1));
    LOG.info(
        "not written, goes again connection='{}' batch='{}' kind='{}' in='{}' why='{}'",
        room.id(),
        batch,
        failure.kind(),
        wait,
        failure.getMessage());
    ledger
        .writeOutcomes()
        .notWritten(
            batch, sends, failure.kind().name(), failure.getMessage(), clock.instant().plus(wait));
  }

  @Override
  public void undetermined(UUID batch, Failure failure) {
    watch.noticed(room.id(), failure);
    Duration pause =
        failure.kind() == FailureKind.THROTTLED
            ? failure.retryAfter().orElse(room.times().settle())
            : room.times().settle();
    Instant settled =
        clock
            .instant()
            .plus(pause.compareTo(room.times().settle()) > 0 ? pause : room.times().settle());
    LOG.warn(
        "outcome unknown, will be looked for connection='{}' batch='{}' status='{}' why='{}'",
        room.id(),
        batch,
        failure.status(),
        failure.getMessage());
    ledger
        .writeOutcomes()
        .undetermined(
            batch, failure.status(), failure.kind().name(), failure.getMessage(), settled);
  }

  @Override
  public void absent(UUID batch, String marker) {
    LookUps.Absence absence = ledger.lookUps().absent(batch, List.of(marker));
    LOG.debug(
        "looked for and not found connection='{}' batch='{}' marker='{}' counts='{}'",
        room.id(),
        batch,
        marker,
        absence);
  }
}
