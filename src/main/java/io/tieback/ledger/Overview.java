package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.List;

/**
 * How things stand, of one connection or of all. What is not known is null.
 *
 * @param at when it was looked
 * @param connection of this connection, or null for all
 * @param connections the connections
 * @param waiting what waits in the queue, by connection and state
 * @param work records on their way, by connection and state
 * @param failures open dead letters, by connection and kind of failure
 * @param hours the last 48 hours, oldest first, none left out; the last one is still going on
 * @param budgets calls that the services allow
 * @param signIns the sign-ins
 * @param nodes the processes that share the ledger and were seen in the last 7 days
 * @param mails mails that wait or failed
 * @param requests what Procore asked for and was not answered yet
 */
public record Overview(
    Instant at,
    ConnectionId connection,
    List<Connection> connections,
    List<Waiting> waiting,
    List<Work> work,
    List<Failed> failures,
    List<Hour> hours,
    List<Budget> budgets,
    List<SignIn> signIns,
    List<Nodes.Node> nodes,
    List<Mails> mails,
    List<Requests> requests) {

  public Overview {
    connections = List.copyOf(connections);
    waiting = List.copyOf(waiting);
    work = List.copyOf(work);
    failures = List.copyOf(failures);
    hours = List.copyOf(hours);
    budgets = List.copyOf(budgets);
    signIns = List.copyOf(signIns);
    nodes = List.copyOf(nodes);
    mails = List.copyOf(mails);
    requests = List.copyOf(requests);
  }

  /**
   * A connection.
   *
   * @param connection which
   * @param erp short name of the ERP
   * @param pausedAt since when it rests
   * @param pauseReason why
   * @param paymentSchedule how often payments are read
   * @param paymentsSwitchedOnAt since when payments come back
   * @param paymentsReadAt when payments were last read
   * @param costsReadAt when job costs were last read
   * @param paymentsAskedAt since when somebody waits for payments to be read
   * @param costsAskedAt since when somebody waits for job costs to be read
   * @param webhookAt when the last webhook of Procore arrived
   * @param doorReadAt when the Tieback door last read Procore
   */
  public record Connection(
      ConnectionId connection,
      String erp,
      Instant pausedAt,
      String pauseReason,
      String paymentSchedule,
      Instant paymentsSwitchedOnAt,
      Instant paymentsReadAt,
      Instant costsReadAt,
      Instant paymentsAskedAt,
      Instant costsAskedAt,
      Instant webhookAt,
      Instant doorReadAt) {}

  /**
   * Items of the queue that somebody or something has to move.
   *
   * @param connection whose
   * @param state the queue's word, such as {@code ready_to_export}; which list shows it is told by
   *     {@code QueueState}
   * @param items how many
   * @param oldest since when the oldest has this state
   */
  public record Waiting(ConnectionId connection, String state, long items, Instant oldest) {}

  /**
   * Records on their way to the ERP, or failed; known are those whose ids Procore was not told yet.
   *
   * @param connection whose
   * @param state how far they are
   * @param records how many
   * @param oldest since when the oldest has this state
   */
  public record Work(ConnectionId connection, ItemState state, long records, Instant oldest) {}

  /**
   * Open dead letters.
   *
   * @param connection whose
   * @param kind which kind of failure, such as {@code REFUSED}
   * @param letters how many
   * @param oldest when the oldest arose
   */
  public record Failed(ConnectionId connection, String kind, long letters, Instant oldest) {}

  /**
   * What went in an hour.
   *
   * @param begins the full hour
   * @param written records that the ERP took
   * @param failed records that failed
   * @param payments payments that Procore took
   */
  public record Hour(Instant begins, long written, long failed, long payments) {}

  /**
   * Calls that a service allows one connection.
   *
   * @param connection whose
   * @param system whose calls: {@code procore} or the ERP's short name
   * @param window such as {@code day}
   * @param seconds how long the window is
   * @param allowed most calls in it
   * @param used calls that were made in it
   * @param kept calls of it that are kept for what goes out
   * @param endsAt when it is free again
   * @param blockedUntil until when the service allows nothing, if it said so
   * @param blockedReason in its words
   */
  public record Budget(
      ConnectionId connection,
      String system,
      String window,
      int seconds,
      int allowed,
      int used,
      int kept,
      Instant endsAt,
      Instant blockedUntil,
      String blockedReason) {

    /** Calls that are left. */
    public int left() {
      return Math.max(0, allowed - used);
    }
  }

  /**
   * A sign-in.
   *
   * @param connection whose
   * @param system {@code procore} or the ERP's short name
   * @param present whether a token is stored
   * @param renewedAt when a token was last stored or forgotten: how long it is unused counts from
   *     here
   * @param tokenEndsAt when the present access token ends; it is renewed by itself
   * @param endsAt when the sign-in ends unless it is renewed before, as the service told; null when
   *     it did not
   */
  public record SignIn(
      ConnectionId connection,
      String system,
      boolean present,
      Instant renewedAt,
      Instant tokenEndsAt,
      Instant endsAt) {}

  /**
   * Mails of a connection.
   *
   * @param connection whose
   * @param waiting how many wait for the mail server
   * @param failed how many it did not take for good
   * @param oldest since when the oldest waits
   */
  public record Mails(ConnectionId connection, long waiting, long failed, Instant oldest) {}

  /**
   * Request details of Procore that are not answered.
   *
   * @param connection whose
   * @param open details of which work is under way
   * @param ready details whose answer is known and has to be sent
   */
  public record Requests(ConnectionId connection, long open, long ready) {}
}
