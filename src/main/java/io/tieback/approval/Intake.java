package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Takes what the Tieback door has read into the queue. What was decided is kept; what changed moves
 * as {@link Moves} says; what is in order is sent by itself, in the name of whoever made it so in
 * Procore.
 */
public final class Intake {

  private final Ledger ledger;
  private final Function<ConnectionId, ApprovalPolicy> policies;
  private final Approvals approvals;
  private final Desk desk;

  /**
   * @param approvals lets out what goes directly
   * @param told is told of what was sent
   */
  public Intake(
      Ledger ledger,
      Function<ConnectionId, ApprovalPolicy> policies,
      Approvals approvals,
      Told told) {
    this.ledger = ledger;
    this.policies = policies;
    this.approvals = approvals;
    this.desk = new Desk(ledger, policies, told);
  }

  /** When a record that nothing forbids is sent by itself. */
  public enum Sends {
    /** Never: somebody has to send it. */
    NEVER,
    /** The first time, and again after it was corrected. */
    CORRECTED,
    /** Also when it is in the ERP already and has changed. */
    UPDATES
  }

  /**
   * A record as it was read.
   *
   * @param record what it is, with its findings
   * @param sender who made it ready in Procore, as far as that is known
   * @param sends when it is sent by itself
   * @param joined whether its counterpart in the ERP is known, however that came about
   */
  public record Reading(
      QueueReading record, QueueMoves.Sender sender, Sends sends, boolean joined) {

    /** A record of whose counterpart nothing is known. */
    public Reading(QueueReading record, QueueMoves.Sender sender, Sends sends) {
      this(record, sender, sends, false);
    }
  }

  /**
   * What a reading has changed.
   *
   * @param added new in the queue
   * @param changed known before, and other now
   * @param sent sent by themselves
   * @param withdrawn no longer in order, and taken back by themselves
   */
  public record Taken(int added, int changed, int sent, int withdrawn) {}

  /** States in which a record that turns out to be in the ERP waits for nothing any more. */
  private static final Set<QueueState> JOINS =
      EnumSet.of(
          QueueState.NOT_SENT,
          QueueState.READY_TO_EXPORT,
          QueueState.RETRIEVED,
          QueueState.REJECTED);

  private record Key(ConnectionId connection, String entity, Object key) {
    static Key of(QueueReading reading) {
      return new Key(
          reading.connection(),
          reading.entity(),
          reading.procoreId() == null ? reading.erpKey() : reading.procoreId());
    }

    static Key of(QueueItem item) {
      return new Key(
          item.connection(),
          item.entity(),
          item.procoreId() == null ? item.erpKey() : item.procoreId());
    }
  }

  /** What one transaction has done. */
  private static final class Batch {
    private int added;
    private int changed;
    private int withdrawn;
    private final List<Told.News> news = new ArrayList<>();
    private final List<Long> sent = new ArrayList<>();
    private final List<Long> arrived = new ArrayList<>();
  }

  /**
   * Takes these in, all in one transaction; give a page at a time. What goes out directly is let
   * out afterwards, one by one.
   */
  public Taken take(List<Reading> readings) {
    return take(
        readings,
        work ->
            ledger.together(
                () -> {
                  work.run();
                  return null;
                }));
  }

  /**
   * As {@link #take(List)}, in a transaction that the caller opens, such as the one that moves the
   * cursor of the reading.
   *
   * @param transaction runs what it is given in a transaction, and returns after the commit
   */
  public Taken take(List<Reading> readings, Consumer<Runnable> transaction) {
    Batch batch = new Batch();
    transaction.accept(
        () -> {
          Map<Key, QueueItem> known = new HashMap<>();
          ledger
              .queueItems()
              .holdAll(readings.stream().map(Reading::record).toList())
              .forEach(item -> known.put(Key.of(item), item));
          // The last of a record counts, as everywhere.
          Map<Key, Reading> last = new LinkedHashMap<>();
          readings.forEach(reading -> last.put(Key.of(reading.record()), reading));
          last.forEach((key, reading) -> takeOne(reading, known.get(key), batch));
          batch.news.forEach(one -> desk.tell(one.action(), one.item(), one.who(), one.reason()));
        });
    batch.sent.forEach(approvals::exportDirectly);
    batch.arrived.forEach(approvals::exportDirectly);
    return new Taken(batch.added, batch.changed, batch.sent.size(), batch.withdrawn);
  }

