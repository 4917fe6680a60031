package io.tieback.erp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every adapter promises about job costs (design section 4). An adapter's own test class
 * extends this one and says how its ERP is set up; the names read as sentences about the adapter.
 */
public abstract class JobCostContract {

  private ErpUnderTest erp;

  /** A fresh ERP with an empty company. */
  protected abstract ErpUnderTest start();

  @BeforeEach
  void setUp() {
    erp = start();
  }

  @AfterEach
  void tearDown() {
    erp.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = JobCost.Kind.class,
      names = {"BILL", "SPEND", "CREDIT"})
  void givesEachKindWholeToTheCentAndACreditAsNegative(JobCost.Kind kind) {
    String id =
        erp.enterCost(
            null, kind, JobCost.Status.APPROVED, List.of(Money.of("100.10"), Money.of("0.01")));
    JobCost document = cost(costs(null), id);
    assertThat(document.kind()).isEqualTo(kind);
    assertThat(document.number()).isEqualTo("N-1");
    assertThat(document.date()).isEqualTo(BillFixtures.DUE_DATE);
    assertThat(document.currency()).isEqualTo("USD");
    assertThat(document.status()).isEqualTo(JobCost.Status.APPROVED);
    assertThat(document.contactKey()).isNotBlank();
    boolean credit = kind == JobCost.Kind.CREDIT;
    assertThat(document.lines())
        .extracting(JobCost.Line::amount)
        .containsExactly(
            Money.of(credit ? "-100.10" : "100.10"), Money.of(credit ? "-0.01" : "0.01"));
    assertThat(document.lines()).extracting(JobCost.Line::key).doesNotHaveDuplicates();
    assertThat(document.lines())
        .allSatisfy(
            line -> {
              assertThat(line.itemCode()).isEqualTo("03-110.S");
              assertThat(line.projectKey()).isNotBlank();
              assertThat(line.projectName()).isEqualTo("Harbour Tower");
            });
  }

  @Test
  void givesWhatIsNotApprovedAsSuch() {
    assumeTrue(erp.keepsDrafts(), "the ERP posts whatever is entered");
    String id =
        erp.enterCost(null, JobCost.Kind.BILL, JobCost.Status.DRAFT, List.of(Money.of("5.00")));
    assertThat(cost(costs(null), id).status()).isEqualTo(JobCost.Status.DRAFT);
  }

  @ParameterizedTest
  @EnumSource(
      value = JobCost.Kind.class,
      names = {"BILL", "SPEND", "CREDIT"})
  void showsWhatIsVoidedOrDeletedAsGone(JobCost.Kind kind) {
    List<Money> amounts = List.of(Money.of("5.00"));
    String id = erp.enterCost(null, kind, JobCost.Status.APPROVED, amounts);
    String cursor = costs(null).nextCursor();
    erp.letPass(Duration.ofMinutes(30));
    erp.enterCost(id, kind, JobCost.Status.GONE, amounts);
    JobCost gone = cost(costs(cursor), id);
    assertThat(gone.status()).isEqualTo(JobCost.Status.GONE);
    assertThat(gone.lines()).isEmpty();
  }

  @Test
  void givesOnlyWhatChangedAfterTheCursorAndEachOnce() {
    List<Money> amounts = List.of(Money.of("5.00"));
    erp.enterCost(null, JobCost.Kind.SPEND, JobCost.Status.APPROVED, amounts);
    String changed = erp.enterCost(null, JobCost.Kind.BILL, JobCost.Status.APPROVED, amounts);
    erp.letPass(Duration.ofMinutes(30));
    String cursor = costs(null).nextCursor();
    erp.letPass(Duration.ofMinutes(30));
    erp.enterCost(changed, JobCost.Kind.BILL, JobCost.Status.APPROVED, List.of(Money.of("7.00")));
    assertThat(costs(cursor).documents())
        .extracting(JobCost::erpId, document -> document.lines().get(0).amount())
        .containsExactly(tuple(changed, Money.of("7.00")));
  }

  @Test
  void givesNothingWhenNothingIsNewAndTakesOneCallForEachKind() {
    erp.enterCost(null, JobCost.Kind.CREDIT, JobCost.Status.APPROVED, List.of(Money.of("5.00")));
    erp.letPass(Duration.ofMinutes(30));
    String cursor = costs(null).nextCursor();
    erp.letPass(Duration.ofMinutes(30));
    JobCostReading reading = costs(cursor);
    assertThat(reading.documents()).isEmpty();
    assertThat(reading.nextCursor()).isNotBlank();
    assertThat(reading.calls()).isLessThanOrEqualTo(3);
  }

  private JobCostReading costs(String cursor) {
    erp.comeBy();
    return erp.adapter().readJobCosts(cursor);
  }

  private JobCost cost(JobCostReading reading, String id) {
    List<JobCost> found =
        reading.documents().stream().filter(document -> document.erpId().equals(id)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
