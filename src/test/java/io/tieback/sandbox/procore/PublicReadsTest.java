package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.PublicWorld.CHANGE;
import static io.tieback.sandbox.procore.PublicWorld.CHANGE_LINE;
import static io.tieback.sandbox.procore.PublicWorld.CODE;
import static io.tieback.sandbox.procore.PublicWorld.COMMITMENT;
import static io.tieback.sandbox.procore.PublicWorld.COMPANY;
import static io.tieback.sandbox.procore.PublicWorld.LINE;
import static io.tieback.sandbox.procore.PublicWorld.MANAGER;
import static io.tieback.sandbox.procore.PublicWorld.PROJECT;
import static io.tieback.sandbox.procore.PublicWorld.PURCHASE;
import static io.tieback.sandbox.procore.PublicWorld.TYPE;
import static io.tieback.sandbox.procore.PublicWorld.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public resources of a company without ERP Integrations: reads, filters, paging and rights. */
class PublicReadsTest {
  private static final String V1 = "/rest/v1.0/";
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
  }

  private static Http.Reply call(String path) {
    return world.call(COMPANY, "GET", path.replace("[", "%5B").replace("]", "%5D"), null);
  }

  private static JsonNode get(String path) {
    Http.Reply reply = call(path);
    assertThat(reply.status()).as(path + " " + reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static long requisition() {
    return world
        .control(
            "POST",
            "seed",
            "{'requisitions':[{'commitmentId':"
                + COMMITMENT
                + ",'invoiceNumber':'I-1','status':'approved','billingDate':'2026-03-31','periodStart':'2026-03-01',"
                + "'periodEnd':'2026-03-31','lines':[{'commitmentLineId':"
                + LINE
                + ",'workThisPeriod':'100.00','workRetained':'10.00'}]}]}")
        .at("/requisitions/0")
        .longValue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/rest/v1.0/vendors|/rest/v1.0/vendors?company_id=COMPANY",
        "/rest/v1.0/vendors/{id}|/rest/v1.0/vendors/VENDOR?company_id=COMPANY&view=extended",
        "/rest/v1.0/companies/{company_id}/vendors/inactive|/rest/v1.0/companies/COMPANY/vendors/inactive",
        "/rest/v1.0/projects|/rest/v1.0/projects?company_id=COMPANY",
        "/rest/v1.1/projects|/rest/v1.1/projects?company_id=COMPANY&view=normal",
        "/rest/v1.1/projects|/rest/v1.1/projects?company_id=COMPANY&view=compact",
        "/rest/v1.0/projects/{id}|/rest/v1.0/projects/PROJECT?company_id=COMPANY",
        "/rest/v1.0/cost_codes|/rest/v1.0/cost_codes?project_id=PROJECT",
        "/rest/v1.0/line_item_types|/rest/v1.0/line_item_types?company_id=COMPANY&project_id=PROJECT",
        "/rest/v1.0/work_order_contracts|/rest/v1.0/work_order_contracts?project_id=PROJECT&view=extended",
        "/rest/v1.0/work_order_contracts/{id}|/rest/v1.0/work_order_contracts/COMMITMENT?project_id=PROJECT",
        "/rest/v1.0/work_order_contracts/{work_order_contract_id}/line_items|/rest/v1.0/work_order_contracts/COMMITMENT/line_items?project_id=PROJECT",
        "/rest/v1.0/purchase_order_contracts|/rest/v1.0/purchase_order_contracts?project_id=PROJECT",
        "/rest/v1.0/purchase_order_contracts/{id}|/rest/v1.0/purchase_order_contracts/PURCHASE?project_id=PROJECT",
        "/rest/v1.0/purchase_order_contracts/{purchase_order_contract_id}/line_items|/rest/v1.0/purchase_order_contracts/PURCHASE/line_items?project_id=PROJECT",
        "/rest/v1.0/change_order_packages|/rest/v1.0/change_order_packages?project_id=PROJECT&contract_id=COMMITMENT",
        "/rest/v1.0/change_order_packages/{id}|/rest/v1.0/change_order_packages/CHANGE?project_id=PROJECT",
        "/rest/v1.0/potential_change_orders|/rest/v1.0/potential_change_orders?project_id=PROJECT",
        "/rest/v1.0/potential_change_orders/{id}|/rest/v1.0/potential_change_orders/POTENTIAL?project_id=PROJECT&contract_id=COMMITMENT",
        "/rest/v1.0/potential_change_orders/{potential_change_order_id}/line_items|/rest/v1.0/potential_change_orders/POTENTIAL/line_items?project_id=PROJECT",
        "/rest/v1.0/projects/{project_id}/commitment_change_orders/{id}|/rest/v1.0/projects/PROJECT/commitment_change_orders/POTENTIAL",
        "/rest/v2.0/companies/{company_id}/projects/{project_id}/commitment_change_orders/{commitment_change_order_id}/line_items|/rest/v2.0/companies/COMPANY/projects/PROJECT/commitment_change_orders/POTENTIAL/line_items",
        "/rest/v1.1/requisitions|/rest/v1.1/requisitions?project_id=PROJECT&view=extended",
        "/rest/v1.0/projects/{project_id}/billing_periods|/rest/v1.0/projects/PROJECT/billing_periods",
        "/rest/v1.0/companies/{company_id}/users|/rest/v1.0/companies/COMPANY/users",
        "/rest/v1.3/companies/{company_id}/users|/rest/v1.3/companies/COMPANY/users?view=extended",
        "/rest/v1.3/companies/{company_id}/users/{id}|/rest/v1.3/companies/COMPANY/users/MANAGER",
      })
  @DisplayName("What the stand-in answers has the contract's fields and types, and something in it")
  void holdsTheContract(String contract, String path) {
    requisition();
    String potential =
        get(V1 + "potential_change_orders?project_id=" + PROJECT).at("/0/id").asText();
    JsonNode shown =
        get(
            path.replace("COMPANY", Long.toString(COMPANY))
                .replace("PROJECT", Long.toString(PROJECT))
                .replace("VENDOR", Long.toString(VENDOR))
                .replace("COMMITMENT", Long.toString(COMMITMENT))
                .replace("PURCHASE", Long.toString(PURCHASE))
                .replace("CHANGE", Long.toString(CHANGE))
                .replace("MANAGER", Long.toString(MANAGER))
                .replace("POTENTIAL", potential));
    assertThat(shown).isNotEmpty();
    assertThat(Contract.answer("get", contract, "200", shown)).isEmpty();
  }

  @Test
  @DisplayName("The list of commitment change orders, which the contract calls one object")
  void commitmentChangeOrdersAreListed() {
    JsonNode all = get(V1 + "projects/" + PROJECT + "/commitment_change_orders?sort=-id");
    assertThat(all).hasSize(1);
    assertThat(
            Contract.answer(
                "get",
                "/rest/v1.0/projects/{project_id}/commitment_change_orders",
                "200",
                all.get(0)))
        .isEmpty();
    assertThat(all.at("/0/legacy_package_id").longValue()).isEqualTo(CHANGE);
    JsonNode lines =
        get(
            "/rest/v2.0/companies/"
                + COMPANY
                + "/projects/"
                + PROJECT
                + "/commitment_change_orders/"
                + all.at("/0/id").asText()
                + "/line_items");
    assertThat(lines.at("/data/0/commitment_line_item_id").textValue())
        .isEqualTo(Long.toString(LINE));
    assertThat(lines.at("/data/0/id").textValue()).isEqualTo(Long.toString(CHANGE_LINE));
    world.set("commitmentChangeOrderIds", "own");
    JsonNode own = get(V1 + "projects/" + PROJECT + "/commitment_change_orders");
    assertThat(own.at("/0/id").longValue()).isNotEqualTo(all.at("/0/id").longValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vendors?company_id=COMPANY",
        "projects?company_id=COMPANY",
        "work_order_contracts?project_id=PROJECT",
        "purchase_order_contracts?project_id=PROJECT",
        "change_order_packages?project_id=PROJECT",
        "potential_change_orders?project_id=PROJECT",
        "projects/PROJECT/commitment_change_orders?view=default"
      })
  @DisplayName("A range of updated_at finds what changed and nothing else, in quotes or not")
  void incremental(String list) {
    String path =
        V1
            + list.replace("COMPANY", Long.toString(COMPANY))
                .replace("PROJECT", Long.toString(PROJECT));
    String since = path + "&filters[updated_at]=2020-01-01T00:00:00Z...";
    assertThat(get(since + "2099-01-01T00:00:00Z")).isNotEmpty();
    assertThat(get(since + "2021-01-01T00:00:00Z")).isEmpty();
    assertThat(get(path + "&filters[updated_at]=%222020-01-01...2099-01-01%22")).isNotEmpty();
    assertThat(call(path + "&filters[updated_at]=yesterday").status()).isEqualTo(400);
    world.set("rangeQuotes", "required");
    assertThat(call(since + "2099-01-01T00:00:00Z").status()).isEqualTo(400);
  }

  @Test
  @DisplayName("updated_at moves when a key is written, and when a line of a commitment is marked")
  void movesWithTheMark() {
    String list = V1 + "work_order_contracts?project_id=" + PROJECT;
    String before = get(list).at("/0/updated_at").textValue();
    world.advance(60);
    String after = before.substring(0, before.length() - 1);
    String body = "{'updates':[{'id':" + LINE + ",'origin_id':'line-key'}]}";
    String path = V1 + "work_order_contracts/" + COMMITMENT + "/line_items/sync?project_id=";
    JsonNode done = world.call(COMPANY, "PATCH", path + PROJECT, body).json();
    assertThat(done.at("/entities/0/origin_id").textValue()).isEqualTo("line-key");
    assertThat(get(list).at("/0/updated_at").textValue()).isGreaterThan(after);
    assertThat(get(list + "&filters[updated_at]=" + after + "Z...2099-01-01")).hasSize(1);
  }

  @Test
  @DisplayName("Pages by Link, views and orders as documented, filters by id as an array")
  void pages() {
    world.control(
        "POST",
        "seed",
        "{'vendors':[{'companyId':"
            + COMPANY
            + ",'name':'Bob'},{'companyId':"
            + COMPANY
            + ",'name':'Ann'}]}");
    String path = V1 + "vendors?company_id=" + COMPANY;
    Http.Reply first = call(path + "&per_page=2&sort=name&view=compact");
    assertThat(first.json().findValuesAsText("name")).containsExactly("Ann", "Bob");
    assertThat(first.header("Total")).isEqualTo("3");
    assertThat(first.header("Link")).contains("page=2").contains("rel=\"next\"");
    assertThat(call(path + "&per_page=2&page=2").header("Link")).doesNotContain("rel=\"next\"");
    assertThat(get(path + "&filters[id][]=" + VENDOR)).hasSize(1);
    assertThat(call(path + "&sort=city").status()).isEqualTo(400);
    assertThat(call(path + "&view=all").status()).isEqualTo(400);
    assertThat(call(path + "&per_page=10001").status()).isEqualTo(400);
    assertThat(get(path + "&filters[colour]=red")).hasSize(3);
    world.set("unknownFilters", "refused");
    assertThat(call(path + "&filters[colour]=red").status()).isEqualTo(400);
    assertThat(
            call(V1 + "cost_codes?project_id=" + PROJECT + "&filters[updated_at]=2020-01-01")
                .status())
        .isEqualTo(400);
    assertThat(get(V1 + "cost_codes?project_id=" + PROJECT + "&filters[id][]=" + CODE)).hasSize(1);
    assertThat(TYPE).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "companies/COMPANY/erp_requests/1",
        "companies/COMPANY/erp_request_details?filters[item_id]=1",
        "companies/COMPANY/external_data?item_type=vendor",
        "companies/COMPANY/staged_records?item_type=vendor",
        "erp_transactions?company_id=COMPANY"
      })
  @DisplayName("Without ERP Integrations there is no ERP endpoint")
  void noErp(String path) {
    String full = V1 + path.replace("COMPANY", Long.toString(COMPANY));
    assertThat(call(full).status()).isEqualTo(403);
    world.set("erpDisabledStatus", 404);
    assertThat(call(full).status()).isEqualTo(404);
  }

  @Test
  @DisplayName("Nothing says ERP where the company has no ERP Integrations")
  void notIntegrated() {
    requisition();
    assertThat(get("/rest/v1.1/requisitions?project_id=" + PROJECT).at("/0/erp_status").textValue())
        .isEqualTo("not_integrated");
    assertThat(
            get(V1 + "projects/" + PROJECT + "?company_id=" + COMPANY)
                .get("is_erp_integrated")
                .booleanValue())
        .isFalse();
    assertThat(get(V1 + "settings/permissions?company_id=" + COMPANY).toString())
        .doesNotContain("ERP Integrations");
    assertThat(
            world
                .call(
                    COMPANY,
                    "PATCH",
                    V1 + "companies/" + COMPANY + "/external_data/sync",
                    "{'updates':[]}")
                .status())
        .isEqualTo(403);
  }

  @Test
  @DisplayName("Projects that the app was not permitted to are not listed and answer 403")
  void permittedProjects() {
    assertThat(get(V1 + "projects?company_id=" + COMPANY)).hasSize(1);
    for (String path :
        new String[] {
          "projects/" + PublicWorld.HIDDEN + "?company_id=" + COMPANY,
          "work_order_contracts?project_id=" + PublicWorld.HIDDEN,
          "projects/" + PublicWorld.HIDDEN + "/billing_periods"
        }) {
      assertThat(call(V1 + path).status()).as(path).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("Levels: Read Only reads and does not write, None does neither")
  void levels() {
    String list = V1 + "work_order_contracts?project_id=" + PROJECT;
    String patch = V1 + "work_order_contracts/" + COMMITMENT;
    String body = "{'project_id':" + PROJECT + ",'work_order_contract':{'origin_id':'x'}}";
    world.set("projectToolsLevel", "Read Only");
    assertThat(call(list).status()).isEqualTo(200);
    assertThat(world.call(COMPANY, "PATCH", patch, body).status()).isEqualTo(403);
    world.set("projectToolsLevel", "None");
    assertThat(call(list).status()).isEqualTo(403);
    world.set("projectToolsLevel", "Admin");
    assertThat(world.call(COMPANY, "PATCH", patch, body).status()).isEqualTo(200);
  }
}
