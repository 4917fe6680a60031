package io.tieback.flow;

import io.tieback.procore.DetailFinder;
import java.util.OptionalLong;

/**
 * The request detail of a record whose event names none: looked for at Procore's door, and none at
 * Tieback's own, where there are no request details.
 *
 * @param detail Procore's id, or null when there is none
 * @param calls calls that looking took
 */
record OpenDetails(Long detail, int calls) {

  /**
   * @param named the detail that the event names, or null
   */
  static OpenDetails of(ConnectionRoom room, Long named, long procoreId) {
    if (named != null || room.door().tieback()) {
      return new OpenDetails(named, 0);
    }
    OptionalLong found = new DetailFinder(room.client()).openDetailOf(procoreId);
    return new OpenDetails(found.isPresent() ? (Long) found.getAsLong() : null, 1);
  }
}
