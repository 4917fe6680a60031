package io.tieback.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.approval.People;
import io.tieback.console.Caller;
import io.tieback.console.ConsoleSite;
import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.console.oidc.OidcSignIn.Arrival;
import io.tieback.console.oidc.RealProvider.Visitor;
import io.tieback.ledger.User;
import io.tieback.platform.SecretBox;
import io.tieback.wire.CamelHttp;
import io.tieback.wire.HttpSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole sign-in, at a real OpenID Provider in a process of its own, over HTTP. */
class OidcSignInTest {

  @TempDir static Path folder;
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static CamelHttp http;
  private static RealProvider provider;
  private static ConsoleSite site;
  private static String console;

  @BeforeAll
  static void start() throws IOException {
    CAMEL.start();
    http = new CamelHttp(CAMEL, HttpSettings.defaults());
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    console = "http://localhost:" + port;
    provider = new RealProvider(console);
    site = site(folder.resolve("a"), provider.issuer(), "off", port);
    for (String name : List.of("paula", "piet", "olga", "uma", "ida", "max", "nina")) {
      if (!name.equals("nina")) {
        site.user(name + "@example.com", "approver", "en");
      }
    }
    long ida = site.ledger().users().byEmail("ida@example.com").orElseThrow().id();
    site.ledger().users().active(ida, false, "test");
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
    provider.close();
    http.close();
    CAMEL.close();
  }

  private static ConsoleSite site(Path in, String issuer, String passwords, int port) {
    return ConsoleSite.in(in)
        .set("server.port", Integer.toString(port))
        .set("console.url", console)
        .set("console.oidc.issuer", issuer)
        .set("console.oidc.client-id", "basic")
        .set("console.oidc.client-secret", "tieback-secret-basic")
        .set("console.oidc.name", "Example & Sons")
        .set("console.password-sign-in", passwords)
        .oidc(
            (settings, ledger, clock) ->
                OidcDoor.of(
                    settings,
                    ledger,
                    http,
                    SecretBox.open(in.resolve("key.json"), () -> false),
                    clock))
        .start();
  }

  // ---- through the pages

  @Test
  @DisplayName(
      "somebody with a verified mail address of ours is joined once and comes to their page")
  void signsIn() throws Exception {
    Caller caller = site.caller();
    String page = caller.get("/console/sign-in?to=/console/profile?x=1").body();
    assertThat(page)
        .contains("Sign in with Example &amp; Sons")
        .contains("/console/sign-in/oidc?to=");
    assertThat(page).as("passwords are off").doesNotContain("type=\"password\"");
    HttpResponse<String> back = signIn(caller, "paula", "/console/profile?x=1");
    assertThat(back.statusCode()).isEqualTo(303);
    assertThat(back.headers().firstValue("location")).hasValue("/console/profile?x=1");
    assertThat(caller.cookies()).containsKey("tieback").doesNotContainKey("tieback-oidc");
    assertThat(caller.get("/console/profile").body()).contains("paula@example.com");
    User paula = user("paula");
    assertThat(paula.oidcSubject()).isEqualTo(provider.issuer() + " paula");
    assertThat(paula.role()).isEqualTo("approver");

    // Known by the subject from now on; somebody else with the same address is not her.
    assertThat(signIn(site.caller(), "paula", "").statusCode()).isEqualTo(303);
    HttpResponse<String> other = signIn(site.caller(), "double", "");
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).contains("Ask an owner to unlink");

