package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.ledger.ItemState;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Procore asks and tells about projects and codes besides sending them. */
class ProjectDeedsTest {

  @TempDir static Path folder;

  private static Site site;
  private static Projects projects;
  private static long subcontract;
  private static long materials;

  @BeforeAll
  static void start() {
    site = Site.small(folder).start();
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

  private static JsonNode event(String name, JsonNode data) {
    ObjectNode event = Json.object().put("requestName", name).put("companyId", Site.COMPANY);
    event.set("requestData", data);
    return site.procore().post("event", event);
  }

  private static void awaitDone(JsonNode fired) {
    long request = fired.path("requestId").longValue();
    Site.until(
        "request " + request + " is carried out",
        () ->
            site.count(
                    "select count(*) from erp_request where request_id = "
                        + request
                        + " and state in ('parked', 'answered')")
                == 1);
  }

  private static String told(JsonNode fired) {
    awaitDone(fired);
    return site.ledger().erpRequests().inState(Site.HARBOUR, "parked", 100).stream()
        .filter(request -> request.requestId() == fired.path("requestId").longValue())
        .findFirst()
        .orElseThrow()
        .failureMessage();
  }

  @Test
  @DisplayName(
      "XR-WBS-01, TB-WBS-03: standard cost codes are linked one by one; each that cannot be is"
          + " answered on its own, and Xero is not asked")
  void standardCodes() {
    ObjectNode add = Json.object().put("companyId", Site.COMPANY);
    ArrayNode codes = add.putArray("codes");
    codes.addObject().put("code", "41-100").put("name", "Good");
    codes.addObject().put("code", "41-200-OF-THIRTY-CHARACTERS-01").put("name", "Too long");
    codes.addObject().put("code", "41-300 ").put("name", "Stray blank");
    JsonNode ids = site.procore().post("standard-codes/add", add).path("standardCodes");
    ObjectNode accept = Json.object();
    accept.set("ids", ids);
    int items = projects.calls("PUT /api.xro/2.0/Items");
    JsonNode details = site.procore().post("standard-codes/accept", accept).path("detailIds");

    assertThat(projects.messages(details.get(0).longValue())).isEmpty();
    assertThat(projects.messages(details.get(1).longValue()))
        .contains("XR-WBS-01", "30 characters, 32 together with the longest cost type");
    assertThat(projects.messages(details.get(2).longValue())).contains("TB-WBS-03");
    assertThat(
            site.ledger()
                .links()
                .get(Site.HARBOUR, "standard_cost_code", ids.get(0).asText())
                .orElseThrow()
                .originId())
        .isEqualTo("xero:harbour:standard_cost_code:41-100");
    assertThat(projects.calls("PUT /api.xro/2.0/Items")).isEqualTo(items);
  }

  @Test
  @DisplayName(
      "GEN-PRJ-03, GEN-API-18: sync_jobs stages the options that no project is linked to; one that"
          + " is added comes back linked, and codes can be sent to it")
  void staged() {
    ObjectNode change = Json.object();
    change.putArray("addOptions").addObject().put("category", "Project").put("name", "Ferry Berth");
    projects.inXero(change);
    String option = projects.options("Ferry Berth").get(0).path("trackingOptionId").asText();
    String origin = "xero:harbour:tracking_option:" + option;
    JsonNode fired = event("sync_jobs", Json.object());
    assertThat(projects.messages(fired.path("detailIds").get(0).longValue())).isEmpty();
    List<String> ready = new ArrayList<>();
    site.deployment()
        .rooms()
        .of(Site.HARBOUR)
        .client()
        .stagedRecords()
        .list("project")
        .forEach(record -> ready.add(record.originId() + " " + record.status()));
    assertThat(ready).contains(origin + " staged");
    assertThat(told(fired)).contains("linked already");

    long project = projects.project("Ferry Berth");
    var row =
        new io.tieback.procore.ExternalDataRow("project", project, origin, "Ferry Berth", null);
    site.deployment().rooms().of(Site.HARBOUR).client().syncExternalData(List.of(row));
    ObjectNode added = Json.object();
    added.putObject("project").put("id", project).put("origin_id", origin);
    awaitDone(event("create_job_in_procore", added));
    assertThat(
            site.ledger()
                .links()
                .get(Site.HARBOUR, "project", Long.toString(project))
                .orElseThrow()
                .erpId())
        .isEqualTo(option);
    projects.code(project, "42-100", "Piles", subcontract);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.options("Ferry Berth")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-36: sync_single_job reads job costs; sync_standard_cost_codes and"
          + " sync_standard_categories say what Xero holds and change nothing")
  void refresh() {
    JsonNode one = Json.object().put("id", "xero:harbour:tracking_option:any");
    assertThat(told(event("sync_single_job", one))).contains("are read at once");
    Site.until(
        "job costs are read",
        () -> site.ledger().cursors().get(Site.HARBOUR, "job-costs").isPresent());

    JsonNode codes = event("sync_standard_cost_codes", Json.object());
    assertThat(projects.messages(codes.path("detailIds").get(0).longValue())).isEmpty();
    assertThat(told(codes)).contains("items of at most 4000", "kept in Procore");
    assertThat(told(event("sync_standard_categories", Json.object()))).contains("kept in Procore");
  }

  @Test
  @DisplayName(
      "GEN-UNL-01, GEN-UNL-03: a cost code may be deleted in Procore when its item is gone in Xero"
          + " or another project needs it; else the answer says what to delete first")
  void deletedCodes() {
    long project = projects.project("Breakwater");
    long gone = projects.code(project, "43-100", "Rock armour", subcontract);
    long there = projects.code(project, "43-200", "Concrete units", subcontract, materials);
    long shared = projects.code(project, "43-300", "Survey", subcontract);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    long other = projects.project("Breakwater East");
    projects.code(other, "43-300", "Survey", subcontract);
    assertThat(projects.messages(projects.export(other))).isEmpty();
    ObjectNode change = Json.object();
    change.putArray("removeItems").add("43-100.S").add("43-200.M");
    projects.inXero(change);

    ObjectNode delete = Json.object().put("projectId", project);
    delete.putArray("codeIds").add(gone).add(there).add(shared);
    JsonNode details = site.procore().post("projects/delete-codes", delete).path("detailIds");
    assertThat(projects.messages(details.get(0).longValue())).isEmpty();
    assertThat(projects.messages(details.get(1).longValue()))
        .contains(
            "The cost code 43-200 is still in Xero as 43-200.S. Please delete it before retrying.");
    assertThat(projects.messages(details.get(2).longValue())).isEmpty();
    assertThat(site.ledger().links().get(Site.HARBOUR, "cost_code", Long.toString(gone))).isEmpty();

    ObjectNode assignment = Json.object().put("projectId", project).put("typeId", materials);
    assignment.putArray("codeIds").add(there);
    JsonNode answered = site.procore().post("projects/delete-codes", assignment).path("detailIds");
    assertThat(projects.messages(answered.get(0).longValue())).isEmpty();
    assertThat(projects.items("43-200.S")).as("nothing is deleted in Xero").hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-API-35: reset_job frees the project and its codes here too; sent again, it is linked to"
          + " what is in Xero and nothing is made twice")
  void reset() {
    long project = projects.project("Slipway");
    long code = projects.code(project, "44-100", "Rails", subcontract);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    String origin = projects.procore(project).path("originId").asText();
    JsonNode fired = site.procore().post("projects/reset", Json.object().put("projectId", project));
    assertThat(told(fired)).contains("was reset");
    assertThat(site.ledger().links().get(Site.HARBOUR, "project", Long.toString(project)))
        .isEmpty();
    assertThat(site.ledger().links().get(Site.HARBOUR, "cost_code", Long.toString(code))).isEmpty();
    assertThat(
            site.ledger().workItems().find(Site.HARBOUR, "project", project).orElseThrow().state())
        .isEqualTo(ItemState.UNLINKED);

    assertThat(projects.messages(projects.export(project))).isEmpty();
    assertThat(projects.procore(project).path("originId").asText()).isEqualTo(origin);
    assertThat(projects.options("Slipway")).hasSize(1);
    assertThat(projects.items("44-100.S")).hasSize(1);
  }

  @Test
  @DisplayName(
      "GEN-PRJ-05, XR-PRJ-06: a project is archived in Xero only by a person, and only when it is"
          + " Inactive in Procore")
  void archive() {
    long project = projects.project("Old Pier");
    projects.code(project, "45-100", "Deck", subcontract);
    assertThat(projects.messages(projects.export(project))).isEmpty();
    String config = site.configuration().toString();
    CommandRun active =
        CommandRun.of("projects", "archive", Long.toString(project), "--config", config);
    assertThat(active.code()).isEqualTo(1);
    assertThat(active.out()).contains("set it Inactive there first");

    projects.change(Json.object().put("projectId", project).put("active", false));
    CommandRun inactive =
        CommandRun.of("projects", "archive", Long.toString(project), "--config", config);
    assertThat(inactive.code()).as(inactive.toString()).isZero();
    assertThat(projects.options("Old Pier").get(0).path("status").asText()).isEqualTo("ARCHIVED");
  }
}
