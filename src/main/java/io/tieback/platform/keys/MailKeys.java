package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.trueOrFalse;
import static io.tieback.platform.ValueTypes.wholeNumber;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.util.List;

/** Mails to people. */
public final class MailKeys {

  private static final String ADDRESS = "[^@\\s,]+@[^@\\s,]+";

  /** Whether mails are sent. */
  public static final Key<Boolean> ENABLED =
      Key.of("mail.enabled", trueOrFalse())
          .standard("false")
          .described(
              "Whether mails are sent when a record fails or a connection needs someone. Dead letters"
                  + " and paused connections are kept in the ledger either way.");

  /** Mail server. */
  public static final Key<String> HOST =
      Key.of("mail.host", text("a host name or address", "[A-Za-z0-9.:-]+"))
          .example("smtp.example.com")
          .requiredWhen(ENABLED, "true")
          .described("The mail server that takes them.");

  /** Its port. */
  public static final Key<Integer> PORT =
      Key.of("mail.port", wholeNumber(1, 65535))
          .standard("587")
          .described("Its port: 587 with STARTTLS, 465 with TLS from the first byte, 25 plain.");

  /** How the line is protected. */
  public static final Key<String> SECURITY =
      Key.of("mail.security", oneOf("starttls", "tls", "none"))
          .standard("starttls")
          .described(
              "How the line to the mail server is protected. With starttls a server that does not"
                  + " offer it is refused.");

  /** User, when it wants one. */
  public static final Key<String> USER =
      Key.of("mail.user", text())
          .example("tieback@example.com")
          .described("User at the mail server; leave it out when it asks for none.");

  /** Password of that user. */
  public static final Key<String> PASSWORD =
      Key.of("mail.password", text())
          .example("${env:MAIL_PASSWORD}")
          .secret()
          .described("Password of that user.");

  /** Sender. */
  public static final Key<String> FROM =
      Key.of("mail.from", text("a mail address", ADDRESS))
          .example("tieback@example.com")
          .requiredWhen(ENABLED, "true")
          .described("Sender of the mails.");

  /** Receivers. */
  public static final Key<List<String>> TO =
      Key.of("mail.to", list("a list of mail addresses", ADDRESS))
          .example("accounting@example.com,operations@example.com")
          .requiredWhen(ENABLED, "true")
          .described("Who gets them, separated by commas.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject("Mail", "", List.of(ENABLED, HOST, PORT, SECURITY, USER, PASSWORD, FROM, TO));

  private MailKeys() {}
}
