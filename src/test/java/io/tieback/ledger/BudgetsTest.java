package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BudgetsTest extends LedgerTest {

  private static final String XERO = "xero";

  @BeforeEach
  void limits() {
    ledger
        .budgets()
        .configure(
            NORTH,
            XERO,
            List.of(
                new Budgets.Window("minute", Duration.ofMinutes(1), 3),
                new Budgets.Window("day", Duration.ofDays(1), 5)),
            2);
  }

  private Budgets.Grant take(int calls) {
    return ledger.budgets().take(NORTH, XERO, calls);
  }

  @Test
  void callsAreGrantedUntilTheTightestWindowIsFullAndAgainWhenItEnds() {
    clock.advance(Duration.ofSeconds(61));
    assertThat(take(1).granted()).isTrue();
    clock.advance(Duration.ofSeconds(10));
    assertThat(take(2).granted()).isTrue();
    Budgets.Grant refused = take(1);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.waitUntil())
        .as("the window began with its first call")
        .isEqualTo(clock.instant().plusSeconds(50));
    assertThat(refused.reason()).contains("3 calls a minute");
    clock.advance(Duration.ofSeconds(50));
    assertThat(take(2).granted()).isTrue();
    Budgets.Grant day = take(1);
    assertThat(day.granted()).isFalse();
    assertThat(day.reason()).contains("5 calls a day");
    assertThat(day.waitUntil()).isAfter(clock.instant().plus(Duration.ofHours(20)));
  }

  @Test
  void aRefusedTakeUsesNothingUp() {
    assertThat(take(2).granted()).isTrue();
    assertThat(take(2).granted()).isFalse();
    assertThat(take(1).granted()).isTrue();
  }

  @Test
  void moreThanCanEverBeGrantedIsAnErrorAndNotAWaitForEver() {
    assertThatThrownBy(() -> take(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never");
  }

  @Test
  void theBudgetIsSharedByAllNodesAndNeverOverdrawn() throws Exception {
    ledger
        .budgets()
        .configure(
            NORTH, XERO, List.of(new Budgets.Window("minute", Duration.ofMinutes(1), 60)), 0);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> nodes = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Ledger node = t % 2 == 0 ? ledger : other;
        nodes.add(
            pool.submit(
                () -> {
                  int granted = 0;
                  for (int i = 0; i < 25; i++) {
                    granted += node.budgets().take(NORTH, XERO, 1).granted() ? 1 : 0;
                  }
                  return granted;
                }));
      }
      int granted = 0;
      for (Future<Integer> node : nodes) {
        granted += node.get();
      }
      assertThat(granted).isEqualTo(60);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void whatTheServiceForbidsIsForbiddenForAllUntilThenAndALaterTimeStays() {
    ledger.budgets().blockedUntil(NORTH, XERO, clock.instant().plusSeconds(60), "429 day");
    ledger.budgets().blockedUntil(NORTH, XERO, clock.instant().plusSeconds(10), "429 minute");
    Budgets.Grant grant = other.budgets().take(NORTH, XERO, 1);
    assertThat(grant.granted()).isFalse();
    assertThat(grant.reason()).isEqualTo("429 day");
    assertThat(grant.waitUntil()).isEqualTo(clock.instant().plusSeconds(60));
    clock.advance(Duration.ofSeconds(60));
    assertThat(take(1).granted()).isTrue();
  }

  @Test
  void whatTheServiceTellsAboutItsLimitCounts() {
    ledger.budgets().observed(NORTH, XERO, "minute", 10, 1, clock.instant().plusSeconds(20));
    assertThat(take(1).granted()).isTrue();
    assertThat(take(1).waitUntil()).isEqualTo(clock.instant().plusSeconds(20));
  }

  @Test
  void placesForCallsAtTheSameTimeAreLimitedAndComeBackWhenTheirHolderDies() {
    int first = ledger.budgets().slot(NORTH, XERO, LEASE).orElseThrow();
    int second = other.budgets().slot(NORTH, XERO, LEASE).orElseThrow();
    assertThat(first).isNotEqualTo(second);
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).isEmpty();
    ledger.budgets().release(NORTH, XERO, List.of(second));
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).as("held by the other node").isEmpty();
    ledger.budgets().release(NORTH, XERO, List.of(first));
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).contains(first);
    clock.advance(LEASE);
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).isPresent();
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).isPresent();
  }

  @Test
  void changingTheLimitsKeepsWhatWasCounted() {
    take(3);
    ledger
        .budgets()
        .configure(NORTH, XERO, List.of(new Budgets.Window("minute", Duration.ofMinutes(1), 4)), 1);
    assertThat(take(1).granted()).isTrue();
    assertThat(take(1).granted()).isFalse();
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).isPresent();
    assertThat(ledger.budgets().slot(NORTH, XERO, LEASE)).isEmpty();
  }

  @Test
  void aSystemWithoutLimitsGrantsEverything() {
    assertThat(ledger.budgets().take(NORTH, "procore", 1000).granted()).isTrue();
    ledger.budgets().blockedUntil(NORTH, "procore", clock.instant().plusSeconds(5), "503");
    assertThat(ledger.budgets().take(NORTH, "procore", 1).granted()).isFalse();
  }

  @Test
  @DisplayName("XR-API-01: no minute holds more calls than allowed, whenever it begins")
  void aRollingWindowCountsBackwardsFromEachCall() {
    ledger
        .budgets()
        .configure(
            NORTH,
            XERO,
            List.of(new Budgets.Window("minute", Duration.ofMinutes(1), 3, true, 0)),
            0);
    assertThat(take(1).granted()).isTrue();
    clock.advance(Duration.ofSeconds(50));
    assertThat(take(2).granted()).isTrue();
    Budgets.Grant refused = take(1);
    assertThat(refused.granted()).isFalse();
    assertThat(refused.waitUntil()).isEqualTo(clock.instant().plusSeconds(10));
    clock.advance(Duration.ofSeconds(10));
    assertThat(take(1).granted()).as("the first one is a minute old").isTrue();
    Budgets.Grant again = take(1);
    assertThat(again.granted()).as("a window from its first call would allow it").isFalse();
    assertThat(again.waitUntil()).isEqualTo(clock.instant().plusSeconds(50));
    clock.advance(Duration.ofSeconds(50));
    assertThat(take(2).granted()).isTrue();
    assertThat(take(1).granted()).isFalse();
    assertThat(ledger.budgets().left(NORTH, XERO))
        .singleElement()
        .satisfies(left -> assertThat(left.used()).isEqualTo(3));
  }

  @Test
  @DisplayName("XR-API-01: what is kept of a day for exports is not used up by reading")
  void keptForWhatGoesOut() {
    ledger
        .budgets()
        .configure(
            NORTH, XERO, List.of(new Budgets.Window("day", Duration.ofDays(1), 5, false, 2)), 0);
    for (int call = 0; call < 3; call++) {
      assertThat(ledger.budgets().take(NORTH, XERO, 1, false).granted()).isTrue();
    }
    assertThat(ledger.budgets().take(NORTH, XERO, 1, false).granted()).isFalse();
    assertThat(take(1).granted()).isTrue();
    assertThat(take(1).granted()).isTrue();
    assertThat(take(1).granted()).isFalse();
    clock.advance(Duration.ofDays(1));
    assertThat(ledger.budgets().take(NORTH, XERO, 1, false).granted()).isTrue();
  }

  @Test
  @DisplayName("XR-API-01: when Xero says that fewer calls are left than we counted, it is right")
  void theServiceKnowsBetter() {
    assertThat(take(1).granted()).isTrue();
    ledger.budgets().told(NORTH, XERO, "day", 4);
    assertThat(ledger.budgets().left(NORTH, XERO).get(0).used()).isEqualTo(1);
    ledger.budgets().told(NORTH, XERO, "day", 1);
    assertThat(ledger.budgets().left(NORTH, XERO).get(0).used()).isEqualTo(4);
    assertThat(take(2).granted()).isFalse();
  }
}
