package io.tieback.flow.door;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The public resources that the door reads, in the order in which they are read: what others refer
 * to comes first.
 */
public enum DoorResource {
  /** Companies of the Directory. */
  VENDORS(false, "Company Vendors", "Vendors"),
  /** Projects with their cost codes. */
  PROJECTS(false, "Projects"),
  /** The company's standard cost code list. */
  STANDARD_CODES(false, "Standard Cost Codes"),
  /** Cost codes of a project: the project is read anew. */
  COST_CODES(true, "Cost Codes", "Project Cost Codes"),
  /** Subcontracts. */
  WORK_ORDER_CONTRACTS(true, "Work Order Contracts", "Commitment Subcontracts"),
  /** Purchase orders. */
  PURCHASE_ORDER_CONTRACTS(true, "Purchase Order Contracts", "Commitment Purchase Orders"),
  /** Change orders of commitments. */
  CHANGE_ORDERS(true, "Change Order Packages", "Commitment Change Orders"),
  /** Subcontractor invoices. */
  REQUISITIONS(true, "Requisitions", "Subcontractor Invoices"),
  /** Budgets, where the ERP takes them. */
  BUDGETS(true, "Budget Line Items", "Budget Changes", "Budgets");

  private final boolean ofProject;
  private final List<String> webhookNames;

  DoorResource(boolean ofProject, String... webhookNames) {
    this.ofProject = ofProject;
    this.webhookNames = List.of(webhookNames);
  }

  /** Whether it is read project by project. */
  public boolean ofProject() {
    return ofProject;
  }

  /**
   * The name under which it is asked for. Other names are understood too: Procore lists the names
   * that a company or project has, and publishes nowhere what each stands for.
   */
  public String webhookName() {
    return webhookNames.get(0);
  }

  /** Its word in cursors and hints. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The resource of a webhook. */
  public static Optional<DoorResource> ofWebhook(String name) {
    for (DoorResource resource : values()) {
      if (resource.webhookNames.stream().anyMatch(known -> known.equalsIgnoreCase(name))) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  /** The resource of a word; empty when an older version had it. */
  public static Optional<DoorResource> of(String word) {
    for (DoorResource resource : values()) {
      if (resource.word().equals(word)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  /** The name of a cursor. */
  public String cursor(Long projectId) {
    return projectId == null ? word() : word() + "/" + projectId;
  }

  /** The name of a hint: {@code requisitions/4711/42}; 0 where there is no project. */
  public String hint(Long projectId, long recordId) {
    return word() + "/" + (projectId == null ? 0 : projectId) + "/" + recordId;
  }
}
