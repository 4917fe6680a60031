package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The users of a company, v1.0 and v1.3: who is a user id (section 9). */
final class Users {
  private final State state;
  private final Chronicle chronicle;

  Users(State state, Chronicle chronicle) {
    this.state = state;
    this.chronicle = chronicle;
  }

  void routes(Router router, Gate gate) {
    String newer = "/rest/v1.3/companies/:company_id/users";
    gate.on(
        router,
        "GET",
        "/rest/v1.0/companies/:company_id/users",
        ask -> list(ask, user -> json(user).put("erp_integrated_accountant", false)));
    gate.on(router, "GET", newer, this::listNewer);
    gate.on(router, "GET", newer + "/:id", this::show);
  }

  /** A person as records name them; some user of the company when the id is nobody's. */
  static ObjectNode reference(State state, long userId, String mailField) {
    Model.User user = state.users.get(userId);
    ObjectNode out =
        Json.object().put("id", userId).put("name", user == null ? "Project User" : user.name());
    if (mailField != null) {
      out.put(mailField, user == null ? "user@example.com" : user.mail());
    }
    return out;
  }

  private Answer listNewer(Ask ask) {
    String view = ask.view("normal", "normal", "extended", "ids_only");
    return list(
        ask,
        user ->
            switch (view) {
              case "ids_only" -> com.fasterxml.jackson.databind.node.LongNode.valueOf(user.id());
              case "extended" ->
                  json(user).put("role", "Project Manager").put("verified_employee", true);
              default -> json(user);
            });
  }

  private Answer list(Ask ask, java.util.function.Function<Model.User, JsonNode> shown) {
    ask.onlyFilters("created_at", "updated_at", "vendor_id", "origin_id", "trade_id", "search");
    String sort =
        ask.sort(
            "name",
            "vendor_name",
            "permission_template",
            "full_name",
            "projects",
            "email",
            "job_title");
    String search = ask.call.query("filters[search]");
    List<Model.User> found = new ArrayList<>();
    for (Model.User user : state.users.values()) {
      String text = (user.name() + " " + user.mail()).toLowerCase(Locale.ROOT);
      if (user.companyId() == ask.companyId
          && ask.filter("vendor_id") == null
          && ask.filter("origin_id") == null
          && (search == null || text.contains(search.toLowerCase(Locale.ROOT)))
          && ask.within("created_at", user.createdAt())
          && ask.within("updated_at", chronicle.updatedAt("user", user.id(), user.createdAt()))) {
        found.add(user);
      }
    }
    if (sort != null) {
      Comparator<Model.User> order = Comparator.comparing(Model.User::name);
      found.sort(sort.startsWith("-") ? order.reversed() : order);
    }
    return ask.page(found.stream().map(shown).toList(), 100);
  }

  private Answer show(Ask ask) {
    Model.User user = state.users.get(ask.path("id"));
    if (user == null || user.companyId() != ask.companyId) {
      throw Refusal.notFound("User");
    }
    ObjectNode out = json(user);
    out.remove(List.of("vendor", "origin_id", "origin_data"));
    return Answer.json(200, out);
  }

  private ObjectNode json(Model.User user) {
    int space = user.name().indexOf(' ');
    return Json.object()
        .put("id", user.id())
        .put("name", user.name())
        .put("first_name", space < 0 ? null : user.name().substring(0, space))
        .put("last_name", user.name().substring(space + 1))
        .put("email_address", user.mail())
        .put("is_active", user.active())
        .put("is_employee", true)
        .put("job_title", (String) null)
        .put("origin_id", (String) null)
        .put("origin_data", (String) null)
        .put("created_at", Times.utc(user.createdAt()))
        .put("updated_at", Times.utc(chronicle.updatedAt("user", user.id(), user.createdAt())));
  }
}
