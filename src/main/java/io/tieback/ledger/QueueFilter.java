package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Instant;
import java.util.List;

/**
 * Which items of the queue are wanted. Everything that is null or empty narrows nothing.
 *
 * @param list one of the six lists, such as {@code ready_to_export}
 * @param states these states only
 * @param connection of this connection
 * @param kind of this kind
 * @param projectId of this project
 * @param least amount from here on
 * @param most amount up to here
 * @param since in its state since this moment or later
 * @param before in its state since before this moment
 * @param text words of number, title, company, project name or Procore's id; the beginning of a
 *     word finds it
 */
public record QueueFilter(
    String list,
    List<String> states,
    ConnectionId connection,
    String kind,
    Long projectId,
    Money least,
    Money most,
    Instant since,
    Instant before,
    String text) {

  public QueueFilter {
    states = List.copyOf(states);
  }

  /** A whole list. */
  public static QueueFilter ofList(String list) {
    return new QueueFilter(list, List.of(), null, null, null, null, null, null, null, null);
  }

  /** All in these states. */
  public static QueueFilter ofStates(String... states) {
    return new QueueFilter(null, List.of(states), null, null, null, null, null, null, null, null);
  }

  /** The same, of one connection. */
  public QueueFilter of(ConnectionId wanted) {
    return new QueueFilter(list, states, wanted, kind, projectId, least, most, since, before, text);
  }

  /** The same, of one kind. */
  public QueueFilter ofKind(String wanted) {
    return new QueueFilter(
        list, states, connection, wanted, projectId, least, most, since, before, text);
  }

  /** The same, with these words. */
  public QueueFilter withText(String words) {
    return new QueueFilter(
        list, states, connection, kind, projectId, least, most, since, before, words);
  }
}
