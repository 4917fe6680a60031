package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.journey.Projects;
import io.tieback.journey.Site;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers about projects and codes that get lost: nothing comes twice, and nothing is missing. */
class ProjectTroubleTest {

  private static final String ITEMS = "^/api.xro/2.0/Items$";
  private static final String OPTIONS = "^/api.xro/2.0/TrackingCategories/.*/Options$";

  @TempDir static Path folder;

  private static Site site;
  private static Projects projects;
  private static int number;

  @BeforeAll
  static void start() {
    site = Site.small(folder).start();
    projects = new Projects(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @AfterEach
  void noFaults() {
    site.xero().delete("faults");
    site.procore().delete("faults");
  }

  static Stream<Arguments> mishaps() {
    return Stream.of(ITEMS, OPTIONS)
        .flatMap(
            path ->
                Stream.of(
                    Arguments.of(path, "dropped before", (Mishap) Fault::dropsBefore),
                    Arguments.of(path, "dropped after", (Mishap) Fault::dropsAfter),
                    Arguments.of(path, "late", (Mishap) fault -> fault.commitsLate(800)),
                    Arguments.of(path, "cut off", (Mishap) Fault::answersCutOff),
                    Arguments.of(path, "500", (Mishap) fault -> fault.answers(500))));
  }

  /** What goes wrong. */
  @FunctionalInterface
  interface Mishap {
    void order(Fault fault);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("mishaps")
  @DisplayName(
      "XR-WBS-06, XR-PRJ-01: a write whose answer is lost is looked for: the item or option that is"
          + " there is ours and is not made again, one that is not there is made")
  void lost(String path, String what, Mishap mishap) {
    String name = "Trouble " + ++number;
    String code = "6" + number + "-100";
    long project = projects.project(name);
    projects.code(project, code, "Code of trouble", projects.seededType("S"));
    mishap.order(Fault.at(site.xero(), "PUT", path));

    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.options(name)).hasSize(1);
    assertThat(projects.items(code + ".S")).hasSize(1);
    assertThat(projects.procore(project).path("erpStatus").asText()).isEqualTo("synced");
    assertThat(projects.code(project, code).path("syncedTypes")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-32: Procore does not take the synced types at first: they are told again before the"
          + " request is answered")
  void assignmentsRefused() {
    long project = projects.project("Told Again");
    projects.code(project, "79-100", "Code", projects.seededType("S"));
    Fault.at(site.procore(), "PATCH", "/cost_code_line_item_types/sync$").times(2).answers(503);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.code(project, "79-100").path("syncedTypes")).hasSize(1);
  }

  @Test
  @DisplayName(
      "XR-WBS-06: an item that somebody changed while nobody knew whether it was written is not"
          + " taken for ours: a person decides")
  void changedMeanwhile() {
    long project = projects.project("Changed Meanwhile");
    projects.code(project, "78-100", "Code", projects.seededType("S"));
    var taken = Json.object();
    taken.putArray("addItems").addObject().put("code", "78-100.S").put("name", "Quick hands");
    // Between the check and the write somebody makes an item of that code.
    Fault.at(site.xero(), "PUT", ITEMS).dropsBefore();
    int before = projects.calls("PUT /api.xro/2.0/Items");
    long detail = projects.export(project);
    Site.until("the write was lost", () -> projects.calls("PUT /api.xro/2.0/Items") > before);
    projects.inXero(taken);
    assertThat(projects.messages(detail)).contains("78-100.S", "XR-WBS-06");
    assertThat(projects.items("78-100.S"))
        .singleElement()
        .satisfies(item -> assertThat(item.path("name").asText()).isEqualTo("Quick hands"));
  }

  @Test
  @DisplayName(
      "TB-PRJ-03: a project is not linked to the option of another of the same name that Procore"
          + " does not show yet")
  void sameNameWhileTheOtherIsOnItsWay() {
    long first = projects.project("Twin Towers");
    projects.code(first, "77-100", "Code", projects.seededType("S"));
    long second = projects.project("twin towers");
    projects.code(second, "77-200", "Code", projects.seededType("S"));
    Fault.at(site.procore(), "PATCH", "/external_data/sync$").times(1000).answers(503);
    projects.export(first);
    Site.until("the option is in Xero", () -> projects.options("Twin Towers").size() == 1);
    long detail = projects.export(second);
    Site.until(
        "the second is decided",
        () ->
            site.count(
                    "select count(*) from work_item where entity = 'project' and procore_id = "
                        + second
                        + " and state in ('known', 'failed')")
                == 1);
    site.procore().delete("faults");
    assertThat(projects.messages(detail)).contains("TB-PRJ-03");
    Site.until(
        "the first is synced",
        () -> projects.procore(first).path("erpStatus").asText().equals("synced"));
    assertThat(projects.procore(second).path("originId").isNull()).isTrue();
  }
}
