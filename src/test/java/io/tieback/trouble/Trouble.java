package io.tieback.trouble;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tieback.command.Tieback;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.GeneratedContractor;
import io.tieback.command.seed.SandboxControl;
import io.tieback.construction.ConnectionId;
import io.tieback.journey.MailText;
import io.tieback.journey.Site;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A contractor of twelve commitments with ten invoices each, both stand-ins, PostgreSQL and the
 * running connector, for tests in which things go wrong. The invoices of commitment 9 have no due
 * date; the supplier of commitment 10 is archived in Xero, that of commitment 11 is unknown there.
 */
final class Trouble implements AutoCloseable {

  static final ConnectionId CONNECTION = new ConnectionId("harbour");
  static final long COMPANY = 7001;
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration SETTLE = Duration.ofMillis(1500);

  static final String UNKNOWN_CONTACT = "00000000-dead-4bad-8bad-000000000404";

  /** Numbers that somebody typed into the invoices of the unknown supplier. */
  static final String IBAN = "DE89 3704 0044 0532 0130 00";

  static final String CARD = "4111 1111 1111 1111";

  private static final int INVOICES = 120;
  private static final int A_COMMITMENT = 10;
  private static final int SOUND_COMMITMENTS = 9;

  final Site site;
  final SandboxControl procore;
  final SandboxControl xero;
  final ContractorSeed seed;
  private final GreenMail mail;
  private final int[] taken = new int[INVOICES / A_COMMITMENT];
  private int turn;

  /** Everything started and signed in; further settings as name, value, name, value. */
  static Trouble start(Path folder, String... settings) {
    ContractorSeed seed =
        GeneratedContractor.seed(CONNECTION, COMPANY, Site.REDIRECT, INVOICES, 4711);
    spoilSuppliers(seed);
    GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    mail.start();
    Site.Plan plan =
        Site.in(folder)
            .with(seed)
            .set("retry.attempts", "4")
            .set("retry.longest-delay", "PT1S")
            .set("poll.housekeeping", "PT0.5S");
    plan.set("mail.enabled", "true")
        .set("mail.host", "127.0.0.1")
        .set("mail.port", Integer.toString(mail.getSmtp().getPort()))
        .set("mail.security", "none");
    // Each failure by a mail of its own, at once: tests ask for them one by one.
    plan.set("mail.failure-window", "PT0S");
    plan.set("mail.from", "tieback@example.com").set("mail.to", "books@example.com");
    for (int i = 0; i < settings.length; i += 2) {
      plan.set(settings[i], settings[i + 1]);
    }
    return new Trouble(plan.start(), seed, mail);
  }

  private Trouble(Site site, ContractorSeed seed, GreenMail mail) {
    this.mail = mail;
    this.site = site;
    this.seed = seed;
    this.procore = site.procore();
    this.xero = site.xero();
    calm();
  }

  private static void spoilSuppliers(ContractorSeed seed) {
    ObjectNode archived = (ObjectNode) seed.erp().seed().at("/organisations/0/contacts/10");
    archived.put("status", "ARCHIVED");
    ObjectNode unknown = (ObjectNode) seed.procore().at("/vendors/11");
    unknown.put(
        "originId",
        unknown
            .get("originId")
            .textValue()
            .replaceFirst("contact:.*", "contact:" + UNKNOWN_CONTACT));
    for (int invoice = 9 * A_COMMITMENT; invoice < 10 * A_COMMITMENT; invoice++) {
      ((ObjectNode) seed.procore().at("/requisitions/" + invoice)).remove("dueDate");
    }
    for (int invoice = 11 * A_COMMITMENT; invoice < INVOICES; invoice++) {
      ((ObjectNode) seed.procore().at("/requisitions/" + invoice + "/lines/0"))
          .put("description", "Wire to " + IBAN + ", card " + CARD);
    }
  }

  Ledger ledger() {
    return site.ledger();
  }

  /** Ends every fault and puts switches and clocks back. */
  void calm() {
    for (SandboxControl each : List.of(procore, xero)) {
      each.delete("faults");
      each.delete("clock");
    }
    procore.settings(
        Json.object()
            .put("rateLimitsOn", false)
            .put("detailIdPlacement", "element")
            .put("webhooksEnabled", true)
            .putNull("ackRefuse"));
    xero.settings(Json.object().put("reverseBatchAnswers", false));
    site.withoutLimits();
  }

  /**
   * Invoices that nobody used yet, of sound suppliers: each of another commitment than the one
   * before.
   */
  List<Long> fresh(int count) {
    List<Long> ids = new ArrayList<>();
    while (ids.size() < count) {
      ids.add(of(turn++ % SOUND_COMMITMENTS));
    }
    return ids;
  }

  long withoutDueDate() {
    return of(9);
  }

  long ofArchivedSupplier() {
    return of(10);
  }

  long ofUnknownSupplier() {
    return of(11);
  }

  private long of(int commitment) {
    return seed.requisitionIds().get(commitment * A_COMMITMENT + taken[commitment]++);
  }

  /** Sends and accepts them in Procore, all in one event. */
  void accept(List<Long> ids) {
    ObjectNode body = Json.object();
    ArrayNode list = body.putArray("requisitionIds");
    ids.forEach(list::add);
    procore.post("send", body);
    procore.post("accept", body.deepCopy().put("oneEvent", true));
  }

