package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import io.tieback.sandbox.kit.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signing in, staying signed in, and being thrown out (reference section 2). */
class IdentityTest {
  private final XeroWorld xero = new XeroWorld();

  @AfterEach
  void close() {
    xero.close();
  }

  private Http.Reply authorize(String redirect, String scope) {
    return Http.send(
        "GET",
        xero.url
            + "/identity/connect/authorize?response_type=code&client_id=web&state=s%201&redirect_uri="
            + XeroWorld.encoded(redirect)
            + "&scope="
            + XeroWorld.encoded(scope),
        null);
  }

  private String code() {
    String location =
        authorize(XeroWorld.REDIRECT, "offline_access openid " + XeroWorld.ALL_SCOPES)
            .header("Location");
    return location.replaceAll(".*[?&]code=([^&]+).*", "$1");
  }

  private Http.Reply redeem(String code) {
    return xero.form(
        "web",
        "ws",
        "grant_type=authorization_code&code="
            + code
            + "&redirect_uri="
            + XeroWorld.encoded(XeroWorld.REDIRECT));
  }

  private Http.Reply refresh(String token) {
    return xero.form("web", "ws", "grant_type=refresh_token&refresh_token=" + token);
  }

  private static void assertInvalidGrant(Http.Reply reply) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().get("error").textValue()).isEqualTo("invalid_grant");
  }

  @Test
  void consentGivesACodeThatWorksOnceWithinFiveMinutes() throws Exception {
    Http.Reply consent = authorize(XeroWorld.REDIRECT, "offline_access accounting.invoices");
    assertThat(consent.status()).isEqualTo(302);
    assertThat(consent.header("Location"))
        .startsWith(XeroWorld.REDIRECT + "?code=")
        .contains("&state=s+1");

    String code = code();
    JsonNode tokens = redeem(code).json();
    assertThat(tokens.get("expires_in").intValue()).isEqualTo(1800);
    assertThat(tokens.has("refresh_token")).isTrue();
    assertInvalidGrant(redeem(code));
    String late = code();
    xero.advance(301);
    assertInvalidGrant(redeem(late));

    String[] jwt = tokens.get("access_token").textValue().split("\\.");
    JsonNode claims =
        Json.parse(new String(Base64.getUrlDecoder().decode(jwt[1]), StandardCharsets.UTF_8));
    assertThat(claims.get("authentication_event_id").textValue()).hasSize(36);
  }

  @Test
  void onlyRegisteredHttpsOrLocalhostAddressesAndKnownScopesAreServed() {
    assertThat(authorize("https://evil.example/", "accounting.invoices").status()).isEqualTo(400);
    assertThat(authorize("http://127.0.0.1:8089/callback", "accounting.invoices").status())
        .isEqualTo(400);
    assertThat(authorize(XeroWorld.REDIRECT, "accounting.everything").header("Location"))
        .contains("error=invalid_scope");
    Http.Reply seed =
        Http.send(
            "POST",
            xero.url + "/_sandbox/seed",
            "{\"apps\":[{\"clientId\":\"x\",\"clientSecret\":\"y\",\"grant\":\"authorization_code\",\"redirectUris\":[\"http://127.0.0.1/\"]}]}");
    assertThat(seed.status()).isEqualTo(400);
    assertThat(
            xero.form("web", "wrong", "grant_type=refresh_token&refresh_token=x")
                .json()
                .get("error")
                .textValue())
        .isEqualTo("invalid_client");
    assertThat(
            xero.form("custom", "cs", "grant_type=refresh_token&refresh_token=x")
                .json()
                .get("error")
                .textValue())
        .isEqualTo("unauthorized_client");
    assertThat(xero.credentials("offline_access").json().get("error").textValue())
        .isEqualTo("invalid_scope");
  }

  @Test
  void aRefreshTokenRotatesAndTheOneBeforeWorksForThirtyMinutes() {
    String first = redeem(code()).json().get("refresh_token").textValue();
    String second = refresh(first).json().get("refresh_token").textValue();
    assertThat(second).isNotEqualTo(first);
    xero.advance(29 * 60);
    Http.Reply retried = refresh(first);
    assertThat(retried.status()).isEqualTo(200);
    assertInvalidGrant(refresh(second));
    xero.advance(2 * 60);
    assertInvalidGrant(refresh(first));
    String latest = retried.json().get("refresh_token").textValue();
    xero.advance(59L * 86_400);
    latest = refresh(latest).json().get("refresh_token").textValue();
    xero.advance(60L * 86_400 + 1);
    assertInvalidGrant(refresh(latest));
  }

  @Test
  void connectionsNameTheOrganisationsAndCanBeCut() {
    JsonNode tokens = redeem(code()).json();
    xero.token = tokens.get("access_token").textValue();
    String bearer = "Bearer " + xero.token;
    Http.Reply all = Http.send("GET", xero.url + "/connections", null, "Authorization", bearer);
    assertThat(all.json()).hasSize(2);
    JsonNode first = all.json().get(0);
    assertThat(first.get("tenantId").textValue()).isEqualTo(XeroWorld.TENANT);
    assertThat(first.get("tenantType").textValue()).isEqualTo("ORGANISATION");
    assertThat(first.get("createdDateUtc").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{7}");
    String event = first.get("authEventId").textValue();
    assertThat(
            Http.send(
                    "GET",
                    xero.url + "/connections?authEventId=" + event,
                    null,
                    "Authorization",
                    bearer)
                .json())
        .hasSize(2);
    assertThat(
            Http.send(
                    "GET",
                    xero.url + "/connections?authEventId=" + XeroWorld.TENANT,
                    null,
                    "Authorization",
                    bearer)
                .json())
        .isEmpty();

    assertThat(xero.get("/Organisation").status()).isEqualTo(200);
    assertThat(
            Http.send(
                    "DELETE",
                    xero.url + "/connections/" + XeroWorld.TENANT,
                    null,
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(404);
    assertThat(
            Http.send(
                    "DELETE",
                    xero.url + "/connections/" + first.get("id").textValue(),
                    null,
                    "Authorization",
                    bearer)
                .status())
        .isEqualTo(204);
    assertThat(xero.get("/Organisation").status()).isEqualTo(403);

    Http.Reply revoked =
        Http.send(
            "POST",
            xero.url + "/connect/revocation",
            "token=" + tokens.get("refresh_token").textValue(),
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString("web:ws".getBytes(StandardCharsets.UTF_8)));
    assertThat(revoked.status()).isEqualTo(200);
    assertThat(revoked.text()).isEmpty();
    assertInvalidGrant(refresh(tokens.get("refresh_token").textValue()));
    xero.tenant = XeroWorld.OTHER_TENANT;
    assertThat(xero.get("/Organisation").status()).isEqualTo(403);
  }

  @Test
  void tokensExpireAndRightsAreChecked() {
    assertThat(xero.get("/Organisation").status()).isEqualTo(200);
    xero.tenant = XeroWorld.OTHER_TENANT;
    assertThat(xero.get("/Organisation").status())
        .as("a custom connection has one organisation")
        .isEqualTo(403);
    xero.tenant = "";
    assertThat(xero.get("/Organisation").json().at("/Organisations/0/Name").textValue())
        .isEqualTo("Harbour Builders");
    xero.tenant = XeroWorld.TENANT;
    xero.advance(1801);
    Http.Reply expired = xero.get("/Organisation");
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.json().get("Detail").textValue()).contains("TokenExpired");

    xero.token =
        xero.credentials("accounting.settings.read").json().get("access_token").textValue();
    assertThat(xero.get("/TaxRates").status()).isEqualTo(200);
    assertThat(xero.get("/Invoices").status()).isEqualTo(403);
    assertThat(xero.call("PUT", "/TrackingCategories", "{'Name':'x'}").status()).isEqualTo(403);
    xero.token = xero.credentials("accounting.transactions").json().get("access_token").textValue();
    assertThat(xero.get("/Invoices").status()).isEqualTo(200);
    xero.token = "nonsense";
    assertThat(xero.get("/Invoices").status()).isEqualTo(401);
  }

  @Test
  void aTestCanExpireAndRevokeTokens() {
    JsonNode tokens = redeem(code()).json();
    xero.token = tokens.get("access_token").textValue();
    xero.control(
        "POST", "faults", "{'match':{'path':'Organisation'},'effect':{'vendor':'expireTokens'}}");
    assertThat(xero.get("/Organisation").json().get("Detail").textValue()).contains("TokenExpired");
    JsonNode fresh = refresh(tokens.get("refresh_token").textValue()).json();
    xero.token = fresh.get("access_token").textValue();
    assertThat(xero.get("/Organisation").status()).isEqualTo(200);
    xero.control(
        "POST", "faults", "{'match':{'path':'Organisation'},'effect':{'vendor':'revokeTokens'}}");
    assertThat(xero.get("/Organisation").status()).isEqualTo(401);
    assertInvalidGrant(refresh(fresh.get("refresh_token").textValue()));
  }
}
