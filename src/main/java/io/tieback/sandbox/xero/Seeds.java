package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a seed: apps and organisations with chart of accounts, tax rates, contacts, items and
 * tracking, and documents with costs. Ids given are kept, others are made. All is read before
 * anything is added. A tax rate NONE of 0 % exists in every organisation.
 */
final class Seeds {
  private static final List<String> CLASSES =
      List.of("ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE");
  private static final Map<String, String> CLASS_OF_TYPE =
      Map.ofEntries(
          Map.entry("BANK", "ASSET"),
          Map.entry("CURRENT", "ASSET"),
          Map.entry("FIXED", "ASSET"),
          Map.entry("INVENTORY", "ASSET"),
          Map.entry("NONCURRENT", "ASSET"),
          Map.entry("PREPAYMENT", "ASSET"),
          Map.entry("EQUITY", "EQUITY"),
          Map.entry("DIRECTCOSTS", "EXPENSE"),
          Map.entry("EXPENSE", "EXPENSE"),
          Map.entry("OVERHEADS", "EXPENSE"),
          Map.entry("DEPRECIATN", "EXPENSE"),
          Map.entry("CURRLIAB", "LIABILITY"),
          Map.entry("LIABILITY", "LIABILITY"),
          Map.entry("TERMLIAB", "LIABILITY"),
          Map.entry("REVENUE", "REVENUE"),
          Map.entry("SALES", "REVENUE"),
          Map.entry("OTHERINCOME", "REVENUE"));

  private final Identity identity;
  private final Map<String, Organisation> organisations;

  private final Switches switches;

  Seeds(Identity identity, Map<String, Organisation> organisations, Switches switches) {
    this.identity = identity;
    this.organisations = organisations;
    this.switches = switches;
  }

  ObjectNode add(ObjectNode seed, Instant now) {
    Json.onlyFields("seed", seed, "apps", "organisations");
    List<Identity.App> apps = new ArrayList<>();
    seed.path("apps").forEach(app -> apps.add(app(app)));
    List<Organisation> made = new ArrayList<>();
    seed.path("organisations").forEach(organisation -> made.add(organisation(organisation, now)));
    for (Organisation organisation : made) {
      if (organisations.containsKey(organisation.tenantId)) {
        throw new IllegalArgumentException(
            "organisations.tenantId: " + organisation.tenantId + " is there already; reset first.");
      }
    }
    made.forEach(organisation -> organisations.put(organisation.tenantId, organisation));
    for (Identity.App app : apps) {
      if (app.tenantId() != null && !organisations.containsKey(app.tenantId())) {
        made.forEach(organisation -> organisations.remove(organisation.tenantId));
        throw new IllegalArgumentException(
            "apps: there is no organisation with the tenantId " + app.tenantId() + ".");
      }
    }
    for (Identity.App app : apps) {
      identity.apps.put(app.clientId(), app);
      if (app.custom()) {
        identity.connect(app, app.tenantId(), Ids.make(), now);
      }
    }
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("organisations");
    made.forEach(organisation -> all.add(ids(organisation)));
    return answer;
  }

  private static ObjectNode ids(Organisation organisation) {
    ObjectNode json =
        Json.object().put("tenantId", organisation.tenantId).put("name", organisation.name);
    ArrayNode contacts = json.putArray("contacts");
    organisation
        .contacts
        .all()
        .forEach(
            contact -> contacts.addObject().put("contactId", contact.id).put("name", contact.name));
    ArrayNode items = json.putArray("items");
    organisation
        .items
        .all()
        .forEach(item -> items.addObject().put("itemId", item.id).put("code", item.code));
    ArrayNode categories = json.putArray("trackingCategories");
    for (Organisation.TrackingCategory category : organisation.tracking.values()) {
      ArrayNode options =
          categories
              .addObject()
              .put("trackingCategoryId", category.id)
              .put("name", category.name)
              .putArray("options");
      category.options.forEach(
          option ->
              options.addObject().put("trackingOptionId", option.id).put("name", option.name));
    }
    return json;
  }

