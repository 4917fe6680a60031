package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Answers statements (reference section 6). Deleted objects are never found, inactive list objects
 * only when Active is asked for. A time without offset is taken in the zone of Intuit's servers,
 * here Los Angeles (UNCERTAIN).
 */
final class QueryDesk {
  private static final ZoneId SERVER_ZONE = ZoneId.of("America/Los_Angeles");

  private final Company company;
  private final Switches switches;

  QueryDesk(Company company, Switches switches) {
    this.company = company;
    this.switches = switches;
  }

  /** The content of QueryResponse. */
  ObjectNode answer(String text) {
    Statement statement = Statement.parse(text);
    Kind kind = Kind.named(statement.entity());
    if (kind == null) {
      throw Refusal.query("Invalid entity " + statement.entity());
    }
    Entities.mayUse(company, kind);
    statement.columns().forEach(column -> column(kind, column));
    boolean asksActive = false;
    Predicate<Company.Entry> wanted = entry -> !entry.deleted;
    for (Statement.Condition condition : statement.where()) {
      asksActive |= condition.field().equals("Active");
      wanted = wanted.and(condition(kind, condition));
    }
    if (!asksActive) {
      wanted = wanted.and(Company.Entry::isActive);
    }
    List<Company.Entry> found = new ArrayList<>();
    for (Company.Entry entry : company.all(kind)) {
      if (wanted.test(entry)) {
        found.add(entry);
      }
    }
    if (statement.count()) {
      return Json.object().put("totalCount", found.size());
    }
    sort(kind, statement, found);
    return page(kind, statement, found);
  }

  private ObjectNode page(Kind kind, Statement statement, List<Company.Entry> found) {
    int from = Math.min(statement.start() - 1, found.size());
    List<Company.Entry> page =
        found.subList(from, (int) Math.min((long) from + statement.max(), found.size()));
    ObjectNode out = Json.object();
    if (page.isEmpty()) {
      return out;
    }
    ArrayNode rows = out.putArray(kind.entity);
    page.forEach(entry -> rows.add(row(kind, statement, entry)));
    return out.put("startPosition", statement.start()).put("maxResults", page.size());
  }

  /** Sku comes only when it is named (section 3.3). */
  private ObjectNode row(Kind kind, Statement statement, Company.Entry entry) {
    ObjectNode whole = Writer.view(company, entry);
    if (statement.all()) {
      if (kind == Kind.ITEM && !statement.columns().contains("Sku")) {
        whole.remove("Sku");
      }
      return whole;
    }
    ObjectNode row = Json.object();
    for (String column : statement.columns()) {
      String head = column.split("\\.")[0];
      if (whole.has(head)) {
        row.set(head, whole.get(head));
      }
    }
    return row.put("domain", "QBO").put("sparse", true);
  }

  private static void column(Kind kind, String column) {
    if (!kind.shape.fields().containsKey(column.split("\\.")[0])) {
      throw unknown(kind, column);
    }
  }

  private static Refusal unknown(Kind kind, String field) {
    return Refusal.invalid(
        "4001",
        "Invalid query",
        "QueryValidationError: Property " + field + " not found for Entity " + kind.entity,
        "");
  }

  private static void filterable(Kind kind, String field) {
    if (!kind.filterable.contains(field)) {
      throw unknown(kind, field);
    }
  }

  private static String type(Kind kind, String field) {
    if (field.startsWith("MetaData.")) {
      return "time";
    }
    Shape.Field of = kind.shape.fields().get(field);
    return of == null ? "text" : of.type();
  }

  private Predicate<Company.Entry> condition(Kind kind, Statement.Condition condition) {
    filterable(kind, condition.field());
    String type = type(kind, condition.field());
    if (condition.operator().equals("LIKE")) {
      Pattern pattern = like(condition.values().get(0));
      return entry ->
          values(kind, entry, condition.field()).stream()
              .anyMatch(value -> pattern.matcher(value.toString()).matches());
    }
    List<Object> wanted = new ArrayList<>();
    condition.values().forEach(value -> wanted.add(literal(type, value)));
    return entry ->
        values(kind, entry, condition.field()).stream()
            .anyMatch(
                value ->
                    wanted.stream()
                        .anyMatch(one -> fits(condition.operator(), compare(value, one))));
  }

