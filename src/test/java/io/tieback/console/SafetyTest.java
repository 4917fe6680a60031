package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.approval.Duty;
import io.tieback.console.door.ReturnAddress;
import io.tieback.console.page.Pages;
import io.tieback.console.page.Reply;
import io.tieback.console.web.ClientAddress;
import io.tieback.console.web.Problem;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What protects the console, seen over HTTP by a caller that does as it likes. */
class SafetyTest {

  @TempDir static Path folder;
  private static ConsoleSite site;

  @BeforeAll
  static void start() {
    site = ConsoleSite.in(folder).pages((ledger, people) -> List.of(SafetyTest::pages)).start();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static void pages(Pages pages) {
    pages
        .get("/things/{id}", Pages.EVERYBODY, ask -> Reply.page("error", thing(ask.number("id"))))
        .get("/house", Pages.duty(Duty.SETTINGS), ask -> Reply.page("error", thing(1)))
        .post("/house", Pages.duty(Duty.SETTINGS), ask -> Reply.redirect("/house"))
        .get(
            "/broken",
            Pages.EVERYBODY,
            ask -> {
              throw new IllegalStateException("the secret is 4711");
            })
        .get("/outdated", Pages.EVERYBODY, ask -> failing(Problem.outdated()))
        .get("/amount", Pages.EVERYBODY, ask -> Reply.page("error", thing(ask.query("n", 1, 9, 1))))
        .get("/part", Pages.EVERYBODY, ask -> Reply.fragment("fragments/problem", thing(1)));
  }

  private static Map<String, Object> thing(long id) {
    return Map.of(
        "status",
        404,
        "field",
        "",
        "plain",
        "",
        "reason",
        "<script>alert(" + id + ")</script>",
        "remedy",
        "");
  }

  private static Reply failing(RuntimeException e) {
    throw e;
  }

  @Test
  @DisplayName("every answer has the strict headers, pages are never stored, files for good")
  void headers() {
    HttpResponse<String> page = site.caller().get("/console/sign-in");
    assertThat(page.statusCode()).isEqualTo(200);
    assertHeaders(page);
    assertThat(page.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(page.body()).doesNotContain("style=").doesNotContain("onclick");
    String style =
        page.body().replaceAll("(?s).*href=\"(/console/static/[^\"]+base.css)\".*", "$1");
    HttpResponse<String> file = site.caller().get(style);
    assertThat(file.statusCode()).isEqualTo(200);
    assertHeaders(file);
    assertThat(file.headers().firstValue("cache-control"))
        .hasValue("public, max-age=31536000, immutable");
    assertThat(
            site.caller().get(style.replaceAll("static/[0-9a-f]{4}", "static/0000")).statusCode())
        .isEqualTo(404);
    assertThat(site.caller().get("/console/static/0000000000000000/../messages").statusCode())
        .isIn(303, 404);
    HttpResponse<String> start = site.caller().get("/");
    assertThat(start.statusCode()).isEqualTo(303);
    assertThat(start.headers().firstValue("location")).hasValue("/console/");
  }

  private static void assertHeaders(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).hasValue("same-origin");
    assertThat(answer.headers().firstValue("cross-origin-opener-policy")).hasValue("same-origin");
    assertThat(answer.headers().firstValue("permissions-policy")).isPresent();
  }

  @Test
  @DisplayName(
      "the session's cookie is HttpOnly and Lax, and over https Secure and bound to the host")
  void cookies(@TempDir Path other) {
    HttpResponse<String> in = site.caller().signIn("viewer@example.com", ConsoleSite.PASSWORD);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().allValues("set-cookie"))
        .anySatisfy(
            cookie ->
                assertThat(cookie)
                    .startsWith("tieback=")
                    .contains("; HttpOnly", "; SameSite=Lax", "; Path=/")
                    .doesNotContain("Secure"));
    assertThat(in.headers().firstValue("strict-transport-security")).isEmpty();
    try (ConsoleSite https =
        ConsoleSite.in(other).set("console.url", "https://tieback.example.com").start()) {
      Caller caller = https.caller().header("Origin", "https://tieback.example.com");
      HttpResponse<String> secure = caller.signIn("viewer@example.com", ConsoleSite.PASSWORD);
      assertThat(secure.headers().allValues("set-cookie"))
          .anySatisfy(
              cookie -> assertThat(cookie).startsWith("__Host-tieback=").contains("; Secure"));
      assertThat(secure.headers().firstValue("strict-transport-security")).isPresent();
    }
  }

