package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a seed (companies, apps, projects, lineItemTypes, vendors, commitments, changeOrders,
 * requisitions). Everything is checked first and added afterwards, so that a wrong seed adds
 * nothing. Ids are optional and may be given for any record; those made are answered, by kind, in
 * the order of the seed.
 */
final class Seed {
  private static final List<String> TYPES =
      List.of(
          Model.CommitmentType.WORK_ORDER.className, Model.CommitmentType.PURCHASE_ORDER.className);
  static final List<String> METHODS = List.of("amount", "unit");
  static final List<String> WORK_ORDER_STATUS =
      List.of(
          "Draft",
          "Out For Bid",
          "Out For Signature",
          "Approved",
          "Complete",
          "Terminated",
          "Void");
  static final List<String> PURCHASE_ORDER_STATUS =
      List.of(
          "Draft",
          "Processing",
          "Submitted",
          "Partially Received",
          "Received",
          "Approved",
          "Closed");
  private static final List<String> BASE_TYPES =
      List.of(
          "equipment", "materials", "commitment", "owner_cost", "professional_services", "other");

  private record Linked(
      String itemType, long itemId, long companyId, String originId, String where) {}

  private final State state;
  private final ExternalData external;
  private final Instant now;
  private final Chronicle chronicle;
  private final List<Linked> origins = new ArrayList<>();
  private final List<Runnable> commits = new ArrayList<>();
  private final Set<String> originsSeen = new HashSet<>();
  final Map<Long, Model.Company> companies = new LinkedHashMap<>();
  final Map<Long, Model.Project> projects = new LinkedHashMap<>();
  final Map<Long, Model.CostCode> costCodes = new LinkedHashMap<>();
  final Map<Long, Model.LineItemType> lineItemTypes = new LinkedHashMap<>();
  final Map<Long, Model.Vendor> vendors = new LinkedHashMap<>();
  final Map<Long, Model.Commitment> commitments = new LinkedHashMap<>();
  final Map<Long, Model.CommitmentLine> commitmentLines = new LinkedHashMap<>();

  Seed(State state, ExternalData external, Chronicle chronicle, Instant now) {
    this.chronicle = chronicle;
    this.state = state;
    this.external = external;
    this.now = now;
  }

  /** Reads and adds; answers the ids. */
  ObjectNode add(ObjectNode json) {
    SeedReader root =
        SeedReader.root(
            json,
            "companies",
            "apps",
            "users",
            "projects",
            "costCodes",
            "lineItemTypes",
            "vendors",
            "commitments",
            "changeOrders",
            "requisitions");
    ObjectNode ids = Json.object();
    List<Model.App> apps = new ArrayList<>();
    Map<Long, Model.User> users = new LinkedHashMap<>();
    for (SeedReader in : root.list("companies", "id", "name", "currency", "erpIntegration")) {
      String currency = in.textOrNull("currency");
      long id = id(in, companies, state.companies);
      companies.put(
          id,
          new Model.Company(
              id,
              in.text("name"),
              currency == null ? "USD" : currency,
              !in.json.has("erpIntegration") || in.flag("erpIntegration")));
      ids.withArray("companies").add(id);
    }
    for (SeedReader in :
        root.list("apps", "clientId", "clientSecret", "companyIds", "projectIds")) {
      apps.add(app(in));
    }
    for (SeedReader in : root.list("users", "id", "companyId", "name", "email", "active")) {
      long id = id(in, users, state.users);
      users.put(
          id,
          new Model.User(
              id,
              find(in, "companyId", companies, state.companies).id(),
              in.text("name"),
              in.text("email"),
              !in.json.has("active") || in.flag("active"),
              now));
      ids.withArray("users").add(id);
    }
    then(() -> state.users.putAll(users));
    for (SeedReader in :
        root.list("projects", "id", "companyId", "name", "number", "originId", "costCodes")) {
      ids.withArray("projects").add(project(in));
    }
    for (SeedReader in :
        root.list("lineItemTypes", "id", "companyId", "code", "name", "baseType", "originId")) {
      long id = id(in, lineItemTypes, state.lineItemTypes);
      long company = find(in, "companyId", companies, state.companies).id();
      String base =
          in.textOrNull("baseType") == null ? null : in.word("baseType", null, BASE_TYPES);
      lineItemTypes.put(
          id, new Model.LineItemType(id, company, in.text("code"), in.text("name"), base));
      origin(in, "line_item_type", id, company);
      ids.withArray("lineItemTypes").add(id);
    }
    for (SeedReader in : root.list("vendors", "id", "companyId", "name", "active", "originId")) {
      long id = id(in, vendors, state.vendors);
      long company = find(in, "companyId", companies, state.companies).id();
      Model.Vendor vendor = new Model.Vendor(id, company, in.text("name"), now);
      vendor.active = !in.json.has("active") || in.flag("active");
      vendors.put(id, vendor);
      origin(in, "vendor", id, company);
      ids.withArray("vendors").add(id);
    }
    for (SeedReader in :
        root.list("costCodes", "id", "projectId", "code", "fullCode", "name", "originId")) {
      Model.Project project = find(in, "projectId", projects, state.projects);
      ids.withArray("costCodes").add(costCode(in, project, state.costCodes.size() + 1));
    }
    for (SeedReader in :
        root.list(
            "commitments",
            "id",
            "projectId",
            "type",
            "number",
            "title",
            "vendorId",
            "status",
            "accountingMethod",
            "retainagePercent",
            "paymentTerms",
            "contractDate",
            "deliveryDate",
            "originId",
            "lines")) {
      ids.withArray("commitments").add(commitment(in));
    }
    new SeedChangeOrders(state, this, now).read(root, ids);
    SeedRequisitions requisitions = new SeedRequisitions(state, this, now);
    ids.setAll(requisitions.read(root));
    commit(apps, requisitions);
    return ids;
  }

