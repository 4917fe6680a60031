package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.TieOutRun;
import io.tieback.ledger.TieOutRuns;
import io.tieback.reconcile.TieOutReport;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tie-outs in the background: one at a time of each connection over all nodes, with the last
 * reports kept. A node that ends in the middle leaves its run marked as interrupted; nothing was
 * changed anywhere, so it is simply asked for again.
 */
public final class TieOutDesk {

  private static final Logger LOG = LoggerFactory.getLogger(TieOutDesk.class);

  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(20);

  private final Ledger ledger;
  private final TieOuts tieOuts;
  private final ConnectionRooms rooms;
  private final CallTally tally;
  private final int keep;

  /**
   * Wires it.
   *
   * @param keep how many runs of each connection are kept
   */
  public TieOutDesk(
      Ledger ledger, TieOuts tieOuts, ConnectionRooms rooms, CallTally tally, int keep) {
    this.ledger = ledger;
    this.tieOuts = tieOuts;
    this.rooms = rooms;
    this.tally = tally;
    this.keep = keep;
  }

  /** The run is another node's, or was given up: what was read of it is of no use. */
  private static final class NotOurs extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOurs() {
      super("the tie-out belongs to this node no more");
    }
  }

  /**
   * Asks for a tie-out; a running node takes it within moments.
   *
   * @param project Procore's id of the only project, or null for all
   * @param through last day that counts on both sides, or null for everything
   * @return the run; that of somebody else when one of the connection is under way already
   */
  public TieOutRuns.Asked ask(
      ConnectionId connection, Long project, LocalDate through, String who) {
    rooms.of(connection);
    return ledger.tieOutRuns().ask(connection, project, through, who);
  }

  /** One turn: carries out what was asked for, one after the other. */
  public void work() {
    int gone = ledger.tieOutRuns().interruptGone();
    if (gone > 0) {
      LOG.warn("tie-outs were interrupted runs='{}' remedy='ask for them again'", gone);
    }
    for (Optional<TieOutRun> run = ledger.tieOutRuns().claim(LEASE);
        run.isPresent();
        run = ledger.tieOutRuns().claim(LEASE)) {
      carryOut(run.get());
    }
  }

  private void carryOut(TieOutRun run) {
    ScheduledExecutorService pulse =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "tieback-tie-out-pulse");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> beating =
        pulse.scheduleAtFixedRate(
            () -> beat(run), SIGN_OF_LIFE.toSeconds(), SIGN_OF_LIFE.toSeconds(), TimeUnit.SECONDS);
    try {
      tally.since();
      TieOutReport report =
          tieOuts.reconcile(
              run.connection(),
              run.projectId(),
              run.through(),
              (step, done, total) -> {
                if (!ledger.tieOutRuns().at(run.id(), step.name(), done, total, LEASE)) {
                  throw new NotOurs();
                }
              });
      String json = TieOutJson.of(report, Map.of("all", (long) tally.since())).toString();
      ledger
          .tieOutRuns()
          .done(
              run, json, TieOutCsv.of(report), report.agrees(), report.differences().size(), keep);
      LOG.info(
          "tied out connection='{}' run='{}' differences='{}'",
          run.connection(),
          run.id(),
          report.differences().size());
    } catch (NotOurs gone) {
      LOG.warn("tie-out dropped run='{}' why='{}'", run.id(), gone.getMessage());
    } catch (TieOuts.UnknownProject unknown) {
      ledger
          .tieOutRuns()
          .failed(run, unknown.getMessage(), "Ask for one of these, or for all.", keep);
    } catch (Failure failure) {
      LOG.info("tie-out failed run='{}' why='{}'", run.id(), failure.getMessage());
      ledger
          .tieOutRuns()
          .failed(
              run,
              failure.getMessage(),
              failure.remedy() == null || failure.remedy().isBlank()
                  ? "Ask for it again; './tieback doctor' says what does not work."
                  : failure.remedy(),
              keep);
    } catch (RuntimeException defect) {
      LOG.error("tie-out failed run='{}'", run.id(), defect);
      ledger
          .tieOutRuns()
          .failed(
              run,
              FailureKind.DEFECT.name() + ": " + defect.getMessage(),
              "Ask for it again; if it stays, report it with the log of this moment.",
              keep);
    } finally {
      beating.cancel(false);
      pulse.shutdownNow();
    }
  }

  private void beat(TieOutRun run) {
    try {
      ledger.tieOutRuns().alive(run.id(), LEASE);
    } catch (RuntimeException passing) {
      LOG.info("no sign of life could be given run='{}' why='{}'", run.id(), passing.getMessage());
    }
  }
}
