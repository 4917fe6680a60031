package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project is reset in Procore while its orders live in Xero: they are found, not made twice. */
class OrdersResetTest {

  private static final long CHANGE = 880_001;

  @TempDir static Path folder;

  private static Site site;
  private static Orders orders;
  private static long plain;
  private static long changed;

  @BeforeAll
  static void start() {
    Contractor contractor = new Contractor(5001);
    ObjectNode steel = contractor.commitment("PurchaseOrderContract", "PO-0009", "Steel");
    plain = steel.get("id").longValue();
    contractor.line(steel, "05-120", contractor.materials, "Steel L1", "700.00");
    ObjectNode formwork = contractor.commitment("WorkOrderContract", "SC-0007", "Formwork");
    changed = formwork.get("id").longValue();
    long walls =
        contractor.line(formwork, "03-110", contractor.subcontract, "Formwork L1", "12500.00");
    Contractor.change(
        contractor.changeOrder(CHANGE, formwork, "1", "Taller walls"),
        walls,
        "Taller walls",
        "1000.00");
    site = Site.in(folder).with(contractor.seed).start();
    orders = new Orders(site);
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @Test
  @DisplayName(
      "GEN-API-35, XR-COM-15: orders of a project that was reset are linked again when they are"
          + " sent again, with and without change orders")
  void reset() {
    orders.acceptCommitments(plain, changed);
    orders.await(ItemState.ACKNOWLEDGED, plain, changed);
    orders.acceptChanges(CHANGE);
    orders.await(ItemState.ACKNOWLEDGED, CHANGE);
    List<String> origins = origins();

    resetProject();
    orders.await(ItemState.UNLINKED, plain, changed, CHANGE);
    orders.acceptCommitments(plain, changed);
    orders.await(ItemState.ACKNOWLEDGED, plain, changed);
    orders.acceptChanges(CHANGE);
    orders.await(ItemState.ACKNOWLEDGED, CHANGE);

    assertThat(origins()).isEqualTo(origins);
    assertThat(orders.all()).hasSize(2);
    assertThat(orders.order("SC-0007").path("SubTotal").decimalValue())
        .isEqualByComparingTo("13500.00");
    assertThat(orders.order("PO-0009").path("SubTotal").decimalValue())
        .isEqualByComparingTo("700.00");
  }

  private static List<String> origins() {
    return List.of(plain, changed, CHANGE).stream()
        .map(id -> orders.inProcore(id).path("originId").asText())
        .toList();
  }

  /** The staff's act frees all that is under the project; the project itself is linked again. */
  private static void resetProject() {
    JsonNode project = site.seed().procore().path("projects").get(0);
    long id = project.path("id").longValue();
    site.procore().post("projects/reset", Json.object().put("projectId", id));
    orders.await(ItemState.UNLINKED, plain, changed, CHANGE);
    List<ExternalDataRow> rows = new ArrayList<>();
    rows.add(ExternalDataRow.cleared("purchase_order_contract", plain));
    rows.add(ExternalDataRow.cleared("work_order_contract", changed));
    rows.add(ExternalDataRow.cleared("change_order", CHANGE));
    rows.add(new ExternalDataRow("project", id, project.path("originId").textValue(), null, null));
    for (JsonNode code : project.path("costCodes")) {
      rows.add(
          new ExternalDataRow(
              "cost_code",
              code.path("id").longValue(),
              code.path("originId").textValue(),
              null,
              null));
    }
    assertThat(site.deployment().rooms().of(Site.HARBOUR).client().syncExternalData(rows))
        .allSatisfy(outcome -> assertThat(outcome.accepted()).as("%s", outcome).isTrue());
  }
}
