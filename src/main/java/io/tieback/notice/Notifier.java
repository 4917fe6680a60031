package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.FailureNotes.Note;
import io.tieback.ledger.Ledger;
import io.tieback.notice.Letter.Action;
import io.tieback.notice.Letter.Block;
import io.tieback.notice.Letter.Fact;
import io.tieback.notice.Letter.Tone;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Writes the mails about what needs a person into the ledger's outbox; a route sends them. Nothing
 * is written when mail is switched off, since the dead letters and the health page show the same.
 *
 * <p>The frame of a mail is in the language of its reader. What a rule, the ERP or Procore said is
 * quoted as it is.
 */
public final class Notifier {

  private final Ledger ledger;
  private final MailPolicy policy;
  private final Addressees addressees;
  private final Post post;
  private final FailureLetters letters;
  private final UnaryOperator<String> mask;
  private final Clock clock;

  Notifier(
      Ledger ledger,
      MailPolicy policy,
      Addressees addressees,
      Post post,
      UnaryOperator<String> mask,
      Clock clock) {
    this.ledger = ledger;
    this.policy = policy;
    this.addressees = addressees;
    this.post = post;
    this.letters = new FailureLetters(policy);
    this.mask = mask;
    this.clock = clock;
  }

  /** A record needs a person; it has no item in the queue. */
  public void deadLetter(
      ConnectionId connection, String what, String kind, String message, String remedy) {
    deadLetter(connection, what, kind, message, remedy, null);
  }

  /**
   * A record needs a person. The first is told at once; those that follow within {@code
   * mail.failure-window} are told together.
   *
   * @param what the record in words
   * @param kind kind of failure, such as {@code REFUSED}
   * @param message what happened
   * @param remedy what to do, or null
   * @param workItem the work item that failed, or null when it is none
   */
  public void deadLetter(
      ConnectionId connection,
      String what,
      String kind,
      String message,
      String remedy,
      Long workItem) {
    if (!post.open()) {
      return;
    }
    Long item = workItem == null ? null : ledger.itemSummaries().ofWork(workItem).orElse(null);
    ledger
        .failureNotes()
        .note(
            connection,
            new Note(Texts.line(what), kind, clean(message), clean(remedy), item),
            policy.failureWindow(),
            notes -> tell(connection, notes));
  }

  /** Tells what ended windows collected; a route calls it again and again. */
  public void windowsEnded() {
    for (ConnectionId connection : ledger.failureNotes().untold()) {
      ledger
          .failureNotes()
          .windowEnded(connection, policy.failureWindow(), notes -> tell(connection, notes));
    }
  }

  private void tell(ConnectionId connection, List<Note> notes) {
    var items =
        ledger
            .itemSummaries()
            .find(notes.stream().map(Note::queueItem).filter(java.util.Objects::nonNull).toList());
    post.send(
        connection,
        "dead_letter",
        addressees.failures(connection),
        null,
        (texts, reader) ->
            notes.size() == 1
                ? letters.one(texts, connection, notes.get(0), items)
                : letters.many(texts, connection, notes, items));
  }

  /**
   * A document was written, and a person has to look at it.
   *
   * @param onceKey the same remark is mailed once
   */
  public void remark(
      ConnectionId connection, String what, String message, String remedy, String onceKey) {
    String name = Texts.line(what);
    send(
        connection,
        "remark",
        onceKey,
        texts ->
            new Letter(
                texts.get("remark.subject", name),
                texts.get("remark.headline", name),
                Tone.AMBER,
                List.of(
                    connectionFact(texts, connection),
                    Block.quote(texts.get("found"), clean(message)),
                    Block.paragraph(texts.get("remedy"), clean(remedy))),
                null));
  }

