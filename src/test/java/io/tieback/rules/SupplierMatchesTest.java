package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.Company;
import io.tieback.construction.CompanyBooks;
import io.tieback.rules.MatchPolicy.By;
import io.tieback.rules.SupplierMatches.Decision;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whether a company stands in the ERP already. */
class SupplierMatchesTest {

  private static final String MARKER = "tieback.harbour.vendor.7";

  private static BookedCompany booked(String key, String name, boolean active) {
    return booked(key, name, active, null, null);
  }

  private static BookedCompany booked(
      String key, String name, boolean active, String marker, String mergedInto) {
    return new BookedCompany(
        new Company(key, name, null, null, List.of(), null),
        marker,
        active,
        mergedInto,
        true,
        List.of(),
        null);
  }

  private static Decision decide(By by, Map<String, Long> linked, BookedCompany... books) {
    return decide(by, linked, Set.of(), books);
  }

  private static Decision decide(
      By by, Map<String, Long> linked, Set<String> apart, BookedCompany... books) {
    return new SupplierMatches(
            "Xero", new CompanyBooks(List.of(books)), linked, new MatchPolicy(by, 90))
        .decide(new Company("7", "Acme Paving Inc", null, null, List.of(), null), MARKER, apart);
  }

  private static String rule(Decision decision) {
    assertThat(decision.existing()).isNull();
    assertThat(decision.findings()).hasSize(1);
    return decision.findings().get(0).ruleId();
  }

  @Test
  @DisplayName("A company that is nowhere in the ERP is created")
  void created() {
    Decision decision = decide(By.NOTHING, Map.of(), booked("c1", "Zenith Crane", true));
    assertThat(decision.existing()).isNull();
    assertThat(decision.findings()).isEmpty();
  }

  @Test
  @DisplayName("XR-COY-01 GEN-COY-01: a supplier of the same name is asked about, with what to do")
  void asked() {
    Decision decision = decide(By.NOTHING, Map.of(), booked("c1", "ACME Paving, LLC", true));
    assertThat(rule(decision)).isEqualTo("XR-COY-01");
    assertThat(decision.findings().get(0).sentence())
        .contains("'ACME Paving, LLC' (c1), 100 of 100: same name")
        .contains("./tieback companies link 7 c1")
        .contains("./tieback companies apart 7 c1");
    assertThat(decision.suggestions()).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-COY-01: by setting the same name, or a score, links by itself, never one of several")
  void byItself() {
    BookedCompany same = booked("c1", "Acme Paving", true);
    assertThat(decide(By.NAME, Map.of(), same).existing()).isEqualTo("c1");
    assertThat(decide(By.SCORE, Map.of(), same).existing()).isEqualTo("c1");
    BookedCompany slip = booked("c2", "Paving Acme", true);
    assertThat(rule(decide(By.NAME, Map.of(), slip))).isEqualTo("XR-COY-01");
    assertThat(decide(By.SCORE, Map.of(), slip).existing()).isEqualTo("c2");
    assertThat(rule(decide(By.SCORE, Map.of(), same, slip))).isEqualTo("XR-COY-01");
  }

  @Test
  @DisplayName(
      "XR-COY-02 GEN-COY-02: an archived supplier is never linked, and not created beside either")
  void archived() {
    for (By by : By.values()) {
      assertThat(rule(decide(by, Map.of(), booked("c1", "Acme Paving", false))))
          .isEqualTo("XR-COY-02");
    }
    assertThat(rule(decide(By.SCORE, Map.of(), booked("c1", "Else", false, MARKER, null))))
        .isEqualTo("XR-COY-02");
  }

  @Test
  @DisplayName("TB-COY-03: the supplier of another company is not taken")
  void linkedToAnother() {
    Decision decision = decide(By.SCORE, Map.of("c1", 9L), booked("c1", "Acme Paving", true));
    assertThat(rule(decision)).isEqualTo("TB-COY-03");
    assertThat(decision.findings().get(0).sentence()).contains("company 9");
  }

  @Test
  @DisplayName(
      "XR-COY-01: the supplier that was created for the company is linked again, wherever it was"
          + " merged")
  void own() {
    assertThat(
            decide(By.NOTHING, Map.of(), booked("c1", "Renamed since", true, MARKER, null))
                .existing())
        .isEqualTo("c1");
    assertThat(
            decide(
                    By.NOTHING,
                    Map.of(),
                    booked("c1", "Acme", false, MARKER, "c2"),
                    booked("c2", "Acme Group", false, null, "c3"),
                    booked("c3", "Acme Holding", true))
                .existing())
        .isEqualTo("c3");
    assertThat(
            rule(
                decide(
                    By.NOTHING,
                    Map.of("c2", 9L),
                    booked("c1", "Acme", false, MARKER, "c2"),
                    booked("c2", "Acme Group", true))))
        .isEqualTo("TB-COY-03");
  }

  @Test
  @DisplayName("XR-COY-01: what a person said are two companies is created")
  void apart() {
    Decision decision =
        decide(By.NOTHING, Map.of(), Set.of("c1"), booked("c1", "Acme Paving", true));
    assertThat(decision.findings()).isEmpty();
    assertThat(decision.existing()).isNull();
  }
}
