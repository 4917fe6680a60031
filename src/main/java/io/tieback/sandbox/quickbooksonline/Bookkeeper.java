package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.SandboxClock;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.util.Map;

/**
 * What people do in QuickBooks itself, by the same rules as the API but for what only people can do
 * (projects, budgets), and the books for an independent reader. All paths are below {@code
 * /_sandbox} and name the company by {@code realmId}:
 *
 * <ul>
 *   <li>{@code POST enter} {@code {realmId, entity, object, allowDuplicate}}: anything new, in the
 *       properties of the API (vendor, project with IsProject, purchase, vendor credit, journal
 *       entry, budget, bill payment); answers the object.
 *   <li>{@code POST edit} {@code {realmId, entity, id, changes}}: replaces the properties named
 *       (null empties), for example Line of a bill or Active of an item.
 *   <li>{@code POST delete} {@code {realmId, entity, id}}; {@code POST void} {@code {realmId, id}}
 *       for a bill payment.
 *   <li>{@code POST pay} {@code {realmId, bills:[{id, amount}], credits:[{id, amount}], payType:
 *       Check|CreditCard, accountId, docNumber, date, note, total}}: one payment of bills of one
 *       vendor; the total is the bills less the credits when it is not given.
 *   <li>{@code POST company} {@code {realmId, …}}: settings as in the seed, for example
 *       bookCloseDate.
 *   <li>A project has two ids (reference section 3.2); the one in {@code ProjectRef.value}, with
 *       the switch {@code projectOnLines}, is 241000000 more than that of its customer.
 *   <li>{@code GET books?realmId=}: every object that is not deleted, by entity.
 * </ul>
 */
final class Bookkeeper {
  private static final long PROJECT_IDS = 241_000_000L;
  private final Map<String, Company> companies;
  private final Switches switches;
  private final SandboxClock clock;

  Bookkeeper(Map<String, Company> companies, Switches switches, SandboxClock clock) {
    this.companies = companies;
    this.switches = switches;
    this.clock = clock;
  }

  private interface Work {
    ObjectNode on(Company company, Writer writer, JsonNode body);
  }

  void routes(Router router) {
    on(router, "enter", this::enter);
    on(router, "edit", this::edit);
    on(router, "delete", this::delete);
    on(router, "void", this::voidPayment);
    on(router, "pay", this::pay);
    on(router, "company", this::company);
    router
        .get("/_sandbox/books")
        .handler(Call.handler(call -> Answer.json(200, books(company(call.query("realmId"))))));
  }

  private void on(Router router, String path, Work work) {
    router
        .post("/_sandbox/" + path)
        .handler(
            Call.handler(
                call -> {
                  JsonNode body = body(call);
                  Company company = company(Json.text(body, "realmId"));
                  Writer writer = new Writer(company, switches, clock.instant());
                  try {
                    return Answer.json(200, work.on(company, writer, body));
                  } catch (Refusal refusal) {
                    throw new IllegalArgumentException(
                        refusal.code() + " " + refusal.detail(), refusal);
                  }
                }));
  }

