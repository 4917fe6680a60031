package io.tieback.flow;

import io.tieback.ledger.Batch;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.LookUps.Halving;
import io.tieback.ledger.LookUps.Settlement;
import io.tieback.wire.FailureKind;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/**
 * What becomes of a batch that an ERP answered with an error and of which it holds no document:
 * proven by a look-up, so that sending again repeats nothing.
 */
final class FailedBatch {

  /**
   * Answers for which one document of the batch can be to blame: a document refused without being
   * named (400), an unknown supplier (404: Xero reference section 7), too long a body (413), a
   * document on which the ERP chokes (500: section 3.2). Any other error, a bad gateway or a
   * service that is down above all, is about the service: parting the batch would find nothing.
   */
  private static final Set<Integer> ONE_DOCUMENT_TO_BLAME = Set.of(400, 404, 413, 500);

  private final Ledger ledger;
  private final Clock clock;

  FailedBatch(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Decides: the same documents again, two halves, or a dead letter. */
  void settle(ConnectionRoom room, Batch batch, Settlement settlement, JournalSink sink) {
    int failures = settlement.attempts() + settlement.sends();
    boolean oneToBlame = ONE_DOCUMENT_TO_BLAME.contains(settlement.status());
    boolean serviceFailed = settlement.status() >= 500;
    // A 500 may be the ERP's bad moment as well: once more before any document is blamed.
    if (oneToBlame
        && !(serviceFailed && failures < 2)
        && ledger.lookUps().halve(batch.id()) == Halving.HALVED) {
      return;
    }
    boolean mayPass = serviceFailed || !oneToBlame;
    if (mayPass && failures < room.times().attempts()) {
      ledger.lookUps().missingAgain(batch.id(), later(room, failures));
      return;
    }
    giveUp(room, batch, settlement, sink, oneToBlame);
  }

  private void giveUp(
      ConnectionRoom room,
      Batch batch,
      Settlement settlement,
      JournalSink sink,
      boolean oneToBlame) {
    String name = room.erp().capabilities().displayName();
    FailureKind kind = settlement.status() < 500 ? FailureKind.REFUSED : FailureKind.TRANSIENT;
    String what =
        oneToBlame
            ? name + " fails whatever it is sent with this document: "
            : name + " answered every attempt to write with an error: ";
    String remedy =
        oneToBlame
            ? "Check the supplier, the project and the accounts of this invoice in "
                + name
                + ", correct them, then replay the dead letter."
            : "Nothing was written. Replay the dead letter when "
                + name
                + " works again; ./tieback doctor shows whether it does.";
    sink.failRest(batch.id(), kind, what + batch.lastMessage(), remedy);
  }

  private Instant later(ConnectionRoom room, int attempt) {
    return clock.instant().plus(room.times().backoff().after(Math.max(1, attempt)));
  }
}
