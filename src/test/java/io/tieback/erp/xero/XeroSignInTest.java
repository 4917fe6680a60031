package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tieback.erp.MemoryVault;
import io.tieback.erp.RealHttp;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import io.tieback.erp.xero.XeroConnection.Grant;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.TokenVault.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XeroSignInTest {

  private static final String TOKEN = "/connect/token";

  private final ScriptedXero xero = new ScriptedXero(asked -> Reply.of(500, ""));

  @AfterEach
  void stop() {
    xero.close();
  }

  @Test
  void sendsTheUserToXerosPageWithAllThatItNeeds() {
    var address = xero.signIn().authorizeUrl("s t");
    assertThat(address.getPath()).isEqualTo("/identity/connect/authorize");
    assertThat(ScriptedXero.form(address.getRawQuery()))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", "client")
        .containsEntry("redirect_uri", "http://localhost:9/back")
        .containsEntry("state", "s t")
        .containsEntry("scope", XeroConnection.SignIn.GRANULAR_SCOPES);
    assertThat(address.getRawQuery()).doesNotContain("secret").doesNotContain("+");
  }

  @Test
  void exchangesTheCodeAndStoresTheOneOrganisation() {
    script(
        asked -> Reply.json(tokens("new", "fresh")),
        connections("ORGANISATION/t1/Harbour", "PRACTICE/t9/Accountants"));
    assertThat(xero.signIn().complete("c0de").name()).isEqualTo("Harbour");
    Asked exchange = xero.asked("POST", TOKEN).get(0);
    assertThat(ScriptedXero.form(exchange.body()))
        .containsEntry("grant_type", "authorization_code")
        .containsEntry("code", "c0de")
        .containsEntry("redirect_uri", "http://localhost:9/back");
    assertThat(exchange.headers().get("authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("client:secret".getBytes(StandardCharsets.UTF_8)));
    assertThat(xero.asked("GET", "/connections").get(0).query())
        .containsEntry("authEventId", "consent-7");
    assertThat(xero.vault.read().orElseThrow().tenantId()).isEqualTo("t1");
    assertThat(xero.vault.read().orElseThrow().connectionKey()).isEqualTo("c-t1");
    assertThat(xero.vault.read().orElseThrow().refreshToken()).isEqualTo("fresh");
    assertThat(xero.vault.read().orElseThrow().expiresAt())
        .isEqualTo(ScriptedXero.NOW.plusSeconds(1800));
  }

  @Test
  void refusesNoneOrSeveralOrganisationsAndKeepsWhatWasStored() {
    script(asked -> Reply.json(tokens("new", "fresh")), connections());
    assertThatThrownBy(() -> xero.signIn().complete("c"))
        .hasMessageContaining("reaches no organisation");
    script(
        asked -> Reply.json(tokens("new", "fresh")),
        connections("ORGANISATION/t1/Harbour", "ORGANISATION/t2/Marina"));
    Failure several = catchThrowableOfType(Failure.class, () -> xero.signIn().complete("c"));
    assertThat(several)
        .hasMessageContaining("2 organisations")
        .hasMessageContaining("Harbour (t1)")
        .hasMessageContaining("Marina (t2)");
    assertThat(several.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(several.remedy()).contains("tenant id").contains("./tieback connect xero");
    assertThat(xero.vault.read().orElseThrow().refreshToken()).isEqualTo("refresh-1");
  }

  @Test
  void takesTheOrganisationThatTheConfigurationNames() {
    script(
        asked -> Reply.json(tokens("new", "fresh")),
        connections("ORGANISATION/t1/Harbour", "ORGANISATION/t2/Marina"));
    assertThat(signIn(Grant.AUTHORIZATION_CODE, "t2").complete("c").name()).isEqualTo("Marina");
    assertThatThrownBy(() -> signIn(Grant.AUTHORIZATION_CODE, "t3").complete("c"))
        .hasMessageContaining("does not reach organisation t3");
  }

  @Test
  void refusesAConsentThatWouldEndInHalfAnHour() {
    script(
        asked -> Reply.json("{\"access_token\":\"a\",\"expires_in\":1800}"),
        connections("ORGANISATION/t1/Harbour"));
    Failure failure = catchThrowableOfType(Failure.class, () -> xero.signIn().complete("c"));
    assertThat(failure.remedy()).contains("offline_access");
  }

  @Test
  void usesWhatIsStoredUntilItNearsItsEnd() {
    assertThat(xero.signIn().access().accessToken()).isEqualTo("token-1");
    assertThat(xero.asked()).isEmpty();
  }

  @Test
  void renewsAheadOfTheEndAndStoresTheNewRefreshTokenBeforeUse() {
    nearlyOver();
    script(asked -> Reply.json(tokens("token-2", "refresh-2")), "[]");
    Tokens renewed = xero.signIn().access();
    assertThat(renewed.accessToken()).endsWith("token-2");
    assertThat(renewed.tenantId()).isEqualTo(ScriptedXero.TENANT);
    assertThat(xero.vault.read()).contains(renewed);
    assertThat(ScriptedXero.form(xero.asked().get(0).body()))
        .containsEntry("grant_type", "refresh_token")
        .containsEntry("refresh_token", "refresh-1");
  }

  @Test
  void onlyOneOfManyThreadsRenews() throws Exception {
    nearlyOver();
    // The answer comes when all have seen the old token, so that each of them wants to renew it.
    script(
        asked -> {
          await().atMost(Duration.ofSeconds(20)).until(() -> xero.vault.reads() >= 8);
          return Reply.json(tokens("token-2", "refresh-2"));
        },
        "[]");
    XeroSignIn signIn = xero.signIn();
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Tokens> access =
          () -> {
            go.await();
            return signIn.access();
          };
      List<Future<Tokens>> all =
          java.util.stream.IntStream.range(0, 8).mapToObj(i -> threads.submit(access)).toList();
      go.countDown();
      for (Future<Tokens> one : all) {
        assertThat(one.get().refreshToken()).isEqualTo("refresh-2");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(xero.asked("POST", TOKEN)).hasSize(1);
  }

  @Test
  void asksOnceMoreWithThePreviousTokenWhenTheAnswerIsLost() {
    nearlyOver();
    AtomicInteger calls = new AtomicInteger();
    script(
        asked ->
            calls.incrementAndGet() == 1
                ? Reply.dropped()
                : Reply.json(tokens("token-3", "refresh-3")),
        "[]");
    assertThat(xero.signIn().access().refreshToken()).isEqualTo("refresh-3");
    assertThat(xero.asked("POST", TOKEN))
        .hasSize(2)
        .allSatisfy(a -> assertThat(a.body()).contains("refresh_token=refresh-1"));
  }

  @Test
  void keepsThePreviousRefreshTokenForLaterWhenNoAnswerCanBeHad() {
    over();
    script(asked -> Reply.json("{\"access_token\":\"half"), "[]");
    Failure failure = catchThrowableOfType(Failure.class, () -> xero.signIn().access());
    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(failure).hasMessageNotContaining("half");
    assertThat(xero.vault.read().orElseThrow().refreshToken()).isEqualTo("refresh-1");
    script(asked -> Reply.json(tokens("token-4", "refresh-4")), "[]");
    assertThat(xero.signIn().access().refreshToken()).isEqualTo("refresh-4");
  }

  @Test
  void worksOnWithATokenThatStillLastsWhileTheTokenEndpointIsDown() {
    nearlyOver();
    script(asked -> Reply.of(503, ""), "[]");
    assertThat(xero.signIn().access().accessToken()).isEqualTo("token-1");
  }

  @Test
  void aDeadConsentAsksForANewOne() {
    over();
    script(asked -> Reply.of(400, "{\"error\":\"invalid_grant\"}"), "[]");
    Failure failure = catchThrowableOfType(Failure.class, () -> xero.signIn().access());
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(failure.remedy()).contains("run ./tieback connect xero");
    assertThat(failure).hasMessageNotContaining("refresh-1");
    assertThat(xero.asked("POST", TOKEN)).hasSize(1);
  }

  @Test
  void nobodySignedInAsksForAConsentWithoutACall() {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                new XeroSignIn(xero.connection(), RealHttp.client(), new MemoryVault(), xero.clock)
                    .access());
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(failure.remedy()).contains("./tieback connect xero");
    assertThat(xero.asked()).isEmpty();
  }

  @Test
  void doesNotRenewAfterARefusalWhenAnotherNodeJustDid() {
    assertThat(xero.signIn().afterRefusalOf("token-0").accessToken()).isEqualTo("token-1");
    assertThat(xero.asked()).isEmpty();
  }

  @Test
  void aCustomConnectionSignsInByItself() {
    MemoryVault vault = new MemoryVault();
    XeroSignIn signIn =
        new XeroSignIn(
            xero.connection(Grant.CLIENT_CREDENTIALS, null), RealHttp.client(), vault, xero.clock);
    script(asked -> Reply.json("{\"access_token\":\"cc\",\"expires_in\":1800}"), "[]");
    assertThat(signIn.access().accessToken()).isEqualTo("cc");
    assertThat(ScriptedXero.form(xero.asked().get(0).body()))
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", XeroConnection.SignIn.CUSTOM_CONNECTION_SCOPES);
    assertThat(XeroConnection.SignIn.CUSTOM_CONNECTION_SCOPES)
        .contains("accounting.invoices")
        .doesNotContain("offline_access");
    assertThat(signIn.access().accessToken()).isEqualTo("cc");
    assertThat(xero.asked()).hasSize(1);
    assertThatThrownBy(() -> signIn.authorizeUrl("s")).hasMessageContaining("custom connection");
  }

  @Test
  void disconnectsThisConnectionOnlyAndForgetsTheTokens() {
    xero.script(asked -> Reply.of(204, ""));
    XeroSignIn signIn = xero.signIn();
    signIn.disconnect();
    assertThat(xero.asked())
        .singleElement()
        .satisfies(
            a ->
                assertThat(a.method() + " " + a.path())
                    .isEqualTo("DELETE /connections/connection-1"));
    assertThatThrownBy(signIn::access).hasMessageContaining("nobody has signed in");
  }

  @Test
  void showsNoSecretInItsSettings() {
    assertThat(xero.connection().toString()).contains("clientId=client").doesNotContain("secret");
  }

  private XeroSignIn signIn(Grant grant, String tenant) {
    return new XeroSignIn(
        xero.connection(grant, tenant), RealHttp.client(), xero.vault, xero.clock);
  }

  private void nearlyOver() {
    xero.vault.with(
        new Tokens(
            "token-1",
            ScriptedXero.NOW.plusSeconds(200),
            "refresh-1",
            ScriptedXero.TENANT,
            "connection-1"));
  }

  private void over() {
    xero.vault.with(
        new Tokens("token-1", Instant.EPOCH, "refresh-1", ScriptedXero.TENANT, "connection-1"));
  }

  private void script(java.util.function.Function<Asked, Reply> token, String connections) {
    xero.script(asked -> asked.path().equals(TOKEN) ? token.apply(asked) : Reply.json(connections));
  }

  private static String tokens(String access, String refresh) {
    String claims =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"authentication_event_id\":\"consent-7\"}".getBytes(StandardCharsets.UTF_8));
    return "{\"access_token\":\"h."
        + claims
        + "."
        + access
        + "\",\"expires_in\":1800,\"token_type\":\"Bearer\",\"refresh_token\":\""
        + refresh
        + "\"}";
  }

  private static String connections(String... tenants) {
    return java.util.Arrays.stream(tenants)
        .map(t -> t.split("/"))
        .map(
            t ->
                "{\"id\":\"c-"
                    + t[1]
                    + "\",\"tenantId\":\""
                    + t[1]
                    + "\",\"tenantType\":\""
                    + t[0]
                    + "\",\"tenantName\":\""
                    + t[2]
                    + "\"}")
        .collect(java.util.stream.Collectors.joining(",", "[", "]"));
  }
}
