package io.tieback.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions of a list with their values. What is not wanted narrows nothing. */
final class Where {

  private static final int LONGEST_SEARCH = 200;

  private final List<String> conditions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /** A condition without a value. */
  Where and(String condition) {
    conditions.add(condition);
    return this;
  }

  /** A condition that counts when there is a value. */
  Where and(String condition, String name, Object value) {
    boolean none = value == null || (value instanceof List<?> many && many.isEmpty());
    if (!none) {
      conditions.add(condition);
      values.put(name, value);
    }
    return this;
  }

  /**
   * A search for the beginnings of words, all of which have to be there.
   *
   * @param condition uses {@code to_tsquery('simple', :words)}
   */
  Where words(Db db, String condition, String text) {
    if (text == null || text.isBlank()) {
      return this;
    }
    String shortened = text.length() > LONGEST_SEARCH ? text.substring(0, LONGEST_SEARCH) : text;
    String words =
        db.sql(
                """
                select coalesce(string_agg('''' || word || ''':*', ' & '), '') from regexp_split_to_table(queue_words(:text), '\\s+') as word
                where word <> ''
                """)
            .with("text", shortened)
            .first((rs, row) -> rs.getString(1))
            .orElse("");
    return and(condition, "words", words);
  }

  String text() {
    return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
  }

  Sql bind(Sql sql) {
    values.forEach(sql::with);
    return sql;
  }
}
