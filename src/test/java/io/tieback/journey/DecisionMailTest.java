package io.tieback.journey;

import static io.tieback.journey.MailHouse.NORTH;
import static io.tieback.journey.MailHouse.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.approval.Action;
import io.tieback.approval.Told;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What approvers and project users find in their mailbox about decisions (GEN-NOT). */
class DecisionMailTest {

  private static MailHouse house;

  @BeforeAll
  static void open() throws Exception {
    house = new MailHouse();
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  @BeforeEach
  void empty() throws Exception {
    house.empty();
  }

  @Test
  @DisplayName(
      "GEN-NOT-01, GEN-NOT-02, GEN-NOT-03: the digest names what waits in the reader's language, by"
          + " connection and list, with amounts, ages and links")
  void digestInBothLanguages() throws Exception {
    house.user("ann", "approver", "en");
    house.user("denis", "approver", "fr");
    house.user("vic", "viewer", "en");
    house.user("opal", "operator", "en");
    long old = house.item(NORTH, "invoice", "ready_to_export", "PC-1001", "12345.60", 50);
    house.item(NORTH, "invoice", "ready_to_export", "PC-1002", "1000.00", 3);
    long south = house.item(SOUTH, "commitment", "ready_to_update", "SC-7", "99.50", 0);
    house.item(NORTH, "invoice", "failed", "PC-9", "5.00", 9);
    house.item(NORTH, "invoice", "synced", "PC-8", "5.00", 9);

    assertThat(house.mails.daily().runIfDue()).isTrue();

    assertThat(house.receivers()).containsExactly("ann@example.com", "denis@example.com");
    MimeMessage english = house.onlyOneFor("ann");
    assertThat(english.getSubject()).isEqualTo("ERP Integrations Daily Summary");
    String text = MailText.plain(english);
    assertThat(text)
        .contains("3 items wait for your decision")
        .containsSubsequence("== north ==", "Ready to Export", "2 items, 13,345.60\u00a0CAD")
        .contains("the oldest for 2 days")
        .containsSubsequence(
            "- Subcontractor invoice PC-1001, 12,345.60\u00a0CAD, 2 days",
            "Béton & charpente · Müller <Bau> GmbH · Hôtel du Port",
            "https://tieback.example.com/console/items/" + old)
        .containsSubsequence("PC-1002", "3 hours")
        .contains("- Failed to Export")
        .containsSubsequence(
            "== south ==", "Ready to Update", "Commitment SC-7", "less than an hour")
        .contains("https://tieback.example.com/console/items/" + south)
        .contains("You get this because you decide about such records.")
        .contains("Choose your mails: https://tieback.example.com/console/profile")
        .doesNotContain("PC-8");
    assertThat(MailText.html(english))
        .contains("lang=\"en\"")
        .contains("href=\"https://tieback.example.com/console/items/" + old + "\"")
        .contains("Müller &lt;Bau&gt; GmbH")
        .contains("Béton &amp; charpente")
        .doesNotContain("<Bau>")
        .doesNotContain("<img")
        .doesNotContain("src=");
    MimeMessage french = house.onlyOneFor("denis");
    assertThat(french.getSubject()).isEqualTo("Résumé quotidien des intégrations ERP");
    assertThat(MailText.plain(french))
        .contains("3 éléments attendent votre décision")
        .containsSubsequence("À exporter", "2 éléments, 13\u00a0345,60\u00a0CAD")
        .contains("le plus ancien depuis 2 jours")
        .contains("- Facture de sous-traitant PC-1001, 12\u00a0345,60\u00a0CAD, 2 jours")
        .contains("Engagement SC-7")
        .contains("Choisir vos courriels");
    assertThat(MailText.html(french)).contains("lang=\"fr\"").contains("À exporter");
    kept("digest-en.html", english);
    kept("digest-fr.html", french);
  }

  @Test
  @DisplayName("RFC 3834: nobody answers a mail by program; its Message-ID is the notice's own")
  void headers() throws Exception {
    house.user("ann", "approver", "en");
    house.item(NORTH, "invoice", "ready_to_export", "PC-1001", "1.00", 1);
    house.mails.daily().runIfDue();
    MimeMessage mail = house.onlyOneFor("ann");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
    assertThat(mail.getHeader("List-Unsubscribe"))
        .containsExactly("<https://tieback.example.com/console/profile>");
    assertThat(mail.getHeader("Content-Language")).containsExactly("en");
    assertThat(mail.getMessageID())
        .isEqualTo(
            "<tieback."
                + house.sql.queryForObject("select message_key::text from notice", String.class)
                + "@example.com>");
  }

  @Test
  @DisplayName(
      "GEN-NOT-01: once a day and person whatever the number of nodes, at the time that is set, and"
          + " none when nothing waits")
  void digestOnceADay() throws Exception {
    house.user("ann", "approver", "en");
    house.clock.to("2026-12-01T10:59:00Z");
    long item = house.item(NORTH, "invoice", "ready_to_export", "PC-1001", "1.00", 1);
    assertThat(house.mails.daily().runIfDue()).as("05:59 in Toronto").isFalse();
    house.clock.to("2026-12-01T11:00:00Z");
    ExecutorService nodes = Executors.newFixedThreadPool(8);
    try {
      Callable<Boolean> one = () -> house.mails.daily().runIfDue();
      Callable<Boolean> other = () -> house.othersMails.daily().runIfDue();
      long did = 0;
      for (Future<Boolean> run :
          nodes.invokeAll(List.of(one, other, one, other, one, other, one, other))) {
        did += run.get() ? 1 : 0;
      }
      assertThat(did).isEqualTo(1);
    } finally {
      nodes.shutdownNow();
    }
    assertThat(house.receivers()).hasSize(1);
    house.clock.advance(Duration.ofHours(5));
    assertThat(house.mails.daily().runIfDue()).isFalse();
    house.clock.to("2026-12-02T11:00:10Z");
    assertThat(house.othersMails.daily().runIfDue()).isTrue();
    assertThat(house.receivers()).as("it still waits on the next day").hasSize(2);
    house.sql.update("update queue_item set state = 'exporting' where id = ?", item);
    house.clock.to("2026-12-03T11:00:10Z");
    assertThat(house.mails.daily().runIfDue()).isTrue();
    house.item(NORTH, "invoice", "ready_to_export", "PC-1002", "1.00", 0);
    house.clock.advance(Duration.ofHours(2));
    house.mails.daily().runIfDue();
    assertThat(house.receivers())
        .as("nothing waited in the morning; what comes later waits for the next one")
        .hasSize(2);
  }

  @Test
  @DisplayName(
      "GEN-NOT-04, GEN-PERM-04, GEN-PERM-21: only what the reader may decide, and nothing to who"
          + " opted out")
  void digestOnlyOfWhatOneMayDecide() throws Exception {
    long ann = house.user("ann", "approver", "en");
    long bea = house.user("bea", "approver", "en");
    house.right(bea, "commitment", false, true);
    long cat = house.user("cat", "approver", "en");
    house.limit(cat, "100.00");
    long out = house.user("out", "approver", "en");
    house.ledger.users().mails(out, false, true, "out@example.com");
    house.user("adm", "administrator", "en");
    long mine = house.item(NORTH, "invoice", "ready_to_export", "MINE-1", "50.00", 1);
    house.sentBy(mine, "Ann@example.com");
    house.item(NORTH, "invoice", "ready_to_export", "BIG-2", "100.01", 1);
    house.item(NORTH, "commitment", "ready_to_export", "COM-3", "70.00", 1);
    assertThat(ann).isPositive();

    house.mails.daily().runIfDue();

    assertThat(house.receivers())
        .containsExactly("ann@example.com", "bea@example.com", "cat@example.com");
    assertThat(MailText.plain(house.onlyOneFor("ann")))
        .contains("BIG-2", "COM-3")
        .doesNotContain("MINE-1");
    assertThat(MailText.plain(house.onlyOneFor("bea")))
        .contains("COM-3")
        .doesNotContain("BIG-2", "MINE-1");
    assertThat(MailText.plain(house.onlyOneFor("cat")))
        .contains("MINE-1", "COM-3")
        .doesNotContain("BIG-2");
  }

  @Test
  @DisplayName("A thousand that wait are counted and added up, and the oldest are named")
  void digestOfMany() throws Exception {
    house.user("ann", "approver", "en");
    for (int i = 1; i <= 60; i++) {
      house.item(NORTH, "invoice", "ready_to_export", "PC-" + (1000 + i), "10.01", i);
    }
    house.mails.daily().runIfDue();
    assertThat(MailText.plain(house.onlyOneFor("ann")))
        .contains("60 items, 600.60\u00a0CAD")
        .contains("PC-1060")
        .contains("PC-1036")
        .doesNotContain("PC-1035")
        .containsSubsequence(
            "And 35 more", "https://tieback.example.com/console/lists/ready-to-export");
  }

  @Test
  @DisplayName(
      "GEN-NOT-07, GEN-NOT-09: an invoice's rejection goes to who sent it, a commitment's to who"
          + " created it, with the comment, or saying that there is none, and what to do")
  void rejections() throws Exception {
    house.user("ann", "approver", "en");
    house.user("petra", "viewer", "fr");
    long invoice = house.item(NORTH, "invoice", "rejected", "PC-1001", "10.00", 0);
    house.sentBy(invoice, "Petra@Example.com");
    house.createdBy(invoice, "sub@vendor.example");
    house
        .mails
        .queue()
        .of(
            new Told.News(
                Action.REJECT,
                house.ledger.queueItems().find(invoice).orElseThrow(),
                "ann@example.com",
                "Retenue fausse\nVoir ligne 3"));
    MimeMessage french = house.onlyOneFor("petra");
    assertThat(house.receivers()).hasSize(1);
    assertThat(french.getSubject())
        .isEqualTo("Notification de rejet ERP\u00a0: facture de sous-traitant PC-1001");
    assertThat(MailText.plain(french))
        .contains("ann a rejeté")
        .contains("  Retenue fausse\n  Voir ligne 3")
        .contains("Que faire")
        .contains("https://tieback.example.com/console/items/" + invoice)
        .contains("parce que vous avez envoyé");
    assertThat(MailText.html(french)).contains("Retenue fausse<br>Voir ligne 3");

    long commitment = house.item(NORTH, "commitment", "rejected", "SC-1", "10.00", 0);
    house.sentBy(commitment, "petra@example.com");
    house.createdBy(commitment, "maker@builder.example");
    house.mails.queue().rejected(commitment, null, "Ann", "ann@example.com");
    MimeMessage maker = house.onlyOneFor("maker@builder.example");
    assertThat(maker.getHeader("List-Unsubscribe")).as("no user, no page").isNull();
    assertThat(MailText.plain(maker)).contains("Aucun commentaire").contains("avez créé");
    kept("rejected-fr.html", french);
  }

  @Test
  @DisplayName(
      "GEN-NOT-08, C-10: a project's rejection goes to who sent it and who created it, with a copy"
          + " to its approvers")
  void projectRejection() throws Exception {
    house.user("ann", "approver", "en");
    house.user("bob", "approver", "fr");
    house.user("petra", "viewer", "en");
    long project = house.item(NORTH, "project", "rejected", "P-1", null, 0);
    house.sentBy(project, "petra@example.com");
    house.createdBy(project, "maker@builder.example");
    house.mails.queue().rejected(project, "Wrong region", "Ann", "ann@example.com");
    assertThat(house.receivers())
        .containsExactly("bob@example.com", "maker@builder.example", "petra@example.com");
    MimeMessage petra = house.onlyOneFor("petra");
    assertThat(petra.getSubject()).isEqualTo("ERP Project Rejection Notification");
    assertThat(MailText.plain(petra))
        .contains("Project P-1 was rejected")
        .contains("Wrong region")
        .contains("It can be changed again");
    assertThat(MailText.plain(house.onlyOneFor("bob"))).contains("Vous n’avez rien à faire");
  }

  @Test
  @DisplayName("GEN-NOT-07: when nobody's address is known, administrators are asked to tell them")
  void rejectionOfNobodys() throws Exception {
    house.user("own", "owner", "en");
    house.user("ann", "approver", "en");
    long invoice = house.item(NORTH, "invoice", "rejected", "PC-1", "1.00", 0);
    house.sentBy(invoice, "not an address");
    house.mails.queue().rejected(invoice, "No", "Ann", "ann@example.com");
    assertThat(house.receivers()).containsExactly("own@example.com");
    assertThat(MailText.plain(house.onlyOneFor("own"))).contains("gives no mail address");
  }

  @Test
  @DisplayName(
      "GEN-NOT-05, GEN-NOT-06, XR-COM-13, C-09: a commitment that is sent again is mailed at once"
          + " with the digest's subject; an invoice waits for the digest")
  void resent() throws Exception {
    house.user("ann", "approver", "fr");
    long invoice = house.item(NORTH, "invoice", "ready_to_export", "PC-1", "1.00", 0);
    house.mails.queue().resent(invoice);
    house.mails.queue().resent(house.item(SOUTH, "commitment", "exporting", "SC-2", "1.00", 0));
    long commitment = house.item(NORTH, "commitment", "ready_to_export", "SC-1", "1.00", 0);
    house.sql.update("update queue_item set comment = 'Mauvais projet' where id = ?", commitment);
    house.mails.queue().resent(commitment);
    house.mails.queue().resent(commitment);
    MimeMessage mail = house.onlyOneFor("ann");
    assertThat(mail.getSubject()).isEqualTo("Résumé quotidien des intégrations ERP");
    assertThat(MailText.plain(mail))
        .contains("Petra Manager a renvoyé\u00a0: engagement SC-1")
        .contains("Mauvais projet")
        .contains("/console/items/" + commitment);
    house.sql.update("update queue_item set round = 3 where id = ?", commitment);
    house.mails.queue().resent(commitment);
    assertThat(house.arrivedFor("ann")).as("each time that it is sent").hasSize(2);
  }

  @Test
  @DisplayName("GEN-PERM-21: who accepted first is not asked to be the second; the others are")
  void secondApprover() throws Exception {
    long ann = house.user("ann", "approver", "en");
    house.user("bob", "approver", "en");
    long invoice = house.item(NORTH, "invoice", "ready_to_export", "PC-1", "90000.00", 0);
    house.sql.update("update queue_item set first_accepted_by = ? where id = ?", ann, invoice);
    house.mails.queue().secondNeeded(invoice, "Ann");
    house.mails.queue().returned(invoice, "The total was 90,000.00 and is 91,000.00.");
    assertThat(house.receivers()).containsExactly("bob@example.com", "bob@example.com");
    assertThat(house.arrivedFor("bob"))
        .extracting(MailText::plain)
        .anyMatch(text -> text.contains("Ann has accepted subcontractor invoice PC-1"))
        .anyMatch(text -> text.contains("no longer what was accepted"));
  }

  @Test
  @DisplayName(
      "What waits too long is told to owners and administrators once, with who may decide about it")
  void escalation() throws Exception {
    house.user("own", "owner", "en");
    house.user("adm", "administrator", "fr");
    long bea = house.user("bea", "approver", "en");
    house.right(bea, "invoice", false, true);
    house.item(NORTH, "invoice", "ready_to_export", "PC-1", "10.00", 100);
    house.item(NORTH, "invoice", "ready_to_export", "PC-2", "10.00", 20);
    house.mails.daily().runIfDue();
    MimeMessage mail =
        house.arrivedFor("own").stream()
            .filter(found -> subject(found).contains("waits too long"))
            .findFirst()
            .orElseThrow();
    assertThat(mail.getSubject()).isEqualTo("Tieback: 1 item waits too long");
    assertThat(MailText.plain(mail))
        .contains("for 4 days")
        .contains("PC-1")
        .contains("may decide: bea, own")
        .doesNotContain("PC-2");
    assertThat(house.onlyOneFor("adm").getSubject())
        .isEqualTo("Tieback\u00a0: 1 élément attend depuis trop longtemps");
    house.clock.to("2026-12-02T11:30:00Z");
    house.mails.daily().runIfDue();
    assertThat(house.arrivedFor("adm")).as("each is told of once").hasSize(1);
  }

  private static String subject(MimeMessage mail) {
    try {
      return mail.getSubject();
    } catch (jakarta.mail.MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kept to be looked at in a browser. */
  private static void kept(String file, MimeMessage mail) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "mails"));
    Files.writeString(folder.resolve(file), MailText.html(mail));
  }
}
