package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * A commitment change order of Procore, as the accounting approver accepted it. The day on which it
 * was created and its description are no part of it: neither is exported (XR-CCO-06, XR-CCO-07).
 *
 * @param procoreId Procore's id
 * @param commitmentEntity External Data's word of its commitment
 * @param commitmentId its commitment
 * @param projectId its project
 * @param vendorId its contract company
 * @param projectOriginId External Data of the project, or null while it is in no ERP
 * @param vendorOriginId External Data of the contract company, or null while it is in no ERP
 * @param commitmentOriginId External Data of the commitment, or null while it is in no ERP
 * @param orderNumber number of the commitment's order, or null when it is not known
 * @param number its number, or null
 * @param title its title, or null
 * @param status Procore's word
 * @param date day of a further order, where it has to become one
 * @param lines the changes; several may be about one line of the commitment
 */
public record ChangeOrder(
    long procoreId,
    String commitmentEntity,
    long commitmentId,
    long projectId,
    long vendorId,
    String projectOriginId,
    String vendorOriginId,
    String commitmentOriginId,
    String orderNumber,
    String number,
    String title,
    String status,
    LocalDate date,
    List<ContractLine> lines) {

  public ChangeOrder {
    lines = List.copyOf(lines);
  }

  /** The sum of its lines; Procore states none. */
  public Money sum() {
    return Money.sum(lines.stream().map(ContractLine::amount).toList());
  }

  /** The same with these links. */
  public ChangeOrder linked(
      String project, String vendor, String commitment, List<ContractLine> linkedLines) {
    return new ChangeOrder(
        procoreId,
        commitmentEntity,
        commitmentId,
        projectId,
        vendorId,
        project,
        vendor,
        commitment,
        orderNumber,
        number,
        title,
        status,
        date,
        linkedLines);
  }

  /** The same on this day, on the order with this number. */
  public ChangeOrder on(LocalDate day, String itsOrder) {
    return new ChangeOrder(
        procoreId,
        commitmentEntity,
        commitmentId,
        projectId,
        vendorId,
        projectOriginId,
        vendorOriginId,
        commitmentOriginId,
        itsOrder,
        number,
        title,
        status,
        day,
        lines);
  }
}
