package io.tieback.construction;

import java.math.BigDecimal;
import java.util.List;

/**
 * One line of a composed bill.
 *
 * @param kind what the line stands for
 * @param description text of the line, never blank
 * @param quantity units, at most four decimals; 1 for a plain amount
 * @param unitAmount price of one unit, at most four decimals
 * @param amount what the line comes to: quantity times unit amount, rounded half up to the cent
 * @param itemCode the ERP's item (cost code and cost type), or null for a line that only names an
 *     account
 * @param accountCode ledger account, or null where the item brings its own
 * @param projectKey the ERP's key of the project, or null
 * @param taxCodeOriginId External Data of the tax code, or null
 * @param sourceItems ids of the requisition items that this line comes from
 * @param tax its tax, or null on a bill without tax
 * @param orderLineKey the ERP's key of the order line that it bills, or null; an ERP that links no
 *     bills to orders passes over it
 */
public record BillLine(
    Kind kind,
    String description,
    BigDecimal quantity,
    BigDecimal unitAmount,
    Money amount,
    String itemCode,
    String accountCode,
    String projectKey,
    String taxCodeOriginId,
    List<Long> sourceItems,
    LineTax tax,
    String orderLineKey) {

  /** What a line of a bill stands for. */
  public enum Kind {
    /** Work and stored material. */
    WORK,
    /** The cents by which quantity times price misses the billed amount. */
    ROUNDING,
    /** Retainage withheld: negative, on the retainage liability account (GEN-RET-02). */
    RETAINAGE_HELD,
    /** Retainage released: positive, on the same account. */
    RETAINAGE_RELEASED
  }

  public BillLine {
    sourceItems = List.copyOf(sourceItems);
  }

  /** A line that bills no order line. */
  public BillLine(
      Kind kind,
      String description,
      BigDecimal quantity,
      BigDecimal unitAmount,
      Money amount,
      String itemCode,
      String accountCode,
      String projectKey,
      String taxCodeOriginId,
      List<Long> sourceItems,
      LineTax tax) {
    this(
        kind,
        description,
        quantity,
        unitAmount,
        amount,
        itemCode,
        accountCode,
        projectKey,
        taxCodeOriginId,
        sourceItems,
        tax,
        null);
  }

  /** A line without tax. */
  public BillLine(
      Kind kind,
      String description,
      BigDecimal quantity,
      BigDecimal unitAmount,
      Money amount,
      String itemCode,
      String accountCode,
      String projectKey,
      String taxCodeOriginId,
      List<Long> sourceItems) {
    this(
        kind,
        description,
        quantity,
        unitAmount,
        amount,
        itemCode,
        accountCode,
        projectKey,
        taxCodeOriginId,
        sourceItems,
        null);
  }

  /** The same line with this tax. */
  public BillLine with(LineTax itsTax) {
    return new BillLine(
        kind,
        description,
        quantity,
        unitAmount,
        amount,
        itemCode,
        accountCode,
        projectKey,
        taxCodeOriginId,
        sourceItems,
        itsTax,
        orderLineKey);
  }

  /** The same line as one that bills this line of an order. */
  public BillLine billing(String itsOrderLineKey) {
    return new BillLine(
        kind,
        description,
        quantity,
        unitAmount,
        amount,
        itemCode,
        accountCode,
        projectKey,
        taxCodeOriginId,
        sourceItems,
        tax,
        itsOrderLineKey);
  }

  /** Whether it stands for retainage that is withheld or released. */
  public boolean isRetainage() {
    return kind == Kind.RETAINAGE_HELD || kind == Kind.RETAINAGE_RELEASED;
  }
}
