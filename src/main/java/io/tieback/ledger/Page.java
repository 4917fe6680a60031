package io.tieback.ledger;

import java.util.List;

/**
 * One page of a list.
 *
 * @param rows in the order that was asked for
 * @param total how many there are, at most {@link #MOST_COUNTED}
 * @param more whether there are more than {@code total}, which were not counted
 */
public record Page<T>(List<T> rows, long total, boolean more) {

  /** Counting goes no further: nobody pages through more. */
  public static final int MOST_COUNTED = 10_000;

  public Page {
    rows = List.copyOf(rows);
  }
}
