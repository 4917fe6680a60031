package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The connections of this deployment. */
public final class ConnectionRooms {

  private volatile Map<ConnectionId, ConnectionRoom> rooms;

  /**
   * @param rooms one for each connection
   */
  public ConnectionRooms(Collection<ConnectionRoom> rooms) {
    this.rooms = byId(rooms);
  }

  private static Map<ConnectionId, ConnectionRoom> byId(Collection<ConnectionRoom> rooms) {
    Map<ConnectionId, ConnectionRoom> map = new LinkedHashMap<>();
    rooms.forEach(room -> map.put(room.id(), room));
    return map;
  }

  /** The same connections with other settings. Whoever works on a record goes on with the old. */
  public void replace(Collection<ConnectionRoom> changed) {
    this.rooms = byId(changed);
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
              + "' is not configured any more, but has work in the ledger. Put it back into"
              + " 'connections'");
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

  /**
   * Whether a project belongs to another connection of this deployment. A Procore company may have
   * several, and each of their webhooks tells of every event; the project's link says whose it is.
   *
   * @param projectOriginId External Data of the project, or null when it has none yet
   */
  public boolean belongsToAnother(ConnectionRoom room, String projectOriginId) {
    try {
      return projectOriginId != null
          && !OriginId.parse(projectOriginId).connection().equals(room.id())
          && has(OriginId.parse(projectOriginId).connection());
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }

  /**
   * Whether what belongs to a whole Procore company, such as its directory, goes through this
   * connection: the first of that company in the settings. Procore keeps one link for each record.
   */
  public boolean leads(ConnectionRoom room) {
    return all().stream()
        .filter(other -> other.procore().companyId() == room.procore().companyId())
        .findFirst()
        .map(first -> first.id().equals(room.id()))
        .orElse(false);
  }

  /** Those whose ERP has this short name. */
  public List<ConnectionRoom> withErp(String erp) {
    return rooms.values().stream()
        .filter(room -> room.erp().capabilities().erp().equals(erp))
        .toList();
  }
}