  private Pattern like(String text) {
    StringBuilder pattern = new StringBuilder();
    for (String part : text.split("(?<=%)|(?=%)")) {
      pattern.append(part.equals("%") ? ".*" : Pattern.quote(part));
    }
    return Pattern.compile(
        pattern.toString(),
        Pattern.DOTALL | (switches.flag("queryIgnoresCase") ? Pattern.CASE_INSENSITIVE : 0));
  }

  private static boolean fits(String operator, int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      case ">=" -> order >= 0;
      default -> order == 0;
    };
  }

  private int compare(Object value, Object wanted) {
    if (value instanceof BigDecimal number) {
      return number.compareTo((BigDecimal) wanted);
    }
    if (value instanceof Instant time) {
      return time.compareTo((Instant) wanted);
    }
    String left = value.toString();
    String right = wanted.toString();
    return switches.flag("queryIgnoresCase")
        ? left.toLowerCase(Locale.ROOT).compareTo(right.toLowerCase(Locale.ROOT))
        : left.compareTo(right);
  }

  private static Object literal(String type, String value) {
    try {
      return switch (type) {
        case "money", "price", "whole" -> new BigDecimal(value);
        case "date" -> LocalDate.parse(value).toString();
        case "flag" -> {
          if (!value.equals("true") && !value.equals("false")) {
            throw Refusal.query("true or false is expected, not " + value);
          }
          yield value;
        }
        case "time" -> time(value);
        default -> value;
      };
    } catch (NumberFormatException | DateTimeParseException e) {
      throw Refusal.query("the value " + value + " is not of type " + type);
    }
  }

  /** A time with offset, without one, or a day. */
  static Instant time(String value) {
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeParseException e) {
      return value.contains("T")
          ? LocalDateTime.parse(value).atZone(SERVER_ZONE).toInstant()
          : LocalDate.parse(value).atStartOfDay(SERVER_ZONE).toInstant();
    }
  }

  private static List<Object> values(Kind kind, Company.Entry entry, String field) {
    switch (field) {
      case "Id":
        return List.of(entry.id);
      case "MetaData.CreateTime":
        return List.of(entry.created);
      case "MetaData.LastUpdatedTime":
        return List.of(entry.updated);
      default:
    }
    List<JsonNode> nodes = List.of(entry.body);
    for (String part : field.split("\\.")) {
      String name = part.equals("Type") && field.contains(".") ? "type" : part;
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : nodes) {
        JsonNode inner = node.path(name);
        if (inner.isArray()) {
          inner.forEach(next::add);
        } else if (!inner.isMissingNode()) {
          next.add(inner);
        }
      }
      nodes = next;
    }
    String type = type(kind, field);
    List<Object> values = new ArrayList<>();
    for (JsonNode node : nodes) {
      JsonNode value = type.equals("ref") ? node.path("value") : node;
      values.add(value.isNumber() ? value.decimalValue() : value.asText());
    }
    return values;
  }

  private void sort(Kind kind, Statement statement, List<Company.Entry> found) {
    Comparator<Company.Entry> order = null;
    for (Statement.Order one : statement.orders()) {
      filterable(kind, one.field());
      Comparator<Company.Entry> next =
          (left, right) -> {
            List<Object> first = values(kind, left, one.field());
            List<Object> second = values(kind, right, one.field());
            if (first.isEmpty() || second.isEmpty()) {
              return Boolean.compare(second.isEmpty(), first.isEmpty());
            }
            return one.field().equals("Id")
                ? new BigDecimal(left.id).compareTo(new BigDecimal(right.id))
                : compare(first.get(0), second.get(0));
          };
      next = one.descending() ? next.reversed() : next;
      order = order == null ? next : order.thenComparing(next);
    }
    if (order != null) {
      found.sort(order);
    }
  }
}
