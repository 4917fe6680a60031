package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CredentialsTest extends LedgerTest {

  private Credentials.Sealed sealed(String text) {
    return Credentials.Sealed.of(
        text.getBytes(StandardCharsets.UTF_8), clock.instant().plusSeconds(1800));
  }

  private static String text(Credentials.Sealed sealed) {
    return new String(sealed.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatIsStoredIsReadBackWithItsVersion() {
    assertThat(ledger.credentials().get(NORTH, "xero")).isEmpty();
    ledger.credentials().exclusively(NORTH, "xero", none -> sealed("one"));
    Credentials.Sealed second =
        ledger
            .credentials()
            .exclusively(NORTH, "xero", present -> sealed(text(present.orElseThrow()) + " two"));
    assertThat(second.version()).isEqualTo(2);
    Credentials.Sealed stored = other.credentials().get(NORTH, "xero").orElseThrow();
    assertThat(text(stored)).isEqualTo("one two");
    assertThat(stored.expiresAt()).isEqualTo(clock.instant().plusSeconds(1800));
    assertThat(stored).isEqualTo(second);
  }

  @Test
  void theEndThatTheServiceToldIsKeptUntilItIsForgotten() {
    java.time.Instant ends = clock.instant().plus(java.time.Duration.ofDays(100));
    ledger
        .credentials()
        .exclusively(
            NORTH,
            "quickbooksonline",
            none -> Credentials.Sealed.of(new byte[] {1}, clock.instant(), ends));
    ledger.credentials().exclusively(NORTH, "xero", none -> sealed("one"));
    assertThat(ledger.credentials().renewals())
        .extracting(Credentials.Renewal::system, Credentials.Renewal::endsAt)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple("quickbooksonline", ends),
            org.assertj.core.api.Assertions.tuple("xero", null));
    assertThat(ledger.overview(NORTH).signIns())
        .extracting(Overview.SignIn::endsAt)
        .containsExactlyInAnyOrder(ends, null);
    ledger.credentials().forget(NORTH, "quickbooksonline");
    assertThat(ledger.overview(NORTH).signIns())
        .extracting(Overview.SignIn::endsAt)
        .containsOnlyNulls();
  }

  @Test
  void oneHolderAtATimeRenewsAndTheNextSeesWhatItStored() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      AtomicInteger renewals = new AtomicInteger();
      Future<Credentials.Sealed> first =
          pool.submit(
              () ->
                  ledger
                      .credentials()
                      .exclusively(
                          NORTH,
                          "xero",
                          none -> {
                            inside.countDown();
                            await(goOn);
                            renewals.incrementAndGet();
                            return sealed("fresh");
                          }));
      assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
      Future<Credentials.Sealed> second =
          pool.submit(
              () ->
                  other
                      .credentials()
                      .exclusively(
                          NORTH,
                          "xero",
                          present -> {
                            // What another holder just renewed need not be renewed again.
                            return present.orElseGet(
                                () -> {
                                  renewals.incrementAndGet();
                                  return sealed("second");
                                });
                          }));
      org.awaitility.Awaitility.await().until(() -> waitingForLocks() == 1);
      assertThat(second.isDone()).isFalse();
      goOn.countDown();
      assertThat(text(first.get())).isEqualTo("fresh");
      assertThat(text(second.get())).isEqualTo("fresh");
      assertThat(renewals).hasValue(1);
    } finally {
      pool.shutdownNow();
    }
  }

  private long waitingForLocks() {
    return sql.queryForObject("select count(*) from pg_locks where not granted", Long.class);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody opened the latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRenewalThatFailsLeavesWhatIsStored() {
    ledger.credentials().exclusively(NORTH, "xero", none -> sealed("one"));
    assertThatThrownBy(
            () ->
                ledger
                    .credentials()
                    .exclusively(
                        NORTH,
                        "xero",
                        present -> {
                          throw new IllegalStateException("invalid_grant");
                        }))
        .hasMessage("invalid_grant");
    assertThat(text(ledger.credentials().get(NORTH, "xero").orElseThrow())).isEqualTo("one");
  }

  @Test
  void aRenewedTokenSurvivesWhateverHappensToTheTransactionAroundIt() {
    assertThatThrownBy(
            () ->
                ledger.together(
                    () -> {
                      ledger.credentials().exclusively(NORTH, "xero", none -> sealed("rotated"));
                      throw new IllegalStateException("power cut");
                    }))
        .hasMessage("power cut");
    assertThat(text(ledger.credentials().get(NORTH, "xero").orElseThrow())).isEqualTo("rotated");
  }

  @Test
  void connectionsAndSystemsAreApartAndForgettingForgets() {
    ledger.credentials().exclusively(NORTH, "xero", none -> sealed("x"));
    ledger.credentials().exclusively(NORTH, "procore", none -> sealed("p"));
    ledger.credentials().forget(NORTH, "xero");
    assertThat(ledger.credentials().get(NORTH, "xero")).isEmpty();
    assertThat(text(ledger.credentials().get(NORTH, "procore").orElseThrow())).isEqualTo("p");
    assertThat(
            ledger
                .credentials()
                .exclusively(
                    NORTH,
                    "xero",
                    none -> {
                      assertThat(none).isEmpty();
                      return sealed("again");
                    })
                .version())
        .isPositive();
  }

  @Test
  void nothingOfTheContentIsPrinted() {
    assertThat(sealed("secret").toString()).doesNotContain("secret").doesNotContain("115");
  }
}
