package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.CostProject;
import io.tieback.construction.DirectCost;
import io.tieback.construction.DirectCostComposer;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.rules.JobCostVerdict.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which lines count, and that what counts is neither more nor less than what the ERP says. */
class JobCostChecksTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 5);
  private static final CostProject TOWER =
      new CostProject("tower", 7L, Map.of("03.S", new CostProject.Budget(31, 51)), Set.of("twice"));
  private static final CostProject SCHOOL =
      new CostProject("school", 8L, Map.of("03.M", new CostProject.Budget(32, 52)), Set.of());

  private static JobCostContext context(boolean exportedCount, LocalDate from) {
    return new JobCostContext(
        "Xero", "USD", from, exportedCount, "815", "RET", Map.of("tower", TOWER, "school", SCHOOL));
  }

  @Provide
  Arbitrary<Long> seeds() {
    return Arbitraries.longs();
  }

  /** One line with every condition known beforehand. */
  private record Made(JobCost.Line line, boolean project, boolean item, boolean retainage) {}

  @Property(tries = 20_000, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
  @Label(
      "XR-JC-06 XR-JC-07 XR-JC-08 XR-JC-09: a line counts exactly when all conditions hold"
          + " together, and the direct costs come to the counting lines to the cent")
  void allConditionsTogether(@ForAll("seeds") long seed) {
    Random random = new Random(seed);
    JobCost.Status status =
        List.of(JobCost.Status.DRAFT, JobCost.Status.APPROVED, JobCost.Status.APPROVED)
            .get(random.nextInt(3));
    boolean exported = random.nextInt(4) == 0;
    boolean exportedCount = random.nextBoolean();
    String currency = random.nextInt(5) == 0 ? "EUR" : "USD";
    LocalDate from = random.nextInt(5) == 0 ? DAY.plusDays(1) : DAY;
    List<Made> made = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      made.add(line(i, random));
    }
    JobCost document =
        new JobCost(
            JobCost.Kind.values()[random.nextInt(3)],
            "d",
            "N",
            "c",
            "Acme",
            DAY,
            currency,
            status,
            null,
            made.stream().map(Made::line).toList());
    List<JobCostVerdict> verdicts =
        JobCostChecks.check(document, exported, context(exportedCount, from));

    assertThat(verdicts).hasSameSizeAs(made);
    BigDecimal expected = BigDecimal.ZERO;
    for (int i = 0; i < made.size(); i++) {
      Made one = made.get(i);
      boolean counts =
          status == JobCost.Status.APPROVED
              && one.project()
              && one.item()
              && !one.retainage()
              && (!exported || exportedCount)
              && currency.equals("USD")
              && !DAY.isBefore(from);
      assertThat(verdicts.get(i).outcome() == Outcome.COUNTS).as("%s", one).isEqualTo(counts);
      assertThat(verdicts.get(i).findings().isEmpty())
          .isEqualTo(verdicts.get(i).outcome() != Outcome.UNSYNCED);
      if (counts) {
        expected = expected.add(one.line().amount().amount());
      }
    }
    List<DirectCost> costs =
        DirectCostComposer.compose(
            document,
            verdicts.stream()
                .filter(v -> v.outcome() == Outcome.COUNTS)
                .map(JobCostVerdict::counted)
                .toList(),
            new DirectCostComposer.Names("xero", "Xero", new ConnectionId("main"), 9L, exported));
    assertThat(Money.sum(costs.stream().map(DirectCost::total).toList()).amount())
        .isEqualByComparingTo(expected);
    List<String> keys = new ArrayList<>();
    for (DirectCost cost : costs) {
      keys.add(cost.originId());
      cost.lines().forEach(l -> keys.add(l.originId()));
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  private static Made line(int place, Random random) {
    String project = new String[] {null, "tower", "school", "elsewhere"}[random.nextInt(4)];
    String item = new String[] {null, "03.S", "03.M", "unknown", "twice", "RET"}[random.nextInt(6)];
    String account = random.nextInt(5) == 0 ? "815" : "500";
    boolean known =
        ("tower".equals(project) && "03.S".equals(item))
            || ("school".equals(project) && "03.M".equals(item));
    return new Made(
        new JobCost.Line(
            "l" + place,
            "text",
            project,
            project,
            item,
            account,
            new Money(BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000, 2))),
        "tower".equals(project) || "school".equals(project),
        known,
        account.equals("815") || "RET".equals(item));
  }

  private static JobCost bill(JobCost.Status status, JobCost.Line... lines) {
    return new JobCost(
        JobCost.Kind.BILL, "d", "N", "c", "Acme", DAY, "USD", status, null, List.of(lines));
  }

  private static JobCost.Line line(String project, String item, String account) {
    return new JobCost.Line("l", "text", project, project, item, account, Money.of("1.00"));
  }

  private static JobCostVerdict verdict(JobCost document, boolean exported, boolean count) {
    return JobCostChecks.check(document, exported, context(count, null)).get(0);
  }

  @Test
  @DisplayName("XR-JC-08: what is not approved is refused until it is")
  void approved() {
    assertThat(
            verdict(bill(JobCost.Status.DRAFT, line("tower", "03.S", "500")), false, false)
                .findings())
        .extracting(Finding::ruleId)
        .containsExactly("XR-JC-08");
  }

  @Test
  @DisplayName(
      "XR-JC-06: a project that is not linked waits for its link, a missing one for a person")
  void project() {
    JobCostVerdict unlinked =
        verdict(bill(JobCost.Status.APPROVED, line("elsewhere", "03.S", "500")), false, false);
    assertThat(unlinked.findings()).extracting(Finding::ruleId).containsExactly("XR-JC-06");
    assertThat(unlinked.waits()).isTrue();
    JobCostVerdict missing =
        verdict(bill(JobCost.Status.APPROVED, line(null, "03.S", "500")), false, false);
    assertThat(missing.findings()).extracting(Finding::ruleId).containsExactly("XR-JC-06");
    assertThat(missing.waits()).isFalse();
  }

  @Test
  @DisplayName(
      "XR-JC-07: an item of another project waits, a line with an account alone is reported")
  void item() {
    JobCostVerdict other =
        verdict(bill(JobCost.Status.APPROVED, line("tower", "03.M", "500")), false, false);
    assertThat(other.findings()).extracting(Finding::ruleId).containsExactly("XR-JC-07");
    assertThat(other.waits()).isTrue();
    JobCostVerdict account =
        verdict(bill(JobCost.Status.APPROVED, line("tower", null, "500")), false, false);
    assertThat(account.findings().get(0).found()).isEqualTo("only account 500");
    assertThat(account.waits()).isFalse();
  }

  @Test
  @DisplayName("TB-JC-02: an item of two pairs is not guessed at")
  void ambiguous() {
    assertThat(
            verdict(bill(JobCost.Status.APPROVED, line("tower", "twice", "500")), false, false)
                .findings())
        .extracting(Finding::ruleId)
        .containsExactly("TB-JC-02");
  }

  @Test
  @DisplayName(
      "GEN-INV-06, XR-JC-05: an exported bill counts only by setting, and then as a subcontractor"
          + " invoice")
  void exported() {
    JobCost ours = bill(JobCost.Status.APPROVED, line("tower", "03.S", "500"));
    assertThat(verdict(ours, true, false).outcome()).isEqualTo(Outcome.EXPORTED);
    JobCostVerdict counted = verdict(ours, true, true);
    assertThat(counted.outcome()).isEqualTo(Outcome.COUNTS);
    assertThat(
            DirectCostComposer.compose(
                    ours,
                    List.of(counted.counted()),
                    new DirectCostComposer.Names(
                        "xero", "Xero", new ConnectionId("main"), 9L, true))
                .get(0)
                .type())
        .isEqualTo(DirectCost.Type.SUBCONTRACTOR_INVOICE);
  }

  @Test
  @DisplayName("TB-JC-01: retainage is no cost, by account or by item, of any bill")
  void retainage() {
    for (JobCost.Line line :
        List.of(
            line("tower", "03.S", "815"), line("tower", "RET", "500"), line(null, null, "815"))) {
      assertThat(verdict(bill(JobCost.Status.APPROVED, line), true, true).outcome())
          .isEqualTo(Outcome.RETAINAGE);
    }
  }

  @Test
  @DisplayName("A voided bill has no lines that count and none to report")
  void gone() {
    assertThat(
            JobCostChecks.check(
                bill(JobCost.Status.GONE, line("tower", "03.S", "500")),
                false,
                context(false, null)))
        .isEmpty();
  }
}
