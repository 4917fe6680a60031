package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Xero's custom connection: the app signs in by itself, for one organisation. */
class CustomConnectionTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "A custom connection signs in without a browser, asks for no offline_access, which Xero would"
          + " refuse, and writes a bill")
  void writesABill() {
    ContractorSeed seed = SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT);
    ObjectNode app = (ObjectNode) seed.erp().seed().at("/apps/0");
    app.put("grant", "client_credentials").remove("redirectUris");
    try (Site site =
        Site.in(folder)
            .with(seed)
            .set(Site.HARBOUR, "xero.grant", "client_credentials")
            .notSignedIn()
            .start()) {
      Site.until(
          "it has signed in, and webhooks lead here",
          () ->
              site.ledger().payments().switchedOnAt(Site.HARBOUR).isPresent()
                  && site.deployment().tally().byName().containsKey("procore.list-deliveries"));
      long invoice = seed.requisitionIds().get(0);
      site.export(invoice);
      assertThat(site.books().bills(invoice)).hasSize(1);
    }
  }
}
