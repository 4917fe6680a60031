package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.BEAMS;
import static io.tieback.procore.ProcoreSite.EXTRA;
import static io.tieback.procore.ProcoreSite.PROJECT;
import static io.tieback.procore.ProcoreSite.PURCHASE;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.Discrepancy;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.construction.Money;
import io.tieback.wire.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requisitions as they are read for export, from the stand-in over HTTP (design section 6,
 * GEN-API-39, GEN-RET-03).
 */
class RequisitionReaderTest {

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

  private static String walls(String figures) {
    return "{'commitmentLineId':" + WALLS + "," + figures + "}";
  }

  private static ReadRequisition read(long requisition, ProcoreSettings settings) {
    return read(requisition, settings, ArithmeticSettings.defaults());
  }

  private static ReadRequisition read(
      long requisition, ProcoreSettings settings, ArithmeticSettings arithmetic) {
    ProcoreClient client = site.client(settings);
    long request = site.accept(false, requisition).get(0);
    RequisitionExport export = ErpEvent.of(client.erpRequest(request)).requisitions().get(0);
    long project = new ProjectFinder(client).projectOf(export);
    site.calls.clear();
    return new RequisitionReader(client, arithmetic).read(project, export.requisitionId(), export);
  }

  private static void figures(
      InvoiceLine line,
      String work,
      String stored,
      String retainedWork,
      String retainedMaterial,
      String releasedWork,
      String releasedMaterial) {
    assertThat(
            List.of(
                line.workThisPeriod(),
                line.storedMaterialThisPeriod(),
                line.retainedWork(),
                line.retainedMaterial(),
                line.releasedWork(),
                line.releasedMaterial()))
        .extracting(Money::toString)
        .containsExactly(
            work, stored, retainedWork, retainedMaterial, releasedWork, releasedMaterial);
  }