  /** The sign-in of a connection failed; nothing goes out or comes back until it works. */
  public void connectionPaused(ConnectionId connection, String message, String remedy) {
    send(
        connection,
        "connection_paused",
        null,
        texts ->
            new Letter(
                texts.get("paused.subject", connection),
                texts.get("paused.headline", connection),
                Tone.RED,
                List.of(
                    Block.quote(texts.get("happened"), clean(message)),
                    Block.paragraph(
                        texts.get("remedy"),
                        remedy == null || remedy.isBlank()
                            ? texts.get("paused.remedy")
                            : clean(remedy)),
                    Block.paragraph(texts.get("paused.nothing-lost"))),
                console(texts)));
  }

  /** A paused connection goes on. */
  public void connectionResumed(ConnectionId connection) {
    send(
        connection,
        "connection_resumed",
        null,
        texts ->
            new Letter(
                texts.get("resumed.subject", connection),
                texts.get("resumed.headline", connection),
                Tone.GREEN,
                List.of(Block.paragraph(texts.get("resumed.text"))),
                console(texts)));
  }

  /**
   * A payment that was written to Procore is gone in the ERP (GEN-PAY-11).
   *
   * @param erpPayment the ERP's key of it
   * @param date its day
   * @param amount its amount
   * @param procorePayment the contract payment that still stands, or null
   */
  public void paymentDeleted(
      ConnectionId connection,
      String erpPayment,
      LocalDate date,
      Money amount,
      Long procorePayment) {
    send(
        connection,
        "payment_deleted",
        null,
        texts -> {
          List<Fact> facts = new ArrayList<>();
          facts.add(new Fact(texts.get("fact.connection"), connection.value()));
          facts.add(new Fact(texts.get("fact.payment"), Texts.line(erpPayment)));
          facts.add(new Fact(texts.get("fact.date"), texts.day(date)));
          facts.add(new Fact(texts.get("fact.amount"), texts.money(amount, null)));
          if (procorePayment != null) {
            facts.add(new Fact(texts.get("fact.contract-payment"), procorePayment.toString()));
          }
          return new Letter(
              texts.get("payment-deleted.subject"),
              texts.get("payment-deleted.headline"),
              Tone.AMBER,
              List.of(
                  Block.facts(facts),
                  Block.paragraph(texts.get("payment-deleted.text")),
                  Block.paragraph(texts.get("remedy"), texts.get("payment-deleted.remedy"))),
              console(texts));
        });
  }

  /**
   * A sign-in is about to end. Told once for each of the times that {@code mail.warn-before} lists,
   * and again after it was renewed.
   *
   * @param system whose sign-in, such as {@code xero}
   * @param endsAt when it ends
   */
  public void warn(ConnectionId connection, String system, Instant endsAt) {
    Instant now = clock.instant();
    policy.warnBefore().stream()
        .filter(before -> !now.isBefore(endsAt.minus(before)))
        .reduce((longer, shorter) -> shorter)
        .ifPresent(
            before ->
                send(
                    connection,
                    "sign_in_ends",
                    "ends " + system + " " + endsAt + " " + before,
                    texts -> letters.ends(texts, connection, system, endsAt, now)));
  }

  /**
   * A Web Connector did not call for longer than its schedule has it. Told once for each silence.
   *
   * @param since when it called last
   * @param schedule how often it should, such as {@code every 30 minutes}
   */
  public void silent(ConnectionId connection, Instant since, String schedule) {
    send(
        connection,
        "silent",
        "silent " + since,
        texts -> letters.silent(texts, connection, since, schedule, clock.instant()));
  }

  private interface Draft {
    Letter in(Texts texts);
  }

  private void send(ConnectionId connection, String kind, String onceKey, Draft draft) {
    if (post.open()) {
      post.send(
          connection,
          kind,
          addressees.failures(connection),
          onceKey,
          (texts, reader) -> draft.in(texts));
    }
  }

  private static Block connectionFact(Texts texts, ConnectionId connection) {
    return Block.facts(List.of(new Fact(texts.get("fact.connection"), connection.value())));
  }

  private Action console(Texts texts) {
    return policy.console() == null ? null : new Action(texts.get("open.console"), policy.page(""));
  }

  private String clean(String text) {
    return text == null ? null : Texts.lines(mask.apply(text));
  }
}
