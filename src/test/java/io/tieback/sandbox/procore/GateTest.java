package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sign-in, the company header and the rate windows. */
class GateTest {
  private static final String PROJECTS = "/rest/v1.0/projects?company_id=" + COMPANY;
  private static World world;

  @BeforeAll
  static void start() {
    world = new World();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void reset() {
    world.reset();
  }

  private static Http.Reply token(String form, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/x-www-form-urlencoded";
    return Http.send("POST", world.url() + "/oauth/token", form, all);
  }

  private static Http.Reply projects(String... headers) {
    return Http.send("GET", world.url() + PROJECTS, null, headers);
  }

  @Test
  void secretsCountInTheBodyOnly() {
    Http.Reply good = token("grant_type=client_credentials&client_id=app&client_secret=secret");
    assertThat(good.json().get("expires_in").intValue()).isEqualTo(5400);
    assertThat(good.json().get("token_type").textValue()).isEqualTo("bearer");
    assertThat(good.json().has("refresh_token")).isFalse();
    assertThat(Contract.answer("post", "/oauth/token", "200", good.json())).isEmpty();
    String json =
        "{\"grant_type\":\"client_credentials\",\"client_id\":\"app\",\"client_secret\":\"secret\"}";
    assertThat(
            Http.send(
                    "POST", world.url() + "/oauth/token", json, "Content-Type", "application/json")
                .status())
        .isEqualTo(200);
    // "app:secret"
    Http.Reply basic =
        token("grant_type=client_credentials", "Authorization", "Basic YXBwOnNlY3JldA==");
    assertThat(basic.status()).isEqualTo(401);
    assertThat(basic.json().get("error").textValue()).isEqualTo("invalid_client");
  }

  @Test
  void refreshTokensServeOnce() {
    Http.Reply asked =
        Http.send(
            "GET",
            world.url()
                + "/oauth/authorize?response_type=code&client_id=app&redirect_uri=http://back&state=s",
            null);
    String query = URI.create(asked.header("Location")).getQuery();
    assertThat(query).contains("state=s");
    String code = query.replaceAll(".*code=([0-9a-f]+).*", "$1");
    String secrets = "&client_id=app&client_secret=secret";
    String exchange =
        "grant_type=authorization_code&redirect_uri=http://back&code=" + code + secrets;
    String refresh = token(exchange).json().get("refresh_token").textValue();
    assertThat(token(exchange).status()).as("a code serves once").isEqualTo(401);
    String again = "grant_type=refresh_token&refresh_token=" + refresh + secrets;
    assertThat(token(again).json().get("refresh_token").textValue()).isNotEqualTo(refresh);
    assertThat(token(again).json().get("error").textValue()).isEqualTo("invalid_grant");
  }

  @Test
  void tokensRunOutAndCanBeRevoked() {
    world.advance(5340);
    assertThat(world.get("/oauth/token/info").at("/application/uid").textValue()).isEqualTo("app");
    world.advance(60);
    assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(401);
    world.reset();
    String form = "token=" + world.token() + "&client_id=app&client_secret=secret";
    assertThat(
            Http.send(
                    "POST",
                    world.url() + "/oauth/revoke",
                    form,
                    "Content-Type",
                    "application/x-www-form-urlencoded")
                .status())
        .isEqualTo(200);
    assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(401);
    world.reset();
    world.control(
        "POST", "faults", "{'match':{'path':'/rest/.*'},'effect':{'vendor':'expireTokens'}}");
    assertThat(world.call("GET", PROJECTS, null).json().get("error").textValue())
        .contains("expired");
  }

  @Test
  void companyHeaderAndRights() {
    String bearer = "Bearer " + world.token();
    Http.Reply missing = projects("Authorization", bearer);
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.json().get("errors").textValue())
        .startsWith("Missing Procore-Company-Id header!");
    world.set("missingCompanyHeaderStatus", 403);
    assertThat(projects("Authorization", bearer).status()).isEqualTo(403);
    assertThat(projects("Procore-Company-Id", Long.toString(COMPANY)).status()).isEqualTo(401);
    assertThat(projects("Authorization", bearer, "Procore-Company-Id", "1").text())
        .contains("not connected to this company");
    assertThat(projects("Authorization", bearer, "Procore-Company-Id", "77").status())
        .as("two companies named")
        .isEqualTo(403);
    String stranger =
        token("grant_type=client_credentials&client_id=stranger&client_secret=secret2")
            .json()
            .get("access_token")
            .textValue();
    assertThat(
            projects(
                    "Authorization",
                    "Bearer " + stranger,
                    "Procore-Company-Id",
                    Long.toString(COMPANY))
                .status())
        .isEqualTo(403);
    assertThat(
            world.call(World.OTHER, "GET", "/rest/v1.0/projects/" + World.PROJECT, null).status())
        .isEqualTo(404);
    assertThat(world.call("GET", "/rest/v1.0/nothing", null).status()).isEqualTo(404);
  }

