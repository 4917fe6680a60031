package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.User;
import io.tieback.rules.Finding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepting: what was shown is what goes out (design section 2), four eyes (GEN-PERM-21), amount
 * limits, a second approver above an amount, and direct export (GEN-DEX).
 */
final class Acceptance {

  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  /** Kinds that may go out without an approver (GEN-DEX-02). */
  private static final Set<RecordKind> DIRECT =
      EnumSet.of(RecordKind.COMMITMENT, RecordKind.CHANGE_ORDER, RecordKind.INVOICE);

  /**
   * Rules that an approver can meet by what they enter: the number (GEN-API-27), the accounting
   * date (TB-COM-03, TB-INV-07, XR-INV-04).
   */
  static final Set<String> ENTERED_ON_ACCEPTING =
      Set.of("GEN-API-27", "TB-COM-03", "TB-INV-07", "XR-INV-04");

  private final Ledger ledger;
  private final Function<ConnectionId, ApprovalPolicy> policies;
  private final Exports exports;
  private final Desk desk;

  Acceptance(
      Ledger ledger, Function<ConnectionId, ApprovalPolicy> policies, Exports exports, Desk desk) {
    this.ledger = ledger;
    this.policies = policies;
    this.exports = exports;
    this.desk = desk;
  }

  /** Composes it and keeps that for people to look at. */
  Composed composed(QueueItem item) {
    Composed now = exports.compose(item);
    ledger
        .queueItems()
        .composed(
            item,
            now.preview(),
            now.digest(),
            Findings.json(now.findings()),
            now.amount(),
            now.currency(),
            now.number());
    return now;
  }

  QueueItem accept(
      Person person, long id, int version, String shownDigest, Map<String, String> extra) {
    QueueItem item = desk.look(person, id, version, Action.ACCEPT);
    Map<String, String> fields = new HashMap<>(Extra.read(item.way().extra()));
    fields.putAll(extra);
    String given = Extra.json(fields);
    requireNumber(item, Extra.read(given));
    Extra.wrongDate(Extra.read(given))
        .ifPresent(
            refusal -> {
              throw new Refused(refusal);
            });
    boolean entered = !Extra.read(given).equals(Extra.read(item.way().extra()));
    if (entered) {
      // Kept before it is composed: the page shows the document with what was entered.
      if (!ledger.queueItems().entered(id, version, given)) {
        throw desk.outdated(desk.find(id), Optional.empty());
      }
      item = item.withExtra(given);
    }
    // Reads Procore and the ERP, so it runs before the transaction; the version is looked at again.
    Composed now = composed(item);
    if (entered) {
      requireWritten(now);
    }
    if (!Objects.equals(now.digest(), shownDigest)) {
      throw new Outdated(Refusal.of(entered ? "accept.entered" : "accept.other"), desk.find(id));
    }
    requireWritten(now);
    return store(person, id, version, now, given);
  }

  private static void requireWritten(Composed now) {
    against(now)
        .ifPresent(
            refusal -> {
              throw new Refused(refusal);
            });
  }

  /** Why what was composed cannot go; empty when it can. */
  private static Optional<Refusal> against(Composed now) {
    return now.refused()
        ? Findings.against(now.findings()).or(() -> Optional.of(Refusal.of("accept.unread")))
        : Optional.empty();
  }

  /**
   * Why nobody can accept it as far as is known: what was found when it was composed last, or read.
   * What is entered on accepting is not held against it.
   */
  private static Optional<Refusal> against(QueueItem item) {
    if (item.isImport()) {
      return Optional.empty();
    }
    List<Finding> known =
        item.shown().digest() != null ? Findings.read(item.shown().findings()) : Findings.of(item);
    return Findings.against(
        known.stream().filter(one -> !ENTERED_ON_ACCEPTING.contains(one.ruleId())).toList());
  }

  private QueueItem store(Person person, long id, int version, Composed accepted, String extra) {
    Action[] done = {Action.ACCEPT};
    QueueItem after =
        ledger.together(
            () -> {
              QueueItem item = desk.held(id);
              desk.require(person, item, version, Action.ACCEPT);
              Worth worth = Worth.of(item, accepted);
              Permissions.Authority authority = authority(person, item, worth, accepted.digest());
              QueueMoves.Acceptance acceptance =
                  new QueueMoves.Acceptance(
                      person.id(),
                      authority.rightsOf().id(),
                      person.name(),
                      accepted.digest(),
                      extra);
              done[0] =
                  needsTwo(item, worth) && !secondOf(item, accepted.digest())
                      ? Action.ACCEPT_FIRST
                      : Action.ACCEPT;
              QueueMoves.Move move =
                  desk.move(
                      item,
                      done[0],
                      desk.outcome(item, done[0]).to(),
                      person.email(),
                      why(done[0], authority, worth));
              QueueItem stored =
                  (done[0] == Action.ACCEPT_FIRST
                          ? ledger.queueMoves().firstAccepted(move, acceptance)
                          : ledger.queueMoves().accepted(move, acceptance))
                      .orElseThrow(() -> desk.outdated(desk.find(id), Optional.empty()));
              ledger.doorRequests().bind(id, accepted.parts());
              desk.audit(
                  authority,
                  done[0],
                  item,
                  stored,
                  null,
                  Map.of(
                      "amount",
                      worth.plain(),
                      "currency",
                      String.valueOf(worth.currency()),
                      "digest",
                      String.valueOf(accepted.digest()),
                      "extra",
                      extra));
              QueueItem told = done[0] == Action.ACCEPT ? export(stored) : stored;
              desk.tell(done[0], told, person.email(), null);
              return told;
            });
    return after;
  }

