package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Xero is to hold at most, and where it holds projects. */
class ProjectLimitsTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-WBS-02, TB-PRJ-01: a project whose new codes would take Xero beyond its items sends none"
          + " of them and says the figures; one beyond the tracking options is refused with what to"
          + " archive")
  void ceilings() {
    try (Site site =
        Site.small(folder)
            .set(Site.HARBOUR, "xero.items", "12")
            .set(Site.HARBOUR, "xero.tracking-options", "3")
            .start()) {
      Projects projects = new Projects(site);
      long subcontract = projects.seededType("S");
      assertThat(projects.itemCount()).isEqualTo(10);
      long large = projects.project("Too Large");
      for (int code = 1; code <= 3; code++) {
        projects.code(large, "51-10" + code, "Code " + code, subcontract);
      }
      String messages = projects.messages(projects.export(large));
      assertThat(messages)
          .contains("XR-WBS-02", "holds 10 items", "brings 3 new ones: 13", "at most 12 items");
      assertThat(projects.itemCount()).as("none of the codes went").isEqualTo(10);
      assertThat(projects.options("Too Large")).isEmpty();

      projects.code(large, "51-103", "Code 3");
      assertThat(projects.messages(projects.export(large))).isEmpty();
      assertThat(projects.itemCount()).isEqualTo(12);
      assertThat(projects.options("Too Large")).hasSize(1);

      long fourth = projects.project("One Too Many");
      projects.code(fourth, "51-101", "Code 1", subcontract);
      assertThat(projects.messages(projects.export(fourth)))
          .contains("TB-PRJ-01", "3 active projects", "at most 3", "projects archive");
      assertThat(projects.options("One Too Many")).isEmpty();
    }
  }

  @Test
  @DisplayName(
      "XR-PRJ-01, XR-API-03: without a chosen category the one named Project is taken, or made when"
          + " Xero has a place for it; when others take both places, the project is refused; bills"
          + " carry the category that was found")
  void category() {
    try (Site site =
        Site.small(folder).without(Site.HARBOUR, "xero.tracking-category-id").start()) {
      Projects projects = new Projects(site);
      long subcontract = projects.seededType("S");
      long invoice = site.seed().requisitionIds().get(0);
      site.export(invoice);
      assertThat(site.item(invoice).state()).isEqualTo(ItemState.ACKNOWLEDGED);
      JsonNode line = site.books().bill(invoice).path("lines").get(0);
      assertThat(line.path("tracking")).as("%s", line).hasSize(1);

      ObjectNode change = Json.object();
      change.putArray("archiveCategories").add("Project");
      change.putArray("addCategories").add("Region").add("Department");
      projects.inXero(change);
      long project = projects.project("No Place");
      projects.code(project, "52-100", "Code", subcontract);
      assertThat(projects.messages(projects.export(project)))
          .contains("XR-PRJ-01", "Project is archived", "Region", "Department");
    }
  }

  @Test
  @DisplayName("XR-PRJ-01: the first project makes the category that is named in the settings")
  void makesCategory() {
    try (Site site =
        Site.small(folder)
            .without(Site.HARBOUR, "xero.tracking-category-id")
            .set(Site.HARBOUR, "xero.tracking-category-name", "Building site")
            .start()) {
      Projects projects = new Projects(site);
      long project = projects.project("First There");
      projects.code(project, "53-100", "Code", projects.seededType("S"));
      assertThat(projects.messages(projects.export(project))).isEmpty();
      assertThat(projects.options("First There")).hasSize(1);
      assertThat(projects.categories())
          .extracting(category -> category.path("name").asText())
          .containsExactlyInAnyOrder("Project", "Building site");
    }
  }
}