    // An owner lets the other one in, which ends what the first one had open.
    People people = new People(site.ledger(), ConsoleSite.ZONE, site.clock());
    var approver = people.byId(user("approver").id()).orElseThrow();
    assertThat(
            catchThrowableOfType(
                OidcPeople.NotAnOwner.class,
                () -> OidcPeople.unlink(site.ledger(), paula.id(), approver)))
        .hasMessageContaining("only an owner");
    var owner = people.byId(user("owner").id()).orElseThrow();
    assertThat(OidcPeople.unlink(site.ledger(), paula.id(), owner)).isTrue();
    assertThat(caller.get("/console/profile").statusCode()).isEqualTo(303);
    assertThat(signIn(site.caller(), "double", "").statusCode()).isEqualTo(303);
    assertThat(user("paula").oidcSubject()).endsWith(" double");
    assertThat(site.ledger().audit().verify().intact()).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "stan, nobody here has the mail address stan@elsewhere.example",
    "uma, does not say that uma@example.com is verified",
    "max, does not say your mail address",
    "ida, ida@example.com may not sign in to Tieback any more"
  })
  @DisplayName("who may not come in is told why, and the trail has it")
  void refused(String name, String told) throws Exception {
    Caller caller = site.caller();
    HttpResponse<String> answer = signIn(caller, name, "");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains(told);
    assertThat(caller.cookies()).doesNotContainKey("tieback");
    assertThat(site.ledger().users().byOidcSubject(provider.issuer() + " " + name)).isEmpty();
  }

  @Test
  @DisplayName("who is made inactive is out at once and does not come back in")
  void deactivated() throws Exception {
    Caller caller = site.caller();
    assertThat(signIn(caller, "olga", "").statusCode()).isEqualTo(303);
    site.ledger().users().active(user("olga").id(), false, "test");
    assertThat(caller.get("/console/profile").statusCode()).isEqualTo(303);
    HttpResponse<String> again = signIn(site.caller(), "olga", "");
    assertThat(again.statusCode()).isEqualTo(403);
    assertThat(again.body()).contains("may not sign in to Tieback any more");
  }

  @Test
  @DisplayName("a state counts once, in its browser, for ten minutes, and only as it was")
  void state() throws Exception {
    Caller caller = site.caller();
    URI back = new Visitor("piet").through(begin(caller, ""));
    Caller stranger = site.caller();
    assertStale(stranger.get(path(back)));
    begin(stranger, "");
    assertStale(stranger.get(path(back)));
    String state = query(back).get("state").get(0);
    String other = (state.charAt(0) == 'A' ? 'B' : 'A') + state.substring(1);
    assertStale(caller.get(path(back).replace(state, other)));
    String secret = caller.cookies().get("tieback-oidc");
    assertThat(caller.get(path(back)).statusCode()).isEqualTo(303);
    // Going back in the browser signs nobody out.
    caller.cookies().put("tieback-oidc", secret);
    HttpResponse<String> known = caller.get(path(back));
    assertThat(known.headers().firstValue("location")).hasValue("/console/");

    // The same browser with the same state once more, as whoever steals its history would.
    Caller again = site.caller();
    again.cookies().put("tieback-oidc", secret);
    assertStale(again.get(path(back)));
    assertThat(again.cookies()).doesNotContainKey("tieback");

    Caller late = site.caller();
    URI after = new Visitor("piet").through(begin(late, ""));
    site.clock().advance(OidcSignIn.LIFE);
    assertStale(late.get(path(after)));
  }

  @Test
  @DisplayName("a code that was used is refused by the provider, whatever state it comes with")
  void replayedCode() throws Exception {
    Caller caller = site.caller();
    URI back = new Visitor("piet").through(begin(caller, ""));
    String secret = caller.cookies().get("tieback-oidc");
    assertThat(caller.get(path(back)).statusCode()).isEqualTo(303);
    Caller thief = site.caller();
    thief.cookies().put("tieback-oidc", secret);
    String state = query(begin(thief, "")).get("state").get(0);
    HttpResponse<String> answer =
        thief.get(path(back).replace(query(back).get("state").get(0), state));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("did not accept the sign-in (invalid_grant)");
    assertThat(thief.cookies()).doesNotContainKey("tieback");
  }

  @Test
  @DisplayName("an ID token that was made for another sign-in is refused")
  void nonce() throws Exception {
    Caller caller = site.caller();
    URI there = begin(caller, "");
    String nonce = query(there).get("nonce").get(0);
    URI altered = URI.create(there.toString().replace(nonce, Tokens.fresh()));
    HttpResponse<String> answer = caller.get(path(new Visitor("piet").through(altered)));
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("could not be verified");
    assertThat(caller.cookies()).doesNotContainKey("tieback");
  }

  @Test
  @DisplayName("what the provider refuses is told; its own words are not repeated on our page")
  void denied() throws Exception {
    Caller caller = site.caller();
    String state = query(begin(caller, "")).get("state").get(0);
    HttpResponse<String> answer =
        caller.get(
            OidcSettings.CALLBACK
                + "?error=access_denied&error_description=Call+0900-FRAUD&state="
                + state
                + "&iss="
                + provider.issuer());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("(access_denied)").doesNotContain("FRAUD");
  }

  @Test
  @DisplayName("new keys of the provider are read when a token is signed with one")
  void newKeys() throws Exception {
    assertThat(signIn(site.caller(), "piet", "").statusCode()).isEqualTo(303);
    provider.changeKey();
    assertThat(signIn(site.caller(), "piet", "").statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName(
      "signing out offers to sign out at the provider too; then it asks for a password again")
  void signsOut() throws Exception {
    Caller caller = site.caller();
    Visitor piet = new Visitor("piet");
    caller.get(path(piet.through(begin(caller, ""))));
    HttpResponse<String> out = caller.post("/console/profile", "/console/sign-out");
    assertThat(out.statusCode()).isEqualTo(200);
    assertThat(caller.cookies()).doesNotContainKey("tieback");
    String link = out.body().replaceAll("(?s).*rel=\"noreferrer\" href=\"([^\"]+)\".*", "$1");
    HttpResponse<String> left = piet.get(URI.create(link.replace("&amp;", "&")));
    assertThat(left.headers().firstValue("location")).hasValue(console + OidcSettings.SIGNED_OUT);
    HttpResponse<String> again = piet.get(begin(site.caller(), ""));
    assertThat(again.headers().firstValue("location").orElse("")).endsWith("/login");
  }

  @Test
  @DisplayName("with passwords off no password is looked at")
  void noPasswords() {
    Caller caller = site.caller();
    String word = "w".repeat(43);
    caller.cookies().put("tieback-sign-in", word);
    HttpResponse<String> answer =
        caller.postWith(
            word,
            "/console/sign-in",
            "email",
            "owner@example.com",
            "password",
            ConsoleSite.PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("Passwords are switched off here");
  }

  @Test
  @DisplayName("while the provider is down the page says so, and the password still works")
  void down() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = free.getLocalPort();
    }
    try (ConsoleSite alone =
        site(folder.resolve("b"), "http://127.0.0.1:" + closed + "/realms/work", "on", 0)) {
      Caller caller = alone.caller();
      HttpResponse<String> answer = caller.get("/console/sign-in/oidc?to=/console/profile");
      assertThat(answer.statusCode()).isEqualTo(502);
      assertThat(answer.body())
          .contains("Example &amp; Sons cannot be reached")
          .contains("127.0.0.1:" + closed)
          .contains("type=\"password\"");
      assertThat(caller.signIn("owner@example.com", ConsoleSite.PASSWORD).statusCode())
          .isEqualTo(303);
    }
  }

  // ---- the flow alone, over the same database: another node, other clients, other clocks

  @Test
  @DisplayName("another node finishes what one began; a secret in the body, claims from UserInfo")
  void otherNode() throws Exception {
    OidcSettings settings = settings("post", "post", "tieback-secret-post");
    String browser = Tokens.fresh();
    URI back = new Visitor("nina").through(flow(settings, Clock.systemUTC()).begin(browser, "/x"));
    Arrival arrival = flow(settings, Clock.systemUTC()).finish(browser, query(back));
    assertThat(arrival.back()).isEqualTo("/x");
    assertThat(arrival.identity())
        .isEqualTo(new Identity(provider.issuer(), "nina", "nina@new.example", true, "Nina New"));
  }

  @Test
  @DisplayName(
      "a client without a secret, PKCE alone; unknown people of a named domain become viewers")
  void withoutSecret() throws Exception {
    OidcSettings settings = settings("open", "none", null);
    Arrival nina = arrive(settings, "nina", Clock.systemUTC());
    OidcPeople people = new OidcPeople(site.ledger(), settings);
    long id = people.welcome(nina.identity(), "fr", "203.0.113.9");
    User made = site.ledger().users().byId(id).orElseThrow();
    assertThat(made.role()).isEqualTo("viewer");
    assertThat(made.name()).isEqualTo("Nina New");
    assertThat(made.language()).isEqualTo("fr");
    assertThat(people.welcome(nina.identity(), "en", "203.0.113.9")).isEqualTo(id);
    Arrival stan = arrive(settings, "stan", Clock.systemUTC());
    OidcRefused other =
        catchThrowableOfType(
            OidcRefused.class, () -> people.welcome(stan.identity(), "en", "203.0.113.9"));
    assertThat(other.reason()).isEqualTo(Reason.UNKNOWN);
  }

  @Test
  @DisplayName("a wrong secret is told as the provider tells it, and stands in no message")
  void wrongSecret() throws Exception {
    OidcRefused refused =
        catchThrowableOfType(
            OidcRefused.class,
            () -> arrive(settings("basic", "basic", "wrong-secret"), "piet", Clock.systemUTC()));
    assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
    assertThat(refused.word()).isEqualTo("invalid_client");
    assertThat(refused.getMessage()).doesNotContain("wrong-secret");
  }

  @ParameterizedTest(name = "our clock is off by {0}: {1}")
  @CsvSource({"PT50S, true", "PT-50S, true", "PT30M50S, true", "PT31M10S, false", "PT-70S, false"})
  @DisplayName("clocks may differ by a minute; an ID token of this provider lasts half an hour")
  void clocks(Duration off, boolean in) throws Exception {
    OidcSettings settings = settings("basic", "basic", "tieback-secret-basic");
    Clock ours = Clock.offset(Clock.systemUTC(), off);
    if (in) {
      assertThat(arrive(settings, "piet", ours).identity().subject()).isEqualTo("piet");
    } else {
      OidcRefused refused =
          catchThrowableOfType(OidcRefused.class, () -> arrive(settings, "piet", ours));
      assertThat(refused.reason()).isEqualTo(Reason.INVALID);
      assertThat(refused.getMessage()).contains(", now is ");
    }
  }

  // ---- steps

  private static Arrival arrive(OidcSettings settings, String name, Clock clock)
      throws IOException, InterruptedException, OidcRefused {
    String browser = Tokens.fresh();
    OidcSignIn flow = flow(settings, clock);
    return flow.finish(browser, query(new Visitor(name).through(flow.begin(browser, "/"))));
  }

  private static OidcSignIn flow(OidcSettings settings, Clock clock) {
    return new OidcSignIn(settings, site.ledger().oidcVisits(), http, clock);
  }

  private static OidcSettings settings(String client, String authentication, String secret) {
    return new OidcSettings(
        provider.issuer(),
        client,
        secret,
        authentication,
        List.of("openid", "email", "profile"),
        "Example",
        true,
        true,
        List.of("new.example"),
        URI.create(console));
  }

  private static User user(String name) {
    return site.ledger().users().byEmail(name + "@example.com").orElseThrow();
  }

  private static URI begin(Caller caller, String to) {
    HttpResponse<String> answer =
        caller.get(
            "/console/sign-in/oidc?to=" + java.net.URLEncoder.encode(to, StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(303);
    URI there = URI.create(answer.headers().firstValue("location").orElseThrow());
    assertThat(there.toString()).startsWith(provider.issuer());
    assertThat(query(there)).containsEntry("code_challenge_method", List.of("S256"));
    return there;
  }

  private static HttpResponse<String> signIn(Caller caller, String name, String to)
      throws IOException, InterruptedException {
    return caller.get(path(new Visitor(name).through(begin(caller, to))));
  }

  private static void assertStale(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("This sign-in is over");
  }

  private static String path(URI back) {
    assertThat(back.toString()).startsWith(console + OidcSettings.CALLBACK + "?");
    return back.getRawPath() + "?" + back.getRawQuery();
  }

  private static Map<String, List<String>> query(URI address) {
    return Arrays.stream(address.getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0],
                pair -> List.of(URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
  }
}
