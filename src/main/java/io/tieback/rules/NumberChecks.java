package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.warn;

import io.tieback.construction.Bill;
import io.tieback.construction.BillMarker;
import io.tieback.construction.TakenNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the supplier's number is free. Apart from the other checks, because the ERP has to be
 * asked, and it is asked once for many invoices.
 */
public final class NumberChecks {

  private NumberChecks() {}

  /**
   * TB-INV-10: a live document of the same supplier and kind that bears the number and is not ours
   * refuses; one that Tieback wrote for another invoice is remarked on, since suppliers number by
   * project. The invoice's own document is no finding ({@link #own}).
   *
   * @param erpName the ERP's name for people
   * @param live documents that bear any of the numbers that were asked for
   */
  public static List<Finding> taken(Bill bill, String erpName, List<TakenNumber> live) {
    List<Finding> findings = new ArrayList<>();
    for (TakenNumber other : live) {
      if (!bearsNumberOf(bill, other) || isOwn(bill, other)) {
        continue;
      }
      Optional<BillMarker> ours = BillMarker.parse(other.marker());
      String found =
          "'"
              + bill.number()
              + "' stands on "
              + (other.credit() ? "credit note " : "bill ")
              + other.erpId()
              + " ("
              + other.status()
              + ", "
              + other.total()
              + ") of the same supplier already";
      if (ours.isPresent()) {
        findings.add(
            warn(
                "TB-INV-10",
                "Invoice #",
                found,
                "Tieback wrote that one for invoice " + ours.get().requisitionId() + " of Procore",
                "Look whether the supplier billed the same work twice"));
      } else {
        findings.add(
            refuse(
                "TB-INV-10",
                "Invoice #",
                found,
                "a number of a supplier is written once, and Tieback did not write that one",
                "Open it in "
                    + erpName
                    + ". If it is this invoice, entered by hand: void it and send the invoice"
                    + " again, or discard this one. If it is another: correct the number on one of"
                    + " the two and send the invoice again. invoice.taken-number = allow ends this"
                    + " check"));
      }
    }
    return findings;
  }

  /**
   * The invoice's own document, when the ERP holds one already: the ledger was restored from a
   * backup, or a write was committed after everybody had given it up. It has to be looked for,
   * never written again.
   */
  public static Optional<TakenNumber> own(Bill bill, List<TakenNumber> live) {
    return live.stream().filter(other -> isOwn(bill, other)).findFirst();
  }

  private static boolean isOwn(Bill bill, TakenNumber other) {
    return bill.marker().equals(other.marker());
  }

  /** As people read them: without regard to case and to spaces around. */
  private static boolean bearsNumberOf(Bill bill, TakenNumber other) {
    return other.credit() == bill.isCredit()
        && other.contactKey().equalsIgnoreCase(bill.contactKey())
        && other.number().strip().equalsIgnoreCase(bill.number().strip());
  }
}
