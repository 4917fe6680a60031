package io.tieback.rules;

import io.tieback.construction.Discrepancy;
import java.util.List;

/**
 * Findings of what the requisition arithmetic found not to agree: always a refusal, always with
 * both figures (design section 6).
 */
public final class ArithmeticFindings {

  private ArithmeticFindings() {}

  /** All of them. */
  public static List<Finding> of(List<Discrepancy> discrepancies) {
    return discrepancies.stream().map(ArithmeticFindings::of).toList();
  }

  /** One of them. */
  public static Finding of(Discrepancy discrepancy) {
    String field =
        discrepancy.procoreItemId() == 0
            ? discrepancy.figure()
            : "Item " + discrepancy.procoreItemId() + ": " + discrepancy.figure();
    return switch (discrepancy.kind()) {
      case TOTAL_TO_DATE ->
          InvoiceCheck.refuse(
              "TB-AMT-01",
              field,
              discrepancy.inWords(),
              "they must be equal to the cent",
              "Open the invoice in Procore and save it again so that its totals are computed anew;"
                  + " if it stays, report it");
      case PAYMENT_DUE ->
          InvoiceCheck.refuse(
              "TB-AMT-02",
              field,
              discrepancy.inWords(),
              "they must be equal to the cent",
              "Look for a line of the previous invoice that was changed after approval; save the"
                  + " invoice in Procore again");
      case EVENT ->
          InvoiceCheck.refuse(
              "TB-AMT-03",
              field,
              discrepancy.inWords(),
              "the export event and the invoice must be equal to the cent",
              "Send the invoice again from Procore; if every invoice differs in this way, change"
                  + " procore.line-amount or the retainage comparison");
      case UNKNOWN ->
          InvoiceCheck.refuse(
              "TB-AMT-04",
              field,
              "unknown",
              "without it the change of this period cannot be told",
              "Give the service account access to the previous invoice of the commitment and send"
                  + " this one again");
    };
  }
}
