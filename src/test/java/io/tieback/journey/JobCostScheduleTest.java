package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.ledger.JobCostJournal.Left;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When job costs are read, from which day on, and with which right. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class JobCostScheduleTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "XR-CFG-04, GEN-SCH-05: job costs come by themselves once a day, in between when somebody"
          + " asks; costs.from leaves earlier ones out")
  void daily() {
    ContractorSeed seed = SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT);
    costsBeforeTheStart(seed);
    try (Site site =
        Site.in(folder)
            .with(seed)
            .set(Site.HARBOUR, "costs.schedule", "Daily")
            .set(Site.HARBOUR, "costs.from", "2026-11-01")
            .start()) {
      Costs costs = new Costs(site);
      Site.until("the first reading brought the cost", () -> costs.all().size() == 1);
      assertThat(costs.all().get(0).path("invoice_number").asText()).isEqualTo("NEW-1");
      assertThat(site.ledger().jobCosts().left(Site.HARBOUR, List.of("EARLIER")))
          .extracting(Left::number)
          .containsExactly("OLD-1");

      String later = costs.bill("NEW-2", costs.line("Forms", "6.00", costs.project(0), "03-110.S"));
      assertThat(site.deployment().rooms().of(Site.HARBOUR).costs().schedule()).isEqualTo("Daily");
      assertThat(costs.directCosts(later)).isEmpty();
      site.ledger().connections().requestCostSync(Site.HARBOUR);
      Site.until("the wish was served", () -> costs.directCosts(later).size() == 1);
    }
  }

  private static void costsBeforeTheStart(ContractorSeed seed) {
    ObjectNode organisation = (ObjectNode) seed.erp().seed().at("/organisations/0");
    for (String[] bill : new String[][] {{"OLD-1", "2026-10-31"}, {"NEW-1", "2026-11-01"}}) {
      ObjectNode cost = organisation.withArray("costs").addObject();
      cost.put("kind", "bill")
          .put("contactId", organisation.at("/contacts/0/contactId").textValue())
          .put("number", bill[0])
          .put("date", bill[1]);
      ObjectNode line = cost.withArray("lines").addObject();
      line.put("Description", "Lumber").put("Quantity", 1).put("UnitAmount", 5);
      line.put("AccountCode", "500").put("ItemCode", "03-110.M");
      line.withArray("Tracking")
          .addObject()
          .put("TrackingCategoryID", seed.erp().settings("", "").get("xero.tracking-category-id"))
          .put(
              "TrackingOptionID",
              organisation.at("/trackingCategories/0/options/0/trackingOptionId").textValue());
    }
  }

  @Test
  @DisplayName(
      "A sign-in without the right for spend money keeps job costs out and says so; bills and"
          + " payments go on")
  void withoutTheRight() {
    try (Site site =
        Site.small(folder)
            .set(
                Site.HARBOUR,
                "xero.scopes",
                "offline_access accounting.invoices accounting.payments.read accounting.contacts"
                    + " accounting.settings")
            .start()) {
      assertThatThrownBy(() -> site.deployment().jobCosts().sync(Site.HARBOUR))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.kind()).isEqualTo(FailureKind.REFUSED);
                assertThat(failure).hasMessageContaining("accounting.banktransactions.read");
              });
      assertThat(site.ledger().connections().get(Site.HARBOUR).orElseThrow().pausedAt()).isNull();
      site.syncPayments(Site.HARBOUR);
    }
  }

  @Test
  @DisplayName(
      "Lines of credit notes without ids (uncertain in Xero): each is written once, and a changed"
          + " one takes the place of the old")
  void creditNotesWithoutLineIds() {
    try (Site site = Site.small(folder).start()) {
      site.xero().settings(Json.object().put("creditNoteLineIds", false));
      Costs costs = new Costs(site);
      String head =
          "{'kind':'credit','contactId':'" + costs.supplier(0) + "','number':'CN-1','lines':[";
      String same = costs.line("Returned", "5.00", costs.project(0), "03-110.M");
      String credit = costs.enter(head + same + "," + same + "]}");
      costs.sync();
      costs.sync();
      assertThat(Costs.lines(costs.directCost(credit)))
          .containsExactly("-5.00 03-110 M", "-5.00 03-110 M");
      costs.enter(
          head.replace("'kind'", "'id':'" + credit + "','kind'")
              + same
              + ","
              + costs.line("Returned", "6.00", costs.project(0), "03-110.M")
              + "]}");
      costs.sync();
      assertThat(Costs.lines(costs.directCost(credit)))
          .containsExactlyInAnyOrder("-5.00 03-110 M", "-6.00 03-110 M");
    }
  }
}
