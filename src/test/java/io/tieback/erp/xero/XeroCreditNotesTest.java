package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.held;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.units;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.xero.XeroCompany.SUPPLIER;
import static io.tieback.erp.xero.XeroCompany.TOWER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invoices below zero, over HTTP into the stand-in's books. */
class XeroCreditNotesTest {

  private static final String LIST = "/api.xro/2.0/CreditNotes";

  private final XeroCompany xero = new XeroCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    xero.close();
  }

  @Test
  @DisplayName(
      "TB-INV-11: an invoice below zero becomes a credit note over the same amount, every line with"
          + " the opposite sign, quantities and prices above zero, the address in a line without an"
          + " amount")
  void becomesACreditNote() {
    Bill bill =
        bill(
            7,
            SUPPLIER,
            work("Formwork L1", "-1000.10", "03-110.S", null, TOWER),
            units("Formwork material", "-12.5", "3.3333", "03-110.M", "500", TOWER),
            work("Extra", "20.00", "03-110.S", null, TOWER),
            held("-2.00", "815", TOWER));
    handOver(batch(null, bill));
    JsonNode note = only();
    assertThat(note.path("number").asText()).isEqualTo("SC-7");
    assertThat(note.path("status").asText()).isEqualTo("AUTHORISED");
    assertThat(note.path("contactId").asText()).isEqualTo(SUPPLIER);
    assertThat(money(note, "total")).isEqualTo(bill.total().negated());
    assertThat(lines(note))
        .containsExactly(
            "Formwork L1 1 x 1000.10 = 1000.10",
            "Formwork material 12.5 x 3.3333 = 41.67",
            "Extra 1 x -20.00 = -20.00",
            "Retainage held 1 x 2.00 = 2.00",
            "Subcontractor invoice in Procore: " + marker(7) + " without amount");
    assertThat(outcomes.known().get(marker(7)))
        .satisfies(
            written -> {
              assertThat(written.total()).as("signed as the invoice").isEqualTo(bill.total());
              assertThat(written.erpId()).isEqualTo(note.path("creditNoteId").asText());
              assertThat(written.lineIds()).hasSize(4);
              assertThat(written.warnings()).isEmpty();
            });
    assertThat(xero.books()).as("no bill").isEmpty();
  }

  @Test
  @DisplayName(
      "TB-INV-11: any invoice keeps its cents: the bill or credit note that the books hold comes to"
          + " its net, and never below zero")
  void keepsEveryCent() {
    Random random = new Random(20261122);
    List<Bill> bills = new ArrayList<>();
    for (long id = 1; id <= 50; id++) {
      BillLine[] lines = new BillLine[1 + random.nextInt(5)];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = line(random);
      }
      Bill bill = bill(id, SUPPLIER, lines);
      if (!bill.total().isZero()) {
        bills.add(bill);
      }
    }
    DeliveryBatch batch = batch(null, bills.toArray(Bill[]::new));
    handOver(batch);
    assertThat(outcomes.refused()).isEmpty();
    assertThat(outcomes.known()).hasSize(bills.size());
    bills.forEach(
        bill -> assertThat(outcomes.known().get(bill.marker()).total()).isEqualTo(bill.total()));
    Money credits = sum(bills.stream().filter(Bill::isCredit).map(Bill::total).toList());
    Money debits = sum(bills.stream().filter(b -> !b.isCredit()).map(Bill::total).toList());
    assertThat(sum(notes().stream().map(note -> money(note, "total")).toList()))
        .isEqualTo(credits.negated());
    assertThat(sum(xero.books().stream().map(booked -> booked.total()).toList())).isEqualTo(debits);
    assertThat(credits.isNegative()).isTrue();
    assertThat(debits.isNegative()).isFalse();
    assertThat(outcomes.known().values()).allMatch(written -> written.warnings().isEmpty());
    // Found again, each under its own kind.
    Outcomes again = new Outcomes();
    xero.adapter().lookUp(sent(batch), again);
    assertThat(again.known().keySet()).isEqualTo(outcomes.known().keySet());
    again
        .known()
        .forEach(
            (marker, written) ->
                assertThat(written.erpId()).isEqualTo(outcomes.known().get(marker).erpId()));
  }

  @Test
  @DisplayName(
      "TB-INV-11: bills and credit notes of one batch go in one call each, under keys of their own,"
          + " and 'sending' is said once")
  void oneCallForEachKind() {
    handOver(batch(null, xero.good(1), credit(2), xero.good(3), credit(4)));
    assertThat(outcomes.order()).containsExactly("sending", "known", "known", "known", "known");
    assertThat(xero.requests("PUT /api.xro/2.0/Invoices")).isEqualTo(1);
    assertThat(xero.requests("PUT " + LIST)).isEqualTo(1);
    assertThat(xero.books()).hasSize(2);
    assertThat(notes()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'drop':'after'}", "{'malformed':true}"})
  @DisplayName(
      "TB-INV-11: a credit note whose answer is lost is found by its line and not written again")
  void isFoundWhenTheAnswerIsLost(String effect) {
    fault(effect);
    DeliveryBatch batch = batch(null, xero.good(1), credit(2));
    handOver(batch);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(outcomes.undetermined()).hasSize(1);
    assertThat(notes()).hasSize(1);
    Outcomes looked = new Outcomes();
    xero.adapter().lookUp(sent(batch), looked);
    assertThat(looked.known()).containsOnlyKeys(marker(1), marker(2));
    assertThat(looked.absent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'drop':'before'}",
        "{'answer':{'status':429,'headers':{'Retry-After':'26'}}}",
        "{'answer':{'status':503}}"
      })
  @DisplayName(
      "TB-INV-11: credit notes that are kept back after the bills were written are never called"
          + " 'not written': they are looked for, and are absent")
  void keptBackAfterTheBills(String effect) {
    fault(effect);
    DeliveryBatch batch = batch(null, xero.good(1), credit(2));
    handOver(batch);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(outcomes.notWritten()).isEmpty();
    assertThat(outcomes.undetermined()).hasSize(1);
    Outcomes looked = new Outcomes();
    xero.adapter().lookUp(sent(batch), looked);
    assertThat(looked.known()).containsOnlyKeys(marker(1));
    assertThat(looked.absent()).containsExactly(marker(2));
  }

  @Test
  @DisplayName("TB-INV-11: a credit note that Xero refuses fails alone, with Xero's words")
  void refusedAlone() {
    Bill archived =
        bill(2, XeroCompany.ARCHIVED_SUPPLIER, work("Formwork", "-5.00", "03-110.S", null, TOWER));
    handOver(batch(null, archived, credit(3)));
    assertThat(outcomes.refused()).containsOnlyKeys(marker(2));
    assertThat(outcomes.known()).containsOnlyKeys(marker(3));
  }

  @Test
  @DisplayName(
      "TB-INV-11: a credit note with the same supplier, number and total whose line was rewritten"
          + " is put before a person")
  void aTwin() {
    DeliveryBatch batch = batch(null, credit(2));
    fault("{'drop':'before'}");
    handOver(batch);
    DeliveryBatch other = batch(null, rewritten(credit(2)));
    handOver(other);
    Outcomes looked = new Outcomes();
    xero.adapter().lookUp(sent(batch), looked);
    assertThat(looked.absent()).isEmpty();
    assertThat(looked.doubtful()).containsOnlyKeys(marker(2));
    assertThat(looked.doubtful().get(marker(2)))
        .hasMessageContaining("credit note")
        .hasMessageContaining("100.00");
    assertThat(looked.doubtful().get(marker(2)).remedy()).contains(marker(2));
  }

  @Test
  @DisplayName(
      "TB-INV-11: a credit note whose lines come without ids (uncertain in Xero) is known without a"
          + " difference")
  void linesWithoutIds() throws Exception {
    DeliveryBatch batch = batch(null, credit(2));
    SentBill sent = SentBill.parts(batch).get(0).documents().get(marker(2));
    ObjectNode shown = (ObjectNode) Json.read(credit(2, "'CreditNoteID':'n-1','Total':100.00"));
    WrittenDocument written = XeroComparison.written(sent, shown);
    assertThat(written.warnings()).isEmpty();
    assertThat(written.lineIds()).isEmpty();
    assertThat(written.erpId()).isEqualTo("n-1");
  }

  // ---- helpers

  private static byte[] credit(long requisition, String more) {
    return ("{"
            + more
            + ",'CreditNoteNumber':'SC-"
            + requisition
            + "','Status':'AUTHORISED','LineItems':[{'Description':'Formwork"
            + " L1','LineAmount':100.00,'ItemCode':'03-110.S','Tracking':[{'TrackingOptionID':'"
            + TOWER
            + "'}]}]}")
        .replace('\'', '"')
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Bill credit(long requisition) {
    return bill(requisition, SUPPLIER, work("Formwork L1", "-100.00", "03-110.S", null, TOWER));
  }

  private static Bill rewritten(Bill bill) {
    return new Bill(
        bill.marker().replace("https://app.procore.com", "https://rewritten.example"),
        bill.procoreId(),
        bill.contactKey(),
        bill.number(),
        bill.date(),
        bill.dueDate(),
        bill.currency(),
        bill.lines(),
        bill.total(),
        bill.notes());
  }

  private static BillLine line(Random random) {
    if (random.nextInt(3) == 0) {
      return units(
          "By the piece",
          BigDecimal.valueOf(random.nextInt(200_000) - 100_000, 4).toPlainString(),
          BigDecimal.valueOf(1 + random.nextInt(900_000), 4).toPlainString(),
          "03-110.M",
          "500",
          TOWER);
    }
    return work(
        "Amount",
        BigDecimal.valueOf(random.nextInt(200_000) - 100_000, 2).toPlainString(),
        "03-110.S",
        null,
        TOWER);
  }

  private void fault(String effect) {
    xero.control(
        "POST",
        "faults",
        "{'match':{'method':'PUT','path':'" + LIST + "'},'effect':" + effect + "}");
  }

  private void handOver(DeliveryBatch batch) {
    xero.adapter().handOver(batch, outcomes);
  }

  private DeliveryBatch batch(Instant firstSentAt, Bill... bills) {
    List<ErpDocument> documents = Arrays.stream(bills).map(xero.adapter()::render).toList();
    UUID id = UUID.randomUUID();
    return new DeliveryBatch(
        id,
        "key-" + id,
        xero.adapter().batchBody(documents),
        documents.stream().map(ErpDocument::marker).toList(),
        firstSentAt);
  }

  private static DeliveryBatch sent(DeliveryBatch batch) {
    return new DeliveryBatch(
        batch.id(),
        batch.idempotencyKey(),
        batch.body(),
        batch.markers(),
        Instant.now().minusSeconds(60));
  }

  private List<JsonNode> notes() {
    JsonNode books = xero.control("GET", "books?tenantId=" + XeroCompany.TENANT, null);
    return StreamSupport.stream(books.path("creditNotes").spliterator(), false).toList();
  }

  private JsonNode only() {
    assertThat(notes()).hasSize(1);
    return notes().get(0);
  }

  private static List<String> lines(JsonNode note) {
    List<String> lines = new ArrayList<>();
    for (JsonNode line : note.path("lines")) {
      lines.add(
          line.path("description").asText()
              + (line.path("lineAmount").isNumber()
                  ? " "
                      + line.path("quantity").decimalValue().stripTrailingZeros().toPlainString()
                      + " x "
                      + shortest(line.path("unitAmount").decimalValue())
                      + " = "
                      + money(line, "lineAmount")
                  : " without amount"));
    }
    return lines;
  }

  private static String shortest(BigDecimal price) {
    BigDecimal stripped = price.stripTrailingZeros();
    return (stripped.scale() < 2 ? stripped.setScale(2) : stripped).toPlainString();
  }

  private static Money money(JsonNode node, String field) {
    return new Money(node.path(field).decimalValue());
  }

  private static Money sum(List<Money> amounts) {
    return Money.sum(amounts);
  }

  /** The bytes of a batch with both kinds are one line a call. */
  @Test
  void theJournalHoldsOneLineForEachCall() {
    DeliveryBatch batch = batch(null, credit(2), xero.good(1));
    assertThat(new String(batch.body(), StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .satisfiesExactly(
            bills -> assertThat(bills).startsWith("{\"Invoices\":[{\"Type\":\"ACCPAY\""),
            notes -> assertThat(notes).startsWith("{\"CreditNotes\":[{\"Type\":\"ACCPAYCREDIT\""));
  }
}
