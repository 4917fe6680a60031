package io.tieback.construction;

/**
 * The key that Tieback writes into Procore's External Data, {@code erp:connection:kind:key}
 * (GEN-ARC-05, GEN-ARC-06): namespaced by ERP, connection and kind, because Procore demands it
 * unique within a company.
 *
 * @param erp short name of the ERP, such as {@code xero}
 * @param connection the connection that owns the link
 * @param kind what the key names, such as {@code bill}, {@code bill_line}, {@code credit_note},
 *     {@code contact}, {@code tracking_option}, {@code cost_code}, {@code cost_type}, {@code
 *     payment}
 * @param key the ERP's own key; may itself contain colons. A cost code exists per project in
 *     Procore, so its key is {@code <project key>|<code>}
 */
public record OriginId(String erp, ConnectionId connection, String kind, String key) {

  /**
   * Reads an origin id back.
   *
   * @throws IllegalArgumentException when the text is not of the form {@code
   *     erp:connection:kind:key}, for instance because another integration wrote it
   */
  public static OriginId parse(String text) {
    String[] parts = text == null ? new String[0] : text.split(":", 4);
    if (parts.length != 4 || parts[0].isEmpty() || parts[2].isEmpty() || parts[3].isEmpty()) {
      throw new IllegalArgumentException(
          "origin id '" + text + "' is not of the form erp:connection:kind:key");
    }
    return new OriginId(parts[0], new ConnectionId(parts[1]), parts[2], parts[3]);
  }

  @Override
  public String toString() {
    return erp + ":" + connection.value() + ":" + kind + ":" + key;
  }
}
