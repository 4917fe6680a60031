package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.COMPANY;
import static io.tieback.sandbox.procore.World.company;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Companies of the Directory in the ERP tool, and staged records. */
class VendorsTest {
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
  }

  private static long create(String name) {
    return world
        .control(
            "POST",
            "vendors/create",
            "{'companyId':" + COMPANY + ",'fields':{'name':'" + name + "','city':'Austin'}}")
        .get("vendorId")
        .longValue();
  }

  private static String ids(long id) {
    return "{'vendorIds':[" + id + "]}";
  }

  private static JsonNode status(long id) {
    return world.control("GET", "vendors/status?vendorId=" + id, null);
  }

  private static JsonNode lastRequest(long id) {
    return world.get(company("erp_requests/" + id));
  }

  @Test
  @DisplayName(
      "XR-COY-05 GEN-COY-04 C-12: a company is retrieved only before the approver decides, and can"
          + " be changed and sent again then")
  void retrieved() {
    long vendor = create("Acme");
    world.control("POST", "vendors/send", ids(vendor));
    assertThat(world.tryControl("vendors/send", ids(vendor)).status()).isEqualTo(422);
    world.control("POST", "vendors/retrieve", ids(vendor));
    world.control(
        "POST", "vendors/edit", "{'vendorId':" + vendor + ",'fields':{'name':'Acme Two'}}");
    world.control("POST", "vendors/send", ids(vendor));
    JsonNode accepted = world.control("POST", "vendors/accept", ids(vendor));
    assertThat(world.tryControl("vendors/retrieve", ids(vendor)).text())
        .contains("only while the approver has not answered");
    JsonNode request = lastRequest(accepted.at("/requests/0/requestId").longValue());
    assertThat(request.get("request_name").textValue()).isEqualTo("create_vendor");
    assertThat(request.at("/request_data/vendor/name").textValue()).isEqualTo("Acme Two");
    assertThat(request.at("/request_data/vendor/city").textValue()).isEqualTo("Austin");
    assertThat(Contract.event("create_vendor", request.get("request_data"))).isEmpty();
  }

  @Test
  @DisplayName("GEN-API-25: origin id, then detail make it synced; synced it is not exported again")
  void synced() {
    long vendor = create("Acme");
    world.control("POST", "vendors/send", ids(vendor));
    long detail =
        world
            .control("POST", "vendors/accept", ids(vendor))
            .at("/requests/0/detailIds/0")
            .longValue();
    assertThat(status(vendor).get("erpStatus").textValue()).isEqualTo("exportging");
    world.call(
        "PATCH",
        company("external_data/sync"),
        "{'updates':[{'item_type':'vendor','item_id':" + vendor + ",'origin_id':'x'}]}");
    assertThat(status(vendor).get("erpStatus").textValue()).isEqualTo("exportging");
    world.call(
        "PATCH",
        company("erp_request_details/" + detail),
        "{'request_detail':{'status':'success','messages':[]}}");
    assertThat(status(vendor).get("erpStatus").textValue()).isEqualTo("synced");
    assertThat(world.tryControl("vendors/send", ids(vendor)).text()).contains("is synced");
    JsonNode shown = world.get("/rest/v1.0/vendors/" + vendor + "?company_id=" + COMPANY);
    assertThat(shown.get("synced_to_erp").booleanValue()).isTrue();
    assertThat(shown.get("city").textValue()).isEqualTo("Austin");
  }

  private static JsonNode stage(String rows) {
    return world.call("PATCH", company("staged_records/sync"), "{'updates':[" + rows + "]}").json();
  }

  private static JsonNode staged() {
    return world.get(company("staged_records?item_type=vendor"));
  }

  @Test
  @DisplayName(
      "GEN-API-18 GEN-API-19 GEN-API-21: staged records are found by origin id; children follow"
          + " their parent, archived ones do not")
  void stagedRecords() {
    JsonNode answer =
        stage(
            "{'item_type':'vendor','origin_id':'v1','status':'staged','data':{'name':'One'},"
                + "'children':[{'item_type':'line_item','origin_id':'c1'},{'item_type':'line_item','origin_id':'c2','status':'archived'}]},"
                + "{'item_type':'nonsense','origin_id':'v2','data':{}},{'item_type':'vendor','origin_id':'v3','status':'gone','data':{'name':'x'}}");
    assertThat(answer.get("entities")).hasSize(1);
    assertThat(answer.get("errors")).hasSize(2);
    assertThat(
            Contract.answer(
                "patch",
                "/rest/v1.0/companies/{company_id}/staged_records/sync",
                "200",
                answer,
                "errors"))
        .isEmpty();
    stage("{'item_type':'vendor','origin_id':'v1','data':{'name':'One Ltd'}}");
    assertThat(staged()).hasSize(1);
    assertThat(staged().at("/0/data/name").textValue()).isEqualTo("One Ltd");

    stage("{'item_type':'vendor','origin_id':'v1','status':'archived'}");
    stage("{'item_type':'vendor','origin_id':'v1','status':'staged'}");
    JsonNode children = world.get(company("staged_records?item_type=line_item"));
    assertThat(children).extracting(c -> c.get("status").textValue()).contains("archived");
  }

  @Test
  @DisplayName("GEN-API-22: an imported record is staged again when it is unlinked")
  void importedAndUnlinked() {
    stage("{'item_type':'vendor','origin_id':'v1','status':'staged','data':{'name':'One'}}");
    long vendor =
        world
            .control(
                "POST", "vendors/import", "{'stagedId':" + staged().at("/0/id").longValue() + "}")
            .get("vendorId")
            .longValue();
    assertThat(staged().at("/0/status").textValue()).isEqualTo("imported");
    assertThat(status(vendor).get("originId").textValue()).isEqualTo("v1");
    world.control("POST", "vendors/unlink", "{'vendorId':" + vendor + "}");
    assertThat(staged().at("/0/status").textValue()).isEqualTo("staged");
    assertThat(status(vendor).get("originId").isNull()).isTrue();
  }

  @Test
  void namesAreSynced() {
    long vendor = create("Acme");
    JsonNode answer =
        world
            .call(
                "PATCH",
                "/rest/v1.0/vendors/sync",
                "{'company_id':"
                    + COMPANY
                    + ",'updates':[{'id':"
                    + vendor
                    + ",'name':'Acme New'},{'id':3,'name':'x'},{'id':"
                    + vendor
                    + ",'name':' '}]}")
            .json();
    assertThat(answer.at("/entities/0/name").textValue()).isEqualTo("Acme New");
    assertThat(answer.get("errors")).hasSize(2);
  }
}
