package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.erp.MemoryVault;
import io.tieback.erp.RealHttp;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.TokenVault.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Signing in at Intuit, over real HTTP with the stand-in. */
class QuickBooksSignInTest {

  private static final String TOKEN = "/oauth2/v1/tokens/bearer";

  private final QuickBooksCompany company = new QuickBooksCompany();

  @AfterEach
  void stop() {
    company.close();
  }

  private Tokens stored() {
    return company.vault.read().orElseThrow();
  }

  private int tokenCalls() {
    return company.requests("POST " + TOKEN);
  }

  @Test
  void sendsTheUserToIntuitsPageWithAllThatItNeeds() {
    String page = company.signIn.authorizeUrl("s t").toString();
    assertThat(page)
        .startsWith(QuickBooksCompany.url() + "/connect/oauth2?client_id=app&response_type=code")
        .contains("scope=com.intuit.quickbooks.accounting")
        .contains("state=s%20t")
        .doesNotContain("secret");
  }

  @Test
  @DisplayName("QBO-CFG-03: the company that was consented to is kept with the tokens")
  void keepsTheCompanyWithTheTokens() {
    assertThat(stored().tenantId()).isEqualTo(QuickBooksCompany.REALM);
    assertThat(stored().refreshToken()).isNotBlank();
    assertThat(Duration.between(company.clock.instant(), stored().consentEndsAt()).toDays())
        .isBetween(99L, 102L);
  }

