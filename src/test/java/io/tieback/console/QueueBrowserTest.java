package io.tieback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue in a real browser: its lists, the page of an item, and what is decided there. */
class QueueBrowserTest {

  private static final String APPROVER = "approver@example.com";

  @TempDir static Path folder;
  private static final QueueFixture QUEUE = new QueueFixture();
  private static ConsoleSite site;
  private static Browser browser;
  private static Map<String, QueueItem> items;

  @BeforeAll
  static void start() {
    site =
        ConsoleSite.in(folder)
            .pages((ledger, people) -> List.of(QUEUE.pages(ledger, java.time.Clock.systemUTC())))
            .start();
    site.user("claire@example.com", "approver", "fr");
    items = QUEUE.everything();
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

  private static Page at(String email, String path) {
    return at(email, path, Browser.DESK);
  }

  private static Page at(String email, String path, int width) {
    Page page = browser.visit(site, email, width);
    page.navigate("/console" + path);
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static String path(QueueItem item) {
    return "/items/" + item.id();
  }

  @Test
  @DisplayName(
      "GEN-Q-01 GEN-ICON-08: every list, with counts, is accessible at a desk, on a phone, in the"
          + " dark and in French; errors of exports are red")
  void lists() {
    for (String list :
        List.of(
            "ready-to-import",
            "ready-to-export",
            "ready-to-update",
            "failed-to-export",
            "sent-back",
            "not-sent",
            "synced",
            "archived")) {
      Page page = at("viewer@example.com", "/lists/" + list);
      assertThat(page.locator("#navigation a[aria-current=page]")).hasCount(1);
      Browser.assertFits(page);
      browser.assertAccessible(page);
    }
    Page page = at(APPROVER, "/lists/ready-to-export");
    assertThat(
            page.locator("#navigation a", new Page.LocatorOptions().setHasText("Failed to export"))
                .locator(".count"))
        .hasText("1");
    Browser.screenshot(page, "queue-list", "en");
    Page failed = at("viewer@example.com", "/lists/failed-to-export");
    assertThat(failed.locator("td.errors")).hasText("Account 410 is archived in Xero.");
    assertThat(
            failed
                .evaluate("getComputedStyle(document.querySelector('td.errors')).color")
                .toString())
        .isEqualTo("rgb(163, 33, 27)");
    Page reasons = at("viewer@example.com", "/lists/not-sent");
    assertThat(reasons.locator("tbody")).containsText("Status: Draft");
    Page phone = at("claire@example.com", "/lists/ready-to-export", Browser.PHONE);
    assertThat(phone.locator("h1")).hasText("À exporter");
    Browser.assertFits(phone);
    browser.assertAccessible(phone);
    Browser.screenshot(phone, "queue-list-phone", "fr");
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
    browser.assertAccessible(page);
    Browser.screenshot(page, "queue-list-dark", "en");
  }

  @Test
  @DisplayName("a list is searched with /, filtered, sorted, and kept as CSV; filters are checked")
  void filters() {
    Page page = at("viewer@example.com", "/lists/ready-to-export");
    page.keyboard().press("/");
    page.keyboard().type("beton");
    page.keyboard().press("Enter");
    assertThat(page.locator("tbody tr")).hasCount(1);
    assertThat(page.locator("tbody")).containsText("Béton Laval");
    page.navigate("/console/lists/ready-to-export?kind=invoice&least=4000&most=10000");
    assertThat(page.locator("tbody")).containsText("PC-002");
    assertThat(page.locator("tbody")).not().containsText("PC-003");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Amount")).click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("Amount");
    assertThat(page.locator("tbody tr").first()).containsText("PC-002");
    Caller caller = site.signedIn("viewer");
    assertThat(caller.get("/console/lists/ready-to-export/csv?kind=change_order").body())
        .contains("Change order,1,Taller walls,Acme Concrete,North Tower,1000.00,USD,2026-03-04")
        .doesNotContain("PC-00");
    assertThat(caller.get("/console/lists/ready-to-export?least=much").statusCode()).isEqualTo(400);
    page.navigate("/console/lists/ready-to-export?least=10%2C000");
    assertThat(page.locator("tbody")).containsText("PC-003");
    assertThat(page.locator("tbody")).not().containsText("PC-001");
    page.getByLabel("From amount").fill("much");
    button(page, "Filter").click();
    assertThat(page.locator("#e-least")).containsText("“much” is not an amount");
    assertThat(page.getByLabel("From amount")).hasValue("much");
    browser.assertAccessible(page);
    page.navigate("/console/lists/ready-to-export?page=77");
    assertThat(page.locator("tbody tr").first()).isVisible();
    assertThat(page.locator("[data-search]")).hasAttribute("maxlength", "200");
    assertThat(caller.get("/console/lists/ready-to-export?kind=cheese").statusCode())
        .isEqualTo(400);
    assertThat(caller.get("/console/lists/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName(
      "an item shows the document beside Procore's figures, differences marked, and its way")
  void item() {
    Page page = at(APPROVER, path(items.get("second")) + "?list=ready-to-export");
    assertThat(page.locator("#document")).containsText("Xero");
    assertThat(button(page, "Accept and export")).isEnabled();
    assertThat(page.locator(".lines").first()).containsText("820 Retainage payable");
    assertThat(page.locator(".totals")).containsText("Retainage held");
    assertThat(page.locator("tr.differs")).hasCount(1);
    assertThat(page.locator("tr.differs")).containsText("Apr 4, 2026");
    assertThat(page.locator(".timeline")).containsText("Sent");
    browser.assertAccessible(page);
    Browser.screenshot(page, "queue-item", "en");
    String here = page.url();
    page.keyboard().press("j");
    page.waitForURL(url -> !url.equals(here));
    page.keyboard().press("k");
    page.waitForURL(here);
    Page french = at("claire@example.com", path(items.get("change")), Browser.PHONE);
    QueueItem told = items.get("eligible");
    assertThat(
            site.ledger()
                .queueMoves()
                .moved(
                    new QueueMoves.Move(
                        told.id(),
                        told.version(),
                        "archive",
                        "archived",
                        "n",
                        "changed in Procore"))
                .isPresent())
        .isTrue();
    Page way = at("claire@example.com", path(told));
    assertThat(way.locator(".timeline")).containsText("Modifié dans Procore.");
    assertThat(french.locator("tr.added")).containsText("Taller walls");
    assertThat(french.locator("#diff")).hasText("Ce qui change");
    assertThat(french.locator(".findings")).containsText("XR-INV-02");
    Browser.assertFits(french);
    browser.assertAccessible(french);
    Browser.screenshot(french, "queue-item-phone", "fr");
  }

  @Test
  @DisplayName(
      "GEN-Q-10 GEN-Q-11 GEN-Q-12: after a retrieval the button reads Re-send; one that cannot be"
          + " pressed says why; Retrieve shows only what is in the tool")
  void buttons() {
    Page retrieved = at("operator@example.com", path(items.get("retrieved")));
    assertThat(button(retrieved, "Re-send to ERP")).isEnabled();
    assertThat(button(retrieved, "Retrieve from ERP")).hasCount(0);
    Page waiting = at("operator@example.com", path(items.get("third")));
    assertThat(button(waiting, "Retrieve from ERP")).isEnabled();
    Page draft = at("operator@example.com", path(items.get("not sent")));
    Locator send = button(draft, "Send to ERP");
    assertThat(send).isDisabled();
    assertThat(send).hasAttribute("title", Pattern.compile(".*Draft.*"));
    assertThat(draft.locator("#why-send")).containsText("Draft");
    Page viewer = at("viewer@example.com", path(items.get("third")));
    assertThat(viewer.locator("#why-accept")).containsText("your role is viewer");
  }

  @Test
  @DisplayName("GEN-Q-07: an approver rejects with a comment, by the keyboard, and it is kept")
  void reject() {
    QueueItem item = QUEUE.invoice(101, "PC-101", "Acme Concrete", "300.00");
    Page page = at(APPROVER, path(item));
    assertThat(button(page, "Accept and export")).isEnabled();
    page.keyboard().press("r");
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    browser.assertAccessible(page);
    dialog.getByLabel("What has to be corrected").fill("The retainage is wrong.");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reject")).click();
    assertThat(page.locator(".notice.good")).containsText("rejected");
    assertThat(page.locator(".comment")).hasText("The retainage is wrong.");
    assertThat(QUEUE.now(item).way().comment()).isEqualTo("The retainage is wrong.");
  }

  @Test
  @DisplayName("GEN-PERM-21: whoever sent it is told why they may not accept it")
  void fourEyes() {
    QueueItem item =
        QUEUE.read(
            io.tieback.approval.RecordKind.INVOICE,
            "requisition",
            102,
            QueueFixture.about("PC-102", "Roof", "Atlas Roofing", "20.00"),
            "not_sent");
    long owner = site.ledger().users().byEmail("owner@example.com").orElseThrow().id();
    QUEUE.sent(item, "Robin Owner", "owner@example.com", owner);
    Page page = at("owner@example.com", path(item));
    assertThat(button(page, "Accept and export")).isDisabled();
    assertThat(page.locator("#why-accept")).containsText("Somebody else than the sender");
  }

  @Test
  @DisplayName("what changed since it was shown is not accepted: the page says what changed")
  void outdated() {
    QueueItem item = QUEUE.invoice(103, "PC-103", "Acme Concrete", "40.00");
    Page page = at(APPROVER, path(item));
    assertThat(button(page, "Accept and export")).isEnabled();
    site.ledger()
        .queueItems()
        .refresh(
            item.id(), QueueFixture.about("PC-103-B", "Concrete works", "Acme Concrete", "44.00"));
    page.keyboard().press("a");
    assertThat(button(page, "Accept and export")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("h2").first()).hasText("Not done");
    assertThat(page.locator(".beside")).containsText("PC-103-B");
    assertThat(page.locator(".beside")).containsText("44.00");
    browser.assertAccessible(page);
    Browser.screenshot(page, "queue-outdated", "en");
    assertThat(QUEUE.exported).noneMatch(one -> one.id() == item.id());
  }

  @Test
  @DisplayName(
      "GEN-Q-13: ticked invoices are accepted together, each with an outcome of its own; other"
          + " kinds cannot be ticked")
  void bulk() {
    QueueItem good = QUEUE.invoice(111, "BULK-1", "Bulk Ltd", "10.00");
    QueueItem large = QUEUE.invoice(112, "BULK-2", "Bulk Ltd", "200000.00");
    QueueItem other = QUEUE.invoice(113, "BULK-3", "Bulk Ltd", "30.00");
    Page page = at(APPROVER, "/lists/ready-to-export?q=bulk");
    assertThat(page.locator("input[name=choice]")).hasCount(3);
    page.getByLabel("Tick all").check();
    button(page, "Review and accept ticked invoices").click();
    assertThat(page.locator("tbody tr")).hasCount(3);
    browser.assertAccessible(page);
    Browser.screenshot(page, "queue-review", "en");
    QUEUE.digests.put(other.id(), "something else");
    button(page, "Accept and export 3 invoices").click();
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("BULK-1")))
        .containsText("on its way");
    assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("BULK-2")))
        .containsText("second approver");
    assertThat(
            page.locator("tr", new Page.LocatorOptions().setHasText("BULK-3")).locator(".errors"))
        .isVisible();
    browser.assertAccessible(page);
    Browser.screenshot(page, "queue-accepted", "en");
    assertThat(QUEUE.now(good).state()).isEqualTo("exporting");
    assertThat(QUEUE.now(large).way().firstAcceptedBy()).isNotNull();
    assertThat(QUEUE.now(other).state()).isEqualTo("ready_to_export");
    Page change = at(APPROVER, "/lists/ready-to-export?kind=change_order");
    assertThat(change.locator("input[name=choice]")).hasCount(0);
  }

