package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpProjects.ErpProject;
import io.tieback.erp.ErpSetup;
import io.tieback.erp.SetupFinding;
import io.tieback.erp.xero.XeroConnection.BillStatus;
import io.tieback.erp.xero.XeroConnection.Bills;
import io.tieback.erp.xero.XeroConnection.Files;
import io.tieback.erp.xero.XeroConnection.Grant;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@code doctor} asks of Xero: sign-in, organisation, rights, accounts, items and the tracking
 * category (Xero reference sections 2 to 6).
 */
final class XeroExamination {

  private static final int NAMED_ITEMS = 10;
  private static final String NO_DOCUMENT = "00000000-0000-0000-0000-000000000000";

  private final XeroConnection connection;
  private final XeroSignIn signIn;
  private final XeroCalls calls;
  private final XeroSetup setup;
  private final XeroTracking tracking;
  private final List<SetupFinding> findings = new ArrayList<>();

  XeroExamination(
      XeroConnection connection,
      XeroSignIn signIn,
      XeroCalls calls,
      XeroSetup setup,
      XeroTracking tracking) {
    this.connection = connection;
    this.signIn = signIn;
    this.calls = calls;
    this.setup = setup;
    this.tracking = tracking;
  }

  /** Everything that was found; without a sign-in only that. */
  List<SetupFinding> examine() {
    if (look("Xero sign-in", this::signIn)) {
      look("Xero organisation", this::organisation);
      look("Right to create bills", this::rights);
      look("Xero accounts", this::accounts);
      look("Xero items", this::items);
      look("Tracking category of projects", this::trackingCategory);
      if (connection.files().wanted()) {
        look("Right to attach files", this::files);
      }
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

  private void signIn() {
    String tenant = signIn.access().tenantId();
    if (connection.signIn().grant() == Grant.CLIENT_CREDENTIALS) {
      good("Xero sign-in", "custom connection, token received");
      return;
    }
    XeroOrganisation reached =
        signIn.reachable().stream()
            .filter(o -> o.tenantId().equals(tenant))
            .findFirst()
            .orElse(null);
    if (reached == null) {
      bad(
          "Xero sign-in",
          "the sign-in no longer reaches organisation " + tenant,
          "Connect it again: " + XeroFailures.CONNECT + ".");
    } else {
      good("Xero sign-in", "reaches " + reached.name());
    }
  }

  private void organisation() {
    JsonNode organisation = setup.organisation();
    LocalDate locked = XeroSetup.lockedThrough(organisation);
    good(
        "Xero organisation",
        XeroJson.text(organisation, "Name")
            + ", base currency "
            + XeroJson.text(organisation, "BaseCurrency")
            + ", plan "
            + XeroJson.text(organisation, "Class")
            + (locked == null ? ", no closed period" : ", closed through " + locked)
            + (organisation.path("IsDemoCompany").asBoolean(false) ? ", a demo company" : ""));
  }

  private void rights() {
    Map<String, String> rights = new HashMap<>();
    for (JsonNode action :
        calls.get("/Organisation/Actions", Map.of(), "reading the user's rights").path("Actions")) {
      rights.put(XeroJson.text(action, "Name"), XeroJson.text(action, "Status"));
    }
    String needed =
        connection.bills().status() == BillStatus.AUTHORISED
            ? "CreateApprovedBill"
            : "CreateDraftBill";
    String status = rights.get(needed);
    if ("ALLOWED".equals(status)) {
      good("Right to create bills", needed + " is allowed");
    } else {
      bad(
          "Right to create bills",
          needed + " is " + (status == null ? "not listed" : status),
          "Have a user with that right connect ("
              + XeroFailures.CONNECT
              + "), check the plan of the organisation, or write bills as DRAFT.");
    }
  }

  private void accounts() {
    Map<String, ErpSetup.Account> accounts = setup.accounts();
    Bills bills = connection.bills();
    String subject = "Retainage account";
    if (bills.retainageAccountCode() == null) {
      bad(
          subject,
          "none is chosen",
          "Set the retainage account of the connection to a current liability account, even if"
              + " nothing is retained yet.");
    } else if (usable(subject, bills.retainageAccountCode(), accounts)) {
      ErpSetup.Account account = accounts.get(bills.retainageAccountCode());
      if (account.currentLiability()) {
        good(subject, account.code() + " " + account.name() + ", a current liability");
      } else {
        bad(
            subject,
            account.code() + " " + account.name() + " is of type " + account.type(),
            "Choose an account of type Current Liability (CURRLIAB), or change its type in Xero.");
      }
    }
    if (bills.defaultAccountCode() != null
        && usable("Default account", bills.defaultAccountCode(), accounts)) {
      ErpSetup.Account account = accounts.get(bills.defaultAccountCode());
      good("Default account", account.code() + " " + account.name());
    }
  }

  private boolean usable(String subject, String code, Map<String, ErpSetup.Account> accounts) {
    ErpSetup.Account account = accounts.get(code);
    if (account == null) {
      bad(
          subject,
          code + " does not exist in Xero",
          "Create it in Xero's chart of accounts, or set another code for the connection.");
    } else if (!account.active()) {
      bad(
          subject,
          code + " " + account.name() + " is archived",
          "Restore it in Xero, or set another code for the connection.");
    } else if (account.system()) {
      bad(
          subject,
          code + " " + account.name() + " is a system account of Xero",
          "Choose an account of your own: Xero books to that one by itself.");
    } else {
      return true;
    }
    return false;
  }

  private void items() {
    List<String> without = new ArrayList<>();
    int all = 0;
    for (JsonNode item : calls.get("/Items", Map.of(), "reading items").path("Items")) {
      all++;
      if (XeroJson.text(item.path("PurchaseDetails"), "AccountCode") == null) {
        without.add(XeroJson.text(item, "Code"));
      }
    }
    String named =
        without.stream().limit(NAMED_ITEMS).collect(Collectors.joining(", "))
            + (without.size() > NAMED_ITEMS
                ? " and " + (without.size() - NAMED_ITEMS) + " more"
                : "");
    int most = connection.catalogue().mostItems();
    if (all >= most) {
      bad(
          "Xero items",
          all + " items, and " + most + " are the most",
          "Delete items that no code needs any more in Xero: new cost codes are refused until"
              + " then.");
    }
    if (without.isEmpty()) {
      good("Xero items", all + " of " + most + " items, each with a purchase account");
    } else if (connection.bills().defaultAccountCode() != null) {
      good(
          "Xero items",
          without.size()
              + " of "
              + all
              + " items (at most "
              + most
              + ") have no purchase account ("
              + named
              + "); the default account stands in");
    } else {
      bad(
          "Xero items",
          without.size() + " of " + all + " items have no purchase account: " + named,
          "Give each a purchase account in Xero, or set the default account of the connection; else"
              + " bills with them are refused.");
    }
  }

  private void trackingCategory() {
    String subject = "Tracking category of projects";
    XeroTracking.Category category = tracking.category();
    if (category.problem() != null) {
      bad(subject, category.problem(), category.remedy());
      return;
    }
    if (category.id() == null) {
      good(subject, "none yet; the first project that is exported makes " + category.name());
      return;
    }
    long used = category.options().stream().filter(ErpProject::active).count();
    int most = connection.catalogue().mostOptions();
    String found = category.name() + ", " + used + " of " + most + " active options used";
    if (used * 10 >= most * 9L) {
      bad(
          subject,
          found,
          "Archive the options of finished projects: set the project Inactive in Procore, then"
              + " './tieback projects archive'. Or raise xero.tracking-options.");
    } else {
      good(subject, found);
    }
  }

  /** Xero answers about a document that it does not have only to those who may see its files. */
  private void files() {
    String subject = "Right to attach files";
    String remedy =
        "Add "
            + Files.SCOPE
            + " to xero.scopes, then "
            + XeroFailures.CONNECT
            + "; or set invoice.attachments to none.";
    if (!List.of(connection.signIn().scopes().split(" ")).contains(Files.SCOPE)) {
      bad(subject, "invoice.attachments is files, but xero.scopes lacks " + Files.SCOPE, remedy);
      return;
    }
    try {
      calls.get("/Invoices/" + NO_DOCUMENT + "/Attachments", Map.of(), "asking for files");
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.CREDENTIALS) {
        bad(subject, "the sign-in lacks " + Files.SCOPE + ": " + failure.getMessage(), remedy);
        return;
      }
      if (failure.status() != 404) {
        throw failure;
      }
    }
    good(subject, Files.SCOPE + " is granted");
  }

  private void good(String subject, String found) {
    findings.add(new SetupFinding(subject, true, found, ""));
  }

  private void bad(String subject, String found, String remedy) {
    findings.add(new SetupFinding(subject, false, found, remedy));
  }
}
