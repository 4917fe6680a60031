package io.tieback.sandbox.procore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.StandIn;
import io.tieback.sandbox.kit.Surroundings;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Function;

/**
 * Procore's service, in memory, over its real paths. Seeded by {@link Seed}, switched by {@link
 * Settings} (and {@code ackRefuse}: {@code {"itemIds": [..], "times": n}} lets the next n rows of
 * external_data/sync for each of these items fail).
 *
 * <p>Control below {@code /_sandbox}: {@code POST send|retrieve|reject {"requisitionIds"}}, {@code
 * POST accept {"requisitionIds", "oneEvent"}}, {@code POST projects/change|send|retrieve|reject|
 * accept|reset|delete-codes}, {@code POST standard-codes/add|accept}, {@code GET projects/{id}}
 * ({@link ProjectDoor}), {@code POST commitments/send|retrieve|reject|accept {"ids", "codes"?,
 * "accountingDate"?}}, {@code POST change-orders/send|retrieve|reject|accept {"ids",
 * "accountingDate"?}}, {@code POST event {"requestName", "requestData", "companyId", "itemType"?,
 * "itemId"?, "detail"?}}, {@code POST people/create|edit|delete|budget|permit} ({@link People}:
 * what people do in Procore's own pages), {@code POST payments/{id}/user}, {@code GET
 * books?companyId=}, {@code GET webhooks} (deliveries not over). What the tool would refuse answers
 * 422 with the reasons.
 */
public final class ProcoreStandIn implements StandIn {
  private static final String CONTROL = "/_sandbox/";
  private final Switches switches = Settings.switches();
  private final Surroundings surroundings;
  private final State state = new State();
  private final Chronicle chronicle;
  private final ExternalData external;
  private final Marks marks;
  private final OAuth oauth;
  private final RateLimits limits;
  private final Gate gate;
  private final Webhooks webhooks;
  private final ErpDoor door;
  private final ContractDoor contracts;
  private final ErpResources erp;
  private final MasterData master;
  private final ProjectDoor projectDoor;
  private final ContractPayments payments;
  private final DirectCosts directCosts;
  private final RequisitionResources requisitions;
  private final Attachments attachments;
  private final StagedRecords staged;
  private final Vendors vendors;
  private final Lines lines;
  private final Commitments commitments;
  private final CommitmentWrites commitmentWrites;
  private final ChangeOrders changeOrders;
  private final Projects projects;
  private final Budgets budgets;
  private final People people;

  /** An empty service. */
  public ProcoreStandIn(Surroundings surroundings) {
    this.surroundings = surroundings;
    chronicle = new Chronicle(state, surroundings.clock());
    external = new ExternalData(state, chronicle);
    marks = new Marks(external, chronicle);
    oauth = new OAuth(state, surroundings.clock(), switches);
    limits = new RateLimits(surroundings.clock(), switches);
    gate = new Gate(state, oauth, limits, switches, chronicle);
    webhooks = new Webhooks(surroundings, state, switches);
    door = new ErpDoor(state, external, switches, surroundings.clock(), webhooks);
    contracts = new ContractDoor(state, external, switches, door);
    door.with(contracts);
    erp = new ErpResources(state, external, door, switches, surroundings.clock());
    staged = new StagedRecords(state);
    vendors = new Vendors(state, external, door, staged, surroundings.clock(), chronicle);
    master = new MasterData(state, external, chronicle);
    projectDoor =
        new ProjectDoor(state, external, switches, surroundings.clock(), door, master, chronicle);
    payments = new ContractPayments(state, external, switches, surroundings.clock(), chronicle);
    directCosts = new DirectCosts(state, external, switches, surroundings.clock());
    RequisitionView view = new RequisitionView(state, external, switches, chronicle);
    attachments = new Attachments(state, oauth, switches, surroundings.clock());
    requisitions = new RequisitionResources(state, external, view, attachments, chronicle, marks);
    lines = new Lines(state, master, chronicle, marks);
    commitments = new Commitments(state, external, master, payments, chronicle, marks, lines);
    commitmentWrites =
        new CommitmentWrites(state, commitments, chronicle, marks, lines, surroundings.clock());
    changeOrders = new ChangeOrders(state, master, chronicle, marks, lines, surroundings.clock());
    projects = new Projects(state, external, chronicle, marks);
    budgets = new Budgets(state, external, master, chronicle, lines);
    people =
        new People(
            state,
            chronicle,
            new PeopleEdits(
                state,
                external,
                chronicle,
                vendors,
                projects,
                commitmentWrites,
                changeOrders,
                requisitions,
                view,
                budgets),
            budgets,
            this::add,
            surroundings.clock());
    chronicle.listener(webhooks::fire);
  }

