package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.BookedOrder;
import io.tieback.construction.CostItem;
import io.tieback.construction.Money;
import io.tieback.construction.OrderChange;
import io.tieback.construction.ProjectName;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.Supplier;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.erp.ErpSetup;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A preview as JSON, for pages and commands:
 *
 * <pre>
 * erp       display name of the ERP
 * action    create | link | rename | add-lines | new-order | none; null when it does not go
 * document  the document as it would be written, null when it does not go: kind, number, contact,
 *           contactName, date, due, currency, taxAmounts, lines[] {kind, description, item, account,
 *           accountName, quantity, unitAmount, amount, taxType, tax}, totals {work, retainageHeld,
 *           retainageReleased, total, tax, payable}, notes[]
 * procore   Procore's own figures: number, date, lines[], and its totals
 * before    what stands in the ERP now: lines[] and total of an order, name of a project or supplier
 * after     the same once it is written
 * codes     of a project, each of its codes: code, name, purchaseAccount, salesAccount, new
 * digest    what an acceptance binds
 * correction  when a person corrected it: by, at, fields[] {field, procore, corrected}; the lines of
 *           procore that it makes others have corrected: true
 * </pre>
 *
 * Amounts are text with two decimals, quantities and prices text with all their decimals, dates
 * ISO.
 */
final class PreviewJson {

  private final ItemShelf shelf;

  PreviewJson(ItemShelf shelf) {
    this.shelf = shelf;
  }

  ObjectNode of(ConnectionRoom room, Draft draft, List<CostItem> codes) {
    ObjectNode json = Json.object().put("erp", room.erp().capabilities().displayName());
    json.putNull("action");
    json.putNull("document");
    json.set("procore", draft.figures());
    json.putNull("before");
    json.putNull("after");
    json.put("digest", draft.acceptance());
    findings(json, draft.findings());
    if (!codes.isEmpty()) {
      codes(json, codes);
    }
    if (draft.outgoing() == null) {
      return json;
    }
    ObjectNode document = draft.document().deepCopy();
    document.remove(List.of("items", "changes", "codes"));
    document.put("currency", currency(room, draft));
    accounts(room, document);
    json.set("document", document);
    if (draft.outgoing() instanceof Bill bill) {
      json.put("action", "create");
      bill(document, bill);
    } else if (draft.outgoing() instanceof PurchaseOrder order) {
      json.put("action", "create");
      document.putObject("totals").put("total", order.total().toString());
    } else if (draft.outgoing() instanceof OrderChange change) {
      change(room, json, document, change);
    } else if (draft.outgoing() instanceof Supplier supplier) {
      supplier(room, json, document, supplier);
    } else if (draft.outgoing() instanceof ProjectName project) {
      project(room, json, project);
    } else {
      json.put("action", "none");
    }
    return json;
  }

  private static String currency(ConnectionRoom room, Draft draft) {
    return draft.currency() == null ? room.erp().setup().baseCurrency() : draft.currency();
  }

  private static void findings(ObjectNode json, List<Finding> findings) {
    ArrayNode list = json.putArray("findings");
    findings.forEach(
        one ->
            list.addObject()
                .put("rule", one.ruleId())
                .put("severity", one.severity().name())
                .put("field", one.field())
                .put("found", one.found())
                .put("limit", one.limit())
                .put("remedy", one.remedy()));
  }

  private static void codes(ObjectNode json, List<CostItem> codes) {
    ArrayNode list = json.putArray("codes");
    codes.stream()
        .sorted(Comparator.comparing(CostItem::code))
        .forEach(
            code ->
                list.addObject()
                    .put("code", code.code())
                    .put("name", code.name())
                    .put("purchaseAccount", code.purchaseAccountCode())
                    .put("salesAccount", code.salesAccountCode())
                    .put("new", code.key() == null));
  }

