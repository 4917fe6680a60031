package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.EXTRA;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.procore.Acknowledger.Item;
import io.tieback.procore.Acknowledger.WrittenBill;
import io.tieback.procore.ProcoreSettings.DetailsWrapper;
import io.tieback.procore.SyncOutcome.State;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Acknowledging: GEN-ARC-03, GEN-ARC-05, GEN-ARC-06, GEN-API-06, GEN-API-15, GEN-API-17. */
class AcknowledgerTest {

  private static ProcoreSite site;

  @BeforeAll
  static void start() {
    site = new ProcoreSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void reset() {
    site.reset();
  }

  private static long bill() {
    return site.bill(
        SUBCONTRACT,
        "",
        "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1000.00','workRetained':'100.00'}",
        "{'kind':'change_order_item','commitmentLineId':" + EXTRA + ",'workThisPeriod':'50.00'}");
  }

  private static WrittenBill written(ProcoreClient client, long requisition, String billId) {
    List<Item> items = new ArrayList<>();
    for (InvoiceLine line :
        new RequisitionReader(client, io.tieback.construction.ArithmeticSettings.defaults())
            .read(ProcoreSite.PROJECT, requisition, null)
            .invoice()
            .lines()) {
      items.add(new Item(line.procoreItemId(), line.kind()));
    }
    return new WrittenBill("bill", requisition, billId, "BILL-7", items);
  }

  @ParameterizedTest
  @CsvSource({"bare,BARE", "updates,UPDATES"})
  void headerAndLinesAreLinkedAndTheDetailClosedInBothFormsOfTheCall(
      String standIn, DetailsWrapper setting) {
    site.set("detailsSyncWrapper", standIn);
    ProcoreSettings d = ProcoreSettings.defaults();
    ProcoreClient client =
        site.client(
            new ProcoreSettings(
                setting,
                d.requisitionView(),
                d.paymentsInterface(),
                d.invoicePaymentFields(),
                d.stagedRecordsPath(),
                d.syncRows(),
                d.timeout()));
    Acknowledger acknowledger = new Acknowledger(client, "xero");
    site.set("detailIdPlacement", "requestData");
    long id = bill();
    long detail = ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).detailIds().get(0);

    List<ExternalDataRow> rows = acknowledger.rows(written(client, id, "b-1"));
    assertThat(rows)
        .extracting(ExternalDataRow::itemType)
        .containsExactly(
            "requisition", "requisition_contract_item", "requisition_change_order_item");
    assertThat(rows)
        .extracting(ExternalDataRow::originId)
        .doesNotHaveDuplicates()
        .allMatch(origin -> origin.startsWith("xero:main:bill"));
    assertThat(acknowledger.writeOrigins(rows)).allMatch(SyncOutcome::accepted);
    assertThat(site.book(id).path("originId").asText()).isEqualTo("xero:main:bill:b-1");
    assertThat(site.book(id).path("erpStatus").asText()).startsWith("export");
    assertThat(acknowledger.closeDetails(List.of(DetailAnswer.success(detail))))
        .allMatch(SyncOutcome::accepted);
    assertThat(site.book(id).path("erpStatus").asText()).isEqualTo("synced");
    assertThat(site.book(id).path("lines"))
        .allSatisfy(
            line ->
                assertThat(line.path("originId").asText()).startsWith("xero:main:bill_line:b-1|"));

    assertThat(acknowledger.writeOrigins(rows))
        .as("saying it again is harmless")
        .allMatch(SyncOutcome::accepted);
    assertThat(acknowledger.closeDetails(List.of(DetailAnswer.success(detail))))
        .allMatch(SyncOutcome::accepted);
    assertThat(
            acknowledger.writeOrigins(
                acknowledger.clearingRows(id, written(client, id, "b-1").items())))
        .allMatch(SyncOutcome::accepted);
    assertThat(site.book(id).path("originId").isNull()).isTrue();
  }

