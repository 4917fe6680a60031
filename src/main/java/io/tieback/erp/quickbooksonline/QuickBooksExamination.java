package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.SetupFinding;
import io.tieback.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code doctor} asks of QuickBooks Online: sign-in, edition, preferences, accounts, the item
 * of retainage, projects and purchase orders (reference sections 3.9, 13 and 16).
 */
final class QuickBooksExamination {

  private static final String COMPANY = "QuickBooks Online company";

  private final QuickBooksConnection connection;
  private final QuickBooksCalls calls;
  private final QuickBooksSetup setup;
  private final QuickBooksCatalogue catalogue;
  private final QuickBooksProjects projects;
  private final List<SetupFinding> findings = new ArrayList<>();

  QuickBooksExamination(
      QuickBooksConnection connection,
      QuickBooksCalls calls,
      QuickBooksSetup setup,
      QuickBooksCatalogue catalogue,
      QuickBooksProjects projects) {
    this.connection = connection;
    this.calls = calls;
    this.setup = setup;
    this.catalogue = catalogue;
    this.projects = projects;
  }

  /** Everything that was found; without a sign-in only that. */
  List<SetupFinding> examine() {
    if (look("QuickBooks Online sign-in", this::company)) {
      look("QuickBooks Online preferences", this::preferences);
      look("Retainage item", this::retainage);
      look("Accounts", this::accounts);
      look("Projects", this::projects);
      look("Purchase orders", this::purchaseOrders);
    }
    return List.copyOf(findings);
  }

  private boolean look(String subject, Runnable examination) {
    try {
      examination.run();
      return true;
    } catch (Failure failure) {
      findings.add(
          new SetupFinding(
              subject,
              false,
              failure.getMessage(),
              failure.remedy().isBlank() ? "Try again in a few minutes." : failure.remedy()));
      return false;
    }
  }

  private void company() {
    JsonNode company = setup.company();
    good(
        "QuickBooks Online sign-in",
        "reaches "
            + QuickBooksJson.text(company, "CompanyName")
            + " (company id "
            + calls.realm()
            + ")");
    String edition = named(company, "OfferingSku");
    String country = QuickBooksJson.text(company, "Country");
    String found = "edition " + (edition == null ? "not told" : edition) + ", country " + country;
    boolean american = country == null || country.equalsIgnoreCase("US");
    if (isTooSmall(edition)) {
      bad(
          COMPANY,
          found,
          "Change to QuickBooks Online Plus or Advanced: projects and purchase orders are missing"
              + " below (QBO-CFG-02).");
    } else if (american == connection.style().tax()) {
      bad(
          COMPANY,
          found + ", but quickbooks-online.tax says otherwise",
          american
              ? "Set quickbooks-online.tax to none: the company is in the US."
              : "Set quickbooks-online.tax to without or on_top: outside the US QuickBooks wants to"
                  + " know how amounts relate to tax (QBO-CFG-06).");
    } else {
      good(COMPANY, found);
    }
  }

  private static boolean isTooSmall(String edition) {
    String name = edition == null ? "" : edition.toLowerCase(Locale.ROOT);
    return name.contains("simple start")
        || name.contains("essentials")
        || name.contains("easystart");
  }

  private static String named(JsonNode holder, String name) {
    for (JsonNode pair : holder.path("NameValue")) {
      if (name.equals(QuickBooksJson.text(pair, "Name"))) {
        return QuickBooksJson.text(pair, "Value");
      }
    }
    return null;
  }

  private void preferences() {
    JsonNode preferences = setup.preferences();
    JsonNode purchases = preferences.path("VendorAndPurchasesPrefs");
    JsonNode items = preferences.path("ProductAndServicesPrefs");
    switchedOn("Bills", purchases, "EnableBills", "Turn bills on in QuickBooks.");
    switchedOn(
        "Projects on purchases",
        purchases,
        "TrackingByCustomer",
        "Turn on Account and settings, Expenses, Track expenses and items by customer: without it"
            + " lines bear no project.");
    if (connection.style().lines() == QuickBooksStyle.Lines.ITEMS) {
      switchedOn(
          "Items on purchases",
          items,
          "ForPurchase",
          "Turn on Account and settings, Expenses, Show items table on expense and purchase forms,"
              + " or set quickbooks-online.lines to accounts.");
    }
    if (connection.style().classId() != null) {
      switchedOn(
          "Classes by line",
          preferences.path("AccountingInfoPrefs"),
          "ClassTrackingPerLine",
          "Turn on Account and settings, Advanced, Track classes, one to each row; or leave"
              + " quickbooks-online.class-id out.");
    }
    boolean many = preferences.path("CurrencyPrefs").path("MultiCurrencyEnabled").asBoolean(false);
    good(
        "Currency",
        QuickBooksJson.reference(preferences.path("CurrencyPrefs"), "HomeCurrency")
            + (many ? ", several currencies" : ", one currency")
            + (QuickBooksSetup.closedThrough(preferences) == null
                ? ", no closed period"
                : ", closed through " + QuickBooksSetup.closedThrough(preferences)));
  }

