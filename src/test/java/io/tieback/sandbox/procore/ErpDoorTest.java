package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.AMOUNT_LINE;
import static io.tieback.sandbox.procore.World.LOOSE_LINE;
import static io.tieback.sandbox.procore.World.SUBCONTRACT;
import static io.tieback.sandbox.procore.World.UNSYNCED;
import static io.tieback.sandbox.procore.World.company;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ERP tool's state machine, ERP Requests and their details. */
class ErpDoorTest {
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

  private static long bill(String extra) {
    return world.bill(
        SUBCONTRACT,
        extra,
        "{'commitmentLineId':"
            + AMOUNT_LINE
            + ",'workThisPeriod':'100.00','workRetained':'10.00'}");
  }

  private static String ids(long... ids) {
    return "{'requisitionIds':" + java.util.Arrays.toString(ids) + "}";
  }

  private static String erpStatus(long id) {
    return world.requisition(id).get("erp_status").textValue();
  }

  private static JsonNode link(long requisition, String originId) {
    String origin = originId == null ? "null" : "'" + originId + "'";
    return world
        .call(
            "PATCH",
            company("external_data/sync"),
            "{'updates':[{'item_type':'requisition','item_id':"
                + requisition
                + ",'origin_id':"
                + origin
                + "}]}")
        .json();
  }

  private static Http.Reply close(long detail, String status) {
    return world.call(
        "PATCH",
        company("erp_request_details/" + detail),
        "{'request_detail':{'status':'" + status + "','messages':['as said']}}");
  }

  @Test
  void sendRefusesWhatTheToolRefuses() {
    long draft = bill(",'status':'draft'");
    long approved = bill("");
    long unsynced =
        world.bill(UNSYNCED, "", "{'commitmentLineId':" + LOOSE_LINE + ",'workThisPeriod':'1.00'}");
    Http.Reply reply = world.tryControl("send", ids(draft, approved, unsynced));
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.json().get("errors")).hasSize(2);
    assertThat(reply.text()).contains("has status draft").contains("SC-009, which is not synced");
    assertThat(erpStatus(approved)).isEqualTo("not_in_erp");

