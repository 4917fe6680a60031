package io.tieback.sandbox.procore;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything the stand-in knows, by id. Used on one event loop only. */
final class State {
  final Map<Long, Model.Company> companies = new LinkedHashMap<>();
  final Map<String, Model.App> apps = new LinkedHashMap<>();
  final Map<Long, Model.User> users = new LinkedHashMap<>();

  /** Projects that an app (client id) was permitted to; an app that is not in it may see all. */
  final Map<String, java.util.Set<Long>> permitted = new HashMap<>();

  final Map<Long, Model.Project> projects = new LinkedHashMap<>();
  final Map<Long, Model.CostCode> costCodes = new LinkedHashMap<>();
  final Map<Long, Model.LineItemType> lineItemTypes = new LinkedHashMap<>();
  final Map<Long, Model.Vendor> vendors = new LinkedHashMap<>();
  final Map<Long, Model.Commitment> commitments = new LinkedHashMap<>();
  final Map<Long, Model.CommitmentLine> commitmentLines = new LinkedHashMap<>();
  final Map<Long, Model.Item> changeOrderLines = new HashMap<>();
  final Map<Long, Model.ChangeOrder> changeOrders = new LinkedHashMap<>();
  final Map<Long, Model.ChangeOrderLine> linesOfChangeOrders = new HashMap<>();
  final Map<Long, Model.Commitment> deletedCommitments = new LinkedHashMap<>();
  final Map<Long, Model.ChangeOrder> deletedChangeOrders = new LinkedHashMap<>();
  final Map<Long, Model.BillingPeriod> periods = new LinkedHashMap<>();
  final Map<Long, Model.Requisition> requisitions = new LinkedHashMap<>();
  final Map<Long, Model.Item> items = new HashMap<>();
  final Map<Long, Model.ContractPayment> payments = new LinkedHashMap<>();
  final Map<Long, Model.DirectCost> directCosts = new LinkedHashMap<>();
  final Map<Long, Model.ErpRequest> requests = new LinkedHashMap<>();
  final Map<Long, Model.Detail> details = new LinkedHashMap<>();
  final Map<Long, List<Model.Detail>> detailsByItem = new HashMap<>();
  final WorkBreakdown breakdown = new WorkBreakdown();
  private final Map<String, Long> periodsByDates = new HashMap<>();
  private final Map<String, Long> budgetCodes = new HashMap<>();

  // The spaces differ, and all but webhook events are beyond 32 bits, so that a client that narrows
  // or mixes ids is caught.
  private long lastId = 598_134_325_800_000L;
  private long lastRequestId = 562_949_953_421_311L;
  private long lastDetailId = 281_474_976_710_655L;

  void clear() {
    for (Map<?, ?> map :
        List.of(
            companies,
            apps,
            users,
            permitted,
            projects,
            costCodes,
            lineItemTypes,
            vendors,
            commitments,
            commitmentLines,
            changeOrderLines,
            changeOrders,
            linesOfChangeOrders,
            periods)) {
      map.clear();
    }
    deletedCommitments.clear();
    deletedChangeOrders.clear();
    for (Map<?, ?> map :
        List.of(
            requisitions,
            items,
            payments,
            directCosts,
            requests,
            details,
            detailsByItem,
            periodsByDates,
            budgetCodes)) {
      map.clear();
    }
    breakdown.clear();
    lastId = 598_134_325_800_000L;
    lastRequestId = 562_949_953_421_311L;
    lastDetailId = 281_474_976_710_655L;
  }

  long nextId() {
    return ++lastId;
  }

  long nextRequestId() {
    return ++lastRequestId;
  }

  long nextDetailId() {
    return ++lastDetailId;
  }

  /** Makes sure that ids made later are above one that a seed gave in the same range. */
  void taken(long id) {
    lastId = id > lastId && id < lastId + 1_000_000_000L ? id : lastId;
  }

  /** The standard cost code list that the ERP tab made for a company (GEN-API-03). */
  long erpList(long companyId) {
    return breakdown.erpLists.computeIfAbsent(companyId, none -> nextId());
  }

  /** The id of a project's billing period with these dates, or null. */
  Long periodId(long projectId, LocalDate start, LocalDate end) {
    return periodsByDates.get(projectId + "|" + start + "|" + end);
  }

  void add(Model.BillingPeriod period) {
    periods.put(period.id(), period);
    periodsByDates.put(period.projectId() + "|" + period.start() + "|" + period.end(), period.id());
  }

  /** The budget code (WBS code) id of a cost code and cost type; stable. */
  long budgetCodeId(long costCodeId, Long lineItemTypeId) {
    return budgetCodes.computeIfAbsent(costCodeId + "|" + lineItemTypeId, key -> nextId());
  }

  void add(Model.Detail detail) {
    details.put(detail.id, detail);
    for (Model.ItemRef item : detail.items) {
      detailsByItem.computeIfAbsent(item.itemId(), id -> new ArrayList<>()).add(detail);
    }
  }

  /** The newest request detail about an item, or null. */
  Model.Detail latestDetail(String itemType, long itemId) {
    List<Model.Detail> all = detailsByItem.getOrDefault(itemId, List.of());
    for (int i = all.size() - 1; i >= 0; i--) {
      if (all.get(i).items.contains(new Model.ItemRef(itemType, itemId))) {
        return all.get(i);
      }
    }
    return null;
  }