  private void commit(List<Model.App> apps, SeedRequisitions requisitions) {
    state.companies.putAll(companies);
    apps.forEach(app -> state.apps.put(app.clientId(), app));
    state.projects.putAll(projects);
    state.costCodes.putAll(costCodes);
    state.lineItemTypes.putAll(lineItemTypes);
    state.vendors.putAll(vendors);
    state.commitments.putAll(commitments);
    state.commitmentLines.putAll(commitmentLines);
    vendors.keySet().forEach(id -> made("vendor", id));
    projects.keySet().forEach(id -> made("project", id));
    costCodes.keySet().forEach(id -> made("cost_code", id));
    lineItemTypes.keySet().forEach(id -> made("line_item_type", id));
    commitments.values().forEach(one -> made(one.type.itemType, one.id));
    requisitions.commit();
    commits.forEach(Runnable::run);
    origins.forEach(
        link -> external.set(link.itemType(), link.itemId(), link.companyId(), link.originId()));
  }

  private Model.App app(SeedReader in) {
    Set<Long> allowed = new HashSet<>();
    com.fasterxml.jackson.databind.JsonNode given = in.json.get("companyIds");
    if (given == null || !given.isArray() || given.isEmpty()) {
      throw in.wrong("companyIds", "the ids of the companies that installed the app are required.");
    }
    given.forEach(
        id -> {
          if (find(in, "companyIds", id.longValue(), companies, state.companies) != null) {
            allowed.add(id.longValue());
          }
        });
    Model.App app =
        new Model.App(in.text("clientId"), in.text("clientSecret"), allowed, state.nextId());
    if (in.json.path("projectIds").isArray()) {
      Set<Long> projectIds = new HashSet<>();
      in.json.get("projectIds").forEach(id -> projectIds.add(id.longValue()));
      then(() -> state.permitted.put(app.clientId(), projectIds));
    }
    return app;
  }

  private long project(SeedReader in) {
    long id = id(in, projects, state.projects);
    long company = find(in, "companyId", companies, state.companies).id();
    projects.put(id, new Model.Project(id, company, in.text("name"), in.textOrNull("number"), now));
    origin(in, "project", id, company);
    int position = 0;
    for (SeedReader code : in.list("costCodes", "id", "code", "fullCode", "name", "originId")) {
      costCode(code, projects.get(id), ++position);
    }
    return id;
  }

  private long costCode(SeedReader in, Model.Project project, int position) {
    long id = id(in, costCodes, state.costCodes);
    String leaf = in.text("code");
    String full = in.textOrNull("fullCode");
    costCodes.put(
        id,
        new Model.CostCode(
            id, project.id(), leaf, full == null ? leaf : full, in.text("name"), position, now));
    origin(in, "cost_code", id, project.companyId());
    return id;
  }

