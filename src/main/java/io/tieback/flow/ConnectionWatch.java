package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Notifier;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses a connection whose sign-in fails, tells somebody, and lets it go on when the sign-in works
 * again (design section 7, credentials).
 *
 * <p>What a trial finds working may still fail in earnest, where a single right is missing: the
 * connection then rests again at once. People are told of a change that holds, not of each trial.
 */
public final class ConnectionWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  /** Rounds of housekeeping without a new failure, after which a trial counts as passed. */
  private static final int QUIET_ROUNDS = 3;

  private final Ledger ledger;
  private final Notifier notifier;

  /**
   * Connections on trial: what they were paused for, and the quiet rounds since. Known to this node
   * only; what is forgotten costs at most one mail.
   */
  private final Map<ConnectionId, Trial> trials = new ConcurrentHashMap<>();

  private record Trial(String reason, int quietRounds) {}

  /** Wires it. */
  public ConnectionWatch(Ledger ledger, Notifier notifier) {
    this.ledger = ledger;
    this.notifier = notifier;
  }

  /** A failure was met: pauses the connection if it is about its sign-in. */
  public void noticed(ConnectionId connection, Failure failure) {
    if (failure.kind() != FailureKind.CREDENTIALS) {
      return;
    }
    if (ledger.connections().pause(connection, failure.getMessage())) {
      Trial trial = trials.remove(connection);
      if (trial != null && failure.getMessage().equals(trial.reason())) {
        LOG.info(
            "connection paused again, the same is still wrong connection='{}' why='{}'",
            connection,
            failure.getMessage());
        return;
      }
      LOG.warn(
          "connection paused connection='{}' why='{}' remedy='{}'",
          connection,
          failure.getMessage(),
          failure.remedy());
      notifier.connectionPaused(connection, failure.getMessage(), failure.remedy());
    }
  }

  /** The sign-in works, since somebody just signed in: goes on if it was paused. */
  public void works(ConnectionId connection) {
    trials.remove(connection);
    if (ledger.connections().resume(connection)) {
      LOG.info("connection resumed connection='{}'", connection);
      notifier.connectionResumed(connection);
    }
  }

  /** The sign-in seems to work: goes on, on trial. */
  public void seemsToWork(ConnectionId connection, String pausedFor) {
    // Before it goes on: what fails next has to find the trial.
    trials.put(connection, new Trial(pausedFor, 0));
    if (ledger.connections().resume(connection)) {
      LOG.info("connection tried again connection='{}'", connection);
    } else {
      trials.remove(connection);
    }
  }

  /**
   * A round in which the connection is not paused: enough of them end a trial, and somebody is told
   * that it goes on.
   */
  public void quietRound(ConnectionId connection) {
    Trial trial =
        trials.computeIfPresent(
            connection, (id, before) -> new Trial(before.reason(), before.quietRounds() + 1));
    if (trial != null && trial.quietRounds() >= QUIET_ROUNDS && trials.remove(connection, trial)) {
      LOG.info("connection resumed connection='{}'", connection);
      notifier.connectionResumed(connection);
    }
  }
}
