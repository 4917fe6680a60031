package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.PublicWorld.CHANGE;
import static io.tieback.sandbox.procore.PublicWorld.COMMITMENT;
import static io.tieback.sandbox.procore.PublicWorld.COMPANY;
import static io.tieback.sandbox.procore.PublicWorld.LINE;
import static io.tieback.sandbox.procore.PublicWorld.MANAGER;
import static io.tieback.sandbox.procore.PublicWorld.PROJECT;
import static io.tieback.sandbox.procore.PublicWorld.PURCHASE;
import static io.tieback.sandbox.procore.PublicWorld.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Hooks for public resources. The deliveries log shows what they are told of. */
class PublicHooksTest {
  private static final String HOOKS = "/rest/v1.0/webhooks/hooks";
  private static final String OF_PROJECT = "project_id";
  private static final String OF_COMPANY = "company_id";
  private static World world;

  @BeforeAll
  static void start() {
    world = new World();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void reset() {
    world.reset();
    PublicWorld.enter(world);
    world.set("webhooksEnabled", false);
  }

  private static long scope(String scope) {
    return scope.equals(OF_PROJECT) ? PROJECT : COMPANY;
  }

  private static long hook(String scope) {
    String body =
        "{'%s':%d,'hook':{'api_version':'v2','namespace':'tieback','destination_url':'http://127.0.0.1:9/in'}}"
            .formatted(scope, scope(scope));
    Http.Reply made = world.call(COMPANY, "POST", HOOKS, body);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().get("id").longValue();
  }

  private static int trigger(long hook, String scope, String resource, String event) {
    String body =
        "{'%s':%d,'api_version':'v2','trigger':{'resource_name':'%s','event_type':'%s'}}"
            .formatted(scope, scope(scope), resource, event);
    return world.call(COMPANY, "POST", HOOKS + "/" + hook + "/triggers", body).status();
  }

  private static List<JsonNode> told(long hook, String scope) {
    List<JsonNode> events = new ArrayList<>();
    world
        .call(
            COMPANY, "GET", HOOKS + "/" + hook + "/deliveries?" + scope + "=" + scope(scope), null)
        .json()
        .forEach(delivery -> events.add(delivery.get("event")));
    return events;
  }

  private static void edit(String type, long id, String fields) {
    world.control(
        "POST",
        "people/edit",
        "{'userId':%d,'type':'%s','id':%d,'fields':{%s}}".formatted(MANAGER, type, id, fields));
  }

  @Test
  @DisplayName("A project's hook is told of its contracts and change orders, with who did it")
  void projectHook() {
    long hook = hook(OF_PROJECT);
    for (String resource :
        new String[] {
          "Work Order Contracts",
          "Purchase Order Contracts",
          "Change Order Packages",
          "Work Order Contract Line Items"
        }) {
      for (String event : new String[] {"create", "update", "delete"}) {
        assertThat(trigger(hook, OF_PROJECT, resource, event)).isEqualTo(201);
      }
    }
    edit("commitment", COMMITMENT, "'title':'Frame 2'");
    edit("change_order", CHANGE, "'status':'pending'");
    edit("commitment", PURCHASE, "'status':'Draft'");
    world.control("POST", "people/delete", "{'type':'commitment','id':" + PURCHASE + "}");
    String line = HOOKS.replace("webhooks/hooks", "work_order_contracts/") + COMMITMENT;
    world.call(
        COMPANY,
        "PATCH",
        line + "/line_items/" + LINE,
        "{'project_id':" + PROJECT + ",'line_item':{'origin_id':'x'}}");
    List<JsonNode> events = told(hook, OF_PROJECT);
    assertThat(events.stream().map(e -> e.get("resource_name").textValue()))
        .containsExactly(
            "Work Order Contracts",
            "Change Order Packages",
            "Purchase Order Contracts",
            "Purchase Order Contracts",
            "Work Order Contract Line Items",
            "Work Order Contracts");
    JsonNode first = events.get(0);
    assertThat(first.get("user_id").longValue()).isEqualTo(MANAGER);
    assertThat(first.get("project_id").longValue()).isEqualTo(PROJECT);
    assertThat(first.get("event_type").textValue()).isEqualTo("update");
    assertThat(first.get("resource_id").longValue()).isEqualTo(COMMITMENT);
    assertThat(first.at("/metadata/source_application_id").isNull()).isTrue();
    assertThat(events.get(3).get("event_type").textValue()).isEqualTo("delete");
    assertThat(events.get(4).at("/metadata/source_application_id").textValue()).isEqualTo("open");
  }

  @Test
  @DisplayName("The company's hook is told of its own resources, and of no project's")
  void companyHook() {
    long hook = hook(OF_COMPANY);
    assertThat(trigger(hook, OF_COMPANY, "Company Vendors", "update")).isEqualTo(201);
    assertThat(trigger(hook, OF_COMPANY, "Company Vendors", "delete")).isEqualTo(422);
    assertThat(trigger(hook, OF_COMPANY, "Projects", "update")).isEqualTo(201);
    assertThat(trigger(hook, OF_COMPANY, "Work Order Contracts", "update")).isEqualTo(422);
    edit("vendor", VENDOR, "'city':'Austin'");
    edit("commitment", COMMITMENT, "'title':'Frame 2'");
    assertThat(told(hook, OF_COMPANY)).hasSize(1);
    world.set("companyHooksSeeProjects", true);
    assertThat(trigger(hook, OF_COMPANY, "Work Order Contracts", "update")).isEqualTo(201);
    edit("commitment", COMMITMENT, "'title':'Frame 3'");
    assertThat(told(hook, OF_COMPANY)).hasSize(2);
  }

  @Test
  @DisplayName("Without ERP Integrations there is no ERP resource; Requisitions are a switch")
  void resources() {
    long ofCompany = hook(OF_COMPANY);
    long ofProject = hook(OF_PROJECT);
    assertThat(trigger(ofCompany, OF_COMPANY, "ERP Requests", "create")).isEqualTo(422);
    assertThat(trigger(ofProject, OF_PROJECT, "Requisitions", "update")).isEqualTo(422);
    JsonNode listed =
        world
            .call(COMPANY, "GET", "/rest/v1.0/webhooks/resources?project_id=" + PROJECT, null)
            .json();
    assertThat(Contract.answer("get", "/rest/v1.0/webhooks/resources", "200", listed)).isEmpty();
    world.set("webhookRequisitions", true);
    assertThat(trigger(ofProject, OF_PROJECT, "Requisitions", "create")).isEqualTo(201);
    world.control(
        "POST",
        "people/create",
        "{'userId':%d,'requisitions':[{'commitmentId':%d,'billingDate':'2026-03-31','periodStart':'2026-03-01','periodEnd':'2026-03-31','lines':[{'commitmentLineId':%d,'workThisPeriod':'1.00'}]}]}"
            .formatted(MANAGER, COMMITMENT, LINE));
    assertThat(told(ofProject, OF_PROJECT)).hasSize(1);
    assertThat(told(ofCompany, OF_COMPANY)).isEmpty();
  }
}