  void acceptAgain(long id) {
    ObjectNode body = Json.object().put("oneEvent", true);
    body.putArray("requisitionIds").add(id);
    procore.post("accept", body);
  }

  WorkItem item(long requisition) {
    return ledger().workItems().find(CONNECTION, WorkItem.REQUISITION, requisition).orElseThrow();
  }

  ItemState state(long requisition) {
    return ledger()
        .workItems()
        .find(CONNECTION, WorkItem.REQUISITION, requisition)
        .map(WorkItem::state)
        .orElse(null);
  }

  void awaitState(ItemState wanted, List<Long> ids) {
    await(ids + " are " + wanted)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              for (long id : ids) {
                org.assertj.core.api.Assertions.assertThat(state(id))
                    .as("state of %s", id)
                    .isEqualTo(wanted);
              }
            });
  }

  void awaitAcknowledged(List<Long> ids) {
    awaitState(ItemState.ACKNOWLEDGED, ids);
  }

  /** Bills in Xero by the requisition in their address; several where there are duplicates. */
  Map<Long, List<JsonNode>> bills() {
    return StreamSupport.stream(
            xero.get("books?tenantId=" + seed.tenantId()).path("bills").spliterator(), false)
        .filter(bill -> bill.path("url").asText().contains("requisition."))
        .collect(
            Collectors.groupingBy(
                bill ->
                    Long.valueOf(bill.path("url").asText().replaceFirst(".*requisition\\.", "")),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /** Procore's own books. */
  JsonNode procoreBooks() {
    return procore.get("books?companyId=" + COMPANY);
  }

  JsonNode inProcore(long requisition) {
    return StreamSupport.stream(procoreBooks().path("requisitions").spliterator(), false)
        .filter(one -> one.path("id").asLong() == requisition)
        .findFirst()
        .orElseThrow();
  }

  /** The newest request detail of an invoice. */
  JsonNode detail(long requisition) {
    return StreamSupport.stream(procoreBooks().path("details").spliterator(), false)
        .filter(
            detail ->
                StreamSupport.stream(detail.path("items").spliterator(), false)
                    .anyMatch(i -> i.path("itemId").asLong() == requisition))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  List<DeadLetter> openLetters(long requisition) {
    return openLettersOf(Long.toString(requisition));
  }

  List<DeadLetter> openLettersOf(String key) {
    return ledger().deadLetters().list(DeadLetters.Filter.open(1000)).stream()
        .filter(letter -> letter.key().equals(key))
        .toList();
  }

  /**
   * Somebody sets or clears a link in Procore through the API of the ERP tool, as another
   * integration or a script does.
   */
  static void relink(Site site, String itemType, long id, String originId) {
    try {
      var client = java.net.http.HttpClient.newHttpClient();
      String form =
          "grant_type=client_credentials&client_id="
              + site.seed().procoreClientId()
              + "&client_secret="
              + ContractorSeed.SECRET;
      String token =
          Json.read(send(client, site, "POST", "/oauth/token", form, null))
              .path("access_token")
              .asText();
      ObjectNode body = Json.object();
      body.putArray("updates")
          .addObject()
          .put("item_type", itemType)
          .put("item_id", id)
          .put("origin_id", originId);
      send(
          client,
          site,
          "PATCH",
          "/rest/v1.0/companies/" + site.seed().companyId() + "/external_data/sync",
          body.toString(),
          token);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String send(
      java.net.http.HttpClient client,
      Site site,
      String method,
      String path,
      String body,
      String token)
      throws IOException, InterruptedException {
    var request =
        java.net.http.HttpRequest.newBuilder(
                java.net.URI.create(site.sandbox().procoreUrl() + path))
            .header(
                "Content-Type",
                token == null ? "application/x-www-form-urlencoded" : "application/json")
            .header("Procore-Company-Id", Long.toString(site.seed().companyId()))
            .method(method, java.net.http.HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    var answer = client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  /** Subjects and texts of the mails with this in their subject. */
  List<String> mails(String subject) {
    List<String> found = new ArrayList<>();
    for (MimeMessage message : mail.getReceivedMessages()) {
      try {
        if (message.getSubject().contains(subject)) {
          found.add(message.getSubject() + "\n" + MailText.plain(message));
        }
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  @Override
  public void close() {
    site.close();
    mail.stop();
  }

  /** The command line in this process, with what it says. */
  static final class CommandLine {
    private CommandLine() {}

    static synchronized String run(int expected, String... arguments) {
      var said = new java.io.ByteArrayOutputStream();
      var out = System.out;
      var err = System.err;
      int code;
      try (var capture =
          new java.io.PrintStream(said, true, java.nio.charset.StandardCharsets.UTF_8)) {
        System.setOut(capture);
        System.setErr(capture);
        code = Tieback.run(arguments);
      } finally {
        System.setOut(out);
        System.setErr(err);
      }
      String text = said.toString(java.nio.charset.StandardCharsets.UTF_8);
      if (code != expected) {
        throw new AssertionError(
            String.join(" ", arguments)
                + " ended with "
                + code
                + " instead of "
                + expected
                + ": "
                + text);
      }
      return text;
    }
  }
}
