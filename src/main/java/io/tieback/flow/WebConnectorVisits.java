package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import java.time.Instant;
import java.util.List;

/**
 * When each Web Connector, which calls from the machine that QuickBooks Desktop is on, was here.
 */
@FunctionalInterface
public interface WebConnectorVisits {

  /** No connection has a Web Connector. */
  WebConnectorVisits NONE = connection -> List.of();

  /**
   * The last visit of one.
   *
   * @param connection whose
   * @param name what it is called
   * @param at when it was last here, or null for never
   * @param problem what it said went wrong then, or null
   */
  record Visit(ConnectionId connection, String name, Instant at, String problem) {}

  /**
   * The last visit of each.
   *
   * @param connection of this connection, or null for all
   */
  List<Visit> last(ConnectionId connection);
}
