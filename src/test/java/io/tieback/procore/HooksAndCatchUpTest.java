package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Failure;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hook, trigger and what is lost without them: GEN-API-04, GEN-API-10, GEN-API-11. */
class HooksAndCatchUpTest {

  private static ProcoreSite site;

  @BeforeAll
  static void start() {
    site = new ProcoreSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void reset() {
    site.reset();
  }

  private static List<Long> export(int invoices) {
    List<Long> requests = new ArrayList<>();
    for (int i = 0; i < invoices; i++) {
      long id =
          site.bill(SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
      requests.addAll(site.accept(false, id));
    }
    return requests;
  }

  @Test
  @DisplayName("GEN-API-04: one hook with one trigger, made once and found again")
  void hookAndTriggerAreMadeOnceAndBroughtUpToDate() {
    ProcoreHooks hooks = site.client().hooks();
    assertThat(hooks.find()).isEmpty();
    long id = hooks.ensure();
    assertThat(hooks.ensure()).isEqualTo(id);
    assertThat(site.count("procore.create-hook")).isEqualTo(1);
    assertThat(site.count("procore.create-trigger")).isEqualTo(1);
    assertThat(hooks.find()).contains(id);
  }

  @Test
  void withoutAPublicAddressThereIsAClearMessage() {
    ProcoreConnection c = site.connection(ProcoreSettings.defaults());
    ProcoreConnection without =
        new ProcoreConnection(
            c.connection(),
            c.companyId(),
            c.apiUrl(),
            c.loginUrl(),
            c.clientId(),
            c.clientSecret(),
            c.webhookAuthorization(),
            c.namespace(),
            null,
            URI.create("https://app.procore.com"),
            List.of(),
            null,
            c.settings());
    ProcoreClient client =
        new ProcoreClient(
            site.http(),
            without,
            site.tokens(without),
            site.budget,
            site.calls::add,
            Clock.systemUTC());
    assertThatThrownBy(() -> client.hooks().ensure())
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).contains("webhook-destination"));
  }

  @ParameterizedTest
  @CsvSource({"ascending,3", "descending,3", "ascending,120", "descending,120"})
  void everyLostRequestIsFoundWhicheverWayRoundTheLogIs(String order, int invoices) {
    site.control.settings(
        ((ObjectNode) ProcoreSite.json("{'deliveriesOrder':'" + order + "'}"))
            .put("webhooksEnabled", false));
    ProcoreHooks hooks = site.client().hooks();
    long hook = hooks.ensure();
    List<Long> requests = export(invoices);
    CatchUp catchUp = new CatchUp(hooks, Clock.systemUTC());

    CatchUp.Lost lost = catchUp.read(hook, null);
    assertThat(lost.requestIds()).containsExactlyElementsOf(requests);
    assertThat(lost.cursor()).as("nothing is old enough to be left behind").isNull();

    Clock tomorrow = Clock.offset(Clock.systemUTC(), Duration.ofHours(14));
    CatchUp.Lost settled = new CatchUp(hooks, tomorrow).read(hook, null);
    assertThat(settled.requestIds()).containsExactlyElementsOf(requests);
    assertThat(settled.cursor()).isNotNull();
    assertThat(new CatchUp(hooks, tomorrow).read(hook, settled.cursor()).requestIds()).isEmpty();

    List<Long> later = export(2);
    assertThat(catchUp.read(hook, settled.cursor()).requestIds()).containsExactlyElementsOf(later);
  }

  @Test
  void deliveriesThatStillFailAreReceivedToo() {
    // Nobody listens at the destination, so each delivery fails and Procore tries again.
    ProcoreHooks hooks = site.client().hooks();
    long hook = hooks.ensure();
    long request = export(1).get(0);
    org.awaitility.Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(new CatchUp(hooks, Clock.systemUTC()).read(hook, null).requestIds())
                    .containsExactly(request));
  }

  @Test
  void whatProcoreSendsOpensOurDoor() throws Exception {
    try (io.tieback.wire.RawServer receiver =
        new io.tieback.wire.RawServer(request -> io.tieback.wire.RawServer.answer(200, "", ""))) {
      ProcoreConnection c = site.connection(ProcoreSettings.defaults());
      ProcoreConnection here =
          new ProcoreConnection(
              c.connection(),
              c.companyId(),
              c.apiUrl(),
              c.loginUrl(),
              c.clientId(),
              c.clientSecret(),
              c.webhookAuthorization(),
              c.namespace(),
              receiver.uri("/webhooks/procore/main"),
              c.webUrl(),
              List.of(),
              null,
              c.settings());
      new ProcoreClient(
              site.http(), here, site.tokens(here), site.budget, site.calls::add, Clock.systemUTC())
          .hooks()
          .ensure();
      long request = export(1).get(0);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !receiver.requests().isEmpty());
      var came = receiver.requests().get(0);
      WebhookDoor.Decision decision =
          new WebhookDoor(List.of(here))
              .decide(
                  new WebhookDoor.Knock(
                      "main",
                      came.header("Content-Type"),
                      came.header("Authorization"),
                      came.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(decision)
          .isInstanceOfSatisfying(
              WebhookDoor.Receive.class,
              receive -> assertThat(receive.requestId()).isEqualTo(request));
    }
  }
}