  @Test
  @DisplayName("GEN-ICON-07: unlinking says so in green, or in red why not")
  void unlink() {
    QueueItem item = items.get("synced");
    QUEUE.stillThere.add(item.id());
    Page page = at(APPROVER, path(item));
    button(page, "Unlink").click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).containsText("Nothing is deleted");
    browser.assertAccessible(page);
    Locator.GetByRoleOptions unlink = new Locator.GetByRoleOptions().setName("Unlink");
    dialog.getByRole(AriaRole.BUTTON, unlink).click();
    assertThat(page.locator(".notice.bad")).containsText("still in Xero");
    QUEUE.stillThere.remove(item.id());
    Caller caller = site.signedIn("approver");
    String version = Integer.toString(QUEUE.now(item).version());
    String asked =
        caller
            .post("/console/profile", "/console/items/" + item.id() + "/unlink", "version", version)
            .body();
    assertThat(asked).contains("Unlink this record?").contains("name=\"confirmed\"");
    assertThat(QUEUE.now(item).state()).isEqualTo("synced");
    button(page, "Unlink").click();
    dialog.getByRole(AriaRole.BUTTON, unlink).click();
    assertThat(page.locator(".notice.good")).containsText("Successfully Unlinked");
  }

  @Test
  @DisplayName(
      "what cannot be read is answered with a page that says which field, and a way back; nothing"
          + " ticked is said on the list")
  void slips() {
    Caller caller = site.signedIn("approver");
    String search = caller.get("/console/lists/synced?q=" + "x".repeat(300)).body();
    assertThat(search)
        .contains("Field: Search")
        .contains("It has 300 characters; the most is 200.")
        .contains("href=\"/console/lists/synced\"")
        .contains("base.css");
    assertThat(caller.get("/console/lists/synced?q=%00").body())
        .contains("The request cannot be read")
        .contains("base.css");
    QueueItem item = items.get("third");
    String reason = "x".repeat(70_000);
    String version = Integer.toString(item.version());
    String rejecting = "/console/items/" + item.id() + "/reject";
    HttpResponse<String> rejected =
        caller.post("/console/profile", rejecting, "version", version, "reason", reason);
    assertThat(rejected.statusCode()).isEqualTo(400);
    assertThat(rejected.body()).contains("too long").contains("base.css");
    Page page = at(APPROVER, "/lists/ready-to-export");
    button(page, "Review and accept ticked invoices").click();
    assertThat(page.locator(".notice.bad")).containsText("No invoice is ticked.");
    assertThat(page.locator("h1")).hasText("Ready to export");
  }

  @Test
  @DisplayName("a page whose item somebody else archived tells why it cannot be accepted any more")
  void decidedElsewhere() {
    QueueItem item = QUEUE.invoice(131, "ELSE-1", "Elsewhere Ltd", "10.00");
    Page page = at(APPROVER, path(item));
    assertThat(button(page, "Accept and export")).isEnabled();
    String lists = "#navigation a[href='/console/lists/archived'] .count";
    int archived = Integer.parseInt(page.locator(lists).textContent().strip());
    QUEUE.moved(QUEUE.now(item), "archive", "archived", null);
    assertThat(button(page, "Accept and export")).isDisabled();
    assertThat(page.locator("form[data-while-current]")).containsText("It has changed");
    assertThat(page.locator(lists)).hasText(Integer.toString(archived + 1));
    Caller caller = site.signedIn("approver");
    String late =
        caller
            .post(
                "/console/profile",
                "/console/items/" + item.id() + "/reject",
                "version",
                Integer.toString(item.version()),
                "reason",
                "No")
            .body();
    assertThat(late).contains("Not done").doesNotContain("What changed");
  }

  @Test
  @DisplayName("a list updates itself and keeps ticks and focus")
  void updates() {
    QUEUE.invoice(121, "LIVE-1", "Live Ltd", "10.00");
    Page page = at(APPROVER, "/lists/ready-to-export?q=live");
    page.getByLabel("Tick LIVE-1").check();
    QUEUE.invoice(122, "LIVE-2", "Live Ltd", "20.00");
    assertThat(page.locator("tbody tr")).hasCount(2);
    assertThat(page.getByLabel("Tick LIVE-1")).isChecked();
    assertThat(page.getByLabel("Tick LIVE-1")).isFocused();
  }

  @Test
  @DisplayName("the overview tells what waits for whom, in both languages")
  void overview() {
    Page page = at(APPROVER, "/");
    assertThat(page.locator(".notice.warn")).containsText("for you");
    assertThat(page.locator(".tiles li")).hasCount(8);
    Browser.assertFits(page);
    browser.assertAccessible(page);
    Browser.screenshot(page, "overview", "en");
    Page viewer = at("viewer@example.com", "/");
    assertThat(viewer.locator(".notice.good")).hasText("Nothing waits for you.");
    Page phone = at("claire@example.com", "/", Browser.PHONE);
    assertThat(phone.locator("h1")).hasText("Vue d’ensemble");
    Browser.assertFits(phone);
    browser.assertAccessible(phone);
    Browser.screenshot(phone, "overview-phone", "fr");
  }
}
