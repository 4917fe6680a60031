package io.tieback.notice;

import io.tieback.approval.People;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.util.function.UnaryOperator;

/** Everything that writes mails, on one policy. */
public final class Mails {

  private final Notifier notifier;
  private final QueueMails queue;
  private final DailySummary daily;
  private final PasswordMails passwords;

  /**
   * @param policy how people are written to
   * @param people who is written to
   * @param first connection under which mails about several are kept
   * @param rules what mails about decisions have to know of the settings
   * @param mask takes secrets out of what others said
   */
  public Mails(
      Ledger ledger,
      MailPolicy policy,
      People people,
      ConnectionId first,
      DecisionRules rules,
      UnaryOperator<String> mask,
      Clock clock) {
    Addressees addressees = new Addressees(ledger, people, policy, rules);
    Post post = new Post(ledger, policy);
    notifier = new Notifier(ledger, policy, addressees, post, mask, clock);
    queue = new QueueMails(ledger, policy, rules, addressees, post, mask);
    passwords = new PasswordMails(post, policy, first);
    daily = new DailySummary(ledger, policy, addressees, post, notifier, first, clock);
  }

  /** What failed, and what happens to connections. */
  public Notifier notifier() {
    return notifier;
  }

  /** What is decided in the queue. */
  public QueueMails queue() {
    return queue;
  }

  /** Links with which people set a password. */
  public PasswordMails passwords() {
    return passwords;
  }

  /** What is told once a day. */
  public DailySummary daily() {
    return daily;
  }
}
