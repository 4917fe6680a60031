package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.journey.Accountant;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
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
 * Whatever Xero does to a write: one accepted invoice is one bill, to the cent, and Procore hears
 * of it.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class XeroTroubleTest {

  @TempDir static Path folder;
  private static Trouble site;
  private long mark;

  @BeforeAll
  static void start() {
    site = Trouble.start(folder);
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void calm() {
    site.calm();
    mark = Fault.mark(site.xero);
  }

  @ParameterizedTest(
      name =
          "the {0} limit is met: no call before the {1} s that Xero asks for are over, then the"
              + " same bytes under the same key")
  @CsvSource({"minute, 3", "day, 2"})
  void waitsAsLongAsXeroSays(String limit, int seconds) {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS)
        .answers(
            429,
            Map.of("Retry-After", Integer.toString(seconds), "X-Rate-Limit-Problem", limit),
            "");
    site.accept(ids);
    site.awaitAcknowledged(ids);

    List<Fault.Request> calls = Fault.since(site.xero, mark, null, Fault.ACCOUNTING);
    List<Fault.Request> writes = writes();
    assertThat(writes).extracting(Fault.Request::status).containsExactly("429", "200");
    assertThat(sameBytes(writes)).isTrue();
    Fault.Request throttled = writes.get(0);
    assertThat(calls)
        .filteredOn(call -> call.ordinal() > throttled.ordinal())
        .allSatisfy(
            call ->
                assertThat(Duration.between(throttled.time(), call.time()))
                    .as("%s %s", call.method(), call.path())
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds)));
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "too many calls at once (429 without Retry-After): a moment later the same bytes go under the"
          + " same key")
  void waitsAMomentWhenTooManyCallsAreOpen() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).answers(429);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).extracting(Fault.Request::status).containsExactly("429", "200");
    assertThat(sameBytes(writes())).isTrue();
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "404 for the whole batch because one supplier is unknown: halved until it stands alone, the"
          + " others written once, Procore reads the remedy")
  void findsTheUnknownSupplier() {
    List<Long> good = site.fresh(3);
    long poison = site.ofUnknownSupplier();
    List<Long> all = new ArrayList<>(good);
    all.add(1, poison);
    site.accept(all);
    site.awaitAcknowledged(good);
    site.awaitState(ItemState.FAILED, List.of(poison));

    assertThat(writes().get(0).status()).isEqualTo("404");
    oneBillEach(good);
    assertThat(site.bills()).doesNotContainKey(poison);
    givenUpWithARemedy(poison, "supplier");
    good.forEach(
        id ->
            await()
                .atMost(Trouble.PATIENCE)
                .untilAsserted(
                    () ->
                        assertThat(site.detail(id).path("status").asText()).isEqualTo("success")));
  }

  @Test
  @DisplayName(
      "500 for the whole batch because of one document: halved until it stands alone, the others"
          + " written once, Procore reads the remedy")
  void findsTheDocumentThatXeroChokesOn() {
    List<Long> good = site.fresh(3);
    long poison = site.fresh(1).get(0);
    String number = site.inProcore(poison).path("invoiceNumber").asText();
    Fault.at(site.xero, "PUT", Fault.BILLS)
        .containing("\"InvoiceNumber\":\"" + number + "\"")
        .forEver()
        .answers(
            500,
            Map.of("Content-Type", "application/json"),
            "{\"Title\":\"An error occurred\",\"Detail\":\"An error occurred in"
                + " Xero\",\"Status\":500}");
    List<Long> all = new ArrayList<>(good);
    all.add(poison);
    site.accept(all);
    site.awaitAcknowledged(good);
    site.awaitState(ItemState.FAILED, List.of(poison));

    oneBillEach(good);
    assertThat(site.bills()).doesNotContainKey(poison);
    givenUpWithARemedy(poison, "project");
  }

  @ParameterizedTest(name = "a passing {0}: looked for, then written once")
  @ValueSource(ints = {500, 503})
  void survivesABadMoment(int status) {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).answers(status);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    lookedFor(1);
    oneBillEach(ids);
    assertThat(ids).allSatisfy(id -> assertThat(site.openLetters(id)).isEmpty());
  }

  @ParameterizedTest(
      name =
          "{0} three times: the documents stay together, no document is blamed, then written once")
  @ValueSource(ints = {502, 503, 504})
  void doesNotPartABatchBecauseTheServiceIsDown(int status) {
    List<Long> ids = site.fresh(4);
    Fault.at(site.xero, "PUT", Fault.BILLS).times(3).answers(status);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes())
        .extracting(Fault.Request::status)
        .containsExactly(
            Integer.toString(status), Integer.toString(status), Integer.toString(status), "200");
    assertThat(writes()).allSatisfy(write -> assertThat(bills(write)).isEqualTo(4));
    lookedFor(3);
    oneBillEach(ids);
    assertThat(ids).allSatisfy(id -> assertThat(site.openLetters(id)).isEmpty());
  }

  @Test
  @DisplayName(
      "503 longer than retry.attempts: dead letters that blame the service, not the invoices; a"
          + " replay writes them")
  void givesUpOnAServiceThatStaysDownWithoutBlamingADocument() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).forEver().answers(503);
    site.accept(ids);
    site.awaitState(ItemState.FAILED, ids);
    assertThat(writes()).hasSize(4).allSatisfy(write -> assertThat(bills(write)).isEqualTo(2));
    for (long id : ids) {
      DeadLetter letter = site.openLetters(id).get(0);
      assertThat(letter.failureKind()).isEqualTo("TRANSIENT");
      assertThat(letter.remedy()).contains("Xero works again").doesNotContain("supplier");
    }
    site.calm();
    ids.forEach(
        id -> site.ledger().replays().replay(site.openLetters(id).get(0).id(), "bookkeeper"));
    site.awaitAcknowledged(ids);
    oneBillEach(ids);
  }

  @Test
  @DisplayName("the line drops again and again: the documents stay together, then written once")
  void doesNotPartABatchBecauseTheLineDrops() {
    List<Long> ids = site.fresh(3);
    Fault.at(site.xero, "PUT", Fault.BILLS).times(3).dropsBefore();
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).hasSize(4).allSatisfy(write -> assertThat(bills(write)).isEqualTo(3));
    oneBillEach(ids);
  }

  @Test
  @DisplayName("413 for the whole batch: halved until what is left is taken")
  void partsABatchThatIsTooLong() {
    List<Long> ids = site.fresh(4);
    Fault.at(site.xero, "PUT", Fault.BILLS).answers(413);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).extracting(XeroTroubleTest::bills).containsExactly(4, 2, 2);
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "the line drops before Xero reads the write: looked for after the settle time, then the same"
          + " bytes go under the same key")
  void survivesADropBeforeTheWrite() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).dropsBefore();
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).hasSize(2);
    assertThat(sameBytes(writes())).isTrue();
    lookedFor(1);
    oneBillEach(ids);
  }

  @Test
  @DisplayName("the line drops after Xero wrote: found by its marker, and not sent again")
  void survivesADropAfterTheWrite() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).dropsAfter();
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).hasSize(1);
    lookedFor(1);
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "the line drops and Xero writes a moment later, within the settle time: found, and not sent"
          + " again")
  void survivesALateCommit() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).commitsLate(400);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    List<Fault.Request> writes = writes();
    assertThat(writes).hasSize(1);
    assertThat(looks().get(0).time()).isAfterOrEqualTo(writes.get(0).time().plus(Trouble.SETTLE));
    oneBillEach(ids);
  }

  @Test
  @DisplayName("Xero writes and answers with JSON that is cut off: found, and not sent again")
  void survivesAnAnswerThatIsCutOff() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).answersCutOff();
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).hasSize(1);
    lookedFor(1);
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "answers in another order than what was sent: each invoice has its own bill's id in Procore")
  void matchesAnswersByMarker() {
    site.xero.settings(Json.object().put("reverseBatchAnswers", true));
    List<Long> ids = site.fresh(4);
    site.accept(ids);
    site.awaitAcknowledged(ids);
    assertThat(writes()).hasSize(1);
    oneBillEach(ids);
  }

  @Test
  @DisplayName(
      "partial failure inside a 200: the refused one becomes a dead letter with Xero's words, the"
          + " others are written once")
  void survivesPartialFailure() {
    List<Long> good = site.fresh(2);
    long refused = site.ofArchivedSupplier();
    List<Long> all = new ArrayList<>(good);
    all.add(0, refused);
    site.accept(all);
    site.awaitAcknowledged(good);
    site.awaitState(ItemState.FAILED, List.of(refused));
    assertThat(writes()).hasSize(1);
    oneBillEach(good);
    assertThat(site.bills()).doesNotContainKey(refused);
    givenUpWithARemedy(refused, "replay");
    assertThat(site.openLetters(refused).get(0).message()).containsIgnoringCase("archived");
  }

  @Test
  @DisplayName(
      "the line drops and somebody typed such a bill by hand: the others are written, this one is"
          + " put before a person, once, by letter and mail; replayed, it is looked for first")
  void putsATwinBeforeAPerson() {
    List<Long> ids = site.fresh(3);
    long twin = ids.get(1);
    Accountant accountant = new Accountant(site.site);
    Fault.at(site.xero, "PUT", Fault.BILLS).containing("requisition." + twin).dropsBefore();
    typedAfterTheNumbersWereAskedFor();
    JsonNode typed = accountant.bill(contactOf(twin), number(twin), net(twin));
    site.accept(ids);
    List<Long> others = List.of(ids.get(0), ids.get(2));
    site.awaitAcknowledged(others);
    site.awaitState(ItemState.FAILED, List.of(twin));
    oneBillEach(others);
    assertThat(site.bills()).doesNotContainKey(twin);
    String id = typed.path("InvoiceID").asText();
    DeadLetter letter = site.openLetters(twin).get(0);
    assertThat(letter.failureKind()).isEqualTo("UNKNOWN");
    assertThat(letter.remedy()).contains(id).contains(site.item(twin).marker());
    String subject =
        "subcontractor invoice " + number(twin) + " (requisition " + twin + ") needs you";
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () -> assertThat(site.mails(subject)).singleElement().asString().contains(id));

    // Replayed as it is: nothing is written, and the person hears of it again.
    int before = writesOf(twin);
    site.ledger().replays().replay(letter.id(), "bookkeeper");
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(() -> assertThat(site.mails(subject)).hasSize(2));
    assertThat(writesOf(twin)).isEqualTo(before);

    // It is ours: with its address it is found, and not written.
    accountant.change(id, Json.object().put("Url", site.item(twin).marker()));
    site.ledger().replays().replay(site.openLetters(twin).get(0).id(), "bookkeeper");
    site.awaitAcknowledged(List.of(twin));
    assertThat(writesOf(twin)).isEqualTo(before);
    assertThat(site.bills().get(twin))
        .singleElement()
        .satisfies(bill -> assertThat(bill.path("invoiceId").asText()).isEqualTo(id));
    assertThat(site.inProcore(twin).path("originId").asText()).endsWith(":bill:" + id);
  }

  @Test
  @DisplayName(
      "a twin that is another bill gets another number: replayed, the invoice is written once")
  void writesWhatATwinHeldUpWhenItIsAnotherBill() {
    long twin = site.fresh(1).get(0);
    Accountant accountant = new Accountant(site.site);
    Fault.at(site.xero, "PUT", Fault.BILLS).containing("requisition." + twin).dropsBefore();
    typedAfterTheNumbersWereAskedFor();
    JsonNode typed = accountant.bill(contactOf(twin), number(twin), net(twin));
    site.accept(List.of(twin));
    site.awaitState(ItemState.FAILED, List.of(twin));
    accountant.change(
        typed.path("InvoiceID").asText(), Json.object().put("InvoiceNumber", "ANOTHER-1"));
    site.ledger().replays().replay(site.openLetters(twin).get(0).id(), "bookkeeper");
    site.awaitAcknowledged(List.of(twin));
    oneBillEach(List.of(twin));
  }

  /** The next question whether numbers are taken (TB-INV-10) finds nothing yet. */
  private static void typedAfterTheNumbersWereAskedFor() {
    Fault.at(site.xero, "GET", Fault.BILLS)
        .answers(200, Map.of("Content-Type", "application/json"), "{\"Invoices\":[]}");
  }

  private int writesOf(long requisition) {
    return (int)
        writes().stream()
            .filter(write -> write.body().contains("requisition." + requisition + "\""))
            .count();
  }

  private String number(long requisition) {
    return site.inProcore(requisition).path("invoiceNumber").asText();
  }

  private String net(long requisition) {
    return site.inProcore(requisition).path("net").asText();
  }

  /** Fresh invoices go over the commitments in turn, and each has the contact of its commitment. */
  private String contactOf(long requisition) {
    int index = site.seed.requisitionIds().indexOf(requisition) / 10;
    return site.seed
        .erp()
        .seed()
        .at("/organisations/0/contacts/" + index)
        .path("contactId")
        .asText();
  }

  private List<Fault.Request> writes() {
    return Fault.since(site.xero, mark, "PUT", Fault.BILLS);
  }

  /** How many bills a write carries. */
  private static int bills(Fault.Request write) {
    return Json.read(write.body()).path("Invoices").size();
  }

  /** Look-ups; the question whether numbers are taken is none. */
  private List<Fault.Request> looks() {
    return Fault.since(site.xero, mark, "GET", Fault.BILLS).stream()
        .filter(read -> read.query("InvoiceNumbers") == null)
        .toList();
  }

  private void lookedFor(int atLeast) {
    assertThat(looks()).hasSizeGreaterThanOrEqualTo(atLeast);
  }

  static boolean sameBytes(List<Fault.Request> writes) {
    return writes.stream()
            .map(write -> write.header("Idempotency-Key") + write.body())
            .distinct()
            .count()
        == 1;
  }

  private static void oneBillEach(List<Long> ids) {
    Books.oneBillEach(site, ids);
  }

  /** A dead letter that says what to do, and the same words in Procore. */
  private static void givenUpWithARemedy(long id, String mentions) {
    List<DeadLetter> letters = site.openLetters(id);
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).remedy()).containsIgnoringCase(mentions).isNotBlank();
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () -> {
              JsonNode detail = site.detail(id);
              assertThat(detail.path("status").asText()).isEqualTo("failed");
              assertThat(detail.path("messages").toString())
                  .contains(
                      Json.write(Json.array().add(letters.get(0).remedy()))
                          .replaceAll("^\\[|]$", ""));
            });
    assertThat(site.inProcore(id).path("originId").isNull()).isTrue();
    assertThat(new BigDecimal(site.inProcore(id).path("net").asText())).isPositive();
  }
}
