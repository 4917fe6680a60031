package io.tieback.console.queue;

import io.tieback.approval.Action;
import io.tieback.approval.Approvals;
import io.tieback.approval.Moves;
import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.approval.Refusal;
import io.tieback.console.page.Ask;
import io.tieback.ledger.QueueItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The buttons of an item: what its state allows. One that this person may not press says why
 * (GEN-Q-11).
 */
final class Buttons {

  private static final List<Action> SHOWN =
      List.of(
          Action.ACCEPT,
          Action.REJECT,
          Action.RETRIEVE,
          Action.SEND,
          Action.RETRY,
          Action.IMPORT,
          Action.UNLINK,
          Action.RESTORE,
          Action.ARCHIVE);

  private Buttons() {}

  /**
   * A button.
   *
   * @param deed word of the deed, last part of its path
   * @param label message of its name
   * @param reason why it cannot be pressed; blank when it can
   */
  record Button(String deed, String label, String reason) {

    /** Whether it can be pressed. */
    public boolean allowed() {
      return reason.isEmpty();
    }
  }

  /** Those of an item, most important first. */
  static List<Button> of(Ask ask, Approvals approvals, QueueItem item) {
    List<Button> buttons = new ArrayList<>();
    for (Action one : SHOWN) {
      if (possible(item, one)) {
        Action action = one == Action.SEND && again(item) ? Action.RESEND : one;
        String reason = reason(ask, approvals, ask.person(), item, action);
        buttons.add(new Button(action.word(), "queue.deed." + action.word(), reason));
        if (action == Action.IMPORT) {
          buttons.add(new Button("link", "queue.deed.link", reason));
        }
      }
    }
    return buttons;
  }

  /**
   * Of trying again and sending again, the one that is likely meant: what was corrected in Procore
   * is sent again, what only failed is tried again.
   */
  static String first(QueueItem item) {
    boolean tried =
        QueueState.of(item.state()) == QueueState.FAILED && !item.changedSinceAcceptance();
    return tried ? Action.RETRY.word() : Action.RESEND.word();
  }

  /** One of them. */
  static Optional<Button> of(List<Button> buttons, String deed) {
    return buttons.stream().filter(one -> one.deed().equals(deed)).findFirst();
  }

  /** The state machine knows the move: Retrieve shows only what is in the tool (GEN-Q-12). */
  private static boolean possible(QueueItem item, Action action) {
    QueueState state = QueueState.of(item.state());
    boolean wanted =
        action != Action.SEND
            || state != QueueState.SYNCED
            || item.changedSinceAcceptance()
            || item.kind().equals("project");
    return wanted
        && Moves.move(state, action, new Moves.Circumstances(item.inErp(), item.isImport()))
            .allowed();
  }

  /** After a retrieval, a rejection or an export it reads Re-send (GEN-Q-10). */
  private static boolean again(QueueItem item) {
    return !QueueState.of(item.state()).equals(QueueState.NOT_SENT)
        || item.inErp()
        || item.round() > 1;
  }

  private static String reason(
      Ask ask, Approvals approvals, Person person, QueueItem item, Action action) {
    return approvals.refusal(person, item, action).map(one -> words(ask, one)).orElse("");
  }

  /** A refusal in the reader's language: why, and what to do. */
  static String words(Ask ask, Refusal refusal) {
    return (refusal.reason(ask.language()) + " " + refusal.remedy(ask.language())).strip();
  }
}
