package io.tieback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tieback.approval.Duty;
import io.tieback.approval.QueueState;
import io.tieback.console.page.Ask;
import io.tieback.console.page.Csv;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.view.Chart;
import io.tieback.console.view.Listing;
import io.tieback.console.view.Listing.Column;
import io.tieback.construction.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that pages are made of, on one page, in a real browser. */
class PartsBrowserTest {

  private static final AtomicLong COUNT = new AtomicLong(3);
  private static final AtomicLong POLLS = new AtomicLong();
  private static final List<String> REASONS = new ArrayList<>();

  private static final List<Column> COLUMNS =
      List.of(
          Column.text("number", "No."),
          Column.text(null, "State"),
          Column.figure("amount", "Amount"),
          Column.text("since", "Since"));

  @TempDir static Path folder;
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    site =
        ConsoleSite.in(folder).pages((ledger, people) -> List.of(PartsBrowserTest::pages)).start();
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

  private static void pages(Pages pages) {
    pages
        .navigation(
            Pages.Section.START, 1, "profile.title", "/test", Pages.EVERYBODY, ask -> 1_234L)
        .navigation(Pages.Section.HOUSE, 1, "profile.password", "/house", Pages.duty(Duty.SETTINGS))
        .get("/test", Pages.EVERYBODY, PartsBrowserTest::page)
        .get("/test/count", Pages.EVERYBODY, PartsBrowserTest::count)
        .get(
            "/test/csv",
            Pages.EVERYBODY,
            ask ->
                Reply.csv("items.csv", new Csv(List.of("No.", "Title")).row(List.of("1", "=1+1"))))
        .get("/test/{id}", Pages.EVERYBODY, ask -> Reply.redirect("/profile"))
        .get("/house", Pages.duty(Duty.SETTINGS), ask -> Reply.redirect("/test"))
        .post(
            "/test/reject",
            Pages.EVERYBODY,
            ask -> {
              REASONS.add(ask.required("reason") + ask.requiredNumber("version"));
              return Reply.redirect("/test").saying("profile.saved");
            });
  }

  private static Reply count(Ask ask) {
    POLLS.incrementAndGet();
    return Reply.fragment("fragments/test-count", Map.of("count", COUNT.get()));
  }

  private static Reply page(Ask ask) {
    Instant at = ask.now().minusSeconds(7_300);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (QueueState state : QueueState.values()) {
      rows.add(
          Map.of(
              "id",
              state.ordinal() + 1,
              "number",
              "SC-" + state.ordinal(),
              "state",
              state,
              "amount",
              Money.of(state == QueueState.SYNCED ? "-1250.50" : "98765.40"),
              "since",
              at));
    }
    Listing.Wanted wanted = Listing.wanted(ask.call().query(), COLUMNS, "-since", 50);
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("q", ask.query("q").orElse(""));
    model.put("rows", rows);
    model.put("count", COUNT.get());
    model.put(
        "listing", Listing.of(ask.path(), ask.call().query(), COLUMNS, wanted, rows.size(), 120));
    model.put("tabs", List.of(tab("All", true, 13L), tab("Mine", false, null)));
    model.put(
        "found",
        List.of(
            finding("XR-INV-07", "due_date", "The due date is missing.", "Set a due date.", true),
            finding("XR-INV-02", "number", "The number is long.", "", false)));
    model.put(
        "steps",
        List.of(
            step(at, "blue", "Sent", ""), step(at, "yellow", "Rejected", "The amount is wrong.")));
    model.put(
        "chart",
        Chart.of(
            List.of(
                new Chart.Value("Mon", new BigDecimal("3")),
                new Chart.Value("Tue", new BigDecimal("7")),
                new Chart.Value("Wed", BigDecimal.ZERO)),
            ask.formats()));
    return Reply.page("test-parts", model);
  }

  private static Map<String, Object> tab(String label, boolean current, Long count) {
    Map<String, Object> tab = new LinkedHashMap<>();
    tab.put("label", label);
    tab.put("path", "/console/test");
    tab.put("current", current);
    tab.put("count", count);
    return tab;
  }

  private static Map<String, Object> finding(
      String rule, String field, String found, String remedy, boolean severe) {
    return Map.of(
        "rule", rule, "field", field, "found", found, "also", List.of(), "limit", "", "remedy",
        remedy, "severe", severe);
  }

  private static Map<String, Object> step(Instant at, String colour, String title, String text) {
    return Map.of("at", at, "colour", colour, "title", title, "who", "Robin", "text", text);
  }

