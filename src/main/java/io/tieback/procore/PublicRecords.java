package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Procore's public resources read by what changed, for the Tieback door: nothing here needs the ERP
 * tab (Procore reference sections 3 and 9 to 13). Every list is read to its end.
 */
public final class PublicRecords {

  private static final int PAGE = 1000;

  /** Each row of such a page carries all lines of its record. */
  private static final int PAGE_WITH_LINES = 100;

  /** Ids in one query: addresses have to stay short. */
  private static final int IDS_A_CALL = 100;

  /** The end of a range lies ahead, so that a clock of Procore that is fast leaves nothing out. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final ProcoreCalls calls;
  private final long companyId;

  PublicRecords(ProcoreCalls calls) {
    this.calls = calls;
    this.companyId = calls.connection().companyId();
  }

  /**
   * What is asked for: what changed since a moment, or some ids.
   *
   * @param from the first moment that counts, by Procore's clock; null for everything there is
   * @param to the last one
   * @param ids the only ids; empty for all
   */
  public record Wanted(Instant from, Instant to, List<Long> ids) {
    public Wanted {
      ids = List.copyOf(ids);
    }

    /** What changed since then; everything when it is null. */
    public static Wanted since(Instant from, Instant now) {
      return new Wanted(from, now.plus(AHEAD), List.of());
    }

    /** These records. */
    public static Wanted ids(Collection<Long> ids) {
      return new Wanted(null, null, List.copyOf(ids));
    }

    private String range() {
      return from == null || !ids.isEmpty()
          ? null
          : from.truncatedTo(ChronoUnit.SECONDS) + "..." + to.truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /** The projects that are active now. */
  public List<JsonNode> activeProjects() {
    return calls.list(
        "procore.list-projects",
        company()
            .with("filters[by_status]", "Active")
            .with("per_page", PAGE)
            .after("/rest/v1.0/projects"));
  }

  /** Projects of any status. */
  public List<JsonNode> projects(Wanted wanted) {
    return read(
        "procore.list-projects",
        wanted,
        () -> company().with("filters[by_status]", "All").with("per_page", PAGE),
        "filters[id]",
        "/rest/v1.0/projects");
  }

  /** Companies of the Directory, with their links. */
  public List<JsonNode> vendors(Wanted wanted) {
    return read(
        "procore.list-vendors",
        wanted,
        () -> company().with("view", "erp").with("per_page", PAGE),
        "filters[id][]",
        "/rest/v1.0/vendors");
  }

  /**
   * Commitments of one kind, deleted ones with them. Whether a row has its lines is not published:
   * where it has none, {@link ProcoreDirectory#commitment} shows them.
   */
  public List<JsonNode> commitments(CommitmentKind kind, long projectId, Wanted wanted) {
    return read(
        "procore.list-commitments",
        wanted,
        () ->
            project(projectId)
                .with("view", "extended")
                .with("filters[include_deleted]", "with")
                .with("per_page", PAGE),
        "filters[id]",
        kind.path());
  }

  /** Change order packages of prime contracts and commitments alike, deleted ones with them. */
  public List<JsonNode> changeOrders(long projectId, Wanted wanted) {
    return read(
        "procore.list-change-orders",
        wanted,
        () -> project(projectId).with("filters[include_deleted]", "with").with("per_page", PAGE),
        "filters[id]",
        "/rest/v1.0/change_order_packages");
  }

  /** One change order package with its lines, where the package holds them. */
  public JsonNode changeOrder(long projectId, long id) {
    return calls.get(
        "procore.show-change-order",
        project(projectId).after("/rest/v1.0/change_order_packages/" + id));
  }

  /** The potential change orders of one contract; lines of older packages are theirs. */
  public List<JsonNode> potentialChangeOrders(long projectId, long contractId) {
    return calls.list(
        "procore.list-potential-change-orders",
        project(projectId)
            .with("filters[contract_id]", contractId)
            .with("per_page", PAGE)
            .after("/rest/v1.0/potential_change_orders"));
  }

  /** The lines of a potential change order. */
  public List<JsonNode> potentialLines(long projectId, long potentialChangeOrder) {
    return calls.list(
        "procore.list-potential-change-order-lines",
        project(projectId)
            .with("per_page", PAGE)
            .after("/rest/v1.0/potential_change_orders/" + potentialChangeOrder + "/line_items"));
  }

  /** Subcontractor invoices with their items, v1.1. */
  public List<JsonNode> requisitions(long projectId, Wanted wanted) {
    String view = calls.connection().settings().requisitionView().word();
    return read(
        "procore.list-requisitions",
        wanted,
        () -> project(projectId).with("view", view).with("per_page", PAGE_WITH_LINES),
        "filters[id]",
        "/rest/v1.1/requisitions");
  }

  /** Whether the budget is locked (GEN-BUD-01); false where the project has none. */
  public boolean budgetLocked(long projectId) {
    try {
      return calls
          .get("procore.show-budget", "/rest/v1.0/projects/" + projectId + "/budget")
          .path("locked")
          .asBoolean(false);
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return false;
      }
      throw failure;
    }
  }

