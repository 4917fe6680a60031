package io.tieback.notice;

import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemSummary;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is told once a day, at {@code mail.digest-at}: to each approver what waits for them
 * (GEN-NOT-01), to administrators what waits too long, and which sign-ins are about to end.
 * Whatever the number of nodes, one of them does it; a node that was down at that time does it
 * later that day.
 */
public final class DailySummary {

  private static final Logger LOG = LoggerFactory.getLogger(DailySummary.class);
  private static final Set<QueueState> WAIT =
      Set.of(QueueState.READY_TO_EXPORT, QueueState.READY_TO_UPDATE);
  private static final List<String> STATES =
      List.of(
          QueueState.READY_TO_EXPORT.word(),
          QueueState.READY_TO_UPDATE.word(),
          QueueState.READY_TO_IMPORT.word(),
          QueueState.FAILED.word());

  private final Ledger ledger;
  private final MailPolicy policy;
  private final Addressees addressees;
  private final Post post;
  private final Notifier notifier;
  private final SummaryLetters letters;
  private final ConnectionId first;
  private final Clock clock;

  /**
   * @param first under which connection mails about several are kept
   */
  DailySummary(
      Ledger ledger,
      MailPolicy policy,
      Addressees addressees,
      Post post,
      Notifier notifier,
      ConnectionId first,
      Clock clock) {
    this.ledger = ledger;
    this.policy = policy;
    this.addressees = addressees;
    this.post = post;
    this.notifier = notifier;
    this.letters = new SummaryLetters(policy);
    this.first = first;
    this.clock = clock;
  }

  /**
   * Does it when it is due and nobody did it today; a route calls it every minute.
   *
   * @return whether it was done now
   */
  public boolean runIfDue() {
    ZonedDateTime now = clock.instant().atZone(policy.zone());
    if (!post.open()
        || now.toLocalTime().isBefore(policy.digestAt())
        || ledger.dailyRuns().taken(now.toLocalDate())) {
      return false;
    }
    return ledger.together(
        () -> {
          if (!ledger.dailyRuns().take(now.toLocalDate())) {
            return false;
          }
          int mails = write(now);
          LOG.info("daily summary written day='{}' mails='{}'", now.toLocalDate(), mails);
          return true;
        });
  }

  private int write(ZonedDateTime now) {
    Map<Person, Recipient> readers = addressees.summaryReaders();
    Map<Person, Waiting> waiting = new LinkedHashMap<>();
    readers.keySet().forEach(person -> waiting.put(person, new Waiting()));
    List<ItemSummary> late = new ArrayList<>();
    ledger
        .itemSummaries()
        .each(
            STATES,
            item -> {
              waiting.forEach(
                  (person, sorted) -> {
                    if (concerns(person, item)) {
                      sorted.add(item);
                    }
                  });
              if (isLate(item, now.toInstant())) {
                late.add(item);
              }
            });
    int mails = 0;
    for (Map.Entry<Person, Waiting> of : waiting.entrySet()) {
      if (of.getValue().somethingToDecide()) {
        mails +=
            post.send(
                first,
                "digest",
                List.of(readers.get(of.getKey())),
                "digest " + now.toLocalDate(),
                (texts, reader) -> letters.digest(texts, of.getValue(), now.toInstant()));
      }
    }
    return mails + escalate(late, now.toInstant()) + warnOfEndings();
  }

  private boolean concerns(Person person, ItemSummary item) {
    return QueueState.of(item.state()) == QueueState.READY_TO_IMPORT
        ? addressees.imports(person, item)
        : addressees.decides(person, item);
  }

  private boolean isLate(ItemSummary item, Instant now) {
    return policy.escalateAfter() != null
        && WAIT.contains(QueueState.of(item.state()))
        && !item.stateSince().isAfter(now.minus(policy.escalateAfter()));
  }

  private int escalate(List<ItemSummary> late, Instant now) {
    Set<Long> untold = ledger.dailyRuns().escalate(late.stream().map(ItemSummary::id).toList());
    List<ItemSummary> tell = late.stream().filter(item -> untold.contains(item.id())).toList();
    if (tell.isEmpty()) {
      return 0;
    }
    List<Person> everybody = addressees.everybody();
    Map<Long, List<String>> deciders = new LinkedHashMap<>();
    letters
        .named(tell)
        .forEach(
            item ->
                deciders.put(
                    item.id(),
                    everybody.stream()
                        .filter(person -> addressees.decides(person, item))
                        .map(Person::name)
                        .toList()));
    return post.send(
        first,
        "escalation",
        addressees.administratorsWithDigest(),
        null,
        (texts, reader) -> letters.escalation(texts, tell, deciders, now));
  }

  /** A sign-in that is not used ends some time after it was renewed last. */
  private int warnOfEndings() {
    ledger
        .credentials()
        .renewals()
        .forEach(
            renewal ->
                Optional.ofNullable(renewal.endsAt())
                    .or(
                        () ->
                            Optional.ofNullable(policy.unusedEndsAfter().get(renewal.system()))
                                .map(after -> renewal.at().plus(after)))
                    .ifPresent(
                        endsAt -> notifier.warn(renewal.connection(), renewal.system(), endsAt)));
    return 0;
  }

  /** How old the oldest of these is. */
  static Duration oldest(List<ItemSummary> items, Instant now) {
    return items.stream()
        .map(item -> Duration.between(item.stateSince(), now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
