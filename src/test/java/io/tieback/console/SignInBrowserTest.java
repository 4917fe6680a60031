package io.tieback.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in and out, and what everybody may change about themselves, in a real browser. */
class SignInBrowserTest {

  @TempDir static Path folder;
  private static ConsoleSite site;
  private static Browser browser;

  @BeforeAll
  static void start() {
    site = ConsoleSite.in(folder).set("console.sign-in-attempts", "3").start();
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

  private static void fill(Page page, String email, String password) {
    page.getByLabel("Mail address").fill(email);
    page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in")).click();
  }

  @Test
  @DisplayName("wrong password, right password, back where one wanted to go, and out again")
  void inAndOut() {
    Page page = browser.visit("en-US", Browser.DESK);
    page.navigate("/console/profile");
    assertThat(page).hasTitle("Sign in · Tieback");
    Browser.screenshot(page, "sign-in", "en");
    browser.assertAccessible(page);
    fill(page, "owner@example.com", "not the password");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("Mail address or password is wrong.");
    assertThat(page.getByLabel("Mail address")).hasValue("owner@example.com");
    Browser.screenshot(page, "sign-in-wrong", "en");
    browser.assertAccessible(page);
    fill(page, "owner@example.com", ConsoleSite.PASSWORD);
    assertThat(page).hasURL(Pattern.compile("/console/profile$"));
    page.getByText("Robin Owner").first().click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign out")).click();
    assertThat(page.getByText("You are signed out.")).isVisible();
    page.navigate("/console/profile");
    assertThat(page).hasTitle("Sign in · Tieback");
  }

  @Test
  @DisplayName("who tries too often waits")
  void lockedOut() {
    Page page = browser.visit("en-US", Browser.DESK);
    page.navigate("/console/sign-in");
    for (int i = 0; i < 4; i++) {
      fill(page, "operator@example.com", "not the password");
    }
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Too many attempts. Try again in");
    Browser.screenshot(page, "sign-in-locked", "en");
  }

  @Test
  @DisplayName(
      "a French browser is greeted in French; the language can be changed before and after signing"
          + " in")
  void languages() {
    Page page = browser.visit("fr-CA", Browser.PHONE);
    page.navigate("/console/sign-in");
    assertThat(page).hasTitle("Connexion · Tieback");
    Browser.screenshot(page, "sign-in-phone", "fr");
    browser.assertAccessible(page);
    Browser.assertFits(page);
    page.getByText("English").click();
    assertThat(page).hasTitle("Sign in · Tieback");

    Page in = browser.visit(site, "approver@example.com", Browser.DESK);
    in.navigate("/console/profile");
    assertThat(in).hasTitle("Profile · Tieback");
    Browser.screenshot(in, "profile", "en");
    browser.assertAccessible(in);
    in.getByLabel("Language").selectOption("fr");
    in.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Save")).click();
    assertThat(in).hasTitle("Profil · Tieback");
    assertThat(in.getByText("Enregistré.")).isVisible();
    assertThat(in.locator("html")).hasAttribute("lang", "fr");
    Browser.screenshot(in, "profile", "fr");
    browser.assertAccessible(in);
    in.reload();
    assertThat(in.getByText("Enregistré.")).hasCount(0);
  }

  @Test
  @DisplayName("keys: the skip link comes first, ? explains the keys, Escape closes")
  void keys() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.navigate("/console/profile");
    page.keyboard().press("Tab");
    assertThat(page.getByText("Skip to the content")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("main")).isFocused();
    page.keyboard().press("?");
    assertThat(page.getByRole(AriaRole.DIALOG)).isVisible();
    Browser.screenshot(page, "keys", "en");
    browser.assertAccessible(page);
    page.keyboard().press("Escape");
    assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
  }

  @Test
  @DisplayName("a new password has to be long and repeated; mistakes stand beside their fields")
  void password() {
    Page page = browser.visit(site, "administrator@example.com", Browser.PHONE);
    page.navigate("/console/profile");
    Browser.assertFits(page);
    page.getByLabel("Present password").fill(ConsoleSite.PASSWORD);
    page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true)).fill("short");
    page.getByLabel("New password again").fill("other");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change the password"))
        .click();
    assertThat(page.getByText("A password has 12 characters or more.")).isVisible();
    assertThat(page.getByText("The two do not match.")).isVisible();
    Browser.screenshot(page, "profile-phone-errors", "en");
    browser.assertAccessible(page);
    page.getByLabel("Present password").fill(ConsoleSite.PASSWORD);
    page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
        .fill("gravel under every footing");
    page.getByLabel("New password again").fill("gravel under every footing");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change the password"))
        .click();
    assertThat(page.getByText("You are signed out.")).isVisible();
  }

  @Test
  @DisplayName("dark and print have their own look")
  void dark() {
    Page page = browser.visit(site, "viewer@example.com", Browser.DESK);
    page.emulateMedia(
        new Page.EmulateMediaOptions()
            .setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
    page.navigate("/console/profile");
    Browser.screenshot(page, "profile-dark", "en");
    browser.assertAccessible(page);
    page.navigate("/console/nothing");
    assertThat(page.locator("h1")).hasText("Not found");
    Browser.screenshot(page, "not-found-dark", "en");
    browser.assertAccessible(page);
  }
}