  @Test
  void partialFailureIsReadFromTheBodyRowByRow() {
    ProcoreClient client = site.client();
    Acknowledger acknowledger = new Acknowledger(client, "xero");
    long one = bill();
    long two = bill();
    WrittenBill first = written(client, one, "b-1");
    List<ExternalDataRow> rows = new ArrayList<>(acknowledger.rows(first));
    rows.addAll(acknowledger.rows(written(client, two, "b-1")));
    rows.add(new ExternalDataRow("requisition", 5, "xero:main:bill:b-9", null, null));
    long refusedItem = first.items().get(0).id();
    site.control.settings(
        (com.fasterxml.jackson.databind.node.ObjectNode)
            ProcoreSite.json("{'ackRefuse':{'itemIds':[" + refusedItem + "],'times':1}}"));

    List<SyncOutcome<ExternalDataRow.Key>> outcomes = acknowledger.writeOrigins(rows);
    assertThat(outcomes)
        .extracting(SyncOutcome::key)
        .containsExactlyElementsOf(rows.stream().map(ExternalDataRow::key).toList());
    assertThat(outcomes)
        .extracting(SyncOutcome::state)
        .containsExactly(
            State.ACCEPTED,
            State.REFUSED,
            State.ACCEPTED,
            State.REFUSED,
            State.ACCEPTED,
            State.ACCEPTED,
            State.REFUSED);
    assertThat(outcomes.get(1).words()).isEqualTo("could not be saved");
    assertThat(outcomes.get(3).words())
        .as("the same bill for two invoices")
        .isEqualTo("origin_id has already been taken");
    assertThat(outcomes.get(6).words()).contains("not found");
    assertThat(acknowledger.writeOrigins(rows.subList(0, 3)))
        .as("the refusal was passing")
        .allMatch(SyncOutcome::accepted);
  }

  @Test
  void manyRowsGoInBulksOfAThousandAndSmallerOnesWhereProcoreTakesLess() {
    ProcoreClient client = site.client();
    long one = bill();
    List<ExternalDataRow> rows = new ArrayList<>();
    for (int i = 0; i < 1001; i++) {
      rows.add(new ExternalDataRow("requisition", one, "xero:main:bill:b-" + i, null, null));
    }
    site.calls.clear();
    client.syncExternalData(rows);
    assertThat(site.count("procore.sync-external-data")).isEqualTo(2);

    site.control.settings(Json.object().put("syncRowLimit", 300));
    site.calls.clear();
    client.syncExternalData(rows.subList(0, 500));
    assertThat(site.count("procore.sync-external-data"))
        .as("one refused with 413, then two halves")
        .isEqualTo(3);
  }

  @Test
  void aFailureIsToldToTheApproverInWords() {
    ProcoreClient client = site.client();
    site.set("detailIdPlacement", "element");
    long id = bill();
    long detail =
        ErpEvent.of(client.erpRequest(site.accept(false, id).get(0)))
            .requisitions()
            .get(0)
            .detailId();
    client.closeDetail(
        DetailAnswer.failed(
            detail, List.of("Retainage account is missing. Set it and export again.")));
    assertThat(site.book(id).path("erpStatus").asText()).isEqualTo("failed_to_export");
    JsonNode row = null;
    for (JsonNode shown : site.books().path("details")) {
      row = shown.path("id").asLong() == detail ? shown : row;
    }
    assertThat(row.path("messages").get(0).asText())
        .isEqualTo("Retainage account is missing. Set it and export again.");
    assertThatThrownBy(() -> DetailAnswer.failed(detail, List.of(" ")))
        .hasMessageContaining("without a message");
    assertThat(client.closeDetails(List.of(DetailAnswer.success(999))).get(0).state())
        .isEqualTo(State.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"envelope", "requestData", "element", "absent"})
  void theDetailIsFoundWhereverItStandsOrIsLookedUp(String placement) {
    site.set("detailIdPlacement", placement);
    ProcoreClient client = site.client();
    long id = bill();
    RequisitionExport export =
        ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).requisitions().get(0);
    OptionalLong found = new DetailFinder(client).openDetailOf(id);
    if (placement.equals("absent")) {
      assertThat(export.detailId()).isNull();
    } else {
      assertThat(found).hasValue(export.detailId());
    }
    client.closeDetail(DetailAnswer.failed(found.getAsLong(), List.of("no")));
    assertThat(new DetailFinder(client).openDetailOf(id)).isEmpty();
  }

  @Test
  void everyKindOfLineHasItsOwnItemType() {
    assertThat(Acknowledger.itemType(InvoiceLineKind.CONTRACT))
        .isEqualTo("requisition_contract_item");
    assertThat(Acknowledger.itemType(InvoiceLineKind.CONTRACT_DETAIL))
        .isEqualTo("requisition_contract_detail_item");
    assertThat(Acknowledger.itemType(InvoiceLineKind.CHANGE_ORDER))
        .isEqualTo("requisition_change_order_item");
  }
}
