package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Mail;
import io.tieback.notice.Rendering.Rendered;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts letters into the ledger's outbox, one mail for each recipient in their language. A route
 * sends them, so nothing here waits for a mail server.
 */
final class Post {

  private static final Logger LOG = LoggerFactory.getLogger(Post.class);

  private final Ledger ledger;
  private final MailPolicy policy;
  private final Rendering rendering = new Rendering();

  Post(Ledger ledger, MailPolicy policy) {
    this.ledger = ledger;
    this.policy = policy;
  }

  /** Writes a letter for a reader. */
  interface Draft {
    Letter in(Texts texts, Recipient reader);
  }

  boolean open() {
    return policy.enabled();
  }

  /**
   * Stores the mails, in the transaction of the caller if there is one.
   *
   * @param kind what it is about
   * @param onceKey the same is told to the same person once for good; null for always
   * @return how many were stored
   */
  int send(
      ConnectionId connection, String kind, List<Recipient> readers, String onceKey, Draft draft) {
    if (!open()) {
      return 0;
    }
    if (readers.isEmpty()) {
      LOG.warn(
          "nobody to write to kind='{}' connection='{}' remedy='give a user the right or the mails,"
              + " or set mail.to'",
          kind,
          connection);
    }
    int stored = 0;
    for (Recipient reader : readers) {
      if (!Mail.isAddress(reader.address())) {
        LOG.warn(
            "no mail address, nothing is sent to it kind='{}' connection='{}' user='{}'",
            kind,
            connection,
            reader.userId());
        continue;
      }
      Texts texts = Texts.of(reader.language());
      String profile = reader.userId() == null ? null : policy.profile();
      Rendered mail =
          rendering.render(draft.in(texts, reader), texts, texts.get(reader.why().key()), profile);
      boolean added =
          ledger
              .notices()
              .add(
                  new Mail(
                      connection,
                      kind,
                      reader.address(),
                      reader.userId(),
                      texts.language(),
                      mail.subject(),
                      mail.text(),
                      mail.html(),
                      onceKey == null ? null : onceKey + " to " + reader.address()));
      stored += added ? 1 : 0;
    }
    return stored;
  }
}
