package io.tieback.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** What people do with projects and cost codes in Procore and in Xero, and what they see there. */
public final class Projects {

  private final Site site;

  public Projects(Site site) {
    this.site = site;
  }

  /** A project that is not in Xero. Gives its id. */
  public long project(String name) {
    ObjectNode seed = Json.object();
    seed.putArray("projects").addObject().put("companyId", Site.COMPANY).put("name", name);
    return site.procore().post("seed", seed).path("projects").get(0).longValue();
  }

  /** A cost type of the company. Gives its id. */
  public long costType(String code, String name) {
    ObjectNode seed = Json.object();
    seed.putArray("lineItemTypes")
        .addObject()
        .put("companyId", Site.COMPANY)
        .put("code", code)
        .put("name", name);
    return site.procore().post("seed", seed).path("lineItemTypes").get(0).longValue();
  }

  /** A cost type of the seed. */
  public long seededType(String code) {
    return StreamSupport.stream(site.seed().procore().path("lineItemTypes").spliterator(), false)
        .filter(type -> type.path("code").asText().equals(code))
        .findFirst()
        .orElseThrow()
        .path("id")
        .longValue();
  }

  /** Gives a project a code with these types, or other types to one that it has. Gives its id. */
  public long code(long project, String code, String name, Long... types) {
    ObjectNode body = Json.object().put("projectId", project);
    body.putArray("codes").add(row(code, name, types));
    return change(body).path("codes").path(code).longValue();
  }

  public static ObjectNode row(String code, String name, Long... types) {
    ObjectNode row = Json.object().put("code", code).put("fullCode", code).put("name", name);
    ArrayNode list = row.putArray("typeIds");
    Arrays.stream(types).forEach(list::add);
    return row;
  }

  /** Sets a project up; see the control of the stand-in. */
  public JsonNode change(ObjectNode body) {
    return site.procore().post("projects/change", body);
  }

  /** A project user sends it and the approver accepts. Gives the id of the request detail. */
  public long export(long project) {
    ObjectNode body = Json.object().put("projectId", project);
    site.procore().post("projects/send", body);
    return accept(project);
  }

  /** The approver accepts what was sent, or what failed. Gives the id of the request detail. */
  public long accept(long project) {
    return site.procore()
        .post("projects/accept", Json.object().put("projectId", project))
        .path("detailIds")
        .get(0)
        .longValue();
  }

  /** A request detail as Procore has it. */
  public JsonNode detail(long id) {
    return StreamSupport.stream(site.books().procore().path("details").spliterator(), false)
        .filter(detail -> detail.path("id").longValue() == id)
        .findFirst()
        .orElseThrow();
  }

  /** Waits until a request detail is answered, and gives it. */
  public JsonNode answered(long detail) {
    await("detail " + detail + " is answered")
        .atMost(Site.PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !detail(detail).path("status").asText().equals("in_progress"));
    return detail(detail);
  }

  /** What an approver reads of a failure; empty when the detail was answered with success. */
  public String messages(long detail) {
    JsonNode answered = answered(detail);
    if (answered.path("status").asText().equals("success")) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    answered.path("messages").forEach(line -> text.append(line.asText()).append('\n'));
    return text.toString();
  }

  /** A project as Procore shows it: {@code erpStatus}, {@code originId}, {@code codes}. */
  public JsonNode procore(long project) {
    return site.procore().get("projects/" + project);
  }

  /** A code of a project as Procore shows it. */
  public JsonNode code(long project, String code) {
    return StreamSupport.stream(procore(project).path("codes").spliterator(), false)
        .filter(one -> one.path("fullCode").asText().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode catalogue() {
    return site.xero().get("catalogue?tenantId=" + site.seed().tenantId());
  }

  /** Items of Xero with this code. */
  public List<JsonNode> items(String code) {
    return StreamSupport.stream(catalogue().path("items").spliterator(), false)
        .filter(item -> item.path("code").asText().equals(code))
        .toList();
  }

  /** How many items Xero has. */
  public int itemCount() {
    return catalogue().path("items").size();
  }

  /** Options of Xero's category of projects with this name. */
  public List<JsonNode> options(String name) {
    return StreamSupport.stream(catalogue().path("trackingCategories").spliterator(), false)
        .flatMap(category -> StreamSupport.stream(category.path("options").spliterator(), false))
        .filter(option -> option.path("name").asText().equals(name))
        .toList();
  }

  /** Tracking categories of Xero. */
  public JsonNode categories() {
    return catalogue().path("trackingCategories");
  }

  /** People work in Xero; see the control of the stand-in. */
  public void inXero(ObjectNode change) {
    site.xero().post("catalogue", change.put("tenantId", site.seed().tenantId()));
  }

  /** Calls of Xero with this verb and path, such as {@code PUT /api.xro/2.0/Items}. */
  public int calls(String operation) {
    return site.xero()
        .get("requests/summary")
        .path("byOperation")
        .path(operation)
        .path("count")
        .asInt();
  }
}
