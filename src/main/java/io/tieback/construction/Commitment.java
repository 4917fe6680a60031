package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * A subcontract or purchase order of Procore, as the accounting approver accepted it. The
 * subcontractor's own schedule of values and the description are no part of it: neither is exported
 * (XR-COM-06, XR-COM-07, GEN-COM-05).
 *
 * @param procoreId Procore's id
 * @param entity External Data's word: {@code work_order_contract} or {@code
 *     purchase_order_contract}
 * @param projectId its project
 * @param vendorId its contract company
 * @param projectOriginId External Data of the project, or null while it is in no ERP
 * @param vendorOriginId External Data of the contract company, or null while it is in no ERP
 * @param number Procore's number, or null
 * @param code the number that the approver chose for the ERP, or null
 * @param title its title, or null
 * @param status Procore's word
 * @param date day that the order bears, or null when no source yields one
 * @param deliveryDate when it is to be delivered, or null
 * @param currency ISO 4217 code, or null when Procore does not tell
 * @param grandTotal what Procore says it comes to, without change orders
 * @param lines its schedule of values
 */
public record Commitment(
    long procoreId,
    String entity,
    long projectId,
    long vendorId,
    String projectOriginId,
    String vendorOriginId,
    String number,
    String code,
    String title,
    String status,
    LocalDate date,
    LocalDate deliveryDate,
    String currency,
    Money grandTotal,
    List<ContractLine> lines) {

  public Commitment {
    lines = List.copyOf(lines);
  }

  /** The sum of its lines. */
  public Money sum() {
    return Money.sum(lines.stream().map(ContractLine::amount).toList());
  }

  /**
   * The number of its order: the one that the approver chose, else Procore's own (GEN-API-27); null
   * when there is neither.
   */
  public String orderNumber() {
    return code == null ? number : code;
  }

  /** The same with these links. */
  public Commitment linked(String project, String vendor, List<ContractLine> linkedLines) {
    return new Commitment(
        procoreId,
        entity,
        projectId,
        vendorId,
        project,
        vendor,
        number,
        code,
        title,
        status,
        date,
        deliveryDate,
        currency,
        grandTotal,
        linkedLines);
  }

  /** The same on this day and in this currency. */
  public Commitment on(LocalDate day, String itsCurrency) {
    return new Commitment(
        procoreId,
        entity,
        projectId,
        vendorId,
        projectOriginId,
        vendorOriginId,
        number,
        code,
        title,
        status,
        day,
        deliveryDate,
        itsCurrency,
        grandTotal,
        lines);
  }
}
