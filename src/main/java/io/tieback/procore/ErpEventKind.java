package io.tieback.procore;

import static io.tieback.procore.ErpEventKind.Answer.CHECK_THEN_DETAIL;
import static io.tieback.procore.ErpEventKind.Answer.LINK_THEN_DETAIL;
import static io.tieback.procore.ErpEventKind.Answer.NOTHING;
import static io.tieback.procore.ErpEventKind.Answer.PUSH;
import static io.tieback.procore.ErpEventKind.Answer.PUSH_THEN_DETAIL;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One name of the event dictionary (GEN-API-38, Procore reference section 6).
 *
 * @param name Procore's {@code request_name}
 * @param answer what Procore expects
 * @param superUserOnly whether only Procore's own staff can cause it
 * @param record where in {@code request_data} the id of its record stands, as a path such as {@code
 *     vendor.id} or {@code requisitions[].id}; blank when it is about no single kind of record
 */
public record ErpEventKind(String name, Answer answer, boolean superUserOnly, String record) {

  /** What Procore expects. */
  public enum Answer {
    /** External Data of the record and its lines, then the request detail. */
    LINK_THEN_DETAIL,
    /** Data of the ERP is pushed or staged, then the request detail. */
    PUSH_THEN_DETAIL,
    /**
     * Look whether the record is gone in the ERP, clear External Data if so, then the request
     * detail.
     */
    CHECK_THEN_DETAIL,
    /** Data of the ERP is pushed; there is no request detail. */
    PUSH,
    /** Only told. */
    NOTHING;

    /** Whether a request detail waits to be closed. */
    public boolean closesDetail() {
      return this == LINK_THEN_DETAIL || this == PUSH_THEN_DETAIL || this == CHECK_THEN_DETAIL;
    }
  }

  /** The event that this connector carries out today. */
  public static final String CREATE_REQUISITIONS = "create_requisitions";

  /** The event of the button that asks for payments. */
  public static final String SYNC_CONTRACT_PAYMENTS = "sync_contract_payments";

  private static final Map<String, ErpEventKind> DICTIONARY = new LinkedHashMap<>();

  /** Names under which an event appears besides its own (contradiction C-18). */
  private static final Map<String, String> ALIASES =
      Map.of("create_contract_payment", "create_payment");

  static {
    add("create_standard_cost_codes", LINK_THEN_DETAIL, "[].id");
    add("sync_standard_cost_codes", PUSH_THEN_DETAIL, "");
    add("sync_standard_categories", PUSH, "");
    superUser("unlink_standard_cost_codes", NOTHING, "");
    superUser("delete_standard_cost_codes", NOTHING, "");
    superUser("delete_standard_categories", NOTHING, "");
    add("create_vendor", LINK_THEN_DETAIL, "vendor.id");
    add("create_vendor_in_procore", NOTHING, "vendor.id");
    add("link_vendor", NOTHING, "vendor.id");
    add("link_all_vendors", NOTHING, "vendors[].id");
    add("merge_vendors", NOTHING, "master_vendor.id");
    add("sync_vendors", PUSH_THEN_DETAIL, "");
    add("unlink_vendor", NOTHING, "vendor.id");
    add("create_or_update_job", LINK_THEN_DETAIL, "job.id");
    add("create_job_in_procore", NOTHING, "project.id");
    superUser("reset_job", NOTHING, "project.id");
    add("sync_jobs", PUSH_THEN_DETAIL, "");
    add("sync_single_job", PUSH, "");
    add("create_sub_job", LINK_THEN_DETAIL, "sub_job.id");
    add("create_sub_job_in_procore", NOTHING, "sub_job.id");
    superUser("reset_sub_job", NOTHING, "sub_job.id");
    add("sync_sub_job", PUSH, "");
    add("sync_sub_jobs", PUSH_THEN_DETAIL, "");
    superUser("delete_cost_code", NOTHING, "");
    add("delete_cost_codes", CHECK_THEN_DETAIL, "cost_codes[].id");
    add("delete_cost_type_assignments", CHECK_THEN_DETAIL, "cost_type_assignments[].id");
    add("create_budget", LINK_THEN_DETAIL, "budget.id");
    add("update_budget", LINK_THEN_DETAIL, "budget.id");
    add("create_budget_in_procore", NOTHING, "budget.id");
    add(CREATE_REQUISITIONS, LINK_THEN_DETAIL, "requisitions[].procore_requisition_id");
    superUser("reset_requisition", NOTHING, "requisition_id");
    add("create_payment", LINK_THEN_DETAIL, "contract_payment.id");
    superUser("reset_payment", CHECK_THEN_DETAIL, "payment_id");
    add(SYNC_CONTRACT_PAYMENTS, PUSH_THEN_DETAIL, "");
    add("create_commitment", LINK_THEN_DETAIL, "commitment.id");
    add("create_commitment_in_procore", NOTHING, "commitment.id");
    add("sync_commitments", PUSH_THEN_DETAIL, "");
    add("unlink_commitment", CHECK_THEN_DETAIL, "procore_commitment_id");
    add("create_commitment_change_order", LINK_THEN_DETAIL, "change_order.id");
    add("sync_commitment_change_orders", PUSH_THEN_DETAIL, "");
    add("unlink_commitment_change_order", CHECK_THEN_DETAIL, "procore_commitment_change_order_id");
    add("create_payment_application", LINK_THEN_DETAIL, "payment_application.id");
    add("unlink_payment_application", CHECK_THEN_DETAIL, "payment_application.id");
    add("sync_prime_contracts", PUSH_THEN_DETAIL, "");
    add("create_prime_contract_change_order", LINK_THEN_DETAIL, "prime_contract_change_order.id");
    superUser(
        "reset_prime_contract_change_order", CHECK_THEN_DETAIL, "prime_contract_change_order_id");
    add("unlink_prime_contract_change_order", CHECK_THEN_DETAIL, "prime_contract_change_order.id");
    add("create_company_level_direct_cost", LINK_THEN_DETAIL, "direct_cost.id");
    superUser("reset_company_level_direct_cost", NOTHING, "direct_cost.id");
    add("unlink_company_level_direct_cost", CHECK_THEN_DETAIL, "direct_cost.id");
    add("sync_metadata", PUSH, "");
  }

  private static void add(String name, Answer answer, String record) {
    DICTIONARY.put(name, new ErpEventKind(name, answer, false, record));
  }

  private static void superUser(String name, Answer answer, String record) {
    DICTIONARY.put(name, new ErpEventKind(name, answer, true, record));
  }

  /**
   * The kind of a {@code request_name}, also under an alias; empty for names that the dictionary
   * does not have.
   */
  public static Optional<ErpEventKind> of(String requestName) {
    return Optional.ofNullable(DICTIONARY.get(ALIASES.getOrDefault(requestName, requestName)));
  }

  /** Every name of the dictionary. */
  public static Set<String> names() {
    return java.util.Collections.unmodifiableSet(DICTIONARY.keySet());
  }
}
