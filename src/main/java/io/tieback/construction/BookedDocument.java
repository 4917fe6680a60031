package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/**
 * A supplier's document as it stands in the books of an ERP now, in a form that is the same for
 * every ERP. All amounts are signed by what they do to what is owed to the supplier: those of a
 * bill as they are printed, those of a credit note with the opposite sign.
 *
 * @param kind bill or credit note
 * @param marker the address that it carries, ours or anybody's, or null
 * @param erpId the ERP's key
 * @param number the number that people see, or null
 * @param supplier the supplier's name, or null when the ERP does not tell
 * @param date its date, or null
 * @param state whether it counts in the books
 * @param status the ERP's own word for that
 * @param lines its lines; amounts before tax
 * @param tax tax of all lines
 * @param due what is still open
 * @param settlements what it was settled with: payments, credits, prepayments
 */
public record BookedDocument(
    Kind kind,
    String marker,
    String erpId,
    String number,
    String supplier,
    LocalDate date,
    State state,
    String status,
    List<Line> lines,
    Money tax,
    Money due,
    List<Settlement> settlements) {

  /** What it is. */
  public enum Kind {
    BILL,
    CREDIT_NOTE
  }

  /** Whether it counts in the books. */
  public enum State {
    /** Entered, not approved: in no account yet. */
    DRAFT,
    /** Approved or paid: in the ledger accounts. */
    POSTED,
    /** Voided or deleted: in no account any more. */
    GONE
  }

  /**
   * One line.
   *
   * @param description its text, or null
   * @param amount before tax, signed as above
   * @param itemCode the ERP's item, or null
   * @param accountCode ledger account, or null
   * @param projectKey the ERP's key of the project, or null
   */
  public record Line(
      String description, Money amount, String itemCode, String accountCode, String projectKey) {}

  /** With what a document was settled. */
  public enum SettledBy {
    /** Money that left the company: the only kind that Procore shows (design section 6). */
    PAYMENT,
    CREDIT_NOTE,
    PREPAYMENT,
    OVERPAYMENT
  }

  /**
   * One settlement of a document.
   *
   * @param by with what
   * @param key the ERP's key of the payment, credit note, prepayment or overpayment; on a credit
   *     note that of the bill that it was given to
   * @param amount how much of it settles this document
   * @param date its day, or null when the ERP does not tell
   */
  public record Settlement(SettledBy by, String key, Money amount, LocalDate date) {}

  public BookedDocument {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(erpId, "erpId");
    Objects.requireNonNull(state, "state");
    lines = List.copyOf(lines);
    settlements = List.copyOf(settlements);
  }
}