  /** Moves the clock to where a window begins, so that none ends in the middle of the test. */
  private static void windowBegins(long seconds) {
    long now =
        java.time.Instant.parse(world.control("GET", "clock", null).get("now").textValue())
            .getEpochSecond();
    world.advance(seconds - now % seconds);
    world.signIn();
  }

  @Test
  void anAppSeededAgainKeepsItsTokens() {
    String path = "/rest/v1.0/projects?company_id=9";
    world.control("POST", "seed", "{'companies':[{'id':9,'name':'Third'}]}");
    assertThat(world.call(9, "GET", path, null).status()).isEqualTo(403);
    world.control(
        "POST", "seed", "{'apps':[{'clientId':'app','clientSecret':'secret','companyIds':[9]}]}");
    assertThat(world.call(9, "GET", path, null).status()).isEqualTo(200);
  }

  @Test
  void limitsCanBeOff() {
    world.set("spikeLimit", 1);
    world.set("rateLimitsOn", false);
    assertThat(world.call("GET", PROJECTS, null).header("X-Rate-Limit-Remaining")).isEqualTo("1");
    assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(200);
  }

  @Test
  void everyAnswerTellsTheNearerWindow() {
    world.set("spikeLimit", 3);
    windowBegins(10);
    Http.Reply first = world.call("GET", PROJECTS, null);
    assertThat(first.header("X-Rate-Limit-Limit")).isEqualTo("3");
    assertThat(first.header("X-Rate-Limit-Remaining")).isEqualTo("2");
    assertThat(first.header("X-Request-Id")).isNotBlank();
    world.call("GET", PROJECTS, null);
    world.call("GET", "/rest/v1.0/nothing", null);
    Http.Reply refused = world.call("GET", PROJECTS, null);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-Rate-Limit-Remaining")).isEqualTo("0");
    assertThat(refused.header("Retry-After")).isNull();
    JsonNode clock = world.control("GET", "clock", null);
    long now = java.time.Instant.parse(clock.get("now").textValue()).getEpochSecond();
    assertThat(Long.parseLong(refused.header("X-Rate-Limit-Reset"))).isBetween(now, now + 10);
    assertThat(world.call(World.OTHER, "GET", "/rest/v1.0/projects?company_id=77", null).status())
        .as("another company")
        .isEqualTo(200);
    world.set("retryAfterOn429", true);
    windowBegins(10);
    for (int i = 0; i < 3; i++) {
      assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(200);
    }
    assertThat(Long.parseLong(world.call("GET", PROJECTS, null).header("Retry-After")))
        .isBetween(1L, 10L);

    world.reset();
    world.set("hourlyLimit", 2);
    windowBegins(3600);
    assertThat(world.call("GET", PROJECTS, null).header("X-Rate-Limit-Limit")).isEqualTo("2");
    world.call("GET", PROJECTS, null);
    world.advance(20);
    assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(429);
    world.advance(3600);
    world.signIn();
    assertThat(world.call("GET", PROJECTS, null).status()).isEqualTo(200);
  }
}