  /** Where each line books: its own account, else that of its item. */
  void accounts(ConnectionRoom room, ObjectNode document) {
    if (!document.path("lines").isArray() || document.path("lines").isEmpty()) {
      return;
    }
    Map<String, ErpItem> items = new HashMap<>(shelf.items(room).byCode());
    Map<String, ErpSetup.Account> accounts = room.erp().setup().accounts();
    for (JsonNode node : document.path("lines")) {
      ObjectNode line = (ObjectNode) node;
      ErpItem item = items.get(line.path("item").asText(""));
      if (item != null) {
        line.put("itemName", item.name());
        if (!line.hasNonNull("account")) {
          line.put("account", item.purchaseAccountCode());
        }
      }
      ErpSetup.Account account = accounts.get(line.path("account").asText(""));
      line.put("accountName", account == null ? null : account.name());
    }
  }

  private static void bill(ObjectNode document, Bill bill) {
    document.put("taxAmounts", bill.taxAmounts().name());
    document
        .putObject("totals")
        .put("work", sum(bill, line -> !line.isRetainage()))
        .put("retainageHeld", sum(bill, line -> line.kind() == BillLine.Kind.RETAINAGE_HELD))
        .put(
            "retainageReleased", sum(bill, line -> line.kind() == BillLine.Kind.RETAINAGE_RELEASED))
        .put("total", bill.total().toString())
        .put("tax", bill.tax().toString())
        .put("payable", bill.payable().toString());
  }

  private static String sum(Bill bill, Predicate<BillLine> which) {
    return Money.sum(bill.lines().stream().filter(which).map(BillLine::amount).toList()).toString();
  }

  /** The order as it stands, and as it will: the lines are added to it, or become an order. */
  private static void change(
      ConnectionRoom room, ObjectNode json, ObjectNode document, OrderChange change) {
    document.putObject("totals").put("total", change.total().toString());
    BookedOrder order = room.erp().order(change.orderKey()).orElse(null);
    boolean takes = order != null && order.state() == BookedOrder.State.OPEN;
    json.put("action", takes ? "add-lines" : "new-order");
    if (takes && document.hasNonNull("date")) {
      // Lines bear no date; an order of its own would.
      document.set("insteadDate", document.remove("date"));
    }
    if (order == null) {
      return;
    }
    ObjectNode before = json.putObject("before");
    before.put("number", order.number()).put("status", order.status());
    ArrayNode lines = before.putArray("lines");
    order
        .lines()
        .forEach(
            line ->
                lines
                    .addObject()
                    .put("description", line.description())
                    .put("amount", line.amount().toString())
                    .put("added", false));
    before.put("total", order.total().toString());
    if (takes) {
      ObjectNode after = before.deepCopy();
      change
          .lines()
          .forEach(
              line ->
                  after
                      .withArray("lines")
                      .addObject()
                      .put("description", line.description())
                      .put("amount", line.amount().toString())
                      .put("added", true));
      after.put("total", order.total().plus(change.total()).toString());
      json.set("after", after);
    }
  }

  private static void supplier(
      ConnectionRoom room, ObjectNode json, ObjectNode document, Supplier supplier) {
    ObjectNode written = ProcoreFigures.of(supplier);
    written.fieldNames().forEachRemaining(name -> document.set(name, written.get(name)));
    json.put("action", supplier.existing() == null ? "create" : "link");
    if (supplier.existing() != null) {
      room.erp()
          .company(supplier.existing())
          .ifPresent(
              there ->
                  json.putObject("before")
                      .put("name", there.name())
                      .put("email", there.company().emailAddress()));
    }
  }

  private static void project(ConnectionRoom room, ObjectNode json, ProjectName project) {
    json.put("action", project.key() == null ? "create" : project.renamed() ? "rename" : "link");
    json.putObject("after").put("name", project.name());
    if (project.key() != null) {
      room.erp()
          .projects()
          .withKey(project.key())
          .ifPresent(there -> json.putObject("before").put("name", there.name()));
    }
  }
}
