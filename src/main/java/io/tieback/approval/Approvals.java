package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people decide about items of the queue (GEN-Q). Each decision looks at who decides, the
 * state, and the version that was shown; and is one transaction with its audit entry, its step in
 * the history and what others are told of it. A refused one changes nothing.
 *
 * <p>Every method throws {@link Refused} with reason and remedy, and {@link Outdated} when the item
 * is not the one that was shown.
 */
public final class Approvals {

  private final Ledger ledger;
  private final Function<ConnectionId, ApprovalPolicy> policies;
  private final Exports exports;
  private final Imports imports;
  private final Desk desk;
  private final Acceptance acceptance;
  private final LiveLooks looks;

  /**
   * @param policies settings of a connection as they are now
   */
  public Approvals(
      Ledger ledger,
      Function<ConnectionId, ApprovalPolicy> policies,
      Exports exports,
      Imports imports,
      Told told) {
    this.ledger = ledger;
    this.policies = policies;
    this.exports = exports;
    this.imports = imports;
    this.desk = new Desk(ledger, policies, told);
    this.looks = new LiveLooks(ledger::now);
    this.acceptance = new Acceptance(ledger, policies, exports, desk);
  }

  /**
   * Composes an item as it would be written now and keeps that for people to look at.
   *
   * @return the item with preview, digest and findings; as it was when its figures changed
   *     meanwhile
   */
  public QueueItem compose(long id) {
    QueueItem item = desk.find(id);
    acceptance.composed(item);
    return desk.find(id);
  }

  /**
   * As {@link #compose}, for somebody who looks: it calls Procore and the ERP, so it is done for
   * those who take part in the work alone, and for one item at most every {@link LiveLooks#EVERY}.
   *
   * @return the item with what was composed last
   */
  public QueueItem look(Person person, QueueItem item) {
    return Permissions.takesPart(person, item.connection(), RecordKind.of(item.kind()))
        ? looks.at(item, () -> compose(item.id()))
        : item;
  }

  /** Lets it wait for an approver (GEN-Q-02), or go out at once by direct export (GEN-DEX-01). */
  public QueueItem send(Person person, long id, int version) {
    return send(person, id, version, Action.SEND);
  }

  /** Sends it again after a retrieval, a rejection, a failure or unlinking (GEN-Q-10). */
  public QueueItem resend(Person person, long id, int version) {
    return send(person, id, version, Action.RESEND);
  }

  private QueueItem send(Person person, long id, int version, Action action) {
    QueueItem sent =
        desk.decide(
            person,
            id,
            version,
            action,
            null,
            (item, to) -> {
              QueueState before = QueueState.of(item.state());
              Sending.refusal(item, before, policies.apply(item.connection()))
                  .ifPresent(
                      refusal -> {
                        throw new Refused(refusal);
                      });
              return ledger
                  .queueMoves()
                  .sent(
                      desk.move(item, action, to, person.email(), null),
                      new QueueMoves.Sender(
                          person.id(), person.procoreUserId(), person.name(), person.email()),
                      before != QueueState.NOT_SENT || item.inErp());
            });
    return acceptance.direct(sent).orElse(sent);
  }

  /** Takes it back before a decision (GEN-Q-03). */
  public QueueItem retrieve(Person person, long id, int version) {
    return simply(person, id, version, Action.RETRIEVE, null);
  }

  /**
   * Lets it go to the ERP (GEN-Q-06). What is accepted is what was shown: when it composes
   * otherwise now, nobody has seen it and it is refused.
   *
   * @param shownDigest digest of what was shown, or null when it could not be composed without the
   *     extra fields
   * @param extra what the ERP needs besides (GEN-Q-05), such as {@link Extra#NUMBER}; blank ones
   *     count as left out
   * @return the item: on its way, or, when its amount needs two, still waiting for the second
   */
  public QueueItem accept(
      Person person, long id, int version, String shownDigest, Map<String, String> extra) {
    return acceptance.accept(person, id, version, shownDigest, extra);
  }

  /**
   * What is to be accepted with others.
   *
   * @param id which item
   * @param version the version that was shown
   * @param shownDigest digest of what was shown
   */
  public record Choice(long id, int version, String shownDigest) {}

  /**
   * What became of one of many.
   *
   * @param id which item
   * @param item as it is now, or null when it was refused
   * @param refusal why not, or null
   */
  public record Result(long id, QueueItem item, Refusal refusal) {}

  /**
   * Accepts many invoices (GEN-Q-13), each on its own: one that is refused does not stop the
   * others. Other kinds are decided one by one and are refused here.
   */
  public List<Result> acceptAll(Person person, List<Choice> choices) {
    List<Result> results = new ArrayList<>();
    for (Choice choice : choices) {
      try {
        RecordKind kind = RecordKind.of(desk.find(choice.id()).kind());
        if (kind != RecordKind.INVOICE) {
          throw new Refused(Refusal.of("accept.bulk", "@kinds." + kind.word()));
        }
        results.add(
            new Result(
                choice.id(),
                accept(person, choice.id(), choice.version(), choice.shownDigest(), Map.of()),
                null));
      } catch (Refused refused) {
        results.add(new Result(choice.id(), null, refused.refusal()));
      }
    }
    return results;
  }