  /** For the history: in whose right, and why two have to accept what no limit measures. */
  private static String why(Action done, Permissions.Authority authority, Worth worth) {
    List<String> why = new ArrayList<>();
    if (authority.delegated()) {
      why.add("in the right of " + authority.rightsOf().email());
    }
    if (done == Action.ACCEPT_FIRST && worth.unmeasured()) {
      why.add(worth.needsSecond().reason(Locale.ENGLISH));
    }
    return why.isEmpty() ? null : String.join("; ", why);
  }

  private QueueItem export(QueueItem item) {
    ledger.queueMoves().joined(item.id(), exports.export(outgoing(item)));
    return desk.find(item.id());
  }

  private static QueueItem outgoing(QueueItem item) {
    return RecordKind.of(item.kind()) == RecordKind.BUDGET
        ? item.withEvent(Budgets.unsynced(item.about().event()))
        : item;
  }

  // ---- direct export

  /**
   * Lets an item that was just sent go out, where its kind goes out directly; empty when it waits
   * for an approver: because its kind does, because a field is missing that cannot be given at send
   * time (GEN-DEX-04), because a person corrected it, or because its amount needs two. The history
   * says why.
   */
  Optional<QueueItem> direct(QueueItem sent) {
    RecordKind kind = RecordKind.of(sent.kind());
    ApprovalPolicy policy = policies.apply(sent.connection());
    QueueState state = QueueState.of(sent.state());
    boolean waits = state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE;
    if (!waits || !DIRECT.contains(kind) || !policy.directExport().contains(kind)) {
      return Optional.empty();
    }
    try {
      return letOut(sent);
    } catch (Refused refused) {
      // It is sent, and others that were sent with it are not held up: an approver decides.
      return waitsForAnApprover(sent, refused.getMessage());
    }
  }

  /** The step with which it was sent says why it did not go out. */
  private Optional<QueueItem> waitsForAnApprover(QueueItem sent, String why) {
    LOG.warn(
        "does not go out directly, waits for an approver {} why='{}'", Desk.subject(sent), why);
    ledger.queueMoves().explained(sent, "It does not go out directly, an approver decides: " + why);
    return Optional.empty();
  }

  /** Why it does not go out without an approver; empty when it does. */
  private Optional<String> heldBack(QueueItem sent) {
    QueueItem.Correction correction = sent.correction();
    if (correction != null) {
      return Optional.of(
          Refusal.of("direct.corrected", correction.who(), correction.at()).reason(Locale.ENGLISH));
    }
    if (missingNumber(sent, Extra.read(sent.way().extra()))) {
      return Optional.of(
          Refusal.of("accept.number", desk.policy(sent).erpName()).reason(Locale.ENGLISH));
    }
    return Extra.wrongDate(Extra.read(sent.way().extra()))
        .map(refusal -> refusal.reason(Locale.ENGLISH));
  }

  private Optional<QueueItem> letOut(QueueItem sent) {
    Optional<String> held = heldBack(sent);
    if (held.isPresent()) {
      return waitsForAnApprover(sent, held.get());
    }
    Composed now = composed(sent);
    Worth worth = Worth.of(sent, now);
    Optional<Refusal> why =
        against(now)
            .or(
                () ->
                    needsTwo(sent, worth)
                        ? Optional.of(worth.directly(desk.policy(sent).secondApproverAbove()))
                        : Optional.empty());
    if (why.isPresent()) {
      return waitsForAnApprover(sent, why.get().reason(Locale.ENGLISH));
    }
    QueueItem out =
        ledger.together(
            () -> {
              QueueItem item = desk.held(sent.id());
              Moves.Outcome outcome = desk.outcome(item, Action.ACCEPT);
              if (!outcome.allowed()
                  || item.version() != sent.version()
                  || item.correction() != null
                  || ledger.queueItems().unlinking(item.id())) {
                return null;
              }
              QueueItem stored =
                  ledger
                      .queueMoves()
                      .accepted(
                          desk.move(
                              item, Action.ACCEPT, outcome.to(), ledger.node(), "direct export"),
                          new QueueMoves.Acceptance(
                              null, null, "direct export", now.digest(), item.way().extra()))
                      .orElseThrow();
              ledger
                  .audit()
                  .append(
                      "direct export",
                      item.connection(),
                      Action.ACCEPT.word(),
                      Desk.subject(item),
                      Map.of(
                          "sent by",
                          String.valueOf(item.way().sentByMail()),
                          "digest",
                          String.valueOf(now.digest())));
              QueueItem exported = export(stored);
              desk.tell(Action.ACCEPT, exported, ledger.node(), "direct export");
              return exported;
            });
    return Optional.ofNullable(out);
  }

