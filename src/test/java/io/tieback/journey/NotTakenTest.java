package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SmallContractor;
import io.tieback.wire.Json;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Xero cannot hold is answered at once, with the reason and what to do instead. */
class NotTakenTest {

  @TempDir static Path folder;

  private static Site site;

  @BeforeAll
  static void start() {
    site =
        Site.in(folder)
            .with(SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT))
            .start();
  }

  @AfterAll
  static void end() {
    if (site != null) {
      site.close();
    }
  }

  @ParameterizedTest
  @DisplayName(
      "XR-CFG-03, XR-PAY-03, XR-PRJ-03, GEN-ARC-07, GEN-SUB-01: prime contracts, owner invoices,"
          + " budgets, sub jobs and outgoing payments are refused with the reason")
  @CsvSource(
      delimiter = '|',
      value = {
        "create_budget|budget|XR-CFG-03",
        "update_budget|budget|XR-CFG-03",
        "sync_prime_contracts|prime_contract|XR-CFG-03",
        "create_prime_contract_change_order|change_order|XR-CFG-03",
        "create_payment_application|payment_application|XR-CFG-03",
        "create_sub_job|sub_job|XR-PRJ-03",
        "sync_sub_jobs|sub_job|XR-PRJ-03",
        "create_payment|contract_payment|XR-PAY-03",
        "create_company_level_direct_cost|company_level_direct_cost|XR-JC-01",
      })
  void refused(String request, String itemType, String rule) {
    long writes = written();
    ObjectNode event =
        Json.object()
            .put("requestName", request)
            .put("companyId", Site.COMPANY)
            .put("itemType", itemType)
            .put("itemId", 77);
    event.putObject("requestData").put("id", 77);
    long detail = site.procore().post("event", event).path("detailIds").path(0).longValue();
    JsonNode closed =
        await()
            .atMost(Site.PATIENCE)
            .until(
                () -> site.books().detail(detail),
                one -> !one.path("status").asText().equals("in_progress"));
    assertThat(closed.path("status").asText()).isEqualTo("failed");
    assertThat(closed.path("messages").toString()).contains(rule);
    assertThat(written()).as("nothing was written to Xero").isEqualTo(writes);
  }

  @Test
  @DisplayName(
      "XR-CFG-06, GEN-ARC-01: what was sent and not accepted yet does not go out, while what was"
          + " accepted after it does")
  void onlyWhatWasAccepted() {
    List<Long> invoices = site.seed().requisitionIds();
    site.send(invoices.get(0));
    site.export(invoices.get(4));
    assertThat(site.books().erpStatus(invoices.get(0))).isEqualTo("ready_to_export");
    assertThat(site.ledger().workItems().find(Site.HARBOUR, "requisition", invoices.get(0)))
        .isEmpty();
    assertThat(site.books().bills(invoices.get(0))).isEmpty();
  }

  private static long written() {
    long writes = 0;
    for (var operation : site.xero().get("requests/summary").path("byOperation").properties()) {
      writes +=
          operation.getKey().startsWith("GET ") ? 0 : operation.getValue().path("count").asLong();
    }
    return writes;
  }
}