  private Identity.App app(JsonNode app) {
    Json.onlyFields(
        "apps", app, "clientId", "clientSecret", "redirectUris", "grant", "tenantId", "name");
    List<String> redirects = new ArrayList<>();
    for (JsonNode uri : app.path("redirectUris")) {
      if (!OAuth.isAllowedRedirect(uri.asText())) {
        throw new IllegalArgumentException(
            "apps.redirectUris: " + uri.asText() + " is neither https nor http://localhost.");
      }
      redirects.add(uri.asText());
    }
    String grant = required("apps", app, "grant");
    if (!Set.of("authorization_code", "client_credentials").contains(grant)) {
      throw new IllegalArgumentException(
          "apps.grant: authorization_code or client_credentials is expected.");
    }
    boolean custom = grant.equals("client_credentials");
    String tenantId = id("apps", app, "tenantId");
    if (custom && tenantId == null) {
      throw new IllegalArgumentException(
          "apps.tenantId: a custom connection (client_credentials) needs one.");
    }
    String name = Json.text(app, "name");
    return new Identity.App(
        required("apps", app, "clientId"),
        required("apps", app, "clientSecret"),
        redirects,
        custom,
        tenantId,
        name == null ? "Tieback" : name);
  }

  private Organisation organisation(JsonNode given, Instant now) {
    Json.onlyFields(
        "organisations",
        given,
        "tenantId",
        "name",
        "baseCurrency",
        "countryCode",
        "timezone",
        "periodLockDate",
        "endOfYearLockDate",
        "accounts",
        "taxRates",
        "contacts",
        "items",
        "trackingCategories",
        "costs",
        "orders");
    String tenantId = id("organisations", given, "tenantId");
    Organisation organisation = new Organisation(tenantId == null ? Ids.make() : tenantId);
    organisation.name = required("organisations", given, "name");
    organisation.baseCurrency = or(Json.text(given, "baseCurrency"), "USD");
    organisation.countryCode = or(Json.text(given, "countryCode"), "US");
    organisation.timezoneName = or(Json.text(given, "timezone"), "EASTERNSTANDARDTIME");
    organisation.zone = Dates.zone(organisation.timezoneName);
    organisation.periodLockDate = day(given, "periodLockDate");
    organisation.endOfYearLockDate = day(given, "endOfYearLockDate");
    organisation.created = now;
    organisation.taxRates.put(
        "NONE",
        new Organisation.TaxRate(
            "NONE", "Tax Exempt", new BigDecimal("0.0000"), "ACTIVE", CLASSES));
    given.path("taxRates").forEach(rate -> taxRate(organisation, rate));
    given.path("accounts").forEach(account -> account(organisation, account, now));
    given.path("contacts").forEach(contact -> contact(organisation, contact, now));
    given.path("items").forEach(item -> item(organisation, item, now));
    given.path("trackingCategories").forEach(category -> category(organisation, category));
    CostEntry entry = new CostEntry(organisation, switches, now);
    given.path("costs").forEach(entry::enter);
    given.path("orders").forEach(order -> OrderDesk.enter(organisation, order, now));
    return organisation;
  }

  private static void taxRate(Organisation organisation, JsonNode given) {
    Json.onlyFields("taxRates", given, "taxType", "name", "effectiveRate", "status", "classes");
    String type = required("taxRates", given, "taxType");
    JsonNode rate = given.get("effectiveRate");
    if (rate == null || !rate.isNumber()) {
      throw new IllegalArgumentException(
          "taxRates.effectiveRate: a percentage is expected, e.g. 15.");
    }
    List<String> classes = new ArrayList<>();
    given.path("classes").forEach(one -> classes.add(one.asText()));
    if (!CLASSES.containsAll(classes)) {
      throw new IllegalArgumentException("taxRates.classes: only " + CLASSES + " are possible.");
    }
    organisation.taxRates.put(
        type,
        new Organisation.TaxRate(
            type,
            or(Json.text(given, "name"), type),
            rate.decimalValue(),
            or(Json.text(given, "status"), "ACTIVE"),
            classes.isEmpty() ? CLASSES : classes));
  }

  private static void account(Organisation organisation, JsonNode given, Instant now) {
    Json.onlyFields(
        "accounts",
        given,
        "accountId",
        "code",
        "name",
        "type",
        "taxType",
        "class",
        "status",
        "bankAccountType",
        "systemAccount",
        "enablePayments");
    String code = required("accounts", given, "code");
    String type = required("accounts", given, "type");
    String accountClass = or(Json.text(given, "class"), CLASS_OF_TYPE.get(type));
    if (accountClass == null || !CLASSES.contains(accountClass)) {
      throw new IllegalArgumentException(
          "accounts.type: \"" + type + "\" is none of " + CLASS_OF_TYPE.keySet() + ".");
    }
    String id = id("accounts", given, "accountId");
    Organisation.Account account =
        new Organisation.Account(
            id == null ? Ids.make() : id,
            code,
            required("accounts", given, "name"),
            type,
            accountClass,
            or(Json.text(given, "taxType"), "NONE"),
            or(Json.text(given, "status"), "ACTIVE"),
            or(Json.text(given, "bankAccountType"), type.equals("BANK") ? "BANK" : ""),
            Json.text(given, "systemAccount"),
            given.path("enablePayments").asBoolean(false));
    if (!organisation.taxRates.containsKey(account.taxType)) {
      throw new IllegalArgumentException(
          "accounts.taxType: there is no tax rate " + account.taxType + ".");
    }
    account.updated(now);
    if (organisation.accounts.put(code, account) != null) {
      throw new IllegalArgumentException("accounts.code: " + code + " is given twice.");
    }
  }

