package io.tieback.erp;

import java.util.Set;

/** Procore's names of ERP requests, for {@link Capabilities}. */
public final class RequestNames {

  /** Those that there is a flow or deed for, whatever the ERP, as long as it keeps the records. */
  public static final Set<String> WITH_FLOW =
      Set.of(
          "create_requisitions",
          "reset_requisition",
          "sync_contract_payments",
          "reset_payment",
          "create_commitment",
          "create_commitment_in_procore",
          "sync_commitments",
          "unlink_commitment",
          "create_commitment_change_order",
          "sync_commitment_change_orders",
          "unlink_commitment_change_order",
          "create_vendor",
          "sync_vendors",
          "create_vendor_in_procore",
          "link_vendor",
          "link_all_vendors",
          "unlink_vendor",
          "merge_vendors",
          "create_standard_cost_codes",
          "sync_standard_cost_codes",
          "sync_standard_categories",
          "unlink_standard_cost_codes",
          "delete_standard_cost_codes",
          "delete_standard_categories",
          "create_or_update_job",
          "create_job_in_procore",
          "reset_job",
          "sync_jobs",
          "sync_single_job",
          "delete_cost_code",
          "delete_cost_codes",
          "delete_cost_type_assignments");

  private RequestNames() {}
}
