package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Notices;
import io.tieback.ledger.User;
import io.tieback.notice.Letter.Action;
import io.tieback.notice.Letter.Block;
import io.tieback.notice.Letter.Tone;
import java.util.List;
import java.util.Locale;

/**
 * Mails with which people set a password of their own, so that nobody else sees the link. Their
 * text is taken out of the ledger as soon as they left, or were given up.
 */
public final class PasswordMails {

  private final Post post;
  private final MailPolicy policy;
  private final ConnectionId first;

  PasswordMails(Post post, MailPolicy policy, ConnectionId first) {
    this.post = post;
    this.policy = policy;
    this.first = first;
  }

  /** Whether such mails can be written: mail is on, and it is known where the console is. */
  public boolean open() {
    return post.open() && policy.console() != null;
  }

  /**
   * Stores the mail, in the transaction of the caller if there is one.
   *
   * @param user whose password it is
   * @param token of the link
   * @return whether it was stored; false when their address is none
   */
  public boolean send(User user, String token) {
    Recipient reader =
        new Recipient(
            user.id(),
            user.email(),
            user.name(),
            Locale.forLanguageTag(user.language()),
            Recipient.Why.ACCOUNT);
    return open()
        && post.send(
                first,
                Notices.PASSWORD_LINK,
                List.of(reader),
                null,
                (texts, to) -> letter(texts, user, token))
            == 1;
  }

  private Letter letter(Texts texts, User user, String token) {
    return new Letter(
        texts.get("password.subject"),
        texts.get("password.headline"),
        Tone.BLUE,
        List.of(
            Block.paragraph(texts.get("password.text", user.email())),
            Block.paragraph(texts.get("password.warning"))),
        new Action(texts.get("password.open"), policy.page("set-password?token=" + token)));
  }
}
