package io.tieback.approval;

import io.tieback.ledger.QueueItem;

/**
 * Is told what happened to items, in the transaction in which it happened: mails are stored with
 * the decision that they tell of, and go out later. It only writes to the ledger; what it throws
 * before that undoes nothing.
 */
@FunctionalInterface
public interface Told {

  /**
   * What happened.
   *
   * @param action what was done
   * @param item as it is now
   * @param who who did it, by mail address; the connector's node for what nobody did
   * @param reason why, or null
   */
  record News(Action action, QueueItem item, String who, String reason) {}

  /** Something happened. */
  void of(News news);

  /** Tells nobody. */
  static Told nobody() {
    return news -> {};
  }
}