  @Test
  @DisplayName(
      "each sign-in has a token of its own; one that somebody planted or held before is worth"
          + " nothing")
  void fixation() {
    Caller caller = site.caller();
    String planted = "A".repeat(43);
    caller.cookies().put("tieback", planted);
    caller.signIn("viewer@example.com", ConsoleSite.PASSWORD);
    String first = caller.cookies().get("tieback");
    assertThat(first).isNotEqualTo(planted).hasSize(43);
    caller.post("/console/profile", "/console/sign-out");
    caller.cookies().put("tieback", first);
    assertThat(caller.get("/console/profile").statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName(
      "a session ends when it rests, when it is old, and when role, password or being active"
          + " change")
  void ends() {
    Caller idle = site.signedIn("viewer");
    site.clock().advance(Duration.ofMinutes(119));
    assertThat(idle.get("/console/profile").statusCode()).isEqualTo(200);
    site.clock().advance(Duration.ofMinutes(121));
    assertThat(idle.get("/console/profile").statusCode()).isEqualTo(303);
    Caller looksByItself = site.signedIn("viewer").header("X-Poll", "yes");
    for (int minutes = 0; minutes < 120; minutes += 30) {
      assertThat(looksByItself.get("/console/profile").statusCode()).isEqualTo(200);
      site.clock().advance(Duration.ofMinutes(31));
    }
    assertThat(looksByItself.get("/console/profile").statusCode())
        .as("a page left open is no use of the session")
        .isEqualTo(303);
    Caller old = site.signedIn("viewer");
    for (int hour = 0; hour < 11; hour++) {
      site.clock().advance(Duration.ofHours(1));
      assertThat(old.get("/console/profile").statusCode()).isEqualTo(200);
    }
    site.clock().advance(Duration.ofHours(1).plusSeconds(1));
    assertThat(old.get("/console/profile").statusCode()).isEqualTo(303);

    long id = site.user("leaves@example.com", "viewer", "en");
    Caller leaves = site.caller();
    leaves.signIn("leaves@example.com", ConsoleSite.PASSWORD);
    site.ledger().users().role(id, "operator", "test");
    assertThat(leaves.get("/console/profile").statusCode()).isEqualTo(303);
    leaves.signIn("leaves@example.com", ConsoleSite.PASSWORD);
    Caller elsewhere = site.caller();
    elsewhere.signIn("leaves@example.com", ConsoleSite.PASSWORD);
    assertThat(
            leaves
                .post(
                    "/console/profile",
                    "/console/profile/password",
                    "old",
                    ConsoleSite.PASSWORD,
                    "new",
                    "another long sentence",
                    "again",
                    "another long sentence")
                .statusCode())
        .isEqualTo(303);
    assertThat(elsewhere.get("/console/profile").statusCode()).isEqualTo(303);
    leaves.signIn("leaves@example.com", "another long sentence");
    assertThat(leaves.get("/console/profile").statusCode()).isEqualTo(200);
    site.ledger().users().active(id, false, "test");
    assertThat(leaves.get("/console/profile").statusCode()).isEqualTo(303);
    assertThat(leaves.signIn("leaves@example.com", "another long sentence").statusCode())
        .isEqualTo(422);
  }

  @Test
  @DisplayName(
      "a deed without the session's word, with another's, or that another site asked for is"
          + " refused")
  void forged() {
    Caller caller = site.signedIn("administrator");
    String word = Caller.word(caller.get("/console/profile").body());
    String other = Caller.word(site.signedIn("owner").get("/console/profile").body());
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(303);
    assertThat(caller.postWith(null, "/console/house").statusCode()).isEqualTo(403);
    assertThat(caller.postWith(other, "/console/house").statusCode()).isEqualTo(403);
    caller.header("Sec-Fetch-Site", "cross-site");
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(403);
    caller.header("Sec-Fetch-Site", "same-site");
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(403);
    caller.header("Sec-Fetch-Site", null).header("Origin", "https://evil.example");
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(403);
    caller.header("Origin", "null");
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(403);
    caller.header("Origin", site.address());
    assertThat(caller.postWith(word, "/console/house").statusCode()).isEqualTo(303);
    Caller stranger = site.caller();
    assertThat(
            stranger
                .postWith(
                    "B".repeat(43),
                    "/console/sign-in",
                    "email",
                    "viewer@example.com",
                    "password",
                    ConsoleSite.PASSWORD)
                .statusCode())
        .as("signing a victim in as somebody else takes the page's word too")
        .isEqualTo(403);
  }

  @Test
  @DisplayName(
      "GEN-PERM-10: what a role may not is refused with the reason, and not shown in the"
          + " navigation")
  void rights() {
    Caller viewer = site.signedIn("viewer");
    HttpResponse<String> refused = viewer.get("/console/house");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(viewer.post("/console/profile", "/console/house").statusCode()).isEqualTo(403);
    assertThat(site.signedIn("administrator").get("/console/house").statusCode()).isEqualTo(200);
    assertThat(site.caller().get("/console/house").statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName("what goes wrong is a page that says what to do and gives nothing away")
  void problems() {
    Caller caller = site.signedIn("viewer");
    assertThat(caller.get("/console/things/7").body())
        .contains("&lt;script&gt;alert(7)")
        .doesNotContain("<script>alert");
    assertThat(caller.get("/console/things/x").statusCode()).isEqualTo(404);
    assertThat(caller.get("/console/nothing").statusCode()).isEqualTo(404);
    assertThat(caller.get("/console/outdated").statusCode()).isEqualTo(409);
    HttpResponse<String> bad = caller.get("/console/amount?n=11");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(bad.body()).contains("11 is out of range: 1 to 9").doesNotContain("Field: n");
    HttpResponse<String> broken = caller.get("/console/broken");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("4711").containsPattern("number [0-9a-f]{10}");
    assertThat(caller.postWith("x".repeat(1_100_000), "/console/profile").statusCode())
        .isEqualTo(413);
  }

  @Test
  @DisplayName("a part of a page that the browser has already is not sent again")
  void unchanged() {
    Caller caller = site.signedIn("viewer").header("HX-Request", "true");
    HttpResponse<String> part = caller.get("/console/part");
    String hash = part.headers().firstValue("x-hash").orElseThrow();
    assertThat(caller.header("X-Known", hash).get("/console/part").statusCode()).isEqualTo(204);
    assertThat(caller.header("X-Known", "other").get("/console/part").statusCode()).isEqualTo(200);
    HttpResponse<String> out = site.caller().header("HX-Request", "true").get("/console/part");
    assertThat(out.statusCode()).isEqualTo(401);
    assertThat(out.headers().firstValue("hx-redirect")).hasValue("/console/sign-in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example/console/",
        "https://evil.example/console/",
        "/console/../../evil",
        "/console//evil.example",
        "/console/\\evil.example",
        "/console/\r\nSet-Cookie: a=b",
        "/elsewhere",
        "javascript:alert(1)",
        "/console/sign-out"
      })
  @DisplayName("after signing in one never lands anywhere but in the console")
  void openRedirect(String wanted) {
    assertThat(ReturnAddress.of(wanted)).isEqualTo("/console/");
    String to = URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    assertThat(
            site.signedIn("viewer")
                .get("/console/sign-in?to=" + to)
                .headers()
                .firstValue("location"))
        .hasValue("/console/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console/things/7", "/console/things/7?tab=a%26b"})
  @DisplayName("a link of a mail leads to its item after signing in")
  void leadsBack(String path) {
    HttpResponse<String> to = site.caller().get(path);
    assertThat(to.statusCode()).isEqualTo(303);
    String form = to.headers().firstValue("location").orElseThrow();
    assertThat(form).startsWith("/console/sign-in?to=");
    Caller caller = site.caller();
    String html = caller.get(form).body();
    String back =
        html.replaceAll("(?s).*name=\"to\" value=\"([^\"]+)\".*", "$1").replace("&amp;", "&");
    HttpResponse<String> in =
        caller.postWith(
            Caller.word(html),
            "/console/sign-in",
            "email",
            "viewer@example.com",
            "password",
            ConsoleSite.PASSWORD,
            "to",
            back);
    assertThat(in.headers().firstValue("location")).hasValue(path);
  }

  @Test
  @DisplayName("a character 0 is refused before anything is done with it")
  void characterZero() {
    Caller caller = site.caller();
    HttpResponse<String> in = caller.signIn("view\0er@example.com", ConsoleSite.PASSWORD);
    assertThat(in.statusCode()).isEqualTo(400);
    assertThat(caller.get("/console/sign-in?to=%00").statusCode()).isEqualTo(400);
    assertThat(caller.get("/console/sign-in?to=%2Fconsole%2F").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "too many attempts lock the account from there and the address for a while, known or not, and"
          + " say the same")
  void lockedOut(@TempDir Path other) {
    try (ConsoleSite strict =
        ConsoleSite.in(other)
            .set("console.sign-in-attempts", "3")
            .set("console.sign-in-attempts-per-address", "4")
            .set("console.trusted-proxies", "127.0.0.1")
            .start()) {
      String known = guess(strict, "viewer@example.com", "203.0.113.9");
      String unknown = guess(strict, "nobody@example.com", "203.0.113.10");
      assertThat(unknown.replace("nobody@", "viewer@"))
          .as("nothing tells whether the address exists")
          .isEqualTo(known);
      Caller caller = strict.caller().header("X-Forwarded-For", "203.0.113.9");
      assertThat(caller.signIn("n@example.com", "x").statusCode()).isEqualTo(422);
      assertThat(caller.signIn("owner@example.com", ConsoleSite.PASSWORD).statusCode())
          .as("the address is full, over all accounts")
          .isEqualTo(429);
      Caller elsewhere = strict.caller().header("X-Forwarded-For", "203.0.113.9, 203.0.113.11");
      assertThat(elsewhere.signIn("owner@example.com", ConsoleSite.PASSWORD).statusCode())
          .as("what the client itself wrote into the header does not count")
          .isEqualTo(303);
      for (int i = 1; i <= 4; i++) {
        Caller sprayer = strict.caller().header("X-Forwarded-For", "2001:db8:0:7::" + i);
        assertThat(sprayer.signIn("n" + i + "@example.com", "x").statusCode()).isEqualTo(422);
      }
      Caller sprayer = strict.caller().header("X-Forwarded-For", "2001:db8:0:7:ffff::5");
      assertThat(sprayer.signIn("n5@example.com", "x").statusCode())
          .as("whoever has one address of an IPv6 network has them all")
          .isEqualTo(429);
      Caller neighbour = strict.caller().header("X-Forwarded-For", "2001:db8:0:8::1");
      assertThat(neighbour.signIn("n6@example.com", "x").statusCode()).isEqualTo(422);
      strict.clock().advance(Duration.ofMinutes(15).plusSeconds(1));
      assertThat(caller.signIn("viewer@example.com", ConsoleSite.PASSWORD).statusCode())
          .isEqualTo(303);
    }
  }

  @Test
  @DisplayName(
      "whoever guesses somebody's password keeps out neither the owner elsewhere nor their device")
  void ownerGetsIn(@TempDir Path other) {
    try (ConsoleSite strict =
        ConsoleSite.in(other)
            .set("console.sign-in-attempts", "3")
            .set("console.sign-in-attempts-per-address", "4")
            .set("console.trusted-proxies", "127.0.0.1")
            .start()) {
      Caller owner = strict.caller().header("X-Forwarded-For", "198.51.100.7");
      assertThat(owner.signIn("owner@example.com", ConsoleSite.PASSWORD).statusCode())
          .isEqualTo(303);
      assertThat(owner.cookies()).containsKey("tieback-device");
      guess(strict, "owner@example.com", "203.0.113.9");
      assertThat(
              strict
                  .caller()
                  .header("X-Forwarded-For", "198.51.100.8")
                  .signIn("owner@example.com", ConsoleSite.PASSWORD)
                  .statusCode())
          .as("elsewhere, on a device that nobody knows")
          .isEqualTo(303);
      // Now from many networks, each with a port as some proxies write it.
      int last = 0;
      for (int i = 1; i <= 40; i++) {
        last =
            strict
                .caller()
                .header(
                    "X-Forwarded-For",
                    i % 2 == 0 ? "192.0.2." + i + ":4711" : "[2001:db8:0:" + i + "::1]:443")
                .signIn("owner@example.com", "guess " + i)
                .statusCode();
      }
      assertThat(last).as("guessing from many networks is slowed down").isEqualTo(429);
      owner.cookies().remove("tieback");
      owner.header("X-Forwarded-For", "203.0.113.9");
      assertThat(owner.signIn("owner@example.com", ConsoleSite.PASSWORD).statusCode())
          .as("on their own device, even in the guesser's network")
          .isEqualTo(303);
    }
  }

  @Test
  @DisplayName("ports that a proxy writes into X-Forwarded-For make no other address of it")
  void forwardedPorts() {
    ClientAddress address = new ClientAddress(List.of("10.0.0.1", "2001:db8::9"));
    assertThat(address.of("10.0.0.1", "6.6.6.6, 203.0.113.9:51234")).isEqualTo("203.0.113.9");
    assertThat(address.of("10.0.0.1", "[2001:db8::5]:443")).isEqualTo("2001:db8::5");
    assertThat(address.of("10.0.0.1", "[2001:db8::5]")).isEqualTo("2001:db8::5");
    assertThat(address.of("10.0.0.1", "203.0.113.9:1, [2001:db8::9]:80")).isEqualTo("203.0.113.9");
    assertThat(address.of("10.0.0.1", "unknown:80")).isEqualTo("10.0.0.1");
    assertThat(address.of("203.0.113.7", "1.2.3.4:5")).isEqualTo("203.0.113.7");
  }

  /** Guesses until the account is locked. Gives the last page, without what is new each time. */
  private static String guess(ConsoleSite strict, String who, String from) {
    Caller caller = strict.caller().header("X-Forwarded-For", from);
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> wrong = caller.signIn(who, "not the password");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("Mail address or password is wrong.");
    }
    HttpResponse<String> locked = caller.signIn(who, ConsoleSite.PASSWORD);
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("retry-after")).isPresent();
    assertThat(locked.body()).contains("Too many attempts");
    return locked
        .body()
        .replaceAll("(name=\"_csrf\" value|name=\"csrf\" content)=\"[^\"]+\"", "word")
        .replaceAll("Try again in [^.]+", "later");
  }
}
