package io.tieback.console.door;

import io.tieback.approval.Person;
import io.tieback.console.web.Answer;
import io.tieback.console.web.Call;
import io.tieback.console.web.Cookies;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Sessions.Session;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Sessions: who is behind a request, letting somebody in and out. Each sign-in makes a token of its
 * own; a token that came with the request is never taken over (session fixation).
 */
public final class Gate {

  private static final String COOKIE = "tieback";
  private static final int TOKEN_LENGTH = 43;

  private final Ledger ledger;
  private final LongFunction<Optional<Person>> people;
  private final Cookies cookies;
  private final Duration idle;
  private final Duration longest;

  /**
   * @param people the person of a user's id; empty when they are not active
   */
  public Gate(
      Ledger ledger,
      LongFunction<Optional<Person>> people,
      Cookies cookies,
      Duration idle,
      Duration longest) {
    this.ledger = ledger;
    this.people = people;
    this.cookies = cookies;
    this.idle = idle;
    this.longest = longest;
  }

  /**
   * Somebody who is signed in.
   *
   * @param person who
   * @param session their session
   * @param tokenHash the session's key
   */
  public record Guest(Person person, Session session, String tokenHash) {}

  /** Who is behind a request. */
  public Optional<Guest> guest(Call call) {
    return token(call)
        .map(Tokens::hash)
        .flatMap(
            hash ->
                ledger
                    .sessions()
                    .find(hash, idle, !call.asksByItself())
                    .flatMap(
                        session ->
                            people
                                .apply(session.userId())
                                .map(person -> new Guest(person, session, hash))));
  }

  /** Lets somebody in whose identity is proved; what the browser held before ends. */
  public Answer admit(long userId, Call call, Answer answer) {
    return admit(userId, call, answer, session -> {});
  }

  /**
   * As {@link #admit(long, Call, Answer)}.
   *
   * @param opened gets the key of the new session, in the transaction in which it begins
   */
  public Answer admit(long userId, Call call, Answer answer, Consumer<String> opened) {
    String token = Tokens.fresh();
    ledger.together(
        () -> {
          token(call).map(Tokens::hash).ifPresent(ledger.sessions()::end);
          ledger.sessions().open(Tokens.hash(token), userId, Tokens.fresh(), longest);
          opened.accept(Tokens.hash(token));
          ledger.users().signedIn(userId);
          ledger.sessions().forgetEnded(idle);
          return null;
        });
    return answer.cookie(cookies.set(COOKIE, token));
  }

  /** Lets somebody out. */
  public Answer leave(Call call, Answer answer) {
    token(call).map(Tokens::hash).ifPresent(ledger.sessions()::end);
    return answer.cookie(cookies.drop(COOKIE)).header("Clear-Site-Data", "\"cache\", \"storage\"");
  }

  private Optional<String> token(Call call) {
    return call.cookie(cookies.name(COOKIE)).filter(token -> token.length() == TOKEN_LENGTH);
  }
}
