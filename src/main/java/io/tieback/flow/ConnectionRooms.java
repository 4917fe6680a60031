package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The connections of this deployment. */
public final class ConnectionRooms {

  private final Map<ConnectionId, ConnectionRoom> rooms = new LinkedHashMap<>();

  /**
   * @param rooms one for each connection
   */
  public ConnectionRooms(Collection<ConnectionRoom> rooms) {
    rooms.forEach(room -> this.rooms.put(room.id(), room));
  }

  /**
   * The room of a connection.
   *
   * @throws IllegalStateException when the ledger holds work of a connection that is no longer
   *     configured
   */
  public ConnectionRoom of(ConnectionId connection) {
    ConnectionRoom room = rooms.get(connection);
    if (room == null) {
      throw new IllegalStateException(
          "connection '"
              + connection
              + "' is not configured any more, but has work in the ledger. Put it back into 'connections'");
    }
    return room;
  }

  /** Whether a connection is configured. */
  public boolean has(ConnectionId connection) {
    return rooms.containsKey(connection);
  }

  /** All of them, in the order of the settings. */
  public List<ConnectionRoom> all() {
    return List.copyOf(rooms.values());
  }

  /** Those whose ERP has this short name. */
  public List<ConnectionRoom> withErp(String erp) {
    return rooms.values().stream()
        .filter(room -> room.erp().capabilities().erp().equals(erp))
        .toList();
  }
}
