package io.tieback.journey;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The two parts of a mail as a mail program shows them. */
public final class MailText {

  private MailText() {}

  /** The text. */
  public static String plain(MimeMessage mail) {
    return part(mail, 0, "text/plain");
  }

  /** The HTML. */
  public static String html(MimeMessage mail) {
    return part(mail, 1, "text/html");
  }

  private static String part(MimeMessage mail, int index, String type) {
    try {
      if (!mail.isMimeType("multipart/alternative")) {
        throw new AssertionError("not multipart/alternative but " + mail.getContentType());
      }
      Multipart parts = (Multipart) mail.getContent();
      BodyPart part = parts.getBodyPart(index);
      if (parts.getCount() != 2 || !part.isMimeType(type)) {
        throw new AssertionError("part " + index + " is " + part.getContentType());
      }
      return ((String) part.getContent()).replace("\r\n", "\n");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
