package io.tieback.procore;

import io.tieback.construction.Discrepancy;
import io.tieback.construction.SubcontractorInvoice;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A requisition as it was read for export.
 *
 * @param invoice the invoice; without due date, which is a policy. When discrepancies are not empty
 *     its lines may be incomplete: such an invoice is refused
 * @param discrepancies figures that do not agree; all of them
 * @param erpDates ERP custom fields of the event that hold a day, for the due date policy
 * @param commitmentKind subcontract or purchase order; null when Procore's word is unknown
 * @param lineIds Procore's ids of what each line refers to, by item
 * @param originId External Data that the requisition already has, or null: a bill exists for it, or
 *     another integration owns it
 */
public record ReadRequisition(
    SubcontractorInvoice invoice,
    List<Discrepancy> discrepancies,
    Map<String, LocalDate> erpDates,
    CommitmentKind commitmentKind,
    Map<Long, LineIds> lineIds,
    String originId) {

  /**
   * Procore's ids of what a line refers to.
   *
   * @param costCodeId its cost code, or null
   * @param commitmentLineId the commitment's line, or null
   */
  public record LineIds(Long costCodeId, Long commitmentLineId) {}

  public ReadRequisition {
    discrepancies = List.copyOf(discrepancies);
    erpDates = Map.copyOf(erpDates);
    lineIds = Map.copyOf(lineIds);
  }

  /** The same requisition with another invoice, such as one whose links were completed. */
  public ReadRequisition with(SubcontractorInvoice completed) {
    return new ReadRequisition(
        completed, discrepancies, erpDates, commitmentKind, lineIds, originId);
  }
}
