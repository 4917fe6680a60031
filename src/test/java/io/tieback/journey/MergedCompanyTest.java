package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.ItemState;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for a company goes on under the one that it is merged into. */
class MergedCompanyTest {

  @TempDir static Path folder;

  private static Site site;
  private static Orders orders;
  private static Contractor contractor;

  @BeforeAll
  static void start() {
    contractor = new Contractor(5001);
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
      "GEN-API-37: a commitment that waits for a company goes when that is merged into a linked"
          + " one")
  void waitingForTheOneThatIsGone() {
    long gone = new Companies(site).create("Larkspur Masonry");
    long id = commitment(gone);
    link(new ExternalDataRow("vendor", gone, "xero:harbour:contact:gone", null, null));
    site.procore().post("commitments/send", Orders.ids(id));
    link(ExternalDataRow.cleared("vendor", gone));
    site.procore().post("commitments/accept", Orders.ids(id));
    orders.await(ItemState.WAITING, id);
    assertThat(orders.item(id).waitsFor()).containsExactly("vendor:" + gone);

    ObjectNode merge = Json.object().put("masterId", contractor.supplier);
    merge.putArray("sourceIds").add(gone);
    site.procore().post("vendors/merge", merge);
    orders.await(ItemState.ACKNOWLEDGED, id);
    assertThat(site.seed().procore().at("/vendors/0/originId").asText())
        .endsWith(orders.order("SC-LM").path("Contact").path("ContactID").asText());
  }

  private static void link(ExternalDataRow row) {
    var outcome =
        site.deployment().rooms().of(Site.HARBOUR).client().syncExternalData(List.of(row)).get(0);
    assertThat(outcome.accepted()).as(outcome.words()).isTrue();
  }

  private static long commitment(long vendor) {
    JsonNode project = site.seed().procore().path("projects").get(0);
    ObjectNode seed = Json.object();
    ObjectNode commitment =
        seed.putArray("commitments")
            .addObject()
            .put("projectId", project.path("id").longValue())
            .put("type", "WorkOrderContract")
            .put("number", "SC-LM")
            .put("title", "Masonry")
            .put("vendorId", vendor)
            .put("status", "Approved")
            .put("accountingMethod", "amount");
    commitment
        .putArray("lines")
        .addObject()
        .put("id", 9_100_000_001L)
        .put("costCodeId", project.path("costCodes").get(0).path("id").longValue())
        .put("lineItemTypeId", contractor.subcontract)
        .put("description", "Work")
        .put("amount", "5000.00");
    return site.procore().post("seed", seed).path("commitments").get(0).longValue();
  }
}