  @Override
  public String name() {
    return "procore";
  }

  @Override
  public void routes(Router router) {
    oauth.routes(router);
    erp.routes(router, gate);
    requisitions.routes(router, gate);
    attachments.routes(router);
    payments.routes(router, gate);
    directCosts.routes(router, gate);
    staged.routes(router, gate);
    new VendorResources(state, external, vendors, chronicle, marks).routes(router, gate);
    projects.routes(router, gate);
    new CodeWrites(state, external, master, chronicle, marks, surroundings.clock())
        .routes(router, gate);
    master.routes(router, gate);
    new Users(state, chronicle).routes(router, gate);
    new Permissions(master, switches).routes(router, gate);
    commitments.routes(router, gate);
    commitmentWrites.routes(router, gate);
    changeOrders.routes(router, gate);
    budgets.routes(router, gate);
    new PotentialChangeOrders(state, master, chronicle, marks, lines, changeOrders)
        .routes(router, gate);
    new WorkBreakdownResources(state, external, switches).routes(router, gate);
    webhooks.routes(router, gate);
  }

  @Override
  public Answer notFound(Call call) {
    return gate.unknown(call);
  }

  @Override
  public void controlRoutes(Router router) {
    vendors.controlRoutes(router);
    people.controlRoutes(router);
    post(router, "send", call -> door.send(body(call)));
    post(router, "retrieve", call -> door.retrieve(body(call)));
    post(router, "reject", call -> door.reject(body(call)));
    post(router, "accept", call -> door.accept(body(call)));
    post(router, "event", call -> door.event(body(call)));
    for (String action : ContractDoor.ACTIONS) {
      post(router, "commitments/" + action, call -> contracts.commitments(action, body(call)));
      post(router, "change-orders/" + action, call -> contracts.changeOrders(action, body(call)));
    }
    Unlinks unlinks = new Unlinks(state, external, door);
    post(router, "unlink/commitment", call -> unlinks.commitment(body(call)));
    post(router, "unlink/change-order", call -> unlinks.changeOrder(body(call)));
    post(router, "reset/requisition", call -> unlinks.requisition(body(call)));
    post(
        router,
        "payments/:id/user",
        call -> payments.user(whole(call.pathParam("id")), body(call)));
    post(router, "projects/change", call -> projectDoor.change(body(call)));
    post(router, "projects/send", call -> projectDoor.send(body(call)));
    post(router, "projects/retrieve", call -> projectDoor.takeBack(body(call)));
    post(router, "projects/reject", call -> projectDoor.takeBack(body(call)));
    post(router, "projects/accept", call -> projectDoor.accept(body(call)));
    post(router, "projects/reset", call -> projectDoor.reset(body(call)));
    post(router, "projects/delete-codes", call -> projectDoor.delete(body(call)));
    post(router, "standard-codes/add", call -> projectDoor.addStandardCodes(body(call)));
    post(router, "standard-codes/accept", call -> projectDoor.acceptStandardCodes(body(call)));
    router
        .get(CONTROL + "projects/:id")
        .handler(Call.handler(call -> projectDoor.show(whole(call.pathParam("id")))));
    router
        .get(CONTROL + "books")
        .handler(Call.handler(call -> Answer.json(200, books(whole(call.query("companyId"))))));
    router
        .get(CONTROL + "webhooks")
        .handler(
            Call.handler(
                call -> Answer.json(200, Json.object().put("pending", webhooks.pending()))));
  }

