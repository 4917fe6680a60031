package io.tieback.console.queue;

import io.tieback.console.page.Ask;
import io.tieback.console.page.Way;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way of an item as a timeline, and who accepted what. */
final class ItemWay {

  private ItemWay() {}

  /** Steps for the timeline macro, oldest first. */
  static List<Way.Step> steps(Ask ask, Ledger ledger, QueueItem item) {
    return Way.steps(ask, ledger.timelineOfQueueItem(item.id()));
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
