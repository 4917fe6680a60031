package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.COMPANY;
import static io.tieback.procore.ProcoreSite.PROJECT;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Sign-in, headers, limits, pages and errors: GEN-API-01, GEN-API-13, GEN-API-14, issue 2
 * (Failure).
 */
class ProcoreClientTest {

  private ProcoreSite site;

  @BeforeEach
  void start() {
    site = new ProcoreSite();
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private long bill() {
    return site.bill(
        SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'100.00'}");
  }

  private static Failure failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    Failure failure = catchThrowableOfType(Failure.class, call);
    assertThat(failure).as("a failure").isNotNull();
    return failure;
  }

  @Test
  void everyCallCarriesTheCompanyAndOneTokenServesThemAll() {
    ProcoreClient client = site.client();
    client.directory().me();
    client.directory().projects();
    assertThat(site.count("procore.token")).isEqualTo(1);
    JsonNode requests = site.control.get("requests");
    assertThat(requests.path("requests"))
        .filteredOn(request -> request.path("path").asText().startsWith("/rest/"))
        .hasSize(2)
        .allSatisfy(
            request ->
                assertThat(request.path("headers").toString()).contains(Long.toString(COMPANY)));
    assertThat(site.budget.open()).isZero();
    assertThat(site.budget.taken()).isEqualTo(2);
  }

