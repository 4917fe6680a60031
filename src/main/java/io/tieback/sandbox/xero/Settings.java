package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * {@code /Organisation}, its actions, {@code /Accounts} and {@code /TaxRates} (reference section
 * 4), read only.
 */
final class Settings {
  private static final List<String> AREAS = List.of("settings");
  private static final List<String> ACTIONS =
      List.of(
          "CreateApprovedInvoice",
          "CreateDraftInvoice",
          "CreateApprovedBill",
          "CreateDraftBill",
          "CreateApprovedPurchaseOrder",
          "CreateDraftPurchaseOrder",
          "CreateInvoicePayment",
          "AttachFilesIntoInvoice",
          "CreateRepeatingBill");
  private static final Map<String, Function<Organisation.Account, Object>> ACCOUNT_FIELDS =
      Map.of(
          "Code", account -> account.code,
          "Name", account -> account.name,
          "Type", account -> account.type,
          "Class", account -> account.accountClass,
          "Status", account -> account.status,
          "AccountID", account -> account.id,
          "EnablePaymentsToAccount", account -> account.enablePayments);
  private static final Map<String, Function<Organisation.TaxRate, Object>> RATE_FIELDS =
      Map.of(
          "TaxType",
          Organisation.TaxRate::taxType,
          "Name",
          Organisation.TaxRate::name,
          "Status",
          Organisation.TaxRate::status);

  private final Gate gate;

  Settings(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    router
        .get(XeroStandIn.API + "/Organisation")
        .handler(gate.guard(AREAS, false, this::organisation));
    router
        .get(XeroStandIn.API + "/Organisation/Actions")
        .handler(gate.guard(AREAS, false, this::actions));
    router.get(XeroStandIn.API + "/Accounts").handler(gate.guard(AREAS, false, this::accounts));
    router.get(XeroStandIn.API + "/Accounts/:id").handler(gate.guard(AREAS, false, this::account));
    router.get(XeroStandIn.API + "/TaxRates").handler(gate.guard(AREAS, false, this::taxRates));
  }

  private Answer organisation(Gate.Visit visit) {
    Organisation one = visit.organisation();
    ObjectNode json =
        Json.object()
            .put("OrganisationID", one.tenantId)
            .put("Name", one.name)
            .put("LegalName", one.name)
            .put("PaysTax", true)
            .put("Version", one.countryCode)
            .put("OrganisationType", "COMPANY")
            .put("BaseCurrency", one.baseCurrency)
            .put("CountryCode", one.countryCode)
            .put("IsDemoCompany", false)
            .put("OrganisationStatus", "ACTIVE")
            .put("FinancialYearEndDay", 31)
            .put("FinancialYearEndMonth", 12)
            .put("DefaultSalesTax", "Tax Exclusive")
            .put("DefaultPurchasesTax", "Tax Exclusive");
    Dates.dayOnly(json, "PeriodLockDate", one.periodLockDate);
    Dates.dayOnly(json, "EndOfYearLockDate", one.endOfYearLockDate);
    Dates.bare(json, "CreatedDateUTC", one.created);
    json.put("Timezone", one.timezoneName)
        .put("ShortCode", one.shortCode)
        .put("Edition", "BUSINESS")
        .put("Class", "PREMIUM");
    json.putArray("Addresses");
    json.putArray("Phones");
    json.putArray("ExternalLinks");
    json.putObject("PaymentTerms");
    return Envelope.one(visit, "Organisations", json);
  }

  private Answer actions(Gate.Visit visit) {
    ArrayNode all = Json.array();
    ACTIONS.forEach(name -> all.addObject().put("Name", name).put("Status", "ALLOWED"));
    all.addObject()
        .put("Name", "UseMulticurrency")
        .put("Status", visit.switches().flag("multicurrency") ? "ALLOWED" : "NOT-ALLOWED");
    return Envelope.of(visit, "Actions", all);
  }

  private static ObjectNode json(Organisation.Account account) {
    ObjectNode json = Json.object().put("AccountID", account.id);
    if (account.code != null) {
      json.put("Code", account.code);
    }
    json.put("Name", account.name).put("Status", account.status).put("Type", account.type);
    json.put("TaxType", account.taxType)
        .put("Class", account.accountClass)
        .put("EnablePaymentsToAccount", account.enablePayments);
    json.put("ShowInExpenseClaims", false).put("BankAccountType", account.bankAccountType);
    if (account.systemAccount != null) {
      json.put("SystemAccount", account.systemAccount);
    }
    Dates.instant(json, "UpdatedDateUTC", account.updated());
    return json.put("HasAttachments", false).put("AddToWatchlist", false);
  }

  private Answer accounts(Gate.Visit visit) {
    Predicate<Organisation.Account> where =
        Where.parse(visit.call().query("where"), ACCOUNT_FIELDS);
    ArrayNode all = Json.array();
    visit.organisation().accounts.values().stream()
        .filter(where)
        .forEach(account -> all.add(json(account)));
    return Envelope.of(visit, "Accounts", all);
  }

  private Answer account(Gate.Visit visit) {
    Organisation.Account account =
        visit.organisation().accountById(Ids.normal(visit.call().pathParam("id")));
    if (account == null) {
      throw Refusal.notFound();
    }
    return Envelope.one(visit, "Accounts", json(account));
  }

  private Answer taxRates(Gate.Visit visit) {
    Predicate<Organisation.TaxRate> where = Where.parse(visit.call().query("where"), RATE_FIELDS);
    ArrayNode all = Json.array();
    visit.organisation().taxRates.values().stream()
        .filter(where)
        .forEach(rate -> all.add(json(rate)));
    return Envelope.of(visit, "TaxRates", all);
  }

  private static ObjectNode json(Organisation.TaxRate rate) {
    ObjectNode json = Json.object().put("Name", rate.name()).put("TaxType", rate.taxType());
    json.put("CanApplyToAssets", rate.classes().contains("ASSET"))
        .put("CanApplyToEquity", rate.classes().contains("EQUITY"))
        .put("CanApplyToExpenses", rate.classes().contains("EXPENSE"))
        .put("CanApplyToLiabilities", rate.classes().contains("LIABILITY"))
        .put("CanApplyToRevenue", rate.classes().contains("REVENUE"))
        .put("DisplayTaxRate", rate.percent())
        .put("EffectiveRate", rate.percent())
        .put("Status", rate.status());
    json.putArray("TaxComponents")
        .addObject()
        .put("Name", rate.name())
        .put("Rate", rate.percent())
        .put("IsCompound", false)
        .put("IsNonRecoverable", false);
    return json;
  }
}
