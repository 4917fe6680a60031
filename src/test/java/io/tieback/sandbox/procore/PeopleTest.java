package io.tieback.sandbox.procore;

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

/** What people do in Procore's own pages, and what its public resources show of it. */
class PeopleTest {
  private static final String V1 = "/rest/v1.0/";
  private static final String BUDGET = V1 + "projects/" + PROJECT + "/budget";
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

  private static JsonNode create(String records) {
    return world.control("POST", "people/create", "{'userId':" + MANAGER + "," + records + "}");
  }

  private static String edits(String type, long id, String fields) {
    return "{'userId':%d,'type':'%s','id':%d,'fields':{%s}}".formatted(MANAGER, type, id, fields);
  }

  private static JsonNode edit(String type, long id, String fields) {
    return world.control("POST", "people/edit", edits(type, id, fields));
  }

  private static Http.Reply tryDelete(String type, long id) {
    return world.tryControl("people/delete", "{'type':'" + type + "','id':" + id + "}");
  }

  private static Http.Reply call(String method, String path, String body) {
    return world.call(COMPANY, method, path, body);
  }

  private static JsonNode get(String path) {
    return call("GET", path.replace("[", "%5B").replace("]", "%5D"), null).json();
  }

  private static JsonNode requisition(long id) {
    return get("/rest/v1.1/requisitions/" + id + "?project_id=" + PROJECT + "&view=extended");
  }

  private static long bill(long line, String status) {
    return create(
            "'requisitions':[{'commitmentId':"
                + COMMITMENT
                + ",'invoiceNumber':'I-1','status':'"
                + status
                + "','billingDate':'2026-03-31','periodStart':'2026-03-01','periodEnd':'2026-03-31','lines':[{'commitmentLineId':"
                + line
                + ",'workThisPeriod':'100.00','workRetained':'10.00'}]}]")
        .at("/requisitions/0")
        .longValue();
  }

  @Test
  @DisplayName(
      "A project manager's commitment and invoice: made, corrected, approved; each step is seen")
  void story() {
    JsonNode made =
        create(
            "'commitments':[{'projectId':"
                + PROJECT
                + ",'type':'WorkOrderContract','number':'SC-7','vendorId':"
                + VENDOR
                + ",'status':'Draft','lines':[{'costCodeId':"
                + CODE
                + ",'lineItemTypeId':"
                + TYPE
                + ",'amount':'10.00'}]}]");
    long id = made.at("/commitments/0").longValue();
    String path = V1 + "work_order_contracts/" + id + "?project_id=" + PROJECT;
    JsonNode draft = get(path);
    assertThat(draft.get("created_by_id").longValue()).isEqualTo(MANAGER);
    long line = draft.at("/line_items/0/id").longValue();
    world.advance(5);
    edit("commitment", id, "'status':'Approved','lines':[{'id':" + line + ",'amount':'12.50'}]");
    JsonNode approved = get(path);
    assertThat(approved.get("grand_total").textValue()).isEqualTo("12.5");
    assertThat(approved.get("status").textValue()).isEqualTo("Approved");
    assertThat(approved.get("updated_at").textValue())
        .isGreaterThan(draft.get("updated_at").textValue());

    long invoice = bill(LINE, "draft");
    JsonNode shown = requisition(invoice);
    assertThat(shown.at("/created_by/login").textValue()).isEqualTo("paula@example.com");
    long item = shown.at("/items/0/id").longValue();
    edit("requisition", invoice, "'status':'under_review'");
    edit(
        "requisition",
        invoice,
        "'status':'approved','invoice_number':'I-2','lines':[{'id':"
            + item
            + ",'workThisPeriod':'90.00'}]");
    JsonNode corrected = requisition(invoice);
    assertThat(corrected.at("/summary/current_payment_due").decimalValue()).isNotNull();
    assertThat(corrected.at("/summary/current_payment_due").textValue()).startsWith("80.0");
    assertThat(corrected.get("status").textValue()).isEqualTo("approved");
    edit("requisition", invoice, "'status':'revise_and_resubmit'");
    assertThat(get(V1 + "companies/" + COMPANY + "/users").at("/0/email_address").textValue())
        .isEqualTo("paula@example.com");
  }

