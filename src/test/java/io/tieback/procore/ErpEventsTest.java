package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.specs.ProcoreContract;
import io.tieback.wire.Failure;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reading of events: GEN-API-06, GEN-API-38, GEN-API-40. */
class ErpEventsTest {

  private static ErpEvent event(String name, String data, String beside) {
    return ErpEvent.of(
        ProcoreSite.json(
            "{'id':9,'company_id':5,'request_name':'"
                + name
                + "','request_data':"
                + data
                + beside
                + "}"));
  }

  @ProcoreContract.Needed
  @Test
  void knowsEveryNameOfTheDictionaryAndWhoCanCauseIt() {
    ProcoreContract contract = ProcoreContract.load();
    assertThat(ErpEventKind.names()).containsExactlyInAnyOrderElementsOf(contract.eventNames());
    for (String name : contract.eventNames()) {
      ErpEventKind kind = ErpEventKind.of(name).orElseThrow();
      JsonNode published = contract.event(name);
      assertThat(kind.superUserOnly())
          .as(name)
          .isEqualTo(published.path("superUserOnly").asBoolean());
      if (published.path("requestDetailIdInSample").asBoolean()) {
        assertThat(kind.answer().closesDetail())
            .as(name + " has a request detail to close")
            .isTrue();
      }
    }
  }

  @Test
  @DisplayName("C-18: the payment event is known by both its names")
  void thePaymentEventIsKnownByBothItsNames() {
    assertThat(
            event("create_contract_payment", "{'contract_payment':{'id':8}}", "")
                .is("create_payment"))
        .isTrue();
    assertThat(event("create_payment", "{}", "").is("create_payment")).isTrue();
    assertThat(event("create_contract_payment", "{'contract_payment':{'id':8}}", "").recordIds())
        .containsExactly(8L);
  }

  @Test
  void anUnknownNameIsNotAFailure() {
    ErpEvent event = event("create_moon_base", "{'request_detail_id':7}", "");
    assertThat(event.kind()).isEmpty();
    assertThat(event.requestName()).isEqualTo("create_moon_base");
    assertThat(event.detailIds()).containsExactly(7L);
  }

  @Test
  void theDetailIsFoundInTheDataBesideItAndInEachElement() {
    assertThat(event("create_vendor", "{'vendor':{'id':1},'request_detail_id':71}", "").detailIds())
        .containsExactly(71L);
    assertThat(
            event("create_or_update_job", "{'job':{'id':1}}", ",'request_detail_id':72")
                .detailIds())
        .containsExactly(72L);
    ErpEvent codes =
        event(
            "create_standard_cost_codes",
            "[{'id':1,'request_detail_id':73},{'id':2,'request_detail_id':74}]",
            "");
    assertThat(codes.detailIds()).containsExactly(73L, 74L);
    assertThat(codes.recordIds()).containsExactly(1L, 2L);
    ErpEvent deleted =
        event(
            "delete_cost_codes",
            "{'project':{},'cost_codes':[{'id':3,'request_detail_id':'75'},{'id':4}]}",
            "");
    assertThat(deleted.detailIds()).containsExactly(75L);
    assertThat(deleted.recordIds()).containsExactly(3L, 4L);
    assertThat(event("create_budget", "{'budget':{'id':6}}", "").detailIds()).isEmpty();
    assertThat(event("create_budget", "{'budget':{'id':6}}", "").recordIds()).containsExactly(6L);
  }

  @ParameterizedTest
  @CsvSource({
    "100,100.00",
    "'\"100.5\"',100.50",
    "'\"1234567890123.10\"',1234567890123.10",
    "100.5000,100.50",
    "-3.10,-3.10"
  })
  void amountsAreReadExactlyWhetherTextOrNumber(String written, String money) {
    RequisitionExport export =
        export("{'procore_requisition_item_id':1,'amount':" + written.replace('"', '\'') + "}");
    assertThat(export.lines().get(1L).figures().amount()).hasToString(money);
  }

  @ParameterizedTest
  @CsvSource({"'\"12.345\"'", "'\"$100\"'", "true", "'\"1e3\"'"})
  void whatIsNoAmountIsRefusedWithTheFieldsName(String written) {
    assertThatThrownBy(
            () ->
                export(
                    "{'procore_requisition_item_id':1,'amount':"
                        + written.replace('"', '\'')
                        + "}"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("item 1")
        .hasMessageContaining("amount is");
  }

  @Test
  void aBatchBecomesOneExportForEachInvoiceWithItsOwnOrTheSharedDetail() {
    String two =
        "{'requisitions':[{'procore_requisition_id':1,'contract_id':5,'accounting_method':'amount','request_detail_id':81},"
            + "{'procore_requisition_id':2,'contract_id':5,'accounting_method':'unit'}]";
    assertThat(event("create_requisitions", two + ",'request_detail_id':80}", "").requisitions())
        .extracting(RequisitionExport::detailId)
        .containsExactly(81L, 80L);
    assertThat(event("create_requisitions", two + "}", "").requisitions())
        .extracting(RequisitionExport::detailId)
        .containsExactly(81L, null);
    assertThat(event("create_requisitions", two + "}", "").recordIds()).containsExactly(1L, 2L);
  }

  @Test
  void customFieldsOfTheApproverArePlainOrHaveTheirTypeBesideThem() {
    RequisitionExport export =
        RequisitionExport.stored(
            ProcoreSite.json(
                "{'procore_requisition_id':1,'contract_id':5,'accounting_method':'amount','erp_custom_fields':{'payment_due_date':'2026-05-01','other':{'data_type':'string','value':'x'},'empty':null,'blank':'"
                    + " '}}"));
    assertThat(export.erpCustomFields())
        .containsOnly(
            java.util.Map.entry("payment_due_date", "2026-05-01"),
            java.util.Map.entry("other", "x"));
  }

  private static RequisitionExport export(String line) {
    return RequisitionExport.stored(
        ProcoreSite.json(
            "{'procore_requisition_id':1,'contract_id':5,'accounting_method':'amount','line_items':["
                + line
                + "]}"));
  }
}