  private void switchedOn(String subject, JsonNode holder, String preference, String remedy) {
    JsonNode value = holder.path(preference);
    if (value.asText("").equalsIgnoreCase("false")) {
      bad(subject, preference + " is off", remedy);
    } else {
      good(subject, preference + (value.isMissingNode() ? " is not told" : " is on"));
    }
  }

  /** Needed even if nothing is retained (section 16, QBD-INV-03 by analogy). */
  private void retainage() {
    String subject = "Retainage item";
    String name = connection.retainage().item();
    if (name == null) {
      if (connection.retainage().account() == null) {
        bad(
            subject,
            "neither an item nor an account is chosen",
            "Make a service item 'Retainage' in QuickBooks whose expense account is an account of"
                + " type Other Current Liability, and set retainage.item to its name; needed even"
                + " if nothing is retained yet.");
      }
      return;
    }
    Optional<JsonNode> item = catalogue.named(name);
    if (item.isEmpty()) {
      bad(subject, "'" + name + "' does not exist", "Make it in QuickBooks as a service item.");
    } else if (!QuickBooksJson.isActive(item.get())) {
      bad(subject, "'" + name + "' is inactive", "Make it active in QuickBooks.");
    } else if (!"Service".equals(QuickBooksJson.text(item.get(), "Type"))) {
      bad(
          subject,
          "'" + name + "' is of type " + QuickBooksJson.text(item.get(), "Type"),
          "Make a service item for retainage in QuickBooks, and set retainage.item to its name.");
    } else {
      retainageAccount(subject, name, QuickBooksJson.reference(item.get(), "ExpenseAccountRef"));
    }
  }

  private void retainageAccount(String subject, String name, String id) {
    Optional<JsonNode> account =
        catalogue.accounts().stream()
            .filter(one -> id != null && id.equals(QuickBooksJson.id(one)))
            .findFirst();
    String type = account.map(one -> QuickBooksJson.text(one, "AccountType")).orElse(null);
    if (account.isEmpty()) {
      bad(
          subject,
          "'" + name + "' has no expense account",
          "Give it an account of type Other Current Liability in QuickBooks.");
    } else if (!"Other Current Liability".equals(type)) {
      bad(
          subject,
          "'"
              + name
              + "' posts to "
              + QuickBooksJson.text(account.get(), "Name")
              + " of type "
              + type,
          "Choose an account of type Other Current Liability: else job costs are too low until the"
              + " retainage is released.");
    } else {
      good(
          subject,
          name + ", on " + QuickBooksJson.text(account.get(), "Name") + ", a current liability");
    }
  }

  private void accounts() {
    Map<String, ErpSetup.Account> accounts = setup.accounts();
    exists("Retainage account", connection.retainage().account(), accounts, true);
    exists("Expense account of items", connection.style().expenseAccount(), accounts, false);
    exists("Income account of items", connection.style().incomeAccount(), accounts, false);
    try {
      good("Accounts payable", "account id " + catalogue.payable());
    } catch (IllegalArgumentException e) {
      bad("Accounts payable", e.getMessage(), "Set quickbooks-online.payable-account.");
    }
  }

  private void exists(
      String subject, String code, Map<String, ErpSetup.Account> accounts, boolean liability) {
    if (code == null) {
      return;
    }
    ErpSetup.Account account = accounts.get(code);
    if (account == null) {
      bad(
          subject,
          "no account has number or name '" + code + "'",
          "Create it in QuickBooks, or correct the setting.");
    } else if (!account.active()) {
      bad(subject, code + " is inactive", "Make it active in QuickBooks.");
    } else if (liability && !account.currentLiability()) {
      bad(
          subject,
          code + " is of type " + account.type(),
          "Choose an account of type Other Current Liability.");
    } else {
      good(subject, code + " " + account.name());
    }
  }

  private void projects() {
    JsonNode other = setup.preferences().path("OtherPrefs");
    if ("false".equalsIgnoreCase(named(other, "ProjectsEnabled")) && !connection.subCustomers()) {
      bad(
          "Projects",
          "projects are off",
          "Turn on Account and settings, Advanced, Projects; or set quickbooks-online.projects to"
              + " sub_customers (QBO-CFG-05).");
      return;
    }
    List<ErpProject> all = projects.all().all();
    good(
        "Projects",
        all.stream().filter(ErpProject::active).count()
            + " active of "
            + all.size()
            + (connection.subCustomers() ? ", sub-customers included" : ""));
  }

  /** No preference tells: it is tried (section 3.9, UNCERTAIN what a smaller edition answers). */
  private void purchaseOrders() {
    try {
      good(
          "Purchase orders",
          calls.count("select count(*) from PurchaseOrder", "asking for purchase orders")
              + " in QuickBooks");
    } catch (Failure failure) {
      bad(
          "Purchase orders",
          failure.getMessage(),
          "Turn purchase orders on in Account and settings, Expenses; they need QuickBooks Online"
              + " Plus or Advanced. Or set orders.export to off.");
    }
  }

  private void good(String subject, String found) {
    findings.add(new SetupFinding(subject, true, found, ""));
  }

  private void bad(String subject, String found, String remedy) {
    findings.add(new SetupFinding(subject, false, found, remedy));
  }
}
