package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.quickbooksonline.Ids.PROJECT;
import static io.tieback.erp.quickbooksonline.Ids.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Bill;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.Outcomes;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Asked;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a written bill is taken to mean, and how a bill is found again. */
class QuickBooksDeliveryTest {

  private final ScriptedRealm realm = new ScriptedRealm();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  private QuickBooksSingles bills() {
    return new QuickBooksSingles(
        new QuickBooksDocuments(Ids.papers(), realm.calls(), "a bill"), realm.calls(), realm.clock);
  }

  private static Bill invoice() {
    return bill(
        4711,
        VENDOR,
        work("Formwork L1", "10000.00", "03-110.S", null, PROJECT),
        units("Concrete", "12.5", "3.3333", "03-300.M", null, PROJECT),
        held("-1004.17", "2100", PROJECT));
  }

  private static DeliveryBatch batch(Bill bill, Instant firstSentAt, String... former) {
    byte[] body = QuickBooksEnvelope.batchBody(List.of(Ids.papers().bill(bill)));
    return new DeliveryBatch(
        UUID.randomUUID(),
        "key-1",
        body,
        List.of(bill.marker()),
        firstSentAt,
        io.tieback.construction.DocumentKind.INVOICE,
        Set.of(former));
  }

  /** The company's own answer to a bill, changed before it is given or kept. */
  private void answering(Consumer<ObjectNode> change) {
    realm.script(
        asked -> {
          Reply reply = realm.books(asked);
          if (!asked.method().equals("POST")) {
            return reply;
          }
          ObjectNode body = (ObjectNode) Json.read(reply.body());
          ObjectNode bill = (ObjectNode) body.path("Bill");
          change.accept(bill);
          change.accept(realm.record("Bill", bill.path("Id").asText()));
          return new Reply(reply.status(), Json.write(body));
        });
  }

  @Test
  @DisplayName("QBO-INV-01: one document in one call, under a request id made of the stored key")
  void sendsTheDocumentOnce() {
    DeliveryBatch batch = batch(invoice(), null);
    bills().handOver(batch, outcomes);
    assertThat(realm.asked()).hasSize(1);
    Asked post = realm.posted("Bill").get(0);
    assertThat(post.body())
        .isEqualTo(
            new String(
                QuickBooksEnvelope.of(batch).bytes(), java.nio.charset.StandardCharsets.UTF_8));
    assertThat(post.query()).containsEntry("minorversion", "75");
    assertThat(post.query().get("requestid")).hasSize(50);
    bills().handOver(batch, new Outcomes());
    assertThat(realm.posted("Bill").get(1).query().get("requestid"))
        .isEqualTo(post.query().get("requestid"));
    assertThat(outcomes.order()).containsExactly("sending", "known");
    var known = outcomes.known().get(marker(4711));
    assertThat(known.total()).isEqualTo(Money.of("9037.50"));
    String id = known.erpId();
    assertThat(known.lineIds()).containsExactly(id + "|1", id + "|2", id + "|3");
    assertThat(known.erpNumber()).isEqualTo("SC-4711");
    assertThat(known.warnings()).isEmpty();
  }

  @Test
  void sendsNothingWhenAnotherNodeTookTheBatchOver() {
    bills().handOver(batch(invoice(), null), outcomes.takenOver());
    assertThat(realm.asked()).isEmpty();
    assertThat(outcomes.order()).isEmpty();
  }

  @Test
  void aProcessThatStoodStillSendsNothing() {
    outcomes.standingStill(Duration.ofMillis(50), Duration.ofMillis(200));
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(realm.asked()).isEmpty();
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
  }

