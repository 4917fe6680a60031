package io.tieback.rules;

import io.tieback.construction.SubcontractorInvoice;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;

/**
 * What a firm decides about its invoices, where the rule book leaves a choice.
 *
 * @param approvedStatuses Procore's words that count as approved (GEN-INV-01, XR-INV-08)
 * @param emptyDueDate what an empty due date means (C-02)
 * @param zeroTotal what an invoice of 0.00 means (design section 6)
 * @param lockedPeriod what a bill date in a locked period means (design section 6)
 * @param retainageRequired whether the retainage set-up must be there even for invoices without
 *     retainage (QBD-INV-03 by analogy)
 * @param costCodeRequired whether a line that bills something needs a cost code that is in the ERP
 * @param costTypeRequired whether it needs a cost type that is in the ERP as well; false for ERPs
 *     without cost types
 * @param commitmentRequired whether the commitment must be in the ERP before its invoices; false
 *     where commitments are not exported (XR-CFG-08)
 * @param negative what an invoice below 0.00 means (XR-INV-14, GEN-INV-03)
 * @param takenNumber what it means that another document of the supplier bears the number
 */
public record InvoicePolicy(
    Set<String> approvedStatuses,
    EmptyDueDate emptyDueDate,
    ZeroTotal zeroTotal,
    LockedPeriod lockedPeriod,
    boolean retainageRequired,
    boolean costCodeRequired,
    boolean costTypeRequired,
    boolean commitmentRequired,
    Negative negative,
    TakenNumbers takenNumber) {

  /** What an empty due date means. */
  public enum EmptyDueDate {
    /** The invoice is refused before it is sent (XR-INV-07). */
    REFUSE,
    /** No date is sent, the vendor's terms apply (XR-INV-11). */
    VENDOR_TERMS
  }

  /** What an invoice of 0.00 means. */
  public enum ZeroTotal {
    REFUSE,
    SEND
  }

  /** What a bill date in a locked period means. */
  public enum LockedPeriod {
    REFUSE,
    /** The bill is dated on the first day that is not locked. */
    FIRST_OPEN_DAY
  }

  /** What an invoice below 0.00 means. */
  public enum Negative {
    /** It is refused (XR-INV-14). */
    REFUSE,
    /** It becomes a supplier's credit note. */
    CREDIT_NOTE
  }

  /** What it means that another document of the supplier bears the number. */
  public enum TakenNumbers {
    REFUSE,
    /** The ERP is not asked. */
    ALLOW
  }

  public InvoicePolicy {
    approvedStatuses = Set.copyOf(approvedStatuses);
    Objects.requireNonNull(emptyDueDate, "emptyDueDate");
    Objects.requireNonNull(zeroTotal, "zeroTotal");
    Objects.requireNonNull(lockedPeriod, "lockedPeriod");
    Objects.requireNonNull(negative, "negative");
    Objects.requireNonNull(takenNumber, "takenNumber");
  }

  /** Everything at its default: strict, and the three statuses of an approved invoice. */
  public static InvoicePolicy defaults() {
    return new InvoicePolicy(
        Set.of("approved", "approved_as_noted", "pending_owner_approval"),
        EmptyDueDate.REFUSE,
        ZeroTotal.REFUSE,
        LockedPeriod.REFUSE,
        true,
        true,
        true,
        true,
        Negative.REFUSE,
        TakenNumbers.REFUSE);
  }

  /** Whether the invoice becomes a credit note. */
  boolean makesCreditNote(SubcontractorInvoice invoice) {
    return invoice.net().isNegative() && negative == Negative.CREDIT_NOTE;
  }

  /**
   * The day before which bills may not be dated, for {@link
   * io.tieback.construction.BillReferences#firstOpenDay()}.
   *
   * @param lockDate last locked day, or null when nothing is locked
   * @return null when nothing is locked, or when the policy is to refuse
   */
  public LocalDate firstOpenDay(LocalDate lockDate) {
    return lockDate == null || lockedPeriod == LockedPeriod.REFUSE ? null : lockDate.plusDays(1);
  }
}
