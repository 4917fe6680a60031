package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.FailureNotes.Note;
import io.tieback.ledger.ItemSummary;
import io.tieback.notice.Letter.Action;
import io.tieback.notice.Letter.Block;
import io.tieback.notice.Letter.Fact;
import io.tieback.notice.Letter.Row;
import io.tieback.notice.Letter.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Letters about what failed, is about to fail, or is not heard of. */
final class FailureLetters {

  /** So many reasons are spelled out; the rest is counted. */
  private static final int MOST_REASONS = 15;

  /** So many records of one reason are named; the rest is counted. */
  private static final int MOST_RECORDS = 20;

  private static final Set<String> KINDS =
      Set.of("refused", "defect", "transient", "throttled", "credentials", "conflict", "unknown");

  private final MailPolicy policy;

  FailureLetters(MailPolicy policy) {
    this.policy = policy;
  }

  /** What several records have in common. */
  private record Reason(String kind, String message, String remedy) {
    static Reason of(Note note) {
      return new Reason(note.kind(), note.message(), note.remedy());
    }
  }

  Letter one(Texts texts, ConnectionId connection, Note note, Map<Long, ItemSummary> items) {
    String what = name(texts, note, items);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.facts(
            List.of(
                new Fact(texts.get("fact.connection"), connection.value()),
                new Fact(texts.get("fact.failure"), kind(texts, note.kind())))));
    reason(texts, blocks, Reason.of(note));
    blocks.add(Block.paragraph(texts.get("failure.kept")));
    Action action =
        note.queueItem() == null || policy.console() == null
            ? failedList(texts)
            : new Action(texts.get("open.item"), policy.item(note.queueItem()));
    return new Letter(
        texts.get("failure.subject", what),
        texts.get("failure.headline", ItemWords.capital(what)),
        Tone.RED,
        blocks,
        action);
  }

  Letter many(
      Texts texts, ConnectionId connection, List<Note> notes, Map<Long, ItemSummary> items) {
    Map<Reason, List<Note>> reasons = new LinkedHashMap<>();
    notes.forEach(
        note -> reasons.computeIfAbsent(Reason.of(note), r -> new ArrayList<>()).add(note));
    List<Block> blocks = new ArrayList<>();
    int told = 0;
    int records = 0;
    for (Map.Entry<Reason, List<Note>> reason : reasons.entrySet()) {
      if (told == MOST_REASONS) {
        break;
      }
      told++;
      records += reason.getValue().size();
      blocks.add(
          Block.heading(
              texts.count("failures.records", reason.getValue().size())
                  + ", "
                  + kind(texts, reason.getKey().kind())));
      reason(texts, blocks, reason.getKey());
      blocks.add(Block.rows(null, null, rows(texts, reason.getValue(), items)));
      if (reason.getValue().size() > MOST_RECORDS) {
        blocks.add(
            Block.paragraph(texts.count("failures.more", reason.getValue().size() - MOST_RECORDS)));
      }
    }
    if (records < notes.size()) {
      blocks.add(Block.paragraph(texts.count("failures.others", notes.size() - records)));
    }
    blocks.add(Block.paragraph(texts.get("failures.kept")));
    String count = texts.whole(notes.size());
    return new Letter(
        texts.get("failures.subject", count, connection),
        texts.get("failures.headline", count, connection),
        Tone.RED,
        blocks,
        failedList(texts));
  }

  private List<Row> rows(Texts texts, List<Note> notes, Map<Long, ItemSummary> items) {
    return notes.stream()
        .limit(MOST_RECORDS)
        .map(
            note -> {
              ItemSummary item = note.queueItem() == null ? null : items.get(note.queueItem());
              return new Row(
                  ItemWords.capital(name(texts, note, items)),
                  item == null ? null : policy.item(item.id()),
                  item == null || item.party() == null ? null : Texts.line(item.party()),
                  item == null || item.amount() == null
                      ? null
                      : texts.money(item.amount(), item.currency()),
                  null);
            })
        .toList();
  }

  private static void reason(Texts texts, List<Block> blocks, Reason reason) {
    blocks.add(Block.quote(texts.get("happened"), reason.message()));
    blocks.add(
        Block.paragraph(
            texts.get("remedy"),
            reason.remedy() == null || reason.remedy().isBlank()
                ? texts.get("failure.remedy")
                : reason.remedy()));
  }

  /** English words come with the failure; other languages name the item of the queue. */
  private static String name(Texts texts, Note note, Map<Long, ItemSummary> items) {
    ItemSummary item = note.queueItem() == null ? null : items.get(note.queueItem());
    return item == null || texts.language().equals("en")
        ? note.what()
        : ItemWords.name(texts, item);
  }

  private static String kind(Texts texts, String kind) {
    String word = kind.toLowerCase(Locale.ROOT);
    return KINDS.contains(word) ? texts.get("failure.kind." + word) : word;
  }

  Letter ends(Texts texts, ConnectionId connection, String system, Instant endsAt, Instant now) {
    String name = system(system);
    Duration left = Duration.between(now, endsAt);
    boolean ended = left.isNegative() || left.isZero();
    return new Letter(
        texts.get(ended ? "ends.subject.ended" : "ends.subject", name, connection),
        ended
            ? texts.get("ends.headline.ended", name, connection)
            : texts.get("ends.headline", name, connection, texts.age(left)),
        ended ? Tone.RED : Tone.AMBER,
        List.of(
            Block.facts(
                List.of(
                    new Fact(texts.get("fact.connection"), connection.value()),
                    new Fact(texts.get("fact.system"), name),
                    new Fact(texts.get("fact.ends"), texts.moment(endsAt.atZone(policy.zone()))))),
            Block.paragraph(texts.get("ends.text")),
            Block.paragraph(
                texts.get("remedy"), texts.get("ends.remedy", name, Texts.line(system)))),
        console(texts));
  }

  Letter silent(Texts texts, ConnectionId connection, Instant since, String schedule, Instant now) {
    return new Letter(
        texts.get("silent.subject", connection),
        texts.get("silent.headline", connection, texts.age(Duration.between(since, now))),
        Tone.AMBER,
        List.of(
            Block.facts(
                List.of(
                    new Fact(texts.get("fact.connection"), connection.value()),
                    new Fact(
                        texts.get("fact.last-call"), texts.moment(since.atZone(policy.zone()))),
                    new Fact(texts.get("fact.schedule"), Texts.line(schedule)))),
            Block.paragraph(texts.get("silent.text")),
            Block.paragraph(texts.get("remedy"), texts.get("silent.remedy"))),
        console(texts));
  }

  private static String system(String system) {
    return switch (system) {
      case "xero" -> "Xero";
      case "procore" -> "Procore";
      case "quickbooksonline" -> "QuickBooks Online";
      case "quickbooksdesktop" -> "QuickBooks Desktop";
      default -> Texts.line(system);
    };
  }

  private Action failedList(Texts texts) {
    return policy.console() == null
        ? null
        : new Action(texts.get("open.failed"), policy.list("failed-to-export"));
  }

  private Action console(Texts texts) {
    return policy.console() == null ? null : new Action(texts.get("open.console"), policy.page(""));
  }
}
