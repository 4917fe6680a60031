package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.AMOUNT_LINE;
import static io.tieback.sandbox.procore.World.CHANGE_LINE;
import static io.tieback.sandbox.procore.World.PROJECT;
import static io.tieback.sandbox.procore.World.PURCHASE;
import static io.tieback.sandbox.procore.World.SUBCONTRACT;
import static io.tieback.sandbox.procore.World.UNIT_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of requisitions, worked out by hand or added up from what the stand-in answers. */
class RequisitionFiguresTest {
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
    world.set("rateLimitsOn", false);
  }

  private static BigDecimal money(JsonNode in, String field) {
    assertThat(in.get(field)).as(field).isNotNull();
    assertThat(in.get(field).isTextual()).as("%s is a string", field).isTrue();
    return new BigDecimal(in.get(field).textValue());
  }

  private static String line(long commitmentLine, String fields) {
    return "{'commitmentLineId':" + commitmentLine + "," + fields + "}";
  }

  @Test
  void firstInvoiceWithMaterialsAndRetainage() {
    long id =
        world.bill(
            SUBCONTRACT,
            "",
            line(
                AMOUNT_LINE,
                "'workThisPeriod':'1000.00','materialsStored':'400.00','workRetained':'100.00','materialsRetained':'40.00'"));
    JsonNode shown = world.requisition(id);
    JsonNode item = shown.get("items").get(0);
    assertThat(item.get("gross_amount").textValue()).isEqualTo("1400.00");
    assertThat(item.get("net_amount").textValue()).isEqualTo("1260.00");
    assertThat(shown.at("/summary/current_payment_due").textValue()).isEqualTo("1260.00");
    assertThat(shown.at("/summary/total_retainage").textValue()).isEqualTo("140.00");
    assertThat(shown.at("/summary/contract_sum_to_date").textValue()).isEqualTo("105000.00");
    assertThat(shown.has("previous_requisition_id")).isFalse();
    assertThat(shown.get("erp_status").textValue()).isEqualTo("not_in_erp");
  }

  @Test
  void storedMaterialIsBilledOnceAndMovesToEarlierWork() {
    long first =
        world.bill(
            SUBCONTRACT,
            "",
            line(
                AMOUNT_LINE,
                "'workThisPeriod':'1000.00','materialsStored':'400.00','workRetained':'100.00','materialsRetained':'40.00'"));
    long second =
        world.bill(
            SUBCONTRACT,
            ",'moveMaterialsToPrevious':true",
            line(
                AMOUNT_LINE,
                "'workThisPeriod':'500.00','materialsStored':'50.00','workRetained':'50.00','materialsRetained':'5.00'"));
    JsonNode shown = world.requisition(second);
    JsonNode item = shown.get("items").get(0);
    assertThat(shown.get("previous_requisition_id").longValue()).isEqualTo(first);
    assertThat(shown.get("move_materials_to_previous_work_completed").booleanValue()).isTrue();
    assertThat(item.get("materials_moved").textValue()).isEqualTo("400.00");
    assertThat(item.get("materials_retainage_retained_moved").textValue()).isEqualTo("40.00");
    assertThat(item.get("work_completed_from_previous_application").textValue())
        .isEqualTo("1400.00");
    assertThat(item.get("materials_presently_stored_from_previous_progress").textValue())
        .isEqualTo("400.00");
    assertThat(item.get("total_completed_and_stored_to_date_from_previous").textValue())
        .isEqualTo("1400.00");
    assertThat(item.get("work_completed_retainage_from_previous_application").textValue())
        .isEqualTo("140.00");
    assertThat(item.get("gross_amount").textValue()).isEqualTo("550.00");
    assertThat(shown.at("/summary/current_payment_due").textValue()).isEqualTo("495.00");
  }

  @Test
  void releaseAloneIsDueWithoutBilling() {
    world.bill(
        SUBCONTRACT,
        "",
        line(
            AMOUNT_LINE,
            "'workThisPeriod':'1000.00','materialsStored':'200.00','workRetained':'100.00','materialsRetained':'20.00'"));
    long id =
        world.bill(
            SUBCONTRACT,
            "",
            line(AMOUNT_LINE, "'workReleased':'70.00','materialsReleased':'15.00'"));
    JsonNode shown = world.requisition(id);
    JsonNode item = shown.get("items").get(0);
    assertThat(item.get("gross_amount").textValue()).isEqualTo("0.00");
    assertThat(item.get("materials_stored_retainage_currently_retained").textValue())
        .isEqualTo("5.00");
    assertThat(item.get("materials_stored_retainage_released_this_period").textValue())
        .isEqualTo("15.00");
    assertThat(shown.at("/summary/current_payment_due").textValue()).isEqualTo("85.00");
    assertThat(shown.at("/summary/total_retainage").textValue()).isEqualTo("35.00");

    world.set("materialsRetainedShown", "beforeRelease");
    assertThat(
            world
                .requisition(id)
                .at("/items/0/materials_stored_retainage_currently_retained")
                .textValue())
        .isEqualTo("20.00");
    assertThat(world.requisition(id).at("/summary/total_retainage").textValue()).isEqualTo("35.00");
  }

  @Test
  void unitLinesHaveQuantitiesAndNoMaterials() {
    long id =
        world.bill(PURCHASE, "", line(UNIT_LINE, "'quantity':'3.3333','workRetained':'4.12'"));
    JsonNode item = world.requisition(id).get("items").get(0);
    // 3.3333 x 12.3456 = 41.15158848
    assertThat(item.get("work_completed_this_period").textValue()).isEqualTo("41.15");
    assertThat(item.get("work_completed_this_period_quantity").textValue()).isEqualTo("3.3333");
    assertThat(item.get("scheduled_unit_price").textValue()).isEqualTo("12.3456");
    assertThat(item.get("accounting_method").textValue()).isEqualTo("unit");
    item.fieldNames().forEachRemaining(name -> assertThat(name).doesNotStartWith("materials_"));

    long amount = world.bill(SUBCONTRACT, "", line(AMOUNT_LINE, "'workThisPeriod':'1.00'"));
    world
        .requisition(amount)
        .get("items")
        .get(0)
        .fieldNames()
        .forEachRemaining(
            name ->
                assertThat(name).doesNotEndWith("_quantity").isNotEqualTo("scheduled_unit_price"));
  }

  @Test
  void lineOfEarlierInvoiceIsCarriedOn() {
    world.bill(
        SUBCONTRACT,
        "",
        line(
            AMOUNT_LINE,
            "'workThisPeriod':'1000.00','workRetained':'100.00','materialsStored':'7.00'"));
    long id =
        world.bill(
            SUBCONTRACT,
            "",
            line(CHANGE_LINE, "'kind':'change_order_item','workThisPeriod':'20.00'"));
    JsonNode shown = world.requisition(id);
    assertThat(shown.get("items")).hasSize(2);
    assertThat(shown.at("/summary/total_completed_and_stored_to_date").textValue())
        .isEqualTo("1027.00");
    assertThat(shown.at("/summary/current_payment_due").textValue()).isEqualTo("20.00");
    assertThat(shown.at("/summary/original_contract_sum").textValue()).isEqualTo("100000.00");
    assertThat(shown.at("/summary/net_change_by_change_orders").textValue()).isEqualTo("5000.00");
    assertThat(shown.at("/items/0/commitment_line_item_id").longValue()).isEqualTo(CHANGE_LINE);
  }

  @Test
  void previousFieldsAndItemsCanBeMissing() {
    world.set("previousFieldsPresent", false);
    long id = world.bill(SUBCONTRACT, "", line(AMOUNT_LINE, "'workThisPeriod':'1.00'"));
    JsonNode item = world.requisition(id).get("items").get(0);
    assertThat(item.has("materials_presently_stored")).isTrue();
    assertThat(item.has("materials_presently_stored_from_previous_progress")).isFalse();
    assertThat(item.has("total_completed_and_stored_to_date_from_previous")).isFalse();
    String path = "/rest/v1.1/requisitions/" + id + "?project_id=" + PROJECT;
    assertThat(world.get(path).has("items")).isFalse();
    assertThat(world.get(path + "&view=items").get("items")).hasSize(1);
    world.set("itemsInDefaultView", true);
    assertThat(world.get(path).get("items")).hasSize(1);
  }

  @Test
  void contradictionsInSeedsAreRefusedAndAddNothing() {
    String[][] wrong = {
      {line(UNIT_LINE, "'quantity':'1','materialsStored':'1.00'"), "unit based"},
      {line(UNIT_LINE, "'quantity':'1','workThisPeriod':'99.00'"), "not quantity x unitPrice"},
      {line(UNIT_LINE, "'quantity':'1','workRetained':'1.005'"), "two decimals"},
      {line(AMOUNT_LINE, "'workThisPeriod':'1.00'"), "another commitment"},
      {line(UNIT_LINE, "'qty':'1'"), "unknown field"},
    };
    for (String[] one : wrong) {
      Http.Reply reply =
          world.tryControl(
              "seed",
              "{'requisitions':[{'commitmentId':"
                  + PURCHASE
                  + ",'billingDate':'2026-03-31','periodStart':'2026-03-01',"
                  + "'periodEnd':'2026-03-31','lines':["
                  + one[0]
                  + "]}]}");
      assertThat(reply.status()).as(one[1]).isEqualTo(400);
      assertThat(reply.text()).contains("requisitions[0].lines[0]").contains(one[1]);
    }
    assertThat(world.get("/rest/v1.1/requisitions?project_id=" + PROJECT)).isEmpty();
  }

  /**
   * Chains of random invoices: every identity of the summary, and the sums of the lines and of the
   * export event.
   */
  @Test
  void identitiesHoldOverRandomChains() {
    Random random = new Random(20260301);
    world.set("detailIdPlacement", "absent");
    BigDecimal certified = BigDecimal.ZERO;
    BigDecimal stored = BigDecimal.ZERO;
    for (int i = 0; i < 60; i++) {
      boolean move = random.nextInt(3) == 0;
      BigDecimal nowStored = cents(random, 90_000);
      String amount =
          "'workThisPeriod':'"
              + cents(random, 200_000).subtract(cents(random, 20_000))
              + "','materialsStored':'"
              + nowStored
              + "','workRetained':'"
              + cents(random, 10_000)
              + "','workReleased':'"
              + cents(random, 5_000)
              + "','materialsRetained':'"
              + cents(random, 4_000)
              + "','materialsReleased':'"
              + cents(random, 300)
              + "'"
              + (move && stored.signum() > 0 && random.nextBoolean()
                  ? ",'materialsMoved':'" + stored.min(new BigDecimal("1.23")) + "'"
                  : "");
      long id =
          world.bill(
              SUBCONTRACT,
              ",'moveMaterialsToPrevious':" + move,
              line(AMOUNT_LINE, amount),
              line(
                  CHANGE_LINE,
                  "'kind':'change_order_item','workThisPeriod':'"
                      + cents(random, 9_000)
                      + "','workRetained':'1.11'"));
      stored = nowStored;
      JsonNode shown = world.requisition(id);
      certified = certified.add(checkIdentities(shown, certified));
      world.control("POST", "send", "{'requisitionIds':[" + id + "]}");
      long request =
          world
              .control("POST", "accept", "{'requisitionIds':[" + id + "]}")
              .at("/requests/0/requestId")
              .longValue();
      checkEvent(
          shown,
          world.get(World.company("erp_requests/" + request)).at("/request_data/requisitions/0"));
    }
  }

  private static BigDecimal cents(Random random, int most) {
    return BigDecimal.valueOf(random.nextInt(most), 2);
  }

  private static BigDecimal checkIdentities(JsonNode shown, BigDecimal certified) {
    JsonNode summary = shown.get("summary");
    BigDecimal due = money(summary, "current_payment_due");
    BigDecimal earned = money(summary, "total_earned_less_retainage");
    BigDecimal completed = money(summary, "total_completed_and_stored_to_date");
    assertThat(money(summary, "less_previous_certificates_for_payment"))
        .isEqualByComparingTo(certified);
    assertThat(money(summary, "total_retainage"))
        .isEqualByComparingTo(
            money(summary, "completed_work_retainage_amount")
                .add(money(summary, "stored_materials_retainage_amount")));
    assertThat(earned).isEqualByComparingTo(completed.subtract(money(summary, "total_retainage")));
    assertThat(due).isEqualByComparingTo(earned.subtract(certified));
    assertThat(money(summary, "contract_sum_to_date"))
        .isEqualByComparingTo(
            money(summary, "original_contract_sum")
                .add(money(summary, "net_change_by_change_orders")));
    assertThat(money(summary, "balance_to_finish_including_retainage"))
        .isEqualByComparingTo(money(summary, "contract_sum_to_date").subtract(earned));
    BigDecimal total = BigDecimal.ZERO;
    BigDecimal net = BigDecimal.ZERO;
    for (JsonNode item : shown.get("items")) {
      BigDecimal toDate =
          money(item, "work_completed_from_previous_application")
              .add(money(item, "work_completed_this_period"))
              .add(money(item, "materials_presently_stored"));
      assertThat(money(item, "total_completed_and_stored_to_date")).isEqualByComparingTo(toDate);
      assertThat(money(item, "gross_amount"))
          .isEqualByComparingTo(
              toDate.subtract(money(item, "total_completed_and_stored_to_date_from_previous")));
      total = total.add(toDate);
      net = net.add(money(item, "net_amount"));
    }
    assertThat(completed).isEqualByComparingTo(total);
    assertThat(due).isEqualByComparingTo(net);
    return due;
  }

  private static void checkEvent(JsonNode shown, JsonNode event) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : event.get("line_items")) {
      sum =
          sum.add(money(line, "amount"))
              .subtract(money(line, "retainage_this_period"))
              .add(money(line, "released_work_completed_this_period"));
    }
    assertThat(sum).isEqualByComparingTo(money(shown.get("summary"), "current_payment_due"));
  }

  @Test
  void answersAreOfTheContract() {
    long id =
        world.bill(
            SUBCONTRACT,
            ",'dueDate':'2026-04-30'",
            line(AMOUNT_LINE, "'workThisPeriod':'1000.00','materialsStored':'400.00'"),
            line(CHANGE_LINE, "'kind':'change_order_item','workThisPeriod':'1.00'"));
    world.bill(PURCHASE, "", line(UNIT_LINE, "'quantity':'3.5'"));
    String[] added = {"commitment_line_item_id", "commitment_line_item_origin_id"};
    assertThat(
            Contract.answer(
                "get", "/rest/v1.1/requisitions/{id}", "200", world.requisition(id), added))
        .isEmpty();
    for (String view : new String[] {"default", "extended", "items"}) {
      JsonNode list = world.get("/rest/v1.1/requisitions?project_id=" + PROJECT + "&view=" + view);
      assertThat(list).hasSize(2);
      assertThat(Contract.answer("get", "/rest/v1.1/requisitions", "200", list, added)).isEmpty();
    }
  }
}
