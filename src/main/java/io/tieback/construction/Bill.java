package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * The bill that a subcontractor invoice becomes, free of any one ERP's wire form: what the dry run
 * shows and what an adapter renders.
 *
 * @param marker address that finds the bill again, and leads back to Procore; unique per connection
 *     and record (design section 5)
 * @param procoreId id of the requisition
 * @param contactKey the ERP's key of the supplier
 * @param number the bill's number
 * @param date the bill's date
 * @param dueDate when it has to be paid; null only where the ERP fills it
 * @param currency ISO 4217 code, or null for the ERP company's own
 * @param lines lines in the order in which they are written
 * @param total sum of the lines, equal to the invoice's net to the cent; below 0.00 it is a credit
 *     note ({@link #isCredit})
 * @param taxAmounts how the amounts of its lines relate to tax
 * @param notes what a person should know, such as a rounding that had to be shown as a line of its
 *     own
 */
public record Bill(
    String marker,
    long procoreId,
    String contactKey,
    String number,
    LocalDate date,
    LocalDate dueDate,
    String currency,
    List<BillLine> lines,
    Money total,
    TaxSettings.Amounts taxAmounts,
    List<String> notes)
    implements Outgoing {

  public Bill {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /** A bill without tax. */
  public Bill(
      String marker,
      long procoreId,
      String contactKey,
      String number,
      LocalDate date,
      LocalDate dueDate,
      String currency,
      List<BillLine> lines,
      Money total,
      List<String> notes) {
    this(
        marker,
        procoreId,
        contactKey,
        number,
        date,
        dueDate,
        currency,
        lines,
        total,
        TaxSettings.Amounts.NONE,
        notes);
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.INVOICE;
  }

  /** The tax of all lines. */
  public Money tax() {
    return Money.sum(
        lines.stream().map(line -> line.tax() == null ? Money.ZERO : line.tax().amount()).toList());
  }

  /** What has to be paid: the total, and the tax where it comes on top. */
  public Money payable() {
    return taxAmounts == TaxSettings.Amounts.EXCLUSIVE ? total.plus(tax()) : total;
  }

  /**
   * Whether it goes as a supplier's credit note. Its lines and total are negative here, as an
   * invoice has them; on a credit note they stand with the opposite sign.
   */
  public boolean isCredit() {
    return total.isNegative();
  }

  /** What it is in an {@link OriginId}: {@code bill} or {@code credit_note}. */
  public String originKind() {
    return isCredit() ? "credit_note" : "bill";
  }
}
