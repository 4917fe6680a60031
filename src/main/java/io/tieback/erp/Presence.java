package io.tieback.erp;

import java.util.List;

/**
 * Whether something that was written is still in the ERP, as the ERP says now (GEN-UNL-01,
 * GEN-API-34).
 *
 * @param there whether it is there and alive: not deleted, not voided; for lines of a change order,
 *     whether any of them is still on the order
 * @param status the ERP's word for its state, for people; {@code none} when it knows no such key
 * @param number the number that people see in the ERP, or null
 */
public record Presence(boolean there, String status, String number) {

  /**
   * What is asked for.
   *
   * @param kind what it is, as in origin ids: {@code bill}, {@code credit_note}, {@code
   *     purchase_order}, {@code purchase_order_change} or {@code payment}
   * @param key the ERP's key; of a change the order's, {@code |} and Procore's id of the change
   * @param lineIds the ERP's keys of a change's lines; otherwise not looked at
   */
  public record Asked(String kind, String key, List<String> lineIds) {
    public Asked {
      lineIds = List.copyOf(lineIds);
    }
  }

  /** Of something that the ERP does not know. */
  public static final Presence NONE = new Presence(false, "none", null);
}
