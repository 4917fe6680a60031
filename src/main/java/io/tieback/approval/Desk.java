package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every decision does: looks, moves, audits in one transaction, and tells afterwards. */
final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** How long freeing an item may take; a node that stopped meanwhile holds it no longer. */
  private static final Duration UNLINKING = Duration.ofMinutes(15);

  private final Ledger ledger;
  private final Function<ConnectionId, ApprovalPolicy> policies;
  private final Told told;

  Desk(Ledger ledger, Function<ConnectionId, ApprovalPolicy> policies, Told told) {
    this.ledger = ledger;
    this.policies = policies;
    this.told = told;
  }

  /** Stores a decision about a held item; empty when its version is another. */
  interface Storing {
    Optional<QueueItem> store(QueueItem item, QueueState to);
  }

  QueueItem find(long id) {
    return ledger
        .queueItems()
        .find(id)
        .orElseThrow(() -> new Refused(Refusal.of("item.unknown", id)));
  }

  QueueMoves.Move move(QueueItem item, Action action, QueueState to, String who, String reason) {
    return new QueueMoves.Move(item.id(), item.version(), action.word(), to.word(), who, reason);
  }

  /** Why this person may not do this to the item, whoever has which version of it. */
  Optional<Refusal> refusal(Person person, QueueItem item, Action action) {
    Optional<Refusal> permission =
        Permissions.refusal(person, action, item.connection(), RecordKind.of(item.kind()));
    if (permission.isPresent()) {
      return permission;
    }
    if (!item.door().equals(QueueItem.TIEBACK) && action != Action.RETRY) {
      return Optional.of(Refusal.of("door.procore"));
    }
    return Optional.ofNullable(outcome(item, action).refusal());
  }

  /** Looks without holding, for what asks outside before it moves. */
  QueueItem look(Person person, long id, int version, Action action) {
    QueueItem item = find(id);
    require(person, item, version, action);
    return item;
  }

  /**
   * Begins to free an item. What is decided meanwhile is refused, and what was decided before makes
   * this the one that is refused: it is never on its way and freed at the same time.
   */
  void unlinking(Person person, long id, int version) {
    ledger.together(
        () -> {
          QueueItem item = held(id);
          require(person, item, version, Action.UNLINK);
          ledger.queueMoves().unlinking(id, UNLINKING);
          return item;
        });
  }

  void require(Person person, QueueItem item, int version, Action action) {
    // Who may not do it at all is told so first; who may, learns that it changed.
    Permissions.refusal(person, action, item.connection(), RecordKind.of(item.kind()))
        .ifPresent(
            refusal -> {
              throw new Refused(refusal);
            });
    Optional<Refusal> refusal = refusal(person, item, action);
    if (item.version() != version) {
      throw outdated(item, refusal);
    }
    refusal.ifPresent(
        one -> {
          throw new Refused(one);
        });
    if (ledger.queueItems().unlinking(item.id())) {
      throw new Refused(Refusal.of("item.unlinking"));
    }
  }

  Outdated outdated(QueueItem item, Optional<Refusal> refusal) {
    return new Outdated(
        refusal.isPresent() && refusal.get().code().startsWith("move.")
            ? refusal.get()
            : Refusal.of(
                "item.outdated",
                "@state." + item.state(),
                item.way().decidedBy() == null ? "@decided.nobody" : item.way().decidedBy()),
        item);
  }

  /** A person's decision. */
  QueueItem decide(
      Person person, long id, int version, Action action, String reason, Storing storing) {
    return ledger.together(
        () -> {
          QueueItem item = held(id);
          require(person, item, version, action);
          QueueItem stored =
              storing
                  .store(item, outcome(item, action).to())
                  .orElseThrow(() -> outdated(find(id), Optional.empty()));
          Permissions.Authority authority =
              Permissions.authorities(person, action, item.connection(), RecordKind.of(item.kind()))
                  .get(0);
          audit(authority, action, item, stored, reason, Map.of());
          tell(action, stored, person.email(), reason);
          return stored;
        });
  }

  /** What nobody decides: the pipeline or a reading. */
  QueueItem ofItself(long id, Action action, String reason, Storing storing) {
    return ledger.together(
        () -> {
          QueueItem item = held(id);
          Moves.Outcome outcome = outcome(item, action);
          if (!outcome.allowed()) {
            throw new Refused(outcome.refusal());
          }
          QueueItem stored =
              storing
                  .store(item, outcome.to())
                  .orElseThrow(() -> outdated(find(id), Optional.empty()));
          tell(action, stored, ledger.node(), reason);
          return stored;
        });
  }

  /** The move of a deed that was done outside already: by the ledger itself, or now. */
  QueueItem afterwards(Person person, long id, Action action) {
    return ledger.together(
        () -> {
          QueueItem item = held(id);
          Moves.Outcome outcome = outcome(item, action);
          QueueItem stored;
          if (outcome.allowed()) {
            QueueMoves.Move move = move(item, action, outcome.to(), person.email(), null);
            stored =
                (action == Action.UNLINK
                        ? ledger.queueMoves().parted(move)
                        : ledger.queueMoves().moved(move))
                    .orElseThrow();
          } else {
            ledger.queueMoves().attribute(id, action.word(), person.email(), null);
            stored = find(id);
          }
          Permissions.Authority authority =
              Permissions.authorities(person, action, item.connection(), RecordKind.of(item.kind()))
                  .stream()
                  .findFirst()
                  .orElse(new Permissions.Authority(person, person));
          audit(authority, action, item, stored, null, Map.of());
          tell(action, stored, person.email(), null);
          return stored;
        });
  }

  QueueItem held(long id) {
    return ledger
        .queueItems()
        .hold(id)
        .orElseThrow(() -> new Refused(Refusal.of("item.unknown", id)));
  }

  Moves.Outcome outcome(QueueItem item, Action action) {
    return Moves.move(
        QueueState.of(item.state()),
        action,
        new Moves.Circumstances(item.inErp(), item.isImport()));
  }

  /** The trail names who acted and, where somebody stood in, for whom. */
  void audit(
      Permissions.Authority authority,
      Action action,
      QueueItem before,
      QueueItem after,
      String reason,
      Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("from", before.state());
    detail.put("to", after.state());
    detail.put("version", Integer.toString(before.version()));
    if (authority.delegated()) {
      detail.put("in the right of", authority.rightsOf().email());
    }
    if (reason != null && !reason.isBlank()) {
      detail.put("reason", reason);
    }
    ledger
        .audit()
        .append(
            authority.person().email(),
            before.connection(),
            action.word(),
            subject(before),
            detail);
  }

  static String subject(QueueItem item) {
    return "queue item "
        + item.id()
        + " ("
        + item.entity()
        + " "
        + (item.procoreId() == null ? item.erpKey() : item.procoreId())
        + ")";
  }

  void tell(Action action, QueueItem item, String who, String reason) {
    try {
      told.of(new Told.News(action, item, who, reason));
    } catch (RuntimeException e) {
      // A mail that cannot be composed does not undo a decision. What reached the database and was
      // refused there does: nothing can be committed after it.
      LOG.error("Nobody was told that {} was done to {}", action.word(), subject(item), e);
    }
  }

  ApprovalPolicy policy(QueueItem item) {
    return policies.apply(item.connection());
  }

  List<Permissions.Authority> authorities(Person person, QueueItem item, Action action) {
    return Permissions.authorities(person, action, item.connection(), RecordKind.of(item.kind()));
  }
}
