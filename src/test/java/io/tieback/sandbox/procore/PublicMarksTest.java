package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.PublicWorld.CHANGE;
import static io.tieback.sandbox.procore.PublicWorld.CHANGE_LINE;
import static io.tieback.sandbox.procore.PublicWorld.CODE;
import static io.tieback.sandbox.procore.PublicWorld.COMMITMENT;
import static io.tieback.sandbox.procore.PublicWorld.COMPANY;
import static io.tieback.sandbox.procore.PublicWorld.LINE;
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

/** What the public API allows for marking records with the key of the accounting system. */
class PublicMarksTest {
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

  private static String filled(String text) {
    return text.replace("COMPANY", Long.toString(COMPANY))
        .replace("PROJECT", Long.toString(PROJECT))
        .replace("VENDOR", Long.toString(VENDOR))
        .replace("COMMITMENT", Long.toString(COMMITMENT))
        .replace("PURCHASE", Long.toString(PURCHASE))
        .replace("CHANGE", Long.toString(CHANGE))
        .replace("CODE", Long.toString(CODE))
        .replace("TYPE", Long.toString(TYPE))
        .replace("LINE", Long.toString(LINE));
  }

  private static Http.Reply call(String method, String path, String body) {
    return world.call(COMPANY, method, path, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/rest/v1.0/vendors/{id}|/rest/v1.0/vendors/VENDOR|{'company_id':COMPANY,'vendor':{'name':'Ernie',MARK}}",
        "/rest/v1.0/projects/{id}|/rest/v1.0/projects/PROJECT|{'company_id':COMPANY,'project':{MARK}}",
        "/rest/v1.0/cost_codes/{id}|/rest/v1.0/cost_codes/CODE|{'project_id':PROJECT,'cost_code':{'code':'300','name':'Concrete',MARK}}",
        "/rest/v1.0/line_item_types/{id}|/rest/v1.0/line_item_types/TYPE|{'company_id':COMPANY,'line_item_type':{MARK}}",
        "/rest/v1.0/work_order_contracts/{id}|/rest/v1.0/work_order_contracts/COMMITMENT|{'project_id':PROJECT,'work_order_contract':{MARK}}",
        "/rest/v1.0/purchase_order_contracts/{id}|/rest/v1.0/purchase_order_contracts/PURCHASE|{'project_id':PROJECT,'purchase_order_contract':{MARK}}",
        "/rest/v1.0/work_order_contracts/{work_order_contract_id}/line_items/{id}|/rest/v1.0/work_order_contracts/COMMITMENT/line_items/LINE|{'project_id':PROJECT,'line_item':{MARK}}",
        "/rest/v1.0/change_order_packages/{id}|/rest/v1.0/change_order_packages/CHANGE|{'project_id':PROJECT,'change_order':{MARK}}"
      })
  @DisplayName("A key is written, shown, and cleared by null; the answer holds the contract")
  void marked(String contract, String path, String body) {
    String mark = "'origin_id':'xero:1','origin_data':'{}'";
    Http.Reply done = call("PATCH", filled(path), filled(body).replace("MARK", mark));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().get("origin_id").textValue()).isEqualTo("xero:1");
    assertThat(done.json().get("origin_data").textValue()).isEqualTo("{}");
    assertThat(Contract.answer("patch", contract, "200", done.json())).isEmpty();
    Http.Reply cleared =
        call("PATCH", filled(path), filled(body).replace("MARK", "'origin_id':null"));
    assertThat(cleared.json().path("origin_id").isTextual()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/rest/v1.0/vendors/sync|/rest/v1.0/vendors/sync|{'company_id':COMPANY,'updates':[{'id':VENDOR,MARK},{'id':1,'origin_id':'y'}]}",
        "/rest/v1.0/projects/sync|/rest/v1.0/projects/sync|{'company_id':COMPANY,'updates':[{'id':PROJECT,MARK},{'id':1}]}",
        "/rest/v1.0/cost_codes/sync|/rest/v1.0/cost_codes/sync?project_id=PROJECT|{'updates':[{'id':CODE,MARK},{'id':1}]}",
        "/rest/v1.0/line_item_types/sync|/rest/v1.0/line_item_types/sync|{'company_id':COMPANY,'updates':[{'id':TYPE,MARK},{'id':1}]}",
        "/rest/v1.0/work_order_contracts/sync|/rest/v1.0/work_order_contracts/sync|{'project_id':PROJECT,'updates':[{'id':COMMITMENT,MARK},{'id':1}]}",
        "/rest/v1.0/work_order_contracts/{work_order_contract_id}/line_items/sync|/rest/v1.0/work_order_contracts/COMMITMENT/line_items/sync?project_id=PROJECT|{'updates':[{'id':LINE,MARK},{'id':1}]}"
      })
  @DisplayName(
      "Sync actions answer 200 with the good rows and the bad ones; a key finds its record")
  void synced(String contract, String path, String body) {
    String mark = "'origin_id':'xero:1'";
    Http.Reply done = call("PATCH", filled(path), filled(body).replace("MARK", mark));
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(done.json().at("/entities/0/origin_id").textValue()).isEqualTo("xero:1");
    assertThat(done.json().at("/errors/0/errors/id/0").textValue())
        .isEqualTo("Entity with this ID not found");
    if (!contract.startsWith("/rest/v1.0/vendors")) {
      assertThat(
              Contract.answer("patch", contract, "200", done.json(), "id", "origin_id", "errors"))
          .isEmpty();
    }
  }

  @Test
  @DisplayName("A key is unique for its type in a company, also by sync")
  void unique() {
    String path = V1 + "work_order_contracts/" + COMMITMENT;
    world.control(
        "POST",
        "people/create",
        filled(
            "{'commitments':[{'id':9,'projectId':PROJECT,'type':'WorkOrderContract','number':'SC-9','vendorId':VENDOR}]}"));
    String body = filled("{'project_id':PROJECT,'work_order_contract':{'origin_id':'same'}}");
    assertThat(call("PATCH", path, body).status()).isEqualTo(200);
    Http.Reply taken = call("PATCH", V1 + "work_order_contracts/9", body);
    assertThat(taken.status()).isEqualTo(422);
    assertThat(taken.text()).contains("has already been taken");
    JsonNode row =
        call(
                "PATCH",
                V1 + "work_order_contracts/sync",
                filled("{'project_id':PROJECT,'updates':[{'id':9,'origin_id':'same'}]}"))
            .json();
    assertThat(row.at("/errors/0/errors/origin_id/0").textValue())
        .isEqualTo("has already been taken");
    assertThat(
            call(
                    "PATCH",
                    V1 + "work_order_contracts/sync",
                    filled("{'project_id':PROJECT,'updates':[{'origin_id':'same','title':'New'}]}"))
                .json()
                .at("/entities/0/title")
                .textValue())
        .isEqualTo("New");
  }

  @Test
  @DisplayName("The lines of a change order are marked where they are held, and shown there alone")
  void changeOrderLines() {
    long potential =
        call("GET", V1 + "potential_change_orders?project_id=" + PROJECT, null)
            .json()
            .at("/0/id")
            .longValue();
    String lines = V1 + "potential_change_orders/" + potential + "/line_items";
    String body = "{'updates':[{'id':" + CHANGE_LINE + ",'origin_id':'line'}]}";
    Http.Reply done = call("PATCH", lines + "/sync?project_id=" + PROJECT, body);
    assertThat(done.status()).as(done.text()).isEqualTo(200);
    assertThat(call("GET", lines + "?project_id=" + PROJECT, null).json().at("/0/origin_id"))
        .hasToString("\"line\"");
    assertThat(
            Contract.answer(
                "patch",
                "/rest/v1.0/potential_change_orders/{potential_change_order_id}/line_items/sync",
                "200",
                done.json()))
        .isEmpty();
  }

  @Test
  @DisplayName("A marked invoice is locked to everybody; only its key can be taken away again")
  void requisitionIsLocked() {
    long id =
        world
            .control(
                "POST",
                "people/create",
                filled(
                    "{'requisitions':[{'commitmentId':COMMITMENT,'status':'approved','billingDate':'2026-03-31','periodStart':'2026-03-01','periodEnd':'2026-03-31','lines':[{'commitmentLineId':LINE,'workThisPeriod':'1.00'}]}]}"))
            .at("/requisitions/0")
            .longValue();
    String path = "/rest/v1.1/requisitions/" + id;
    String body = filled("{'project_id':PROJECT,'commitment_id':COMMITMENT,'requisition':{%s}}");
    String mark = body.formatted("'origin_id':'bill','origin_data':'v1'");
    Http.Reply marked = call("PATCH", path, mark);
    assertThat(marked.status()).as(marked.text()).isEqualTo(200);
    assertThat(Contract.answer("patch", "/rest/v1.1/requisitions/{id}", "200", marked.json()))
        .isEmpty();
    String other = body.formatted("'invoice_number':'X'");
    assertThat(call("PATCH", path, other).status()).isEqualTo(422);
    assertThat(call("DELETE", path + "?project_id=" + PROJECT, null).status()).isEqualTo(422);
    String edit = "{'type':'requisition','id':" + id + ",'fields':{'status':'draft'}}";
    assertThat(world.tryControl("people/edit", edit).status()).isEqualTo(422);
    world.set("clearRequisitionOrigin", false);
    assertThat(call("PATCH", path, body.formatted("'origin_id':null")).status()).isEqualTo(422);
    world.set("clearRequisitionOrigin", true);
    assertThat(call("PATCH", path, body.formatted("'origin_id':null")).status()).isEqualTo(200);
    assertThat(call("PATCH", path, other).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("A marked contract that is approved keeps its company; its title may change")
  void contractIsLocked() {
    String path = V1 + "work_order_contracts/" + COMMITMENT;
    String body = filled("{'project_id':PROJECT,'work_order_contract':{%s}}");
    assertThat(call("PATCH", path, body.formatted("'vendor_id':1")).status()).isEqualTo(422);
    assertThat(call("PATCH", path, body.formatted("'title':'Frame 2'")).status()).isEqualTo(200);
    assertThat(call("DELETE", path + "?project_id=" + PROJECT, null).status()).isEqualTo(422);
    String line = filled("{'project_id':PROJECT,'line_item':{'amount':'1.00'}}");
    assertThat(call("PATCH", path + "/line_items/" + LINE, line).status()).isEqualTo(422);
  }

  @Test
  @DisplayName("Cost codes of a project that is integrated with ERP are written by sync only")
  void costCodesOfIntegratedProjects() {
    world.signIn();
    String body =
        "{'project_id':"
            + World.PROJECT
            + ",'cost_code':{'code':'300','name':'X','origin_id':'z'}}";
    assertThat(world.call("PATCH", V1 + "cost_codes/301", body).status()).isEqualTo(422);
    JsonNode done =
        world
            .call(
                "PATCH",
                V1 + "cost_codes/sync?project_id=" + World.PROJECT,
                "{'updates':[{'id':301,'origin_id':'z'}]}")
            .json();
    assertThat(done.at("/entities/0/origin_id").textValue()).isEqualTo("z");
  }
}
