package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code /Items} (reference section 5): untracked items only; the list is unpaged; POST is an
 * upsert by Code.
 */
final class Items {
  private static final List<String> AREAS = List.of("settings", "invoices");
  private static final Map<String, Function<Organisation.Item, Object>> FIELDS =
      Map.of(
          "Code", item -> item.code,
          "Name", item -> item.name,
          "ItemID", item -> item.id,
          "IsSold", item -> item.isSold,
          "IsPurchased", item -> item.isPurchased,
          "UpdatedDateUTC", Stored::updated);

  private final Gate gate;

  Items(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/Items";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> write(visit, false)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> write(visit, true)));
    router
        .get(path + "/:id")
        .handler(
            gate.guard(
                AREAS,
                false,
                visit ->
                    Envelope.one(visit, "Items", json(existing(visit), visit.unitDecimals()))));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::update));
    router.delete(path + "/:id").handler(gate.guard(AREAS, true, this::delete));
  }

  static ObjectNode json(Organisation.Item item, int unitDecimals) {
    ObjectNode json = Json.object().put("ItemID", item.id).put("Code", item.code);
    if (item.name != null) {
      json.put("Name", item.name);
    }
    if (item.description != null) {
      json.put("Description", item.description);
    }
    if (item.purchaseDescription != null) {
      json.put("PurchaseDescription", item.purchaseDescription);
    }
    Dates.instant(json, "UpdatedDateUTC", item.updated());
    ObjectNode purchase = json.putObject("PurchaseDetails");
    if (item.purchasePrice != null) {
      purchase.put("UnitPrice", item.purchasePrice.setScale(unitDecimals, RoundingMode.HALF_UP));
    }
    if (item.purchaseAccountCode != null) {
      purchase.put("AccountCode", item.purchaseAccountCode);
    }
    if (item.purchaseTaxType != null) {
      purchase.put("TaxType", item.purchaseTaxType);
    }
    ObjectNode sales = json.putObject("SalesDetails");
    if (item.salesAccountCode != null) {
      sales.put("AccountCode", item.salesAccountCode);
    }
    return json.put("IsTrackedAsInventory", false)
        .put("IsSold", item.isSold)
        .put("IsPurchased", item.isPurchased);
  }

  private Answer list(Gate.Visit visit) {
    Listing<Organisation.Item> listing = new Listing<>(visit, FIELDS);
    var all = Json.array();
    listing
        .select(visit.organisation().items, any -> true)
        .forEach(item -> all.add(json(item, visit.unitDecimals())));
    return Envelope.of(visit, "Items", all);
  }

  private static Organisation.Item existing(Gate.Visit visit) {
    String key = visit.call().pathParam("id");
    Organisation.Item item = visit.organisation().items.get(Ids.normal(key));
    if (item == null && visit.switches().flag("itemCodeInPath")) {
      item = visit.organisation().itemsByCode.get(key);
    }
    if (item == null) {
      throw Refusal.notFound();
    }
    return item;
  }

  private Answer write(Gate.Visit visit, boolean upsert) {
    List<Fields> elements = Fields.elements(visit.call(), "Items");
    Bills.checkCount(visit, elements);
    Set<String> codes = new HashSet<>();
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      Organisation.Item before =
          upsert
              ? visit
                  .organisation()
                  .itemsByCode
                  .get(element.text("Code") == null ? "" : element.text("Code"))
              : null;
      outcomes.add(plan(visit, element, before, codes));
    }
    return Envelope.batch(visit, "Items", outcomes, true);
  }

  private Answer update(Gate.Visit visit) {
    Organisation.Item before = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "Items");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one item is expected");
    }
    return Envelope.batch(
        visit, "Items", List.of(plan(visit, elements.get(0), before, new HashSet<>())), false);
  }

  private Answer delete(Gate.Visit visit) {
    Organisation.Item item = existing(visit);
    visit.organisation().items.remove(item);
    visit.organisation().itemsByCode.remove(item.code);
    return Answer.empty(204);
  }

  private static Envelope.Outcome plan(
      Gate.Visit visit, Fields element, Organisation.Item before, Set<String> codes) {
    List<String> errors = new ArrayList<>();
    String code = element.has("Code") || before == null ? element.text("Code") : before.code;
    if (code == null || code.isBlank()) {
      errors.add("Price List Item Code must be supplied");
    } else if (code.length() > 30) {
      errors.add("Price List Item Code must not be more than 30 characters long");
    } else {
      Organisation.Item holder = visit.organisation().itemsByCode.get(code);
      if ((holder != null && holder != before) || !codes.add(code)) {
        errors.add("Price List Item with Code '" + code + "' already exists");
      }
    }
    checkLength(element, "Name", 50, errors);
    checkLength(element, "Description", 4000, errors);
    checkLength(element, "PurchaseDescription", 4000, errors);
    Fields purchase = element.object("PurchaseDetails");
    String account = purchase == null ? null : purchase.text("AccountCode");
    Fields sales = element.object("SalesDetails");
    String salesAccount = sales == null ? null : sales.text("AccountCode");
    checkAccount(visit, account, errors);
    checkAccount(visit, salesAccount, errors);
    if (element.has("InventoryAssetAccountCode")
        || (purchase != null && purchase.has("COGSAccountCode"))) {
      errors.add("Tracked inventory items are not offered by this organisation");
    }
    if (!errors.isEmpty()) {
      return Envelope.Outcome.failed(
          Envelope.failed(element, "ItemID", before == null ? null : before.id, errors));
    }
    BigDecimal price = purchase == null ? null : purchase.decimal("UnitPrice");
    return Envelope.Outcome.of(
        () -> {
          Organisation.Item item = before == null ? new Organisation.Item(Ids.make()) : before;
          visit.organisation().itemsByCode.remove(item.code);
          item.code = code;
          item.name = element.has("Name") ? element.text("Name") : item.name;
          item.description =
              element.has("Description") ? element.text("Description") : item.description;
          item.purchaseDescription =
              element.has("PurchaseDescription")
                  ? element.text("PurchaseDescription")
                  : item.purchaseDescription;
          item.isSold = element.has("IsSold") ? element.flag("IsSold") : item.isSold;
          item.isPurchased =
              element.has("IsPurchased") ? element.flag("IsPurchased") : item.isPurchased;
          if (purchase != null) {
            item.purchasePrice =
                price == null
                    ? item.purchasePrice
                    : price.setScale(visit.unitDecimals(), RoundingMode.HALF_UP);
            item.purchaseAccountCode = account == null ? item.purchaseAccountCode : account;
            item.purchaseTaxType =
                purchase.has("TaxType") ? purchase.text("TaxType") : item.purchaseTaxType;
          }
          item.salesAccountCode = salesAccount == null ? item.salesAccountCode : salesAccount;
          if (!item.isPurchased) {
            item.purchasePrice = null;
            item.purchaseAccountCode = null;
            item.purchaseTaxType = null;
          }
          visit.organisation().itemsByCode.put(code, item);
          visit.organisation().items.put(item, visit.now());
          return json(item, visit.unitDecimals());
        });
  }

  private static void checkAccount(Gate.Visit visit, String code, List<String> errors) {
    Organisation.Account account = code == null ? null : visit.organisation().account(code);
    if (code != null && (account == null || !account.status.equals("ACTIVE"))) {
      errors.add("Account must be valid.");
    }
  }

  private static void checkLength(Fields element, String field, int limit, List<String> errors) {
    String text = element.text(field);
    if (text != null && text.length() > limit) {
      errors.add("The " + field + " must not be longer than " + limit + " characters.");
    }
  }
}