  /** Rows of the first view of a budget that has any: there is no list of budget lines. */
  public List<JsonNode> budgetRows(long projectId) {
    Optional<JsonNode> view =
        calls
            .list(
                "procore.list-budget-views",
                project(projectId).with("per_page", PAGE).after("/rest/v1.0/budget_views"))
            .stream()
            .findFirst();
    return view.isEmpty()
        ? List.of()
        : calls.list(
            "procore.list-budget-rows",
            project(projectId)
                .with("per_page", PAGE)
                .with("budget_row_type", "budgeted")
                .after(
                    "/rest/v1.0/budget_views/"
                        + Fields.id(view.get(), "id", "budget view")
                        + "/detail_rows"));
  }

  /** Budget changes of a project; this list alone has an envelope and no filter. */
  public List<JsonNode> budgetChanges(long projectId) {
    List<JsonNode> changes = new ArrayList<>();
    calls
        .get("procore.list-budget-changes", "/rest/v1.0/projects/" + projectId + "/budget_changes")
        .path("data")
        .forEach(changes::add);
    return changes;
  }

  /** One budget change with its lines. */
  public JsonNode budgetChange(long projectId, long id) {
    return calls
        .get(
            "procore.show-budget-change",
            "/rest/v1.0/projects/" + projectId + "/budget_changes/" + id)
        .path("data");
  }

  /** People of the company, with their mail addresses. */
  public List<JsonNode> users() {
    return calls.list(
        "procore.list-users",
        new Query().with("per_page", PAGE).after("/rest/v1.3/companies/" + companyId + "/users"));
  }

  private Query company() {
    return new Query().with("company_id", companyId);
  }

  private static Query project(long projectId) {
    return new Query().with("project_id", projectId);
  }

  /** One list by time, or one for each batch of ids. */
  private List<JsonNode> read(
      String operation,
      Wanted wanted,
      java.util.function.Supplier<Query> query,
      String idFilter,
      String path) {
    if (wanted.ids().isEmpty()) {
      return calls.list(
          operation, query.get().with("filters[updated_at]", wanted.range()).after(path));
    }
    Function<List<Long>, List<JsonNode>> batch =
        ids -> {
          Query of = query.get();
          ids.forEach(id -> of.with(ids.size() == 1 ? idFilter : many(idFilter), id));
          return calls.list(operation, of.after(path));
        };
    List<JsonNode> rows = new ArrayList<>();
    for (int from = 0; from < wanted.ids().size(); from += IDS_A_CALL) {
      rows.addAll(
          batch.apply(
              wanted.ids().subList(from, Math.min(wanted.ids().size(), from + IDS_A_CALL))));
    }
    return rows;
  }

  private static String many(String filter) {
    return filter.endsWith("[]") ? filter : filter + "[]";
  }
}
