package io.tieback.approval;

import io.tieback.ledger.QueueItem;

/** Somebody decided about what is not there any more; nothing was changed. */
public final class Outdated extends Refused {
  private static final long serialVersionUID = 1L;

  private final transient QueueItem now;

  Outdated(Refusal refusal, QueueItem now) {
    super(refusal);
    this.now = now;
  }

  /** The item as it is now: show this, and ask again. */
  public QueueItem now() {
    return now;
  }
}
