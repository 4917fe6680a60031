package io.tieback.flow.door;

import io.tieback.approval.Intake;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.DoorRecord.Author;
import io.tieback.procore.door.DoorRecord.Facts;
import io.tieback.procore.door.DoorRecord.Presence;
import io.tieback.wire.Json;
import java.time.Clock;
import java.util.List;

/**
 * Looks again at records that were not sent because something had to go first. What was read of
 * them is in the queue: no call to Procore is made.
 */
final class WaitingRecords {

  private static final int AT_ONCE = 200;

  private final Ledger ledger;
  private final ConnectionRoom room;
  private final ReadingSettings settings;
  private final Intake intake;
  private final Clock clock;

  WaitingRecords(
      Ledger ledger, ConnectionRoom room, ReadingSettings settings, Intake intake, Clock clock) {
    this.ledger = ledger;
    this.room = room;
    this.settings = settings;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Looks.
   *
   * @param every also at those that a rule refuses: settings may be others
   * @return how many were sent
   */
  int look(boolean every) {
    int sent = 0;
    long after = 0;
    DoorJudge judge = new DoorJudge(ledger, room, settings, clock);
    for (List<Long> ids = next(after, every); !ids.isEmpty(); ids = next(after, every)) {
      after = ids.get(ids.size() - 1);
      List<DoorRecord> records =
          ids.stream()
              .map(id -> ledger.queueItems().find(id).orElseThrow())
              .map(WaitingRecords::record)
              .toList();
      sent +=
          intake
              .take(
                  judge.judge(records).stream()
                      .map(one -> one.reading(room.id(), settings.sendsByItself()))
                      .toList())
              .sent();
    }
    return sent;
  }

  private List<Long> next(long after, boolean every) {
    return ledger.doorRecords().waiting(room.id(), after, every, DoorJudge.UNUSED, AT_ONCE);
  }

  private static DoorRecord record(QueueItem item) {
    QueueItem.About about = item.about();
    return new DoorRecord(
        item.entity(),
        item.procoreId(),
        Json.read(about.event()),
        about.sourceDigest(),
        new Facts(
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
            about.procoreUpdated()),
        new Author(about.createdByProcoreId(), about.createdByName(), about.createdByMail()),
        Presence.THERE,
        null);
  }
}
