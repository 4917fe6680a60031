package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The installed Chromium, driven as a person does. One for a class; each {@link #visit} is a
 * browser of its own without cookies. What a page writes to its console as an error, such as a
 * refused script, fails the test. Screenshots go to {@code target/screenshots}.
 */
public final class Browser implements AutoCloseable {

  /** A phone's size. */
  public static final int PHONE = 390;

  /** A desk's size. */
  public static final int DESK = 1280;

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /** Looks for what WCAG 2.2 asks for at levels A and AA; gives one line for each fault. */
  private static final String AXE =
      """
      async () => {
        const found = await axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return found.violations.flatMap((rule) =>
          rule.nodes.map((node) => rule.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary));
      }
      """;

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;
  private final String address;
  private final String axe;
  private final List<String> faults = new ArrayList<>();

  private Browser(String address) {
    // Pages look for news every five seconds, and the machine may be busy.
    PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    this.address = address;
    this.axe = axe();
    Path executable = executable();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(FLAGS));
  }

  /** Starts it for a console. Fails when there is no Chromium: a console unseen is untested. */
  public static Browser at(ConsoleSite site) {
    return new Browser(site.address());
  }

  /** Starts it for an address, without a slash at the end. */
  public static Browser at(String address) {
    return new Browser(address);
  }

  private static Path executable() {
    return Stream.of(
            System.getenv("TIEBACK_CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "the console's tests need a Chromium. Debian: apt-get install chromium."
                        + " Elsewhere: set TIEBACK_CHROMIUM to the program of an installed Chromium"
                        + " or Chrome"));
  }

  /** A new browser window of somebody who is not signed in. */
  public Page visit(String language, int width) {
    BrowserContext context =
        chromium.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(address)
                .setLocale(language)
                // Colours half way between two states are no fault of contrast.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, width == PHONE ? 844 : 800));
    context.setDefaultTimeout(30_000);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          // An answer that is no 200 is what tests of problems ask for.
          if (message.type().equals("error") && !message.text().startsWith("Failed to load")) {
            faults.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> faults.add(page.url() + ": " + error));
    return page;
  }

  /** A new browser window of somebody who is signed in already. */
  public Page visit(ConsoleSite site, String email, int width) {
    Page page = visit("en-US", width);
    page.context()
        .addCookies(List.of(new Cookie("tieback", site.session(email)).setUrl(site.address())));
    return page;
  }

  /** Keeps a picture of the whole page, such as {@code sign-in} in {@code en}. */
  public static void screenshot(Page page, String name, String language) {
    try {
      Files.createDirectories(SCREENSHOTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve(name + "-" + language + ".png")));
  }

  /** The page keeps WCAG 2.2 AA as far as a program can tell. */
  public void assertAccessible(Page page) {
    page.evaluate(axe);
    @SuppressWarnings("unchecked")
    List<String> found = (List<String>) page.evaluate(AXE);
    assertThat(found).as("axe on " + page.url()).isEmpty();
  }

  /** Nothing sticks out at the side. */
  public static void assertFits(Page page) {
    assertThat(
            page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .as("pixels that stick out of " + page.url())
        .isEqualTo(0);
  }

  /**
   * No page had an error of a script or a refused style. Closes all windows: those of one test
   * would go on asking for news during the next.
   */
  public void assertQuiet() {
    List<String> found = List.copyOf(faults);
    faults.clear();
    chromium.contexts().forEach(BrowserContext::close);
    assertThat(found).as("errors in the browser's console").isEmpty();
  }

  private static String axe() {
    try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(in, "axe-core").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
