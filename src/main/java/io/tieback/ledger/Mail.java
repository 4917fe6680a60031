package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import java.util.regex.Pattern;

/**
 * A mail to one person, composed and ready to leave.
 *
 * @param connection whose it is; a mail about several connections has the first one
 * @param kind what it is about, such as {@code dead_letter} or {@code digest}
 * @param recipient the address
 * @param userId who that is, or null when it is nobody's who signs in here
 * @param language {@code en} or {@code fr}
 * @param subject the subject, one line
 * @param text the whole mail as plain text
 * @param html the whole mail as HTML, or null for a mail of text only
 * @param onceKey a mail of the same connection with the same key is stored once for good; null for
 *     always
 */
public record Mail(
    ConnectionId connection,
    String kind,
    String recipient,
    Long userId,
    String language,
    String subject,
    String text,
    String html,
    String onceKey) {

  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s,;<>\"\\\\\\p{Cntrl}]+@[^@\\s,;<>\"\\\\\\p{Cntrl}]+");
  private static final int LONGEST_ADDRESS = 254;

  /**
   * @throws IllegalArgumentException when the recipient is no single address or the subject is not
   *     one line: either would put lines into the head of the mail
   */
  public Mail {
    if (!isAddress(recipient)) {
      throw new IllegalArgumentException(
          "the recipient of the mail '"
              + kind
              + "' of connection "
              + connection
              + " is no mail address: correct it at the user, or in mail.to");
    }
    if (subject == null || subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the subject of the mail '"
              + kind
              + "' of connection "
              + connection
              + " is not one line");
    }
  }

  /** Whether a text is one mail address and nothing else. Null is none. */
  public static boolean isAddress(String text) {
    return text != null && text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
  }
}
