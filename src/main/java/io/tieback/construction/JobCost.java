package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A document of the ERP that may hold job costs (XR-JC-02, XR-JC-03, XR-JC-04), as the ERP has it
 * now. Which of its lines count is decided by the rules, not by the adapter.
 *
 * @param kind what it is
 * @param erpId the ERP's key
 * @param number its number or reference, or null
 * @param contactKey the ERP's key of the supplier, or null when it names none
 * @param contactName the supplier's name, or null
 * @param date its date in the company's zone
 * @param currency its currency, or null when the ERP does not tell
 * @param status how far it is
 * @param marker the address by which a bill of Tieback's own is recognised ({@link BillMarker}), or
 *     null
 * @param lines its lines with an amount, in the ERP's order
 */
public record JobCost(
    Kind kind,
    String erpId,
    String number,
    String contactKey,
    String contactName,
    LocalDate date,
    String currency,
    Status status,
    String marker,
    List<Line> lines) {

  public JobCost {
    lines = List.copyOf(lines);
  }

  /** What a document is. */
  public enum Kind {
    /** A supplier's bill. */
    BILL("bill"),
    /** Money spent from a bank account without a bill. */
    SPEND("spend money"),
    /** A supplier's credit note; its amounts are negative. */
    CREDIT("credit note"),
    /** An entry of the general ledger; credits are negative. */
    JOURNAL("journal entry");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people, such as {@code credit note}. */
    public String words() {
      return words;
    }

    /** For keys, such as {@code credit}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far a document is. */
  public enum Status {
    /** Not approved yet. */
    DRAFT,
    /** Approved, whether or not it is paid (XR-JC-08, C-16). */
    APPROVED,
    /** Voided or deleted: none of its lines is a cost any more. */
    GONE
  }

  /**
   * A line of it.
   *
   * @param key the ERP's key of the line, unique in the document
   * @param description its text, or null
   * @param projectKey the ERP's key of its project, or null when it carries none
   * @param projectName the name of that project, or null
   * @param itemCode its item (cost code and cost type), or null
   * @param accountCode its ledger account, or null
   * @param amount net of tax in the document's currency; negative where it takes cost back, as on a
   *     credit note
   */
  public record Line(
      String key,
      String description,
      String projectKey,
      String projectName,
      String itemCode,
      String accountCode,
      Money amount) {}

  /** The same, voided or deleted. */
  public JobCost gone() {
    return new JobCost(
        kind,
        erpId,
        number,
        contactKey,
        contactName,
        date,
        currency,
        Status.GONE,
        marker,
        List.of());
  }

  /** As people know it, such as {@code bill 4711 of Acme Ltd}. */
  public String inWords() {
    return kind.words()
        + (number == null ? "" : " " + number)
        + (contactName == null ? "" : " of " + contactName);
  }
}
