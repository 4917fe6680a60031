package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.ledger.SignIns.Limits;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attempts to sign in, and sessions, as all nodes share them. */
class SignInsTest extends LedgerTest {

  private static final Limits LIMITS = new Limits(3, 5, Duration.ofMinutes(15));
  private static final Duration IDLE = Duration.ofHours(2);

  @Test
  @DisplayName(
      "attempts count for all nodes together: for the account from there, and for the address")
  void counts() {
    assertThat(attempt(ledger, "jo@example.com", "home").allowed()).isTrue();
    assertThat(attempt(other, "Jo@Example.com ", "home").allowed()).isTrue();
    clock.advance(Duration.ofMinutes(5));
    assertThat(attempt(ledger, "jo@example.com", "home").allowed()).isTrue();
    SignIns.Attempt fourth = attempt(other, "jo@example.com", "home");
    assertThat(fourth.allowed()).isFalse();
    assertThat(fourth.again()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(attempt(ledger, "jo@example.com", "elsewhere").allowed()).isTrue();
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    assertThat(attempt(ledger, "jo@example.com", "home").allowed()).isTrue();
    for (int i = 0; i < 5; i++) {
      assertThat(ledger.signIns().attempt("n" + i, "office", "", LIMITS).allowed()).isTrue();
    }
    assertThat(ledger.signIns().attempt("n6", "office", "", LIMITS).allowed()).isFalse();
  }

  private static SignIns.Attempt attempt(Ledger on, String who, String from) {
    return on.signIns().attempt(who, from, "", LIMITS);
  }

  @Test
  @DisplayName(
      "an account that is tried from many networks is slowed down, but not on its owner's device")
  void manyNetworks() {
    ledger.signIns().remember("jo@example.com", "device");
    for (int i = 0; i < LIMITS.perAccount() * SignIns.NETWORKS; i++) {
      assertThat(attempt(ledger, "jo@example.com", "bot " + i).allowed()).isTrue();
    }
    SignIns.Attempt slowed = attempt(ledger, "jo@example.com", "one more");
    assertThat(slowed.allowed()).isFalse();
    assertThat(slowed.again()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    assertThat(ledger.signIns().attempt("jo@example.com", "hotel", "device", LIMITS).allowed())
        .isTrue();
    assertThat(ledger.signIns().attempt("ann@example.com", "bot 1", "device", LIMITS).allowed())
        .isTrue();
    clock.advance(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(attempt(ledger, "jo@example.com", "one more").allowed()).isTrue();
    assertThat(attempt(ledger, "jo@example.com", "and another").allowed()).isFalse();
    for (int i = 1; i < LIMITS.perAccount(); i++) {
      assertThat(ledger.signIns().attempt("jo@example.com", "hotel", "device", LIMITS).allowed())
          .isTrue();
    }
    assertThat(ledger.signIns().attempt("jo@example.com", "hotel", "device", LIMITS).allowed())
        .as("a device that was stolen guesses no faster than a network")
        .isFalse();
  }

  @Test
  @DisplayName("many attempts at once get no more than one after the other")
  void atOnce() {
    long allowed =
        IntStream.range(0, 24)
            .parallel()
            .filter(
                i ->
                    (i % 2 == 0 ? ledger : other)
                        .signIns()
                        .attempt("jo@example.com", "home", "", LIMITS)
                        .allowed())
            .count();
    assertThat(allowed).isEqualTo(3);
  }

  @Test
  @DisplayName("the right password forgets the account's attempts and one of the address")
  void succeeds() {
    for (int i = 0; i < 30; i++) {
      assertThat(ledger.signIns().attempt("jo@example.com", "office", "", LIMITS).allowed())
          .isTrue();
      ledger.signIns().succeeded("jo@example.com", "office", "");
    }
    assertThat(ledger.signIns().forgetOlder(LIMITS.window())).isZero();
  }

  @Test
  @DisplayName(
      "a session is found by its hash until it rests, is old, or its user gets another role or"
          + " leaves")
  void sessions() {
    long owner = user("owner@example.com", "owner");
    long id = user("jo@example.com", "viewer");
    ledger.sessions().open("hash", id, "word", Duration.ofHours(12));
    assertThat(other.sessions().find("hash", IDLE).orElseThrow().userId()).isEqualTo(id);
    assertThat(other.sessions().find("other", IDLE)).isEmpty();
    clock.advance(Duration.ofMinutes(119));
    assertThat(other.sessions().find("hash", IDLE)).isPresent();
    clock.advance(IDLE.plusSeconds(1));
    assertThat(other.sessions().find("hash", IDLE)).isEmpty();
    assertThat(ledger.sessions().forgetEnded(IDLE)).isEqualTo(1);

    ledger.sessions().open("second", id, "word", Duration.ofHours(12));
    ledger.users().language(id, "fr", "test");
    assertThat(ledger.sessions().find("second", IDLE)).isPresent();
    ledger.users().role(id, "approver", "test");
    assertThat(ledger.sessions().find("second", IDLE)).isEmpty();
    ledger.sessions().open("third", id, "word", Duration.ofHours(12));
    ledger.sessions().open("owner's", owner, "word", Duration.ofHours(12));
    ledger.users().active(id, false, "test");
    assertThat(ledger.sessions().find("third", IDLE)).isEmpty();
    assertThat(ledger.sessions().find("owner's", IDLE)).isPresent();
  }

  private long user(String email, String role) {
    return ledger.users().create(new User.Draft(email, "Jo", role, "en", null), "test");
  }
}
