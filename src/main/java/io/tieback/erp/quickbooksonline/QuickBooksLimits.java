package io.tieback.erp.quickbooksonline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What QuickBooks Online can hold, and what it cannot (reference section 12; QBO-CFG-04), declared
 * once.
 */
final class QuickBooksLimits {

  /** Longest {@code DocNumber} (QBO-INV-04). */
  static final int NUMBER_LENGTH = 21;

  /** Longest description of a line. */
  static final int DESCRIPTION_LENGTH = 4_000;

  /** Longest {@code PrivateNote}. */
  static final int NOTE_LENGTH = 4_000;

  /** Longest name of an item (QBO-WBS-04). */
  static final int ITEM_NAME_LENGTH = 100;

  /** Longest {@code DisplayName} of a vendor. */
  static final int VENDOR_NAME_LENGTH = 500;

  /** Longest {@code Notes} of a vendor. */
  static final int VENDOR_NOTE_LENGTH = 1_024;

  /** Longest e-mail address. */
  static final int EMAIL_LENGTH = 100;

  /** Decimals of a price. */
  static final int PRICE_DECIMALS = 7;

  /** Decimals of a quantity: the cautious reading of an UNCERTAIN fact. */
  static final int QUANTITY_DECIMALS = 4;

  /** Largest amount of a line: ten digits before the point. */
  static final String LINE_AMOUNT = "9999999999.99";

  /** Procore's event names with the reason that the approver reads. */
  static final Map<String, String> NOT_TAKEN = notTaken();

  private QuickBooksLimits() {}

  private static Map<String, String> notTaken() {
    Map<String, String> reasons = new LinkedHashMap<>();
    add(
        reasons,
        List.of("create_budget", "update_budget", "create_budget_in_procore"),
        "QuickBooks Online's budgets know neither projects nor cost codes, so a budget cannot be"
            + " kept there (QBO-CFG-04). Keep it in Procore; job costs come back to compare it"
            + " with.");
    add(
        reasons,
        List.of(
            "sync_prime_contracts",
            "create_prime_contract_change_order",
            "unlink_prime_contract_change_order",
            "reset_prime_contract_change_order"),
        "QuickBooks Online has no prime contracts (QBO-CFG-04). Keep the prime contract in"
            + " Procore.");
    add(
        reasons,
        List.of("create_payment_application", "unlink_payment_application"),
        "Owner invoices do not go to QuickBooks Online from here (QBO-CFG-04). Enter the sales"
            + " invoice in QuickBooks by hand.");
    add(
        reasons,
        List.of(
            "create_sub_job",
            "create_sub_job_in_procore",
            "reset_sub_job",
            "sync_sub_job",
            "sync_sub_jobs"),
        "Projects of QuickBooks Online have no sub jobs. Use cost codes of the project instead.");
    add(
        reasons,
        List.of("create_payment"),
        "Payments are entered in QuickBooks and come back to Procore (QBO-PAY-01). Enter this one"
            + " in QuickBooks.");
    add(
        reasons,
        List.of(
            "create_company_level_direct_cost",
            "unlink_company_level_direct_cost",
            "reset_company_level_direct_cost"),
        "Direct costs are entered in QuickBooks and come back to Procore (QBO-JC-01). Enter this"
            + " one in QuickBooks.");
    return Map.copyOf(reasons);
  }

  private static void add(Map<String, String> reasons, List<String> names, String reason) {
    names.forEach(name -> reasons.put(name, reason));
  }
}
