package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.EXTRA;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.InvoiceLine;
import io.tieback.procore.MissingLinks.Completed;
import io.tieback.procore.MissingLinks.Missing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Links that the event's snapshot lacks are completed, and what is not in the ERP yet is named
 * (design section 3).
 */
class MissingLinksTest {

  private static ProcoreSite site;
  private final Memory memory = new Memory();

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

  private static final class Memory implements KnownLinks {
    final Map<String, String> links = new ConcurrentHashMap<>();

    @Override
    public Optional<String> originId(String itemType, long procoreId) {
      return Optional.ofNullable(links.get(itemType + "/" + procoreId));
    }

    @Override
    public void learned(String itemType, long procoreId, String originId) {
      links.put(itemType + "/" + procoreId, originId);
    }
  }

  private Completed complete(long commitment, String... lines) {
    ProcoreClient client = site.client();
    long id = site.bill(commitment, "", lines);
    RequisitionExport export =
        ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).requisitions().get(0);
    long project = new ProjectFinder(client).projectOf(export);
    ReadRequisition read =
        new RequisitionReader(client, ArithmeticSettings.defaults()).read(project, id, export);
    site.calls.clear();
    return new MissingLinks(client.directory(), memory).complete(read);
  }

  @Test
  void theVendorIsAskedOnceAndRememberedAndTheRestComesFromTheEvent() {
    Completed first =
        complete(SUBCONTRACT, "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
    assertThat(first.missing()).isEmpty();
    assertThat(first.requisition().invoice().vendorOriginId()).isEqualTo("xero:main:contact:c-51");
    assertThat(site.calls).containsExactly("procore.show-vendor");
    assertThat(memory.links).containsEntry("vendor/51", "xero:main:contact:c-51");

    complete(SUBCONTRACT, "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
    assertThat(site.calls).isEmpty();
  }

  @Test
  void whatIsNotInTheErpIsNamedEachOnce() {
    Completed completed =
        complete(
            SUBCONTRACT,
            "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}",
            "{'kind':'change_order_item','commitmentLineId':" + EXTRA + ",'workThisPeriod':'2.00'}",
            "{'kind':'change_order_item','commitmentLineId':"
                + EXTRA
                + ",'workThisPeriod':'3.00','description':'Second','scheduledValue':'5.00'}");
    assertThat(completed.missing())
        .extracting(Missing::key)
        .containsExactly("cost_code/302", "line_item_type/42");
    assertThat(completed.missing())
        .extracting(Missing::name)
        .containsExactly("cost code 05-100", "cost type M of 05-100");
    assertThat(site.count("procore.list-commitment-lines")).isEqualTo(1);
  }

  @Test
  void headerLinksThatAreMissingAreAskedAndNamed() {
    Completed completed =
        complete(5_000_000_003L, "{'commitmentLineId':6000000004,'workThisPeriod':'10.00'}");
    assertThat(completed.missing())
        .extracting(Missing::key)
        .containsExactlyInAnyOrder(
            "project/4000000002", "vendor/52", "cost_code/303", "line_item_type/42");
  }

  @Test
  void linksThatArrivedSinceTheEventAreFound() {
    ProcoreClient client = site.client();
    long id =
        site.bill(
            SUBCONTRACT,
            "",
            "{'kind':'change_order_item','commitmentLineId':"
                + EXTRA
                + ",'workThisPeriod':'2.00'}");
    RequisitionExport export =
        ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).requisitions().get(0);
    client.syncExternalData(
        List.of(
            new ExternalDataRow("cost_code", 302, "xero:main:cost_code:job-1|05-100", null, null),
            new ExternalDataRow("line_item_type", 42, "xero:main:cost_type:M", null, null)));
    ReadRequisition read =
        new RequisitionReader(client, ArithmeticSettings.defaults())
            .read(ProcoreSite.PROJECT, id, export);
    InvoiceLine before = line(read);
    assertThat(before.costCodeOriginId()).isNull();
    Completed completed = new MissingLinks(client.directory(), memory).complete(read);
    assertThat(completed.missing()).isEmpty();
    InvoiceLine after = line(completed.requisition());
    assertThat(after.costCodeOriginId()).isEqualTo("xero:main:cost_code:job-1|05-100");
    assertThat(after.costTypeOriginId()).isEqualTo("xero:main:cost_type:M");
    assertThat(after.net()).isEqualTo(before.net());
  }

  private static InvoiceLine line(ReadRequisition read) {
    return read.invoice().lines().get(read.invoice().lines().size() - 1);
  }

  @Test
  void aLinkThatTiebackKnowsIsNotAskedFor() {
    memory.learned("vendor", 51, "xero:main:contact:known");
    Completed completed =
        complete(SUBCONTRACT, "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
    assertThat(completed.requisition().invoice().vendorOriginId())
        .isEqualTo("xero:main:contact:known");
    assertThat(site.calls).isEmpty();
  }
}
