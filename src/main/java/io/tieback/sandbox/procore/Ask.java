package io.tieback.sandbox.procore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A call that has passed sign-in: who asks, for which company, and its parameters. */
final class Ask {
  final Call call;
  final Model.App app;
  final long companyId;
  private final Map<String, Set<String>> filters = new HashMap<>();
  private JsonNode body;

  Ask(Call call, Model.App app, long companyId) {
    this.call = call;
    this.app = app;
    this.companyId = companyId;
  }

  /** The body as a JSON object or array; 400 otherwise. */
  JsonNode body() {
    if (body == null) {
      try {
        body = call.json();
      } catch (JsonProcessingException e) {
        throw Refusal.errors(
            400, "There was a problem in the JSON you submitted: " + e.getOriginalMessage());
      }
    }
    return body;
  }

  /** An object member of the body; 400 when missing. */
  JsonNode object(String field) {
    JsonNode value = body().get(field);
    if (value == null || !value.isObject()) {
      throw Refusal.missing(field);
    }
    return value;
  }

  /** A whole number of the path. */
  long path(String name) {
    return number(call.pathParam(name), name, 404);
  }

  /** A whole number of the query; 400 when missing. */
  long query(String name) {
    String text = call.query(name);
    if (text == null || text.isEmpty()) {
      throw Refusal.missing(name);
    }
    return number(text, name, 400);
  }

  /** A whole number of the query, or null. */
  Long queryOrNull(String name) {
    String text = call.query(name);
    return text == null || text.isEmpty() ? null : (Long) number(text, name, 400);
  }

  /** A whole number of the body; 400 when missing. */
  long bodyNumber(String field) {
    JsonNode value = body().get(field);
    if (value == null || value.isNull()) {
      throw Refusal.missing(field);
    }
    return number(value.asText(), field, 400);
  }

  /**
   * Values of {@code filters[name]} and {@code filters[name][]}, or null when the filter is absent.
   */
  Set<String> filter(String name) {
    if (!filters.containsKey(name)) {
      filters.put(name, readFilter(name));
    }
    return filters.get(name);
  }

  private Set<String> readFilter(String name) {
    List<String> values = new ArrayList<>(call.queryAll("filters[" + name + "]"));
    values.addAll(call.queryAll("filters[" + name + "][]"));
    if (values.isEmpty()) {
      return null;
    }
    Set<String> all = new LinkedHashSet<>();
    for (String value : values) {
      String inner =
          value.startsWith("[") && value.endsWith("]")
              ? value.substring(1, value.length() - 1)
              : value;
      for (String one : inner.split(",")) {
        all.add(one.trim());
      }
    }
    return all;
  }

  /** Whether a filter is absent or names this value. */
  boolean passes(String name, Object value) {
    Set<String> wanted = filter(name);
    return wanted == null || (value != null && wanted.contains(value.toString()));
  }

  /** One page of rows as a bare array, with {@code Link}, {@code Total} and {@code Per-Page}. */
  Answer page(List<? extends JsonNode> rows, int defaultSize) {
    int size = (int) bounded(queryOrNull("per_page"), defaultSize, 10_000, "per_page");
    int page = (int) bounded(queryOrNull("page"), 1, 1_000_000, "page");
    int from = (int) Math.min(rows.size(), (page - 1L) * size);
    ArrayNode part = Json.array();
    rows.subList(from, Math.min(rows.size(), from + size)).forEach(part::add);
    int last = Math.max(1, (rows.size() + size - 1) / size);
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(1, size, "first"));
      links.add(link(page - 1, size, "prev"));
    }
    if (page < last) {
      links.add(link(page + 1, size, "next"));
      links.add(link(last, size, "last"));
    }
    Answer answer =
        Answer.json(200, part)
            .with("Total", Integer.toString(rows.size()))
            .with("Per-Page", Integer.toString(size));
    return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
  }

  private String link(int page, int size, String relation) {
    io.netty.handler.codec.http.QueryStringEncoder address =
        new io.netty.handler.codec.http.QueryStringEncoder(
            "http://" + call.header("Host") + call.path());
    call.queryParameters()
        .forEach(
            (name, values) ->
                values.stream()
                    .filter(value -> !name.equals("page") && !name.equals("per_page"))
                    .forEach(value -> address.addParam(name, value)));
    address.addParam("page", Integer.toString(page));
    address.addParam("per_page", Integer.toString(size));
    return "<" + address + ">; rel=\"" + relation + "\"";
  }

  private static long bounded(Long value, long otherwise, long most, String name) {
    if (value != null && (value < 1 || value > most)) {
      throw Refusal.field(400, name, "must be between 1 and " + most);
    }
    return value == null ? otherwise : value;
  }

  private static long number(String text, String name, int status) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw status == 404 ? Refusal.notFound(name) : Refusal.field(400, name, "is not a number");
    }
  }
}
