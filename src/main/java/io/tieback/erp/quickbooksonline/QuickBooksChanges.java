package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What changed since the reading before (reference sections 6 and 7; QBO-API-02): one call of
 * change data capture for all entities together, which alone tells of deletions.
 *
 * <p>That call reaches 30 days back and gives 1,000 records in all, without a next page and without
 * saying that there are more. When it is full, each entity is asked for alone; one that is full by
 * itself, and everything when the reading before is too long ago, is listed by queries, which have
 * pages. Queries show no deletions, so the whole entity is listed and its ids are given: what is
 * known and not among them was deleted.
 */
final class QuickBooksChanges {

  /**
   * Read again before the cursor: a change can show later than its time says (section 14). What is
   * read again unchanged changes nothing.
   */
  static final Duration OVERLAP = Duration.ofMinutes(10);

  /** A day less than QuickBooks promises, since our clock is not its clock. */
  static final Duration LOOK_BACK = Duration.ofDays(29);

  /** Most records of one answer of change data capture. */
  static final int MOST = 1000;

  private final QuickBooksCalls calls;
  private final QuickBooksPages pages;
  private final Clock clock;

  QuickBooksChanges(QuickBooksCalls calls, Clock clock) {
    this.calls = calls;
    this.pages = new QuickBooksPages(calls);
    this.clock = clock;
  }

  /**
   * An entity whose changes are wanted.
   *
   * @param entity its name, such as {@code BillPayment}
   * @param deletions whether it matters which records are gone
   * @param take is given each record that changed, a deleted one too ({@link #isDeleted}), and may
   *     be given one twice: the later is as it stands
   */
  record Source(String entity, boolean deletions, Consumer<JsonNode> take) {}

  /**
   * What a reading came to.
   *
   * @param nextCursor where to go on: QuickBooks's own time of its first answer
   * @param existing for entities of which deletions matter and could not be told: the ids of all
   *     that there are
   */
  record Reading(String nextCursor, Map<String, Set<String>> existing) {}

  /** Whether a record is but the rest of a deleted one. */
  static boolean isDeleted(JsonNode record) {
    return "Deleted".equals(QuickBooksJson.text(record, "status"));
  }

  /**
   * Reads what changed.
   *
   * @param cursor {@code nextCursor} of the reading before, or null for everything
   * @param doing for messages, such as {@code reading bill payments}
   * @throws IllegalArgumentException when the cursor is none of ours
   * @throws Failure when QuickBooks does not answer, or not as it should; nothing of the reading
   *     may be kept then
   */
  Reading read(String cursor, List<Source> sources, String doing) {
    Instant before = parse(cursor);
    Instant since = before == null ? null : before.minus(OVERLAP);
    Run run = new Run(doing);
    if (since == null || since.isBefore(clock.instant().minus(LOOK_BACK))) {
      sources.forEach(source -> run.list(source, since));
    } else if (!run.captured(sources, since)) {
      for (Source source : sources) {
        if (sources.size() == 1 || !run.captured(List.of(source), since)) {
          run.list(source, since);
        }
      }
    }
    return new Reading(text(run.asOf), Map.copyOf(run.existing));
  }

  private static Instant parse(String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return Instant.parse(Json.read(cursor).path("asOf").asText());
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "cursor '"
              + cursor
              + "' is not one that a reading of QuickBooks Online gave; remove it to read"
              + " everything",
          e);
    }
  }

  private static String text(Instant asOf) {
    ObjectNode cursor = Json.object();
    return Json.write(cursor.put("asOf", asOf.toString()));
  }

  /** One reading. */
  private final class Run {
    private final String doing;
    private final Map<String, Set<String>> existing = new HashMap<>();
    private Instant asOf;

    Run(String doing) {
      this.doing = doing;
    }

    /** Takes what one call gives; false, and nothing is taken, when it may not be all. */
    boolean captured(List<Source> sources, Instant since) {
      JsonNode answer = calls.cdc(sources.stream().map(Source::entity).toList(), since, doing);
      at(QuickBooksCalls.time(answer));
      JsonNode responses = answer.path("CDCResponse").path(0).path("QueryResponse");
      if (!responses.isArray()) {
        throw unexpected("holds no CDCResponse with a QueryResponse");
      }
      int records = 0;
      Map<String, List<JsonNode>> changed = new HashMap<>();
      for (JsonNode response : responses) {
        if (response.has("Fault")) {
          throw unexpected("holds a fault: " + response.path("Fault"));
        }
        for (Source source : sources) {
          for (JsonNode record : response.path(source.entity())) {
            if (QuickBooksJson.id(record) == null) {
              throw unexpected("holds a record without Id");
            }
            changed.computeIfAbsent(source.entity(), none -> new ArrayList<>()).add(record);
            records++;
          }
        }
      }
      if (records >= MOST) {
        return false;
      }
      for (Source source : sources) {
        changed.getOrDefault(source.entity(), List.of()).forEach(source.take());
      }
      return true;
    }

    /** Takes what queries give. */
    void list(Source source, Instant since) {
      Set<String> ids = new HashSet<>();
      QuickBooksPages.Reading<JsonNode> reading =
          pages.read(
              source.entity(),
              null,
              source.deletions() ? null : since,
              doing,
              record -> {
                ids.add(QuickBooksJson.id(record));
                Instant changed = QuickBooksPages.changed(record);
                if (since == null || changed == null || !changed.isBefore(since)) {
                  source.take().accept(record);
                }
                return null;
              });
      at(reading.asOf());
      if (source.deletions()) {
        existing.put(source.entity(), ids);
      }
    }

    /** The first answer is the earliest: what changed after it is read next time. */
    private void at(Instant time) {
      if (time == null) {
        throw unexpected("has no time, so the cursor cannot be moved");
      }
      asOf = asOf == null ? time : asOf;
    }

    private Failure unexpected(String what) {
      return Failure.of(
          FailureKind.TRANSIENT, "QuickBooks Online's answer while " + doing + " " + what, "");
    }
  }
}
