package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Query;
import java.util.List;
import java.util.Optional;

/**
 * Reads of projects, vendors, commitments, codes and rights (Procore reference sections 9 and 10).
 */
public final class ProcoreDirectory {

  private static final int PAGE = 1000;

  private final ProcoreCalls calls;
  private final long companyId;

  ProcoreDirectory(ProcoreCalls calls) {
    this.calls = calls;
    this.companyId = calls.connection().companyId();
  }

  /** The service account itself. */
  public JsonNode me() {
    return calls.get("procore.me", "/rest/v1.0/me");
  }

  /** The companies that installed the app. */
  public List<JsonNode> companies() {
    return calls.list(
        "procore.list-companies", new Query().with("per_page", PAGE).after("/rest/v1.0/companies"));
  }

  /** The account's tools and access levels in the company. */
  public JsonNode companyPermissions() {
    return calls.get(
        "procore.permissions",
        new Query().with("company_id", companyId).after("/rest/v1.0/settings/permissions"));
  }

  /** The account's tools and access levels in a project. */
  public JsonNode projectPermissions(long projectId) {
    return calls.get(
        "procore.permissions",
        new Query().with("project_id", projectId).after("/rest/v1.0/settings/permissions"));
  }

  /** All projects that the account sees. */
  public List<JsonNode> projects() {
    return calls.list(
        "procore.list-projects",
        new Query()
            .with("company_id", companyId)
            .with("per_page", PAGE)
            .after("/rest/v1.0/projects"));
  }

  /** All projects that the account sees, also those that are no longer active. */
  public List<JsonNode> projectsOfAnyStatus() {
    return calls.list(
        "procore.list-projects",
        new Query()
            .with("company_id", companyId)
            .with("filters[by_status]", "All")
            .with("per_page", PAGE)
            .after("/rest/v1.0/projects"));
  }

  /** The project with this External Data; empty when there is none or it is not permitted. */
  public Optional<JsonNode> projectByOrigin(String originId) {
    Query query = new Query().with("company_id", companyId).with("filters[origin_id]", originId);
    return calls.list("procore.find-project", query.after("/rest/v1.0/projects")).stream()
        .filter(project -> originId.equals(project.path("origin_id").textValue()))
        .findFirst();
  }

  /** One project. */
  public JsonNode project(long id) {
    return calls.get(
        "procore.show-project",
        new Query().with("company_id", companyId).after("/rest/v1.0/projects/" + id));
  }

  /** One vendor with its External Data. */
  public JsonNode vendor(long id) {
    Query query = new Query().with("company_id", companyId).with("view", "erp");
    return calls.get("procore.show-vendor", query.after("/rest/v1.0/vendors/" + id));
  }

  /** All vendors with their External Data. */
  public List<JsonNode> vendors() {
    Query query =
        new Query().with("company_id", companyId).with("view", "erp").with("per_page", PAGE);
    return calls.list("procore.list-vendors", query.after("/rest/v1.0/vendors"));
  }

  /**
   * Cost types of the company.
   *
   * @param projectId any of its projects: the published contract demands one
   */
  public List<JsonNode> costTypes(long projectId) {
    Query query =
        new Query()
            .with("company_id", companyId)
            .with("project_id", projectId)
            .with("per_page", PAGE);
    return calls.list("procore.list-cost-types", query.after("/rest/v1.0/line_item_types"));
  }

  /** Commitments of one kind in a project, with what they come to. */
  public List<JsonNode> commitments(CommitmentKind kind, long projectId) {
    Query query =
        new Query().with("project_id", projectId).with("view", "extended").with("per_page", PAGE);
    return calls.list("procore.list-commitments", query.after(kind.path()));
  }

  /** One commitment with its vendor, lines and payments. */
  public JsonNode commitment(CommitmentKind kind, long projectId, long id) {
    return calls.get(
        "procore.show-commitment",
        new Query().with("project_id", projectId).after(kind.path() + "/" + id));
  }

  /** Lines of a commitment, each with its cost code, cost type and External Data. */
  public List<JsonNode> commitmentLines(CommitmentKind kind, long projectId, long id) {
    Query query = new Query().with("project_id", projectId).with("per_page", PAGE);
    return calls.list(
        "procore.list-commitment-lines", query.after(kind.path() + "/" + id + "/line_items"));
  }

  /** One cost code of a project. */
  public JsonNode costCode(long projectId, long id) {
    return calls.get(
        "procore.show-cost-code",
        new Query().with("project_id", projectId).after("/rest/v1.0/cost_codes/" + id));
  }

  /** Cost codes of a project. */
  public List<JsonNode> costCodes(long projectId) {
    Query query = new Query().with("project_id", projectId).with("per_page", PAGE);
    return calls.list("procore.list-cost-codes", query.after("/rest/v1.0/cost_codes"));
  }
}
