package io.tieback.console.books;

import io.tieback.console.page.Ask;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.DeadLetterFilter;
import io.tieback.ledger.DeadLetterRow;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which dead letters somebody asks for: in the address of the list, or in the form that orders
 * something for all of them. What is blank narrows nothing.
 *
 * @param connection of this connection
 * @param state open, replayed, discarded, superseded or all
 * @param kind kind of failure
 * @param flow route that gave up
 * @param entity what they are about
 * @param age at least this old: day, week or month
 * @param text words
 */
record LetterQuestion(
    String connection,
    String state,
    String kind,
    String flow,
    String entity,
    String age,
    String text) {

  static final List<String> STATES = List.of("open", "replayed", "discarded", "superseded", "all");
  static final Map<String, Duration> AGES =
      Map.of("day", Duration.ofDays(1), "week", Duration.ofDays(7), "month", Duration.ofDays(30));

  static final List<Column> COLUMNS =
      List.of(
          Column.text("number", "letters.record"),
          Column.text("kind", "letters.kind"),
          Column.text(null, "letters.what"),
          Column.figure(null, "letters.amount"),
          Column.text("entity", "letters.entity"),
          Column.text("created", "letters.since"));

  private static final Map<String, DeadLetterRow.Sort> SORTS =
      Map.of(
          "number", DeadLetterRow.Sort.NUMBER,
          "kind", DeadLetterRow.Sort.KIND,
          "entity", DeadLetterRow.Sort.ENTITY,
          "created", DeadLetterRow.Sort.CREATED);

  /** What the address asks for. */
  static LetterQuestion ofAddress(Ask ask) {
    return of(ask::query, ask.connection().map(ConnectionId::value).orElse(""));
  }

  /** What a form carries. */
  static LetterQuestion ofForm(Ask ask) {
    return of(ask::field, ask.field("of").orElse(""));
  }

  private static LetterQuestion of(Function<String, Optional<String>> given, String connection) {
    return new LetterQuestion(
        connection,
        given.apply("state").filter(STATES::contains).orElse("open"),
        given.apply("kind").orElse(""),
        given.apply("flow").orElse(""),
        given.apply("entity").orElse(""),
        given.apply("age").filter(AGES::containsKey).orElse(""),
        given.apply("q").orElse(""));
  }

  static DeadLetterRow.Sort sort(Listing.Wanted wanted) {
    return SORTS.get(wanted.sort());
  }

  /**
   * The filter that the ledger is asked with.
   *
   * @param until only letters from before this moment
   */
  DeadLetterFilter filter(Instant now, Optional<Instant> until) {
    Instant before = age.isEmpty() ? null : now.minus(AGES.get(age));
    Instant last = until.filter(moment -> before == null || moment.isBefore(before)).orElse(before);
    return new DeadLetterFilter(
        connection.isEmpty() ? null : new ConnectionId(connection),
        state.equals("all") ? null : state,
        orNull(kind),
        orNull(flow),
        orNull(entity),
        null,
        last,
        orNull(text));
  }

  /** Fields that carry it through a form, with the moment before which letters count. */
  List<Map<String, String>> hidden(Instant until) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("of", connection);
    fields.put("state", state);
    fields.put("kind", kind);
    fields.put("flow", flow);
    fields.put("entity", entity);
    fields.put("age", age);
    fields.put("q", text);
    fields.put("until", until.toString());
    List<Map<String, String>> hidden = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            hidden.add(Map.of("name", name, "value", value));
          }
        });
    return hidden;
  }

  /** The moment that a form carries; what arose after the page was shown is not meant. */
  static Optional<Instant> until(Ask ask) {
    try {
      return ask.field("until").map(Instant::parse);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Whether anything but the state narrows it. */
  public boolean narrowed() {
    return !(kind + flow + entity + age + text).isEmpty();
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