  @Test
  @DisplayName(
      "A later invoice follows when an earlier one is corrected; contradictions are refused")
  void chain() {
    long first = bill(LINE, "draft");
    long second = bill(LINE, "draft");
    long item = requisition(first).at("/items/0/id").longValue();
    edit("requisition", first, "'lines':[{'id':" + item + ",'workThisPeriod':'50.00'}]");
    assertThat(
            requisition(second).at("/items/0/work_completed_from_previous_application").textValue())
        .startsWith("50.0");
    String wrong = "'lines':[{'id':1,'workThisPeriod':'5.00'}]";
    assertThat(world.tryControl("people/edit", edits("requisition", first, wrong)).status())
        .isEqualTo(422);
  }

  @Test
  @DisplayName("An approved contract keeps its lines, its company and itself; a draft may go")
  void locks() {
    String lines = "'lines':[{'id':" + LINE + ",'amount':'1.00'}]";
    assertThat(world.tryControl("people/edit", edits("commitment", COMMITMENT, lines)).status())
        .isEqualTo(422);
    assertThat(tryDelete("commitment", COMMITMENT).text()).contains("Approved");
    edit("commitment", PURCHASE, "'status':'Draft'");
    world.advance(5);
    assertThat(tryDelete("commitment", PURCHASE).status()).isEqualTo(200);
    String list = V1 + "purchase_order_contracts?project_id=" + PROJECT;
    assertThat(get(list)).isEmpty();
    JsonNode gone = get(list + "&filters[include_deleted]=only");
    assertThat(gone.at("/0/deleted_at").isTextual()).isTrue();
    assertThat(
            call(
                    "GET",
                    V1 + "purchase_order_contracts/" + PURCHASE + "?project_id=" + PROJECT,
                    null)
                .status())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("A change order is drafted, corrected, approved and then stays")
  void changeOrder() {
    long id =
        create(
                "'changeOrders':[{'commitmentId':"
                    + COMMITMENT
                    + ",'number':'002','status':'draft','lines':[{'commitmentLineId':"
                    + LINE
                    + ",'amount':'7.00'}]}]")
            .at("/changeOrders/0")
            .longValue();
    String packages = V1 + "change_order_packages";
    long line =
        get(packages + "/" + id + "?project_id=" + PROJECT).at("/line_items/0/id").longValue();
    edit("change_order", id, "'lines':[{'id':" + line + ",'amount':'9.00'}],'status':'approved'");
    JsonNode shown = get(packages + "/" + id + "?project_id=" + PROJECT);
    assertThat(shown.get("grand_total").textValue()).isEqualTo("9.0");
    assertThat(shown.get("reviewed_at").isTextual()).isTrue();
    assertThat(shown.at("/creator/login").textValue()).isEqualTo("paula@example.com");
    assertThat(tryDelete("change_order", id).status()).isEqualTo(422);
    edit("change_order", id, "'status':'draft'");
    assertThat(tryDelete("change_order", id).status()).isEqualTo(200);
    assertThat(get(packages + "?project_id=" + PROJECT + "&filters[include_deleted]=with"))
        .hasSize(2);
  }

  @Test
  @DisplayName("A company leaves the list when it is made inactive, and its new name is everywhere")
  void masterData() {
    edit("vendor", VENDOR, "'name':'Ernie and Sons','city':'Austin'");
    assertThat(get(V1 + "work_order_contracts?project_id=" + PROJECT).at("/0/vendor/company"))
        .hasToString("\"Ernie and Sons\"");
    edit("vendor", VENDOR, "'is_active':false");
    assertThat(get(V1 + "vendors?company_id=" + COMPANY)).isEmpty();
    assertThat(get(V1 + "companies/" + COMPANY + "/vendors/inactive")).hasSize(2);
    edit("project", PROJECT, "'name':'Tower Two','active':false");
    assertThat(get(V1 + "projects?company_id=" + COMPANY + "&filters[by_status]=Active")).isEmpty();
    assertThat(
            get(V1 + "work_order_contracts/" + COMMITMENT + "?project_id=" + PROJECT)
                .at("/project/name")
                .textValue())
        .isEqualTo("Tower Two");
    assertThat(tryDelete("cost_code", CODE).status()).isEqualTo(422);
    create("'costCodes':[{'projectId':" + PROJECT + ",'code':'400','name':'Masonry'}]");
    assertThat(get(V1 + "cost_codes?project_id=" + PROJECT)).hasSize(2);
    world.control("POST", "people/permit", "{'clientId':'open','projectIds':null}");
    assertThat(get(V1 + "projects?company_id=" + COMPANY)).hasSize(2);
  }

  @Test
  @DisplayName("GEN-BUD: a budget is entered, locked, changed; approved changes hold the lock")
  void budget() {
    String line =
        "'projectId':"
            + PROJECT
            + ",'costCodeId':"
            + CODE
            + ",'lineItemTypeId':"
            + TYPE
            + ",'amount':'500.00'";
    long id = create("'budgetLines':[{" + line + "}]").at("/budgetLines/0").longValue();
    edit("budget_line", id, "'amount':'600.00'");
    assertThat(get(BUDGET).get("locked").booleanValue()).isFalse();
    world.control("POST", "people/budget", "{'projectId':" + PROJECT + ",'locked':true}");
    assertThat(get(BUDGET).get("locked").booleanValue()).isTrue();
    assertThat(
            world.tryControl("people/edit", edits("budget_line", id, "'amount':'1.00'")).status())
        .isEqualTo(422);
    String rows = "[{'costCodeId':" + CODE + ",'lineItemTypeId':" + TYPE + ",'amount':'25.00'}]";
    long change =
        create(
                "'budgetChanges':[{'projectId':"
                    + PROJECT
                    + ",'title':'More','status':'draft','lines':"
                    + rows
                    + "}]")
            .at("/budgetChanges/0")
            .longValue();
    JsonNode views = get(V1 + "budget_views?project_id=" + PROJECT);
    assertThat(Contract.answer("get", "/rest/v1.0/budget_views", "200", views)).isEmpty();
    String detail =
        V1 + "budget_views/" + views.at("/0/id").asText() + "/detail_rows?project_id=" + PROJECT;
    assertThat(get(detail).at("/0/budget_modifications").textValue()).isEqualTo("0.0");
    edit("budget_change", change, "'status':'approved'");
    JsonNode shown = get(detail);
    assertThat(shown.at("/0/budget_modifications").textValue()).isEqualTo("25.0");
    assertThat(shown.at("/0/original_budget_amount").textValue()).isEqualTo("600.0");
    assertThat(
            Contract.answer(
                "get", "/rest/v1.0/budget_views/{budget_view_id}/detail_rows", "200", shown))
        .isEmpty();
    JsonNode one = get(V1 + "projects/" + PROJECT + "/budget_changes/" + change);
    assertThat(
            Contract.answer(
                "get", "/rest/v1.0/projects/{project_id}/budget_changes/{id}", "200", one))
        .isEmpty();
    JsonNode all = get(V1 + "projects/" + PROJECT + "/budget_changes");
    assertThat(
            Contract.answer("get", "/rest/v1.0/projects/{project_id}/budget_changes", "200", all))
        .isEmpty();
    assertThat(all.at("/data/0/erp_status").textValue()).isEqualTo("not_integrated");
    JsonNode item = get("/rest/v1.1/budget_line_items/" + id + "?project_id=" + PROJECT);
    assertThat(Contract.answer("get", "/rest/v1.1/budget_line_items/{id}", "200", item)).isEmpty();
    assertThat(call("DELETE", BUDGET + "/lock", null).status()).isEqualTo(422);
    assertThat(
            call("DELETE", BUDGET + "/lock?destroy_all_budget_line_item_transfers=true", null)
                .json()
                .get("locked")
                .booleanValue())
        .isFalse();
    assertThat(call("POST", BUDGET + "/lock", "{}").status()).isEqualTo(201);
  }
}
