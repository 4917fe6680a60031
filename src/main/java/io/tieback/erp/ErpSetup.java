package io.tieback.erp;

import java.time.LocalDate;
import java.util.Map;

/**
 * What an ERP company's set-up says, as far as checks of a bill need it.
 *
 * @param companyKey the ERP's key of the company, or null when unknown
 * @param companyName its name, or null when unknown
 * @param baseCurrency ISO 4217 code, or null when unknown
 * @param lockedThrough last day of the closed period: nothing dated on or before it can be written;
 *     null when no period is closed, or unknown
 * @param accounts ledger accounts by code; empty when unknown
 */
public record ErpSetup(
    String companyKey,
    String companyName,
    String baseCurrency,
    LocalDate lockedThrough,
    Map<String, Account> accounts) {

  /** Of a company that tells nothing. */
  public static final ErpSetup UNKNOWN = new ErpSetup(null, null, null, null, Map.of());

  public ErpSetup {
    accounts = Map.copyOf(accounts);
  }

  /**
   * A ledger account.
   *
   * @param code its code
   * @param name its name
   * @param type the ERP's word for its type
   * @param active whether it can be written to
   * @param currentLiability whether it is a current liability, as retainage wants it (design
   *     section 6)
   * @param system whether the ERP keeps it for itself, such as accounts payable; never for our
   *     lines
   */
  public record Account(
      String code,
      String name,
      String type,
      boolean active,
      boolean currentLiability,
      boolean system) {}
}
