package io.tieback.platform.keys;

import io.tieback.platform.Key;
import java.util.List;
import java.util.Optional;

/**
 * The settings that people may change in the console while Tieback runs (GEN-CFG): how records are
 * checked, composed and decided about. Addresses, secrets, limits and whatever is read only at a
 * start stay in the files.
 */
public final class LiveKeys {

  /** Them, in the order in which they are shown. */
  public static final List<Key<?>> ALL =
      List.of(
          ApprovalKeys.FOUR_EYES,
          ApprovalKeys.SECOND_APPROVER_ABOVE,
          ApprovalKeys.REJECT_COMMENT,
          ApprovalKeys.DIRECT_COMMITMENTS,
          ApprovalKeys.DIRECT_CHANGE_ORDERS,
          ApprovalKeys.DIRECT_INVOICES,
          DoorPollKeys.SEND,
          DoorPollKeys.POLL,
          DoorPollKeys.OVERLAP,
          DoorPollKeys.CODES,
          DoorPollKeys.COMPANIES,
          DoorPollKeys.STANDARD_LIST,
          DoorKeys.MARK,
          DoorKeys.IMPORTS,
          InvoiceKeys.RETAINAGE_ACCOUNT,
          InvoiceKeys.RETAINAGE_ITEM,
          InvoiceKeys.RETAINAGE_GROUPING,
          InvoiceKeys.RETAINAGE_REQUIRED,
          InvoiceKeys.RETAINAGE_TAX,
          InvoiceKeys.DUE_DATE,
          InvoiceKeys.EMPTY_DUE_DATE,
          InvoiceKeys.ZERO_TOTAL,
          InvoiceKeys.NEGATIVE,
          InvoiceKeys.TAKEN_NUMBER,
          InvoiceKeys.ZERO_LINES,
          InvoiceKeys.LOCKED_PERIOD,
          InvoiceKeys.UNIT_ROUNDING,
          InvoiceKeys.APPROVED_STATUSES,
          InvoiceKeys.NUMBER_LENGTH,
          InvoiceKeys.TAX_CODES,
          InvoiceKeys.DEFAULT_ACCOUNT,
          InvoiceKeys.ITEM_CODE_FORMAT,
          InvoiceKeys.ATTACHMENTS,
          OrderKeys.EXPORT,
          OrderKeys.REQUIRED,
          OrderKeys.NUMBER,
          OrderKeys.APPROVED_STATUSES,
          OrderKeys.SINGLE_COST_TYPE,
          OrderKeys.DATE,
          OrderKeys.CHECK_NUMBERS,
          OrderKeys.BILLED_WHEN_INVOICED,
          WorkBreakdownKeys.ACCOUNTS,
          CompanyKeys.MATCH,
          CompanyKeys.MATCH_SCORE,
          CompanyKeys.IMPORT,
          CompanyKeys.PUSH_NAMES,
          CompanyKeys.NAME_LENGTH,
          PaymentKeys.DELETED_PAYMENT,
          PaymentKeys.DAILY_AT,
          PaymentKeys.COSTS_SCHEDULE,
          PaymentKeys.COSTS_DAILY_AT,
          PaymentKeys.COSTS_FROM,
          PaymentKeys.EXPORTED_BILLS_AS_COSTS);

  private LiveKeys() {}

  /** The key of a whole name, if it may be changed while running. */
  public static Optional<Key<?>> of(String wholeName, String connection) {
    return ALL.stream()
        .filter(
            key ->
                key.perConnection()
                    ? !connection.isEmpty() && key.name(connection).equals(wholeName)
                    : connection.isEmpty() && key.name().equals(wholeName))
        .findFirst();
  }
}
