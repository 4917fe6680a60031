package io.tieback.journey;

import static io.tieback.journey.MailHouse.FURTHER;
import static io.tieback.journey.MailHouse.NORTH;
import static io.tieback.journey.MailHouse.SOUTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.tieback.construction.Money;
import io.tieback.ledger.Credentials.Sealed;
import io.tieback.ledger.Notices;
import jakarta.mail.Header;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people find in their mailbox about failures, connections and sign-ins. */
class NoticeMailTest {

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

  private static void fail(String what, String message) {
    house.mails.notifier().deadLetter(NORTH, what, "REFUSED", message, "Mend it.");
  }

  @Test
  @DisplayName(
      "The first failure is told at once, those that follow within the window together, by reason,"
          + " each connection on its own")
  void bundled() throws Exception {
    house.user("ann", "approver", "en");
    fail("subcontractor invoice A-1", "too long");
    assertThat(house.onlyOneFor("ann").getSubject())
        .isEqualTo("Tieback: subcontractor invoice A-1 needs you");
    for (int i = 2; i <= 30; i++) {
      fail("subcontractor invoice A-" + i, i == 30 ? "no date" : "too long");
    }
    house.mails.notifier().deadLetter(SOUTH, "company S-1", "DEFECT", "odd", null);
    house.mails.notifier().windowsEnded();
    assertThat(house.arrivedFor("ann")).as("one of each connection so far").hasSize(2);
    house.clock.advance(Duration.ofMinutes(15));
    house.othersMails.notifier().windowsEnded();
    house.mails.notifier().windowsEnded();
    List<MimeMessage> mails = house.arrivedFor("ann");
    assertThat(mails).hasSize(3);
    MimeMessage bundle =
        mails.stream()
            .filter(mail -> MailText.plain(mail).contains("29 records"))
            .findFirst()
            .orElseThrow();
    assertThat(bundle.getSubject()).isEqualTo("Tieback: 29 records of north need you");
    assertThat(MailText.plain(bundle))
        .containsSubsequence(
            "== 28 records, refused ==",
            "too long",
            "Mend it.",
            "A-2",
            "A-21",
            "And 8 more for the same reason.",
            "== 1 record, refused ==",
            "no date",
            "A-30")
        .doesNotContain("A-22");
    assertThat(house.arrivedFor(FURTHER))
        .as("mail.to, in mail.language")
        .extracting(MimeMessage::getSubject)
        .contains("Tieback\u00a0: 29 enregistrements de north demandent votre attention");
    fail("subcontractor invoice A-31", "too long");
    house.mails.notifier().windowsEnded();
    assertThat(house.arrivedFor("ann")).as("the bundle opened the next window").hasSize(3);
    house.clock.advance(Duration.ofHours(1));
    fail("subcontractor invoice A-32", "too long");
    assertThat(house.arrivedFor("ann")).as("with what the last window left").hasSize(4);
  }

  @Test
  @DisplayName(
      "GEN-NOT-04: failures go to owners, administrators, operators and approvers of the"
          + " connection, unless they said otherwise")
  void whoHearsOfFailures() throws Exception {
    house.user("own", "owner", "en");
    house.user("opal", "operator", "fr");
    house.user("vic", "viewer", "en");
    long out = house.user("out", "operator", "en");
    house.ledger.users().mails(out, true, false, "out@example.com");
    long gone = house.user("gone", "operator", "en");
    house.ledger.users().active(gone, false, "test");
    long south = house.user("sud", "approver", "en");
    house.sql.update(
        "insert into user_right (user_id, connection, kind, can_import, can_export) values (?,"
            + " 'south', null, true, true)",
        south);
    fail("company X", "no");
    assertThat(house.receivers()).containsExactly(FURTHER, "opal@example.com", "own@example.com");
  }

  @Test
  @DisplayName("A failure of a record in the queue leads to it, in the words of the reader")
  void leadsToTheItem() throws Exception {
    house.user("opal", "operator", "fr");
    long item = house.item(NORTH, "invoice", "failed", "PC-1", "10.00", 0);
    house
        .ledger
        .failureNotes()
        .note(
            NORTH,
            new io.tieback.ledger.FailureNotes.Note("earlier", "REFUSED", "m", null, item),
            Duration.ofHours(1),
            notes -> {});
    house.sql.update("update failure_note set mailed_at = null");
    house.clock.advance(Duration.ofHours(2));
    house.mails.notifier().windowsEnded();
    MimeMessage mail = house.onlyOneFor("opal");
    assertThat(mail.getSubject())
        .isEqualTo("Tieback\u00a0: facture de sous-traitant PC-1 demande votre attention");
    assertThat(MailText.html(mail))
        .contains("href=\"https://tieback.example.com/console/items/" + item + "\"");
  }

