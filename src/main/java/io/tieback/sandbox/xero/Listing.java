package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Lists: If-Modified-Since, filter, order and pages (reference section 3.6). */
final class Listing<T extends Stored> {
  private static final int LARGEST_PAGE = 1000;
  private static final int USUAL_PAGE = 100;

  private final Gate.Visit visit;
  private final Map<String, Function<T, Object>> fields;

  Listing(Gate.Visit visit, Map<String, Function<T, Object>> fields) {
    this.visit = visit;
    this.fields = fields;
  }

  /** Whether a page was asked for; only then lines are shown. */
  boolean isPaged() {
    return visit.call().query("page") != null;
  }

  /**
   * Records of the store, changed since the header's time if there is one, that pass the {@code
   * where} filter and the other one.
   */
  List<T> select(Store<T> store, Predicate<T> other) {
    Instant since = since();
    return filtered(store.since(since), other, order());
  }

  /** As {@link #select}, out of candidates that an index found, in any order. */
  List<T> selectAmong(Collection<T> candidates, Predicate<T> other) {
    Instant since = since();
    Comparator<T> asked = order();
    Comparator<T> usual =
        Comparator.<T, Instant>comparing(Stored::updated).thenComparing(record -> record.id);
    return filtered(
        candidates,
        record -> (since == null || !record.updated().isBefore(since)) && other.test(record),
        asked == null ? usual : asked);
  }

  private List<T> filtered(Collection<T> candidates, Predicate<T> other, Comparator<T> order) {
    Predicate<T> where = Where.parse(visit.call().query("where"), fields);
    List<T> selected = new ArrayList<>();
    for (T record : candidates) {
      if (other.test(record) && where.test(record)) {
        selected.add(record);
      }
    }
    if (order != null) {
      selected.sort(order);
    }
    return selected;
  }

  private Instant since() {
    String header = visit.call().header("If-Modified-Since");
    if (header == null || header.isEmpty()) {
      return null;
    }
    Instant since = Dates.readSince(header);
    if (since == null) {
      throw Refusal.query("The If-Modified-Since header '" + header + "' is not a date");
    }
    return since;
  }

  /** Null for the usual order. */
  private Comparator<T> order() {
    String text = visit.call().query("order");
    if (text == null || text.isBlank()) {
      return null;
    }
    String[] words = text.trim().split("\\s+");
    Function<T, Object> field = fields.get(words[0]);
    String direction = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "ASC";
    if (field == null
        || words.length > 2
        || !(direction.equals("ASC") || direction.equals("DESC"))) {
      throw Refusal.query("Cannot order by '" + text + "'");
    }
    Comparator<T> byField =
        Comparator.comparing(
            record -> key(field.apply(record)), Comparator.nullsFirst(Comparator.naturalOrder()));
    return (direction.equals("DESC") ? byField.reversed() : byField)
        .thenComparing(record -> record.id);
  }

  @SuppressWarnings("unchecked")
  private static Comparable<Object> key(Object value) {
    return (Comparable<Object>) value;
  }

  /** The answer: all selected, or the page that was asked for, with {@code pagination}. */
  Answer answer(String plural, List<T> selected, Function<T, ObjectNode> view) {
    ObjectNode envelope = Envelope.start(visit);
    List<T> shown = selected;
    if (isPaged()) {
      int size = Math.max(1, Math.min(LARGEST_PAGE, whole("pageSize", USUAL_PAGE)));
      int page = Math.max(1, whole("page", 1));
      long first = (long) (page - 1) * size;
      shown =
          first >= selected.size()
              ? List.of()
              : selected.subList((int) first, (int) Math.min(selected.size(), first + size));
      envelope
          .putObject("pagination")
          .put("page", page)
          .put("pageSize", size)
          .put("pageCount", (selected.size() + size - 1) / size)
          .put("itemCount", selected.size());
    }
    ArrayNode all = Json.array();
    shown.forEach(record -> all.add(view.apply(record)));
    envelope.set(plural, all);
    return Answer.json(200, envelope);
  }

  private int whole(String name, int usual) {
    String text = visit.call().query(name);
    if (text == null || text.isEmpty()) {
      return usual;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.query("The parameter " + name + " must be a whole number");
    }
  }

  /** The ids of a comma-separated parameter, or null when it is not given. */
  Set<String> ids(String parameter) {
    Set<String> words = words(parameter);
    if (words == null) {
      return null;
    }
    Set<String> ids = new HashSet<>();
    for (String word : words) {
      String id = Ids.normal(word);
      if (id == null) {
        throw Refusal.query("The parameter " + parameter + " must be a list of ids");
      }
      ids.add(id);
    }
    return ids;
  }

  /** The words of a comma-separated parameter, or null when it is not given. */
  Set<String> words(String parameter) {
    String text = visit.call().query(parameter);
    if (text == null || text.isEmpty()) {
      return null;
    }
    Set<String> words = new HashSet<>();
    for (String word : text.split(",")) {
      words.add(word.trim());
    }
    return words;
  }
}