  /** Item types that the stand-in holds records of; rows of other types are accepted for any id. */
  static final java.util.Set<String> HELD =
      java.util.Set.of(
          "vendor",
          "project",
          "cost_code",
          "standard_cost_code",
          "line_item_type",
          "work_order_contract",
          "purchase_order_contract",
          "line_item",
          "change_order",
          "requisition",
          "requisition_contract_item",
          "requisition_contract_detail_item",
          "requisition_change_order_item",
          "contract_payment",
          "item");

  /** Item types of external data that Procore documents, or that were seen in use. */
  static final java.util.Set<String> ITEM_TYPES =
      java.util.Set.of(
          "change_order",
          "contract_payment",
          "cost_code",
          "department",
          "item",
          "budget",
          "insurance",
          "invoice_payment",
          "line_item",
          "line_item_type",
          "markup",
          "payment_application",
          "payment_application_line_item",
          "prime_contract",
          "project",
          "purchase_order_contract",
          "requisition",
          "requisition_change_order_item",
          "requisition_contract_detail_item",
          "requisition_contract_item",
          "standard_cost_code",
          "sub_job",
          "tax_code",
          "vendor",
          "work_order_contract",
          "company_level_direct_cost",
          "budget_change");

  /**
   * Whether the app may see a project: only those that it was permitted to, when any were named.
   */
  boolean permits(Model.App app, long projectId) {
    java.util.Set<Long> allowed = permitted.get(app.clientId());
    return allowed == null || allowed.contains(projectId);
  }

  /** Whether a project is integrated with ERP: it is synced, in a company that has the tool. */
  boolean integrated(Model.Project project, ExternalData external) {
    return companies.get(project.companyId()).erp()
        && external.originId("project", project.id(), project.companyId()) != null;
  }

  /** The project of a record that is held, or null when it has none or there is no such record. */
  Long projectOf(String itemType, long id) {
    return switch (itemType) {
      case "project" -> (Long) id;
      case "cost_code" -> costCodes.containsKey(id) ? (Long) costCodes.get(id).projectId() : null;
      case "work_order_contract", "purchase_order_contract" ->
          commitments.containsKey(id) ? (Long) commitments.get(id).project.id() : null;
      case "line_item" -> {
        Model.Commitment commitment = commitmentOfLine(id);
        yield commitment == null ? null : (Long) commitment.project.id();
      }
      case "change_order" ->
          changeOrders.containsKey(id) ? (Long) changeOrders.get(id).commitment.project.id() : null;
      case "requisition" ->
          requisitions.containsKey(id) ? (Long) requisitions.get(id).commitment.project.id() : null;
      case "contract_payment" ->
          payments.containsKey(id) ? (Long) payments.get(id).contract.project.id() : null;
      case "item" -> directCosts.containsKey(id) ? (Long) directCosts.get(id).project.id() : null;
      default -> null;
    };
  }

  /** The commitment that a line of it, or of one of its change orders, belongs to; or null. */
  Model.Commitment commitmentOfLine(long id) {
    Model.CommitmentLine line = commitmentLines.get(id);
    Model.Item change = changeOrderLines.get(id);
    Model.ChangeOrderLine ofChangeOrder = linesOfChangeOrders.get(id);
    return line != null
        ? line.commitment
        : change != null
            ? change.requisition.commitment
            : ofChangeOrder != null ? ofChangeOrder.changeOrder().commitment : null;
  }

  /** The company of a record that is held, or null when there is no such record of that type. */
  Long companyOf(String itemType, long id) {
    return switch (itemType) {
      case "vendor" -> vendors.containsKey(id) ? (Long) vendors.get(id).companyId() : null;
      case "project" -> projects.containsKey(id) ? (Long) projects.get(id).companyId() : null;
      case "cost_code" ->
          costCodes.containsKey(id)
              ? (Long) projects.get(costCodes.get(id).projectId()).companyId()
              : null;
      case "standard_cost_code" ->
          breakdown.standardCodes.containsKey(id)
              ? (Long) breakdown.standardCodes.get(id).companyId()
              : null;
      case "line_item_type" ->
          lineItemTypes.containsKey(id) ? (Long) lineItemTypes.get(id).companyId() : null;
      case "work_order_contract", "purchase_order_contract" -> {
        Model.Commitment found = commitments.get(id);
        yield found != null && found.type.itemType.equals(itemType)
            ? (Long) found.project.companyId()
            : null;
      }
      case "line_item" -> {
        Model.Commitment commitment = commitmentOfLine(id);
        yield commitment == null ? null : (Long) commitment.project.companyId();
      }
      case "change_order" ->
          changeOrders.containsKey(id)
              ? (Long) changeOrders.get(id).commitment.project.companyId()
              : null;
      case "requisition" ->
          requisitions.containsKey(id)
              ? (Long) requisitions.get(id).commitment.project.companyId()
              : null;
      case "requisition_contract_item",
          "requisition_contract_detail_item",
          "requisition_change_order_item" -> {
        Model.Item item = items.get(id);
        yield item != null && item.kind.itemType.equals(itemType)
            ? (Long) item.requisition.commitment.project.companyId()
            : null;
      }
      case "contract_payment" ->
          payments.containsKey(id) ? (Long) payments.get(id).contract.project.companyId() : null;
      case "item" ->
          directCosts.containsKey(id) ? (Long) directCosts.get(id).project.companyId() : null;
      default -> throw new IllegalArgumentException(itemType);
    };
  }
}
