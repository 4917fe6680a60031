package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Reads a long list whole. Xero orders lists by last change (Xero reference section 3.6), so a
 * record that changes while pages are read moves to the end and draws the first of the next page
 * onto one that was already read: counting pages would lose it. Instead each call starts where the
 * last page ended in time; pages are counted only within one second, or where a list is not in that
 * order.
 *
 * <p>Records are taken from the answer one by one and only what the caller keeps of each stays in
 * memory: a page of a thousand bills with their lines is large.
 */
final class XeroPages {

  static final int PAGE_SIZE = 1000;

  /** Reads one value of many: what follows it is no mistake. */
  private static final ObjectReader RECORDS =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final XeroCalls calls;

  XeroPages(XeroCalls calls) {
    this.calls = calls;
  }

  /**
   * A list to read.
   *
   * @param name plural name, such as {@code Invoices}: the path and the array in the answer
   * @param key field with the id
   * @param query further parameters
   * @param since changes from this second on, or null for everything
   * @param doing for messages
   */
  record Wanted(String name, String key, Map<String, String> query, Instant since, String doing) {}

  /**
   * What was read.
   *
   * @param records what was kept, each record once, by its latest reading
   * @param asOf {@code DateTimeUTC} of the first answer, or null
   */
  record Reading<T>(Collection<T> records, Instant asOf) {}

  /**
   * Reads everything that changed since a moment.
   *
   * @param keep gives what to keep of a record, or null for nothing
   * @param enough tells after each page whether the rest is not needed
   */
  <T> Reading<T> read(Wanted wanted, Function<JsonNode, T> keep, BooleanSupplier enough) {
    Map<String, T> records = new LinkedHashMap<>();
    Instant asOf = null;
    Instant from = wanted.since() == null ? null : wanted.since().truncatedTo(ChronoUnit.SECONDS);
    int page = 1;
    while (true) {
      Page<T> read = page(wanted, from, page, keep, records);
      if (asOf == null) {
        asOf = read.asOf;
      }
      if (!read.hasMore(page) || enough.getAsBoolean()) {
        return new Reading<>(records.values(), asOf);
      }
      Instant end =
          read.inOrder && read.lastChange != null
              ? read.lastChange.truncatedTo(ChronoUnit.SECONDS)
              : null;
      if (end != null && (from == null || end.isAfter(from))) {
        from = end;
        page = 1;
      } else {
        page++;
      }
    }
  }

  private <T> Page<T> page(
      Wanted wanted, Instant from, int page, Function<JsonNode, T> keep, Map<String, T> records) {
    Map<String, String> parameters = new LinkedHashMap<>(wanted.query());
    parameters.put("page", Integer.toString(page));
    parameters.put("pageSize", Integer.toString(PAGE_SIZE));
    byte[] answer = calls.bytes("/" + wanted.name(), parameters, from, wanted.doing());
    Page<T> read = new Page<>(wanted, keep, records);
    try {
      read.take(answer);
    } catch (JsonProcessingException e) {
      throw new Failure(
          FailureKind.TRANSIENT,
          200,
          "Xero's answer while " + wanted.doing() + " is not whole JSON",
          "",
          null,
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  /** One answer, taken record by record. */
  private static final class Page<T> {
    final Wanted wanted;
    final Function<JsonNode, T> keep;
    final Map<String, T> records;
    Instant asOf;
    Instant lastChange;
    boolean inOrder = true;
    Integer pageCount;
    Integer found;

    Page(Wanted wanted, Function<JsonNode, T> keep, Map<String, T> records) {
      this.wanted = wanted;
      this.keep = keep;
      this.records = records;
    }

    void take(byte[] answer) throws IOException {
      try (JsonParser parser = Json.mapper().createParser(answer)) {
        boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
        while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
          String field = parser.currentName();
          boolean isArray = parser.nextToken() == JsonToken.START_ARRAY;
          if (field.equals(wanted.name()) && isArray) {
            found = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
              record(RECORDS.readTree(parser));
            }
          } else {
            envelope(field, RECORDS.readTree(parser));
          }
        }
      }
      if (found == null) {
        throw Failure.of(
            FailureKind.TRANSIENT,
            "Xero's answer while " + wanted.doing() + " holds no " + wanted.name(),
            "");
      }
    }

    private void envelope(String field, JsonNode value) {
      if (field.equals("DateTimeUTC")) {
        asOf = XeroJson.instant(value);
      } else if (field.equals("pagination") && value.path("pageCount").isIntegralNumber()) {
        pageCount = value.path("pageCount").intValue();
      }
    }

    private void record(JsonNode record) {
      String id = XeroJson.id(record, wanted.key());
      if (id == null) {
        throw Failure.of(
            FailureKind.TRANSIENT,
            "Xero's answer while " + wanted.doing() + " holds a record without " + wanted.key(),
            "");
      }
      found++;
      T kept = keep.apply(record);
      if (kept == null) {
        records.remove(id);
      } else {
        records.put(id, kept);
      }
      Instant changed = XeroJson.instant(record, "UpdatedDateUTC");
      inOrder &= changed != null && (lastChange == null || !changed.isBefore(lastChange));
      lastChange = changed;
    }

    // Xero may clamp the page size, so a short page alone proves nothing; without figures a page
    // that is empty ends the list.
    boolean hasMore(int page) {
      return pageCount != null ? page < pageCount : found > 0;
    }
  }
}
