package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Notifier;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Failures;
import io.tieback.wire.Json;
import io.tieback.wire.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every failure of every route arrives (design section 7). Classifies once and stores what
 * follows: a wait, a retry at a stated time, or a dead letter. What it is about is in the exchange
 * property {@value Subject#PROPERTY}.
 */
public final class FailureDesk {

  private static final Logger LOG = LoggerFactory.getLogger(FailureDesk.class);
  private static final int LONGEST_TEXT = 4_000;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Notifier notifier;
  private final Clock clock;

  /** Wires it. */
  public FailureDesk(
      Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Notifier notifier, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.notifier = notifier;
    this.clock = clock;
  }

  /** Deals with the exception that the exchange caught. */
  public void handle(Exchange exchange) {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Subject subject = exchange.getProperty(Subject.PROPERTY, Subject.class);
    String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, String.class);
    handle(caught, subject, route == null ? "unknown route" : route);
    exchange.getMessage().setBody(GatherBodies.NOTHING);
  }

  /** Deals with a failure of one subject, or of a whole turn when there is none. */
  public void handle(Throwable caught, Subject subject, String route) {
    Throwable cause = root(caught);
    if (subject == null) {
      aTurnFailed(cause, route);
      return;
    }
    if (cause instanceof WaitsForOthers waits) {
      waits(waits, subject);
    } else if (cause instanceof RefusedByRules refused) {
      giveUp(subject, route, FailureKind.REFUSED, refused.getMessage(), refused.remedies());
    } else if (cause instanceof Failure failure) {
      classified(failure, subject, route);
    } else if (subject.kind() == Subject.Kind.NOTICE) {
      classified(MailFailures.of(caught, cause), subject, route);
    } else {
      LOG.error("defect route='{}' subject='{}'", route, subject, cause);
      giveUp(
          subject,
          route,
          FailureKind.DEFECT,
          words(cause.toString()),
          "This is a fault of Tieback or of a step that was added to a route. The log of this node"
              + " has the stack at this time: report it, and replay after it is mended.");
    }
  }

  /**
   * A timer's or claim's whole turn failed: nothing is lost, since work stays in the ledger and
   * comes again.
   */
  private void aTurnFailed(Throwable cause, String route) {
    if (cause instanceof Failure failure) {
      LOG.warn(
          "turn failed, comes again route='{}' kind='{}' why='{}'",
          route,
          failure.kind(),
          failure.getMessage());
    } else {
      LOG.error("turn failed, comes again route='{}'", route, cause);
    }
  }

  private void classified(Failure failure, Subject subject, String route) {
    watch.noticed(subject.connection(), failure);
    int attempts = subject.attempts() + 1;
    boolean again =
        switch (failure.kind()) {
          case THROTTLED, CREDENTIALS -> true;
          case TRANSIENT, UNKNOWN -> attempts < rooms.of(subject.connection()).times().attempts();
          case CONFLICT -> attempts < 2;
          case REFUSED, DEFECT -> false;
        };
    if (again) {
      Duration wait =
          failure
              .retryAfter()
              .orElseGet(() -> rooms.of(subject.connection()).times().backoff().after(attempts));
      LOG.info(
          "comes again route='{}' subject='{}' kind='{}' in='{}' why='{}'",
          route,
          subject,
          failure.kind(),
          wait,
          failure.getMessage());
      retryAt(subject, failure.kind(), words(failure.getMessage()), clock.instant().plus(wait));
    } else {
      giveUp(subject, route, failure.kind(), words(failure.getMessage()), failure.remedy());
    }
  }

  /**
   * A document of a batch failed: the ledger has its dead letter already, in the transaction that
   * recorded the outcome. Says so to people.
   *
   * @param inWords what it is, such as {@code subcontractor invoice 4711}
   * @param workItem the work item, or null when nobody knows which it was
   */
  void deadAlready(
      ConnectionId connection,
      String inWords,
      Long workItem,
      String route,
      FailureKind kind,
      String message,
      String remedy) {
    LOG.warn(
        "dead letter route='{}' subject='{}' kind='{}' why='{}'", route, inWords, kind, message);
    notifier.deadLetter(connection, inWords, kind.name(), words(message), remedy, workItem);
  }

  /**
   * A document is in the ERP, and something about it has to be looked at. Told once.
   *
   * @param about tells remarks of one document apart
   */
  void remark(
      ConnectionId connection, String inWords, String message, String remedy, String about) {
    notifier.remark(connection, inWords, words(message), remedy, about);
  }

  private void retryAt(Subject subject, FailureKind kind, String message, Instant due) {
    switch (subject.kind()) {
      case ERP_REQUEST -> ledger.erpRequests().retryAt(subject.row(), kind.name(), message, due);
      case WORK_ITEM ->
          ledger.workItems().retryAt(subject.row(), subject.round(), kind.name(), message, due, 0);
      case NOTICE -> ledger.notices().retryAt(subject.row(), message, due);
    }
  }

  private void waits(WaitsForOthers waits, Subject subject) {
    if (subject.kind() != Subject.Kind.WORK_ITEM) {
      throw new IllegalStateException("only a record can wait for others, not " + subject);
    }
    LOG.info("waits subject='{}' for='{}'", subject, waits.keys());
    Instant again = clock.instant().plus(rooms.of(subject.connection()).times().waitingRecheck());
    ledger
        .workItems()
        .waiting(subject.row(), subject.round(), waits.keys(), words(waits.getMessage()), again, 0);
  }

  private void giveUp(
      Subject subject, String route, FailureKind kind, String message, String remedy) {
    LOG.warn(
        "dead letter route='{}' subject='{}' kind='{}' why='{}'", route, subject, kind, message);
    boolean stored =
        switch (subject.kind()) {
          case ERP_REQUEST -> {
            ledger.erpRequests().dead(subject.row(), kind.name(), message, remedy);
            yield true;
          }
          case WORK_ITEM ->
              ledger
                  .workItems()
                  .fail(subject.row(), subject.round(), route, kind.name(), message, remedy);
          case NOTICE -> {
            ledger.notices().failed(subject.row(), message);
            yield false;
          }
        };
    if (stored) {
      notifier.deadLetter(
          subject.connection(),
          subject.inWords(),
          kind.name(),
          message,
          remedy,
          subject.kind() == Subject.Kind.WORK_ITEM ? subject.row() : null);
    }
  }

  /**
   * The text without secrets, cut only in the middle of a stack so long that nobody reads it, and
   * saying so.
   */
  private static String words(String text) {
    String clean = Redaction.text(text == null ? "no message" : text);
    return Failures.cut(clean, LONGEST_TEXT);
  }

  /** The cause that tells most: the first of our own kinds, else the innermost. */
  private static Throwable root(Throwable caught) {
    if (caught == null) {
      return new IllegalStateException("a route failed without an exception");
    }
    Throwable innermost = caught;
    for (Throwable at = caught; at != null; at = at.getCause()) {
      if (at instanceof Failure || at instanceof RefusedByRules || at instanceof WaitsForOthers) {
        return at;
      }
      innermost = at;
      if (at.getCause() == at) {
        break;
      }
    }
    return innermost;
  }

  /**
   * What an exchange is about, for the desk: the row that gets the retry, the wait or the dead
   * letter.
   */
  public record Subject(
      Kind kind, ConnectionId connection, long row, int round, int attempts, String inWords) {

    /** Exchange property that holds it. */
    public static final String PROPERTY = "tiebackSubject";

    /** Which table the row is in. */
    public enum Kind {
      ERP_REQUEST,
      WORK_ITEM,
      NOTICE
    }

    /** As JSON, for logs. */
    public ObjectNode json() {
      return Json.object()
          .put("kind", kind.name())
          .put("connection", connection.value())
          .put("row", row);
    }

    @Override
    public String toString() {
      return inWords;
    }
  }
}
