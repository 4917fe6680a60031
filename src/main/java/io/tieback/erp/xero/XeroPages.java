package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a long list whole. Xero orders lists by last change (Xero reference section 3.6), so a record that changes while pages are read moves to the end and
 * draws the first of the next page onto one that was already read: counting pages would lose it. Instead each call starts where the last page ended in time;
 * pages are counted only within one second, or where a list is not in that order.
 */
final class XeroPages {

  static final int PAGE_SIZE = 1000;

  private final XeroCalls calls;

  XeroPages(XeroCalls calls) {
    this.calls = calls;
  }

  /**
   * What was read.
   *
   * @param records by id, the latest reading of each
   * @param asOf {@code DateTimeUTC} of the first answer
   */
  record Reading(Map<String, JsonNode> records, Instant asOf) {}

  /**
   * Reads everything that changed since a moment.
   *
   * @param list plural name, such as {@code Invoices}: the path and the array in the answer
   * @param key field with the id
   * @param query further parameters
   * @param since changes from this second on, or null for everything
   * @param enough tells after each page, from its records, whether the rest is not needed
   */
  Reading read(
      String list, String key, Map<String, String> query, Instant since, Predicate<List<JsonNode>> enough, String doing) {
    Map<String, JsonNode> records = new LinkedHashMap<>();
    Instant asOf = null;
    Instant from = since == null ? null : since.truncatedTo(ChronoUnit.SECONDS);
    int page = 1;
    while (true) {
      Map<String, String> parameters = new LinkedHashMap<>(query);
      parameters.put("page", Integer.toString(page));
      parameters.put("pageSize", Integer.toString(PAGE_SIZE));
      JsonNode answer = calls.get("/" + list, parameters, from, doing);
      JsonNode array = answer.path(list);
      if (!array.isArray()) {
        throw Failure.of(FailureKind.TRANSIENT, "Xero's answer while " + doing + " holds no " + list, "");
      }
      if (asOf == null) {
        asOf = XeroJson.instant(answer, "DateTimeUTC");
      }
      List<JsonNode> found = new java.util.ArrayList<>();
      for (JsonNode record : array) {
        String id = XeroJson.id(record, key);
        if (id == null) {
          throw Failure.of(FailureKind.TRANSIENT, "Xero's answer while " + doing + " holds a record without " + key, "");
        }
        found.add(record);
        records.put(id, record);
      }
      if (!hasMore(answer, page, found.size()) || enough.test(found)) {
        return new Reading(records, asOf);
      }
      Instant end = endInOrder(found);
      if (end != null && (from == null || end.isAfter(from))) {
        from = end;
        page = 1;
      } else {
        page++;
      }
    }
  }

  // Xero may clamp the page size, so a short page alone proves nothing; without figures a page that is empty ends the list.
  private static boolean hasMore(JsonNode answer, int page, int found) {
    JsonNode pages = answer.path("pagination").path("pageCount");
    return pages.isIntegralNumber() ? page < pages.intValue() : found > 0;
  }

  /** The second of the last change on a page that is in the order of changes, else null. */
  private static Instant endInOrder(List<JsonNode> found) {
    Instant last = null;
    for (JsonNode record : found) {
      Instant changed = XeroJson.instant(record, "UpdatedDateUTC");
      if (changed == null || last != null && changed.isBefore(last)) {
        return null;
      }
      last = changed;
    }
    return last == null ? null : last.truncatedTo(ChronoUnit.SECONDS);
  }
}
