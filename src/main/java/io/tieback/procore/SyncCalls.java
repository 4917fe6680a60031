package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tieback.procore.SyncOutcome.State;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Sync actions (Procore reference section 3): rows in bulk, outcomes matched by what they name and
 * never by position.
 */
final class SyncCalls {

  /**
   * One kind of sync action.
   *
   * @param operation name for counting
   * @param path its path
   * @param wrapper turns the rows into the body
   * @param row a row as it is sent
   * @param key which row an element of the answer is about; empty when it names none
   * @param agrees whether an entity of the answer is as the row was sent
   */
  record Action<R, K>(
      String operation,
      String path,
      Function<ArrayNode, JsonNode> wrapper,
      Function<R, JsonNode> row,
      Function<JsonNode, Optional<K>> key,
      java.util.function.BiPredicate<JsonNode, JsonNode> agrees) {}

  private final ProcoreCalls calls;

  SyncCalls(ProcoreCalls calls) {
    this.calls = calls;
  }

  /** Puts rows below {@code updates}. */
  static UnaryOperator<JsonNode> updates() {
    return rows -> {
      var body = Json.object();
      body.set("updates", rows);
      return body;
    };
  }

  /** Sends rows in bulk; one outcome for each row, in their order. */
  <R, K> List<SyncOutcome<K>> send(Action<R, K> action, List<R> rows) {
    List<SyncOutcome<K>> outcomes = new ArrayList<>();
    int most = calls.connection().settings().syncRows();
    for (int from = 0; from < rows.size(); from += most) {
      outcomes.addAll(bulk(action, rows.subList(from, Math.min(rows.size(), from + most))));
    }
    return outcomes;
  }

  private <R, K> List<SyncOutcome<K>> bulk(Action<R, K> action, List<R> rows) {
    ArrayNode sent = Json.array();
    rows.forEach(row -> sent.add(action.row().apply(row)));
    JsonNode body;
    try {
      body =
          calls.writeRepeatable(
              action.operation(), "PATCH", action.path(), action.wrapper().apply(sent));
    } catch (Failure failure) {
      if (failure.status() != 413 || rows.size() == 1) {
        throw failure;
      }
      // The cap of a sync endpoint is not published for all of them: half as many.
      int half = rows.size() / 2;
      List<SyncOutcome<K>> outcomes = new ArrayList<>(bulk(action, rows.subList(0, half)));
      outcomes.addAll(bulk(action, rows.subList(half, rows.size())));
      return outcomes;
    }
    return outcomes(action, sent, body);
  }

  private static <R, K> List<SyncOutcome<K>> outcomes(
      Action<R, K> action, ArrayNode sent, JsonNode body) {
    Map<K, JsonNode> entities = new HashMap<>();
    body.path("entities")
        .forEach(entity -> action.key().apply(entity).ifPresent(key -> entities.put(key, entity)));
    Map<K, JsonNode> errors = new HashMap<>();
    body.path("errors")
        .forEach(error -> action.key().apply(error).ifPresent(key -> errors.put(key, error)));
    List<SyncOutcome<K>> outcomes = new ArrayList<>();
    for (JsonNode row : sent) {
      K key = action.key().apply(row).orElseThrow();
      JsonNode error = errors.get(key);
      JsonNode entity = entities.get(key);
      if (error != null) {
        String words = ProcoreErrors.words(error.path("errors"));
        outcomes.add(
            SyncOutcome.not(
                key, State.REFUSED, words.isBlank() ? "refused without a reason" : words));
      } else if (entity == null) {
        outcomes.add(
            SyncOutcome.not(
                key, State.NOT_MENTIONED, "Procore's answer does not mention this row"));
      } else if (!action.agrees().test(row, entity)) {
        outcomes.add(
            SyncOutcome.not(
                key,
                State.REFUSED,
                "Procore answered success but shows something else than was sent"));
      } else {
        outcomes.add(new SyncOutcome<>(key, State.ACCEPTED, "", entity));
      }
    }
    return outcomes;
  }
}