  /** Procore has these no longer. What is in the ERP stays as it is, and says so. */
  public void gone(ConnectionId connection, String entity, Collection<Long> procoreIds) {
    for (long procoreId : procoreIds) {
      ledger
          .queueItems()
          .find(connection, entity, procoreId)
          .filter(item -> desk.outcome(item, Action.INVALIDATE).allowed())
          .filter(item -> !item.state().equals(QueueState.INVALID.word()))
          .ifPresent(
              item ->
                  desk.ofItself(
                      item.id(),
                      Action.INVALIDATE,
                      null,
                      (held, to) ->
                          ledger
                              .queueMoves()
                              .troubled(
                                  desk.move(held, Action.INVALIDATE, to, ledger.node(), null),
                                  english(Refusal.of("gone")),
                                  Refusal.of("gone").remedy(Locale.ENGLISH))));
    }
  }

  private void takeOne(Reading reading, QueueItem known, Batch batch) {
    QueueItem item;
    if (known == null) {
      QueueState beginning =
          reading.record().procoreId() == null ? QueueState.READY_TO_IMPORT : QueueState.NOT_SENT;
      long id =
          ledger
              .queueItems()
              .add(List.of(reading.record()), beginning.word(), ledger.node())
              .get(0);
      item = desk.find(id);
      batch.added++;
      if (reading.joined()) {
        joined(item);
        return;
      }
    } else if (differs(known, reading.record().about())) {
      item = refreshed(known, reading.record().about());
      if (hasArrived(known, item)) {
        batch.arrived.add(item.id());
      }
      batch.changed++;
    } else {
      item = known;
    }
    if (!item.door().equals(QueueItem.TIEBACK)) {
      // The connection was at Procore's door before: nobody could decide about it here otherwise.
      ledger.queueMoves().adopted(item.id());
      item = desk.find(item.id());
    }
    if (reading.joined() && !item.inErp() && JOINS.contains(QueueState.of(item.state()))) {
      joined(item);
      return;
    }
    afterReading(reading, item, batch);
  }

  /**
   * What it waited for is in the ERP now, while it was sent already: what goes out directly goes by
   * itself (design section 3).
   */
  private static boolean hasArrived(QueueItem before, QueueItem now) {
    QueueState state = QueueState.of(now.state());
    return (state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE)
        && now.state().equals(before.state())
        && Findings.waits(before.about().findings())
        && !Findings.waits(now.about().findings());
  }

  /** It came into the ERP by another way: by a link, or through Procore's own door. */
  private void joined(QueueItem item) {
    ledger.queueMoves().inErp(item.id());
    carryOut(desk.move(item, Action.SYNC, QueueState.SYNCED, ledger.node(), "linked"));
  }

  private QueueItem refreshed(QueueItem known, QueueItem.About about) {
    ledger.queueItems().refresh(known.id(), kept(known, about));
    QueueItem item = desk.find(known.id());
    boolean other = !Objects.equals(known.about().sourceDigest(), about.sourceDigest());
    Moves.Outcome outcome = desk.outcome(item, Action.CHANGE);
    boolean moves = outcome.allowed() && outcome.to() != QueueState.of(item.state());
    // What only changed a status is no step that people need to see.
    return outcome.allowed() && (other || moves)
        ? ledger
            .queueMoves()
            .moved(
                desk.move(item, Action.CHANGE, outcome.to(), ledger.node(), "changed in Procore"))
            .orElseThrow()
        : item;
  }

