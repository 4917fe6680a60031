package io.tieback.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.wiring.Deployment;
import io.tieback.flow.InvoicePreparation;
import io.tieback.ledger.DeadLetter;
import io.tieback.wire.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A dead letter as a person reads it: times are those of the company. */
final class DeadLetterText {

  private final DeadLetter letter;
  private final JsonNode exchange;
  private final ZoneId zone;

  /** A connection that is configured no more has no zone: its times are UTC. */
  DeadLetterText(Deployment deployment, DeadLetter letter) {
    this.letter = letter;
    this.exchange = Json.read(letter.exchange());
    this.zone =
        deployment.settings().connections().contains(letter.connection().value())
            ? deployment.rooms().of(letter.connection()).zone()
            : ZoneOffset.UTC;
  }

  /** Two lines of a list: which one, and what happened. */
  String brief() {
    return String.format(
        Locale.ROOT,
        "%5d  %-10s %s  %-12s %-11s %s%n       %s",
        letter.id(),
        letter.state(),
        Moment.clock(zone, letter.createdAt()),
        letter.connection(),
        kind(),
        about(),
        letter.message());
  }

  /** The whole story. */
  String full() {
    List<String> rows = new ArrayList<>();
    rows.add(
        "Dead letter "
            + letter.id()
            + ", "
            + letter.state()
            + (letter.parentId() == null ? "" : ", follows " + letter.parentId()));
    rows.add("Connection   " + letter.connection());
    rows.add("About        " + about());
    rows.add("Route        " + letter.flow());
    rows.add("Kind         " + kind());
    rows.add("When         " + Moment.in(zone, letter.createdAt()));
    rows.add("What         " + letter.message());
    rows.add("Remedy       " + letter.remedy());
    if (letter.closedAt() != null) {
      rows.add(
          "Closed       "
              + Moment.in(zone, letter.closedAt())
              + " by "
              + letter.closedBy()
              + ": "
              + letter.reason());
    }
    rows.add("");
    rows.add("History");
    Json.read(letter.history()).forEach(step -> rows.add("  " + step(step)));
    rows.add("");
    rows.add("Payload");
    rows.add(withoutEmpty(exchange).toPrettyString());
    return String.join(System.lineSeparator(), rows);
  }

  private String kind() {
    return letter.failureKind().toLowerCase(Locale.ROOT);
  }

  /** Procore's id, and the number that accounting knows the invoice by. */
  private String about() {
    String number = InvoicePreparation.number(exchange.path("event"));
    return letter.entity() + " " + letter.key() + (number.isEmpty() ? "" : ", invoice " + number);
  }

  private String step(JsonNode step) {
    String from = step.path("from").asText("");
    Instant at = OffsetDateTime.parse(step.path("at").asText()).toInstant();
    String node = step.path("node").asText("");
    return String.format(
        Locale.ROOT,
        "%s  %-24s %s%s",
        Moment.clock(zone, at),
        (from.isEmpty() ? "" : from + " -> ") + step.path("to").asText(),
        step.path("reason").asText(""),
        node.isEmpty() ? "" : " [" + node + "]");
  }

  /** What is not there yet, such as the bill of an invoice that was refused, is not shown. */
  private static JsonNode withoutEmpty(JsonNode exchange) {
    ObjectNode shown = exchange.deepCopy();
    List<String> empty = new ArrayList<>();
    shown
        .fields()
        .forEachRemaining(
            field -> {
              if (field.getValue().isNull()) {
                empty.add(field.getKey());
              }
            });
    shown.remove(empty);
    return shown;
  }
}
