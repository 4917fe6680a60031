package io.tieback.flow;

import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.RecordKind;
import io.tieback.construction.Money;
import io.tieback.erp.Capabilities;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.OrderKeys;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A connection's settings of approval, as decisions keep to them. */
public final class ApprovalSettings {

  private ApprovalSettings() {}

  /**
   * Reads them.
   *
   * @param settings as they are now
   * @param connection name of the connection
   * @param erp what its ERP can do
   */
  public static ApprovalPolicy of(Settings settings, String connection, Capabilities erp) {
    String above = settings.get(ApprovalKeys.SECOND_APPROVER_ABOVE, connection);
    return new ApprovalPolicy(
        settings.get(ApprovalKeys.DOOR, connection),
        settings.get(ApprovalKeys.FOUR_EYES, connection),
        above.equals(ApprovalKeys.NEVER) ? null : Money.of(above),
        ApprovalPolicy.Comment.valueOf(
            settings
                .get(ApprovalKeys.REJECT_COMMENT, connection)
                .toUpperCase(Locale.ROOT)
                .replace('-', '_')),
        direct(settings, connection),
        settings.get(OrderKeys.NUMBER, connection).equals("approver")
            ? Set.of(RecordKind.COMMITMENT)
            : Set.of(),
        // No adapter takes budgets yet (XR-CFG-03); one that does says so in its capabilities.
        "this connection has no job budgets",
        erp.displayName());
  }

  private static Set<RecordKind> direct(Settings settings, String connection) {
    Set<RecordKind> kinds = EnumSet.noneOf(RecordKind.class);
    if (settings.get(ApprovalKeys.DIRECT_COMMITMENTS, connection)) {
      kinds.add(RecordKind.COMMITMENT);
    }
    if (settings.get(ApprovalKeys.DIRECT_CHANGE_ORDERS, connection)) {
      kinds.add(RecordKind.CHANGE_ORDER);
    }
    if (settings.get(ApprovalKeys.DIRECT_INVOICES, connection)) {
      kinds.add(RecordKind.INVOICE);
    }
    return kinds;
  }
}
