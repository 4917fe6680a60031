package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.COMPANY;
import static io.tieback.sandbox.procore.World.PROJECT;
import static io.tieback.sandbox.procore.World.PURCHASE;
import static io.tieback.sandbox.procore.World.SUBCONTRACT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payments issued, through the public resource. */
class ContractPaymentsTest {
  private static final String PATH = "/rest/v1.0/contract_payments";
  private static final String LIST =
      PATH + "?project_id=" + PROJECT + "&contract_id=" + SUBCONTRACT;
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

  private static String body(long contract, String fields) {
    return "{'project_id':"
        + PROJECT
        + ",'contract_id':"
        + contract
        + ",'contract_payment':{"
        + fields
        + "}}";
  }

  private static Http.Reply create(String fields) {
    return world.call("POST", PATH, body(SUBCONTRACT, fields));
  }

  private static Http.Reply patch(long id, String fields) {
    return world.call("PATCH", PATH + "/" + id, body(SUBCONTRACT, fields));
  }

  @Test
  void createdListedAndCountedOnTheContract() {
    Http.Reply made =
        create(
            "'amount':'26250.50','date':'2026-04-02','check_number':'77','payment_method':'check','invoice_date':'2026-03-31','origin_id':'pay-1'");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().get("amount").textValue()).isEqualTo("26250.5");
    assertThat(made.json().get("origin_id").textValue()).isEqualTo("pay-1");
    assertThat(made.json().has("payment_method")).isFalse();
    assertThat(made.json().has("invoice_date")).isFalse();
    assertThat(world.get(LIST)).hasSize(1);
    assertThat(world.call("GET", PATH + "?project_id=" + PROJECT, null).status()).isEqualTo(400);
    JsonNode contract =
        world.get("/rest/v1.0/work_order_contracts/" + SUBCONTRACT + "?project_id=" + PROJECT);
    assertThat(contract.get("total_payments").textValue()).isEqualTo("26250.5");
    assertThat(contract.get("percentage_paid").textValue()).isEqualTo("25.0");
    assertThat(contract.get("remaining_balance_outstanding").textValue()).isEqualTo("78749.5");
  }

  @Test
  void wrongFieldsAreRefusedAndWrongDatesVanish() {
    assertThat(create("'amount':'much'").json().at("/errors/amount/0").textValue())
        .isEqualTo("is not a number");
    assertThat(create("'date':'2026-04-02'").status()).isEqualTo(422);
    assertThat(create("'amount':'1.00','requisition_id':5").status()).isEqualTo(422);
    assertThat(create("'amount':'1.00','payment_method':'cash'").status()).isEqualTo(422);
    assertThat(world.call("POST", PATH, body(1, "'amount':'1.00'")).status()).isEqualTo(404);
    assertThat(create("'amount':'1.00','date':'02/04/2026'").json().get("date").isNull()).isTrue();
    assertThat(
            create("'amount':'1.00','date':'2026-04-02T00:00:00Z'").json().get("date").textValue())
        .isEqualTo("2026-04-02");
  }

  @Test
  void originIdIsUniqueInTheCompany() {
    create("'amount':'1.00','origin_id':'pay-1'");
    Http.Reply twice = create("'amount':'1.00','origin_id':'pay-1'");
    assertThat(twice.status()).isEqualTo(422);
    assertThat(twice.json().at("/errors/origin_id/0").textValue())
        .isEqualTo("has already been taken");
    assertThat(
            world
                .call("POST", PATH, body(PURCHASE, "'amount':'1.00','origin_id':'pay-1'"))
                .status())
        .isEqualTo(422);
    assertThat(world.get(LIST)).hasSize(1);
  }

  @Test
  void syncedPaymentIsLockedUntilItsKeyIsCleared() {
    long id =
        create("'amount':'100.00','date':'2026-04-02','origin_id':'pay-1'")
            .json()
            .get("id")
            .longValue();
    assertThat(patch(id, "'amount':'90.00'").status()).isEqualTo(422);
    assertThat(patch(id, "'amount':'90.00','origin_id':null").status()).isEqualTo(422);
    assertThat(patch(id, "'check_number':'1'").status()).isEqualTo(422);
    assertThat(patch(id, "'origin_data':'v2'").json().get("origin_data").textValue())
        .isEqualTo("v2");
    String show = PATH + "/" + id + "?project_id=" + PROJECT + "&contract_id=" + SUBCONTRACT;
    assertThat(world.call("DELETE", show, null).status()).isEqualTo(422);
    assertThat(world.get(show).get("amount").textValue()).isEqualTo("100.0");

    assertThat(patch(id, "'origin_id':null").status()).isEqualTo(200);
    assertThat(patch(id, "'amount':'90.00','origin_id':'pay-1'").status()).isEqualTo(200);
    assertThat(world.get(show).get("amount").textValue()).isEqualTo("90.0");
    assertThat(patch(id, "'amount':'80.00'").status()).isEqualTo(422);

    patch(id, "'origin_id':null");
    assertThat(world.call("DELETE", show, null).status()).isEqualTo(200);
    assertThat(world.get(LIST)).isEmpty();
    assertThat(create("'amount':'1.00','origin_id':'pay-1'").status())
        .as("the key is free again")
        .isEqualTo(201);
  }

  @Test
  void userChangesWhatAUserMay() {
    long id = create("'amount':'100.00','origin_id':'pay-1'").json().get("id").longValue();
    world.control(
        "POST", "payments/" + id + "/user", "{'paymentNumber':12,'attachments':['stub.pdf']}");
    JsonNode shown = world.get(LIST).get(0);
    assertThat(shown.get("payment_number").intValue()).isEqualTo(12);
    assertThat(shown.at("/attachments/0/filename").textValue()).isEqualTo("stub.pdf");
    assertThat(world.tryControl("payments/" + id + "/user", "{'amount':'1'}").status())
        .isEqualTo(400);
  }

  @Test
  void erpTabPaymentsNeedASyncedInvoice() {
    long invoice =
        world.bill(
            SUBCONTRACT,
            "",
            "{'commitmentLineId':" + World.AMOUNT_LINE + ",'workThisPeriod':'1.00'}");
    String path = World.company("invoice_payments/sync");
    String row =
        "{'updates':[{'invoice_type':'Billings::Requisition','invoice_id':"
            + invoice
            + ",'origin_id':'p','amount':'5.00'}]}";
    assertThat(
            world.call("PATCH", path, row).json().at("/errors/0/errors/invoice_id/0").textValue())
        .isEqualTo("is not synced with ERP");
    world.call(
        "PATCH",
        World.company("external_data/sync"),
        "{'updates':[{'item_type':'requisition','item_id':" + invoice + ",'origin_id':'bill'}]}");
    assertThat(world.call("PATCH", path, row).json().get("entities")).hasSize(1);
    assertThat(world.call("PATCH", path, row.replace("5.00", "6.00")).json().get("entities"))
        .hasSize(1);
    JsonNode books =
        world.control("GET", "books?companyId=" + COMPANY, null).get("invoicePayments");
    assertThat(books).hasSize(1);
    assertThat(books.at("/0/amount").textValue()).isEqualTo("6.00");
  }
}
