package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flows and deeds that are built, by what they are asked for. */
public final class OutwardFlows {

  private final Map<String, OutwardFlow> byRequest = new HashMap<>();
  private final Map<String, OutwardFlow> byEntity = new HashMap<>();
  private final Map<String, EventDeed> deeds = new HashMap<>();

  /**
   * @throws IllegalArgumentException when two of them claim the same event or entity
   */
  public OutwardFlows(List<OutwardFlow> flows, List<EventDeed> deeds) {
    flows.forEach(flow -> flow.requestNames().forEach(name -> once(byRequest, name, flow)));
    flows.forEach(flow -> flow.entities().forEach(entity -> once(byEntity, entity, flow)));
    deeds.forEach(deed -> deed.requestNames().forEach(name -> once(this.deeds, name, deed)));
  }

  private static <T> void once(Map<String, T> map, String name, T one) {
    if (map.put(name, one) != null) {
      throw new IllegalArgumentException("'" + name + "' is carried out by two flows");
    }
  }

  /** The flow of an event, if one is built. */
  public Optional<OutwardFlow> ofRequest(String requestName) {
    return Optional.ofNullable(byRequest.get(requestName));
  }

  /** The deed of an event, if one is built. */
  public Optional<EventDeed> deed(String requestName) {
    return Optional.ofNullable(deeds.get(requestName));
  }

  /**
   * The flow of a record.
   *
   * @throws IllegalStateException when there is none: an older Tieback works on newer tables
   */
  public OutwardFlow ofEntity(String entity) {
    OutwardFlow flow = byEntity.get(entity);
    if (flow == null) {
      throw new IllegalStateException("no flow is built for records of entity '" + entity + "'");
    }
    return flow;
  }

  /** Every entity that has a flow. */
  public Set<String> entities() {
    return Set.copyOf(byEntity.keySet());
  }

  /** A record as people know it. */
  public String inWords(String entity, long procoreId, JsonNode event) {
    return ofEntity(entity).inWords(entity, procoreId, event);
  }
}