  private void post(Router router, String path, Function<Call, Answer> operation) {
    router
        .post(CONTROL + path)
        .handler(
            Call.handler(
                call -> {
                  Answer answer = operation.apply(call);
                  chronicle.end(true);
                  return answer;
                }));
  }

  private static long whole(String text) {
    try {
      return Long.parseLong(String.valueOf(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a whole number is expected, not \"" + text + "\".", e);
    }
  }

  /** The body of a control call. */
  static JsonNode body(Call call) {
    try {
      return call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public void reset() {
    state.clear();
    chronicle.clear();
    budgets.clear();
    external.clear();
    oauth.clear();
    limits.clear();
    webhooks.clear();
    erp.clear();
    staged.clear();
    vendors.clear();
    contracts.clear();
    switches.reset();
  }

  @Override
  public ObjectNode seed(ObjectNode seed) {
    ObjectNode ids = add(seed);
    // What a seed makes has been there before: no hook is told.
    chronicle.end(false);
    return ids;
  }

  private ObjectNode add(ObjectNode seed) {
    return new Seed(state, external, chronicle, surroundings.clock().instant()).add(seed);
  }

  @Override
  public ObjectNode settings() {
    ObjectNode all = switches.values();
    all.set("ackRefuse", erp.refusals());
    return all;
  }

  @Override
  public void settings(ObjectNode changes) {
    ObjectNode plain = changes.deepCopy();
    JsonNode refuse = plain.remove("ackRefuse");
    switches.change(plain);
    if (refuse != null) {
      erp.refuse(refuse);
    }
  }

  @Override
  public Set<String> vendorEffects() {
    return Set.of("expireTokens", "revokeTokens");
  }

  @Override
  public void vendorEffect(String effect, Call call) {
    if (effect.equals("expireTokens")) {
      oauth.expireTokens();
    } else {
      oauth.clear();
    }
  }

  @Override
  public void clockMoved() {
    webhooks.wake();
  }

  private ObjectNode books(long companyId) {
    ObjectNode out = Json.object().put("companyId", companyId);
    ArrayNode invoices = out.putArray("requisitions");
    state.requisitions.values().stream()
        .filter(requisition -> requisition.commitment.project.companyId() == companyId)
        .forEach(requisition -> invoices.add(requisitions.book(requisition)));
    ArrayNode details = out.putArray("details");
    state.details.values().stream()
        .filter(d -> d.companyId == companyId)
        .forEach(d -> details.add(detail(d)));
    ArrayNode paid = out.putArray("contractPayments");
    state.payments.values().stream()
        .filter(payment -> payment.contract.project.companyId() == companyId)
        .forEach(
            payment ->
                paid.add(
                    payments
                        .json(payment)
                        .put("payment_method", payment.paymentMethod)
                        .put(
                            "invoice_date",
                            payment.invoiceDate == null ? null : payment.invoiceDate.toString())));
    ArrayNode rows = out.putArray("invoicePayments");
    erp.invoicePayments.of(companyId).forEach(rows::add);
    out.set("directCosts", directCosts.books(companyId));
    contracts.books(companyId, out);
    return out;
  }

  private static ObjectNode detail(Model.Detail detail) {
    ObjectNode out =
        Json.object()
            .put("id", detail.id)
            .put("requestId", detail.requestId)
            .put("status", detail.status);
    ArrayNode items = out.putArray("items");
    detail.items.forEach(
        item -> items.addObject().put("itemType", item.itemType()).put("itemId", item.itemId()));
    detail.messages.forEach(out.putArray("messages")::add);
    ArrayNode history = out.putArray("history");
    for (Model.DetailStatus status : detail.history) {
      ObjectNode entry =
          history.addObject().put("at", status.at().toString()).put("status", status.status());
      status.messages().forEach(entry.putArray("messages")::add);
    }
    return out;
  }
}
