package io.tieback.notice;

import java.util.Locale;

/**
 * Somebody who gets a mail.
 *
 * @param userId the user, or null for somebody who is none
 * @param address the mail address
 * @param name what they are called, or null
 * @param language in which language
 * @param why why they get it; says so at the end of the mail
 */
public record Recipient(Long userId, String address, String name, Locale language, Why why) {

  /** Why somebody gets a mail. */
  public enum Why {
    /** They hear of failures. */
    FAILURES,
    /** Their address is in {@code mail.to}. */
    ADDRESS,
    /** They decide about it. */
    DECIDES,
    /** They run Tieback. */
    ADMINISTERS,
    /** They sent it. */
    SENT,
    /** They created it. */
    CREATED,
    /** They approve such records, and get a copy. */
    COPY,
    /** It is about their account. */
    ACCOUNT,
    /** It concerns somebody whose address nobody knows. */
    NOBODY_ELSE;

    String key() {
      return "why." + name().toLowerCase(Locale.ROOT);
    }
  }
}
