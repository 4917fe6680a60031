package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * What a document's costs of one project are in Procore: one direct cost with one line for each
 * line that counts (XR-JC-01). Always approved (GEN-JC-03).
 *
 * @param originId its External Data
 * @param projectId Procore's project
 * @param type which of Procore's types; settled when it is first written
 * @param vendorId Procore's company, or null when the supplier is not linked
 * @param invoiceNumber number of the document, or null
 * @param date its date
 * @param description what it is, for people
 * @param lines its lines; never empty
 */
public record DirectCost(
    String originId,
    long projectId,
    Type type,
    Long vendorId,
    String invoiceNumber,
    LocalDate date,
    String description,
    List<Line> lines) {

  public DirectCost {
    lines = List.copyOf(lines);
  }

  /** Procore's types of direct cost that come from an ERP; {@link #word} is Procore's word. */
  public enum Type {
    INVOICE("invoice"),
    EXPENSE("expense"),
    SUBCONTRACTOR_INVOICE("subcontractor_invoice");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** Procore's word for it. */
    public String word() {
      return word;
    }
  }

  /**
   * A line of it.
   *
   * @param originId its External Data
   * @param costCodeId Procore's cost code
   * @param costTypeId Procore's cost type
   * @param amount net of tax; negative for a credit
   * @param description its text; never blank
   */
  public record Line(
      String originId, long costCodeId, long costTypeId, Money amount, String description) {}

  /** What its lines come to. */
  public Money total() {
    return Money.sum(lines.stream().map(Line::amount).toList());
  }

  /** The same with the type under which it stands in Procore already. */
  public DirectCost as(Type settled) {
    return new DirectCost(
        originId, projectId, settled, vendorId, invoiceNumber, date, description, lines);
  }
}
