package io.tieback.sandbox.quickbooksonline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed statement of the query language (reference section 6): {@code select} of everything,
 * named columns or {@code count(*)}; conditions joined by AND; {@code orderby}, {@code
 * startposition}, {@code maxresults}. No OR, no parentheses, no joins.
 *
 * @param columns empty for {@code *} alone
 * @param all whether {@code *} was asked
 */
record Statement(
    boolean count,
    boolean all,
    List<String> columns,
    String entity,
    List<Condition> where,
    List<Order> orders,
    int start,
    int max) {
  static final int LARGEST_PAGE = 1000;
  private static final int PAGE = 100;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*('(?:[^'\\\\]|\\\\.)*'|[A-Za-z_][\\w.]*|-?\\d[\\w.:+-]*|<=|>=|[=<>*,()])");

  /** One condition; {@code operator} is one of = &lt; &gt; &lt;= &gt;= IN LIKE. */
  record Condition(String field, String operator, List<String> values) {}

  /** One property to sort by. */
  record Order(String field, boolean descending) {}

  static Statement parse(String text) {
    return new Parser(tokens(text)).statement();
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    String trimmed = text.stripTrailing();
    Matcher matcher = TOKEN.matcher(trimmed);
    int at = 0;
    while (at < trimmed.length()) {
      matcher.region(at, trimmed.length());
      if (!matcher.lookingAt()) {
        throw Refusal.query("Encountered \"" + trimmed.charAt(at) + "\" at column " + (at + 1));
      }
      tokens.add(matcher.group(1));
      at = matcher.end();
    }
    return tokens;
  }

  /** Descends over the tokens. */
  private static final class Parser {
    private final List<String> tokens;
    private int at;

    Parser(List<String> tokens) {
      this.tokens = tokens;
    }

    Statement statement() {
      keyword("select");
      boolean count = false;
      boolean all = false;
      List<String> columns = new ArrayList<>();
      if (is("count")) {
        take();
        symbol("(");
        symbol("*");
        symbol(")");
        count = true;
      } else {
        do {
          if (is("*")) {
            take();
            all = true;
          } else {
            columns.add(name());
          }
        } while (took(","));
      }
      keyword("from");
      String entity = name();
      List<Condition> where = new ArrayList<>();
      if (took("where")) {
        do {
          where.add(condition());
        } while (took("and"));
      }
      List<Order> orders = new ArrayList<>();
      boolean ordered = took("orderby");
      if (!ordered && took("order")) {
        keyword("by");
        ordered = true;
      }
      if (ordered) {
        do {
          String field = name();
          boolean descending = took("desc");
          if (!descending) {
            took("asc");
          }
          orders.add(new Order(field, descending));
        } while (took(","));
      }
      int start = took("startposition") ? number("startposition", Integer.MAX_VALUE) : 1;
      int max = took("maxresults") ? number("maxresults", LARGEST_PAGE) : PAGE;
      if (at < tokens.size()) {
        throw unexpected();
      }
      return new Statement(count, all, columns, entity, where, orders, start, max);
    }

    private Condition condition() {
      String field = name();
      String operator = take().toUpperCase(Locale.ROOT);
      List<String> values = new ArrayList<>();
      switch (operator) {
        case "=", "<", ">", "<=", ">=", "LIKE" -> values.add(value());
        case "IN" -> {
          symbol("(");
          do {
            values.add(value());
          } while (took(","));
          symbol(")");
        }
        default -> {
          at--;
          throw unexpected();
        }
      }
      return new Condition(field, operator, values);
    }

    private String value() {
      String token = take();
      if (token.startsWith("'")) {
        return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
      }
      if (token.matches("-?\\d+(\\.\\d+)?|(?i:true|false)")) {
        return token.toLowerCase(Locale.ROOT);
      }
      at--;
      throw unexpected();
    }

    private int number(String what, int most) {
      String token = take();
      if (!token.matches("\\d{1,9}")) {
        at--;
        throw unexpected();
      }
      int number = Integer.parseInt(token);
      if (number < 1 || number > most) {
        throw Refusal.query(what + " has to be from 1 to " + most + ", not " + number);
      }
      return number;
    }

    private String name() {
      String token = take();
      if (!token.matches("[A-Za-z_][\\w.]*")) {
        at--;
        throw unexpected();
      }
      return token;
    }

    private boolean is(String word) {
      return at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
    }

    private boolean took(String word) {
      if (is(word)) {
        at++;
        return true;
      }
      return false;
    }

    private void keyword(String word) {
      if (!took(word)) {
        throw unexpected();
      }
    }

    private void symbol(String symbol) {
      keyword(symbol);
    }

    private String take() {
      if (at == tokens.size()) {
        throw unexpected();
      }
      return tokens.get(at++);
    }

    private Refusal unexpected() {
      return Refusal.query(
          "Encountered \""
              + (at < tokens.size() ? tokens.get(at) : "<EOF>")
              + "\" at token "
              + (at + 1));
    }
  }
}
