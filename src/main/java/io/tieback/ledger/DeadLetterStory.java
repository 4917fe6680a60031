package io.tieback.ledger;

import java.util.List;

/**
 * One dead letter with everything that belongs to it.
 *
 * @param row what a list shows of it
 * @param letter the whole letter, with its exchange and its history as JSON, masked
 * @param chain the letters of the same failure, oldest first: those whose replay led here, this
 *     one, and those that its replay led to
 * @param way everything that happened to its record, oldest first; of a record that is none of the
 *     ledger's work items only what the letter's own history says
 * @param payload what may be corrected before it is replayed, as JSON and masked: the record's part
 *     of Procore's event; null when it has to be corrected at its source
 * @param corrected the correction that it was replayed with, as JSON and masked, or null
 */
public record DeadLetterStory(
    DeadLetterRow row,
    DeadLetter letter,
    List<DeadLetterRow> chain,
    List<TimelineEntry> way,
    String payload,
    String corrected) {

  public DeadLetterStory {
    chain = List.copyOf(chain);
    way = List.copyOf(way);
  }
}
