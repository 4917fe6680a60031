package io.tieback.console.page;

import io.tieback.construction.Money;
import io.tieback.ledger.TimelineEntry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** What is longer is a sentence; what is shorter, such as "2 ids", may well be said twice. */
  private static final int SENTENCE = 25;

  /** A sentence of a journal that has names or figures in it. */
  private record Saying(Pattern pattern, String key) {
    static Saying of(String pattern, String key) {
      return new Saying(Pattern.compile(pattern, Pattern.DOTALL), key);
    }
  }

  private static final List<Saying> SAYINGS =
      List.of(
          Saying.of("DOOR: .*", "by-door"),
          Saying.of("WEBHOOK: .*", "by-webhook"),
          Saying.of("in a batch of ([0-9]+)", "batch"),
          Saying.of("([0-9]+) in one call", "call"),
          Saying.of("([0-9]+) ids", "ids"),
          Saying.of("([0-9]+) times, last at (\\S+)", "times"),
          Saying.of("in the ERP as (\\S+)", "in-erp"),
          Saying.of("replayed by (\\S+)", "replayed"),
          Saying.of("discarded by (\\S+): (.*)", "discarded"));

  private static final Pattern AMOUNT =
      Pattern.compile("(-?[0-9]+[.][0-9]{2}): (.+)", Pattern.DOTALL);

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
    Set<String> told = new HashSet<>();
    return entries.stream().map(entry -> step(ask, entry, told)).toList();
  }

  private static Step step(Ask ask, TimelineEntry entry, Set<String> told) {
    String title = title(ask, entry);
    String text = told(ask, entry.text(), told);
    return new Step(
        entry.at(),
        colour(entry.what()),
        title,
        entry.who() == null ? "" : entry.who(),
        text.equals(title + ".") ? "" : text);
  }

  /** A sentence that several journals have is told once. */
  private static String told(Ask ask, String text, Set<String> told) {
    if (text == null || (text.length() >= SENTENCE && !told.add(text))) {
      return "";
    }
    return inTheirLanguage(ask, text);
  }

  /**
   * What Tieback's own journals say, translated; what the ERP or a person said is left as it is.
   */
  static String inTheirLanguage(Ask ask, String text) {
    for (Saying saying : SAYINGS) {
      Matcher found = saying.pattern().matcher(text);
      if (found.matches()) {
        return ask.text("way.said." + saying.key(), groups(found));
      }
    }
    Matcher amount = AMOUNT.matcher(text);
    if (amount.matches()) {
      return ask.formats().money(Money.of(amount.group(1)), null)
          + ": "
          + inTheirLanguage(ask, amount.group(2));
    }
    String key =
        "way.said."
            + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String said = ask.said(key);
    return said.equals(key) ? text : said;
  }

  private static Object[] groups(Matcher found) {
    Object[] groups = new Object[found.groupCount()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = found.group(i + 1);
    }
    return groups;
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
