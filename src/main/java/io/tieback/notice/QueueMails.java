package io.tieback.notice;

import io.tieback.approval.Told;
import io.tieback.ledger.ItemSummary;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import io.tieback.notice.Recipient.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Mails about decisions in Tieback's own queue. They are written in the transaction of the caller
 * if there is one, so what is taken back then is not mailed.
 */
public final class QueueMails implements Told {

  private final Ledger ledger;
  private final MailPolicy policy;
  private final DecisionRules rules;
  private final Addressees addressees;
  private final Post post;
  private final QueueLetters letters;
  private final UnaryOperator<String> mask;

  QueueMails(
      Ledger ledger,
      MailPolicy policy,
      DecisionRules rules,
      Addressees addressees,
      Post post,
      UnaryOperator<String> mask) {
    this.ledger = ledger;
    this.policy = policy;
    this.rules = rules;
    this.addressees = addressees;
    this.post = post;
    this.letters = new QueueLetters(policy);
    this.mask = mask;
  }

  /**
   * Something happened to an item: what concerns somebody who is not at the console is mailed, all
   * of it or nothing. What failed is told by {@link Notifier}.
   */
  @Override
  public void of(News news) {
    long item = news.item().id();
    ledger.together(
        () -> {
          switch (news.action()) {
            case REJECT -> rejected(item, news.reason(), name(news.who()), news.who());
            case RESEND -> resent(item);
            case ACCEPT_FIRST -> secondNeeded(item, name(news.who()));
            case RETURN -> returned(item, news.reason());
            default -> {
              // Everything else is seen in the lists, or told by the daily summary.
            }
          }
          return null;
        });
  }

  private String name(String mail) {
    return ledger.users().byEmail(mail).map(User::name).orElse(mail);
  }

  /**
   * An item was rejected. Projects: whoever sent and whoever created it, and a copy to their
   * approvers (GEN-NOT-08, C-10). Commitments and change orders: whoever created it; everything
   * else: whoever sent it (GEN-NOT-07), or the other of the two when only that one's address is
   * known. When nobody's is, administrators are told.
   *
   * @param item the ledger's key of the item
   * @param comment what the approver wrote, or null
   * @param by the approver's name
   * @param byMail the approver's address: no copy for them
   */
  public void rejected(long item, String comment, String by, String byMail) {
    ItemSummary about = find(item);
    if (about == null) {
      return;
    }
    String words = comment == null ? "" : Texts.lines(mask.apply(comment));
    post.send(
        about.connection(),
        "rejected",
        rejectionReaders(about, byMail),
        null,
        (texts, reader) -> letters.rejected(texts, reader, about, words, by));
  }

  private List<Recipient> rejectionReaders(ItemSummary item, String byMail) {
    List<Recipient> readers = new ArrayList<>();
    switch (item.kind()) {
      case "project" -> {
        addressees.sender(item).ifPresent(readers::add);
        addressees.creator(item).ifPresent(readers::add);
      }
      case "commitment", "change_order" ->
          addressees.creator(item).or(() -> addressees.sender(item)).ifPresent(readers::add);
      default -> addressees.sender(item).or(() -> addressees.creator(item)).ifPresent(readers::add);
    }
    if (readers.isEmpty()) {
      addressees.administrators().stream()
          .map(r -> new Recipient(r.userId(), r.address(), r.name(), r.language(), Why.NOBODY_ELSE))
          .forEach(readers::add);
    }
    if (item.kind().equals("project")) {
      readers.addAll(addressees.copies(item, byMail));
    }
    return Addressees.onceEach(readers);
  }

  /**
   * An item was sent again. Approvers are told at once of a commitment (GEN-NOT-05; setting {@code
   * mail.resent-commitment}); everything else waits for the daily summary (GEN-NOT-06).
   */
  public void resent(long item) {
    ItemSummary about = find(item);
    if (about != null
        && about.kind().equals("commitment")
        && policy.resentCommitments()
        && !rules.directCommitments().test(about.connection())) {
      post.send(
          about.connection(),
          "resent",
          addressees.deciders(about),
          "resent " + item + " round " + about.round(),
          (texts, reader) -> letters.resent(texts, about));
    }
  }

  /**
   * An item was accepted by one, and needs a second one.
   *
   * @param by the first one's name
   */
  public void secondNeeded(long item, String by) {
    ItemSummary about = find(item);
    if (about != null) {
      post.send(
          about.connection(),
          "second_approver",
          addressees.deciders(about),
          null,
          (texts, reader) -> letters.second(texts, about, by));
    }
  }

  /**
   * An accepted item came back to its approvers: it composed otherwise than what was accepted.
   *
   * @param why what changed
   */
  public void returned(long item, String why) {
    ItemSummary about = find(item);
    if (about != null) {
      post.send(
          about.connection(),
          "returned",
          addressees.deciders(about),
          null,
          (texts, reader) ->
              letters.returned(texts, about, why == null ? "" : Texts.lines(mask.apply(why))));
    }
  }

  /** Null when mail is switched off. */
  private ItemSummary find(long item) {
    return post.open()
        ? ledger
            .itemSummaries()
            .find(item)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the queue has no item " + item + " that a mail could be about"))
        : null;
  }
}
