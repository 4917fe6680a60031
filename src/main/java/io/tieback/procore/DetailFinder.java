package io.tieback.procore;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * Finds the request detail of a record whose event names none (Procore reference section 6: list
 * request details by {@code filters[item_id]}).
 */
public final class DetailFinder {

  private final ProcoreClient client;

  /**
   * @param client the company's client
   */
  public DetailFinder(ProcoreClient client) {
    this.client = client;
  }

  /** The newest request detail of the record that nobody has closed; empty when there is none. */
  public OptionalLong openDetailOf(long procoreId) {
    return client.requestDetails(procoreId).stream()
        .filter(RequestDetail::open)
        .max(Comparator.comparingLong(RequestDetail::id))
        .map(detail -> OptionalLong.of(detail.id()))
        .orElse(OptionalLong.empty());
  }
}
