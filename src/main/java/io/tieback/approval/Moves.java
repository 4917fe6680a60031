package io.tieback.approval;

import static io.tieback.approval.Action.ACCEPT;
import static io.tieback.approval.Action.ACCEPT_FIRST;
import static io.tieback.approval.Action.ARCHIVE;
import static io.tieback.approval.Action.CHANGE;
import static io.tieback.approval.Action.FAIL;
import static io.tieback.approval.Action.IMPORT;
import static io.tieback.approval.Action.INVALIDATE;
import static io.tieback.approval.Action.REJECT;
import static io.tieback.approval.Action.RESEND;
import static io.tieback.approval.Action.RESTORE;
import static io.tieback.approval.Action.RETRIEVE;
import static io.tieback.approval.Action.RETRY;
import static io.tieback.approval.Action.RETURN;
import static io.tieback.approval.Action.SEND;
import static io.tieback.approval.Action.SYNC;
import static io.tieback.approval.Action.UNLINK;
import static io.tieback.approval.Action.WITHDRAW;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The state machine of the queue (GEN-Q), as one table. Nothing that is not in it happens; what is
 * refused is refused with a reason and a remedy (GEN-Q-16).
 */
public final class Moves {

  /**
   * What decides besides the state.
   *
   * @param inErp whether the record's document is in the ERP: sent again it is an update
   * @param isImport whether the record exists in the ERP only
   */
  public record Circumstances(boolean inErp, boolean isImport) {}

  /**
   * What becomes of an item.
   *
   * @param to its state from now on, or null when the move is refused
   * @param refusal why not, or null when it is allowed
   */
  public record Outcome(QueueState to, Refusal refusal) {

    /** Whether it is allowed. */
    public boolean allowed() {
      return refusal == null;
    }
  }

  private static final Function<Circumstances, QueueState> WAITING =
      c -> c.inErp() ? QueueState.READY_TO_UPDATE : QueueState.READY_TO_EXPORT;

  private static final Function<Circumstances, QueueState> AT_THE_BEGINNING =
      c -> c.isImport() ? QueueState.READY_TO_IMPORT : QueueState.NOT_SENT;

  private static final Map<QueueState, Map<Action, Function<Circumstances, QueueState>>> TABLE =
      new EnumMap<>(QueueState.class);

  static {
    from(QueueState.NOT_SENT)
        .on(SEND, WAITING)
        .on(RESEND, WAITING)
        .on(ARCHIVE, QueueState.ARCHIVED)
        .on(UNLINK, QueueState.UNLINKED)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    for (QueueState waiting : Set.of(QueueState.READY_TO_EXPORT, QueueState.READY_TO_UPDATE)) {
      from(waiting)
          .on(RETRIEVE, QueueState.RETRIEVED)
          .on(WITHDRAW, QueueState.NOT_SENT)
          .on(ACCEPT, QueueState.EXPORTING)
          .on(REJECT, QueueState.REJECTED)
          .on(ARCHIVE, QueueState.ARCHIVED)
          .on(INVALIDATE, QueueState.INVALID)
          .stays(ACCEPT_FIRST)
          .stays(CHANGE)
          .stays(RETURN);
    }
    for (QueueState back : Set.of(QueueState.RETRIEVED, QueueState.REJECTED)) {
      from(back)
          .on(SEND, WAITING)
          .on(RESEND, WAITING)
          .on(ARCHIVE, QueueState.ARCHIVED)
          .on(UNLINK, QueueState.UNLINKED)
          .on(INVALIDATE, QueueState.INVALID)
          .stays(CHANGE);
    }
    from(QueueState.EXPORTING)
        .on(SYNC, QueueState.SYNCED)
        .on(FAIL, QueueState.FAILED)
        .on(RETURN, WAITING)
        .stays(CHANGE)
        .stays(INVALIDATE);
    from(QueueState.FAILED)
        .on(RETRY, QueueState.EXPORTING)
        .on(REJECT, QueueState.REJECTED)
        .on(SEND, WAITING)
        .on(RESEND, WAITING)
        .on(RETURN, WAITING)
        .on(ARCHIVE, QueueState.ARCHIVED)
        .on(UNLINK, QueueState.UNLINKED)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    from(QueueState.SYNCED)
        .on(SEND, QueueState.READY_TO_UPDATE)
        .on(RESEND, QueueState.READY_TO_UPDATE)
        .on(UNLINK, QueueState.UNLINKED)
        .stays(CHANGE)
        .stays(INVALIDATE);
    from(QueueState.UNLINKED)
        .on(SEND, WAITING)
        .on(RESEND, WAITING)
        .on(ARCHIVE, QueueState.ARCHIVED)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    from(QueueState.READY_TO_IMPORT)
        .on(IMPORT, QueueState.IMPORTED)
        .on(ARCHIVE, QueueState.ARCHIVED)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    from(QueueState.IMPORTED)
        .on(UNLINK, AT_THE_BEGINNING)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    from(QueueState.ARCHIVED)
        .on(RESTORE, AT_THE_BEGINNING)
        .on(INVALIDATE, QueueState.INVALID)
        .stays(CHANGE);
    // Procore has it again.
    from(QueueState.INVALID).on(CHANGE, AT_THE_BEGINNING).stays(INVALIDATE);
  }

  /** What needs a document in the ERP, and what needs that there is none. */
  private static final Set<Action> ONLY_IN_ERP = EnumSet.of(UNLINK);

  private static final Set<Action> ONLY_OUTSIDE_ERP = EnumSet.of(ARCHIVE);

  private Moves() {}

  /** What an action makes of a state, or why it does not. */
  public static Outcome move(QueueState from, Action action, Circumstances circumstances) {
    Function<Circumstances, QueueState> to = TABLE.get(from).get(action);
    if (to == null) {
      return refused(from, action);
    }
    boolean joined = circumstances.inErp() || from == QueueState.IMPORTED;
    if (ONLY_IN_ERP.contains(action) && !joined) {
      return new Outcome(null, Refusal.of("move.unlink.not_in_erp"));
    }
    if (ONLY_OUTSIDE_ERP.contains(action) && joined) {
      return new Outcome(null, Refusal.of("move.archive.in_erp"));
    }
    return new Outcome(to.apply(circumstances), null);
  }

  /** The reasons that have words of their own, and else what the state says about itself. */
  private static Outcome refused(QueueState from, Action action) {
    String particular = "move." + action.word() + "." + from.word();
    return new Outcome(
        null,
        Words.has(particular + ".reason")
            ? Refusal.of(particular)
            : Refusal.of(
                "move.not",
                "@action." + action.word(),
                "@state." + from.word(),
                "@instead." + from.word()));
  }

  private record Row(QueueState state, Map<Action, Function<Circumstances, QueueState>> actions) {
    Row on(Action action, QueueState to) {
      return on(action, c -> to);
    }

    Row on(Action action, Function<Circumstances, QueueState> to) {
      actions.put(action, to);
      return this;
    }

    Row stays(Action action) {
      return on(action, state);
    }
  }

  private static Row from(QueueState state) {
    Map<Action, Function<Circumstances, QueueState>> actions = new EnumMap<>(Action.class);
    TABLE.put(state, actions);
    return new Row(state, actions);
  }
}
