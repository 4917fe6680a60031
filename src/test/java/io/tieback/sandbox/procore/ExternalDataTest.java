package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.AMOUNT_LINE;
import static io.tieback.sandbox.procore.World.COMPANY;
import static io.tieback.sandbox.procore.World.PROJECT;
import static io.tieback.sandbox.procore.World.SUBCONTRACT;
import static io.tieback.sandbox.procore.World.company;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of the accounting system on Procore's objects. */
class ExternalDataTest {
  private static final String SYNC = company("external_data/sync");
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

  private static String row(String type, long id, String origin) {
    return "{'item_type':'"
        + type
        + "','item_id':"
        + id
        + ",'origin_id':"
        + (origin == null ? "null" : "'" + origin + "'")
        + "}";
  }

  private static JsonNode sync(String... rows) {
    Http.Reply reply = world.call("PATCH", SYNC, "{'updates':[" + String.join(",", rows) + "]}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(
            Contract.answer(
                "patch",
                "/rest/v1.0/companies/{company_id}/external_data/sync",
                "200",
                reply.json()))
        .isEmpty();
    return reply.json();
  }

  @Test
  void goodRowsAreKeptWhenOthersFail() {
    long id =
        world.bill(
            SUBCONTRACT, "", "{'commitmentLineId':" + AMOUNT_LINE + ",'workThisPeriod':'1.00'}");
    long line = world.requisition(id).at("/items/0/id").longValue();
    JsonNode done =
        sync(
            row("requisition", id, "bill-1"),
            row("requisition_contract_item", line, "bill-line-1"),
            row("requisition_change_order_item", line, "x"),
            row("requisition", 12345, "y"),
            row("invoice", id, "z"),
            "{'item_type':'requisition','item_id':" + id + "}");
    assertThat(done.get("entities")).hasSize(2);
    assertThat(done.get("errors")).hasSize(4);
    assertThat(done.at("/errors/0/errors/item_id/0").textValue())
        .isEqualTo("Entity with this ID not found");
    assertThat(done.at("/errors/1/item_id").intValue()).isEqualTo(12345);
    JsonNode books = world.control("GET", "books?companyId=" + COMPANY, null).at("/requisitions/0");
    assertThat(books.get("originId").textValue()).isEqualTo("bill-1");
    assertThat(books.at("/lines/0/originId").textValue()).isEqualTo("bill-line-1");
  }

  @Test
  void originIdIsUniqueForTypeAndCompanyAcrossProjects() {
    assertThat(
            sync(row("project", World.SECOND_PROJECT, "job-1"))
                .at("/errors/0/errors/origin_id/0")
                .textValue())
        .isEqualTo("has already been taken");
    assertThat(sync(row("project", World.SECOND_PROJECT, "job-2")).get("errors")).isEmpty();
    assertThat(sync(row("project", PROJECT, "job-1")).get("errors")).as("the same again").isEmpty();
    assertThat(sync(row("vendor", 51, "job-1")).get("errors")).as("another type").isEmpty();
    Http.Reply other =
        world.call(
            World.OTHER,
            "PATCH",
            "/rest/v1.0/companies/77/external_data/sync",
            "{'updates':["
                + row("project", World.OTHER_PROJECT, "job-1")
                + ","
                + row("project", PROJECT, "a")
                + "]}");
    assertThat(other.json().get("entities")).as("another company").hasSize(1);
    assertThat(other.json().get("errors")).as("a project of the first company").hasSize(1);
    JsonNode within = sync(row("cost_code", 301, "same"), row("cost_code", 302, "same"));
    assertThat(within.get("entities")).hasSize(1);
    assertThat(within.at("/errors/0/item_id").intValue()).isEqualTo(302);
  }

  @Test
  void nullClearsAndFreesTheKey() {
    sync(row("project", PROJECT, null));
    assertThat(
            world
                .get("/rest/v1.0/projects/" + PROJECT + "?company_id=" + COMPANY)
                .get("origin_id")
                .isNull())
        .isTrue();
    assertThat(sync(row("project", World.SECOND_PROJECT, "job-1")).get("errors")).isEmpty();
  }

