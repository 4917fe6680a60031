package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What became of one row of a sync call (GEN-API-15: the call answers 200, partial failure stands
 * in its body).
 *
 * @param key which row, in the caller's terms
 * @param state what became of it
 * @param words Procore's words about it; blank when it was accepted
 * @param shown the row as Procore shows it now; null unless it was accepted
 */
public record SyncOutcome<K>(K key, State state, String words, JsonNode shown) {

  static <K> SyncOutcome<K> not(K key, State state, String words) {
    return new SyncOutcome<>(key, state, words, null);
  }

  /** What became of a row. */
  public enum State {
    /** Procore has it as it was sent. */
    ACCEPTED,
    /** Procore refuses it. */
    REFUSED,
    /** Procore's answer does not mention it, so it counts as not written; it may be sent again. */
    NOT_MENTIONED
  }

  /** Whether Procore has it. */
  public boolean accepted() {
    return state == State.ACCEPTED;
  }
}
