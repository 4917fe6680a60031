package io.tieback.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.rules.ProjectContext.Here;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProjectChecksTest {

  private String name = "Harbour Tower";
  private boolean active = true;
  private boolean ownList = true;
  private int typed = 2;
  private List<String> untyped = List.of();
  private List<String> deep = List.of();
  private List<String> subJobs = List.of();
  private String problem;
  private long held = 10;
  private String linkedTo;
  private Here here = Here.NOTHING;
  private boolean links = true;
  private boolean makes = true;
  private List<String> pending = List.of();
  private List<String> failed = List.of();
  private int there = 2;

  private List<String> findings() {
    return ProjectChecks.check(
            new ProjectContext(
                "Xero",
                name,
                100,
                active,
                ownList,
                typed,
                untyped,
                deep,
                subJobs,
                "tracking category Project",
                problem,
                "Set xero.tracking-category-id",
                held,
                100,
                linkedTo,
                here,
                links,
                makes,
                pending,
                failed,
                there))
        .stream()
        .map(finding -> finding.severity() + " " + finding.ruleId())
        .toList();
  }

  @Test
  @DisplayName("GEN-PRJ-06, GEN-PRJ-04: an inactive project is refused")
  void inactive() {
    assertThat(findings()).isEmpty();
    active = false;
    assertThat(findings()).containsExactly("REFUSE GEN-PRJ-06");
  }

  @Test
  @DisplayName("GEN-WBS-01, XR-PRJ-02: a project of another standard list is refused")
  void otherList() {
    ownList = false;
    assertThat(findings()).containsExactly("REFUSE GEN-WBS-01");
  }

  @Test
  @DisplayName(
      "GEN-WBS-04, GEN-WBS-03, XR-WBS-05: a project needs a code with a type; codes without one are"
          + " left out with a remark, and so are deep ones")
  void codes() {
    untyped = List.of("03-100");
    deep = List.of("03-100-20");
    assertThat(findings()).containsExactly("WARN GEN-WBS-03", "WARN XR-WBS-05");
    typed = 0;
    there = 0;
    assertThat(findings()).contains("REFUSE GEN-WBS-04");
  }

  @Test
  @DisplayName(
      "QBO-PRJ-01: where projects come from the ERP only, one that is not there is refused, and one"
          + " that is there is linked")
  void comesFromThere() {
    makes = false;
    assertThat(findings()).containsExactly("REFUSE QBO-PRJ-01");
    here = Here.ACTIVE;
    assertThat(findings()).isEmpty();
    here = Here.SEVERAL;
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-03");
    here = Here.NOTHING;
    linkedTo = "58";
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-02");
  }

  @Test
  @DisplayName("XR-PRJ-03: codes of a sub job are refused")
  void subJobs() {
    subJobs = List.of("03-100 of Phase 2");
    assertThat(findings()).containsExactly("REFUSE XR-PRJ-03");
  }

  @Test
  @DisplayName(
      "XR-PRJ-09, GEN-PRJ-07, XR-API-04: a name of 100 characters goes, one of 101 is refused and"
          + " not cut")
  void names() {
    name = "x".repeat(100);
    assertThat(findings()).isEmpty();
    name = "x".repeat(101);
    assertThat(findings()).containsExactly("REFUSE GEN-PRJ-07");
    name = "";
    assertThat(findings()).containsExactly("REFUSE XR-PRJ-09");
  }

  @Test
  @DisplayName("XR-PRJ-01: without a place for projects the reason is said, once")
  void noPlace() {
    problem = "Xero has no place for another tracking category";
    held = 500;
    assertThat(findings()).containsExactly("REFUSE XR-PRJ-01");
  }

  @Test
  @DisplayName(
      "GEN-PRJ-01, XR-PRJ-04, TB-PRJ-02, TB-PRJ-03: what is there is linked or refused by setting;"
          + " archived, gone or another project's is refused")
  void existing() {
    here = Here.ACTIVE;
    assertThat(findings()).isEmpty();
    links = false;
    assertThat(findings()).containsExactly("REFUSE GEN-PRJ-01");
    linkedTo = "1";
    assertThat(findings()).isEmpty();
    here = Here.NOTHING;
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-02");
    here = Here.ARCHIVED;
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-02");
    here = Here.ANOTHERS;
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-03");
  }

  @Test
  @DisplayName(
      "TB-PRJ-01: from nine tenths on there is a remark, at the limit a refusal; what is there"
          + " already needs no room")
  void room() {
    held = 88;
    assertThat(findings()).isEmpty();
    held = 89;
    assertThat(findings()).containsExactly("WARN TB-PRJ-01");
    held = 99;
    assertThat(findings()).containsExactly("WARN TB-PRJ-01");
    held = 100;
    assertThat(findings()).containsExactly("REFUSE TB-PRJ-01");
    here = Here.ACTIVE;
    assertThat(findings()).isEmpty();
  }

  @Test
  @DisplayName(
      "GEN-API-32: a project waits for codes that are under way, goes without those that failed,"
          + " and not without any")
  void settled() {
    pending = List.of("03-100.S");
    assertThat(findings()).containsExactly("WAIT GEN-API-32");
    pending = List.of();
    failed = List.of("03-100.S");
    there = 1;
    assertThat(findings()).isEmpty();
    there = 0;
    assertThat(findings()).containsExactly("REFUSE GEN-API-32");
  }
}