  private long commitment(SeedReader in) {
    Model.Commitment made = new Model.Commitment();
    made.id = id(in, commitments, state.commitments);
    made.project = find(in, "projectId", projects, state.projects);
    made.type =
        in.word("type", null, TYPES).equals(Model.CommitmentType.WORK_ORDER.className)
            ? Model.CommitmentType.WORK_ORDER
            : Model.CommitmentType.PURCHASE_ORDER;
    made.number = in.text("number");
    made.title = in.textOrNull("title");
    made.vendor = find(in, "vendorId", vendors, state.vendors);
    made.status =
        in.word(
            "status",
            "Approved",
            made.type == Model.CommitmentType.WORK_ORDER
                ? WORK_ORDER_STATUS
                : PURCHASE_ORDER_STATUS);
    made.unit = in.word("accountingMethod", "amount", METHODS).equals("unit");
    made.retainagePercent = in.decimalOrNull("retainagePercent");
    made.paymentTerms = in.textOrNull("paymentTerms");
    made.contractDate = in.dateOrNull("contractDate");
    made.deliveryDate = in.dateOrNull("deliveryDate");
    made.createdAt = now;
    if (made.vendor.companyId() != made.project.companyId()) {
      throw in.wrong(
          "vendorId",
          "vendor " + made.vendor.id() + " belongs to another company than the project.");
    }
    for (SeedReader line :
        in.list(
            "lines",
            "id",
            "costCodeId",
            "lineItemTypeId",
            "description",
            "amount",
            "quantity",
            "unitCost",
            "uom",
            "originId")) {
      made.lines.add(line(line, made));
    }
    commitments.put(made.id, made);
    origin(in, made.type.itemType, made.id, made.project.companyId());
    return made.id;
  }

  private Model.CommitmentLine line(SeedReader in, Model.Commitment of) {
    Model.CommitmentLine made = new Model.CommitmentLine();
    made.id = id(in, commitmentLines, state.commitmentLines);
    made.commitment = of;
    made.costCode =
        in.numberOrNull("costCodeId") == null
            ? null
            : find(in, "costCodeId", costCodes, state.costCodes);
    made.lineItemType =
        in.numberOrNull("lineItemTypeId") == null
            ? null
            : find(in, "lineItemTypeId", lineItemTypes, state.lineItemTypes);
    made.description = in.textOrNull("description");
    made.quantity = in.decimalOrNull("quantity");
    made.unitCost = in.decimalOrNull("unitCost");
    made.amount = in.moneyOrNull("amount");
    if (made.amount == null) {
      if (made.quantity == null || made.unitCost == null) {
        throw in.wrong("amount", "is required (or quantity and unitCost).");
      }
      made.amount =
          made.quantity.multiply(made.unitCost).setScale(2, java.math.RoundingMode.HALF_UP);
    }
    made.uom = in.textOrNull("uom");
    made.position = of.lines.size() + 1;
    if (made.costCode != null && made.costCode.projectId() != of.project.id()) {
      throw in.wrong(
          "costCodeId", "cost code " + made.costCode.id() + " belongs to another project.");
    }
    commitmentLines.put(made.id, made);
    origin(in, "line_item", made.id, of.project.companyId());
    return made;
  }

  /** Notes who made a record and when, at commit. */
  void made(String itemType, long id) {
    chronicle.created(itemType, id);
  }

  /** Adds something at commit, after the records. */
  void then(Runnable commit) {
    commits.add(commit);
  }

  /** The given id, which must be free, or a new one. */
  long id(SeedReader in, Map<Long, ?> seeded, Map<Long, ?> held) {
    Long given = in.numberOrNull("id");
    if (given == null) {
      return state.nextId();
    }
    if (seeded.containsKey(given) || held.containsKey(given)) {
      throw in.wrong("id", given + " is taken already.");
    }
    state.taken(given);
    return given;
  }

  /** A record named by a field, of this seed or an earlier one. */
  <T> T find(SeedReader in, String field, Map<Long, T> seeded, Map<Long, T> held) {
    return find(in, field, in.number(field), seeded, held);
  }

  private static <T> T find(
      SeedReader in, String field, long id, Map<Long, T> seeded, Map<Long, T> held) {
    T found = seeded.containsKey(id) ? seeded.get(id) : held.get(id);
    if (found == null) {
      throw in.wrong(field, "there is no " + field.replaceAll("Ids?$", "") + " " + id + ".");
    }
    return found;
  }

  /** Notes an {@code originId} to set at commit; it must be free in the company. */
  void origin(SeedReader in, String itemType, long itemId, long companyId) {
    String originId = in.textOrNull("originId");
    if (originId == null) {
      return;
    }
    if (external.taken(itemType, itemId, companyId, originId)
        || !originsSeen.add(companyId + "|" + itemType + "|" + originId)) {
      throw in.wrong(
          "originId", originId + " is taken by another " + itemType + " of the company.");
    }
    origins.add(new Linked(itemType, itemId, companyId, originId, in.where));
  }

  /** As above, for an origin id that stands in another field. */
  void origin(SeedReader in, String field, String itemType, long itemId, long companyId) {
    String originId = in.textOrNull(field);
    if (originId != null) {
      origins.add(new Linked(itemType, itemId, companyId, originId, in.where));
    }
  }

  static BigDecimal orZero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  static <T, R> R ifPresent(T value, Function<T, R> then) {
    return value == null ? null : then.apply(value);
  }
}
