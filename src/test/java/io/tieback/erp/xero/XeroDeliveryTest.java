package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.xero.ScriptedXero.CONTACT;
import static io.tieback.erp.xero.ScriptedXero.OPTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of Xero to a write is taken to mean. */
class XeroDeliveryTest {

  private static final String PATH = "/api.xro/2.0/Invoices";
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

  private final ScriptedXero xero = new ScriptedXero(asked -> written(asked, (bill, n) -> {}));
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void stop() {
    xero.close();
    assertThat(xero.budget.open()).as("leaves not given back").isZero();
  }

  @Test
  void sendsTheJournalsBytesOnceUnderTheirKey() {
    DeliveryBatch batch = batch(null, 1, 2);
    xero.adapter().handOver(batch, outcomes);
    Asked put = xero.asked("PUT", PATH).get(0);
    assertThat(xero.asked()).hasSize(1);
    assertThat(put.body()).isEqualTo(new String(batch.body(), StandardCharsets.UTF_8));
    assertThat(put.query()).containsEntry("summarizeErrors", "false").containsEntry("unitdp", "4");
    assertThat(put.headers())
        .containsEntry("idempotency-key", batch.idempotencyKey())
        .containsEntry("xero-tenant-id", ScriptedXero.TENANT)
        .containsEntry("authorization", "Bearer token-1")
        .containsEntry("accept", "application/json");
    assertThat(outcomes.order()).containsExactly("sending", "known", "known");
    assertThat(outcomes.known().get(marker(2)).total()).isEqualTo(Money.of("90.00"));
    assertThat(outcomes.known().get(marker(2)).lineIds()).containsExactly("line-2-0", "line-2-1");
    assertThat(outcomes.known().get(marker(2)).warnings()).isEmpty();
  }

  @Test
  void sendsNothingWhenAnotherNodeTookTheBatchOver() {
    xero.adapter().handOver(batch(null, 1), outcomes.takenOver());
    assertThat(xero.asked()).isEmpty();
    assertThat(outcomes.order()).isEmpty();
  }

  @Test
  void aProcessThatStoodStillBetweenSayingSentAndTheFirstByteSendsNothing() {
    outcomes.standingStill(Duration.ofMillis(50), Duration.ofMillis(200));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(xero.asked()).isEmpty();
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    assertThat(outcomes.notWritten().get(0)).hasMessageContaining("nothing was sent");
  }

  @Test
  void bytesThatLeftBeforeAndAreGivenUpThisTimeHaveToBeLookedFor() {
    outcomes.standingStill(Duration.ofMillis(50), Duration.ofMillis(200));
    xero.adapter().handOver(batch(ScriptedXero.NOW, 1), outcomes);
    assertThat(xero.asked()).isEmpty();
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
  }

  @Test
  void sendsNothingWithoutLeaveAndDoesNotCallItSent() {
    xero.budget.exhaust();
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(xero.asked()).isEmpty();
    assertThat(outcomes.order()).containsExactly("notWritten");
    assertThat(outcomes.notWritten().get(0).retryAfter()).contains(Duration.ofSeconds(20));
  }

