package io.tieback.notice;

import io.tieback.ledger.ItemSummary;
import io.tieback.notice.Letter.Fact;
import io.tieback.notice.Letter.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Items of the queue in a reader's words. */
final class ItemWords {

  private ItemWords() {}

  /** Such as {@code subcontractor invoice PC-1001}. */
  static String name(Texts texts, ItemSummary item) {
    return texts.get("kind." + item.kind()) + " " + which(item);
  }

  private static String which(ItemSummary item) {
    String number = Texts.line(item.number());
    if (!number.isEmpty()) {
      return number;
    }
    String title = Texts.line(item.title());
    return title.isEmpty() ? String.valueOf(item.procoreId()) : title;
  }

  /** What an approver knows it by. */
  static List<Fact> facts(Texts texts, ItemSummary item) {
    List<Fact> facts = new ArrayList<>();
    add(facts, texts.get("fact.connection"), item.connection().value());
    add(facts, texts.get("fact.title"), item.number() == null ? null : item.title());
    add(facts, texts.get("fact.party"), item.party());
    add(facts, texts.get("fact.project"), item.projectName());
    if (item.amount() != null) {
      add(facts, texts.get("fact.amount"), texts.money(item.amount(), item.currency()));
    }
    return facts;
  }

  private static void add(List<Fact> facts, String label, String value) {
    String line = Texts.line(value);
    if (!line.isEmpty()) {
      facts.add(new Fact(label, line));
    }
  }

  /** A row of a list. */
  static Row row(Texts texts, ItemSummary item, MailPolicy policy, Instant now, String more) {
    List<String> details = new ArrayList<>();
    for (String detail :
        new String[] {
          item.number() == null ? null : item.title(), item.party(), item.projectName(), more
        }) {
      String line = Texts.line(detail);
      if (!line.isEmpty()) {
        details.add(line);
      }
    }
    return new Row(
        capital(name(texts, item)),
        policy.item(item.id()),
        details.isEmpty() ? null : String.join(" \u00b7 ", details),
        item.amount() == null ? null : texts.money(item.amount(), item.currency()),
        texts.age(Duration.between(item.stateSince(), now)));
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, text.offsetByCodePoints(0, 1)).toUpperCase(java.util.Locale.ROOT)
            + text.substring(text.offsetByCodePoints(0, 1));
  }
}
