package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import java.util.Map;

/** Reads the columns of a row that a claiming statement of camel-sql returned. */
final class Claimed {

  private final Map<String, Object> row;

  Claimed(Map<String, Object> row) {
    this.row = row;
  }

  /** The row of an exchange whose body is one claimed row. */
  @SuppressWarnings("unchecked")
  static Claimed of(org.apache.camel.Exchange exchange) {
    return new Claimed((Map<String, Object>) exchange.getMessage().getBody(Map.class));
  }

  long number(String column) {
    return ((Number) row.get(column)).longValue();
  }

  Long numberOrNull(String column) {
    return row.get(column) == null ? null : number(column);
  }

  String text(String column) {
    return (String) row.get(column);
  }

  ConnectionId connection() {
    return new ConnectionId(text("connection"));
  }
}
