package io.tieback.approval;

import io.tieback.ledger.QueueItem;

/**
 * Is told what happened to items, after it was committed: mails go out of this. What it throws is
 * its own affair and undoes nothing.
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