  /** Enters a contact. */
  static void contact(Organisation organisation, JsonNode given, Instant now) {
    Json.onlyFields(
        "contacts",
        given,
        "contactId",
        "name",
        "status",
        "contactNumber",
        "email",
        "taxNumber",
        "bankAccount",
        "phone",
        "supplier",
        "paymentTerms");
    String id = id("contacts", given, "contactId");
    Contact contact = new Contact(id == null ? Ids.make() : id);
    contact.name = required("contacts", given, "name");
    contact.status = or(Json.text(given, "status"), "ACTIVE");
    contact.contactNumber = Json.text(given, "contactNumber");
    contact.email = Json.text(given, "email");
    contact.taxNumber = Json.text(given, "taxNumber");
    contact.bankAccount = Json.text(given, "bankAccount");
    contact.supplier = given.path("supplier").asBoolean(false);
    if (given.hasNonNull("phone")) {
      contact
          .phones
          .addObject()
          .put("PhoneType", "DEFAULT")
          .put("PhoneNumber", Json.text(given, "phone"));
    }
    if (given.get("paymentTerms") instanceof ObjectNode terms) {
      contact.paymentTerms = terms;
    }
    organisation.contacts.put(contact, now);
  }

  private static void item(Organisation organisation, JsonNode given, Instant now) {
    Json.onlyFields(
        "items",
        given,
        "itemId",
        "code",
        "name",
        "purchaseAccountCode",
        "purchaseTaxType",
        "purchaseDescription");
    String id = id("items", given, "itemId");
    Organisation.Item item = new Organisation.Item(id == null ? Ids.make() : id);
    item.code = required("items", given, "code");
    item.name = Json.text(given, "name");
    item.purchaseDescription = Json.text(given, "purchaseDescription");
    item.purchaseAccountCode = Json.text(given, "purchaseAccountCode");
    item.purchaseTaxType = Json.text(given, "purchaseTaxType");
    if (item.purchaseAccountCode != null
        && organisation.account(item.purchaseAccountCode) == null) {
      throw new IllegalArgumentException(
          "items.purchaseAccountCode: there is no account " + item.purchaseAccountCode + ".");
    }
    organisation.items.put(item, now);
    organisation.itemsByCode.put(item.code, item);
  }

  private static void category(Organisation organisation, JsonNode given) {
    Json.onlyFields("trackingCategories", given, "trackingCategoryId", "name", "status", "options");
    String id = id("trackingCategories", given, "trackingCategoryId");
    Organisation.TrackingCategory category =
        new Organisation.TrackingCategory(
            id == null ? Ids.make() : id, required("trackingCategories", given, "name"));
    category.status = or(Json.text(given, "status"), "ACTIVE");
    for (JsonNode one : given.path("options")) {
      Json.onlyFields("trackingCategories.options", one, "trackingOptionId", "name", "status");
      String optionId = id("trackingCategories.options", one, "trackingOptionId");
      Organisation.Option option =
          new Organisation.Option(
              optionId == null ? Ids.make() : optionId,
              required("trackingCategories.options", one, "name"));
      option.status = or(Json.text(one, "status"), "ACTIVE");
      category.options.add(option);
    }
    organisation.tracking.put(category.id, category);
  }

  private static String or(String text, String usual) {
    return text == null ? usual : text;
  }

  private static String required(String where, JsonNode given, String field) {
    String text = Json.text(given, field);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException(where + "." + field + ": a text is required.");
    }
    return text;
  }

  private static String id(String where, JsonNode given, String field) {
    String text = Json.text(given, field);
    String id = Ids.normal(text);
    if (text != null && id == null) {
      throw new IllegalArgumentException(where + "." + field + ": \"" + text + "\" is not a UUID.");
    }
    return id;
  }

  private static LocalDate day(JsonNode given, String field) {
    String text = Json.text(given, field);
    LocalDate day = text == null ? null : Dates.readDay(text);
    if (text != null && day == null) {
      throw new IllegalArgumentException(field + ": a date YYYY-MM-DD is expected.");
    }
    return day;
  }
}
