package io.tieback.erp;

import io.tieback.construction.Money;
import java.util.List;

/**
 * A document that is in the ERP, as the ERP shows it.
 *
 * @param marker the marker it was found by
 * @param erpId the ERP's key
 * @param erpNumber the number people see
 * @param lineIds the ERP's keys of its lines, in the order in which they were sent
 * @param total what the ERP says it comes to
 * @param status the ERP's word for its state
 * @param warnings what the ERP remarked on
 */
public record WrittenDocument(
    String marker,
    String erpId,
    String erpNumber,
    List<String> lineIds,
    Money total,
    String status,
    List<String> warnings) {

  public WrittenDocument {
    lineIds = List.copyOf(lineIds);
    warnings = List.copyOf(warnings);
  }
}