  @Test
  @DisplayName("QBO-CFG-03: another company than the configured one is refused")
  void refusesAnotherCompanyAndKeepsWhatWasStored() {
    QuickBooksSignIn other =
        new QuickBooksSignIn(
            QuickBooksCompany.connection(false, "42"),
            RealHttp.client(),
            company.vault,
            company.clock);
    Tokens before = stored();
    Failure failure =
        catchThrowableOfType(Failure.class, () -> other.complete("any", QuickBooksCompany.REALM));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure)
        .hasMessageContaining(QuickBooksCompany.REALM)
        .hasMessageContaining("realm-id names 42");
    assertThatThrownBy(() -> company.signIn.complete("any", null)).hasMessageContaining("realmId");
    assertThat(stored()).isEqualTo(before);
    assertThat(tokenCalls()).isZero();
  }

  @Test
  void usesWhatIsStoredUntilItNearsItsEnd() {
    company.letPass(Duration.ofMinutes(50));
    Tokens before = stored();
    assertThat(company.signIn.access()).isEqualTo(before);
    assertThat(tokenCalls()).isZero();
    company.letPass(Duration.ofMinutes(6));
    assertThat(company.signIn.access().accessToken()).isNotEqualTo(before.accessToken());
    assertThat(tokenCalls()).isEqualTo(1);
    assertThat(stored().tenantId()).isEqualTo(QuickBooksCompany.REALM);
  }

  @Test
  void storesTheRefreshTokenThatTookThePlaceOfTheOldOne() {
    Tokens before = stored();
    company.letPass(Duration.ofHours(25));
    Tokens renewed = company.signIn.access();
    assertThat(renewed.refreshToken()).isNotEqualTo(before.refreshToken());
    assertThat(company.vault.read()).contains(renewed);
    company.letPass(Duration.ofHours(2));
    assertThat(company.signIn.access().accessToken()).isNotEqualTo(renewed.accessToken());
  }

  @Test
  void anEndedConsentAsksForANewOneAndIsNotAskedAgain() {
    Tokens before = stored();
    company.letPass(Duration.ofHours(25));
    company.signIn.access();
    MemoryVault old = new MemoryVault().with(expired(before));
    QuickBooksSignIn late =
        new QuickBooksSignIn(company.connection, RealHttp.client(), old, company.clock);
    int calls = tokenCalls();
    Failure failure = catchThrowableOfType(Failure.class, late::access);
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(failure).hasMessageContaining("invalid_grant").hasMessageContaining("intuit_tid");
    assertThat(failure.remedy()).contains("run ./tieback connect qbo");
    assertThat(failure.getMessage()).doesNotContain(before.refreshToken());
    assertThat(tokenCalls()).isEqualTo(calls + 1);
  }

  private static Tokens expired(Tokens tokens) {
    return new Tokens(
        tokens.accessToken(), Instant.EPOCH, tokens.refreshToken(), tokens.tenantId(), null);
  }

  @Test
  void onlyOneOfManyThreadsRenews() throws Exception {
    company.letPass(Duration.ofHours(2));
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Tokens> access =
          () -> {
            go.await();
            return company.signIn.access();
          };
      List<Future<Tokens>> all =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(access)).toList();
      go.countDown();
      for (Future<Tokens> one : all) {
        assertThat(one.get()).isEqualTo(stored());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(tokenCalls()).isEqualTo(1);
  }

  @Test
  void aTokenThatIsRefusedInXmlIsRenewedOnceAndTheCallRepeatedOnce() {
    company.fault("GET", "/v3/*", "{'vendor':'expireTokens'}");
    Tokens before = stored();
    assertThat(company.adapter().company(QuickBooksCompany.VENDOR)).isPresent();
    assertThat(stored().accessToken()).isNotEqualTo(before.accessToken());
    assertThat(tokenCalls()).isEqualTo(1);
    assertThat(company.requests("GET /query")).isEqualTo(2);
  }

  @Test
  void aRefusalThatStaysIsAMatterOfTheSignIn() {
    for (int time = 0; time < 2; time++) {
      company.fault(
          "GET",
          "/v3/*",
          "{'answer':{'status':401,'headers':{'intuit_tid':'1-abc'},'body':'<IntuitResponse/>'}}");
    }
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> company.adapter().company(QuickBooksCompany.VENDOR));
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(failure).hasMessageContaining("intuit_tid 1-abc");
    assertThat(tokenCalls()).isEqualTo(1);
  }

  @Test
  void worksOnWithATokenThatStillLastsWhileTheTokenEndpointIsDown() {
    company.letPass(Duration.ofMinutes(57));
    company.fault("POST", TOKEN, "{'answer':{'status':503}}");
    Tokens before = stored();
    assertThat(company.signIn.access()).isEqualTo(before);
  }

  @Test
  void aLostAnswerOfTheTokenEndpointIsNotAskedForAgainAtOnce() {
    company.letPass(Duration.ofHours(2));
    company.fault("POST", TOKEN, "{'drop':'before'}");
    Failure failure = catchThrowableOfType(Failure.class, () -> company.signIn.access());
    assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
    assertThat(tokenCalls()).isEqualTo(1);
    assertThat(company.signIn.access().accessToken()).isNotBlank();
  }

  @Test
  void theEndAfterFiveYearsCountsWhenItComesBeforeTheHundredDays() {
    Instant consent = company.clock.instant();
    Instant fiveYears = consent.plus(Duration.ofDays(5 * 365));
    for (int quarter = 0; quarter < 19; quarter++) {
      company.letPass(Duration.ofDays(95));
      company.signIn.access();
    }
    assertThat(Duration.between(fiveYears, stored().consentEndsAt()).abs())
        .isLessThan(Duration.ofDays(3));
    assertThat(stored().consentEndsAt())
        .isBefore(company.clock.instant().plus(Duration.ofDays(30)));
  }

  @Test
  void disconnectsAtIntuitAndForgetsTheTokens() {
    String refresh = stored().refreshToken();
    company.signIn.disconnect();
    assertThat(company.requests("POST /v2/oauth2/tokens/revoke")).isEqualTo(1);
    assertThatThrownBy(company.signIn::access).hasMessageContaining("nobody has signed in");
    MemoryVault old =
        new MemoryVault()
            .with(new Tokens("t", Instant.EPOCH, refresh, QuickBooksCompany.REALM, null));
    assertThatThrownBy(
            () ->
                new QuickBooksSignIn(company.connection, RealHttp.client(), old, company.clock)
                    .access())
        .hasMessageContaining("invalid_grant");
  }

  @Test
  void showsNoSecretInItsSettings() {
    assertThat(company.connection.toString()).contains("clientId=app").doesNotContain("secret,");
    assertThat(Map.of("tokens", stored()).toString()).doesNotContain(stored().refreshToken());
  }
}