  @Test
  void atMostAThousandRows() {
    List<String> rows = new ArrayList<>();
    for (int i = 1; i <= 1001; i++) {
      rows.add(row("tax_code", i, "tax-" + i));
    }
    assertThat(world.call("PATCH", SYNC, "{'updates':" + rows + "}").status()).isEqualTo(413);
    assertThat(world.get(company("external_data?item_type=tax_code"))).isEmpty();
    assertThat(sync(rows.subList(0, 1000).toArray(String[]::new)).get("entities")).hasSize(1000);
    Http.Reply page =
        world.call("GET", company("external_data?item_type=tax_code&per_page=300&page=4"), null);
    assertThat(page.json()).hasSize(100);
    assertThat(page.header("Total")).isEqualTo("1000");
    assertThat(page.header("Link")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
  }

  @Test
  void acknowledgementsCanBeRefusedForAWhile() {
    world.control("PATCH", "settings", "{'ackRefuse':{'itemIds':[51],'times':2}}");
    assertThat(sync(row("vendor", 51, "v"), row("project", PROJECT, "p")).get("errors")).hasSize(1);
    assertThat(sync(row("vendor", 51, "v")).get("errors")).hasSize(1);
    assertThat(sync(row("vendor", 51, "v")).get("errors")).isEmpty();
  }

  @Test
  void bulkDestroyUnlinks() {
    Http.Reply reply =
        world.call(
            "DELETE",
            company("external_data/bulk_destroy"),
            "{'item_type':'project','item_ids':[" + PROJECT + "]}");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(world.get(company("external_data?item_type=project&item_id=" + PROJECT))).isEmpty();
  }

  @Test
  void masterDataShowsTheKeys() {
    String vendor = "/rest/v1.0/vendors/51?company_id=" + COMPANY + "&view=";
    assertThat(world.get(vendor + "erp").get("origin_id").textValue()).isEqualTo("vendor-1");
    assertThat(world.get(vendor + "compact").has("origin_id")).isFalse();
    JsonNode vendors =
        world.get(
            "/rest/v1.0/vendors?company_id="
                + COMPANY
                + "&view=erp&filters%5Borigin_id%5D=vendor-1");
    assertThat(vendors).hasSize(1);
    assertThat(
            Contract.answer(
                "get",
                "/rest/v1.0/vendors",
                "200",
                vendors,
                "origin_custom_fields",
                "erp_custom_fields"))
        .isEmpty();
    JsonNode codes =
        world.get("/rest/v1.0/cost_codes?project_id=" + PROJECT + "&filters%5Bid%5D=302");
    assertThat(codes).hasSize(1);
    assertThat(codes.at("/0/full_code").textValue()).isEqualTo("05-100");
    assertThat(Contract.answer("get", "/rest/v1.0/cost_codes", "200", codes)).isEmpty();
    assertThat(
            Contract.answer(
                "get",
                "/rest/v1.0/projects/{id}",
                "200",
                world.get("/rest/v1.0/projects/" + PROJECT)))
        .isEmpty();
    JsonNode contract =
        world.get("/rest/v1.0/work_order_contracts/" + SUBCONTRACT + "?project_id=" + PROJECT);
    assertThat(contract.at("/vendor/origin_id").textValue()).isEqualTo("vendor-1");
    assertThat(contract.get("retainage_percent").textValue()).isEqualTo("10.0");
    assertThat(Contract.answer("get", "/rest/v1.0/work_order_contracts/{id}", "200", contract))
        .isEmpty();
    JsonNode order =
        world.get(
            "/rest/v1.0/purchase_order_contracts/" + World.PURCHASE + "?project_id=" + PROJECT);
    assertThat(order.get("accounting_method").textValue()).isEqualTo("unit");
    assertThat(Contract.answer("get", "/rest/v1.0/purchase_order_contracts/{id}", "200", order))
        .isEmpty();
    assertThat(
            world
                .call(
                    "GET",
                    "/rest/v1.0/work_order_contracts/" + World.PURCHASE + "?project_id=" + PROJECT,
                    null)
                .status())
        .isEqualTo(404);
  }
}
