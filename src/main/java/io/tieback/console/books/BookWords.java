package io.tieback.console.books;

import io.tieback.console.page.Ask;
import io.tieback.ledger.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words of the ledger in somebody's language; one that has no words of its own stays as it is. */
final class BookWords {

  private static final Set<String> ENTITIES =
      Set.of(
          "requisition",
          "vendor",
          "project",
          "standard_cost_code",
          "cost_code",
          "cost_item",
          "work_order_contract",
          "purchase_order_contract",
          "change_order",
          "budget",
          "payment",
          "job_cost");

  private static final Set<String> STEPS =
      Set.of(
          "received",
          "staged",
          "composed",
          "planned",
          "sent",
          "known",
          "written",
          "failed",
          "refused",
          "unknown",
          "unmatched",
          "flagged",
          "removing",
          "removed",
          "zeroed",
          "amending",
          "acknowledged",
          "answered",
          "opened",
          "replayed",
          "discarded",
          "superseded",
          "cancelled",
          "waiting",
          "accept",
          "fail",
          "retry",
          "sync",
          "resend",
          "retrieve",
          "unlink",
          "archive",
          "reject",
          "send");

  private static final Set<String> GOOD =
      Set.of("known", "written", "acknowledged", "answered", "accept", "sync", "removed", "zeroed");
  private static final Set<String> BAD = Set.of("failed", "fail", "refused", "opened");
  private static final Set<String> ODD = Set.of("unknown", "flagged", "unmatched", "reject");

  private BookWords() {}

  /** What a record is. */
  static String entity(Ask ask, String entity) {
    return ENTITIES.contains(entity)
        ? ask.text("books.entity." + entity)
        : entity.replace('_', ' ');
  }

  /**
   * A step of a timeline, as the macro draws it.
   *
   * @param at when
   * @param colour of GEN-ICON
   * @param title what happened
   * @param who the person or the node; blank when unknown
   * @param text why; blank when nothing was said
   */
  record Step(Instant at, String colour, String title, String who, String text) {}

  /** The way of a record. */
  static List<Step> steps(Ask ask, List<TimelineEntry> way) {
    return way.stream().map(entry -> step(ask, entry)).toList();
  }

  private static Step step(Ask ask, TimelineEntry entry) {
    String what = entry.what().toLowerCase(Locale.ROOT);
    String words = STEPS.contains(what) ? ask.text("books.step." + what) : what.replace('_', ' ');
    String source = ask.text("books.source." + entry.source().name().toLowerCase(Locale.ROOT));
    return new Step(
        entry.at(),
        colour(what),
        source + ": " + words,
        entry.who() == null ? "" : entry.who(),
        entry.text() == null ? "" : entry.text());
  }

  private static String colour(String what) {
    if (GOOD.contains(what)) {
      return "green";
    }
    if (BAD.contains(what)) {
      return "red";
    }
    return ODD.contains(what) ? "yellow" : "blue";
  }
}
