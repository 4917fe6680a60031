package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever Procore does: nothing is written twice on either side, nothing is lost, and what needs a
 * person says what to do.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ProcoreTroubleTest {

  @TempDir static Path folder;
  private static Trouble site;
  private static Payments payments;
  private long mark;

  @BeforeAll
  static void start() {
    site = Trouble.start(folder);
    payments = new Payments(site);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void calm() {
    site.calm();
    mark = Fault.mark(site.procore);
  }

  @Test
  @DisplayName(
      "401 in the middle: the token is renewed once, the call is repeated, nobody is bothered")
  void renewsAnExpiredToken() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.procore, "GET", Fault.REQUISITION).vendor("expireTokens");
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(Fault.since(site.procore, mark, "GET", Fault.REQUISITION))
        .extracting(Fault.Request::status)
        .contains("401");
    assertThat(Fault.since(site.procore, mark, "POST", "^/oauth/token$")).hasSize(1);
    assertThat(site.ledger().connections().get(Trouble.CONNECTION).orElseThrow().pausedAt())
        .isNull();
    Books.oneBillEach(site, ids);
  }

  @ParameterizedTest(
      name =
          "{0} on reading one invoice: only that one becomes a dead letter, with the remedy;"
              + " replayed, it goes")
  @CsvSource({"403, permitted projects", "404, permitted projects", "422, Mend in Procore"})
  void givesUpOneInvoice(int status, String remedy) {
    List<Long> ids = site.fresh(2);
    long refused = ids.get(0);
    Fault.at(site.procore, "GET", Fault.REQUISITION + refused + "$")
        .answers(status, Map.of("Content-Type", "application/json"), "{\"errors\":\"No\"}");
    site.accept(ids);
    site.awaitState(ItemState.FAILED, List.of(refused));
    site.awaitAcknowledged(ids.subList(1, 2));
    assertThat(site.ledger().connections().get(Trouble.CONNECTION).orElseThrow().pausedAt())
        .isNull();
    DeadLetter letter = site.openLetters(refused).get(0);
    assertThat(letter.remedy()).contains(remedy);
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () -> assertThat(site.detail(refused).path("status").asText()).isEqualTo("failed"));
    assertThat(site.detail(refused).path("messages").toString()).contains(remedy);

    site.ledger().replays().replay(letter.id(), "test");
    site.awaitAcknowledged(ids);
    Books.oneBillEach(site, ids);
    assertThat(site.detail(refused).path("status").asText()).isEqualTo("success");
  }

  @ParameterizedTest(name = "{0} with {1}: no call before the wait is over, then it goes on")
  @CsvSource({"429, X-Rate-Limit-Reset", "503, Retry-After"})
  @DisplayName("GEN-API-14: 429 and 503 are waited out as long as Procore says")
  void waitsAsLongAsProcoreSays(int status, String header) {
    List<Long> ids = site.fresh(1);
    Instant until = Instant.now().plusSeconds(4).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    String told = status == 429 ? Long.toString(until.getEpochSecond()) : "3";
    Fault.at(site.procore, "GET", Fault.REQUISITION).answers(status, Map.of(header, told), "");
    site.accept(ids);
    site.awaitAcknowledged(ids);
    List<Fault.Request> calls = Fault.since(site.procore, mark, null, "^/rest/");
    Fault.Request refused =
        calls.stream()
            .filter(call -> call.status().equals(Integer.toString(status)))
            .findFirst()
            .orElseThrow();
    Instant end = status == 429 ? until : refused.time().plusSeconds(3);
    // What had leave already when the answer came may still be on its way.
    Instant onTheWire = refused.time().plusMillis(300);
    assertThat(calls)
        .filteredOn(call -> call.time().isAfter(onTheWire))
        .isNotEmpty()
        .allSatisfy(
            call ->
                assertThat(call.time())
                    .as("%s %s", call.method(), call.path())
                    .isAfterOrEqualTo(end));
    Books.oneBillEach(site, ids);
  }

  @Test
  @DisplayName(
      "external_data/sync takes some rows and refuses others: only invoices with refused rows are"
          + " sent again, until all are taken (GEN-API-15)")
  void repeatsRefusedRows() {
    List<Long> ids = site.fresh(3);
    long refused = ids.get(1);
    var order = Json.object();
    var refuse = order.putObject("ackRefuse").put("times", 2);
    refuse.putArray("itemIds").add(refused);
    site.procore.settings(order);
    site.accept(ids);
    site.awaitAcknowledged(ids);

    List<Fault.Request> syncs = Fault.since(site.procore, mark, "PATCH", Fault.EXTERNAL_DATA);
    assertThat(syncs).hasSizeGreaterThanOrEqualTo(3);
    assertThat(syncs)
        .filteredOn(sync -> sync.body().contains("\"item_id\":" + refused + ","))
        .hasSize(3);
    assertThat(syncs)
        .filteredOn(sync -> sync.body().contains("\"item_id\":" + ids.get(0) + ","))
        .hasSize(1);
    // The detail is closed as a success only after the origin ids are there.
    List<Fault.Request> closed = Fault.since(site.procore, mark, "PATCH", Fault.DETAILS);
    long detail = site.detail(refused).path("id").asLong();
    assertThat(closed)
        .filteredOn(call -> call.body().contains("\"id\":" + detail))
        .allSatisfy(
            call ->
                assertThat(call.ordinal()).isGreaterThan(syncs.get(syncs.size() - 1).ordinal()));
    Books.oneBillEach(site, ids);
  }

  @Test
  @DisplayName(
      "external_data/sync refuses the whole call because of one row: parted until that invoice"
          + " stands alone, the others are acknowledged")
  void partsARefusedCall() {
    List<Long> ids = site.fresh(4);
    long objected = ids.get(2);
    Fault.at(site.procore, "PATCH", Fault.EXTERNAL_DATA)
        .containing("\"item_id\":" + objected + ",")
        .forEver()
        .answers(400, Map.of("Content-Type", "application/json"), "{\"errors\":\"row not taken\"}");
    site.accept(ids);
    List<Long> others = ids.stream().filter(id -> id != objected).toList();
    site.awaitAcknowledged(others);
    assertThat(site.state(objected)).isEqualTo(ItemState.KNOWN);
    site.procore.delete("faults");
    site.awaitAcknowledged(ids);
    Books.oneBillEach(site, ids);
  }

  @ParameterizedTest(name = "the answer of {0} is lost: sent again, nothing changes twice")
  @ValueSource(strings = {Fault.EXTERNAL_DATA, Fault.DETAILS})
  void repeatsAcknowledgements(String path) {
    List<Long> ids = site.fresh(2);
    Fault.at(site.procore, "PATCH", path).dropsAfter();
    Fault.at(site.procore, "PATCH", path).after(1).dropsBefore();
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(Fault.since(site.procore, mark, "PATCH", path)).hasSizeGreaterThanOrEqualTo(3);
    Books.oneBillEach(site, ids);
    ids.forEach(id -> assertThat(site.detail(id).path("status").asText()).isEqualTo("success"));
  }

  @Test
  @DisplayName(
      "403 from the ERP tool itself: the connection pauses and tells somebody once, and goes on by"
          + " itself when it is mended")
  void pausesWhenTheErpToolIsForbidden() {
    List<Long> ids = site.fresh(1);
    Fault.at(site.procore, "PATCH", Fault.EXTERNAL_DATA)
        .forEver()
        .answers(403, Map.of("Content-Type", "application/json"), "{\"errors\":\"Forbidden\"}");
    try (LogLines log = new LogLines()) {
      site.accept(ids);
      await()
          .atMost(Trouble.PATIENCE)
          .until(
              () ->
                  site.ledger().connections().get(Trouble.CONNECTION).orElseThrow().pausedAt()
                      != null);
      await()
          .atMost(Trouble.PATIENCE)
          .until(
              () ->
                  log.lines().stream()
                      .anyMatch(
                          line ->
                              line.contains("connection paused")
                                  && line.contains("Admin of ERP Integrations")));
      await("several tries")
          .atMost(Trouble.PATIENCE)
          .until(() -> Fault.since(site.procore, mark, "PATCH", Fault.EXTERNAL_DATA).size() >= 3);
      site.procore.delete("faults");
      site.awaitAcknowledged(ids);
      await()
          .atMost(Trouble.PATIENCE)
          .until(() -> log.lines().stream().anyMatch(line -> line.contains("connection resumed")));
      assertThat(log.lines())
          .filteredOn(line -> line.contains("connection paused connection"))
          .hasSize(1);
      assertThat(log.lines()).filteredOn(line -> line.contains("connection resumed")).hasSize(1);
      await().atMost(Trouble.PATIENCE).until(() -> site.mails("goes on").size() == 1);
      assertThat(site.mails("is paused"))
          .singleElement()
          .asString()
          .contains("Forbidden", "Admin of ERP Integrations");
    }
    Books.oneBillEach(site, ids);
  }

  @ParameterizedTest(
      name = "the line drops while a payment is created ({0}): exactly one payment in Procore")
  @ValueSource(strings = {"before", "after", "late"})
  void createsOnePayment(String drop) {
    long id = exported();
    Fault fault = Fault.at(site.procore, "POST", Fault.PAYMENTS);
    switch (drop) {
      case "before" -> fault.dropsBefore();
      case "after" -> fault.dropsAfter();
      default -> fault.commitsLate(400);
    }
    String payment = payments.pay(id, "100.00", "2026-11-20");
    payments.read();
    payments.awaitOnly(id, payment, "100.00", "2026-11-20");
    assertThat(Fault.since(site.procore, mark, "POST", Fault.PAYMENTS))
        .hasSize(drop.equals("before") ? 2 : 1);
  }

  @ParameterizedTest(
      name = "{0} on creating a payment: dead letter with a remedy; replayed, it is written once")
  @ValueSource(ints = {403, 404, 422})
  void givesUpAPayment(int status) {
    long id = exported();
    Fault.at(site.procore, "POST", Fault.PAYMENTS)
        .answers(
            status,
            Map.of("Content-Type", "application/json"),
            "{\"errors\":{\"date\":[\"is locked\"]}}");
    String payment = payments.pay(id, "55.10", "2026-11-20");
    payments.read();
    await().atMost(Trouble.PATIENCE).until(() -> letters(payment).size() == 1);
    assertThat(letters(payment).get(0).message()).contains("is locked");
    assertThat(letters(payment).get(0).remedy()).isNotBlank();
    assertThat(payments.inProcore(id)).isEmpty();
    site.ledger().replays().replay(letters(payment).get(0).id(), "test");
    payments.awaitOnly(id, payment, "55.10", "2026-11-20");
  }

  @ParameterizedTest(
      name =
          "amending a locked payment is interrupted at step {0} ({1}): the same row shows the new"
              + " payment, once")
  @CsvSource({
    "clear, before",
    "clear, after",
    "patch, before",
    "patch, after",
    "set, before",
    "set, after"
  })
  void amendsStepByStep(String step, String drop) {
    long id = exported();
    String first = payments.pay(id, "80.00", "2026-11-18");
    payments.read();
    JsonNode row = payments.awaitOnly(id, first, "80.00", "2026-11-18");
    site.procore.post(
        "payments/" + row.path("id").asLong() + "/user", Json.object().put("paymentNumber", 17));

    Fault fault =
        switch (step) {
          case "clear" ->
              Fault.at(site.procore, "PATCH", Fault.EXTERNAL_DATA).containing("contract_payment");
          case "patch" -> Fault.at(site.procore, "PATCH", Fault.PAYMENTS);
          default ->
              Fault.at(site.procore, "PATCH", Fault.EXTERNAL_DATA)
                  .containing("contract_payment")
                  .after(1);
        };
    if (drop.equals("before")) {
      fault.dropsBefore();
    } else {
      fault.dropsAfter();
    }
    payments.delete(first);
    String second = payments.pay(id, "81.25", "2026-11-19");
    payments.read();
    JsonNode amended = payments.awaitOnly(id, second, "81.25", "2026-11-19");
    assertThat(amended.path("id").asLong()).isEqualTo(row.path("id").asLong());
    assertThat(amended.path("payment_number").asLong())
        .as("what a person set stays (GEN-PAY-05)")
        .isEqualTo(17);
    assertThat(Fault.since(site.procore, mark, "POST", Fault.PAYMENTS)).hasSize(1);
  }

  private static List<DeadLetter> letters(String payment) {
    return site.openLettersOf(payment);
  }

  private static long exported() {
    List<Long> ids = new ArrayList<>(site.fresh(1));
    site.accept(ids);
    site.awaitAcknowledged(ids);
    return ids.get(0);
  }
}