  @Test
  @DisplayName("QBO-INV-01: a line that breaks after the bill was written leaves exactly one bill")
  void aDropAfterTheCommitGivesOneBill() {
    realm.script(
        asked -> {
          Reply reply = realm.books(asked);
          return asked.method().equals("POST") ? Reply.dropped() : reply;
        });
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(marker(4711)).total()).isEqualTo(Money.of("9037.50"));
    assertThat(realm.all("Bill")).hasSize(1);
  }

  @Test
  @DisplayName("QBO-INV-01: a line that breaks before the bill was written is seen as absent")
  void aDropBeforeTheCommitGivesNone() {
    realm.script(asked -> asked.method().equals("POST") ? Reply.dropped() : realm.books(asked));
    bills().handOver(batch(invoice(), null), outcomes);
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined", "absent");
    realm.script(realm::books);
    bills().handOver(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(realm.all("Bill")).hasSize(1);
  }

  @Test
  @DisplayName("QBO-INV-04: a taken number that is our own bill is that bill, not a refusal")
  void aRepetitionIsRecognised() {
    bills().handOver(batch(invoice(), null), new Outcomes());
    bills().handOver(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    assertThat(realm.all("Bill")).hasSize(1);
  }

  @Test
  @DisplayName("QBO-INV-04: the same number of another supplier does not stand in the way")
  void anotherSuppliersNumberIsAllowed() {
    realm.enter("Bill", "{`VendorRef`:{`value`:`99`},`DocNumber`:`SC-4711`,`Line`:[]}");
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    assertThat(realm.posted("Bill")).hasSize(2);
    assertThat(realm.posted("Bill").get(1).query())
        .containsEntry("include", "allowduplicatedocnum");
    assertThat(realm.all("Bill")).hasSize(2);
  }

  @Test
  @DisplayName("QBO-INV-04: the same number of the same supplier is refused, and says which bill")
  void theSuppliersOwnNumberIsRefused() {
    String id = realm.enter("Bill", "{`VendorRef`:{`value`:`46`},`DocNumber`:`SC-4711`,`Line`:[]}");
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(String.join(" ", outcomes.refused().get(marker(4711))))
        .contains("6140")
        .contains("bill " + id)
        .contains("another ERP number");
    assertThat(realm.all("Bill")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 400})
  @DisplayName("QBO-INV-01: a fault is a refusal in QuickBooks's words, also under status 200")
  void aFaultIsARefusal(int status) {
    realm.script(
        asked ->
            Reply.fault(
                status, "ValidationFault", "6000", "A business validation error", "Period closed"));
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.refused().get(marker(4711)))
        .hasSize(2)
        .contains("A business validation error: Period closed (QuickBooks code 6000)")
        .anyMatch(remedy -> remedy.contains("closed period"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void aServerFaultHasToBeLookedFor(int status) {
    realm.script(asked -> Reply.fault(status, "SystemFault", "10000", "oops", "oops"));
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429})
  void whatWasTurnedAwayWasNotWritten(int status) {
    realm.script(asked -> new Reply(status, "<html>no</html>"));
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "notWritten");
    bills().handOver(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.undetermined()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "null", "{\"Bill\":{\"Doc", "{\"Bill\":{}}", "<html></html>"})
  void anAnswerThatCannotBeReadHasToBeLookedFor(String body) {
    realm.script(asked -> new Reply(200, body));
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    assertThat(outcomes.undetermined().get(0).kind()).isEqualTo(FailureKind.UNKNOWN);
  }

  @Test
  @DisplayName(
      "TB-AMT-05 QBO-INV-01: a figure that QuickBooks changed goes to a person with both figures;"
          + " nothing goes twice")
  void aChangedFigureIsDoubtful() {
    answering(
        bill -> {
          ((ObjectNode) bill.path("Line").get(1)).put("Amount", new BigDecimal("41.66"));
          bill.put("TotalAmt", new BigDecimal("9037.49"));
        });
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.order()).containsExactly("sending", "undetermined");
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.doubtful().get(marker(4711)))
        .hasMessageContaining("stands in QuickBooks")
        .hasMessageContaining("line 2 'Concrete' sent 41.67, in QuickBooks 41.66")
        .hasMessageContaining("total sent 9037.50, in QuickBooks 9037.49");
    assertThat(outcomes.known()).isEmpty();
    // A person corrects it; the next look finds it as it was meant.
    JsonNode bill = realm.all("Bill").get(0);
    ((ObjectNode) bill.path("Line").get(1)).put("Amount", new BigDecimal("41.67"));
    ((ObjectNode) bill).put("TotalAmt", new BigDecimal("9037.50"));
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known()).containsOnlyKeys(marker(4711));
    assertThat(realm.posted("Bill")).hasSize(1);
  }

  @Test
  @DisplayName("TB-AMT-05: a line that QuickBooks dropped is noticed, with its amount")
  void aDroppedLineIsNoticed() {
    answering(
        bill -> {
          ((ArrayNode) bill.path("Line")).remove(2);
          bill.put("TotalAmt", new BigDecimal("10041.67"));
        });
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.undetermined().get(0))
        .hasMessageContaining("line 3 'Retainage held' sent -1004.17, which is not in QuickBooks");
  }

  @Test
  @DisplayName("A project or marker that QuickBooks dropped is remarked on")
  void whatIsDroppedBesidesFiguresIsRemarkedOn() {
    answering(
        bill -> {
          ((ObjectNode) bill.path("Line").get(0).path(QuickBooksLine.ITEM)).remove("CustomerRef");
          bill.remove("PrivateNote");
        });
    bills().handOver(batch(invoice(), null), outcomes);
    assertThat(outcomes.known().get(marker(4711)).warnings())
        .hasSize(2)
        .anyMatch(one -> one.contains("does not bear its marker"))
        .anyMatch(one -> one.contains("line 1 lost its CustomerRef 58"));
  }

  @Test
  @DisplayName("QBO-INV-01: an answer that QuickBooks repeats from memory is not trusted")
  void aRepeatedAnswerOfADeletedBillIsNotTrusted() {
    Map<String, Reply> memory = new ConcurrentHashMap<>();
    realm.script(
        asked ->
            asked.method().equals("POST")
                ? memory.computeIfAbsent(asked.query().get("requestid"), key -> realm.books(asked))
                : realm.books(asked));
    bills().handOver(batch(invoice(), null), new Outcomes());
    realm.delete("Bill", realm.all("Bill").get(0).path("Id").asText());
    bills().handOver(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(realm.all("Bill")).hasSize(1);
    assertThat(outcomes.known().get(marker(4711)).erpId())
        .isEqualTo(realm.all("Bill").get(0).path("Id").asText());
    bills().handOver(batch(invoice(), ScriptedRealm.NOW), new Outcomes());
    assertThat(realm.all("Bill")).hasSize(1);
  }

  @Test
  void aBillWhoseNumberSomebodyCorrectedIsFoundByItsMarker() {
    bills().handOver(batch(invoice(), null), new Outcomes());
    realm.all("Bill").get(0).put("DocNumber", "SC-4711-A");
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(marker(4711)).warnings())
        .containsExactly("DIFFERENCE: DocNumber sent SC-4711, in QuickBooks SC-4711-A");
    String statement = realm.asked().get(realm.asked().size() - 1).query().get("query");
    assertThat(statement).contains("MetaData.CreateTime >= '2026-11-22T09:50:00Z'");
  }

  @Test
  void aTwinWithoutTheMarkerIsForAPerson() {
    realm.enter(
        "Bill", "{`VendorRef`:{`value`:`46`},`DocNumber`:`SC-4711`,`Line`:[{`Amount`:9037.50}]}");
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.doubtful().get(marker(4711)))
        .hasMessageContaining("without the marker")
        .hasMessageContaining("9037.50");
  }

  @Test
  void aVoidedBillThatWasUnlinkedIsPassedOver() {
    bills().handOver(batch(invoice(), null), new Outcomes());
    ObjectNode bill = realm.all("Bill").get(0);
    bill.put("TotalAmt", 0).put("PrivateNote", "Voided - " + bill.path("PrivateNote").asText());
    String id = bill.path("Id").asText();
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW, id), outcomes);
    assertThat(outcomes.absent()).containsExactly(marker(4711));
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(marker(4711)).status()).isEqualTo("Voided");
  }

  @Test
  void aCopyWithTheSameMarkerIsRemarkedOn() {
    bills().handOver(batch(invoice(), null), new Outcomes());
    realm.enter("Bill", Json.write(realm.all("Bill").get(0).deepCopy().without("Id")));
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.known().get(marker(4711)).warnings())
        .singleElement()
        .asString()
        .contains("another bill with the same marker");
  }

  @Test
  void aLookUpThatFailsSaysNothing() {
    realm.script(asked -> new Reply(500, ""));
    bills().lookUp(batch(invoice(), ScriptedRealm.NOW), outcomes);
    assertThat(outcomes.order()).containsExactly("undetermined");
  }
}