    world.control("POST", "send", ids(approved));
    assertThat(erpStatus(approved)).isEqualTo("ready_to_export");
    assertThat(world.tryControl("send", ids(approved)).status()).isEqualTo(422);
    world.control("POST", "retrieve", ids(approved));
    assertThat(erpStatus(approved)).isEqualTo("rejected");
    world.control("POST", "send", ids(approved));
    world.control("POST", "reject", ids(approved));
    assertThat(world.tryControl("accept", ids(approved)).status()).isEqualTo(422);
    world.control("POST", "send", ids(approved));
    world.control("POST", "accept", ids(approved));
    assertThat(erpStatus(approved)).isEqualTo("exportging");
    assertThat(world.tryControl("accept", ids(approved)).status()).isEqualTo(422);
    assertThat(world.tryControl("retrieve", ids(approved)).status()).isEqualTo(422);
  }

  @Test
  void originIdsThenSuccessIsSynced() {
    JsonNode request = world.exported(1).get(0);
    long requisition =
        world
            .control("GET", "books?companyId=" + World.COMPANY, null)
            .at("/requisitions/0/id")
            .longValue();
    link(requisition, "bill-1");
    assertThat(erpStatus(requisition)).isEqualTo("exportging");
    assertThat(close(request.at("/detailIds/0").longValue(), "success").status()).isEqualTo(200);
    assertThat(erpStatus(requisition)).isEqualTo("synced");
    link(requisition, null);
    assertThat(erpStatus(requisition)).isEqualTo("not_in_erp");
  }

  @Test
  void successBeforeOriginIdsLeavesItExporting() {
    JsonNode request = world.exported(1).get(0);
    JsonNode books = world.control("GET", "books?companyId=" + World.COMPANY, null);
    long requisition = books.at("/requisitions/0/id").longValue();
    close(request.at("/detailIds/0").longValue(), "success");
    assertThat(erpStatus(requisition)).isEqualTo("exportging");
    link(requisition, "bill-1");
    assertThat(erpStatus(requisition)).isEqualTo("synced");
  }

  @Test
  void failureCanBeExportedAgainWithANewDetail() {
    JsonNode request = world.exported(1).get(0);
    long requisition =
        world
            .control("GET", "books?companyId=" + World.COMPANY, null)
            .at("/requisitions/0/id")
            .longValue();
    long detail = request.at("/detailIds/0").longValue();
    close(detail, "failed");
    assertThat(erpStatus(requisition)).isEqualTo("failed_to_export");
    JsonNode again = world.control("POST", "accept", ids(requisition)).get("requests").get(0);
    assertThat(again.at("/detailIds/0").longValue()).isNotEqualTo(detail);
    close(detail, "rejected");
    assertThat(erpStatus(requisition)).as("an old detail no longer counts").isEqualTo("exportging");
    JsonNode found = world.get(company("erp_request_details?filters%5Bitem_id%5D=" + requisition));
    assertThat(found).hasSize(2);
    assertThat(found.get(0).get("status").textValue()).isEqualTo("rejected");
    assertThat(found.get(1).get("status").textValue()).isEqualTo("in_progress");
    JsonNode history =
        world.control("GET", "books?companyId=" + World.COMPANY, null).at("/details/0/history");
    assertThat(history).hasSize(3);
    assertThat(history.get(1).at("/messages/0").textValue()).isEqualTo("as said");
  }

  @Test
  void oneDetailCanStandForAllInvoicesOfAnEvent() {
    world.set("detailIdPlacement", "requestData");
    long first = bill("");
    long second = bill("");
    world.control("POST", "send", ids(first, second));
    JsonNode made =
        world
            .control(
                "POST",
                "accept",
                "{'requisitionIds':[" + first + "," + second + "],'oneEvent':true}")
            .at("/requests/0");
    assertThat(made.get("detailIds")).hasSize(1);
    long detail = made.at("/detailIds/0").longValue();
    assertThat(
            world
                .get(company("erp_request_details?filters%5Bitem_id%5D=" + second))
                .at("/0/id")
                .longValue())
        .isEqualTo(detail);
    link(first, "bill-1");
    close(detail, "failed");
    assertThat(erpStatus(first)).isEqualTo("synced");
    assertThat(erpStatus(second)).isEqualTo("failed_to_export");
  }

  @Test
  void eventHasThePublishedShape() {
    long first = bill(",'dueDate':'2026-04-30'");
    long second = bill("");
    world.set("detailIdPlacement", "absent");
    world.control("POST", "send", ids(first, second));
    JsonNode made =
        world
            .control(
                "POST",
                "accept",
                "{'requisitionIds':[" + first + "," + second + "],'oneEvent':true}")
            .get("requests");
    assertThat(made).hasSize(1);
    JsonNode shown = world.get(company("erp_requests/" + made.at("/0/requestId").longValue()));
    assertThat(
            Contract.answer(
                "get", "/rest/v1.0/companies/{company_id}/erp_requests/{id}", "200", shown))
        .isEmpty();
    assertThat(Contract.event("create_requisitions", shown.get("request_data"), "payment_due_date"))
        .isEmpty();
    JsonNode line = shown.at("/request_data/requisitions/0/line_items/0");
    assertThat(shown.at("/request_data/requisitions")).hasSize(2);
    assertThat(
            shown.at("/request_data/requisitions/0/erp_custom_fields/payment_due_date").textValue())
        .isEqualTo("2026-04-30");
    assertThat(line.get("amount").textValue()).isEqualTo("100.0");
    assertThat(line.get("retainage_this_period").textValue()).isEqualTo("10.0");
    assertThat(line.get("commitment_item_origin_id").textValue()).isEqualTo("line-1");
    assertThat(line.get("requisition_item_type").textValue()).isEqualTo("Billings::ContractItem");
    assertThat(shown.at("/request_data/requisitions/0/formatted_payment_due").textValue())
        .isEqualTo("$90.00");
  }

  @Test
  void lineAmountCanBeNet() {
    world.set("lineAmount", "net");
    long request = world.exported(1).at("/0/requestId").longValue();
    JsonNode line =
        world
            .get(company("erp_requests/" + request))
            .at("/request_data/requisitions/0/line_items/0");
    assertThat(line.get("amount").textValue()).isEqualTo("90.0");
  }

  @Test
  void detailIdStandsWhereTheSwitchSays() {
    Set<String> seen = new HashSet<>();
    for (JsonNode made : world.exported(4)) {
      seen.add(made.get("detailIdPlacement").textValue());
      checkPlacement(made);
    }
    assertThat(seen).containsExactlyInAnyOrder("envelope", "requestData", "element", "absent");
    world.set("detailIdPlacement", "element");
    for (JsonNode made : world.exported(2)) {
      assertThat(made.get("detailIdPlacement").textValue()).isEqualTo("element");
      checkPlacement(made);
    }
  }

  private static void checkPlacement(JsonNode made) {
    JsonNode shown = world.get(company("erp_requests/" + made.get("requestId").longValue()));
    JsonNode expected = made.at("/detailIds/0");
    String place = made.get("detailIdPlacement").textValue();
    assertThat(shown.path("request_detail_id")).isEqualTo(at(place, "envelope", expected));
    assertThat(shown.at("/request_data/request_detail_id"))
        .isEqualTo(at(place, "requestData", expected));
    assertThat(shown.at("/request_data/requisitions/0/request_detail_id"))
        .isEqualTo(at(place, "element", expected));
    long item = shown.at("/request_data/requisitions/0/procore_requisition_id").longValue();
    assertThat(
            world
                .get(
                    company(
                        "erp_request_details?filters[item_id]="
                                .replace("[", "%5B")
                                .replace("]", "%5D")
                            + item))
                .at("/0/id"))
        .isEqualTo(expected);
  }

  private static JsonNode at(String place, String wanted, JsonNode id) {
    return place.equals(wanted)
        ? id
        : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  @Test
  void bulkCloseTakesOnlyTheRightWrapper() {
    long detail = world.exported(1).at("/0/detailIds/0").longValue();
    String row =
        "[{'id':"
            + detail
            + ",'status':'failed','messages':['no']},{'id':1,'status':'success'},{'id':"
            + detail
            + ",'status':'done'}]";
    String path = company("erp_request_details/sync");
    assertThat(world.call("PATCH", path, "{'updates':" + row + "}").status()).isEqualTo(400);
    JsonNode done = world.call("PATCH", path, row).json();
    assertThat(done.get("entities")).hasSize(1);
    assertThat(done.at("/errors/0/errors/id/0").textValue())
        .isEqualTo("Entity with this ID not found");
    assertThat(done.at("/errors/1/errors/status")).hasSize(1);
    world.set("detailsSyncWrapper", "updates");
    assertThat(world.call("PATCH", path, row).status()).isEqualTo(400);
    assertThat(world.call("PATCH", path, "{'updates':" + row + "}").status()).isEqualTo(200);
    assertThat(close(detail, "finished").status()).isEqualTo(422);
    assertThat(world.call("GET", company("erp_request_details"), null).status()).isEqualTo(400);
  }

  @Test
  void syncedAndExportingInvoicesAreLocked() {
    long id = bill("");
    String path = "/rest/v1.1/requisitions/" + id;
    String body =
        "{'project_id':"
            + World.PROJECT
            + ",'commitment_id':"
            + World.SUBCONTRACT
            + ",'requisition':{'invoice_number':'X'}}";
    assertThat(world.call("PATCH", path, body.replace("commitment_id", "other")).status())
        .isEqualTo(400);
    assertThat(world.call("PATCH", path, body).json().get("invoice_number").textValue())
        .isEqualTo("X");
    world.control("POST", "send", ids(id));
    assertThat(world.call("PATCH", path, body).status()).isEqualTo(422);
    world.control("POST", "retrieve", ids(id));
    link(id, "bill-9");
    assertThat(world.call("PATCH", path, body).status()).isEqualTo(422);
    assertThat(world.call("DELETE", path + "?project_id=" + World.PROJECT, null).status())
        .isEqualTo(422);
    link(id, null);
    assertThat(world.call("PATCH", path, body).status()).isEqualTo(200);
  }

  @Test
  void otherEventsOfTheDictionary() {
    String body = "{'requestName':'%s','companyId':" + World.COMPANY + ",'requestData':%s}";
    long sync = event(body.formatted("sync_contract_payments", "{}")).get("requestId").longValue();
    assertThat(
            world
                .get(company("erp_requests/" + sync))
                .at("/request_data/request_detail_id")
                .isIntegralNumber())
        .isTrue();
    long job =
        event(body.formatted("create_or_update_job", "{'job':{'id':1}}"))
            .get("requestId")
            .longValue();
    assertThat(
            world.get(company("erp_requests/" + job)).get("request_detail_id").isIntegralNumber())
        .isTrue();
    assertThat(event(body.formatted("link_vendor", "{'vendor':{'id':1}}")).get("detailIds"))
        .isEmpty();
    JsonNode codes = event(body.formatted("create_standard_cost_codes", "[{'id':1},{'id':2}]"));
    assertThat(codes.get("detailIds")).hasSize(2);
    assertThat(world.get(company("erp_request_details?filters%5Bitem_id%5D=2")).at("/0/id"))
        .isEqualTo(codes.at("/detailIds/1"));
    assertThat(
            world
                .call(World.OTHER, "GET", "/rest/v1.0/companies/77/erp_requests/" + sync, null)
                .status())
        .isEqualTo(404);
  }

  private static JsonNode event(String body) {
    return world.control("POST", "event", body);
  }
}
