package io.tieback.flow.door;

import io.tieback.approval.Action;
import io.tieback.approval.Findings;
import io.tieback.approval.Moves;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Brings the queue up to date with what was read: what is new is made known, what changed is shown
 * as it is now, and what is ready is sent, by itself or by somebody (setting approval.send). In the
 * transaction of the caller. Which move is allowed, {@link Moves} says.
 */
public final class DoorIntake {

  /** The finding of what was changed in Procore after it went to the ERP. */
  static final String CHANGED = "TB-DOOR-04";

  /** The finding of what is in the ERP and was deleted in Procore. */
  static final String DELETED = "TB-DOOR-05";

  /** In the ERP, or on the way: what Procore has now is no longer what was exported. */
  private static final Set<QueueState> OUT =
      EnumSet.of(QueueState.EXPORTING, QueueState.SYNCED, QueueState.IMPORTED);

  /** Comes back by itself only when somebody changed it since. */
  private static final Set<QueueState> BACK =
      EnumSet.of(QueueState.RETRIEVED, QueueState.REJECTED, QueueState.FAILED, QueueState.UNLINKED);

  private static final Set<QueueState> WAITING =
      EnumSet.of(QueueState.READY_TO_EXPORT, QueueState.READY_TO_UPDATE);

  private final Ledger ledger;
  private final LongConsumer afterSending;

  /**
   * @param ledger the ledger
   * @param afterSending is told each item that was sent, after that was committed: direct export
   *     (GEN-DEX-01) goes on from here
   */
  public DoorIntake(Ledger ledger, LongConsumer afterSending) {
    this.ledger = ledger;
    this.afterSending = afterSending;
  }

  /** What one recording did. */
  static final class Taken {
    private final List<Long> sent = new ArrayList<>();

    int sent() {
      return sent.size();
    }
  }

  /** After the commit. */
  void afterwards(Taken taken) {
    taken.sent.forEach(afterSending::accept);
  }

  private record Key(String entity, long procoreId) {}

  /** Takes records in. */
  void take(ConnectionRoom room, ReadingSettings settings, List<Judged> judged, Taken taken) {
    List<QueueReading> readings = judged.stream().map(one -> reading(room, one)).toList();
    Map<Key, QueueItem> items = new HashMap<>();
    ledger
        .queueItems()
        .holdAll(readings)
        .forEach(item -> items.put(new Key(item.entity(), item.procoreId()), item));
    for (int index = 0; index < judged.size(); index++) {
      Judged one = judged.get(index);
      DoorRecord record = one.record();
      QueueItem item = items.get(new Key(record.entity(), record.procoreId()));
      if (item == null) {
        fresh(settings, one, readings.get(index), taken);
      } else if (record.presence() == Presence.GONE) {
        gone(item);
      } else {
        known(settings, one, readings.get(index), item, taken);
      }
    }
  }

  private static QueueReading reading(ConnectionRoom room, Judged one) {
    DoorRecord record = one.record();
    return new QueueReading(
        room.id(),
        RecordKind.ofEntity(record.entity()).word(),
        record.entity(),
        record.procoreId(),
        null,
        about(record, one.findings()));
  }

