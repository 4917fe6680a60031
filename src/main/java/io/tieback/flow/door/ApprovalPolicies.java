package io.tieback.flow.door;

import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.ApprovalPolicy.Comment;
import io.tieback.approval.RecordKind;
import io.tieback.construction.Money;
import io.tieback.construction.OrderDatePolicy;
import io.tieback.flow.ConnectionRoom;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ApprovalKeys;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The settings of approval of a connection. */
public final class ApprovalPolicies {

  private static final String BUDGET = "create_budget";

  private ApprovalPolicies() {}

  /** Orders bear the accounting date only where the setting {@code orders.date} asks for it. */
  private static Set<RecordKind> dated(ConnectionRoom room) {
    return room.orders().dates().sources().contains(OrderDatePolicy.Source.ACCOUNTING_DATE)
        ? EnumSet.of(RecordKind.INVOICE, RecordKind.COMMITMENT, RecordKind.CHANGE_ORDER)
        : EnumSet.of(RecordKind.INVOICE);
  }

  /** As the settings say now. */
  public static ApprovalPolicy of(Settings settings, ConnectionRoom room) {
    String name = room.id().value();
    String above = settings.get(ApprovalKeys.SECOND_APPROVER_ABOVE, name);
    Set<RecordKind> direct = EnumSet.noneOf(RecordKind.class);
    if (settings.get(ApprovalKeys.DIRECT_COMMITMENTS, name)) {
      direct.add(RecordKind.COMMITMENT);
    }
    if (settings.get(ApprovalKeys.DIRECT_CHANGE_ORDERS, name)) {
      direct.add(RecordKind.CHANGE_ORDER);
    }
    if (settings.get(ApprovalKeys.DIRECT_INVOICES, name)) {
      direct.add(RecordKind.INVOICE);
    }
    boolean budgets = room.erp().capabilities().requestNames().contains(BUDGET);
    return new ApprovalPolicy(
        settings.get(ApprovalKeys.DOOR, name),
        settings.get(ApprovalKeys.FOUR_EYES, name),
        above.equals(ApprovalKeys.NEVER) ? null : Money.of(above),
        Comment.valueOf(
            settings
                .get(ApprovalKeys.REJECT_COMMENT, name)
                .toUpperCase(Locale.ROOT)
                .replace('-', '_')),
        direct,
        Set.of(),
        dated(room),
        budgets
            ? null
            : room.erp()
                .capabilities()
                .notTaken()
                .getOrDefault(BUDGET, "it keeps no budgets that Tieback writes"),
        room.erp().capabilities().displayName());
  }
}
