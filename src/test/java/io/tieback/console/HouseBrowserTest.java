package io.tieback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.tieback.console.door.Tokens;
import io.tieback.console.house.UsersPages;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ApiKeys;
import io.tieback.ledger.Audit;
import io.tieback.ledger.Notices;
import io.tieback.ledger.SettingChanges;
import io.tieback.ledger.User;
import io.tieback.ledger.UserRight;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings, users, the accountant report and the audit trail, in a real browser. */
class HouseBrowserTest {

  private static final ConnectionId MAIN = new ConnectionId("main");
  private static final String CHANGE = "/console/settings/change?name=connection.main.";

  @TempDir static Path folder;
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    site =
        ConsoleSite.in(folder)
            .pages((ledger, people) -> House.pages(folder, ledger, people))
            .start();
    site.user("comptable@example.com", "administrator", "fr");
    browser = Browser.at(site);
  }

  @AfterAll
  static void stop() {
    browser.close();
    site.close();
  }

  @AfterEach
  void quiet() {
    browser.assertQuiet();
  }

  private static void press(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .first()
        .click();
  }

  private static List<Audit.Entry> trail() {
    return site.ledger().audit().newest(20);
  }

  // ---- accounts of others

  private static ApiKeys.ApiKey keyOf(long user) {
    String key = "tbk_" + Tokens.fresh();
    site.ledger()
        .apiKeys()
        .create(
            user,
            new ApiKeys.Draft("nightly", key.substring(0, 12), Tokens.hash(key), true, null),
            "test");
    return site.ledger().apiKeys().of(user).get(0);
  }

  @Test
  @DisplayName(
      "administrators see keys of others, never whole, and revoke them, but not an owner's")
  void keysOfOthers() {
    long user = site.user("keyed@example.com", "viewer", "en");
    ApiKeys.ApiKey first = keyOf(user);
    keyOf(user);
    long owner = site.ledger().users().byEmail("owner@example.com").orElseThrow().id();
    ApiKeys.ApiKey owners = keyOf(owner);
    Caller caller = site.signedIn("administrator");
    String page = "/console/users/" + user;
    assertThat(caller.get(page).body())
        .contains(first.prefix() + "…", page + "/keys/" + first.id() + "/revoke");
    assertThat(caller.post(page, page + "/keys/" + first.id() + "/revoke").statusCode())
        .isEqualTo(303);
    assertThat(site.ledger().apiKeys().of(user)).filteredOn(k -> k.revokedAt() == null).hasSize(1);
    assertThat(caller.post(page, page + "/keys/revoke").statusCode()).isEqualTo(303);
    assertThat(site.ledger().apiKeys().counting(user)).isEmpty();
    assertThat(
            caller
                .post(page, "/console/users/" + owner + "/keys/" + owners.id() + "/revoke")
                .statusCode())
        .isEqualTo(403);
    assertThat(site.ledger().apiKeys().counting(owner)).isNotEmpty();
    site.ledger().apiKeys().revokeAll(owner, "test");
  }

  @Test
  @DisplayName(
      "a new password shows the keys that go on counting and ends them when that is wanted")
  void newPasswordEndsKeys() {
    long user = site.user("forgets@example.com", "viewer", "en");
    ApiKeys.ApiKey key = keyOf(user);
    Caller caller = site.caller();
    caller.cookies().put("tieback", site.session("forgets@example.com"));
    assertThat(caller.get("/console/profile").body()).contains(key.prefix() + "…");
    String[] change = {
      "old", ConsoleSite.PASSWORD, "new", "another long sentence", "again", "another long sentence"
    };
    assertThat(caller.post("/console/profile", "/console/profile/password", change).statusCode())
        .isEqualTo(303);
    assertThat(site.ledger().apiKeys().counting(user)).contains(key.prefix());
    String token = Tokens.fresh();
    site.ledger().passwordLinks().create(Tokens.hash(token), user, "test");
    Caller open = site.caller();
    assertThat(open.get("/console/set-password?token=" + token).body())
        .contains(key.prefix() + "…");
    assertThat(
            open.post(
                    "/console/set-password?token=" + token,
                    "/console/set-password",
                    "token",
                    token,
                    "new",
                    "a third long sentence",
                    "again",
                    "a third long sentence",
                    "keys",
                    "yes")
                .statusCode())
        .isEqualTo(200);
    assertThat(site.ledger().apiKeys().counting(user)).isEmpty();
  }

  @Test
  @DisplayName("only an owner sets the password of an owner or administrator anew")
  void passwordsOfAdministrators() {
    long other = site.user("other-admin@example.com", "administrator", "en");
    Caller administrator = site.signedIn("administrator");
    String page = "/console/users/" + other;
    assertThat(administrator.get(page).body()).doesNotContain(page + "/link");
    assertThat(administrator.post(page, page + "/link").statusCode()).isEqualTo(403);
    assertThat(administrator.post(page, page + "/role", "role", "viewer").statusCode())
        .as("nor by taking the role away first")
        .isEqualTo(403);
    assertThat(
            administrator
                .post(
                    "/console/users/new",
                    "/console/users",
                    "email",
                    "third-admin@example.com",
                    "name",
                    "Third",
                    "role",
                    "administrator",
                    "language",
                    "en")
                .body())
        .doesNotContain("set-password");
    assertThat(site.ledger().users().byEmail("third-admin@example.com")).isPresent();
    Caller owner = site.signedIn("owner");
    assertThat(owner.post(page, page + "/link").body()).contains("set-password?token=");
  }

  @Test
  @DisplayName(
      "with mail on a password link goes to the person alone, in their language, and its text is"
          + " gone once it left")
  void linkByMail(@TempDir Path other) {
    try (ConsoleSite mailing =
        ConsoleSite.in(other)
            .pages(
                (ledger, people) -> {
                  ledger.connections().register(MAIN, 4711, "xero", "tenant-1");
                  return List.of(
                      new UsersPages(
                          ledger,
                          people,
                          List.of(MAIN),
                          Optional.empty(),
                          House.mails(ledger, people, true).passwords()));
                })
            .start()) {
      Caller caller = mailing.signedIn("administrator");
      HttpResponse<String> made =
          caller.post(
              "/console/users/new",
              "/console/users",
              "email",
              "marie@example.com",
              "name",
              "Marie",
              "role",
              "viewer",
              "language",
              "fr");
      assertThat(made.statusCode()).isEqualTo(303);
      String page = made.headers().firstValue("location").orElseThrow();
      assertThat(caller.get(page).body())
          .contains("on its way to marie@example.com")
          .doesNotContain("set-password?token=");
      Notices.Notice mail = mailing.ledger().notices().claim().get(0);
      assertThat(mail.subject()).isEqualTo("Tieback : choisissez votre mot de passe");
      String token = mail.body().replaceAll("(?s).*token=([A-Za-z0-9_-]{43}).*", "$1");
      assertThat(mail.html()).contains(token);
      mailing.ledger().notices().sent(mail.id());
      assertThat(mailing.ledger().audit().newest(20).toString()).doesNotContain(token);
      assertThat(mailing.caller().get("/console/set-password?token=" + token).statusCode())
          .isEqualTo(200);
      assertThat(caller.post(page, page + "/link").statusCode()).isEqualTo(303);
      Notices.Notice again = mailing.ledger().notices().claim().get(0);
      mailing.ledger().notices().failed(again.id(), "no such mailbox");
      assertThat(mailing.ledger().notices().again(again.id(), "test"))
          .as("its text is gone: a new link is made")
          .isFalse();
    }
  }

  // ---- settings

  @Test
  @DisplayName(
      "GEN-CFG-01, GEN-PERM-10: settings are grouped, say where they come from, are checked,"
          + " changed and reset by administrators, and tell who changed them")
  void settings() {
    Page page = browser.visit(site, "administrator@example.com", Browser.DESK);
    page.navigate("/console/settings");
    assertThat(page).hasTitle("Settings · Tieback");
    assertThat(page.getByText("Invoices and retainage").first()).isVisible();
    Browser.screenshot(page, "settings", "en");
    browser.assertAccessible(page);
    page.navigate(CHANGE + "invoice.number-length");
    page.getByLabel("New value").fill("300");
    press(page, "Save");
    assertThat(page.locator(".error"))
        .hasText(
            "“300” is not allowed: it has to be a whole number from 1 to 255. Nothing was"
                + " changed.");
    Browser.screenshot(page, "setting-wrong", "en");
    browser.assertAccessible(page);
    page.getByLabel("New value").fill("40");
    press(page, "Save");
    assertThat(page.getByText("Saved. It counts from now on.")).isVisible();
    assertThat(page.locator(".facts").getByText("Console")).isVisible();
    SettingChanges.Change change =
        site.ledger().settingChanges().latestOf("connection.main.invoice.number-length").get();
    assertThat(change.who()).isEqualTo("administrator@example.com");
    assertThat(change.value()).isEqualTo("40");
    press(page, "Back to what the files say");
    assertThat(page.getByText("What the files say counts again.")).isVisible();
    page.navigate("/console/settings/history");
    assertThat(page.locator("tbody tr").first()).containsText("As in the files");
    Browser.screenshot(page, "settings-history", "en");
    browser.assertAccessible(page);
  }

  @Test
  @DisplayName(
      "GEN-CFG-10: the retainage item is chosen from what the accounting system has, and one on no"
          + " current liability is warned of")
  void retainageItem() {
    Page page = browser.visit(site, "owner@example.com", Browser.DESK);
    page.navigate(CHANGE + "retainage.item");
    page.getByLabel("New value").selectOption("WORK");
    press(page, "Save");
    assertThat(page.locator("#notices")).containsText("no current liability");
    Browser.screenshot(page, "setting-retainage", "en");
    browser.assertAccessible(page);
    page.getByLabel("New value").selectOption("RET");
    press(page, "Save");
    assertThat(page.locator("#notices")).hasText("Saved. It counts from now on.");
    assertThat(page.locator(".notice.warn")).hasCount(0);
  }

  @Test
  @DisplayName(
      "GEN-SCH-01, GEN-SCH-04, GEN-SCH-05, GEN-PERM-08: payments have exactly five schedules;"
          + " approvers have payments and costs read now")
  void schedule() {
    Page page = browser.visit(site, "administrator@example.com", Browser.DESK);
    page.navigate("/console/settings");
    assertThat(page.getByLabel("How often payments are read").locator("option"))
        .hasText(new String[] {"Hourly", "Every 2 hours", "Every 4 hours", "Daily", "Never"});
    page.getByLabel("How often payments are read").selectOption("Every 2 Hours");
    press(page, "Save");
    assertThat(page.locator("#notices")).containsText("new schedule");
    assertThat(site.ledger().connections().get(MAIN).get().paymentSchedule())
        .isEqualTo("Every 2 Hours");

    Page approver = browser.visit(site, "approver@example.com", Browser.PHONE);
    approver.navigate("/console/settings");
    Browser.assertFits(approver);
    Browser.screenshot(approver, "settings-phone", "en");
    browser.assertAccessible(approver);
    assertThat(approver.getByLabel("How often payments are read")).hasCount(0);
    press(approver, "Payments");
    assertThat(approver.locator("#notices")).containsText("Asked for.");
    assertThat(site.ledger().connections().takePaymentSyncRequest(MAIN)).isTrue();
    press(approver, "Job costs");
    assertThat(site.ledger().connections().takeCostSyncRequest(MAIN)).isTrue();
    assertThat(trail()).extracting(Audit.Entry::action).contains("sync now");
    assertThat(site.signedIn("viewer").get("/console/settings").body())
        .doesNotContain("/console/settings/sync");
    assertThat(
            site.signedIn("viewer")
                .post(
                    "/console/profile",
                    "/console/settings/sync",
                    "connection",
                    "main",
                    "what",
                    "payments")
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  @DisplayName(
      "GEN-DEX-03: direct export is switched by an administrator who may export the kind too")
  void directExport() {
    long administrator = site.user("dex@example.com", "administrator", "en");
    Page page = browser.visit(site, "dex@example.com", Browser.DESK);
    page.navigate(CHANGE + "direct-export.invoices");
    assertThat(page.getByText("GEN-DEX-03")).isVisible();
    assertThat(page.getByLabel("New value")).hasCount(0);
    browser.assertAccessible(page);
    Caller caller = site.caller();
    caller.cookies().put("tieback", site.session("dex@example.com"));
    String name = "connection.main.direct-export.invoices";
    assertThat(
            caller
                .post("/console/profile", "/console/settings/change", "name", name, "value", "true")
                .statusCode())
        .isEqualTo(403);
    site.ledger()
        .userRights()
        .replace(administrator, List.of(new UserRight(MAIN, "invoice", false, true)), "test");
    page.reload();
    page.getByLabel("New value").selectOption("true");
    press(page, "Save");
    assertThat(page.locator("#notices")).containsText("Saved.");
    assertThat(site.ledger().settingChanges().inForce()).containsEntry(name, "true");
  }

  @Test
  @DisplayName("viewers read settings and change none; the rest of the house is closed to them")
  void viewer() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate(CHANGE + "approval.four-eyes");
    assertThat(page.getByText("You may not change settings")).isVisible();
    assertThat(page.getByLabel("New value")).hasCount(0);
    Caller caller = site.signedIn("viewer");
    for (String path :
        List.of(
            "/console/users",
            "/console/users/1",
            "/console/accountant-report",
            "/console/accountant-report.csv",
            "/console/audit",
            "/console/audit.csv")) {
      assertThat(caller.get(path).statusCode()).as(path).isEqualTo(403);
    }
    assertThat(
            caller
                .post(
                    "/console/profile",
                    "/console/settings/change",
                    "name",
                    "connection.main.approval.four-eyes",
                    "value",
                    "false")
                .statusCode())
        .isEqualTo(403);
    assertThat(site.signedIn("approver").get("/console/accountant-report").statusCode())
        .isEqualTo(403);
  }

  // ---- users

  @Test
  @DisplayName("somebody is added, gets a link that is good once, and signs in with their password")
  void added() {
    Page page = browser.visit(site, "owner@example.com", Browser.DESK);
    page.navigate("/console/users/new");
    page.getByLabel("Mail address").fill("owner@example.com");
    page.getByLabel("Name").fill("Sam New");
    press(page, "Add");
    assertThat(page.locator(".error")).containsText("is somebody’s address already");
    browser.assertAccessible(page);
    page.getByLabel("Mail address").fill("sam@example.com");
    page.getByLabel("Role").selectOption("approver");
    press(page, "Add");
    String link = page.getByLabel("Link").inputValue();
    assertThat(link).startsWith(site.address() + "/console/set-password?token=");
    Browser.screenshot(page, "users-link", "en");
    browser.assertAccessible(page);

    Page sam = browser.visit("en-US", Browser.PHONE);
    sam.navigate(link);
    Browser.screenshot(sam, "set-password-phone", "en");
    browser.assertAccessible(sam);
    Browser.assertFits(sam);
    Locator wanted = sam.getByLabel("New password", new Page.GetByLabelOptions().setExact(true));
    wanted.fill("short");
    press(sam, "Save");
    assertThat(sam.locator(".error").first()).hasText("A password has 12 characters or more.");
    wanted.fill("gravel under every footing");
    sam.getByLabel("New password again").fill("gravel under every footing");
    press(sam, "Save");
    assertThat(sam.getByText("Your password is set.")).isVisible();
    assertThat(site.caller().get(link.substring(site.address().length())).statusCode())
        .isEqualTo(410);
    assertThat(site.caller().signIn("sam@example.com", "gravel under every footing").statusCode())
        .isEqualTo(303);
    assertThat(trail())
        .extracting(Audit.Entry::action)
        .contains("create user", "make password link", "change password");
    assertThat(site.ledger().audit().newest(50).toString())
        .doesNotContain(link.substring(link.indexOf('=') + 1));
  }

  @Test
  @DisplayName(
      "GEN-PERM-04, GEN-ICON-05: import and export are ticked kind by kind, and who may export is"
          + " marked green")
  void rights() {
    long id = site.user("kim@example.com", "approver", "en");
    Page page = browser.visit(site, "administrator@example.com", Browser.DESK);
    page.navigate("/console/users/" + id);
    assertThat(page.locator(".badge.green")).hasText("Approver");
    page.getByLabel("Only what is ticked below").check();
    page.locator("[name='export:*:invoice']").check();
    page.getByLabel("Other rights in this connection").check();
    page.locator("[name='import:main:company']").check();
    press(page, "Save the rights");
    assertThat(page.locator("#notices")).hasText("The rights are saved.");
    List<UserRight> rights = site.ledger().userRights().of(id);
    assertThat(rights).contains(new UserRight(null, "invoice", false, true));
    assertThat(rights).contains(new UserRight(MAIN, "company", true, false));
    assertThat(rights).contains(new UserRight(MAIN, "invoice", false, false));
    // In its only connection nothing can be exported any more.
    assertThat(page.locator(".badge.green")).hasCount(0);
    assertThat(page.locator("[name='export:*:invoice']")).isChecked();
    page.getByLabel("Amount limit").fill("a lot");
    press(page, "Save");
    assertThat(page.locator(".error")).containsText("is no amount");
    page.getByLabel("Amount limit").fill("25000.50");
    press(page, "Save");
    assertThat(site.ledger().users().byId(id).get().amountLimit().toString()).contains("25000.5");
    Browser.screenshot(page, "user", "en");
    browser.assertAccessible(page);
    page.setViewportSize(Browser.PHONE, 844);
    Browser.assertFits(page);
    Browser.screenshot(page, "user-phone", "en");
    page.navigate("/console/users");
    Browser.assertFits(page);
    page.setViewportSize(Browser.DESK, 800);
    Browser.screenshot(page, "users", "en");
    browser.assertAccessible(page);
  }

  @Test
  @DisplayName("administrators touch no owner and not themselves; the last owner stays")
  void owners() {
    Caller administrator = site.signedIn("administrator");
    User owner = site.ledger().users().byEmail("owner@example.com").get();
    User self = site.ledger().users().byEmail("administrator@example.com").get();
    for (User user : List.of(owner, self)) {
      for (String deed : List.of("/link", "/sessions", "/rights", "/role", "/active", "/mails")) {
        assertThat(
                administrator
                    .post(
                        "/console/profile",
                        "/console/users/" + user.id() + deed,
                        "role",
                        "viewer",
                        "active",
                        "no")
                    .statusCode())
            .as(user.email() + deed)
            .isEqualTo(403);
      }
    }
    assertThat(
            administrator
                .post(
                    "/console/profile",
                    "/console/users",
                    "email",
                    "x@example.com",
                    "name",
                    "X",
                    "role",
                    "owner",
                    "language",
                    "en")
                .statusCode())
        .isEqualTo(403);
    User approver = site.ledger().users().byEmail("approver@example.com").get();
    String today = LocalDate.now(ConsoleSite.ZONE).toString();
    var standIn =
        administrator.post(
            "/console/profile",
            "/console/users/" + approver.id() + "/delegations",
            "to",
            Long.toString(self.id()),
            "first",
            today,
            "last",
            today,
            "reason",
            "Rights that are not mine");
    assertThat(standIn.statusCode()).isEqualTo(422);
    assertThat(standIn.body()).contains("Nobody changes their own role, rights or limit.");
    assertThat(site.ledger().delegations().of(self.id())).isEmpty();
    Page page = browser.visit(site, "owner@example.com", Browser.DESK);
    page.navigate("/console/users/" + owner.id());
    press(page, "Make inactive");
    assertThat(page.locator("#notices")).containsText("This is the last owner");
    assertThat(site.ledger().users().byId(owner.id()).get().active()).isTrue();
  }

  @Test
  @DisplayName("whoever is away names who decides meanwhile, and takes it back")
  void absence() {
    Page page = browser.visit(site, "approver@example.com", Browser.PHONE);
    page.navigate("/console/profile");
    page.getByText("Absence: who decides while you are away").click();
    page.getByLabel("Who decides meanwhile")
        .selectOption(
            Long.toString(site.ledger().users().byEmail("operator@example.com").get().id()));
    page.getByLabel("First day").fill(LocalDate.now(ConsoleSite.ZONE).toString());
    page.getByLabel("Last day").fill("2020-01-01");
    press(page, "Delegate");
    assertThat(page.locator(".error").first()).hasText("The last day is before the first.");
    page.getByLabel("Who decides meanwhile")
        .selectOption(
            Long.toString(site.ledger().users().byEmail("operator@example.com").get().id()));
    page.getByLabel("Last day").fill(LocalDate.now(ConsoleSite.ZONE).plusDays(9).toString());
    page.getByLabel("Reason").fill("Holidays");
    press(page, "Delegate");
    assertThat(page.locator("tbody")).containsText("Counts now");
    Browser.assertFits(page);
    Browser.screenshot(page, "absence-phone", "en");
    browser.assertAccessible(page);

    Page owner = browser.visit(site, "comptable@example.com", Browser.DESK);
    owner.navigate("/console/accountant-report");
    assertThat(owner.locator("tbody")).containsText("remplace Robin Approver");
    Browser.screenshot(owner, "accountant-report", "fr");
    browser.assertAccessible(owner);
    press(page, "Revoke");
    assertThat(page.locator("tbody")).containsText("Revoked");
  }

  @Test
  @DisplayName("GEN-PERM-20: the accountant report lists every approver with rights and limit")
  void report() {
    Page page = browser.visit(site, "administrator@example.com", Browser.DESK);
    page.navigate("/console/accountant-report");
    assertThat(page.locator("tbody")).containsText("approver@example.com");
    assertThat(page.locator("tbody")).containsText("everything");
    assertThat(page.locator("tbody")).not().containsText("viewer@example.com");
    Browser.screenshot(page, "accountant-report", "en");
    browser.assertAccessible(page);
    page.setViewportSize(Browser.PHONE, 844);
    Browser.assertFits(page);
    assertThat(site.signedIn("owner").get("/console/accountant-report.csv").body())
        .contains("approver@example.com,Accounting approver,main,Subcontractor invoices,yes,yes");
  }

  // ---- trail

  @Test
  @DisplayName("the trail is filtered, proved and downloaded")
  void trailPage() {
    site.ledger()
        .audit()
        .append(
            "nobody@example.com",
            MAIN,
            "replay",
            "dead letter 7",
            Map.of("reason", "it was closed"));
    Page page = browser.visit(site, "administrator@example.com", Browser.DESK);
    page.navigate("/console/audit");
    Browser.screenshot(page, "audit", "en");
    browser.assertAccessible(page);
    page.locator("select[name=who]").selectOption("nobody@example.com");
    press(page, "Filter");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody tr")).containsText("it was closed");
    page.navigate("/console/audit?until=2001-01-01");
    assertThat(page.getByText("No entry")).isVisible();
    press(page, "Prove it");
    assertThat(page.locator("#notices")).containsText("Intact:");
    page.setViewportSize(Browser.PHONE, 844);
    Browser.assertFits(page);
    Browser.screenshot(page, "audit-phone", "en");
    assertThat(site.signedIn("owner").get("/console/audit.csv?q=dead+letter").body())
        .contains("nobody@example.com,main,replay,dead letter 7")
        .doesNotContain("create user");
  }

  @Test
  @DisplayName("everything is there in French, and in the dark")
  void french() {
    Page page = browser.visit(site, "comptable@example.com", Browser.DESK);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    for (String path :
        List.of(
            "settings", "users", "users/new", "accountant-report", "audit", "profile/absence")) {
      page.navigate("/console/" + path);
      assertThat(page.locator("html")).hasAttribute("lang", "fr");
      Browser.screenshot(page, "house-" + path.replace('/', '-') + "-dark", "fr");
      browser.assertAccessible(page);
    }
    page.navigate(
        "/console/users/" + site.ledger().users().byEmail("approver@example.com").get().id());
    assertThat(page.getByText("Peut exporter").first()).isVisible();
    browser.assertAccessible(page);
    page.navigate(CHANGE + "retainage.account");
    assertThat(page.locator("h1")).hasText("Compte de retenue de garantie");
    browser.assertAccessible(page);
  }
}
