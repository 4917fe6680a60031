package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.Project;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of invoices on their way to bills and credit notes, from end to end. */
class AttachmentsTest {

  private static final ConnectionId HARBOUR = Site.HARBOUR;
  private static final String SCOPES =
      "offline_access accounting.invoices accounting.payments.read"
          + " accounting.banktransactions.read accounting.contacts accounting.settings";
  private static final byte[] SCAN = everyByte(70_000);
  private static final byte[] NOTE = "Lien waiver, conditional".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;

  private static GreenMail mailbox;
  private static Site site;
  private static final Map<String, Long> INVOICES = new HashMap<>();

  /** A firm with one commitment and these invoices; positive ones unless their name says credit. */
  private static ContractorSeed firm(Map<String, Long> ids, String... numbers) {
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
    int sequence = 1;
    for (String number : numbers) {
      ObjectNode invoice =
          seed.requisition(
              commitment,
              sequence++,
              number,
              "2026-10-01",
              "2026-10-31",
              "2026-10-31",
              "2026-11-30");
      seed.billed(invoice, commitment, line, "contract_item")
          .put("workThisPeriod", number.startsWith("CREDIT") ? "-150.00" : "400.00");
      ids.put(number, invoice.get("id").longValue());
      files(invoice, number);
    }
    return seed;
  }

  private static void files(ObjectNode invoice, String number) {
    switch (number) {
      case "REFUSED" -> {
        file(invoice, "good.pdf", SCAN);
        file(invoice, "plan.dwg", NOTE);
        file(invoice, "50% done.pdf", NOTE);
        file(invoice, "empty.pdf", new byte[0]);
        file(invoice, "GOOD.pdf", NOTE);
        file(invoice, "large.pdf", everyByte(1_000_001));
      }
      case "MANY" -> {
        for (int i = 1; i <= 4; i++) {
          file(invoice, "page " + i + ".pdf", NOTE);
        }
      }
      default -> {
        file(invoice, "Rechnung Nº 3 (März).pdf", SCAN);
        file(invoice, "waiver.txt", NOTE);
      }
    }
  }

  private static void file(ObjectNode invoice, String name, byte[] bytes) {
    invoice
        .withArray("attachments")
        .addObject()
        .put("name", name)
        .put("base64", Base64.getEncoder().encodeToString(bytes));
  }

