package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every request that reached the stand-in, also those that were dropped. Counts are kept when old
 * entries are let go.
 */
final class RequestLog {
  private static final Pattern RECORD_ID =
      Pattern.compile(
          "/(\\d+|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})(?=/|$)");
  private static final Pattern SECRET_FORM_FIELD =
      Pattern.compile(
          "((?:^|&)(?:client_secret|refresh_token|access_token|code|code_verifier|token|assertion|password)=)[^&]*");
  private static final Pattern SECRET_JSON_FIELD =
      Pattern.compile(
          "(\"(?:client_secret|clientSecret|refresh_token|access_token|code|code_verifier|token|assertion|password)\"\\s*:\\s*\")[^\"]*",
          Pattern.CASE_INSENSITIVE);

  private static final class Count {
    long all;
    final Map<String, Long> statuses = new TreeMap<>();
  }

  private final Deque<Written> kept = new ArrayDeque<>();
  private final Map<String, Count> byOperation = new TreeMap<>();
  private long last;

  /** What is kept of a request; it does not hold on to the connection. */
  private record Written(long ordinal, ObjectNode line, byte[] body, boolean form) {}

  long nextOrdinal() {
    return ++last;
  }

  /** Lists the request as open; {@link Line#over} completes it. */
  Line open(Call call, boolean recordBody, int limit) {
    ObjectNode line =
        Json.object()
            .put("ordinal", call.ordinal())
            .put("time", call.receivedAt().toString())
            .put("method", call.method())
            .put("path", call.path());
    ObjectNode query = line.putObject("query");
    call.queryParameters()
        .forEach(
            (name, values) -> query.put(name, isSecret(name) ? "***" : String.join(",", values)));
    ObjectNode headers = line.putObject("headers");
    call.headers()
        .forEach(
            header -> headers.put(header.getKey(), masked(header.getKey(), header.getValue())));
    line.putNull("body").put("status", "open").put("outcome", "open");
    String type = call.header("Content-Type");
    Written written =
        new Written(
            call.ordinal(),
            line,
            recordBody ? call.body().getBytes() : null,
            type != null && type.startsWith("application/x-www-form-urlencoded"));
    kept.addLast(written);
    while (kept.size() > limit) {
      kept.removeFirst();
    }
    Count count = byOperation.computeIfAbsent(operation(call), key -> new Count());
    count.all++;
    return new Line(line, count);
  }

  /** A request that is not over yet. */
  record Line(ObjectNode line, Count count) {
    /**
     * Completes the entry.
     *
     * @param status HTTP status as text, or a word such as "dropped"
     * @param outcome what happened, in words
     */
    void over(String status, String outcome) {
      if (Character.isDigit(status.charAt(0))) {
        line.put("status", Integer.parseInt(status));
      } else {
        line.put("status", status);
      }
      line.put("outcome", outcome);
      count.statuses.merge(status, 1L, Long::sum);
    }
  }

  ObjectNode list(long since, int limit, Pattern path) {
    ObjectNode answer = Json.object();
    ArrayNode requests = answer.putArray("requests");
    long next = since;
    for (Written written : kept) {
      if (written.ordinal() <= since) {
        continue;
      }
      if (requests.size() == limit) {
        break;
      }
      next = written.ordinal();
      if (path == null || path.matcher(written.line().get("path").textValue()).find()) {
        ObjectNode line = written.line().deepCopy();
        if (written.body() != null) {
          line.put("body", maskedBody(written));
        }
        requests.add(line);
      }
    }
    return answer.put("next", next);
  }

  ObjectNode summary() {
    ObjectNode answer = Json.object();
    ObjectNode operations = Json.object();
    long total = 0;
    for (Map.Entry<String, Count> entry : byOperation.entrySet()) {
      total += entry.getValue().all;
      ObjectNode one = operations.putObject(entry.getKey());
      one.put("count", entry.getValue().all);
      ObjectNode statuses = one.putObject("statuses");
      entry.getValue().statuses.forEach(statuses::put);
    }
    answer.put("total", total);
    answer.set("byOperation", operations);
    return answer;
  }

  /** Forgets entries and counts; ordinals go on. */
  void clear() {
    kept.clear();
    byOperation.clear();
  }

  /** Forgets everything; the next request is number 1. */
  void restart() {
    clear();
    last = 0;
  }

  private static String operation(Call call) {
    return call.method() + " " + RECORD_ID.matcher(call.path()).replaceAll("/{id}");
  }

  private static boolean isSecret(String name) {
    return name.equals("code") || name.endsWith("token") || name.endsWith("secret");
  }

  private static String masked(String name, String value) {
    boolean secret =
        name.equalsIgnoreCase("Authorization")
            || name.equalsIgnoreCase("Cookie")
            || name.equalsIgnoreCase("Proxy-Authorization")
            || name.toLowerCase(Locale.ROOT).contains("secret");
    return secret ? "***" : value;
  }

  private static String maskedBody(Written written) {
    String text = new String(written.body(), StandardCharsets.UTF_8);
    return written.form()
        ? SECRET_FORM_FIELD.matcher(text).replaceAll("$1***")
        : text.contains("\"grant_type\"") || text.contains("\"client_secret\"")
            ? SECRET_JSON_FIELD.matcher(text).replaceAll("$1***")
            : text;
  }
}