  // ---- who may

  /** Why this person may not accept it, besides state and right; empty when they may. */
  Optional<Refusal> refusal(Person person, QueueItem item) {
    Optional<Refusal> written = against(item);
    if (written.isPresent()) {
      return written;
    }
    try {
      var unused = authority(person, item, Worth.shown(item), item.shown().digest());
      return Optional.empty();
    } catch (Refused refused) {
      return Optional.of(refused.refusal());
    }
  }

  /** In whose right the person accepts: the first that four eyes, limit and second eyes allow. */
  private Permissions.Authority authority(
      Person person, QueueItem item, Worth worth, String digest) {
    Refusal first = null;
    for (Permissions.Authority authority : desk.authorities(person, item, Action.ACCEPT)) {
      Optional<Refusal> against = against(authority, item, worth, digest);
      if (against.isEmpty()) {
        return authority;
      }
      first = first == null ? against.get() : first;
    }
    throw new Refused(Objects.requireNonNull(first, "whoever may not accept was refused before"));
  }

  private Optional<Refusal> against(
      Permissions.Authority authority, QueueItem item, Worth worth, String digest) {
    if (desk.policy(item).fourEyes()) {
      Optional<Refusal> sender =
          sender(authority.person(), item).or(() -> sender(authority.rightsOf(), item));
      if (sender.isPresent()) {
        return sender;
      }
    }
    Money limit = authority.rightsOf().amountLimit();
    if (worth.above(limit)) {
      return Optional.of(worth.aboveLimit(limit, authority.rightsOf().name()));
    }
    Long firstBy = item.way().firstAcceptedBy();
    if (needsTwo(item, worth) && secondOf(item, digest)) {
      List<Long> second = List.of(authority.person().id(), authority.rightsOf().id());
      Long firstUnder = item.way().firstAcceptedUnder();
      if (second.contains(firstBy) || second.contains(firstUnder)) {
        return Optional.of(
            authority.person().id() == firstBy
                ? worth.needsSecond()
                : firstUnder == null || firstUnder.equals(firstBy)
                    ? Refusal.of("accept.second_by", name(firstBy))
                    : Refusal.of("accept.second_of", name(firstBy), name(firstUnder)));
      }
    }
    return Optional.empty();
  }

  /**
   * Why this person is not another than the sender; than whoever created it, where nobody is known
   * to have sent it. When the sender is known by Procore's id alone, only an id of Procore can tell
   * the two apart: without one it is refused.
   */
  private Optional<Refusal> sender(Person person, QueueItem item) {
    QueueItem.Way way = item.way();
    QueueItem.About about = item.about();
    boolean unknown =
        way.sentBy() == null && way.sentByProcoreId() == null && way.sentByMail() == null;
    Long procoreId = unknown ? about.createdByProcoreId() : way.sentByProcoreId();
    String mail = unknown ? about.createdByMail() : way.sentByMail();
    if (Objects.equals(way.sentBy(), person.id())
        || (procoreId != null && procoreId.equals(person.procoreUserId()))
        || same(person, mail)) {
      return Optional.of(Refusal.of("accept.four_eyes"));
    }
    boolean untold =
        procoreId != null && way.sentBy() == null && mail == null && person.procoreUserId() == null;
    return untold
        ? Optional.of(Refusal.of("accept.four_eyes_unlinked", person.name()))
        : Optional.empty();
  }

  private boolean same(Person person, String mail) {
    return mail != null
        && (mail.equalsIgnoreCase(person.email())
            || ledger
                .users()
                .byId(person.id())
                .map(User::procoreLogin)
                .filter(mail::equalsIgnoreCase)
                .isPresent());
  }

  private String name(Long user) {
    return user == null
        ? "-"
        : ledger.users().byId(user).map(User::name).orElseGet(() -> "#" + user);
  }

  private boolean needsTwo(QueueItem item, Worth worth) {
    return worth.above(desk.policy(item).secondApproverAbove());
  }

  /** Whether somebody has accepted exactly this already. */
  private static boolean secondOf(QueueItem item, String digest) {
    return item.way().firstAcceptedBy() != null
        && Objects.equals(item.way().acceptedDigest(), digest);
  }

  private void requireNumber(QueueItem item, Map<String, String> fields) {
    if (missingNumber(item, fields)) {
      throw new Refused(Refusal.of("accept.number", desk.policy(item).erpName()));
    }
  }

  private boolean missingNumber(QueueItem item, Map<String, String> fields) {
    return desk.policy(item).numberByApprover().contains(RecordKind.of(item.kind()))
        && !item.inErp()
        && !fields.containsKey(Extra.NUMBER);
  }
}
