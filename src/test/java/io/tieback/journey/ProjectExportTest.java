package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Projects with their cost codes go out, come again with new ones, and are refused with reasons.
 */
class ProjectExportTest {

  @TempDir static Path folder;

  private static Site site;
  private static Projects projects;
  private static long subcontract;
  private static long materials;

  @BeforeAll
  static void start() {
    site =
        Site.small(folder)
            .set(Site.HARBOUR, "work-breakdown.accounts", "*.M=500/500,98-*=999,99-*=/815")
            .start();
    projects = new Projects(site);
    subcontract = projects.seededType("S");
    materials = projects.seededType("M");
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "XR-WBS-04, XR-WBS-03, XR-PRJ-01, XR-PRJ-09, GEN-PRJ-02, GEN-API-32: a new project becomes a"
          + " tracking option, each code and type an item with its accounts, and Procore has all"
          + " their links and synced types")
  void newProject() {
    long project = projects.project("Mill Street  Depot ");
    projects.code(project, "31-100", "Site clearing", subcontract, materials);
    projects.code(project, "31-230", "Excavation", subcontract);
    long detail = projects.export(project);

    assertThat(projects.answered(detail).path("status").asText())
        .as(projects.messages(detail))
        .isEqualTo("success");
    assertThat(projects.options("Mill Street Depot")).hasSize(1);
    String option = projects.options("Mill Street Depot").get(0).path("trackingOptionId").asText();
    JsonNode shown = projects.procore(project);
    assertThat(shown.path("erpStatus").asText()).isEqualTo("synced");
    assertThat(shown.path("originId").asText()).isEqualTo("xero:harbour:tracking_option:" + option);
    assertThat(projects.items("31-100.M"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.path("name").asText()).isEqualTo("Site clearing - Materials");
              assertThat(item.path("purchaseAccount").asText()).isEqualTo("500");
              assertThat(item.path("salesAccount").asText()).isEqualTo("500");
            });
    assertThat(projects.items("31-100.S").get(0).path("purchaseAccount").asText())
        .as("where no rule fits, the default account")
        .isEqualTo("500");
    assertThat(projects.items("31-100.S").get(0).path("salesAccount").isNull()).isTrue();
    assertThat(projects.items("31-230.S")).hasSize(1);
    assertThat(projects.items("31-230.M")).isEmpty();
    JsonNode code = projects.code(project, "31-100");
    assertThat(code.path("originId").asText())
        .isEqualTo("xero:harbour:cost_code:" + option + "|31-100");
    assertThat(code.path("syncedTypes")).extracting(JsonNode::asText).containsExactly("S", "M");
  }

  @Test
  @DisplayName(
      "XR-PRJ-07, GEN-WBS-05, GEN-Q-15: sent again, a project brings its new codes and its new"
          + " name, under the same option, and leaves what is there as it is")
  void again() {
    long project = projects.project("Quay Wall");
    projects.code(project, "32-100", "Piling", subcontract);
    long first = projects.export(project);
    assertThat(projects.messages(first)).isEmpty();
    String option = projects.options("Quay Wall").get(0).path("trackingOptionId").asText();
    String item = projects.items("32-100.S").get(0).path("itemId").asText();
    projects.code(project, "32-100", "Sheet piling", subcontract);
    projects.code(project, "32-200", "Capping beam", subcontract);
    projects.change(Json.object().put("projectId", project).put("name", "Quay Wall North"));

    long second = projects.export(project);
    assertThat(projects.messages(second)).isEmpty();
    assertThat(projects.options("Quay Wall")).isEmpty();
    assertThat(projects.options("Quay Wall North"))
        .singleElement()
        .satisfies(
            renamed -> assertThat(renamed.path("trackingOptionId").asText()).isEqualTo(option));
    assertThat(projects.items("32-100.S"))
        .singleElement()
        .satisfies(
            same -> {
              assertThat(same.path("itemId").asText()).isEqualTo(item);
              assertThat(same.path("name").asText()).isEqualTo("Piling - Subcontract");
            });
    assertThat(projects.items("32-200.S")).hasSize(1);
    assertThat(projects.code(project, "32-200").path("originId").asText())
        .endsWith(option + "|32-200");
    assertThat(projects.code(project, "32-200").path("syncedTypes")).hasSize(1);
    assertThat(projects.procore(project).path("erpStatus").asText()).isEqualTo("synced");
  }

  @Test
  @DisplayName(
      "GEN-PRJ-01, XR-PRJ-04, TB-PRJ-03: a project that was under way in Xero is linked by its"
          + " name, without regard to case and blanks, nothing is made twice, and a second project"
          + " of that name is refused")
  void underWay() {
    ObjectNode change = Json.object();
    change.putArray("addOptions").addObject().put("category", "Project").put("name", "Old Mill");
    projects.inXero(change);
    String option = projects.options("Old Mill").get(0).path("trackingOptionId").asText();
    long project = projects.project("  old  mill");
    projects.code(project, "33-100", "Utilities", subcontract);

    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.options("Old Mill")).hasSize(1);
    assertThat(projects.options("old mill")).isEmpty();
    assertThat(projects.procore(project).path("originId").asText())
        .isEqualTo("xero:harbour:tracking_option:" + option);

    long other = projects.project("OLD MILL");
    projects.code(other, "33-100", "Utilities", subcontract);
    assertThat(projects.messages(projects.export(other)))
        .contains("TB-PRJ-03", "linked to another project of Procore");
  }

  @Test
  @DisplayName(
      "TB-PRJ-02: a project whose option is archived is refused with the remedy, and goes when the"
          + " option is restored")
  void archived() {
    ObjectNode change = Json.object();
    change.putArray("addOptions").addObject().put("category", "Project").put("name", "Closed Yard");
    change.putArray("archiveOptions").add("Closed Yard");
    projects.inXero(change);
    long project = projects.project("Closed Yard");
    projects.code(project, "34-100", "Rails", subcontract);
    assertThat(projects.messages(projects.export(project)))
        .contains("TB-PRJ-02", "archived", "Restore it in Xero");

    ObjectNode restored = Json.object();
    restored.putArray("restoreOptions").add("Closed Yard");
    projects.inXero(restored);
    assertThat(projects.messages(projects.accept(project))).isEmpty();
    assertThat(projects.options("Closed Yard")).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-WBS-06, XR-WBS-01, TB-WBS-04: codes that cannot go are named in the request's answer with"
          + " rule and remedy; the project and its good codes go all the same, and the others"
          + " follow when they are mended")
  void someCodesFail() {
    ObjectNode change = Json.object();
    change.putArray("addItems").addObject().put("code", "35-200.S").put("name", "Somebody's own");
    projects.inXero(change);
    long project = projects.project("Canal Lock");
    projects.code(project, "35-100", "Gates", subcontract);
    projects.code(project, "35-200", "Sluices", subcontract);
    projects.code(project, "35-300-AND-A-VERY-LONG-CODE-1", "Paint", subcontract);
    projects.code(project, "98-100", "Fees", subcontract);

    String messages = projects.messages(projects.export(project));
    assertThat(messages)
        .contains("35-200.S", "XR-WBS-06", "work-breakdown.existing-items")
        .contains("35-300-AND-A-VERY-LONG-CODE-1.S", "XR-WBS-01", "31 characters")
        .contains("98-100.S", "999 does not exist", "TB-WBS-04")
        .doesNotContain("35-100");
    assertThat(projects.options("Canal Lock")).hasSize(1);
    assertThat(projects.procore(project).path("originId").isNull()).isFalse();
    assertThat(projects.code(project, "35-100").path("originId").isNull()).isFalse();
    assertThat(projects.code(project, "35-200").path("originId").isNull()).isTrue();
    assertThat(projects.items("35-200.S").get(0).path("name").asText())
        .as("what somebody else made is not touched")
        .isEqualTo("Somebody's own");

    ObjectNode removed = Json.object();
    removed.putArray("removeItems").add("35-200.S");
    projects.inXero(removed);
    projects.code(project, "35-300-AND-A-VERY-LONG-CODE-1", "Paint");
    projects.code(project, "98-100", "Fees");
    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.items("35-200.S").get(0).path("name").asText())
        .isEqualTo("Sluices - Subcontract");
    assertThat(projects.code(project, "35-200").path("originId").isNull()).isFalse();
  }

  @Test
  @DisplayName(
      "XR-WBS-08, TB-WBS-01: a name of more than 50 characters is cut by a visible rule, and the"
          + " whole stands in the description")
  void longName() {
    long project = projects.project("Long Names");
    projects.code(
        project, "36-100", "Temporary works for the diversion of the existing culvert", materials);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.items("36-100.M"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.path("name").asText())
                  .isEqualTo("Temporary works for the diversion of… - Materials")
                  .hasSizeLessThanOrEqualTo(50);
              assertThat(item.path("purchaseDescription").asText())
                  .isEqualTo(
                      "Temporary works for the diversion of the existing culvert - Materials");
            });
  }

  @Test
  @DisplayName(
      "GEN-WBS-01, XR-PRJ-02, GEN-PRJ-06, XR-PRJ-03, GEN-WBS-04, XR-PRJ-08: what a project lacks is"
          + " said all at once, with remedies, and nothing of it goes to Xero")
  void lacking() {
    site.procore().settings(Json.object().put("sendChecks", false));
    try {
      long project = projects.project("Not Ready");
      ObjectNode change =
          Json.object().put("projectId", project).put("active", false).put("erpList", false);
      change
          .putArray("codes")
          .add(Projects.row("37-100", "Of a sub job", subcontract).put("subJob", "Phase 2"))
          .add(Projects.row("37-200", "Without a type"));
      projects.change(change);
      assertThat(projects.messages(projects.export(project)))
          .contains("GEN-WBS-01", "GEN-PRJ-06", "XR-PRJ-03", "37-100 of Phase 2", "GEN-WBS-04");
      assertThat(projects.options("Not Ready")).isEmpty();
      assertThat(projects.items("37-100.S")).isEmpty();
      assertThat(projects.procore(project).path("erpStatus").asText())
          .isEqualTo("failed_to_export");
    } finally {
      site.procore().settings(Json.object().put("sendChecks", true));
    }
  }

  @Test
  @DisplayName(
      "GEN-WBS-06: what is shared costs no further calls: a second project with the same codes"
          + " makes its option and no item")
  void sharedCodes() {
    long one = projects.project("First of Two");
    projects.code(one, "38-100", "Fencing", subcontract, materials);
    assertThat(projects.messages(projects.export(one))).isEmpty();
    int puts = projects.calls("PUT /api.xro/2.0/Items");
    long two = projects.project("Second of Two");
    projects.code(two, "38-100", "Fencing and gates", subcontract, materials);

    assertThat(projects.messages(projects.export(two))).isEmpty();
    assertThat(projects.calls("PUT /api.xro/2.0/Items")).isEqualTo(puts);
    assertThat(projects.items("38-100.S")).hasSize(1);
    assertThat(projects.code(two, "38-100").path("syncedTypes")).hasSize(2);
    assertThat(projects.code(two, "38-100").path("originId").asText())
        .isNotEqualTo(projects.code(one, "38-100").path("originId").asText());
  }
}