  private void afterReading(Reading reading, QueueItem item, Batch batch) {
    QueueState state = QueueState.of(item.state());
    boolean forbidden = !Findings.forbidding(Findings.read(item.about().findings())).isEmpty();
    if (forbidden && (state == QueueState.READY_TO_EXPORT || state == QueueState.READY_TO_UPDATE)) {
      move(item, Action.WITHDRAW, Findings.forbidding(Findings.read(item.about().findings())));
      batch.withdrawn++;
      return;
    }
    if (forbidden || reading.sends() == Sends.NEVER) {
      return;
    }
    boolean sends =
        switch (state) {
          case NOT_SENT -> true;
          case REJECTED ->
              !Objects.equals(item.way().rejectedSource(), item.about().sourceDigest());
          case FAILED -> item.changedSinceAcceptance();
          case SYNCED -> reading.sends() == Sends.UPDATES && item.changedSinceAcceptance();
          default -> false;
        };
    if (sends) {
      send(reading, item, state, batch);
    }
  }

  private void send(Reading reading, QueueItem item, QueueState state, Batch batch) {
    if (Sending.refusal(item, state, policies.apply(item.connection())).isPresent()) {
      return;
    }
    Action action = state == QueueState.NOT_SENT ? Action.SEND : Action.RESEND;
    String who =
        reading.sender().mail() != null
            ? reading.sender().mail()
            : reading.sender().name() != null ? reading.sender().name() : "Procore";
    QueueItem sent =
        ledger
            .queueMoves()
            .sent(
                desk.move(item, action, desk.outcome(item, action).to(), who, null),
                reading.sender(),
                state != QueueState.NOT_SENT || item.inErp())
            .orElseThrow();
    batch.sent.add(sent.id());
    batch.news.add(new Told.News(action, sent, who, null));
  }

  private void move(QueueItem item, Action action, String reason) {
    carryOut(desk.move(item, action, desk.outcome(item, action).to(), ledger.node(), reason));
  }

  /** The item is held since it was read: nobody else can have moved it. */
  private void carryOut(QueueMoves.Move move) {
    if (ledger.queueMoves().moved(move).isEmpty()) {
      throw new IllegalStateException("an item that is held was moved by somebody else: " + move);
    }
  }

  /** Whether people would see something else: when it was last touched in Procore is not it. */
  private static boolean differs(QueueItem known, QueueItem.About read) {
    QueueItem.About was = known.about();
    QueueItem.About is = kept(known, read);
    return known.state().equals(QueueState.INVALID.word())
        || !Objects.equals(was.sourceDigest(), is.sourceDigest())
        || !Findings.read(was.findings()).equals(Findings.read(is.findings()))
        || !shown(was).equals(shown(is));
  }

  private static List<Optional<?>> shown(QueueItem.About about) {
    return List.of(
        Optional.ofNullable(about.number()),
        Optional.ofNullable(about.title()),
        Optional.ofNullable(about.party()),
        Optional.ofNullable(about.projectId()),
        Optional.ofNullable(about.projectName()),
        Optional.ofNullable(about.commitmentId()),
        Optional.ofNullable(about.vendorId()),
        Optional.ofNullable(about.amount()),
        Optional.ofNullable(about.currency()),
        Optional.ofNullable(about.date()),
        Optional.ofNullable(about.procoreStatus()),
        Optional.ofNullable(about.createdByName()),
        Optional.ofNullable(about.createdByMail()),
        Optional.ofNullable(about.createdByProcoreId()));
  }

  /** What composing it told stays where reading it tells nothing. */
  private static QueueItem.About kept(QueueItem known, QueueItem.About read) {
    QueueItem.About was = known.about();
    return new QueueItem.About(
        read.number() == null ? was.number() : read.number(),
        read.title(),
        read.party(),
        read.projectId(),
        // Not every resource names its project; the queue found the name when it took the record
        // in.
        read.projectName() == null ? was.projectName() : read.projectName(),
        read.commitmentId(),
        read.vendorId(),
        read.amount() == null ? was.amount() : read.amount(),
        read.currency() == null ? was.currency() : read.currency(),
        read.date(),
        read.procoreStatus(),
        read.procoreUpdated(),
        read.createdByName(),
        read.createdByMail(),
        read.createdByProcoreId(),
        read.event(),
        read.sourceDigest(),
        read.findings());
  }

  private static String english(Refusal refusal) {
    return refusal.reason(Locale.ENGLISH);
  }
}
