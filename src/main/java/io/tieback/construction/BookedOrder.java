package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A purchase order as it stands in the books of an ERP now. Amounts are before tax.
 *
 * @param erpId the ERP's key
 * @param number the number that people see, or null
 * @param title the order's title, or null
 * @param supplier the supplier's name, or null when the ERP does not tell
 * @param supplierKey the ERP's key of the supplier, or null
 * @param date its date, or null
 * @param state whether it counts
 * @param status the ERP's own word for that
 * @param lines its lines
 */
public record BookedOrder(
    String erpId,
    String number,
    String title,
    String supplier,
    String supplierKey,
    LocalDate date,
    State state,
    String status,
    List<Line> lines) {

  /** Whether an order counts. */
  public enum State {
    /** Entered, approved or not: it takes lines. */
    OPEN,
    /** Billed: it counts, and takes no line any more. */
    BILLED,
    /** Deleted: it does not count. */
    GONE
  }

  /**
   * One line.
   *
   * @param erpId the ERP's key of it, or null
   * @param description its text, or null
   * @param amount before tax
   * @param projectKey the ERP's key of the project, or null
   * @param changeOrderId Procore's id of the change order that added it, or null
   * @param accountless whether it names no account though the ERP demands one: the order cannot be
   *     written again as it stands
   */
  public record Line(
      String erpId,
      String description,
      Money amount,
      String projectKey,
      Long changeOrderId,
      boolean accountless) {

    /** A line with an account. */
    public Line(
        String erpId, String description, Money amount, String projectKey, Long changeOrderId) {
      this(erpId, description, amount, projectKey, changeOrderId, false);
    }
  }

  public BookedOrder {
    Objects.requireNonNull(erpId, "erpId");
    Objects.requireNonNull(state, "state");
    lines = List.copyOf(lines);
  }

  /** What it comes to. */
  public Money total() {
    return Money.sum(lines.stream().map(Line::amount).toList());
  }
}