  /**
   * Sends it back (GEN-Q-07).
   *
   * @param comment what is wrong; may be blank where the settings say so (GEN-NOT-09)
   */
  public QueueItem reject(Person person, long id, int version, String comment) {
    String words = comment == null ? "" : comment.strip();
    return desk.decide(
        person,
        id,
        version,
        Action.REJECT,
        words,
        (item, to) -> {
          if (words.isEmpty()
              && policies.apply(item.connection()).comment().required(RecordKind.of(item.kind()))) {
            throw new Refused(Refusal.of("reject.comment"));
          }
          Optional<QueueItem> rejected =
              ledger
                  .queueMoves()
                  .rejected(
                      desk.move(
                          item, Action.REJECT, to, person.email(), words.isEmpty() ? null : words),
                      words,
                      person.name());
          // It failed before: then its dead letter is over too, and nobody replays it by mistake.
          letter(item)
              .ifPresent(
                  letter ->
                      ledger
                          .replays()
                          .discard(
                              letter.id(), person.email(), words.isEmpty() ? "rejected" : words));
          return rejected;
        });
  }

  /**
   * Writes what failed again, exactly as it was accepted (our own: GEN-Q-08). For either door.
   *
   * @throws Refused when it changed in Procore since: then it has to be decided about anew
   */
  public QueueItem retry(Person person, long id, int version) {
    return desk.decide(
        person,
        id,
        version,
        Action.RETRY,
        null,
        (item, to) -> {
          if (item.changedSinceAcceptance()) {
            throw new Refused(Refusal.of("retry.changed"));
          }
          Optional<DeadLetter> letter = letter(item);
          if (letter.isPresent()) {
            // The ledger moves the item with its work item; it only has to be told who did it.
            ledger.replays().replay(letter.get().id(), person.email());
            QueueItem again = desk.find(id);
            if (QueueState.of(again.state()) == to) {
              ledger.queueMoves().attribute(id, Action.RETRY.word(), person.email(), null);
              return ledger.queueItems().find(id);
            }
            return ledger
                .queueMoves()
                .moved(desk.move(again, Action.RETRY, to, person.email(), null));
          }
          if (!item.door().equals(QueueItem.TIEBACK)) {
            throw new Refused(Refusal.of("retry.no_letter"));
          }
          Optional<QueueItem> moved =
              ledger.queueMoves().moved(desk.move(item, Action.RETRY, to, person.email(), null));
          moved.ifPresent(again -> ledger.queueMoves().joined(id, exports.export(again)));
          return moved.map(again -> desk.find(id));
        });
  }

  private Optional<DeadLetter> letter(QueueItem item) {
    return item.workItemId() == null
        ? Optional.empty()
        : ledger.deadLetters().openFor(item.workItemId());
  }

  /**
   * Frees it, once its document is gone in the ERP, which is asked at this moment (GEN-UNL-01).
   *
   * @throws Refused when it is still there, with Procore's own text (GEN-UNL-03)
   */
  public QueueItem unlink(Person person, long id, int version) {
    desk.unlinking(person, id, version);
    try {
      // Asks the ERP and Procore: outside any transaction, and what it finds is decided by it.
      exports.unlink(desk.find(id), person.email());
      return desk.afterwards(person, id, Action.UNLINK);
    } finally {
      ledger.queueMoves().unlinkingEnded(id);
    }
  }

  /** Sets it aside. */
  public QueueItem archive(Person person, long id, int version, String reason) {
    return simply(person, id, version, Action.ARCHIVE, reason);
  }

  /** Takes it up again. */
  public QueueItem restore(Person person, long id, int version) {
    return simply(person, id, version, Action.RESTORE, null);
  }

  /** Adds to Procore what the ERP has. */
  public QueueItem importNow(Person person, long id, int version) {
    desk.look(person, id, version, Action.IMPORT);
    imports.add(desk.find(id), person);
    return desk.afterwards(person, id, Action.IMPORT);
  }

  /** Links what the ERP has to what Procore has already. */
  public QueueItem link(Person person, long id, int version, long procoreId) {
    desk.look(person, id, version, Action.IMPORT);
    imports.link(desk.find(id), procoreId, person);
    return desk.afterwards(person, id, Action.IMPORT);
  }

  /**
   * The pipeline found that an item composes otherwise than what was accepted: it goes back to
   * whoever decides about it (design section 2). In the transaction of the caller, if there is one;
   * call it before its work item is taken off its way.
   *
   * @param why what is different, for people
   */
  public QueueItem returned(long id, String why) {
    return desk.ofItself(
        id,
        Action.RETURN,
        why,
        (item, to) ->
            ledger
                .queueMoves()
                .returned(
                    desk.move(item, Action.RETURN, to, ledger.node(), why),
                    Refusal.of("returned", why).reason(Locale.ENGLISH),
                    Refusal.of("returned", why).remedy(Locale.ENGLISH)));
  }

  /** Why a person may not do this to an item now; empty when they may. For buttons (GEN-Q-11). */
  public Optional<Refusal> refusal(Person person, QueueItem item, Action action) {
    Optional<Refusal> refused = desk.refusal(person, item, action);
    if (refused.isPresent()) {
      return refused;
    }
    return switch (action) {
      case SEND, RESEND ->
          Sending.refusal(item, QueueState.of(item.state()), policies.apply(item.connection()));
      case ACCEPT -> acceptance.refusal(person, item);
      case RETRY ->
          item.changedSinceAcceptance()
              ? Optional.of(Refusal.of("retry.changed"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Accepts what was sent where its kind goes out directly (GEN-DEX-01); for readings. */
  public Optional<QueueItem> exportDirectly(long id) {
    return acceptance.direct(desk.find(id));
  }

  private QueueItem simply(Person person, long id, int version, Action action, String reason) {
    return desk.decide(
        person,
        id,
        version,
        action,
        reason,
        (item, to) ->
            ledger.queueMoves().moved(desk.move(item, action, to, person.email(), reason)));
  }
}
