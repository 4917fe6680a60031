package io.tieback.notice;

import io.tieback.ledger.ItemSummary;
import io.tieback.notice.Letter.Action;
import io.tieback.notice.Letter.Block;
import io.tieback.notice.Letter.Tone;
import java.util.ArrayList;
import java.util.List;

/** Letters about one item of the queue. */
final class QueueLetters {

  private final MailPolicy policy;

  QueueLetters(MailPolicy policy) {
    this.policy = policy;
  }

  /**
   * It was rejected (GEN-Q-07).
   *
   * @param comment what the approver wrote, or blank
   * @param by who rejected it
   */
  Letter rejected(Texts texts, Recipient reader, ItemSummary item, String comment, String by) {
    String name = ItemWords.name(texts, item);
    List<Block> blocks = new ArrayList<>();
    blocks.add(Block.paragraph(texts.get("rejected.text", Texts.line(by), name)));
    if (comment.isBlank()) {
      blocks.add(Block.paragraph(texts.get("rejected.no-comment")));
    } else {
      blocks.add(Block.quote(texts.get("rejected.comment"), comment));
    }
    blocks.add(Block.facts(ItemWords.facts(texts, item)));
    blocks.add(
        Block.paragraph(
            texts.get("remedy"),
            switch (reader.why()) {
              case COPY -> texts.get("rejected.remedy.copy");
              case NOBODY_ELSE -> texts.get("rejected.remedy.nobody");
              default -> texts.get("rejected.remedy");
            }));
    boolean project = item.kind().equals("project");
    return new Letter(
        project ? texts.get("rejected.project.subject") : texts.get("rejected.subject", name),
        texts.get("rejected.headline", ItemWords.capital(name)),
        Tone.AMBER,
        blocks,
        open(texts, item));
  }

  /** It was sent again, and waits (GEN-NOT-05). */
  Letter resent(Texts texts, ItemSummary item) {
    String name = ItemWords.name(texts, item);
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Block.paragraph(
            item.sentByName() == null
                ? texts.get("resent.text", name)
                : texts.get("resent.text.by", Texts.line(item.sentByName()), name)));
    blocks.add(Block.facts(ItemWords.facts(texts, item)));
    if (item.comment() != null && !item.comment().isBlank()) {
      blocks.add(Block.quote(texts.get("resent.comment"), Texts.lines(item.comment())));
    }
    return new Letter(
        texts.get("digest.subject"),
        texts.get("resent.headline", ItemWords.capital(name)),
        Tone.BLUE,
        blocks,
        open(texts, item));
  }

  /** One has accepted it, and a second one is needed. */
  Letter second(Texts texts, ItemSummary item, String first) {
    String name = ItemWords.name(texts, item);
    return new Letter(
        texts.get("second.subject", name),
        texts.get("second.headline", ItemWords.capital(name)),
        Tone.BLUE,
        List.of(
            Block.paragraph(texts.get("second.text", Texts.line(first), name)),
            Block.facts(ItemWords.facts(texts, item))),
        open(texts, item));
  }

  /** It composes otherwise than what was accepted (design section 2). */
  Letter returned(Texts texts, ItemSummary item, String why) {
    String name = ItemWords.name(texts, item);
    return new Letter(
        texts.get("returned.subject", name),
        texts.get("returned.headline", ItemWords.capital(name)),
        Tone.AMBER,
        List.of(
            Block.paragraph(texts.get("returned.text", name)),
            Block.quote(texts.get("happened"), why),
            Block.facts(ItemWords.facts(texts, item))),
        open(texts, item));
  }

  private Action open(Texts texts, ItemSummary item) {
    return policy.console() == null
        ? null
        : new Action(texts.get("open.item"), policy.item(item.id()));
  }
}
