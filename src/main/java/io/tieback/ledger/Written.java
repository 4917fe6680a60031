package io.tieback.ledger;

import io.tieback.construction.Money;
import java.util.List;

/**
 * A document that is in the ERP.
 *
 * @param marker the marker it was found by
 * @param erpId the ERP's key
 * @param number the number people see
 * @param lineIds the ERP's keys of its lines, in the order in which they were sent
 * @param total what the ERP says it comes to
 * @param warnings what has to be looked at although it was written
 */
public record Written(
    String marker,
    String erpId,
    String number,
    List<String> lineIds,
    Money total,
    List<String> warnings) {
  public Written {
    lineIds = List.copyOf(lineIds);
    warnings = List.copyOf(warnings);
  }
}
