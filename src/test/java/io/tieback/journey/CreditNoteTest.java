package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invoices below zero as credit notes, and numbers that are taken already, from end to end. */
class CreditNoteTest {

  private static final ConnectionId HARBOUR = Site.HARBOUR;

  @TempDir static Path folder;

  private static Site site;
  private static final Map<String, Long> INVOICES = new HashMap<>();

  @BeforeAll
  static void start() {
    ContractorSeed seed =
        new ContractorSeed(HARBOUR, Site.COMPANY, "Quay Contractors", Site.REDIRECT);
    long type = seed.costType("S", "Subcontract", "commitment");
    seed.item("03-110", "S", "Formwork - Subcontract");
    Project project =
        seed.project("2026-014", "Harbour Tower", new String[] {"03-110", "Formwork"});
    long vendor = seed.vendor("Pacific Concrete Co");
    ObjectNode commitment =
        seed.commitment(project, vendor, "WorkOrderContract", "SC-0007", "Formwork", "amount");
    long line =
        seed.line(
            commitment, project, "03-110", type, "Formwork level 1", "120000.00", null, null, null);
    int number = 1;
    for (String[] invoice :
        new String[][] {
          {"BILL-1", "40000.00", "4000.00"},
          {"CREDIT-1", "-1500.00", "-150.00"},
          {"CREDIT-2", "-1.01", "0.00"},
          {"TAKEN-1", "2000.00", "200.00"},
          {"OTHER-1", "2500.00", "0.00"},
          {"OTHER-2", "2600.00", "0.00"},
          {"RESTORED-1", "3000.00", "0.00"},
          {"BILL-2", "700.00", "0.00"},
          {"CREDIT-3", "-70.00", "0.00"},
        }) {
      ObjectNode requisition =
          seed.requisition(
              commitment,
              number++,
              invoice[0],
              "2026-10-01",
              "2026-10-31",
              "2026-10-31",
              "2026-11-30");
      seed.billed(requisition, commitment, line, "contract_item")
          .put("workThisPeriod", invoice[1])
          .put("workRetained", invoice[2]);
      INVOICES.put(invoice[0], requisition.get("id").longValue());
    }
    site = Site.in(folder).with(seed).set(HARBOUR, "invoice.negative", "credit_note").start();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "TB-INV-11: a negative invoice goes as a credit note beside the bills; Procore is told, with"
          + " an origin id of its own kind; the books agree to the cent")
  void goesAsACreditNote() {
    long bill = INVOICES.get("BILL-1");
    long credit = INVOICES.get("CREDIT-1");
    site.send(bill, credit);
    site.acceptTogether(bill, credit);
    site.awaitState(ItemState.ACKNOWLEDGED, bill, credit);
    Books books = site.books();
    assertThat(books.bill(bill).path("total").decimalValue()).isEqualByComparingTo("36000.00");
    assertThat(books.bills(credit)).isEmpty();
    assertThat(books.creditNotes(credit))
        .singleElement()
        .satisfies(
            note -> {
              assertThat(note.path("total").decimalValue()).isEqualByComparingTo("1350.00");
              assertThat(note.path("number").asText()).isEqualTo("CREDIT-1");
              assertThat(note.path("status").asText()).isEqualTo("AUTHORISED");
              assertThat(books.requisition(credit).path("originId").asText())
                  .isEqualTo("xero:harbour:credit_note:" + note.path("creditNoteId").asText());
            });
    assertThat(books.erpStatus(credit)).isEqualTo("synced");
    assertThat(books.details(credit))
        .extracting(d -> d.path("status").asText())
        .containsOnly("success");
    assertThat(site.item(credit).amount().toString()).isEqualTo("-1350.00");

    // GEN-INV-06: neither of the two comes back as a cost.
    assertThat(site.deployment().jobCosts().sync(HARBOUR).documents()).isPositive();
    assertThat(
            site.ledger()
                .jobCosts()
                .list(HARBOUR, List.of("planned", "sent", "known", "unknown", "failed"), 100))
        .isEmpty();
  }

