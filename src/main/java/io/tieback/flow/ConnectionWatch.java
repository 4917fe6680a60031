package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Notifier;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses a connection whose sign-in fails, tells somebody, and lets it go on when the sign-in works again (design section 7, credentials). */
public final class ConnectionWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectionWatch.class);

  private final Ledger ledger;
  private final Notifier notifier;

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
      LOG.warn("connection paused connection='{}' why='{}' remedy='{}'", connection, failure.getMessage(), failure.remedy());
      notifier.connectionPaused(connection, failure.getMessage(), failure.remedy());
    }
  }

  /** The sign-in works: goes on if it was paused. */
  public void works(ConnectionId connection) {
    if (ledger.connections().resume(connection)) {
      LOG.info("connection resumed connection='{}'", connection);
      notifier.connectionResumed(connection);
    }
  }
}
