package io.tieback.console.api;

import io.tieback.approval.Permissions;
import io.tieback.approval.Person;
import io.tieback.approval.QueueList;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.console.web.Call;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.QueueFilter;
import io.tieback.ledger.QueuePage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which items a call asks for. A parameter that is not known, or not as it has to be, is refused:
 * nothing is passed over.
 */
final class ApiQuery {

  static final int MOST = 200;

  private static final Set<String> KNOWN =
      Set.of(
          "list",
          "state",
          "connection",
          "kind",
          "project",
          "least",
          "most",
          "since",
          "before",
          "q",
          "sort",
          "page",
          "size");
  private static final String AMOUNT = "-?[0-9]{1,15}(\\.[0-9]{1,2})?";

  private final Call call;

  ApiQuery(Call call) {
    this.call = call;
    call.query().keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw ApiProblem.field(
                  name, "no parameter", "one of " + KNOWN.stream().sorted().toList());
            });
  }

  QueueFilter filter(List<String> all, Person person) {
    List<String> connections =
        all.stream().filter(name -> Permissions.sees(person, new ConnectionId(name))).toList();
    List<String> states = call.query().getOrDefault("state", List.of());
    states.forEach(
        state ->
            word(
                "state", state, Arrays.stream(QueueState.values()).map(QueueState::word).toList()));
    return new QueueFilter(
        one("list")
            .map(
                list ->
                    word(
                        "list",
                        list,
                        Arrays.stream(QueueList.values())
                            .map(one -> one.name().toLowerCase(Locale.ROOT))
                            .toList()))
            .orElse(null),
        states,
        one("connection")
            .map(name -> new ConnectionId(word("connection", name, connections)))
            .orElseGet(() -> theirs(connections, person)),
        one("kind")
            .map(
                kind ->
                    word(
                        "kind",
                        kind,
                        Arrays.stream(RecordKind.values()).map(RecordKind::word).toList()))
            .orElse(null),
        one("project").map(id -> whole("project", id, 1, Long.MAX_VALUE)).orElse(null),
        amount("least"),
        amount("most"),
        moment("since"),
        moment("before"),
        one("q").orElse(null));
  }

  /** All of them, or the one that somebody sees; whoever sees some of them names one. */
  private static ConnectionId theirs(List<String> connections, Person person) {
    if (!Permissions.limited(person)) {
      return null;
    }
    if (connections.size() != 1) {
      throw ApiProblem.field("connection", "missing", "one of " + connections);
    }
    return new ConnectionId(connections.get(0));
  }

  QueuePage.Sort sort() {
    String key = one("sort").orElse("-since");
    String plain = key.startsWith("-") ? key.substring(1) : key;
    List<String> words =
        Arrays.stream(QueuePage.Sort.values())
            .map(one -> one.name().toLowerCase(Locale.ROOT))
            .toList();
    return QueuePage.Sort.valueOf(word("sort", plain, words).toUpperCase(Locale.ROOT));
  }

  boolean ascending() {
    return !one("sort").orElse("-since").startsWith("-");
  }

  int page() {
    return one("page").map(given -> (int) whole("page", given, 1, 100_000)).orElse(1);
  }

  int size() {
    return one("size").map(given -> (int) whole("size", given, 1, MOST)).orElse(50);
  }

  private Optional<String> one(String name) {
    return call.query(name).map(String::strip).filter(given -> !given.isEmpty());
  }

  private Money amount(String name) {
    return one(name)
        .map(
            given -> {
              if (!given.matches(AMOUNT)) {
                throw ApiProblem.field(
                    name, "'" + given + "'", "an amount with at most two decimals, such as 50.00");
              }
              return Money.of(given);
            })
        .orElse(null);
  }

  private Instant moment(String name) {
    return one(name)
        .map(
            given -> {
              try {
                return Instant.parse(given);
              } catch (DateTimeParseException e) {
                throw ApiProblem.field(
                    name, "'" + given + "'", "a moment in UTC such as 2026-01-31T08:00:00Z");
              }
            })
        .orElse(null);
  }

  private static String word(String name, String given, List<String> allowed) {
    if (!allowed.contains(given)) {
      throw ApiProblem.field(name, "'" + given + "'", "one of " + allowed);
    }
    return given;
  }

  private static long whole(String name, String given, long lowest, long highest) {
    String limit = "a whole number from " + lowest + " to " + highest;
    if (!given.matches("[0-9]{1,18}")) {
      throw ApiProblem.field(name, "'" + given + "'", limit);
    }
    long number = Long.parseLong(given);
    if (number < lowest || number > highest) {
      throw ApiProblem.field(name, given, limit);
    }
    return number;
  }
}
