package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads a long list whole (reference section 6), ordered by last change. A record that changes
 * while pages are read moves to the end and draws the first of the next page onto one that was
 * already read: counting pages would lose it. Instead each call starts where the last page ended in
 * time; positions are counted only within one second. What changes meanwhile is read again at the
 * end of the list, so that each record is given once and as it is last shown.
 */
final class QuickBooksPages {

  private static final String CHANGED = "MetaData.LastUpdatedTime";

  private final QuickBooksCalls calls;

  QuickBooksPages(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /**
   * What was read.
   *
   * @param records what was kept, each record once
   * @param asOf QuickBooks's own time of the first answer, or null when it says none
   */
  record Reading<T>(Collection<T> records, Instant asOf) {}

  /** Everything of an entity, kept as QuickBooks shows it; see {@link #read}. */
  List<JsonNode> all(String entity, String condition, String doing) {
    return new ArrayList<>(read(entity, condition, null, doing, Function.identity()).records());
  }

  /**
   * Reads everything of an entity.
   *
   * @param condition further condition, or null; values written by {@link QuickBooksQuery}
   * @param since only what changed from this moment on, or null for all
   * @param keep gives what to keep of a record, or null for nothing
   */
  <T> Reading<T> read(
      String entity, String condition, Instant since, String doing, Function<JsonNode, T> keep) {
    Map<String, T> records = new LinkedHashMap<>();
    Instant asOf = null;
    Instant from = since == null ? null : since.truncatedTo(ChronoUnit.SECONDS);
    int position = 1;
    while (true) {
      QuickBooksFound page =
          calls.page(statement(entity, condition, from), entity, position, doing);
      asOf = asOf == null ? page.asOf() : asOf;
      Instant last = null;
      for (JsonNode record : page.records()) {
        String id = QuickBooksJson.id(record);
        if (id == null) {
          throw Failure.of(
              FailureKind.TRANSIENT,
              "QuickBooks Online's answer while " + doing + " holds a record without Id",
              "");
        }
        T kept = keep.apply(record);
        records.remove(id);
        if (kept != null) {
          records.put(id, kept);
        }
        last = changed(record);
      }
      if (page.records().size() < QuickBooksCalls.PAGE_SIZE) {
        return new Reading<>(records.values(), asOf);
      }
      Instant end = last == null ? null : last.truncatedTo(ChronoUnit.SECONDS);
      if (end != null && (from == null || end.isAfter(from))) {
        from = end;
        position = 1;
      } else {
        position += page.records().size();
      }
    }
  }

  private static String statement(String entity, String condition, Instant from) {
    List<String> conditions = new ArrayList<>();
    if (condition != null) {
      conditions.add(condition);
    }
    if (from != null) {
      conditions.add(CHANGED + " >= " + QuickBooksQuery.quoted(from.toString()));
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    return "select * from " + entity + where + " orderby " + CHANGED;
  }

  /** When a record last changed, or null when it does not say. */
  static Instant changed(JsonNode record) {
    return QuickBooksCalls.moment(QuickBooksJson.text(record.path("MetaData"), "LastUpdatedTime"));
  }
}
