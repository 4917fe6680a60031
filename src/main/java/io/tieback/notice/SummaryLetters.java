package io.tieback.notice;

import io.tieback.approval.QueueList;
import io.tieback.approval.QueueState;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemSummary;
import io.tieback.notice.Letter.Action;
import io.tieback.notice.Letter.Block;
import io.tieback.notice.Letter.Row;
import io.tieback.notice.Letter.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Letters about many items of the queue: what waits, and what waits too long. */
final class SummaryLetters {

  private static final int MOST_DECIDERS = 3;

  private final MailPolicy policy;

  SummaryLetters(MailPolicy policy) {
    this.policy = policy;
  }

  /** What waits for one person, by connection and list, the oldest first. */
  Letter digest(Texts texts, Waiting waiting, Instant now) {
    List<Block> blocks = new ArrayList<>();
    for (ConnectionId connection : waiting.connections()) {
      blocks.add(Block.heading(connection.value()));
      waiting
          .piles(connection)
          .forEach((state, pile) -> list(texts, blocks, state.list(), pile, now));
    }
    return new Letter(
        texts.get("digest.subject"),
        texts.count("digest.headline", waiting.toDecide()),
        Tone.BLUE,
        blocks,
        policy.console() == null
            ? null
            : new Action(texts.get("open.list"), policy.list(firstList(waiting).path())));
  }

  private static QueueList firstList(Waiting waiting) {
    return waiting.connections().stream()
        .flatMap(connection -> waiting.piles(connection).keySet().stream())
        .sorted()
        .findFirst()
        .map(QueueState::list)
        .orElse(QueueList.READY_TO_EXPORT);
  }

  private void list(
      Texts texts, List<Block> blocks, QueueList list, Waiting.Pile pile, Instant now) {
    String name = texts.get("list." + list.path());
    boolean decisions = list == QueueList.READY_TO_EXPORT || list == QueueList.READY_TO_UPDATE;
    if (!decisions) {
      blocks.add(
          Block.rows(
              null,
              null,
              List.of(
                  new Row(
                      name,
                      policy.list(list.path()),
                      texts.count("items", pile.count()),
                      null,
                      null))));
      return;
    }
    String sums =
        pile.sums().entrySet().stream()
            .map(sum -> texts.money(sum.getValue(), sum.getKey()))
            .collect(Collectors.joining(" + "));
    String age = texts.get("digest.oldest", texts.age(Duration.between(pile.since(), now)));
    blocks.add(
        Block.rows(
            name,
            texts.count("items", pile.count()) + (sums.isEmpty() ? "" : ", " + sums) + ", " + age,
            pile.named().stream()
                .map(item -> ItemWords.row(texts, item, policy, now, second(texts, item)))
                .toList()));
    long more = pile.count() - pile.named().size();
    if (more > 0) {
      blocks.add(Block.rows(null, null, List.of(moreRow(texts, more, list.path()))));
    }
  }

  private static String second(Texts texts, ItemSummary item) {
    return item.firstAcceptedBy() == null ? null : texts.get("digest.second");
  }

  private Row moreRow(Texts texts, long more, String list) {
    return new Row(texts.count("digest.more", more), policy.list(list), null, null, null);
  }

  /** The oldest, which a letter names. */
  List<ItemSummary> named(List<ItemSummary> late) {
    return late.stream()
        .sorted(Comparator.comparing(ItemSummary::stateSince).thenComparing(ItemSummary::id))
        .limit(2L * Waiting.MOST_NAMED)
        .toList();
  }

  /**
   * What waits too long, to administrators.
   *
   * @param deciders names of those who may decide, by item
   */
  Letter escalation(
      Texts texts, List<ItemSummary> late, Map<Long, List<String>> deciders, Instant now) {
    List<ItemSummary> named = named(late);
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(texts.get("escalation.text", texts.age(policy.escalateAfter()))));
    Map<String, List<ItemSummary>> connections = new java.util.TreeMap<>();
    named.forEach(
        item ->
            connections
                .computeIfAbsent(item.connection().value(), c -> new ArrayList<>())
                .add(item));
    connections.forEach(
        (connection, items) -> {
          blocks.add(Block.heading(connection));
          blocks.add(
              Block.rows(
                  null,
                  null,
                  items.stream()
                      .map(
                          item ->
                              ItemWords.row(
                                  texts,
                                  item,
                                  policy,
                                  now,
                                  who(texts, deciders.getOrDefault(item.id(), List.of()))))
                      .toList()));
        });
    if (late.size() > named.size()) {
      blocks.add(
          Block.rows(
              null,
              null,
              List.of(
                  moreRow(texts, late.size() - named.size(), QueueList.READY_TO_EXPORT.path()))));
    }
    blocks.add(Block.paragraph(texts.get("remedy"), texts.get("escalation.remedy")));
    return new Letter(
        texts.count("escalation.subject", late.size()),
        texts.count("escalation.headline", late.size(), texts.age(DailySummary.oldest(late, now))),
        Tone.AMBER,
        blocks,
        policy.console() == null
            ? null
            : new Action(texts.get("open.list"), policy.list(QueueList.READY_TO_EXPORT.path())));
  }

  private static String who(Texts texts, List<String> names) {
    if (names.isEmpty()) {
      return texts.get("escalation.nobody");
    }
    String some =
        names.stream().limit(MOST_DECIDERS).map(Texts::line).collect(Collectors.joining(", "));
    return names.size() <= MOST_DECIDERS
        ? texts.get("escalation.who", some)
        : texts.count("escalation.who-more", names.size() - MOST_DECIDERS, some);
  }
}
