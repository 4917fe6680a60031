package io.tieback.erp.quickbooksonline;

import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;

/** Pieces of QuickBooks Online's query language (reference section 6). Pure. */
final class QuickBooksQuery {

  private QuickBooksQuery() {}

  /** A text as the language writes it. */
  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  /** All that bear one of these values in a field; at least one value. */
  static String in(String field, Collection<String> values) {
    return field
        + " in ("
        + values.stream().map(QuickBooksQuery::quoted).collect(Collectors.joining(", "))
        + ")";
  }

  /** Inactive ones are left out unless they are named (QBO-API-02). */
  static final String ALSO_INACTIVE = "Active in (true, false)";

  /** All of an entity that fulfil a condition. */
  static String select(QuickBooksEntity entity, String condition) {
    return "select * from " + entity.wireName() + " where " + condition;
  }

  /** What came into being since; the time with its offset, as it must be. */
  static String createdSince(Instant since) {
    return "MetaData.CreateTime >= "
        + quoted(since.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
  }
}
