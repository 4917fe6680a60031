package io.tieback.reconcile;

import io.tieback.construction.Money;
import java.util.List;

/**
 * Something in which both sides differ.
 *
 * @param cause the probable cause
 * @param projectId Procore's id of the project; 0 when it is in none
 * @param commitmentId Procore's id of the commitment; 0 when it is on none
 * @param effect Procore less ERP, as far as this difference goes
 * @param onAccount what it adds to the retainage account of the ERP beyond the bills of invoices
 * @param records the records behind it, such as {@code requisition 42}
 * @param sentence what it is
 * @param remedy what to do about it
 */
public record Difference(
    Cause cause,
    long projectId,
    long commitmentId,
    Figures effect,
    Money onAccount,
    List<String> records,
    String sentence,
    String remedy) {

  public Difference {
    records = List.copyOf(records);
  }
}