  @Test
  @DisplayName(
      "Names and numbers from outside put no line into the head of a mail, no mark-up into its"
          + " body, and no secret anywhere")
  void injection() throws Exception {
    house.user("ann", "approver", "en");
    String evil =
        "PC-1\r\n"
            + "Bcc: thief@example.net\r\n"
            + "Subject: you are rich\n\n"
            + "<script>alert(1)</script>\u202Egnp.exe";
    fail(
        "invoice " + evil,
        "Bearer abcdef0123456789 refused\r\n"
            + "IBAN DE44 5001 0517 5407 3249 31\n"
            + "<b>bold</b> Ünïcode é");
    long item = house.item(NORTH, "invoice", "ready_to_export", evil, "1.00", 1);
    house.sql.update("update queue_item set title = ?, party = ?", evil, evil);
    house.mails.daily().runIfDue();
    house.sentBy(item, "x@example.net\r\nBcc: thief@example.net");
    house.createdBy(item, "thief@example.net,other@example.net");
    house.user("own", "owner", "en");
    house.mails.queue().rejected(item, evil, "Ann\r\nBcc: thief@example.net", "ann@example.com");
    house.mails.queue().secondNeeded(item, "Ann\r\nBcc: thief@example.net");
    List<MimeMessage> mails = house.arrived();
    assertThat(mails).hasSizeGreaterThan(4);
    for (MimeMessage mail : mails) {
      assertThat(MailHouse.to(mail)).isIn("ann@example.com", "own@example.com", FURTHER);
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getHeader("Subject")).hasSize(1);
      for (Header header : Collections.list(mail.getAllHeaders())) {
        assertThat(header.getName()).doesNotContain("thief").isNotEqualToIgnoringCase("bcc");
      }
      assertThat(mail.getSubject()).doesNotContain("\r", "\n", "\u202E");
      assertThat(MailText.html(mail)).doesNotContain("<script>").doesNotContain("<b>bold");
      assertThat(MailText.plain(mail)).doesNotContain("\u202E");
      assertThat(GreenMailUtil.getWholeMessage(mail))
          .doesNotContain("abcdef0123456789", "5001 0517");
    }
    assertThat(house.arrivedFor("ann"))
        .extracting(MailText::plain)
        .anyMatch(text -> text.contains("Ünïcode é"));
  }

  @Test
  @DisplayName("A mail server that is down costs no mail and no time: each goes when it is back")
  void mailServerIsDown() throws Exception {
    house.user("ann", "approver", "en");
    int port = house.down();
    fail("company X", "no");
    Site.until(
        "it was tried in vain",
        () ->
            house.ledger.notices().list("due", null, 10).stream()
                    .filter(mail -> mail.attempts() > 0)
                    .count()
                == 2);
    Notices.Row waits = house.ledger.notices().list(null, null, 10).get(0);
    assertThat(waits.lastError()).contains("not sent");
    assertThat(waits.dueAt()).isAfter(house.clock.instant());
    house.up(port);
    Site.until(
        "it went",
        () -> {
          house.clock.advance(Duration.ofMinutes(5));
          return house.ledger.notices().waiting() == 0;
        });
    assertThat(house.receivers()).containsExactly("ann@example.com", FURTHER);
    assertThat(house.ledger.notices().list("sent", null, 10)).hasSize(2);
  }

  @Test
  @DisplayName(
      "A refused address stays visible as failed with the server's words, and goes again when"
          + " somebody says so")
  void refusedAddress() throws Exception {
    house.user("ann", "approver", "en");
    int port = house.down();
    try (RefusingSmtp server = new RefusingSmtp(port)) {
      assertThat(server).isNotNull();
      fail("company X", "no");
      Site.until("both were refused", () -> house.ledger.notices().failed() == 2);
    }
    Notices.Row row =
        house.ledger.notices().list("failed", null, 10).stream()
            .filter(found -> found.recipient().equals("ann@example.com"))
            .findFirst()
            .orElseThrow();
    assertThat(row.lastError())
        .contains("refuses the address ann@example.com")
        .contains("550 5.1.1 no such mailbox");
    assertThat(row.attempts()).as("not tried again by itself").isEqualTo(1);
    house.up(port);
    assertThat(house.ledger.notices().again(row.id(), "opal@example.com")).isTrue();
    assertThat(house.onlyOneFor("ann").getSubject()).contains("company X");
    assertThat(house.ledger.notices().again(row.id(), "opal@example.com")).as("it left").isFalse();
    assertThat(house.ledger.notices().find(row.id()).orElseThrow().state()).isEqualTo("sent");
    assertThat(
            house.sql.queryForObject(
                "select count(*) from audit_entry where who = 'opal@example.com' and action = 'send"
                    + " mail again'",
                Long.class))
        .isEqualTo(1);
    assertThatThrownBy(() -> house.ledger.notices().list("lost", null, 10))
        .hasMessageContaining("not in 'lost'");
  }

  @Test
  @DisplayName(
      "A sign-in that nobody uses is warned of before it ends, once for each time that is set, and"
          + " again after it was renewed")
  void signInsEnd() throws Exception {
    house.user("opal", "operator", "en");
    house.ledger.credentials().exclusively(NORTH, "xero", s -> sealed());
    house.ledger.credentials().exclusively(NORTH, "procore", s -> sealed());
    house.clock.advance(Duration.ofDays(45));
    house.mails.daily().runIfDue();
    assertThat(house.arrivedFor("opal")).isEmpty();
    house.clock.advance(Duration.ofDays(1));
    house.mails.daily().runIfDue();
    MimeMessage mail = house.onlyOneFor("opal");
    assertThat(mail.getSubject())
        .isEqualTo("Tieback: the sign-in to Xero of north is about to end");
    assertThat(MailText.plain(mail))
        .contains("ends in 14 days")
        .contains("30 Jan 2027, 06:30 EST")
        .contains("./tieback connect xero");
    house.clock.advance(Duration.ofDays(1));
    house.mails.daily().runIfDue();
    assertThat(house.arrivedFor("opal")).hasSize(1);
    house.clock.advance(Duration.ofDays(10));
    house.mails.daily().runIfDue();
    assertThat(house.arrivedFor("opal")).as("seven days before").hasSize(2);
    house.ledger.credentials().exclusively(NORTH, "xero", s -> sealed());
    house.clock.advance(Duration.ofDays(47));
    house.mails.daily().runIfDue();
    assertThat(house.arrivedFor("opal")).hasSize(3);
  }

  private static Sealed sealed() {
    return Sealed.of(new byte[] {1, 2, 3}, Instant.parse("2026-12-01T12:00:00Z"));
  }

  @Test
  @DisplayName("GEN-PAY-11 and what happens to connections, in French")
  void otherNotices() throws Exception {
    house.user("opal", "operator", "fr");
    var notifier = house.mails.notifier();
    notifier.paymentDeleted(NORTH, "pay-1", LocalDate.of(2026, 11, 30), Money.of("1234.50"), 77L);
    notifier.connectionPaused(NORTH, "invalid_grant", null);
    notifier.connectionResumed(NORTH);
    notifier.remark(NORTH, "invoice 5", "Its tax differs.", "Compare.", "tax 5");
    notifier.remark(NORTH, "invoice 5", "Its tax differs.", "Compare.", "tax 5");
    notifier.silent(NORTH, Instant.parse("2026-11-29T11:30:00Z"), "every 30 minutes");
    notifier.silent(NORTH, Instant.parse("2026-11-29T11:30:00Z"), "every 30 minutes");
    assertThat(house.arrivedFor("opal"))
        .hasSize(5)
        .extracting(MailText::plain)
        .anyMatch(t -> t.contains("Montant: 1\u00a0234,50") && t.contains("30 nov. 2026"))
        .anyMatch(t -> t.contains("suspendue") && t.contains("./tieback doctor"))
        .anyMatch(t -> t.contains("reprend"))
        .anyMatch(t -> t.contains("À vérifier") && t.contains("Its tax differs."))
        .anyMatch(t -> t.contains("n’a pas appelé depuis 2 jours"));
  }
}
