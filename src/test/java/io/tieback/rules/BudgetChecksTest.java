package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.rules.BudgetChecks.Line;
import io.tieback.rules.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a budget has to keep before it may be sent: GEN-BUD-01, GEN-BUD-10, GEN-API-29. */
class BudgetChecksTest {

  private static final Line GOOD =
      new Line("03-110", "S", "erp:main:cost_code:1", "erp:main:t:S", false);

  private static List<String> rules(boolean locked, String project, Line line) {
    return BudgetChecks.check("The ERP", locked, project, List.of(line)).stream()
        .map(Finding::ruleId)
        .toList();
  }

  @Test
  @DisplayName("Locked, with its project and every code in the ERP, nothing stands in its way")
  void good() {
    assertThat(rules(true, "erp:main:project:1", GOOD)).isEmpty();
  }

  @Test
  @DisplayName("GEN-BUD-01: an unlocked budget is not sent")
  void unlocked() {
    assertThat(rules(false, "erp:main:project:1", GOOD)).containsExactly("GEN-BUD-01");
  }

  @Test
  @DisplayName("GEN-BUD-10: project and codes go first; a line without cost type is refused")
  void codes() {
    assertThat(rules(true, null, GOOD)).containsExactly("GEN-BUD-10");
    Line unsynced = new Line("03-110", "S", null, "erp:main:t:S", false);
    assertThat(BudgetChecks.check("The ERP", true, "erp:main:project:1", List.of(unsynced)))
        .singleElement()
        .extracting(Finding::severity)
        .isEqualTo(Severity.WAIT);
    assertThat(
            rules(true, "erp:main:project:1", new Line("03-110", null, "x:main:c:1", null, false)))
        .containsExactly("GEN-BUD-10");
  }

  @Test
  @DisplayName("GEN-API-29: lines of sub jobs do not go")
  void subJobs() {
    assertThat(
            rules(
                true,
                "erp:main:project:1",
                new Line("03-110", "S", "x:main:c:1", "x:main:t:S", true)))
        .containsExactly("GEN-API-29");
  }
}