  @Test
  void manyThreadsFetchOneToken() {
    ProcoreClient client = site.client();
    List<CompletableFuture<Void>> all =
        IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.runAsync(() -> client.directory().me()))
            .toList();
    all.forEach(CompletableFuture::join);
    assertThat(site.count("procore.token")).isEqualTo(1);
  }

  @Test
  void theTokenIsRenewedAheadOfItsEndAndSharedThroughTheVault() {
    site.client().directory().me();
    site.calls.clear();
    site.client().directory().me();
    assertThat(site.count("procore.token")).as("another node uses the stored token").isZero();

    Tokens stored = site.vault.read().orElseThrow();
    assertThat(Duration.between(Instant.now(), stored.expiresAt()))
        .isBetween(Duration.ofMinutes(80), Duration.ofMinutes(90));
    Clock soon = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(5400 - 100));
    ProcoreConnection connection = site.connection(ProcoreSettings.defaults());
    String renewed =
        new ProcoreTokens(site.http(), connection, site.vault, site.calls::add, soon).current();
    assertThat(renewed).isNotEqualTo(stored.accessToken());
  }

  @Test
  void aRefusedTokenIsReplacedAndTheCallRepeatedOnce() {
    ProcoreClient client = site.client();
    client.directory().me();
    site.fault("{'match':{'path':'/rest/v1.0/projects.*'},'effect':{'vendor':'expireTokens'}}");
    site.calls.clear();
    assertThat(client.directory().projects()).hasSize(2);
    assertThat(site.calls)
        .containsExactly("procore.list-projects", "procore.token", "procore.list-projects");
  }

  @Test
  void aWriteThatGot401IsRepeatedOnceAndHappensOnce() {
    ProcoreClient client = site.client();
    client.directory().me();
    site.fault(
        "{'match':{'method':'POST','path':'/rest/v1.0/contract_payments'},'effect':{'vendor':'expireTokens'}}");
    client.createContractPayment(
        PROJECT, SUBCONTRACT, Json.object().put("amount", "5.00").put("date", "2026-04-01"));
    assertThat(client.contractPayments(PROJECT, SUBCONTRACT)).hasSize(1);
  }

  @Test
  void a401ThatStaysEndsAfterOneRepetition() {
    site.fault(
        "{'match':{'path':'/rest/v1.0/me'},'count':-1,'effect':{'answer':{'status':401,'headers':{},'body':'{}'}}}");
    Failure failure = failure(() -> site.client().directory().me());
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(site.count("procore.me")).isEqualTo(2);
  }

  @Test
  void aWrongSecretIsACredentialsFailureThatShowsNoSecret() {
    ProcoreConnection connection = site.connection(ProcoreSettings.defaults(), "wrong-geheim");
    Failure failure = failure(() -> site.tokens(connection).current());
    assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(failure.remedy()).contains("client secret").contains("main");
    assertThat(failure.getMessage()).doesNotContain("geheim");
  }

  @ParameterizedTest
  @CsvSource({"500,TRANSIENT", "503,TRANSIENT", "429,THROTTLED"})
  void troubleAtTheSignInIsNotTakenForAWrongSecret(int status, FailureKind kind) {
    site.fault(
        "{'match':{'path':'/oauth/token'},'effect':{'answer':{'status':"
            + status
            + ",'headers':{},'body':''}}}");
    assertThat(failure(() -> site.client().directory().me()).kind()).isEqualTo(kind);
    site.fault("{'match':{'path':'/oauth/token'},'effect':{'drop':'after'}}");
    assertThat(failure(() -> site.client().directory().me()).kind())
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(site.client().directory().me().path("id").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "401,CREDENTIALS",
    "403,CREDENTIALS",
    "404,REFUSED",
    "422,REFUSED",
    "429,THROTTLED",
    "503,TRANSIENT",
    "408,TRANSIENT",
    "409,CONFLICT"
  })
  void readsFailAsTheirStatusSays(int status, FailureKind kind) {
    site.fault(
        "{'match':{'path':'.*/erp_requests/5'},'count':-1,'effect':{'answer':{'status':"
            + status
            + ",'headers':{},'body':'as Procore says'}}}");
    Failure failure = failure(() -> site.client().erpRequest(5));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure).hasMessageContaining("as Procore says");
  }

  @Test
  void aProjectThatIsNotPermittedDoesNotPauseTheConnection() {
    long id = bill();
    site.fault(
        "{'match':{'path':'/rest/v1.1/requisitions/.*'},'effect':{'answer':{'status':403,'headers':{},'body':'{}'}}}");
    Failure failure = failure(() -> site.client().requisition(PROJECT, id));
    assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
    assertThat(failure.remedy()).contains("permitted projects");
  }

  @Test
  void aMissingRecordIsRefusedWithProcoresWordsAndARemedy() {
    Failure failure = failure(() -> site.client().erpRequest(5));
    assertThat(failure).hasMessageContaining("404").hasMessageContaining("ERP Request not found");
    assertThat(failure.status()).isEqualTo(404);
    assertThat(failure.remedy()).contains("permitted projects");
  }

  @Test
  void writesThatMustNotHappenTwiceStayUnknownAndRepeatableOnesDoNot() {
    ProcoreClient client = site.client();
    client.directory().me();
    site.fault(
        "{'match':{'method':'POST','path':'/rest/v1.0/contract_payments'},'effect':{'drop':'after'}}");
    Failure created =
        failure(
            () ->
                client.createContractPayment(
                    PROJECT,
                    SUBCONTRACT,
                    Json.object().put("amount", "5.00").put("date", "2026-04-01")));
    assertThat(created.kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(client.contractPayments(PROJECT, SUBCONTRACT))
        .as("it was created all the same")
        .hasSize(1);

    site.fault("{'match':{'path':'.*external_data/sync'},'effect':{'drop':'after'}}");
    ExternalDataRow row = new ExternalDataRow("vendor", 52, "xero:main:contact:c-52", null, null);
    assertThat(failure(() -> client.syncExternalData(List.of(row))).kind())
        .isEqualTo(FailureKind.TRANSIENT);
    site.fault("{'match':{'path':'.*external_data/sync'},'effect':{'malformed':true}}");
    assertThat(failure(() -> client.syncExternalData(List.of(row))).kind())
        .isEqualTo(FailureKind.TRANSIENT);
    assertThat(client.syncExternalData(List.of(row)).get(0).accepted()).isTrue();
  }

  @Test
  @DisplayName(
      "GEN-API-13: the limits that Procore's headers tell reach the budget, and nothing leaves when"
          + " it is used up")
  void limitsReachTheBudget() {
    site.control.settings(Json.object().put("rateLimitsOn", true).put("spikeLimit", 2));
    ProcoreClient client = site.client();
    client.directory().me();
    client.directory().me();
    assertThat(site.budget.blocked())
        .as("none remaining: everybody waits for the window's end")
        .isNotEmpty();
    Failure failure = failure(() -> client.directory().me());
    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure.retryAfter())
        .hasValueSatisfying(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(11)));

    site.budget.exhaust();
    site.calls.clear();
    assertThat(failure(() -> client.directory().me()).kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(site.calls).as("nothing leaves without a leave").isEmpty();
  }

  @Test
  void a503WithRetryAfterBlocksTheBudgetForThatLong() {
    site.fault(
        "{'match':{'path':'/rest/v1.0/me'},'effect':{'answer':{'status':503,'headers':{'Retry-After':'7'},'body':''}}}");
    Failure failure = failure(() -> site.client().directory().me());
    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(site.budget.blocked()).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void listsFollowTheirPagesToTheEnd() {
    ProcoreClient client = site.client();
    for (int i = 0; i < 3; i++) {
      client.createContractPayment(
          PROJECT, SUBCONTRACT, Json.object().put("amount", i + ".00").put("date", "2026-04-01"));
    }
    ProcoreConnection connection = site.connection(ProcoreSettings.defaults());
    ProcoreCalls calls =
        new ProcoreCalls(
            site.http(),
            connection,
            site.tokens(connection),
            site.budget,
            site.calls::add,
            Clock.systemUTC());
    site.calls.clear();
    String path =
        "/rest/v1.0/contract_payments?project_id="
            + PROJECT
            + "&contract_id="
            + SUBCONTRACT
            + "&per_page=2";
    assertThat(calls.list("procore.pages", path)).hasSize(3);
    assertThat(site.count("procore.pages")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"errors\":\"plain\"}|plain",
        "{\"errors\":{\"origin_id\":[\"has already been taken\"],\"base\":[\"could not be"
            + " saved\"]}}|origin_id has already been taken; could not be saved",
        "{\"message\":\"gone\",\"exception\":\"ActiveRecord::RecordNotFound\"}|gone",
        "{\"error\":{\"error\":\"deep\"}}|deep",
        "{\"code\":422,\"message\":\"locked\",\"reason\":\"by ERP\",\"fields\":\"amount\"}|locked;"
            + " by ERP; fields amount",
        "{\"error\":{\"code\":\"BAD_REQUEST\",\"message\":\"bad\",\"details\":[{\"reason_code\":\"X1\",\"message\":\"worse\",\"source\":\"body\"}]}}|bad;"
            + " reason_code X1; worse; source body",
        "{\"errors\":[{\"message\":\"one\"},{\"message\":\"two\"}]}|one; two",
        "<html><head><style>x</style></head><body><h1>502 Bad Gateway</h1></body></html>|502 Bad"
            + " Gateway",
        "{\"errors\":{\"cut|{\"errors\":{\"cut",
        "[\"a\",\"b\"]|a; b"
      })
  void allPublishedFormsOfErrorsBecomeWords(String body, String words) {
    var answer =
        new io.tieback.wire.HttpAnswer(
            422, java.util.Map.of(), body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(ProcoreErrors.words(answer)).isEqualTo(words);
  }
}
