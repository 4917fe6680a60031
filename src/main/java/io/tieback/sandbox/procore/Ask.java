package io.tieback.sandbox.procore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
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
  final Switches switches;
  private final Map<String, Set<String>> filters = new HashMap<>();
  private JsonNode body;

  Ask(Call call, Model.App app, long companyId, Switches switches) {
    this.switches = switches;
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

  /**
   * Refuses filters that the resource does not document, when the switch {@code unknownFilters}
   * says so; by default they change nothing.
   */
  void onlyFilters(String... documented) {
    if (switches.choice("unknownFilters").equals("ignored")) {
      return;
    }
    for (String name : call.queryParameters().keySet()) {
      if (name.startsWith("filters[")
          && !List.of(documented).contains(name.substring(8, Math.max(8, name.indexOf(']'))))) {
        throw Refusal.field(400, name, "is not a filter of this resource");
      }
    }
  }

  /** Whether a time is in the range of {@code filters[name]}; so it is when there is no filter. */
  boolean within(String name, Instant at) {
    return Range.of(call.query("filters[" + name + "]"), name, switches).holds(at);
  }

  /**
   * The documented order that {@code sort} asks for, {@code null} when it asks for none; {@code -}
   * in front means descending. An order that is not documented answers 400.
   */
  String sort(String... documented) {
    String sort = call.query("sort");
    if (sort == null || sort.isEmpty()) {
      return null;
    }
    for (String field : sort.split(",")) {
      if (!List.of(documented).contains(field.startsWith("-") ? field.substring(1) : field)) {
        throw Refusal.field(400, "sort", "does not have a valid value");
      }
    }
    return sort;
  }

  /**
   * The {@code view}, {@code otherwise} when none is asked for; one that is unknown answers 400.
   */
  String view(String otherwise, String... documented) {
    String view = call.query("view");
    if (view == null || view.isEmpty()) {
      return otherwise;
    }
    if (!List.of(documented).contains(view)) {
      throw Refusal.field(400, "view", "does not have a valid value");
    }
    return view;
  }

  /** One page of rows as a bare array, with {@code Link}, {@code Total} and {@code Per-Page}. */
  Answer page(List<? extends JsonNode> rows, int defaultSize) {
    int size = (int) bounded("per_page", defaultSize, switches.number("perPageMost"));
    int page = (int) bounded("page", 1, 1_000_000);
    int from = (int) Math.min(rows.size(), (page - 1L) * size);
    ArrayNode part = Json.array();
    rows.subList(from, Math.min(rows.size(), from + size)).forEach(part::add);
    return withPages(Answer.json(200, part), page, size, rows.size());
  }

  /** An answer with the headers of paging. */
  Answer withPages(Answer body, int page, int size, int total) {
    int last = Math.max(1, (total + size - 1) / size);
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
        body.with("Total", Integer.toString(total)).with("Per-Page", Integer.toString(size));
    return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
  }

  /** A whole number of the query within 1 and {@code most}; 400 beyond. */
  long bounded(String name, long otherwise, long most) {
    Long value = queryOrNull(name);
    if (value != null && (value < 1 || value > most)) {
      throw Refusal.field(400, name, "must be between 1 and " + most);
    }
    return value == null ? otherwise : value;
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

  private static long number(String text, String name, int status) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw status == 404 ? Refusal.notFound(name) : Refusal.field(400, name, "is not a number");
    }
  }
}
