package io.tieback.console.page;

import io.tieback.ledger.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The way of a record, in the reader's language, as the timeline macro draws it. */
public final class Way {

  private static final Set<String> GOOD =
      Set.of(
          "sync",
          "import",
          "acknowledged",
          "written",
          "known",
          "found",
          "answered",
          "accept",
          "attached",
          "removed",
          "zeroed");
  private static final Set<String> BAD =
      Set.of("fail", "failed", "opened", "refused", "rejected", "unknown", "invalidate");
  private static final Set<String> BACK =
      Set.of(
          "reject",
          "retrieve",
          "return",
          "withdraw",
          "unlink",
          "unlinked",
          "discarded",
          "flagged",
          "unmatched");

  private Way() {}

  /**
   * A step.
   *
   * @param at when
   * @param colour of GEN-ICON
   * @param title what happened
   * @param who the person or the node; blank when unknown
   * @param text why, in the journal's words; blank when nothing was said
   */
  public record Step(Instant at, String colour, String title, String who, String text) {}

  /** Steps, in the order of the entries. */
  public static List<Step> steps(Ask ask, List<TimelineEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new Step(
                    entry.at(),
                    colour(entry.what()),
                    title(ask, entry),
                    entry.who() == null ? "" : entry.who(),
                    entry.text() == null ? "" : entry.text()))
        .toList();
  }

  private static String colour(String what) {
    String word = what == null ? "" : what.toLowerCase(Locale.ROOT);
    return GOOD.contains(word)
        ? "green"
        : BAD.contains(word) ? "red" : BACK.contains(word) ? "yellow" : "blue";
  }

  /** Journals have words of their own; what has no translation is shown as it is. */
  private static String title(Ask ask, TimelineEntry entry) {
    String source = entry.source().name().toLowerCase(Locale.ROOT);
    String what = entry.what() == null ? "" : entry.what().toLowerCase(Locale.ROOT);
    String key = "way." + source + "." + what.replace(' ', '-').replace('_', '-');
    String said = ask.said(key);
    return said.equals(key) ? ask.text("way." + source) + ": " + word(ask, what) : said;
  }

  private static String word(Ask ask, String what) {
    String key = "way.word." + what;
    String said = ask.said(key);
    return said.equals(key) ? what.replace('_', ' ') : said;
  }
}
