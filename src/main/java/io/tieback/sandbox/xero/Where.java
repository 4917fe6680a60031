package io.tieback.sandbox.xero;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code where} filter (reference section 3.6): comparisons of fields with literals, joined by
 * AND and OR, with parentheses. Fields are given by name with a getter; its value is a String,
 * BigDecimal, LocalDate, Instant, Boolean or null.
 */
final class Where<T> {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(&&|\\|\\||==|!=|>=|<=|>|<|\\(|\\)|,)|([A-Za-z][A-Za-z0-9_.]*)|(-?\\d+(?:\\.\\d+)?))");

  private final String text;
  private final Map<String, Function<T, Object>> fields;
  private final List<String> tokens = new ArrayList<>();
  private int position;

  private Where(String text, Map<String, Function<T, Object>> fields) {
    this.text = text;
    this.fields = fields;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(matcher.group().trim());
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw syntax();
    }
  }

  /**
   * Reads a filter.
   *
   * @param text decoded filter, null or blank for everything
   * @param fields field names, e.g. {@code Contact.ContactID}
   * @throws Refusal 400 QueryParseException
   */
  static <T> Predicate<T> parse(String text, Map<String, Function<T, Object>> fields) {
    if (text == null || text.isBlank()) {
      return anything -> true;
    }
    Where<T> where = new Where<>(text, fields);
    Predicate<T> whole = where.either();
    if (where.position < where.tokens.size()) {
      throw where.syntax();
    }
    return whole;
  }

  private Refusal syntax() {
    return Refusal.query("Operator or value expected in '" + text + "'");
  }

  private String next() {
    if (position >= tokens.size()) {
      throw syntax();
    }
    return tokens.get(position++);
  }

  private boolean take(String... words) {
    if (position < tokens.size()) {
      for (String word : words) {
        if (tokens.get(position).equalsIgnoreCase(word)) {
          position++;
          return true;
        }
      }
    }
    return false;
  }

  private Predicate<T> either() {
    Predicate<T> left = both();
    while (take("OR", "||")) {
      left = left.or(both());
    }
    return left;
  }

  private Predicate<T> both() {
    Predicate<T> left = one();
    while (take("AND", "&&")) {
      left = left.and(one());
    }
    return left;
  }

  private Predicate<T> one() {
    if (take("(")) {
      Predicate<T> inside = either();
      if (!take(")")) {
        throw syntax();
      }
      return inside;
    }
    String name = next();
    Function<T, Object> field = fields.get(name);
    if (field == null) {
      throw Refusal.query("No property or field '" + name + "' exists");
    }
    String operator = next();
    Object value = literal();
    return switch (operator) {
      case "==" -> record -> same(field.apply(record), value);
      case "!=" -> record -> !same(field.apply(record), value);
      case ">=" -> ordered(field, value, sign -> sign >= 0);
      case "<=" -> ordered(field, value, sign -> sign <= 0);
      case ">" -> ordered(field, value, sign -> sign > 0);
      case "<" -> ordered(field, value, sign -> sign < 0);
      default -> throw syntax();
    };
  }

  private Object literal() {
    String token = next();
    if (token.startsWith("\"")) {
      return token.substring(1, token.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }
    if (Character.isDigit(token.charAt(0)) || token.startsWith("-")) {
      return new BigDecimal(token);
    }
    return switch (token.toLowerCase(Locale.ROOT)) {
      case "guid" -> guid();
      case "datetime" -> dateTime();
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> throw syntax();
    };
  }

  private String guid() {
    expect("(");
    String id = next();
    expect(")");
    String normal = id.startsWith("\"") ? Ids.normal(id.substring(1, id.length() - 1)) : null;
    if (normal == null) {
      throw syntax();
    }
    return normal;
  }

  private LocalDateTime dateTime() {
    expect("(");
    List<Integer> parts = new ArrayList<>();
    try {
      do {
        parts.add(Integer.parseInt(next()));
      } while (take(","));
      expect(")");
      return LocalDateTime.of(
          part(parts, 0),
          part(parts, 1),
          part(parts, 2),
          part(parts, 3),
          part(parts, 4),
          part(parts, 5));
    } catch (NumberFormatException | DateTimeException e) {
      throw syntax();
    }
  }

  private static int part(List<Integer> parts, int index) {
    return index < parts.size() ? parts.get(index) : 0;
  }

  private void expect(String token) {
    if (!take(token)) {
      throw syntax();
    }
  }

  private boolean same(Object actual, Object wanted) {
    if (actual == null || wanted == null) {
      return actual == wanted;
    }
    return actual instanceof Boolean ? actual.equals(wanted) : compare(actual, wanted) == 0;
  }

  private Predicate<T> ordered(
      Function<T, Object> field, Object value, java.util.function.IntPredicate test) {
    return record -> {
      Object actual = field.apply(record);
      return actual != null && value != null && test.test(compare(actual, value));
    };
  }

  private int compare(Object actual, Object wanted) {
    if (actual instanceof String text1 && wanted instanceof String text2) {
      return text1.compareToIgnoreCase(text2);
    }
    if (actual instanceof BigDecimal amount1 && wanted instanceof BigDecimal amount2) {
      return amount1.compareTo(amount2);
    }
    if (actual instanceof LocalDate day && wanted instanceof LocalDateTime time) {
      return day.atStartOfDay().compareTo(time);
    }
    if (actual instanceof Instant at && wanted instanceof LocalDateTime time) {
      return at.compareTo(time.toInstant(ZoneOffset.UTC));
    }
    throw Refusal.query("Operator cannot be used with these types in '" + text + "'");
  }
}