  @ParameterizedTest
  @EnumSource(ProcoreSettings.RequisitionView.class)
  void headerLinksAndAmountsOfAFirstInvoiceInOneCall(ProcoreSettings.RequisitionView view) {
    long id =
        site.bill(
            SUBCONTRACT,
            ",'tax':'12.34'",
            walls(
                "'workThisPeriod':'10000.00','workRetained':'1000.00','materialsStored':'5000.00','materialsRetained':'500.00'"),
            "{'kind':'change_order_item','commitmentLineId':"
                + EXTRA
                + ",'workThisPeriod':'-250.25','workRetained':'-25.03'}");
    ProcoreSettings d = ProcoreSettings.defaults();
    ReadRequisition read =
        read(
            id,
            new ProcoreSettings(
                d.detailsSyncWrapper(),
                view,
                d.paymentsInterface(),
                d.invoicePaymentFields(),
                d.stagedRecordsPath(),
                d.syncRows(),
                d.timeout()));

    assertThat(read.discrepancies()).isEmpty();
    assertThat(site.calls).containsExactly("procore.show-requisition");
    var invoice = read.invoice();
    assertThat(invoice.procoreId()).isEqualTo(id);
    assertThat(invoice.projectId()).isEqualTo(PROJECT);
    assertThat(invoice.commitmentId()).isEqualTo(SUBCONTRACT);
    assertThat(invoice.vendorId()).isEqualTo(51);
    assertThat(invoice.projectOriginId()).isEqualTo("xero:main:tracking_option:job-1");
    assertThat(invoice.commitmentOriginId()).isEqualTo("contract-1");
    assertThat(invoice.vendorOriginId()).isNull();
    assertThat(invoice.invoiceNumber()).isEqualTo("E-1");
    assertThat(invoice.status()).isEqualTo("approved");
    assertThat(invoice.billingDate()).isEqualTo(LocalDate.of(2026, 3, 31));
    assertThat(invoice.periodStart()).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(invoice.currency()).isEqualTo("USD");
    assertThat(invoice.dueDate()).isNull();
    assertThat(read.erpDates()).containsEntry("payment_due_date", LocalDate.of(2026, 4, 30));
    assertThat(read.commitmentKind()).isEqualTo(CommitmentKind.WORK_ORDER);
    assertThat(read.originId()).isNull();
    assertThat(invoice.taxInProcore()).hasToString("12.34");

    figures(invoice.lines().get(0), "10000.00", "5000.00", "1000.00", "500.00", "0.00", "0.00");
    figures(invoice.lines().get(1), "-250.25", "0.00", "-25.03", "0.00", "0.00", "0.00");
    assertThat(invoice.lines())
        .extracting(InvoiceLine::kind)
        .containsExactly(InvoiceLineKind.CONTRACT, InvoiceLineKind.CHANGE_ORDER);
    assertThat(invoice.lines().get(0).costCode()).isEqualTo("03-300");
    assertThat(invoice.lines().get(0).costCodeOriginId())
        .isEqualTo("xero:main:cost_code:job-1|03-300");
    assertThat(invoice.lines().get(0).costTypeOriginId()).isEqualTo("xero:main:cost_type:S");
    assertThat(invoice.net()).isEqualTo(invoice.netInProcore());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void balancesAreReckonedAgainstTheInvoiceBefore(boolean previousFieldsPresent) {
    site.set("previousFieldsPresent", previousFieldsPresent);
    site.bill(
        SUBCONTRACT,
        "",
        walls(
            "'workThisPeriod':'10000.00','workRetained':'1000.00','materialsStored':'60000.00','materialsRetained':'6000.00'"));
    long second =
        site.bill(
            SUBCONTRACT,
            "",
            walls(
                "'workThisPeriod':'20000.00','workRetained':'2000.00','workReleased':'300.00','materialsStored':'15000.00','materialsRetained':'1500.00','materialsReleased':'4500.00'"));
    ReadRequisition read = read(second, ProcoreSettings.defaults());
    assertThat(read.discrepancies()).isEmpty();
    figures(
        read.invoice().lines().get(0),
        "20000.00",
        "-45000.00",
        "2000.00",
        "0.00",
        "300.00",
        "4500.00");
    assertThat(read.invoice().net())
        .isEqualTo(read.invoice().netInProcore())
        .hasToString("-22200.00");
    assertThat(site.calls)
        .hasSize(previousFieldsPresent ? 1 : 2)
        .allMatch("procore.show-requisition"::equals);
  }

  @Test
  void withoutAnEventTheInvoiceBeforeIsReadForWhatTheEventWouldHaveTold() {
    site.bill(
        SUBCONTRACT,
        "",
        walls("'workThisPeriod':'0.00','materialsStored':'1000.00','materialsRetained':'100.00'"));
    long second =
        site.bill(
            SUBCONTRACT,
            "",
            walls(
                "'workThisPeriod':'0.00','materialsStored':'1500.00','materialsRetained':'150.00'"));
    site.calls.clear();
    ReadRequisition read =
        new RequisitionReader(site.client(), ArithmeticSettings.defaults())
            .read(PROJECT, second, null);
    assertThat(read.discrepancies()).isEmpty();
    figures(read.invoice().lines().get(0), "0.00", "500.00", "0.00", "50.00", "0.00", "0.00");
    assertThat(site.count("procore.show-requisition")).isEqualTo(2);
  }

  @Test
  void unitLinesCarryQuantityAndPriceAndCanStandBesideAmountLines() {
    long id =
        site.bill(
            PURCHASE,
            "",
            "{'commitmentLineId':"
                + BEAMS
                + ",'quantity':'333.3333','unitPrice':'12.3456','workRetained':'411.52'}");
    ReadRequisition read = read(id, ProcoreSettings.defaults());
    assertThat(read.discrepancies()).isEmpty();
    InvoiceLine line = read.invoice().lines().get(0);
    assertThat(line.method()).isEqualTo(AccountingMethod.UNIT);
    assertThat(line.quantity()).isEqualByComparingTo(new BigDecimal("333.3333"));
    assertThat(line.unitPrice()).isEqualByComparingTo(new BigDecimal("12.3456"));
    assertThat(line.unitOfMeasure()).isEqualTo("ea");
    assertThat(line.workThisPeriod()).hasToString("4115.20");
    assertThat(line.storedMaterialThisPeriod()).isEqualTo(Money.ZERO);
    assertThat(read.commitmentKind()).isEqualTo(CommitmentKind.PURCHASE_ORDER);

    long mixed =
        site.bill(
            SUBCONTRACT,
            "",
            walls("'workThisPeriod':'100.00'"),
            "{'kind':'contract_detail_item','commitmentLineId':"
                + EXTRA
                + ",'accountingMethod':'unit','quantity':'2','unitPrice':'50.005','description':'Detail'}");
    ReadRequisition both = read(mixed, ProcoreSettings.defaults());
    assertThat(both.discrepancies()).isEmpty();
    assertThat(both.invoice().lines())
        .extracting(InvoiceLine::method)
        .containsExactly(AccountingMethod.AMOUNT, AccountingMethod.UNIT);
    assertThat(both.invoice().lines().get(1).kind()).isEqualTo(InvoiceLineKind.CONTRACT_DETAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.00", "4500.00"})
  void releasedMaterialRetainageMayOrMayNotBeTakenOffInTheEventButNothingElse(String stillInside) {
    site.bill(
        SUBCONTRACT,
        "",
        walls(
            "'workThisPeriod':'0.00','materialsStored':'60000.00','materialsRetained':'6000.00'"));
    long second =
        site.bill(
            SUBCONTRACT,
            "",
            walls(
                "'workThisPeriod':'0.00','materialsStored':'60000.00','materialsRetained':'1500.00','materialsReleased':'4500.00'"));
    ProcoreClient client = site.client();
    ObjectNode element =
        (ObjectNode)
            ErpEvent.of(client.erpRequest(site.accept(false, second).get(0)))
                .requisitions()
                .get(0)
                .source();
    ObjectNode line = (ObjectNode) element.get("line_items").get(0);
    assertThat(line.get("retainage_this_period").asText()).isEqualTo("-4500.0");
    line.put(
        "retainage_this_period",
        new BigDecimal("-4500.00").add(new BigDecimal(stillInside)).toPlainString());
    RequisitionReader reader = new RequisitionReader(client, ArithmeticSettings.defaults());
    assertThat(reader.read(PROJECT, second, RequisitionExport.stored(element)).discrepancies())
        .isEmpty();

    line.put("retainage_this_period", "-4499.99");
    assertThat(reader.read(PROJECT, second, RequisitionExport.stored(element)).discrepancies())
        .singleElement()
        .satisfies(d -> assertThat(d.stated()).hasToString("-4499.99"));
  }

  @Test
  void theMeaningOfAmountIsASettingAndTheWrongOneIsShownWithBothFigures() {
    site.set("lineAmount", "net");
    long id =
        site.bill(SUBCONTRACT, "", walls("'workThisPeriod':'1000.00','workRetained':'100.00'"));
    ProcoreClient client = site.client();
    RequisitionExport export =
        ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).requisitions().get(0);
    ReadRequisition wrong =
        new RequisitionReader(client, ArithmeticSettings.defaults()).read(PROJECT, id, export);
    assertThat(wrong.discrepancies())
        .singleElement()
        .satisfies(d -> assertThat(d.inWords()).contains("1000.00").contains("900.00"));
    ReadRequisition right =
        new RequisitionReader(
                client, new ArithmeticSettings(ArithmeticSettings.LineAmount.NET, true))
            .read(PROJECT, id, export);
    assertThat(right.discrepancies()).isEmpty();
  }

  @Test
  void anEventThatIsOlderThanTheRequisitionIsSeen() {
    long id = site.bill(SUBCONTRACT, "", walls("'workThisPeriod':'1000.00'"));
    ProcoreClient client = site.client();
    ObjectNode element =
        (ObjectNode)
            ErpEvent.of(client.erpRequest(site.accept(false, id).get(0)))
                .requisitions()
                .get(0)
                .source();
    ObjectNode line = (ObjectNode) element.get("line_items").get(0);
    line.put("procore_requisition_item_id", 1);
    ReadRequisition read =
        new RequisitionReader(client, ArithmeticSettings.defaults())
            .read(PROJECT, id, RequisitionExport.stored(element));
    assertThat(read.discrepancies())
        .extracting(Discrepancy::figure)
        .containsExactlyInAnyOrder(
            "Net of a line that the export event leaves out",
            "Amount of a line that the requisition no longer has");
  }

  @Test
  void aCentOfDifferenceToWhatIsDueIsSeen() {
    long id = site.bill(SUBCONTRACT, "", walls("'workThisPeriod':'1000.00'"));
    ObjectNode requisition = (ObjectNode) site.client().requisition(PROJECT, id);
    ((ObjectNode) requisition.get("summary")).put("current_payment_due", "1000.01");
    ReadRequisition read =
        RequisitionReader.read(requisition, null, null, ArithmeticSettings.defaults());
    assertThat(read.discrepancies())
        .singleElement()
        .satisfies(d -> assertThat(d.kind()).isEqualTo(Discrepancy.Kind.PAYMENT_DUE));
  }

  @Test
  void whatCannotBeReadIsRefusedWithTheFieldAndTheRemedy() {
    long id = site.bill(SUBCONTRACT, "", walls("'workThisPeriod':'1000.00'"));
    ObjectNode requisition = (ObjectNode) site.client().requisition(PROJECT, id);
    ObjectNode item = (ObjectNode) requisition.get("items").get(0);
    item.put("work_completed_this_period", "1000.005");
    assertThatThrownBy(
            () -> RequisitionReader.read(requisition, null, null, ArithmeticSettings.defaults()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("work_completed_this_period is \"1000.005\"");
    item.remove("work_completed_this_period");
    assertThatThrownBy(
            () -> RequisitionReader.read(requisition, null, null, ArithmeticSettings.defaults()))
        .hasMessageContaining("work_completed_this_period is missing");
    item.put("work_completed_this_period", "1000.00").put("item_type", "moon_item");
    assertThatThrownBy(
            () -> RequisitionReader.read(requisition, null, null, ArithmeticSettings.defaults()))
        .hasMessageContaining("moon_item");
    requisition.remove("items");
    assertThatThrownBy(
            () -> RequisitionReader.read(requisition, null, null, ArithmeticSettings.defaults()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).contains("requisition-view"));
  }

  @Test
  void theProjectIsFoundByItsKeyOnceAndBySearchingWhenItHasNone() {
    ProcoreClient client = site.client();
    ProjectFinder finder = new ProjectFinder(client);
    long one = site.bill(SUBCONTRACT, "", walls("'workThisPeriod':'1000.00'"));
    RequisitionExport linked =
        ErpEvent.of(client.erpRequest(site.accept(false, one).get(0))).requisitions().get(0);
    assertThat(finder.projectOf(linked)).isEqualTo(PROJECT);
    assertThat(finder.projectOf(linked)).isEqualTo(PROJECT);
    assertThat(site.count("procore.find-project")).isEqualTo(1);

    long other =
        site.bill(5_000_000_003L, "", "{'commitmentLineId':6000000004,'workThisPeriod':'10.00'}");
    RequisitionExport unlinked =
        ErpEvent.of(client.erpRequest(site.accept(false, other).get(0))).requisitions().get(0);
    assertThat(unlinked.jobOriginId()).isNull();
    assertThat(finder.projectOf(unlinked)).isEqualTo(ProcoreSite.UNLINKED_PROJECT);

    ObjectNode nowhere = ((ObjectNode) unlinked.source()).put("procore_requisition_id", 12345);
    assertThatThrownBy(() -> finder.projectOf(RequisitionExport.stored(nowhere)))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.remedy()).contains("permitted projects"));
  }
}
