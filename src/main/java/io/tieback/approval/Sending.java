package io.tieback.approval;

import io.tieback.ledger.QueueItem;
import java.util.Optional;

/** What a record has to meet to be sent, besides its state. */
final class Sending {

  private Sending() {}

  /** Why it may not be sent now, for the greyed-out button (GEN-Q-11); empty when it may. */
  static Optional<Refusal> refusal(QueueItem item, QueueState state, ApprovalPolicy policy) {
    RecordKind kind = RecordKind.of(item.kind());
    String against = Findings.forbidding(Findings.read(item.about().findings()));
    if (!against.isEmpty()) {
      return Optional.of(Refusal.of("send.findings", against));
    }
    if (kind == RecordKind.BUDGET) {
      return Budgets.sending(item, policy);
    }
    if (state == QueueState.SYNCED
        && kind != RecordKind.PROJECT
        && !item.changedSinceAcceptance()) {
      return Optional.of(Refusal.of("send.unchanged"));
    }
    boolean sameAsRejected =
        item.way().rejectedSource() != null
            && item.way().rejectedSource().equals(item.about().sourceDigest());
    // GEN-Q-09: only a commitment that was corrected comes back.
    return state == QueueState.REJECTED && kind == RecordKind.COMMITMENT && sameAsRejected
        ? Optional.of(
            Refusal.of(
                "send.uncorrected",
                item.way().comment() == null || item.way().comment().isBlank()
                    ? "-"
                    : item.way().comment()))
        : Optional.empty();
  }
}
