package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
            .set(Site.HARBOUR, "work-breakdown.accounts", "*.M=500/200,07-*=500,99-*=815")
            .without(Site.HARBOUR, "accounts.default")
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
      "XR-WBS-04, XR-PRJ-01, XR-PRJ-09, GEN-PRJ-02, GEN-API-32: a new project becomes a tracking option, each code and type an item, and Procore has all their links and synced types")
  void newProject() {
    long project = projects.project("Mill Street Depot");
    projects.code(project, "31-100", "Site clearing", subcontract, materials);
    projects.code(project, "31-230", "Excavation", subcontract);
    long detail = projects.export(project);

    assertThat(projects.answered(detail).path("status").asText())
        .as(projects.messages(detail))
        .isEqualTo("success");
    JsonNode option = projects.options("Mill Street Depot").get(0);
    JsonNode shown = projects.procore(project);
    assertThat(shown.path("erpStatus").asText()).isEqualTo("synced");
    assertThat(shown.path("originId").asText())
        .isEqualTo("xero:harbour:tracking_option:" + option.path("trackingOptionId").asText());
    assertThat(projects.options("Mill Street Depot")).hasSize(1);
    assertThat(projects.items("31-100.M")).hasSize(1);
    assertThat(projects.items("31-100.S").get(0).path("name").asText())
        .isEqualTo("Site clearing - Subcontract");
    JsonNode code = projects.code(project, "31-100");
    assertThat(code.path("originId").asText())
        .endsWith(":cost_code:" + option.path("trackingOptionId").asText() + "|31-100");
    assertThat(code.path("syncedTypes")).extracting(JsonNode::asText).containsExactly("S", "M");
  }
}