  private static QueueItem.About about(DoorRecord record, List<Finding> findings) {
    Facts facts = record.facts();
    Author author = record.author();
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
        author.name(),
        author.mail(),
        record.event() == null ? null : Json.write(record.event()),
        record.digest(),
        Findings.json(findings));
  }

  private void fresh(ReadingSettings settings, Judged one, QueueReading reading, Taken taken) {
    if (one.record().presence() == Presence.GONE) {
      return;
    }
    QueueState state = one.linked() ? QueueState.SYNCED : QueueState.NOT_SENT;
    long id = ledger.queueItems().add(List.of(reading), state.word(), ledger.node()).get(0);
    if (one.linked()) {
      ledger.doorRecords().isInErp(id);
    } else if (sendsItself(settings, one)) {
      send(ledger.queueItems().find(id).orElseThrow(), Action.SEND, one.record().author(), taken);
    }
  }

  private static boolean sendsItself(ReadingSettings settings, Judged one) {
    return settings.sendsByItself() && one.eligible() && !one.unused();
  }

  private void known(
      ReadingSettings settings, Judged one, QueueReading reading, QueueItem item, Taken taken) {
    QueueState state = QueueState.of(item.state());
    String digest = one.record().digest();
    boolean changed =
        one.record().problem() == null && !Objects.equals(digest, item.about().sourceDigest());
    boolean drifted = OUT.contains(state) && drifted(item, digest, changed);
    boolean sendable = one.eligible() && !one.unused();
    boolean comesAgain = drifted && DoorJudge.UPDATED.contains(item.entity()) && sendable;
    List<Finding> findings = new ArrayList<>(one.findings());
    if (drifted && !(comesAgain && settings.sendsByItself())) {
      findings.add(changed(one.record()));
    }
    QueueItem now = refreshed(item, one, reading.about(), findings, changed);
    switch (state) {
      case INVALID -> {
        QueueItem back = moved(now, Action.CHANGE, "Procore has it again");
        if (sendsItself(settings, one)) {
          send(back, Action.SEND, one.record().author(), taken);
        }
      }
      case NOT_SENT -> {
        if (one.linked()) {
          linked(now);
        } else if (sendsItself(settings, one)) {
          send(now, Action.SEND, one.record().author(), taken);
        }
      }
      case READY_TO_EXPORT, READY_TO_UPDATE -> {
        if (!one.eligible()) {
          moved(
              now,
              Action.WITHDRAW,
              Findings.read(now.about().findings()).stream()
                  .filter(finding -> finding.severity() != Severity.WARN)
                  .map(Finding::sentence)
                  .findFirst()
                  .orElse(null));
        }
      }
      case RETRIEVED, REJECTED, FAILED, UNLINKED -> {
        String rejected = item.way().rejectedSource();
        boolean corrected =
            state == QueueState.REJECTED && rejected != null ? !rejected.equals(digest) : changed;
        if (corrected && changed && sendsItself(settings, one)) {
          send(now, Action.RESEND, one.record().author(), taken);
        }
      }
      case SYNCED -> {
        if (comesAgain && settings.sendsByItself()) {
          send(now, Action.RESEND, one.record().author(), taken);
        }
      }
      default -> {
        // On its way, imported or set aside: it is shown as it is now, and nothing else.
      }
    }
  }

  /** Whether Procore has other figures than those that are in the ERP. */
  private static boolean drifted(QueueItem item, String digest, boolean changed) {
    String accepted = item.way().acceptedSource();
    return accepted == null
        ? changed
            || Findings.read(item.about().findings()).stream()
                .anyMatch(finding -> finding.ruleId().equals(CHANGED))
        : !accepted.equals(digest);
  }

  private static Finding changed(DoorRecord record) {
    return new Finding(
        CHANGED,
        Severity.WARN,
        "Changed since its export",
        record.facts().updated() == null
            ? "other figures in Procore now"
            : "other figures in Procore since " + record.facts().updated(),
        "what is in the ERP is what was accepted",
        "Take the change back in Procore; or unlink the record, correct it and send it again");
  }

  /** Shows it as it is now. A record that cannot be read keeps what was last read of it. */
  private QueueItem refreshed(
      QueueItem item, Judged one, QueueItem.About read, List<Finding> findings, boolean changed) {
    String words = Findings.json(findings);
    boolean same =
        !changed
            && words.equals(Findings.json(Findings.read(item.about().findings())))
            && !one.relinked();
    if (same) {
      ledger.doorRecords().seen(item.id(), read.procoreStatus(), read.procoreUpdated());
      return ledger.queueItems().find(item.id()).orElseThrow();
    }
    QueueItem.About about =
        one.record().problem() == null
            ? with(read, words)
            : with(ledger.queueItems().find(item.id()).orElseThrow().about(), words);
    ledger.queueItems().refresh(item.id(), about);
    return ledger.queueItems().find(item.id()).orElseThrow();
  }

  private static QueueItem.About with(QueueItem.About about, String findings) {
    return new QueueItem.About(
        about.number(),
        about.title(),
        about.party(),
        about.projectId(),
        about.projectName(),
        about.commitmentId(),
        about.vendorId(),
        about.amount(),
        about.currency(),
        about.date(),
        about.procoreStatus(),
        about.procoreUpdated(),
        about.createdByName(),
        about.createdByMail(),
        about.event(),
        about.sourceDigest(),
        findings);
  }

  private void gone(QueueItem item) {
    QueueState state = QueueState.of(item.state());
    if (state == QueueState.INVALID) {
      return;
    }
    Moves.Outcome outcome = outcome(item, Action.INVALIDATE);
    if (outcome.allowed() && outcome.to() == QueueState.INVALID) {
      moved(item, Action.INVALIDATE, "Procore has it no longer");
      return;
    }
    QueueItem whole = ledger.queueItems().find(item.id()).orElseThrow();
    List<Finding> findings = new ArrayList<>(Findings.read(whole.about().findings()));
    if (findings.stream().noneMatch(finding -> finding.ruleId().equals(DELETED))) {
      findings.add(
          new Finding(
              DELETED,
              Severity.WARN,
              "Deleted in Procore",
              "it is in the ERP still",
              "what is in the ERP is in Procore too",
              "Delete or void it in the ERP, then unlink it here"));
      ledger.queueItems().refresh(item.id(), with(whole.about(), Findings.json(findings)));
    }
  }

  /** Somebody linked it, or it was exported through another door. */
  private void linked(QueueItem item) {
    ledger.doorRecords().isInErp(item.id());
    ledger
        .queueMoves()
        .moved(
            new QueueMoves.Move(
                item.id(),
                item.version(),
                Action.SYNC.word(),
                QueueState.SYNCED.word(),
                ledger.node(),
                "linked"));
  }

  private static Moves.Outcome outcome(QueueItem item, Action action) {
    return Moves.move(
        QueueState.of(item.state()),
        action,
        new Moves.Circumstances(item.inErp(), item.isImport()));
  }

  private QueueItem moved(QueueItem item, Action action, String reason) {
    Moves.Outcome outcome = outcome(item, action);
    return outcome.allowed()
        ? ledger
            .queueMoves()
            .moved(
                new QueueMoves.Move(
                    item.id(),
                    item.version(),
                    action.word(),
                    outcome.to().word(),
                    ledger.node(),
                    reason))
            .orElseThrow()
        : item;
  }

  private void send(QueueItem item, Action action, Author author, Taken taken) {
    Moves.Outcome outcome = outcome(item, action);
    if (!outcome.allowed()) {
      return;
    }
    boolean again = QueueState.of(item.state()) != QueueState.NOT_SENT || item.inErp();
    String who = author.mail() != null ? author.mail() : author.name();
    ledger
        .queueMoves()
        .sent(
            new QueueMoves.Move(
                item.id(),
                item.version(),
                action.word(),
                outcome.to().word(),
                who == null ? ledger.node() : who,
                null),
            new QueueMoves.Sender(null, author.userId(), author.name(), author.mail()),
            again)
        .orElseThrow();
    taken.sent.add(item.id());
  }
}