  @Test
  void matchesOutcomesByAddressWhateverTheirOrder() {
    xero.script(
        asked -> {
          ObjectNode answer = answer(asked, (bill, n) -> {});
          List<JsonNode> bills = new ArrayList<>();
          answer.path("Invoices").forEach(bills::add);
          Collections.reverse(bills);
          answer.putArray("Invoices").addAll(bills);
          return Reply.json(answer.toString());
        });
    xero.adapter().handOver(batch(null, 1, 2, 3), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1), marker(2), marker(3));
    assertThat(outcomes.known().get(marker(1)).erpId()).isEqualTo("bill-1");
    assertThat(outcomes.known().get(marker(3)).erpId()).isEqualTo("bill-3");
  }

  @Test
  void refusesOneBillInXerosWordsAndKeepsTheOthers() {
    xero.script(
        asked ->
            written(
                asked,
                (bill, n) -> {
                  if (n == 2) {
                    bill.put("InvoiceID", NO_ID).put("StatusAttributeString", "ERROR");
                    bill.putArray("ValidationErrors")
                        .addObject()
                        .put("Message", "Due date cannot be empty");
                    ((ObjectNode) bill.path("LineItems").get(0))
                        .putArray("ValidationErrors")
                        .addObject()
                        .put("Description", "Account code must be specified");
                  }
                }));
    xero.adapter().handOver(batch(null, 1, 2, 3), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1), marker(3));
    assertThat(outcomes.refused()).containsOnlyKeys(marker(2));
    assertThat(outcomes.refused().get(marker(2)))
        .containsExactlyInAnyOrder("Due date cannot be empty", "Account code must be specified");
    assertThat(outcomes.undetermined()).isEmpty();
  }

  @Test
  void aBillThatComesBackWithoutItsAddressHasNoOutcome() {
    xero.script(
        asked ->
            written(
                asked,
                (bill, n) -> {
                  if (n == 2) {
                    bill.remove("Url");
                  }
                  if (n == 3) {
                    bill.put("Url", "https://elsewhere.example/");
                  }
                }));
    xero.adapter().handOver(batch(null, 1, 2, 3), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "known", "undetermined");
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(outcomes.undetermined().get(0)).hasMessageContaining("2 of 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Invoices\":[{\"Url\":\"h",
        "",
        "{}",
        "{\"Invoices\":5}",
        "[]",
        "null",
        "<html></html>"
      })
  void anAnswerThatCannotBeReadLeavesEverythingOpen(String body) {
    xero.script(asked -> Reply.json(body));
    xero.adapter().handOver(batch(null, 1, 2), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    assertThat(outcomes.undetermined().get(0).kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(outcomes.undetermined().get(0).status()).isZero();
  }

  @Test
  void whatXeroChangedOrDroppedIsKnownButFlagged() {
    xero.script(
        asked ->
            written(
                asked,
                (bill, n) -> {
                  switch (n) {
                    case 1 -> bill.put("Total", 91).put("TotalTax", 1);
                    case 2 -> ((ObjectNode) bill.path("LineItems").get(1)).putArray("Tracking");
                    case 3 -> bill.put("Status", "SUBMITTED");
                    default -> bill.putArray("Warnings").addObject().put("Message", "Heads up");
                  }
                }));
    xero.adapter().handOver(batch(null, 1, 2, 3, 4), outcomes);
    assertThat(outcomes.known().get(marker(1)).warnings())
        .containsExactly("DIFFERENCE: total sent 90.00, in Xero 91.00, of which tax 1");
    assertThat(outcomes.known().get(marker(1)).total()).isEqualTo(Money.of("91.00"));
    assertThat(outcomes.known().get(marker(2)).warnings())
        .singleElement()
        .asString()
        .startsWith("DIFFERENCE: line 2 lost its project");
    assertThat(outcomes.known().get(marker(3)).warnings())
        .containsExactly("DIFFERENCE: status sent AUTHORISED, in Xero SUBMITTED");
    assertThat(outcomes.known().get(marker(4)).warnings()).containsExactly("Heads up");
  }

  @Test
  void lineIdsFollowOurOrderEvenWhenXeroTurnsTheLines() {
    xero.script(
        asked ->
            written(
                asked,
                (bill, n) -> {
                  JsonNode first = bill.path("LineItems").get(0);
                  JsonNode second = bill.path("LineItems").get(1);
                  bill.putArray("LineItems").add(second).add(first);
                }));
    xero.adapter().handOver(batch(null, 7), outcomes);
    assertThat(outcomes.known().get(marker(7)).lineIds()).containsExactly("line-7-0", "line-7-1");
    assertThat(outcomes.known().get(marker(7)).warnings()).isEmpty();
  }

  @Test
  void linesThatCannotBeToldApartGiveNoIdsRatherThanWrongOnes() {
    xero.script(
        asked ->
            written(
                asked,
                (bill, n) -> ((ObjectNode) bill.path("LineItems").get(0)).put("LineAmount", 1)));
    xero.adapter().handOver(batch(null, 7), outcomes);
    assertThat(outcomes.known().get(marker(7)).lineIds()).isEmpty();
    assertThat(outcomes.known().get(marker(7)).warnings())
        .anyMatch(w -> w.startsWith("DIFFERENCE: 2 lines sent"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "minute, 26, 26",
    "day, 7200, 7200",
    "Day, , 3600",
    "concurrent, , 1",
    "appminute, , 60",
    ", 9, 9",
    ", , 1",
  })
  void aMetLimitMeansNothingWasWritten(String problem, Long retryAfter, long wait) {
    Map<String, String> headers = new java.util.HashMap<>();
    if (problem != null) {
      headers.put("X-Rate-Limit-Problem", problem);
    }
    if (retryAfter != null) {
      headers.put("Retry-After", retryAfter.toString());
    }
    xero.script(asked -> new Reply(429, headers, ""));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    Failure failure = outcomes.notWritten().get(0);
    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(wait));
    assertThat(xero.budget.blocked()).containsExactly(Duration.ofSeconds(wait));
    assertThat(xero.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429})
  void aRepetitionThatWasTurnedAwayProvesNothingAboutTheFirstTime(int status) {
    xero.script(
        asked ->
            asked.path().equals("/connect/token") ? Reply.json(tokens()) : Reply.of(status, ""));
    xero.adapter().handOver(batch(Instant.parse("2026-11-22T09:58:00Z"), 1), outcomes);
    assertThat(outcomes.notWritten()).isEmpty();
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.status()).isZero();
              assertThat(failure.kind())
                  .isEqualTo(status == 429 ? FailureKind.THROTTLED : FailureKind.CREDENTIALS);
              assertThat(failure).hasMessageContaining("nothing is known of the first time");
            });
  }

  @Test
  void aRepetitionWithoutLeaveProvesNothingEither() {
    xero.budget.exhaust();
    xero.adapter().handOver(batch(Instant.parse("2026-11-22T09:58:00Z"), 1), outcomes);
    assertThat(outcomes.order()).containsExactly("undetermined");
  }

  @Test
  void renewsTheTokenOnceAndSendsTheSameBytesUnderTheSameKey() {
    xero.script(
        asked ->
            asked.path().equals("/connect/token")
                ? Reply.json(tokens())
                : asked.headers().get("authorization").equals("Bearer token-1")
                    ? Reply.of(401, "{\"Detail\":\"TokenExpired\"}")
                    : written(asked, (b, n) -> {}));
    xero.adapter().handOver(batch(null, 1), outcomes);
    List<Asked> puts = xero.asked("PUT", PATH);
    assertThat(puts).hasSize(2);
    assertThat(puts.get(1).body()).isEqualTo(puts.get(0).body());
    assertThat(puts.get(1).headers().get("idempotency-key"))
        .isEqualTo(puts.get(0).headers().get("idempotency-key"));
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(xero.vault.read().orElseThrow().refreshToken()).isEqualTo("refresh-2");
  }

  @Test
  void givesUpAfterASecond401() {
    xero.script(
        asked ->
            asked.path().equals("/connect/token")
                ? Reply.json(tokens())
                : Reply.of(401, "{\"Title\":\"Unauthorized\"}"));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(xero.asked("PUT", PATH)).hasSize(2);
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    assertThat(outcomes.notWritten().get(0).kind()).isEqualTo(FailureKind.CREDENTIALS);
    assertThat(outcomes.notWritten().get(0).remedy()).contains("./tieback connect xero");
  }

  @Test
  void aMissingRightPausesTheConnectionWithoutARetry() {
    xero.script(
        asked ->
            Reply.of(403, "{\"Title\":\"Forbidden\",\"Detail\":\"AuthenticationUnsuccessful\"}"));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(xero.asked()).hasSize(1);
    assertThat(outcomes.notWritten().get(0)).hasMessageContaining("AuthenticationUnsuccessful");
    assertThat(outcomes.notWritten().get(0).kind()).isEqualTo(FailureKind.CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource({
    "404, REFUSED",
    "400, REFUSED",
    "500, UNKNOWN",
    "502, UNKNOWN",
    "503, UNKNOWN",
    "504, UNKNOWN",
    "412, REFUSED"
  })
  void anAnswerWithoutOutcomesHasToBeLookedInto(int status, FailureKind kind) {
    xero.script(asked -> Reply.of(status, ""));
    xero.adapter().handOver(batch(null, 1, 2), outcomes);
    assertThat(xero.asked()).hasSize(1);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    assertThat(outcomes.undetermined().get(0).status()).isEqualTo(status);
    assertThat(outcomes.undetermined().get(0).kind()).isEqualTo(kind);
  }

  @Test
  void aBatchRefusalNamesSomeBillsAndLeavesTheOthersOpen() {
    xero.script(
        asked ->
            Reply.of(
                400,
                "{\"ErrorNumber\":10,\"Type\":\"ValidationException\",\"Message\":\"A validation"
                    + " exception occurred\",\"Elements\":[{\"InvoiceID\":\""
                    + NO_ID
                    + "\",\"Url\":\""
                    + marker(2)
                    + "\",\"ValidationErrors\":[{\"Message\":\"Account must be valid.\"}]}]}"));
    xero.adapter().handOver(batch(null, 1, 2), outcomes);
    assertThat(outcomes.refused()).containsEntry(marker(2), List.of("Account must be valid."));
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(f -> assertThat(f.status()).isEqualTo(400));
  }

  @Test
  void aKeyThatWasUsedForSomethingElseIsLookedInto() {
    xero.script(
        asked ->
            Reply.of(
                400,
                "{\"Title\":\"Bad Request\",\"Detail\":\"Idempotency Key: k is used with a"
                    + " different request.\"}"));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(f -> assertThat(f).hasMessageContaining("used with a different request"));
  }

  @Test
  void anOrganisationThatIsOfflineGetsFiveMinutes() {
    xero.script(asked -> Reply.of(503, "The Organisation is offline"));
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(outcomes.undetermined().get(0).retryAfter()).contains(Duration.ofMinutes(5));
    assertThat(xero.budget.blocked()).containsExactly(Duration.ofMinutes(5));
  }

  @Test
  void aLostAnswerIsNeverFollowedByASecondSending() {
    xero.script(asked -> Reply.dropped());
    xero.adapter().handOver(batch(null, 1), outcomes);
    assertThat(xero.asked("PUT", PATH)).hasSize(1);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
  }

  @Test
  void aServiceThatCannotBeReachedHasWrittenNothing() {
    XeroAdapter adapter = xero.adapter();
    DeliveryBatch batch = batch(null, 1);
    xero.close();
    adapter.handOver(batch, outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    assertThat(outcomes.notWritten().get(0).kind()).isEqualTo(FailureKind.TRANSIENT);
  }

  @Test
  void refusesAKeyThatXeroWouldCut() {
    DeliveryBatch batch = batch(null, 1);
    DeliveryBatch longKey =
        new DeliveryBatch(batch.id(), "k".repeat(129), batch.body(), batch.markers(), null);
    assertThatThrownBy(() -> xero.adapter().handOver(longKey, outcomes))
        .hasMessageContaining("128");
    assertThat(xero.asked()).isEmpty();
  }

  private DeliveryBatch batch(Instant firstSentAt, long... requisitions) {
    XeroAdapter adapter = xero.adapter();
    List<ErpDocument> documents = new ArrayList<>();
    for (long requisition : requisitions) {
      documents.add(
          adapter.render(
              bill(
                  requisition,
                  CONTACT,
                  work("Formwork", "100.00", "03-110.S", null, OPTION),
                  held("-10.00", "815", OPTION))));
    }
    List<String> markers = documents.stream().map(ErpDocument::marker).toList();
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-" + UUID.randomUUID(),
        adapter.batchBody(documents),
        markers,
        firstSentAt);
  }

  private static Reply written(Asked asked, BiConsumer<ObjectNode, Integer> change) {
    return Reply.json(answer(asked, change).toString());
  }

  /** Echoes every bill with ids and totals as Xero does, after a change by its requisition. */
  private static ObjectNode answer(Asked asked, BiConsumer<ObjectNode, Integer> change) {
    try {
      ObjectNode answer = Json.object();
      answer.put("Status", "OK").put("DateTimeUTC", "/Date(1795341600000)/");
      for (JsonNode bill :
          Json.read(asked.body().getBytes(StandardCharsets.UTF_8)).path("Invoices")) {
        ObjectNode echoed = bill.deepCopy();
        int requisition = Integer.parseInt(bill.path("InvoiceNumber").asText().substring(3));
        echoed
            .put("InvoiceID", "bill-" + requisition)
            .put("StatusAttributeString", "OK")
            .put("Total", 90)
            .put("TotalTax", 0);
        echoed
            .put("Date", "/Date(1793404800000+0000)/")
            .put("DueDate", "/Date(1795996800000+0000)/");
        int line = 0;
        for (JsonNode item : echoed.path("LineItems")) {
          ((ObjectNode) item).put("LineItemID", "line-" + requisition + "-" + line++);
        }
        change.accept(echoed, requisition);
        answer.withArray("Invoices").add(echoed);
      }
      return answer;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String tokens() {
    return "{\"access_token\":\"token-2\",\"expires_in\":1800,\"token_type\":\"Bearer\",\"refresh_token\":\"refresh-2\"}";
  }
}
