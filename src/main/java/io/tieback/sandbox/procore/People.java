package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.function.Function;

/**
 * What people do in Procore's own pages, each with who did it: {@code user {id?, companyId, name,
 * email}}, or {@code userId} of one that is there; without either it is some user of the company.
 * Below {@code /_sandbox/people}:
 *
 * <ul>
 *   <li>{@code POST create {user, ...}}: anything that a seed has (vendors, projects, costCodes,
 *       commitments, changeOrders, requisitions), and {@code budgetLines [{projectId, costCodeId,
 *       lineItemTypeId, amount}]}, {@code budgetChanges [{projectId, title, status, lines}]}. Gives
 *       the ids by kind.
 *   <li>{@code POST edit {user, type, id, fields}}: see {@link PeopleEdits}.
 *   <li>{@code POST delete {user, type, id}}.
 *   <li>{@code POST budget {user, projectId, locked, givingUpChanges?}}.
 *   <li>{@code POST permit {clientId, projectIds}}: the projects of an application; null for all.
 *   <li>{@code POST user {user}}.
 * </ul>
 *
 * What Procore would refuse answers 422 with {@code errors} and changes nothing. Hooks are told of
 * what was done, with the user's id.
 */
final class People {
  private static final String PATH = "/_sandbox/people/";

  private final State state;
  private final Chronicle chronicle;
  private final PeopleEdits edits;
  private final Budgets budgets;
  private final Function<ObjectNode, ObjectNode> seed;
  private final Clock clock;

  People(
      State state,
      Chronicle chronicle,
      PeopleEdits edits,
      Budgets budgets,
      Function<ObjectNode, ObjectNode> seed,
      Clock clock) {
    this.state = state;
    this.chronicle = chronicle;
    this.edits = edits;
    this.budgets = budgets;
    this.seed = seed;
    this.clock = clock;
  }

  void controlRoutes(Router router) {
    on(router, "create", this::create);
    on(
        router,
        "edit",
        body -> {
          Json.onlyFields("body", body, "type", "id", "fields");
          return done(edits.edit(type(body), id(body), body.path("fields")));
        });
    on(
        router,
        "delete",
        body -> {
          Json.onlyFields("body", body, "type", "id");
          return done(edits.delete(type(body), id(body)));
        });
    on(router, "budget", this::budget);
    on(router, "permit", this::permit);
    on(router, "user", body -> Answer.json(200, Json.object()));
  }

  private void on(Router router, String path, Function<ObjectNode, Answer> operation) {
    router
        .post(PATH + path)
        .handler(
            Call.handler(
                call -> {
                  ObjectNode body = ((ObjectNode) ProcoreStandIn.body(call)).deepCopy();
                  Long user = user(body);
                  chronicle.begin(user == null ? null : new Chronicle.Actor(user, null));
                  try {
                    return operation.apply(body);
                  } catch (Refusal refusal) {
                    return Answer.json(422, refusal.answer().body());
                  } finally {
                    chronicle.end(true);
                  }
                }));
  }

  /** Takes who acts out of the body; null for some user of the company. */
  private Long user(ObjectNode body) {
    JsonNode id = body.remove("userId");
    JsonNode given = body.remove("user");
    if (given == null) {
      if (id != null && !state.users.containsKey(id.longValue())) {
        throw new IllegalArgumentException("userId: there is no user " + id + ".");
      }
      return id == null ? null : (Long) id.longValue();
    }
    Json.onlyFields("user", given, "id", "companyId", "name", "email", "active");
    Model.User held = state.users.get(given.path("id").longValue());
    long userId = given.hasNonNull("id") ? given.get("id").longValue() : state.nextId();
    long company = held == null ? given.path("companyId").longValue() : held.companyId();
    if (!state.companies.containsKey(company)) {
      throw new IllegalArgumentException("user.companyId: there is no company " + company + ".");
    }
    state.users.put(
        userId,
        new Model.User(
            userId,
            company,
            given.has("name") || held == null ? Json.text(given, "name") : held.name(),
            given.has("email") || held == null ? Json.text(given, "email") : held.mail(),
            !given.has("active") || given.get("active").booleanValue(),
            held == null ? clock.instant() : held.createdAt()));
    if (held == null || given.size() > 1) {
      chronicle.changed("user", userId);
      chronicle.note(company, null, "user", userId, held == null ? "create" : "update");
    }
    return userId;
  }

  private static String type(JsonNode body) {
    return String.valueOf(Json.text(body, "type"));
  }

  private static long id(JsonNode body) {
    return body.path("id").longValue();
  }

  private static Answer done(String why) {
    if (why == null) {
      return Answer.json(200, Json.object().put("done", true));
    }
    ObjectNode refused = Json.object();
    refused.putArray("errors").add(why);
    return Answer.json(422, refused);
  }

  private Answer create(ObjectNode body) {
    JsonNode lines = body.remove("budgetLines");
    JsonNode changes = body.remove("budgetChanges");
    for (String never : new String[] {"companies", "apps"}) {
      if (body.has(never)) {
        throw new IllegalArgumentException(never + ": these are seeded, people do not make them.");
      }
    }
    ObjectNode ids = seed.apply(body);
    ObjectNode budget = Json.object();
    if (lines != null) {
      budget.set("lines", lines);
    }
    if (changes != null) {
      budget.set("changes", changes);
    }
    SeedReader root = SeedReader.root(budget, "lines", "changes");
    ArrayNode made = Json.array();
    root.list("lines", "projectId", "costCodeId", "lineItemTypeId", "amount")
        .forEach(in -> made.add(budgets.add(in)));
    if (!made.isEmpty()) {
      ids.set("budgetLines", made);
    }
    ArrayNode changed = Json.array();
    root.list("changes", "projectId", "title", "status", "lines")
        .forEach(in -> changed.add(budgets.addChange(in)));
    if (!changed.isEmpty()) {
      ids.set("budgetChanges", changed);
    }
    return Answer.json(200, ids);
  }

  private Answer budget(ObjectNode body) {
    Json.onlyFields("body", body, "projectId", "locked", "givingUpChanges");
    Model.Project project = state.projects.get(body.path("projectId").longValue());
    if (project == null) {
      throw new IllegalArgumentException("projectId: there is no such project.");
    }
    if (body.path("locked").booleanValue()) {
      budgets.locked.add(project.id());
      return done(null);
    }
    String why = budgets.whyNotUnlocked(project, body.path("givingUpChanges").booleanValue());
    if (why == null) {
      budgets.locked.remove(project.id());
    }
    return done(why);
  }

  private Answer permit(ObjectNode body) {
    Json.onlyFields("body", body, "clientId", "projectIds");
    String client = Json.text(body, "clientId");
    if (!state.apps.containsKey(client)) {
      throw new IllegalArgumentException("clientId: there is no application " + client + ".");
    }
    if (body.path("projectIds").isArray()) {
      java.util.Set<Long> allowed = new java.util.HashSet<>();
      body.get("projectIds").forEach(id -> allowed.add(id.longValue()));
      state.permitted.put(client, allowed);
    } else {
      state.permitted.remove(client);
    }
    return done(null);
  }
}
