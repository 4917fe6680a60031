package io.tieback.procore;

import static io.tieback.procore.ProcoreSite.EXTRA;
import static io.tieback.procore.ProcoreSite.PROJECT;
import static io.tieback.procore.ProcoreSite.PURCHASE;
import static io.tieback.procore.ProcoreSite.SUBCONTRACT;
import static io.tieback.procore.ProcoreSite.UNLINKED_PROJECT;
import static io.tieback.procore.ProcoreSite.WALLS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.JobBooks;
import io.tieback.construction.JobBooks.Movement;
import io.tieback.construction.Money;
import io.tieback.wire.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcoreBooksTest {

  private ProcoreSite site;
  private ProcoreBooks books;

  @BeforeEach
  void start() {
    site = new ProcoreSite();
    books =
        new ProcoreBooks(
            site.client(), new ArithmeticSettings(ArithmeticSettings.LineAmount.GROSS, true));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private JobBooks.Project tower() {
    return books.projects().stream().filter(p -> p.id() == PROJECT).findFirst().orElseThrow();
  }

  @Test
  void projectsSayWhichErpCompanyTheyAreIn() {
    assertThat(books.projects())
        .containsExactly(
            new JobBooks.Project(PROJECT, "T-1", "Tower", "xero:main:tracking_option:job-1"),
            new JobBooks.Project(UNLINKED_PROJECT, null, "Bridge", null));
    assertThat(books.projects().get(1).words()).isEqualTo("Bridge");
  }

  @Test
  void aProjectTakesThreeListsHoweverManyRecordsItHas() {
    for (int i = 0; i < 5; i++) {
      site.bill(SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
    }
    JobBooks.Project tower = tower();
    site.calls.clear();
    assertThat(books.read(tower).invoices()).hasSize(5);
    assertThat(site.calls)
        .containsExactly(
            "procore.list-commitments", "procore.list-commitments", "procore.list-requisitions");
  }

  @Test
  void commitmentsOfBothKindsWithTheirChangeOrders() {
    site.bill(
        SUBCONTRACT,
        "",
        "{'commitmentLineId':" + EXTRA + ",'kind':'change_order_item','workThisPeriod':'1.00'}");
    List<JobBooks.Commitment> commitments = books.read(tower()).commitments();
    assertThat(commitments)
        .extracting(JobBooks.Commitment::id)
        .containsExactly(SUBCONTRACT, PURCHASE);
    JobBooks.Commitment frame = commitments.get(0);
    assertThat(frame.number()).isEqualTo("SC-001");
    assertThat(frame.title()).isEqualTo("Frame");
    assertThat(frame.supplier()).isEqualTo("Ernie Electrical");
    assertThat(frame.original().plus(frame.changes())).isEqualTo(Money.of("105000.00"));
  }

  @Test
  void storedMaterialIsTakenAsTheChangeSinceTheInvoiceBeforeWithoutAnotherCall() {
    site.bill(
        SUBCONTRACT,
        "",
        "{'commitmentLineId':"
            + WALLS
            + ",'workThisPeriod':'100.00','workRetained':'10.00','materialsStored':'60.00','materialsRetained':'6.00'}");
    site.bill(
        SUBCONTRACT,
        "",
        "{'commitmentLineId':"
            + WALLS
            + ",'workThisPeriod':'50.00','workRetained':'5.00','workReleased':'2.50','materialsStored':'20.00','materialsRetained':'2.00','materialsReleased':'4.00'}");
    site.calls.clear();
    List<JobBooks.Invoice> invoices = books.read(tower()).invoices();
    assertThat(site.count("procore.show-requisition")).isZero();
    assertThat(invoices.get(0).billed()).isEqualTo(Money.of("160.00"));
    assertThat(invoices.get(0).retained()).isEqualTo(Money.of("16.00"));
    assertThat(invoices.get(1).billed()).isEqualTo(Money.of("10.00"));
    assertThat(invoices.get(1).retainage())
        .containsExactly(new Movement(Money.of("5.00"), Money.of("6.50")));
    assertThat(invoices).allSatisfy(invoice -> assertThat(invoice.problems()).isEmpty());
  }

  @Test
  void anInvoiceThatCannotBeReadSaysWhyAndHoldsUpNoOther() {
    long good =
        site.bill(SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'1.00'}");
    long strange =
        site.bill(SUBCONTRACT, "", "{'commitmentLineId':" + WALLS + ",'workThisPeriod':'2.00'}");
    ArrayNode rows = Json.array();
    site.client().requisitions(PROJECT).forEach(rows::add);
    ((ObjectNode) rows.get(1).path("items").get(0)).put("work_completed_this_period", "2.005");
    ObjectNode fault = Json.object();
    fault.putObject("match").put("method", "GET").put("path", "/rest/v1.1/requisitions");
    fault
        .putObject("effect")
        .putObject("answer")
        .put("status", 200)
        .put("body", rows.toString())
        .putObject("headers")
        .put("Content-Type", "application/json");
    site.control.post("faults", fault);
    List<JobBooks.Invoice> invoices = books.read(tower()).invoices();
    assertThat(invoices).extracting(JobBooks.Invoice::id).containsExactly(good, strange);
    assertThat(invoices.get(0).billed()).isEqualTo(Money.of("1.00"));
    assertThat(invoices.get(0).problems()).isEmpty();
    assertThat(invoices.get(1).billed()).isEqualTo(Money.ZERO);
    assertThat(invoices.get(1).problems())
        .singleElement()
        .asString()
        .contains("work_completed_this_period")
        .contains("2.005");
  }
}
