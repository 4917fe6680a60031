package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.time.Instant;

/**
 * Which dead letters are wanted. Everything that is null narrows nothing.
 *
 * @param connection of this connection
 * @param state open, replayed, discarded or superseded
 * @param kind of this kind of failure, such as {@code REFUSED}
 * @param flow of the route or flow that gave up
 * @param entity about this, such as {@code requisition}
 * @param since since this moment or later
 * @param before before this moment
 * @param text words of message, remedy, flow, key, kind, entity or number; the beginning of a word
 *     finds it
 */
public record DeadLetterFilter(
    ConnectionId connection,
    String state,
    String kind,
    String flow,
    String entity,
    Instant since,
    Instant before,
    String text) {

  /** Everything that waits for a person. */
  public static DeadLetterFilter open() {
    return new DeadLetterFilter(null, "open", null, null, null, null, null, null);
  }

  /** The same, of one connection. */
  public DeadLetterFilter of(ConnectionId wanted) {
    return new DeadLetterFilter(wanted, state, kind, flow, entity, since, before, text);
  }

  /** The same, of one kind of failure. */
  public DeadLetterFilter ofKind(String wanted) {
    return new DeadLetterFilter(connection, state, wanted, flow, entity, since, before, text);
  }

  /** The same, with these words. */
  public DeadLetterFilter withText(String words) {
    return new DeadLetterFilter(connection, state, kind, flow, entity, since, before, words);
  }

  /** The filter in words, for the record of what was ordered. */
  String words() {
    StringBuilder words =
        new StringBuilder("all " + (state == null ? "" : state + " ") + "letters");
    add(words, "connection", connection);
    add(words, "kind", kind);
    add(words, "flow", flow);
    add(words, "entity", entity);
    add(words, "since", since);
    add(words, "before", before);
    add(words, "text", text);
    return words.toString();
  }

  private static void add(StringBuilder words, String name, Object value) {
    if (value != null) {
      words.append(", ").append(name).append(' ').append(value);
    }
  }

  Where where(Db db) {
    return new Where()
        .and("t.connection = :connection", "connection", connection)
        .and("t.state = :state", "state", state)
        .and("t.failure_kind = :kind", "kind", kind)
        .and("t.flow = :flow", "flow", flow)
        .and("t.entity = :entity", "entity", entity)
        .and("t.created_at >= :since", "since", since)
        .and("t.created_at < :before", "before", before)
        .words(db, "t.search @@ to_tsquery('simple', :words)", text);
  }
}
