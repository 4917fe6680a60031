package io.tieback.erp.xero;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Xero cannot hold (XR-CFG-03, XR-PRJ-03), declared once. */
final class XeroLimits {

  /** Procore's event names with the reason that the approver reads. */
  static final Map<String, String> NOT_TAKEN = notTaken();

  private XeroLimits() {}

  private static Map<String, String> notTaken() {
    Map<String, String> reasons = new LinkedHashMap<>();
    add(
        reasons,
        List.of("create_budget", "update_budget", "create_budget_in_procore"),
        "Xero's budgets know neither projects nor cost codes, so a budget cannot be kept there"
            + " (XR-CFG-03). Keep it in Procore; job costs come back to compare it with.");
    add(
        reasons,
        List.of(
            "sync_prime_contracts",
            "create_prime_contract_change_order",
            "unlink_prime_contract_change_order",
            "reset_prime_contract_change_order"),
        "Xero has no prime contracts (XR-CFG-03). Keep the prime contract in Procore.");
    add(
        reasons,
        List.of("create_payment_application", "unlink_payment_application"),
        "Owner invoices do not go to Xero (XR-CFG-03). Enter the sales invoice in Xero by hand.");
    add(
        reasons,
        List.of(
            "create_sub_job",
            "create_sub_job_in_procore",
            "reset_sub_job",
            "sync_sub_job",
            "sync_sub_jobs"),
        "Xero knows projects by one tracking option each, without sub jobs (XR-PRJ-03). Use cost"
            + " codes of the project instead.");
    add(
        reasons,
        List.of("create_payment"),
        "Payments are entered in Xero and come back to Procore (XR-PAY-03). Enter this one in"
            + " Xero.");
    add(
        reasons,
        List.of(
            "create_company_level_direct_cost",
            "unlink_company_level_direct_cost",
            "reset_company_level_direct_cost"),
        "Direct costs are entered in Xero and come back to Procore (XR-JC-01). Enter this one in"
            + " Xero.");
    return Map.copyOf(reasons);
  }

  private static void add(Map<String, String> reasons, List<String> names, String reason) {
    names.forEach(name -> reasons.put(name, reason));
  }
}
