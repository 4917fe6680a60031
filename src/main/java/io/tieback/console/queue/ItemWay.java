package io.tieback.console.queue;

import io.tieback.console.page.Ask;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.TimelineEntry;
import io.tieback.ledger.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The way of an item as a timeline, and who accepted what. */
final class ItemWay {

  private static final Set<String> GOOD =
      Set.of(
          "sync", "import", "acknowledged", "written", "found", "answered", "accept", "attached");
  private static final Set<String> BAD =
      Set.of("fail", "failed", "opened", "refused", "rejected", "unknown", "invalidate");
  private static final Set<String> BACK =
      Set.of("reject", "retrieve", "return", "withdraw", "unlink", "unlinked", "discarded");

  private ItemWay() {}

  /** Steps for the timeline macro, oldest first. */
  static List<Map<String, Object>> steps(Ask ask, Ledger ledger, QueueItem item) {
    List<Map<String, Object>> steps = new ArrayList<>();
    for (TimelineEntry entry : ledger.timelineOfQueueItem(item.id())) {
      Map<String, Object> step = new LinkedHashMap<>();
      step.put("at", entry.at());
      step.put("colour", colour(entry.what()));
      step.put("title", title(ask, entry));
      step.put("who", entry.who() == null ? "" : entry.who());
      step.put("text", entry.text() == null ? "" : entry.text());
      steps.add(step);
    }
    return steps;
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
    return said.equals(key) ? ask.text("way." + source) + ": " + what.replace('_', ' ') : said;
  }

  /** Who accepted it, when, in whose right, and exactly what; none when nobody did. */
  static List<Map<String, String>> acceptances(Ask ask, Ledger ledger, QueueItem item) {
    List<Map<String, String>> facts = new ArrayList<>();
    QueueItem.Way way = item.way();
    if (way.firstAcceptedAt() != null) {
      fact(
          facts,
          ask.text("queue.accepted.first"),
          who(ask, ledger, way.firstAcceptedBy(), way.firstAcceptedUnder())
              + ", "
              + ask.formats().dateTime(way.firstAcceptedAt()));
    }
    if (way.acceptedAt() != null) {
      fact(
          facts,
          ask.text("queue.accepted.by"),
          who(ask, ledger, way.acceptedBy(), way.acceptedUnder())
              + ", "
              + ask.formats().dateTime(way.acceptedAt()));
    }
    if (way.acceptedDigest() != null) {
      fact(facts, ask.text("queue.accepted.digest"), way.acceptedDigest());
    }
    return facts;
  }

  private static void fact(List<Map<String, String>> facts, String name, String value) {
    facts.add(Map.of("name", name, "value", value));
  }

  private static String who(Ask ask, Ledger ledger, Long user, Long under) {
    if (user == null) {
      return ask.text("queue.accepted.directly");
    }
    String name = name(ledger, user);
    return under == null || under.equals(user)
        ? name
        : ask.text("queue.accepted.under", name, name(ledger, under));
  }

  private static String name(Ledger ledger, long user) {
    return ledger.users().byId(user).map(User::name).orElse("#" + user);
  }
}