  private static byte[] everyByte(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @BeforeAll
  static void start() {
    mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mailbox.start();
    site =
        Site.in(folder)
            .with(
                firm(
                    INVOICES, "PLAIN", "CREDIT", "LOST", "LATE", "VOIDED", "REFUSED", "MANY", "OWN",
                    "EXPIRED", "STORAGE"))
            .set(HARBOUR, "invoice.negative", "credit_note")
            .set(HARBOUR, "invoice.attachments", "files")
            .set(HARBOUR, "xero.scopes", SCOPES + " accounting.attachments")
            .set(HARBOUR, "xero.attachments", "3")
            .set(HARBOUR, "xero.attachment-megabytes", "1")
            .set("mail.enabled", "true")
            .set("mail.host", "127.0.0.1")
            .set("mail.port", Integer.toString(mailbox.getSmtp().getPort()))
            .set("mail.security", "none")
            .set("mail.from", "tieback@example.com")
            .set("mail.to", "accounting@example.com")
            .set("poll.notices", "PT0.1S")
            .start();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
    mailbox.stop();
  }

  @Test
  @DisplayName(
      "TB-INV-12: the files of an invoice arrive on its bill, byte for byte and once, also when the"
          + " ledger has forgotten that they went")
  void arrive() {
    long invoice = INVOICES.get("PLAIN");
    site.export(invoice);
    awaitOver(invoice, "done");
    assertThat(files(bill(invoice))).containsExactlyEntriesOf(both());
    assertThat(type(bill(invoice), 0)).isEqualTo("application/pdf");
    assertThat(type(bill(invoice), 1)).isEqualTo("text/plain");
    site.execute(
        "update document_files set state = 'due', due_at = now(), lease_owner = null where"
            + " work_item_id = "
            + site.item(invoice).id());
    site.execute("delete from document_file where work_item_id = " + site.item(invoice).id());
    awaitOver(invoice, "done");
    assertThat(rows(bill(invoice))).as("a forgotten ledger finds them there").hasSize(2);
    assertThat(puts(bill(invoice))).isEqualTo(2);
  }

  @Test
  @DisplayName("TB-INV-12: files of an invoice below zero arrive on its credit note")
  void creditNote() {
    long invoice = INVOICES.get("CREDIT");
    site.export(invoice);
    awaitOver(invoice, "done");
    String note = site.books().creditNotes(invoice).get(0).path("creditNoteId").asText();
    assertThat(files(note)).containsExactlyEntriesOf(both());
  }

  @Test
  @DisplayName("TB-INV-12: the answer to a file is lost; it is found there, and no second is put")
  void lostAnswer() {
    long invoice = INVOICES.get("LOST");
    site.xero().settings(Json.object().put("attachmentSameName", "second"));
    ObjectNode fault = fault("PUT", "/Attachments/Rechnung", Json.object().put("drop", "after"));
    site.xero().post("faults", fault);
    site.export(invoice);
    awaitOver(invoice, "done");
    assertThat(files(bill(invoice))).containsExactlyEntriesOf(both());
    assertThat(rows(bill(invoice))).hasSize(2);
    site.xero().delete("faults");
  }

  @Test
  @DisplayName(
      "TB-INV-12: Xero commits a file after it dropped the line: there is one all the same")
  void lateCommit() {
    long invoice = INVOICES.get("LATE");
    ObjectNode late = Json.object();
    late.putObject("lateCommit").put("delayMillis", 800);
    site.xero().post("faults", fault("PUT", "/Attachments/Rechnung", late));
    site.export(invoice);
    awaitOver(invoice, "done");
    assertThat(rows(bill(invoice))).hasSize(2);
    site.xero().delete("faults");
  }

  @Test
  @DisplayName(
      "TB-INV-12: a bill that was voided before its files went gets none; a mail says so, and the"
          + " invoice stays as it is")
  void voided() throws Exception {
    long invoice = INVOICES.get("VOIDED");
    // The bill's list of files cannot be read until it is voided.
    site.xero().post("faults", fault("GET", "/Attachments$", answer(503)).put("count", -1));
    site.export(invoice);
    assertThat(rows(bill(invoice))).isEmpty();
    new Accountant(site).change(bill(invoice), Json.object().put("Status", "VOIDED"));
    site.xero().delete("faults");
    awaitOver(invoice, "failed");
    assertThat(rows(bill(invoice))).isEmpty();
    assertThat(mail(invoice)).contains("waiver.txt", "VOIDED", "The invoice itself is written");
    assertThat(site.item(invoice).state()).isEqualTo(ItemState.ACKNOWLEDGED);
  }

  @Test
  @DisplayName(
      "TB-INV-12: files of another kind, of a name that Xero refuses, empty, too large or of the"
          + " same name stay behind, each with its reason and remedy in one mail; the good one"
          + " goes")
  void refused() throws Exception {
    long invoice = INVOICES.get("REFUSED");
    site.export(invoice);
    awaitOver(invoice, "failed");
    assertThat(files(bill(invoice))).containsOnlyKeys("good.pdf");
    assertThat(mail(invoice))
        .contains("5 of its files did not go along")
        .contains("plan.dwg: its ending 'dwg'")
        .contains("50% done.pdf: its name holds %")
        .contains("empty.pdf: it is empty")
        .contains("GOOD.pdf: another file of the invoice has the same name")
        .contains("large.pdf: ")
        .contains("more than 1000000 bytes")
        .contains("by hand")
        .doesNotContain("signature=");
    assertThat(mails(invoice)).hasSize(1);
    assertThat(site.books().erpStatus(invoice)).isEqualTo("synced");
  }

  @Test
  @DisplayName("TB-INV-12: files beyond what one document holds stay behind, and are told")
  void tooMany() throws Exception {
    long invoice = INVOICES.get("MANY");
    site.export(invoice);
    awaitOver(invoice, "failed");
    assertThat(files(bill(invoice))).containsOnlyKeys("page 1.pdf", "page 2.pdf", "page 3.pdf");
    assertThat(mail(invoice)).contains("page 4.pdf: the document has 3 files; 3 are the most");
  }

  @Test
  @DisplayName(
      "TB-INV-12: an address of Procore's own gets the token and leads on to a storage, which does"
          + " not get it")
  void ownAddress() {
    long invoice = INVOICES.get("OWN");
    site.procore().settings(Json.object().put("attachmentUrls", "own"));
    try {
      site.export(invoice);
      awaitOver(invoice, "done");
      assertThat(files(bill(invoice))).containsExactlyEntriesOf(both());
      for (JsonNode request :
          requests(site.procore().get("requests?limit=100000&path=/storage/"))) {
        assertThat(request.path("headers").toString().toLowerCase(java.util.Locale.ROOT))
            .doesNotContain("authorization", "procore-company-id");
      }
    } finally {
      site.procore().settings(Json.object().put("attachmentUrls", "storage"));
    }
  }

  @Test
  @DisplayName("TB-INV-12: an address that expired is read anew, and the file goes")
  void expired() {
    long invoice = INVOICES.get("EXPIRED");
    site.procore().settings(Json.object().put("attachmentUrlSeconds", -10));
    site.export(invoice);
    Site.until(
        "an expired address was tried",
        () ->
            site.count(
                    "select count(*) from document_files where attempts > 0 and work_item_id = "
                        + site.item(invoice).id())
                == 1);
    site.procore().settings(Json.object().put("attachmentUrlSeconds", 3600));
    awaitOver(invoice, "done");
    assertThat(files(bill(invoice))).containsExactlyEntriesOf(both());
  }

  @Test
  @DisplayName(
      "TB-INV-12: without the right to files invoices go on and the connection is not paused;"
          + " doctor names the scope; with the right the files go by themselves")
  void withoutTheRight(@TempDir Path elsewhere) {
    Map<String, Long> ids = new HashMap<>();
    try (Site other =
        Site.in(elsewhere)
            .with(firm(ids, "FIRST", "SECOND"))
            .set(HARBOUR, "invoice.attachments", "files")
            .start()) {
      other.export(ids.get("FIRST"));
      Site.until(
          "the files rest",
          () -> other.count("select count(*) from document_files where message like '%403%'") == 1);
      other.export(ids.get("SECOND"));
      assertThat(other.ledger().connections().get(HARBOUR).orElseThrow().pausedAt()).isNull();
      assertThat(other.count("select count(*) from document_file")).isZero();
      CommandRun doctor = CommandRun.of("doctor", "--config", other.configuration().toString());
      assertThat(doctor.code()).isNotZero();
      assertThat(doctor.out()).contains("Right to attach files", "accounting.attachments");
    }
  }

  @Test
  @DisplayName("TB-INV-12: with the setting off nothing is asked and nothing attached")
  void off(@TempDir Path elsewhere) {
    Map<String, Long> ids = new HashMap<>();
    try (Site other = Site.in(elsewhere).with(firm(ids, "FIRST")).start()) {
      other.export(ids.get("FIRST"));
      assertThat(other.count("select count(*) from document_files")).isZero();
      assertThat(requests(other.xero().get("requests?limit=100000&path=Attachments"))).isEmpty();
      assertThat(requests(other.procore().get("requests?limit=100000&path=/storage/"))).isEmpty();
      assertThat(other.deployment().tally().byName())
          .doesNotContainKeys("procore.list-files", "procore.download-file");
    }
  }

  private static Map<String, byte[]> both() {
    Map<String, byte[]> both = new java.util.LinkedHashMap<>();
    both.put("Rechnung Nº 3 (März).pdf", SCAN);
    both.put("waiver.txt", NOTE);
    return both;
  }

  private static String bill(long invoice) {
    return site.books().bill(invoice).path("invoiceId").asText();
  }

  private static List<JsonNode> rows(String document) {
    return requests(site.xero().get("attachments/" + document), "attachments");
  }

  private static Map<String, byte[]> files(String document) {
    Map<String, byte[]> files = new java.util.LinkedHashMap<>();
    rows(document)
        .forEach(
            row ->
                files.put(
                    row.path("fileName").asText(),
                    Base64.getDecoder().decode(row.path("base64").asText())));
    return files;
  }

  private static String type(String document, int position) {
    return rows(document).get(position).path("contentType").asText();
  }

  private static long puts(String document) {
    return requests(site.xero().get("requests?limit=100000&path=" + document + "/Attachments/"))
        .stream()
        .filter(request -> request.path("method").asText().equals("PUT"))
        .count();
  }

  private static List<JsonNode> requests(JsonNode page) {
    return requests(page, "requests");
  }

  private static List<JsonNode> requests(JsonNode page, String name) {
    List<JsonNode> all = new ArrayList<>();
    ((ArrayNode) page.path(name)).forEach(all::add);
    return all;
  }

  private static ObjectNode fault(String method, String path, ObjectNode effect) {
    ObjectNode fault = Json.object();
    fault.putObject("match").put("method", method).put("path", path);
    fault.set("effect", effect);
    return fault;
  }

  private static ObjectNode answer(int status) {
    ObjectNode effect = Json.object();
    effect.putObject("answer").put("status", status);
    return effect;
  }

  private static void awaitOver(long invoice, String state) {
    Site.until(
        "the files of invoice " + invoice + " are " + state,
        () ->
            site.count(
                    "select count(*) from document_files where state = '"
                        + state
                        + "' and work_item_id = "
                        + site.item(invoice).id())
                == 1);
  }

  private static List<MimeMessage> mails(long invoice) {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage mail : mailbox.getReceivedMessages()) {
      try {
        if (mail.getSubject().contains("(requisition " + invoice + ")")) {
          found.add(mail);
        }
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  private static String mail(long invoice) {
    Site.until("a mail about invoice " + invoice, () -> !mails(invoice).isEmpty());
    return MailText.plain(mails(invoice).get(0));
  }
}