  @Test
  @DisplayName(
      "GEN-ICON-01 GEN-ICON-02 GEN-ICON-03 GEN-ICON-04: the colours of states, each with a form, a"
          + " word and a tooltip")
  void icons() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/");
    Map<String, List<QueueState>> colours =
        Map.of(
            "green", List.of(QueueState.SYNCED, QueueState.IMPORTED),
            "blue",
                List.of(
                    QueueState.READY_TO_EXPORT, QueueState.READY_TO_UPDATE, QueueState.EXPORTING),
            "yellow", List.of(QueueState.RETRIEVED, QueueState.REJECTED),
            "red", List.of(QueueState.FAILED));
    colours.forEach(
        (colour, states) -> assertThat(page.locator(".badge." + colour)).hasCount(states.size()));
    assertThat(page.locator(".badge")).hasCount(QueueState.values().length);
    assertThat(page.locator(".badge.green").first()).hasText("Synced");
    assertThat(page.locator(".badge.green").first())
        .hasAttribute("title", "The same in Procore and in the accounting system.");
  }

  @Test
  @DisplayName("every part is accessible at a desk, on a phone and in the dark")
  void looks() {
    for (int width : List.of(Browser.DESK, Browser.PHONE)) {
      Page page = browser.visit(site, "owner@example.com", width);
      page.navigate("/console/test");
      Browser.assertFits(page);
      browser.assertAccessible(page);
      Browser.screenshot(page, "parts-" + width, "en");
      if (width == Browser.PHONE) {
        assertThat(page.locator("#navigation")).isHidden();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Menu")).click();
        assertThat(page.locator("#navigation")).isVisible();
      }
      page.emulateMedia(
          new Page.EmulateMediaOptions()
              .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
      browser.assertAccessible(page);
      Browser.screenshot(page, "parts-dark-" + width, "en");
    }
  }

  @Test
  @DisplayName("j, k and Enter move through a list, / searches, a head sorts")
  void keys() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/test");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("k");
    assertThat(page.locator("tr.at")).containsText("SC-0");
    page.keyboard().press("/");
    assertThat(page.getByLabel("Search invoices")).isFocused();
    page.keyboard().type("jk");
    page.keyboard().press("Enter");
    assertThat(page.getByLabel("Search invoices")).hasValue("jk");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Amount")).click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("Amount");
    assertThat(page.getByLabel("Search invoices")).hasValue("jk");
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    assertThat(page).hasTitle("Profile · Tieback");
  }

  @Test
  @DisplayName("a part keeps itself up to date, and not while somebody is in a dialog")
  void polls() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/test");
    Locator polled = page.locator("#polled");
    assertThat(polled).containsText("Count: 3");
    COUNT.set(4_000);
    assertThat(polled).containsText("Count: 4,000");
    long before = POLLS.get();
    page.waitForResponse(
        answer -> answer.url().endsWith("/test/count") && answer.status() == 204, () -> {});
    assertThat(POLLS.get()).isGreaterThan(before);
    assertThat(polled).containsText("Count: 4,000");
  }

  @Test
  @DisplayName("a deed asks for its reason, is done once and says so on the next page")
  void deeds() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/test");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Reject")).click();
    Locator dialog = page.getByRole(AriaRole.DIALOG);
    assertThat(dialog).isVisible();
    browser.assertAccessible(page);
    Browser.screenshot(page, "parts-dialog", "en");
    dialog.getByLabel("Reason").fill("The amount is wrong. ");
    dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Reject")).click();
    assertThat(page.locator(".notice.good")).hasText("Saved.");
    assertThat(REASONS).isEqualTo(Arrays.asList("The amount is wrong.3"));
    page.reload();
    assertThat(page.locator(".notice.good")).hasCount(0);
  }

  @Test
  @DisplayName("the navigation shows what one may; a table is kept as CSV that no spreadsheet runs")
  void navigation() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/test");
    assertThat(page.locator("#navigation a")).hasCount(1);
    assertThat(page.locator("#navigation a")).hasAttribute("aria-current", "page");
    assertThat(page.locator("#navigation .count")).hasText("1,234");
    Page owner = browser.visit(site, "owner@example.com", Browser.DESK);
    owner.navigate("/console/test");
    assertThat(owner.locator("#navigation a")).hasCount(2);
    assertThat(site.signedIn("viewer").get("/console/test/csv").body())
        .isEqualTo("\uFEFFNo.,Title\r\n1,'=1+1\r\n");
  }
}
