package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.procore.ProcoreHooks.Deliveries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds ERP requests whose webhook was lost, in the hook's deliveries log (GEN-API-11). Procore
 * lists no open requests, so this log is all there is.
 *
 * <p>An event that was not delivered is discarded up to 12 hours later (GEN-API-10) and shows in
 * the log only then, with an old id. So the cursor follows half a day behind, and what lies after
 * it is read again each time; receiving is idempotent.
 */
public final class CatchUp {

  private static final Duration BEHIND = Duration.ofHours(13);
  private static final int MOST_PAGES = 1_000;

  private final ProcoreHooks hooks;
  private final Clock clock;

  /**
   * @param hooks the company's webhooks
   * @param clock tells how far the cursor may go
   */
  public CatchUp(ProcoreHooks hooks, Clock clock) {
    this.hooks = hooks;
    this.clock = clock;
  }

  /**
   * What was lost.
   *
   * @param requestIds ERP requests to receive, each once, oldest first
   * @param cursor where to go on next time; null when the log has nothing old enough yet and there
   *     was no cursor before
   */
  public record Lost(List<Long> requestIds, Long cursor) {
    public Lost {
      requestIds = List.copyOf(requestIds);
    }
  }

  /**
   * Reads the log.
   *
   * @param hookId the hook
   * @param cursor what the last reading gave, or null for everything that the log has
   */
  public Lost read(long hookId, Long cursor) {
    Set<Long> requests = new LinkedHashSet<>();
    Long furthest = cursor;
    Instant settled = clock.instant().minus(BEHIND);
    List<JsonNode> rows = new ArrayList<>();
    for (Deliveries which : Deliveries.values()) {
      rows.addAll(after(hookId, which, cursor));
    }
    rows.sort((one, other) -> Long.compare(eventId(one), eventId(other)));
    for (JsonNode row : rows) {
      JsonNode event = row.path("event");
      boolean ours =
          ProcoreHooks.ERP_REQUESTS.equals(
                  event.path("resource_name").asText(event.path("resource_type").asText()))
              && "create"
                  .equalsIgnoreCase(event.path("event_type").asText(event.path("reason").asText()));
      if (ours) {
        requests.add(Fields.id(event, "resource_id", "webhook delivery"));
      }
      if (happenedAt(event).isBefore(settled) && (furthest == null || eventId(row) > furthest)) {
        furthest = eventId(row);
      }
    }
    return new Lost(List.copyOf(requests), furthest);
  }

  /**
   * Rows after the cursor, whichever way round Procore orders its log (not published): the first
   * page tells.
   */
  private List<JsonNode> after(long hookId, Deliveries which, Long cursor) {
    List<JsonNode> rows = new ArrayList<>();
    List<JsonNode> page = hooks.deliveries(hookId, which, null);
    boolean ascending =
        page.size() < 2 || eventId(page.get(0)) < eventId(page.get(page.size() - 1));
    keep(page, cursor, rows);
    for (int pages = 1; page.size() >= ProcoreHooks.page() && pages < MOST_PAGES; pages++) {
      long last = eventId(page.get(page.size() - 1));
      if (!ascending && cursor != null && last <= cursor) {
        break;
      }
      page =
          hooks.deliveries(
              hookId,
              which,
              ascending && cursor != null && last < cursor ? cursor : Long.valueOf(last));
      keep(page, cursor, rows);
    }
    return rows;
  }

  private static void keep(List<JsonNode> page, Long cursor, List<JsonNode> rows) {
    page.stream().filter(row -> cursor == null || eventId(row) > cursor).forEach(rows::add);
  }

  private static long eventId(JsonNode row) {
    Long own = Fields.idOrNull(row, "event_id", "webhook delivery");
    return own == null ? Fields.id(row.path("event"), "id", "webhook delivery") : own;
  }

  private static Instant happenedAt(JsonNode event) {
    String text = Fields.text(event, "timestamp");
    try {
      return text == null ? Instant.MAX : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.MAX;
    }
  }
}
