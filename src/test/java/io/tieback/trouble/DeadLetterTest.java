package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.ledger.Audit;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.ItemState;
import io.tieback.trouble.Trouble.CommandLine;
import io.tieback.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

/**
 * An operator and the dead letters, on the command line, beside the running connector and without
 * it.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DeadLetterTest {

  @TempDir static Path folder;
  private static Trouble site;

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
  }

  @Test
  @DisplayName(
      "list, show, replay as it was: it goes out once, and the audit trail says who and when")
  void replaysAsItWas() {
    long id = forbidden(1).get(0);
    DeadLetter letter = site.openLetters(id).get(0);
    assertThat(letters("list"))
        .contains(letter.id() + "  open", "refused", "requisition " + id, "answered 403");
    assertThat(letters("list", "--text", "no such text")).contains("No dead letters.");
    assertThat(letters("show", letter.id()))
        .contains(
            "Dead letter " + letter.id() + ", open",
            "requisition " + id,
            "What         GET",
            "Remedy       Add the project to the permitted projects")
        .contains("\"procore_requisition_id\" : " + id, "-> failed", ", invoice ")
        .doesNotContain(": null\n  }");

    assertThat(letters("replay", letter.id()))
        .contains("Dead letter " + letter.id() + " goes again.", "1 of 1 go again.");
    site.awaitAcknowledged(List.of(id));
    Books.oneBillEach(site, List.of(id));
    assertThat(letters("show", letter.id())).contains(", replayed", "Closed ", " by " + me());
    audited("replay", letter);
    CommandLine.run(
        1,
        "dead-letters",
        "replay",
        Long.toString(letter.id()),
        "--config",
        site.site.configuration().toString());
  }

  @Test
  @DisplayName("replay of many, narrowed by kind: all of them go out, once")
  void replaysMany() {
    List<Long> ids = forbidden(3);
    assertThat(letters("replay", "--all", "--kind", "transient")).contains("0 of 0 go again.");
    assertThat(letters("replay", "--all", "--kind", "refused"))
        .contains("of ")
        .doesNotContain("stays");
    site.awaitAcknowledged(ids);
    Books.oneBillEach(site, ids);
  }

  @Test
  @DisplayName("replay with a corrected payload: the correction is what goes out")
  void replaysCorrected() throws Exception {
    long id = site.withoutDueDate();
    site.accept(List.of(id));
    site.awaitState(ItemState.FAILED, List.of(id));
    DeadLetter letter = site.openLetters(id).get(0);
    assertThat(letter.message()).contains("XR-INV-07");
    ObjectNode payload = (ObjectNode) Json.read(letter.exchange()).path("event");
    payload.withObject("/erp_custom_fields").put("payment_due_date", "2027-01-15");
    Path file = Files.writeString(folder.resolve("corrected.json"), payload.toString());

    assertThat(letters("replay", letter.id(), "--payload", file))
        .contains("goes again with the corrected payload");
    site.awaitAcknowledged(List.of(id));
    Books.oneBillEach(site, List.of(id));
    assertThat(site.bills().get(id).get(0).path("dueDate").asText()).isEqualTo("2027-01-15");
    assertThat(audited("replay with correction", letter).detail()).contains("2027-01-15");
    Files.writeString(file, "no json");
    long other = site.withoutDueDate();
    site.accept(List.of(other));
    site.awaitState(ItemState.FAILED, List.of(other));
    assertThat(
            CommandLine.run(
                1, arguments("replay", site.openLetters(other).get(0).id(), "--payload", file)))
        .contains("is not JSON");
    assertThat(site.openLetters(other)).hasSize(1);
  }

  @Test
  @DisplayName(
      "replay after the supplier's link was corrected in Procore: the bill goes to the right"
          + " supplier; secrets never got into the letter")
  void replaysAfterCorrectingTheSource() {
    long id = site.ofUnknownSupplier();
    site.accept(List.of(id));
    site.awaitState(ItemState.FAILED, List.of(id));
    DeadLetter letter = site.openLetters(id).get(0);
    String shown = letters("show", letter.id());
    for (String text :
        List.of(shown, letter.exchange(), letter.history(), letter.message(), letter.remedy())) {
      assertThat(text).doesNotContain(Trouble.IBAN, Trouble.CARD, "4111111111111111");
    }
    assertThat(shown).contains("Wire to ***", "card ***1111", "\"procore_requisition_id\" : " + id);

    String right = site.seed.erp().seed().at("/organisations/0/contacts/11/contactId").asText();
    long vendor = site.seed.procore().at("/vendors/11/id").asLong();
    Trouble.relink(site.site, "vendor", vendor, "xero:" + Trouble.CONNECTION + ":contact:" + right);
    letters("replay", letter.id());
    site.awaitAcknowledged(List.of(id));
    Books.oneBillEach(site, List.of(id));
    assertThat(site.bills().get(id).get(0).path("contactId").asText()).isEqualTo(right);
    assertThat(site.bills().get(id).get(0).toString())
        .as("what leaves is not masked")
        .contains(Trouble.IBAN);
  }

  @Test
  @DisplayName(
      "discard with a reason: nothing goes out, Procore reads the reason, the audit trail keeps it")
  void discards() {
    long id = forbidden(1).get(0);
    DeadLetter letter = site.openLetters(id).get(0);
    assertThat(CommandLine.run(2, arguments("discard", letter.id())))
        .contains("--reason")
        .hasLineCount(1);
    assertThat(letters("discard", letter.id(), "--reason", "entered by hand"))
        .contains("is discarded");
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(site.detail(id).path("messages").toString())
                    .contains("entered by hand"));
    assertThat(site.state(id)).isEqualTo(ItemState.DISCARDED);
    assertThat(site.bills()).doesNotContainKey(id);
    assertThat(audited("discard", letter).detail()).contains("entered by hand");
    assertThat(letters("list", "--state", "discarded")).contains("requisition " + id);
    assertThat(CommandLine.run(1, arguments("discard", letter.id(), "--reason", "again")))
        .contains("is not open: it was discarded by " + me());
  }

  @Test
  @DisplayName(
      "with the connector stopped: the same commands work, and the next start goes on from there")
  void worksWithoutTheConnector() {
    List<Long> ids = forbidden(2);
    DeadLetter replayed = site.openLetters(ids.get(0)).get(0);
    DeadLetter discarded = site.openLetters(ids.get(1)).get(0);
    site.site.connector().close();
    assertThat(letters("list")).contains("requisition " + ids.get(0), "requisition " + ids.get(1));
    assertThat(letters("replay", replayed.id())).contains("goes again");
    assertThat(letters("discard", discarded.id(), "--reason", "cancelled"))
        .contains("is discarded");
    site.site.restart();
    site.awaitAcknowledged(ids.subList(0, 1));
    Books.oneBillEach(site, ids.subList(0, 1));
    await()
        .atMost(Trouble.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(site.detail(ids.get(1)).path("messages").toString())
                    .contains("cancelled"));
    assertThat(site.bills()).doesNotContainKey(ids.get(1));
    assertThat(site.ledger().audit().verify().intact()).isTrue();
  }

  /** Invoices whose project Tieback may not read for the moment: dead letters. */
  private static List<Long> forbidden(int count) {
    List<Long> ids = site.fresh(count);
    Fault.at(site.procore, "GET", Fault.REQUISITION)
        .forEver()
        .answers(403, Map.of("Content-Type", "application/json"), "{\"errors\":\"Forbidden\"}");
    site.accept(ids);
    site.awaitState(ItemState.FAILED, ids);
    site.calm();
    return ids;
  }

  private static String letters(Object... what) {
    return CommandLine.run(0, arguments(what));
  }

  private static String[] arguments(Object... what) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    for (Object one : what) {
      all.add(one.toString());
    }
    all.add("--config");
    all.add(site.site.configuration().toString());
    return all.toArray(new String[0]);
  }

  private static Audit.Entry audited(String action, DeadLetter letter) {
    Audit.Entry entry = site.ledger().audit().newest(1).get(0);
    assertThat(entry.action()).isEqualTo(action);
    assertThat(entry.subject()).startsWith("dead letter " + letter.id() + " ");
    assertThat(entry.who()).isEqualTo(me());
    assertThat(Duration.between(entry.at(), Instant.now()))
        .isLessThan(Duration.ofMinutes(2))
        .isPositive();
    return entry;
  }

  private static String me() {
    return System.getProperty("user.name");
  }
}