  private static JsonNode body(Call call) {
    try {
      return call.json();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private Company company(String realmId) {
    Company company = companies.get(realmId);
    if (company == null) {
      throw new IllegalArgumentException("realmId: there is no company \"" + realmId + "\".");
    }
    return company;
  }

  private static Kind kind(JsonNode body) {
    String entity = Json.text(body, "entity");
    Kind kind = entity == null ? null : Kind.named(entity);
    if (kind == null) {
      throw new IllegalArgumentException("entity: there is no entity \"" + entity + "\".");
    }
    return kind;
  }

  private static Company.Entry entry(Company company, Kind kind, JsonNode body) {
    Company.Entry entry = company.get(kind, Json.text(body, "id"));
    if (entry == null) {
      throw new IllegalArgumentException(
          "id: there is no " + kind.entity + " " + Json.text(body, "id") + ".");
    }
    return entry;
  }

  private static ObjectNode named(Company.Entry entry) {
    return Json.object().put("Id", entry.id).put("SyncToken", Integer.toString(entry.syncToken));
  }

  private ObjectNode enter(Company company, Writer writer, JsonNode body) {
    Json.onlyFields("enter", body, "realmId", "entity", "object", "allowDuplicate");
    if (!(body.get("object") instanceof ObjectNode object) || object.has("Id")) {
      throw new IllegalArgumentException("object: an object without Id is expected.");
    }
    boolean duplicate = body.path("allowDuplicate").asBoolean(false);
    onProjects(company, object);
    return Writer.view(
        company, writer.save(kind(body), object, new Draft.Options(duplicate, true)));
  }

  private ObjectNode edit(Company company, Writer writer, JsonNode body) {
    Json.onlyFields("edit", body, "realmId", "entity", "id", "changes");
    Company.Entry entry = entry(company, kind(body), body);
    ObjectNode object = Writer.view(company, entry);
    if (!(body.get("changes") instanceof ObjectNode changes)) {
      throw new IllegalArgumentException("changes: an object is expected.");
    }
    object.setAll(changes);
    onProjects(company, object);
    object.setAll(named(entry));
    return Writer.view(company, writer.save(entry.kind, object, new Draft.Options(true, true)));
  }

  /** Which of its two ids a project has on lines that people enter is UNCERTAIN: a switch. */
  private void onProjects(Company company, ObjectNode object) {
    String carried = switches.choice("projectOnLines");
    for (JsonNode line : object.path("Line")) {
      JsonNode detail = line.path(line.path("DetailType").asText());
      Company.Entry customer =
          company.get(Kind.CUSTOMER, Json.text(detail.path("CustomerRef"), "value"));
      if (customer != null
          && customer.body.path("IsProject").asBoolean(false)
          && !carried.equals("customer")) {
        ((ObjectNode) line).putObject("ProjectRef").put("value", projectId(customer.id));
        if (carried.equals("project")) {
          ((ObjectNode) detail).remove("CustomerRef");
        }
      }
    }
  }

  /** The id of a project in GraphQL: a large number. */
  private static String projectId(String customerId) {
    return Long.toString(PROJECT_IDS + Long.parseLong(customerId));
  }

  private ObjectNode delete(Company company, Writer writer, JsonNode body) {
    Json.onlyFields("delete", body, "realmId", "entity", "id");
    Kind kind = kind(body);
    return Writer.stub(writer.delete(kind, named(entry(company, kind, body))));
  }

  private ObjectNode voidPayment(Company company, Writer writer, JsonNode body) {
    Json.onlyFields("void", body, "realmId", "id");
    return Writer.view(company, writer.voidPayment(named(entry(company, Kind.BILL_PAYMENT, body))));
  }

  private ObjectNode company(Company company, Writer writer, JsonNode body) {
    ObjectNode changes = body.deepCopy();
    changes.remove("realmId");
    Json.onlyFields("company", changes, CompanySettings.FIELDS);
    CompanySettings.change(company, changes, clock.instant());
    return Writer.view(company, company.get(Kind.PREFERENCES, "1"));
  }

  private ObjectNode pay(Company company, Writer writer, JsonNode body) {
    Json.onlyFields(
        "pay",
        body,
        "realmId",
        "bills",
        "credits",
        "payType",
        "accountId",
        "docNumber",
        "date",
        "note",
        "total");
    boolean card = "CreditCard".equals(Json.text(body, "payType"));
    ObjectNode payment = Json.object().put("PayType", card ? "CreditCard" : "Check");
    ArrayNode lines = payment.putArray("Line");
    BigDecimal total =
        lines(company, payment, lines, body.path("bills"), Kind.BILL, false)
            .subtract(
                lines(
                    company,
                    payment,
                    lines,
                    body.path("credits"),
                    Kind.VENDOR_CREDIT,
                    switches.choice("creditLineSign").equals("negative")));
    payment.put("TotalAmt", body.has("total") ? body.get("total").decimalValue() : total);
    payment
        .putObject(card ? "CreditCardPayment" : "CheckPayment")
        .putObject(card ? "CCAccountRef" : "BankAccountRef")
        .put("value", Json.text(body, "accountId"));
    copy(body, "docNumber", payment, "DocNumber");
    copy(body, "date", payment, "TxnDate");
    copy(body, "note", payment, "PrivateNote");
    return Writer.view(
        company, writer.save(Kind.BILL_PAYMENT, payment, new Draft.Options(true, true)));
  }

  private static void copy(JsonNode from, String field, ObjectNode to, String property) {
    if (from.hasNonNull(field)) {
      to.set(property, from.get(field));
    }
  }

  private static BigDecimal lines(
      Company company,
      ObjectNode payment,
      ArrayNode lines,
      JsonNode parts,
      Kind kind,
      boolean negative) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : parts) {
      Json.onlyFields("pay", part, "id", "amount");
      Company.Entry document = entry(company, kind, part);
      BigDecimal amount =
          part.has("amount") ? part.get("amount").decimalValue() : document.money("Balance");
      sum = sum.add(amount);
      lines
          .addObject()
          .put("Amount", negative ? amount.negate() : amount)
          .putArray("LinkedTxn")
          .addObject()
          .put("TxnId", document.id)
          .put("TxnType", kind.entity);
      if (!payment.has("VendorRef")) {
        payment.set("VendorRef", document.body.get("VendorRef").deepCopy());
        payment.set("CurrencyRef", document.body.get("CurrencyRef").deepCopy());
      }
    }
    return sum;
  }

  private static ObjectNode books(Company company) {
    ObjectNode out = Json.object().put("realmId", company.realmId).put("name", company.name);
    for (Kind kind : Kind.values()) {
      ArrayNode rows = out.putArray(kind.entity);
      for (Company.Entry entry : company.all(kind)) {
        if (!entry.deleted) {
          rows.add(Writer.view(company, entry));
        }
      }
    }
    return out;
  }
}
