package io.tieback.ledger;

import java.time.Instant;

/**
 * What a person ordered for many dead letters, and how far it is.
 *
 * @param id the ledger's key
 * @param act replay or discard
 * @param who who ordered it
 * @param reason why they are discarded; null for a replay
 * @param wanted which letters were ordered, in words
 * @param state running or done
 * @param total how many letters
 * @param done how many were replayed or discarded
 * @param failed how many stay as they were, each with its reason
 * @param createdAt when it was ordered
 * @param startedAt when the first letter was taken, or null
 * @param finishedAt when the last one was done, or null
 */
public record ReplayRun(
    long id,
    String act,
    String who,
    String reason,
    String wanted,
    String state,
    int total,
    int done,
    int failed,
    Instant createdAt,
    Instant startedAt,
    Instant finishedAt) {

  /** Letters that are still to do. */
  public int left() {
    return total - done - failed;
  }

  /** Whole percent that are through; 100 when there was nothing to do. */
  public int percent() {
    return total == 0 ? 100 : (int) ((done + failed) * 100L / total);
  }

  /**
   * What became of one letter.
   *
   * @param letterId the letter
   * @param outcome done, stays, or null while it is still to do
   * @param problem why it stays, or null
   * @param at when, or null
   */
  public record Letter(long letterId, String outcome, String problem, Instant at) {}
}
