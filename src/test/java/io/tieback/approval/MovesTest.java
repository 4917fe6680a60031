package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The state machine of the queue (GEN-Q-02 to GEN-Q-16). */
class MovesTest {

  private static final Moves.Circumstances OUTSIDE = new Moves.Circumstances(false, false);
  private static final Moves.Circumstances IN_ERP = new Moves.Circumstances(true, false);
  private static final Moves.Circumstances IMPORT = new Moves.Circumstances(false, true);

  /** Whatever is done in whatever order: no undefined state, and synced only through exporting. */
  @Property
  void anySequenceOfActionsKeepsToTheTable(@ForAll List<Action> actions, @ForAll boolean isImport) {
    QueueState state = isImport ? QueueState.READY_TO_IMPORT : QueueState.NOT_SENT;
    boolean inErp = false;
    for (Action action : actions) {
      Moves.Outcome outcome = Moves.move(state, action, new Moves.Circumstances(inErp, isImport));
      if (outcome.allowed()) {
        assertThat(outcome.to()).isNotNull();
        if (outcome.to() == QueueState.SYNCED && state != QueueState.SYNCED) {
          assertThat(state).isEqualTo(QueueState.EXPORTING);
        }
        if (outcome.to() == QueueState.EXPORTING && state != QueueState.EXPORTING) {
          assertThat(action).isIn(Action.ACCEPT, Action.RETRY);
        }
        if (outcome.to() == QueueState.READY_TO_UPDATE) {
          assertThat(inErp).as("only what is in the ERP is updated").isTrue();
        }
        if (outcome.to() == QueueState.ARCHIVED) {
          assertThat(inErp).isFalse();
        }
        state = outcome.to();
        inErp = state == QueueState.SYNCED || (inErp && state != QueueState.UNLINKED);
      } else {
        assertThat(outcome.to()).isNull();
        for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
          assertThat(outcome.refusal().reason(language)).isNotBlank().doesNotContain("{", "@");
          assertThat(outcome.refusal().remedy(language)).isNotBlank().doesNotContain("{", "@");
        }
      }
    }
  }

  /** GEN-Q-02 to GEN-Q-07: the usual ways. */
  @Example
  void theUsualWays() {
    way(OUTSIDE, QueueState.NOT_SENT)
        .then(Action.SEND, QueueState.READY_TO_EXPORT)
        .then(Action.RETRIEVE, QueueState.RETRIEVED)
        .then(Action.RESEND, QueueState.READY_TO_EXPORT)
        .then(Action.REJECT, QueueState.REJECTED)
        .then(Action.RESEND, QueueState.READY_TO_EXPORT)
        .then(Action.ACCEPT, QueueState.EXPORTING)
        .then(Action.FAIL, QueueState.FAILED)
        .then(Action.RETRY, QueueState.EXPORTING)
        .then(Action.RETURN, QueueState.READY_TO_EXPORT)
        .then(Action.ACCEPT_FIRST, QueueState.READY_TO_EXPORT)
        .then(Action.ACCEPT, QueueState.EXPORTING)
        .then(Action.SYNC, QueueState.SYNCED);
    way(IN_ERP, QueueState.SYNCED)
        .then(Action.CHANGE, QueueState.SYNCED)
        .then(Action.SEND, QueueState.READY_TO_UPDATE)
        .then(Action.RETRIEVE, QueueState.RETRIEVED)
        .then(Action.RESEND, QueueState.READY_TO_UPDATE)
        .then(Action.ACCEPT, QueueState.EXPORTING)
        .then(Action.FAIL, QueueState.FAILED)
        .then(Action.REJECT, QueueState.REJECTED)
        .then(Action.UNLINK, QueueState.UNLINKED);
    way(OUTSIDE, QueueState.UNLINKED)
        .then(Action.RESEND, QueueState.READY_TO_EXPORT)
        .then(Action.WITHDRAW, QueueState.NOT_SENT)
        .then(Action.ARCHIVE, QueueState.ARCHIVED)
        .then(Action.RESTORE, QueueState.NOT_SENT)
        .then(Action.INVALIDATE, QueueState.INVALID)
        .then(Action.CHANGE, QueueState.NOT_SENT);
    way(IMPORT, QueueState.READY_TO_IMPORT)
        .then(Action.ARCHIVE, QueueState.ARCHIVED)
        .then(Action.RESTORE, QueueState.READY_TO_IMPORT)
        .then(Action.IMPORT, QueueState.IMPORTED)
        .then(Action.UNLINK, QueueState.READY_TO_IMPORT);
  }

  /** GEN-Q-16 names these four; GEN-Q-03 is the first of them. */
  @Example
  void whatTheRuleNamesIsRefusedWithItsReason() {
    assertThat(reason(QueueState.EXPORTING, Action.RETRIEVE, OUTSIDE))
        .contains("was accepted already", "GEN-Q-03");
    assertThat(reason(QueueState.REJECTED, Action.RETRIEVE, OUTSIDE)).contains("rejected already");
    assertThat(reason(QueueState.EXPORTING, Action.ACCEPT, OUTSIDE)).contains("accepted twice");
    assertThat(reason(QueueState.SYNCED, Action.ACCEPT, IN_ERP)).contains("accepted twice");
    assertThat(reason(QueueState.READY_TO_EXPORT, Action.UNLINK, OUTSIDE))
        .contains("waiting for an approver");
    assertThat(reason(QueueState.REJECTED, Action.UNLINK, OUTSIDE)).contains("not in the ERP");
    assertThat(reason(QueueState.READY_TO_UPDATE, Action.ARCHIVE, IN_ERP)).contains("in the ERP");
  }

  /** What waits in the ERP's own list stays there, and what is decided for nobody is nobody's. */
  @Example
  void whatOnlyTiebackItselfDoesIsNoPersonsAction() {
    Set<Action> itself =
        EnumSet.of(
            Action.READ,
            Action.WITHDRAW,
            Action.FAIL,
            Action.SYNC,
            Action.CHANGE,
            Action.RETURN,
            Action.INVALIDATE);
    for (Action action : Action.values()) {
      assertThat(action.need() == Action.Need.NOBODY)
          .as(action.word())
          .isEqualTo(itself.contains(action));
    }
  }

  private record Way(Moves.Circumstances circumstances, QueueState state) {
    Way then(Action action, QueueState expected) {
      Moves.Outcome outcome = Moves.move(state, action, circumstances);
      assertThat(outcome.to()).as(state + " + " + action).isEqualTo(expected);
      return new Way(circumstances, expected);
    }
  }

  private static Way way(Moves.Circumstances circumstances, QueueState from) {
    return new Way(circumstances, from);
  }

  private static String reason(QueueState from, Action action, Moves.Circumstances given) {
    Moves.Outcome outcome = Moves.move(from, action, given);
    assertThat(outcome.allowed()).isFalse();
    return outcome.refusal().reason(Locale.ENGLISH);
  }
}
