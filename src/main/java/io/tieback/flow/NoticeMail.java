package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Turns a claimed notice into a mail, and remembers that it left. The mail is built whole here, so
 * that nothing else of the exchange becomes part of it.
 */
public final class NoticeMail {

  private static final String ROW = "tiebackNotice";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final Ledger ledger;
  private final String from;
  private final String profile;

  /**
   * @param from sender's address
   * @param profile page on which users choose their mails, or null when there is none
   */
  public NoticeMail(Ledger ledger, String from, String profile) {
    this.ledger = ledger;
    this.from = from;
    this.profile = profile;
  }

  /** The claimed row becomes the mail; nothing else from the exchange goes along. */
  public void write(Exchange exchange) throws MessagingException {
    @SuppressWarnings("unchecked")
    Map<String, Object> row = exchange.getMessage().getBody(Map.class);
    long id = ((Number) row.get("id")).longValue();
    exchange.setProperty(ROW, id);
    exchange.setProperty(
        FailureDesk.Subject.PROPERTY,
        new FailureDesk.Subject(
            FailureDesk.Subject.Kind.NOTICE,
            new ConnectionId((String) row.get("connection")),
            id,
            0,
            ((Number) row.get("attempts")).intValue(),
            "mail " + id));
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(mail(row));
  }

  private MimeMessage mail(Map<String, Object> row) throws MessagingException {
    MimeMessage mail = new MimeMessage((Session) null);
    mail.setFrom(new InternetAddress(from));
    mail.setRecipients(
        Message.RecipientType.TO, InternetAddress.parse((String) row.get("recipients"), true));
    mail.setSubject((String) row.get("subject"), UTF_8);
    // Programs that answer by themselves leave such a mail alone (RFC 3834), Exchange's too.
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setHeader("Content-Language", (String) row.get("language"));
    // The same at each attempt: a mail server or reader that gets it twice shows it once.
    mail.setHeader("Message-ID", "<tieback." + row.get("message_key") + "@" + domain() + ">");
    if (profile != null && row.get("user_id") != null) {
      mail.setHeader("List-Unsubscribe", "<" + profile + ">");
    }
    String html = (String) row.get("html");
    if (html == null) {
      mail.setText((String) row.get("body"), UTF_8);
      return mail;
    }
    // The last part is the one that a program prefers which understands both (RFC 2046, 5.1.4).
    MimeMultipart parts = new MimeMultipart("alternative");
    parts.addBodyPart(part((String) row.get("body"), "plain"));
    parts.addBodyPart(part(html, "html"));
    mail.setContent(parts);
    return mail;
  }

  private static MimeBodyPart part(String text, String type) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8, type);
    return part;
  }

  private String domain() {
    return from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
  }

  /** The mail server took it. */
  public void sent(Exchange exchange) {
    ledger.notices().sent(exchange.getProperty(ROW, Long.class));
  }
}
