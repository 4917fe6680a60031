package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.function.BiConsumer;

/**
 * Writes of cost codes and cost types (section 9). Cost codes of a project that is integrated with
 * ERP are written by the sync action only.
 */
final class CodeWrites {
  private static final String CODE = "cost_code";
  private static final String COST_TYPE = "line_item_type";

  private final State state;
  private final ExternalData external;
  private final MasterData master;
  private final Chronicle chronicle;
  private final Marks marks;
  private final Clock clock;

  CodeWrites(
      State state,
      ExternalData external,
      MasterData master,
      Chronicle chronicle,
      Marks marks,
      Clock clock) {
    this.state = state;
    this.external = external;
    this.master = master;
    this.chronicle = chronicle;
    this.marks = marks;
    this.clock = clock;
  }

  void routes(Router router, Gate gate) {
    gate.on(router, "PATCH", "/rest/v1.0/cost_codes/sync", this::syncCodes);
    gate.on(router, "PATCH", "/rest/v1.0/cost_codes/:id", this::updateCode);
    gate.on(router, "PATCH", "/rest/v1.0/line_item_types/sync", this::syncTypes);
    gate.on(router, "PATCH", "/rest/v1.0/line_item_types/:id", this::updateType);
  }

  private static void refuse(String field, String text) {
    throw Refusal.field(422, field, text);
  }

  /** {@code code} and {@code name} are required by the contract. */
  private Answer updateCode(Ask ask) {
    Model.Project project = master.project(ask, ask.bodyNumber("project_id"));
    if (state.integrated(project, external)) {
      throw Refusal.reason(
          422,
          "Cost codes of a project that is integrated with ERP can be changed by sync only",
          "erp integrated");
    }
    Model.CostCode code = master.costCode(ask, project);
    JsonNode in = ask.object(CODE);
    for (String field : new String[] {"code", "name"}) {
      if (in.path(field).asText("").isBlank()) {
        refuse(field, "can't be blank");
      }
    }
    marks.check(CODE, code.id(), ask.companyId, in);
    write(code, in, CodeWrites::refuse);
    marks.write(CODE, code.id(), ask.companyId, in);
    ObjectNode out = master.costCode(code, project);
    // The answer of an update knows these fields without null.
    out.properties().removeIf(field -> field.getValue().isNull());
    out.remove("biller_origin_id");
    out.path("parent").properties().removeIf(field -> field.getValue().isNull());
    return Answer.json(200, out);
  }

  private void write(Model.CostCode code, JsonNode in, BiConsumer<String, String> refuse) {
    for (String field : new String[] {"code", "name"}) {
      if (in.has(field) && in.path(field).asText("").isBlank()) {
        refuse.accept(field, "can't be blank");
        return;
      }
    }
    if (in.has("code") && !code.code.equals(Json.text(in, "code"))) {
      String leaf = Json.text(in, "code");
      String front =
          code.fullCode.endsWith(code.code)
              ? code.fullCode.substring(0, code.fullCode.length() - code.code.length())
              : "";
      code.fullCode = front + leaf;
      code.code = leaf;
    }
    code.name = in.has("name") ? Json.text(in, "name") : code.name;
    if (!Marks.only(in)) {
      chronicle.changed(CODE, code.id());
    }
  }

  private Answer syncCodes(Ask ask) {
    Model.Project project = master.project(ask, ask.query("project_id"));
    return marks
        .sync(
            ask,
            CODE,
            id ->
                state.costCodes.containsKey(id)
                    && state.costCodes.get(id).projectId() == project.id(),
            (id, row, refuse) -> {
              Model.CostCode code =
                  id == null ? made(project, row, refuse) : state.costCodes.get(id);
              if (code != null) {
                write(code, row, refuse);
              }
              return code == null ? null : (Long) code.id();
            },
            id -> master.costCode(state.costCodes.get(id), project))
        .answer();
  }

  private Model.CostCode made(
      Model.Project project, JsonNode row, BiConsumer<String, String> refuse) {
    for (String field : new String[] {"code", "name"}) {
      if (row.path(field).asText("").isBlank()) {
        refuse.accept(field, "can't be blank");
        return null;
      }
    }
    Model.CostCode parent =
        row.hasNonNull("parent_id") ? state.costCodes.get(row.get("parent_id").asLong()) : null;
    String leaf = Json.text(row, "code");
    Model.CostCode code =
        new Model.CostCode(
            state.nextId(),
            project.id(),
            leaf,
            parent == null ? leaf : parent.fullCode + "-" + leaf,
            Json.text(row, "name"),
            state.costCodes.size() + 1,
            clock.instant());
    state.costCodes.put(code.id(), code);
    if (parent != null) {
      state.breakdown.parents.put(code.id(), parent.id());
    }
    chronicle.created(CODE, code.id());
    return code;
  }

  private Answer updateType(Ask ask) {
    company(ask);
    Model.LineItemType type = state.lineItemTypes.get(ask.path("id"));
    if (type == null || type.companyId() != ask.companyId) {
      throw Refusal.notFound("Line Item Type");
    }
    JsonNode in = ask.object(COST_TYPE);
    marks.check(COST_TYPE, type.id(), ask.companyId, in);
    write(type.id(), in, CodeWrites::refuse);
    marks.write(COST_TYPE, type.id(), ask.companyId, in);
    return Answer.json(200, master.lineItemType(state.lineItemTypes.get(type.id())));
  }

  private static void company(Ask ask) {
    if (ask.bodyNumber("company_id") != ask.companyId) {
      throw Refusal.reason(403, "company_id names another company", "Forbidden");
    }
  }

  /** The code of a cost type is read as {@code code} and written as {@code csv_import_code}. */
  private void write(long id, JsonNode in, BiConsumer<String, String> refuse) {
    Model.LineItemType held = state.lineItemTypes.get(id);
    if (in.has("name") && in.path("name").asText("").isBlank()) {
      refuse.accept("name", "can't be blank");
      return;
    }
    state.lineItemTypes.put(
        id,
        new Model.LineItemType(
            id,
            held.companyId(),
            in.has("csv_import_code") ? Json.text(in, "csv_import_code") : held.code(),
            in.has("name") ? Json.text(in, "name") : held.name(),
            in.has("base_type") ? Json.text(in, "base_type") : held.baseType()));
    if (!Marks.only(in)) {
      chronicle.changed(COST_TYPE, id);
    }
  }

  private Answer syncTypes(Ask ask) {
    company(ask);
    return marks
        .sync(
            ask,
            COST_TYPE,
            id ->
                state.lineItemTypes.containsKey(id)
                    && state.lineItemTypes.get(id).companyId() == ask.companyId,
            (id, row, refuse) -> {
              if (id == null && row.path("name").asText("").isBlank()) {
                refuse.accept("name", "can't be blank");
                return null;
              }
              if (id == null) {
                id = state.nextId();
                state.lineItemTypes.put(
                    id,
                    new Model.LineItemType(id, ask.companyId, "", Json.text(row, "name"), null));
                chronicle.created(COST_TYPE, id);
              }
              write(id, row, refuse);
              return id;
            },
            id -> master.lineItemType(state.lineItemTypes.get(id)))
        .answer();
  }
}
