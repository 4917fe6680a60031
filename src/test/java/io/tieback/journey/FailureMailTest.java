package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the people who are to act find in their mailbox. The invoice numbers of this site may have
 * five characters, so that most invoices are refused.
 */
class FailureMailTest {

  private static final String TO = "accounting@example.com";
  private static final List<String> SECRETS =
      List.of("sandbox-secret", "webhook-of-harbour", "Bearer ", "eyJ", "refresh_token");

  @TempDir static Path folder;

  private static GreenMail mailbox;
  private static Site site;

  @BeforeAll
  static void start() {
    mailbox = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    mailbox.start();
    site =
        Site.small(folder)
            .set(Site.HARBOUR, "invoice.number-length", "5")
            .set("mail.enabled", "true")
            .set("mail.host", "127.0.0.1")
            .set("mail.port", Integer.toString(mailbox.getSmtp().getPort()))
            .set("mail.security", "none")
            .set("mail.from", "tieback@example.com")
            .set("mail.to", TO)
            .set("mail.failure-window", "PT0S")
            .set("console.url", "https://tieback.example.com")
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
  @DisplayName("A dead letter is a mail that says what happened, what to do and where it is kept")
  void deadLetter() throws Exception {
    long invoice = site.seed().requisitionIds().get(0);
    site.send(invoice);
    site.accept(invoice);
    MimeMessage mail = awaitMail("(requisition " + invoice + ") needs you");
    assertThat(mail.getSubject())
        .matches(
            "Tieback: subcontractor invoice PC-1001 \\(requisition " + invoice + "\\) needs you");
    assertThat(mail.getFrom()[0]).hasToString("tieback@example.com");
    assertThat(MailText.plain(mail))
        .contains("What happened")
        .contains("7 characters")
        .contains("XR-INV-02")
        .contains("What to do")
        .contains("Shorten Invoice #")
        .contains("./tieback dead-letters list")
        .contains("harbour");
    assertNoSecretsAndOnlyOurRecipients();
  }

  @Test
  @DisplayName(
      "A sign-in that is revoked pauses the connection with one mail that says what to do; signing"
          + " in again lets it go on, with another")
  void pausedConnection() throws Exception {
    var fault = Json.object();
    fault.putObject("match").put("path", "/api.xro/2.0/Payments");
    fault.putObject("effect").put("vendor", "revokeTokens");
    site.xero().post("faults", fault);
    for (int i = 0; i < 2; i++) {
      try {
        site.deployment().billPayments().sync(Site.HARBOUR, "test");
      } catch (Failure expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
    }
    MimeMessage paused = awaitMail("connection harbour is paused");
    assertThat(MailText.plain(paused))
        .contains("What happened")
        .contains("What to do")
        .contains("Nothing is lost")
        .containsAnyOf("connect xero", "doctor");
    site.signIn(Site.HARBOUR);
    awaitMail("connection harbour goes on");
    assertThat(mails("connection harbour is paused"))
        .as("one mail, not one for each attempt")
        .hasSize(1);
    long invoice = site.seed().requisitionIds().get(4);
    site.export(invoice);
    assertNoSecretsAndOnlyOurRecipients();
  }

  @Test
  @DisplayName("A mail that the server does not take goes again, and holds up nothing meanwhile")
  void mailServerIsDown() throws Exception {
    int port = mailbox.getSmtp().getPort();
    mailbox.stop();
    long refused = site.seed().requisitionIds().get(2);
    site.send(refused);
    site.accept(refused);
    Site.until(
        "the mail was tried in vain",
        () ->
            site.count(
                    "select count(*) from notice where attempts > 0 and state in ('due',"
                        + " 'sending')")
                > 0);
    site.export(site.seed().requisitionIds().get(5));
    mailbox = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailbox.start();
    awaitMail("(requisition " + refused + ") needs you");
  }

  @Test
  @DisplayName("Headers of a webhook set no recipient, subject, sender or property of any mail")
  void headersFromOutside() throws Exception {
    long invoice = site.seed().requisitionIds().get(1);
    site.procore().settings(Json.object().put("webhooksEnabled", false));
    try {
      site.send(invoice);
      long request = site.accept(invoice).path("requests").get(0).path("requestId").longValue();
      String event =
          Json.object()
              .put("id", request)
              .put("ulid", "01INJECTED")
              .put("timestamp", "2026-11-22T06:00:00Z")
              .put("company_id", Site.COMPANY)
              .put("event_type", "create")
              .put("resource_name", "ERP Requests")
              .put("resource_id", request)
              .toString();
      HttpRequest.Builder knock =
          HttpRequest.newBuilder(site.webhook(Site.HARBOUR))
              .POST(HttpRequest.BodyPublishers.ofString(event));
      knock
          .header("Authorization", "Bearer webhook-of-harbour")
          .header("Content-Type", "application/json");
      for (String name : List.of("To", "Cc", "Bcc", "CamelMailTo", "Reply-To")) {
        knock.header(name, "attacker@example.net");
      }
      knock
          .header("Subject", "you are rich")
          .header("From", "attacker@example.net")
          .header("mail.smtp.host", "attacker.example.net")
          .header("mail.smtp.port", "25");
      knock
          .header("CamelHttpUri", "http://attacker.example.net")
          .header("CamelFileName", "../../x");
      assertThat(
              HttpClient.newHttpClient().send(knock.build(), BodyHandlers.ofString()).statusCode())
          .isEqualTo(202);
      site.awaitState(ItemState.FAILED, invoice);
      MimeMessage mail = awaitMail("(requisition " + invoice + ") needs you");
      assertThat(mail.getFrom()[0]).hasToString("tieback@example.com");
      assertNoSecretsAndOnlyOurRecipients();
    } finally {
      site.procore().settings(Json.object().put("webhooksEnabled", true));
    }
  }

  private static MimeMessage awaitMail(String subject) {
    Site.until("mail '" + subject + "'", () -> !mails(subject).isEmpty());
    return mails(subject).get(0);
  }

  private static List<MimeMessage> mails(String subject) {
    List<MimeMessage> found = new ArrayList<>();
    for (MimeMessage mail : mailbox.getReceivedMessages()) {
      try {
        if (mail.getSubject().contains(subject)) {
          found.add(mail);
        }
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
    return found;
  }

  private static void assertNoSecretsAndOnlyOurRecipients() throws Exception {
    assertThat(mailbox.getReceivedMessages()).isNotEmpty();
    for (MimeMessage mail : mailbox.getReceivedMessages()) {
      String whole = GreenMailUtil.getWholeMessage(mail);
      SECRETS.forEach(secret -> assertThat(whole).doesNotContain(secret));
      assertThat(whole).doesNotContain("attacker");
      assertThat(Arrays.toString(mail.getRecipients(Message.RecipientType.TO)))
          .isEqualTo("[" + TO + "]");
      assertThat(mail.getAllRecipients()).hasSize(1);
    }
    assertThat(mailbox.getUserManager().listUser())
        .as("who got mail")
        .allMatch(user -> user.getEmail().equals(TO));
  }
}
