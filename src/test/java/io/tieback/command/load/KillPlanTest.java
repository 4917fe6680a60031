package io.tieback.command.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.command.load.KillPlan.Kill;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The seed fixes where the connector dies. */
class KillPlanTest {

  @Test
  void theSameSeedGivesTheSameKills() {
    assertThat(new KillPlan(200, 7).kills()).isEqualTo(new KillPlan(200, 7).kills());
    assertThat(new KillPlan(200, 7).kills()).isNotEqualTo(new KillPlan(200, 8).kills());
  }

  @Test
  void anyNumberOfKillsStrikesWritesOfBillsAtLeastHalfOfTheTime() {
    List<Kill> kills = new KillPlan(200, 1).kills();
    for (int many = 1; many <= kills.size(); many++) {
      long bills =
          kills.subList(0, many).stream()
              .filter(kill -> kill.target() == KillTarget.WRITE_BILLS)
              .count();
      assertThat(2 * bills).as("of the first %d kills", many).isGreaterThanOrEqualTo(many);
    }
  }

  @Test
  void twoHundredKillsMeetEveryClassOfRequestAndEveryPointOfAWrite() {
    List<Kill> kills = new KillPlan(200, 1).kills();
    assertThat(kills.stream().map(Kill::target).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(KillTarget.values());
    assertThat(
            kills.stream()
                .filter(kill -> kill.target() == KillTarget.WRITE_BILLS)
                .map(Kill::point)
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("before", "beforeCommit", "afterCommit", "afterAnswer");
    assertThat(kills)
        .anyMatch(kill -> kill.ordinal() == 2)
        .anyMatch(kill -> kill.holdMillis() > 1_000)
        .anyMatch(Kill::sameKeyAgain);
    assertThat(kills)
        .anyMatch(
            kill ->
                kill.mischief() != null
                    && kill.mischief().trouble() == KillPlan.Trouble.LATE_COMMIT);
  }

  @Test
  void lateCommitsStayWellBelowTheSettleTime() {
    long latest = KillPlan.LATEST_COMMIT_MILLIS;
    assertThat(new KillPlan(500, 3).kills())
        .allMatch(
            kill ->
                kill.holdMillis() <= latest
                    && (kill.mischief() == null || kill.mischief().delayMillis() <= latest));
    assertThat(ProveConfiguration.SETTLE.toMillis()).isGreaterThan(latest + 3_000);
  }

  @Test
  void tooFewInvoicesForTheKillsAreRefusedWithTheLimit() {
    assertThatThrownBy(
            () ->
                new ProveOptions(
                    LoadErp.XERO, 200, 1, 399, 300, Path.of("target"), Path.of("target"), 60))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--invoices must be at least twice --kills (400), not 399");
  }
}
