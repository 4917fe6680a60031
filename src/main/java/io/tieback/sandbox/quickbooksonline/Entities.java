package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;

/**
 * {@code /v3/company/{realm}/…}: create, update, delete and void by POST to an entity's path; read
 * by id; query by GET or POST.
 */
final class Entities {
  static final String API = "/v3/company/:realm";

  private final Gate gate;

  Entities(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    router
        .get(API + "/query")
        .handler(gate.guard(visit -> query(visit, visit.call().query("query"))));
    router.post(API + "/query").handler(gate.guard(Entities::postedQuery));
    router.get(API + "/preferences").handler(gate.guard(visit -> read(visit, "preferences", "1")));
    router.get(API + "/companyinfo/:id").handler(gate.guard(Entities::companyInfo));
    router
        .get(API + "/:entity/:id")
        .handler(
            gate.guard(
                visit ->
                    read(visit, visit.call().pathParam("entity"), visit.call().pathParam("id"))));
    router.post(API + "/:entity").handler(gate.guard(Entities::write));
  }

  /** Refuses what the company's edition has not (code 120; which code is UNCERTAIN). */
  static void mayUse(Company company, Kind kind) {
    if (kind == Kind.PURCHASE_ORDER && !company.purchaseOrders) {
      throw Refusal.invalid(
          "120",
          "Authorization Failure",
          "The company's edition does not have purchase orders",
          "");
    }
  }

  private static Kind kind(String path) {
    Kind kind = Kind.ofPath(path);
    if (kind == null) {
      throw Refusal.unsupported("Unsupported Operation: there is no entity " + path);
    }
    return kind;
  }

  private static Answer companyInfo(Gate.Visit visit) {
    if (!visit.call().pathParam("id").equals(visit.company().realmId)) {
      throw Refusal.notFound("CompanyInfo", "Id");
    }
    return read(visit, "companyinfo", "1");
  }

  private static Answer read(Gate.Visit visit, String path, String id) {
    Kind kind = kind(path);
    mayUse(visit.company(), kind);
    Company.Entry entry = visit.company().get(kind, id);
    if (entry == null) {
      throw Refusal.notFound(
          "Something you're trying to use has been made inactive or deleted. " + id, "Id");
    }
    return visit.answer(Gate.wrapped(kind.entity, Writer.view(visit.company(), entry)));
  }

  private static Answer query(Gate.Visit visit, String statement) {
    if (statement == null || statement.isBlank()) {
      throw Refusal.query("there is no query");
    }
    return visit.answer(
        Gate.wrapped(
            "QueryResponse", new QueryDesk(visit.company(), visit.switches()).answer(statement)));
  }

  private static Answer postedQuery(Gate.Visit visit) {
    String type = visit.call().header("Content-Type");
    if (type == null || !type.startsWith("application/text")) {
      throw Refusal.unsupported("Content-Type: " + type + " is not application/text");
    }
    return query(visit, visit.call().bodyText());
  }

  private static Answer write(Gate.Visit visit) {
    Kind kind = kind(visit.call().pathParam("entity"));
    ObjectNode body = visit.body();
    String operation = visit.call().query("operation");
    boolean voids = "void".equals(visit.call().query("include")) && "update".equals(operation);
    boolean duplicates = "allowduplicatedocnum".equals(visit.call().query("include"));
    return visit.answer(
        write(
            visit,
            kind,
            voids ? "void" : operation == null ? "update" : operation,
            body,
            duplicates));
  }

  /** Performs one operation: update (create without Id), delete or void. */
  static ObjectNode write(
      Gate.Visit visit, Kind kind, String operation, ObjectNode body, boolean duplicates) {
    Company company = visit.company();
    mayUse(company, kind);
    Writer writer = new Writer(company, visit.switches(), visit.now());
    return switch (operation) {
      case "update", "create" ->
          Gate.wrapped(
              kind.entity,
              Writer.view(company, writer.save(kind, body, new Draft.Options(duplicates, false))));
      case "delete" -> Gate.wrapped(kind.entity, Writer.stub(writer.delete(kind, body)));
      case "void" -> {
        if (kind != Kind.BILL_PAYMENT) {
          throw Refusal.unsupported("Operation void is not supported for " + kind.entity);
        }
        yield Gate.wrapped(
            kind.entity, Writer.view(company, writer.voidPayment(Json.object().setAll(body))));
      }
      default -> throw Refusal.unsupported("Operation " + operation + " is not supported");
    };
  }
}