  @Test
  @DisplayName("TB-INV-11: the answer to a credit note is lost; it is found and there is one")
  void oneCreditNoteWhenTheAnswerIsLost() {
    long credit = INVOICES.get("CREDIT-2");
    ObjectNode fault = Json.object();
    fault.putObject("match").put("method", "PUT").put("path", "/CreditNotes$");
    fault.putObject("effect").put("drop", "after");
    site.xero().post("faults", fault);
    site.export(credit);
    assertThat(site.books().creditNotes(credit)).hasSize(1);
    assertThat(site.books().erpStatus(credit)).isEqualTo("synced");
  }

  @Test
  @DisplayName(
      "TB-INV-11: the line drops between the bills and the credit notes of a batch: each is written"
          + " once")
  void oneOfEachWhenTheLineDropsInBetween() {
    long bill = INVOICES.get("BILL-2");
    long credit = INVOICES.get("CREDIT-3");
    ObjectNode fault = Json.object();
    fault.putObject("match").put("method", "PUT").put("path", "/CreditNotes$");
    fault.putObject("effect").put("drop", "before");
    site.xero().post("faults", fault);
    site.send(bill, credit);
    site.acceptTogether(bill, credit);
    site.awaitState(ItemState.ACKNOWLEDGED, bill, credit);
    assertThat(site.books().bills(bill)).hasSize(1);
    assertThat(site.books().creditNotes(credit)).hasSize(1);
  }

  @Test
  @DisplayName(
      "TB-INV-10: a number that somebody's bill of the same supplier bears is refused before"
          + " anything is sent; voided there and replayed, the invoice goes; one question serves"
          + " all that were accepted together")
  void aTakenNumber() {
    long taken = INVOICES.get("TAKEN-1");
    long other = INVOICES.get("OTHER-1");
    long another = INVOICES.get("OTHER-2");
    Accountant accountant = new Accountant(site);
    JsonNode typed =
        accountant.bill(
            site.seed().erp().seed().at("/organisations/0/contacts/0/contactId").asText(),
            "TAKEN-1",
            "1.00");
    String id = typed.path("InvoiceID").asText();
    int before = questions();
    site.send(taken, other, another);
    site.acceptTogether(taken, other, another);
    site.awaitState(ItemState.ACKNOWLEDGED, other, another);
    site.awaitState(ItemState.FAILED, taken);
    assertThat(questions() - before).isEqualTo(1);
    Site.until(
        "Procore is answered", () -> site.books().erpStatus(taken).equals("failed_to_export"));
    assertThat(site.books().details(taken).get(0).path("messages").toString())
        .contains("TB-INV-10", "TAKEN-1", id, "void it");
    assertThat(site.books().bills(taken)).isEmpty();

    accountant.change(id, Json.object().put("Status", "VOIDED"));
    DeadLetter letter =
        site
            .ledger()
            .deadLetters()
            .list(new DeadLetters.Filter(HARBOUR, "open", null, 100))
            .stream()
            .filter(one -> one.key().contains(Long.toString(taken)))
            .findFirst()
            .orElseThrow();
    site.ledger().replays().replay(letter.id(), "bookkeeper");
    site.awaitState(ItemState.ACKNOWLEDGED, taken);
    assertThat(site.books().bill(taken).path("total").decimalValue())
        .isEqualByComparingTo("1800.00");
  }

  @Test
  @DisplayName(
      "TB-INV-10: a bill of ours that the ledger has forgotten, as after a restored backup, is"
          + " found under its address and not written again")
  void aForgottenBill() {
    long invoice = INVOICES.get("RESTORED-1");
    site.export(invoice);
    String id = site.books().bill(invoice).path("invoiceId").asText();
    site.execute(
        "update work_item set state = 'staged', round = round + 1, erp_id = null, erp_number ="
            + " null, known_at = null, acknowledged_at = null, origins_written_at = null, batch_id"
            + " = null, due_at = now() where procore_id = "
            + invoice);
    site.awaitState(ItemState.ACKNOWLEDGED, invoice);
    assertThat(site.books().bill(invoice).path("invoiceId").asText()).isEqualTo(id);
    assertThat(site.item(invoice).erpId()).isEqualTo(id);
  }

  /** How often Xero was asked which numbers are taken. */
  private static int questions() {
    return (int)
        StreamSupport.stream(
                site.xero()
                    .get("requests?limit=100000&path=/Invoices")
                    .path("requests")
                    .spliterator(),
                false)
            .filter(request -> request.path("query").has("InvoiceNumbers"))
            .count();
  }
}
