package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.marker;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.construction.Supplier;
import io.tieback.erp.Outcomes;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever looks into a refused write finds what Intuit's support asks for. */
class QuickBooksSupportMarkTest {

  private static final String MARK = ".*\\(QuickBooks code \\d+\\) \\(intuit_tid 1-[0-9a-f-]+\\)";

  private final QuickBooksCompany company = new QuickBooksCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    company.close();
  }

  private List<String> refused(Outgoing document) {
    company.adapter().handOver(Writing.batch(company.adapter(), document, null), outcomes);
    return outcomes.refused().get(document.marker());
  }

  @Test
  @DisplayName("a refused bill, vendor and item bear the mark of the call, each once")
  void refusedWrites() {
    assertThat(refused(company.bad(1))).anyMatch(words -> words.matches(MARK));
    assertThat(
            refused(
                new Supplier(
                    "tieback.harbour.vendor.7041",
                    7041,
                    "Port Authority",
                    null,
                    List.of(),
                    null,
                    null)))
        .anyMatch(words -> words.matches(MARK));
    assertThat(
            refused(
                new CostItem("item:Retainage", "Retainage", "R", "Retainage", null, null, null)))
        .anyMatch(words -> words.matches(MARK));
  }

  @Test
  @DisplayName("an answer that says nothing bears it once, not twice")
  void faults() {
    company.fault(
        "POST",
        "/v3/company/" + QuickBooksCompany.REALM + "/bill",
        "{'answer':{'status':500,'headers':{'intuit_tid':'1-abc'},'body':'{\\u0022Fault\\u0022:{}}'}}");
    company.adapter().handOver(Writing.batch(company.adapter(), company.good(2), null), outcomes);
    assertThat(outcomes.known()).doesNotContainKey(marker(2));
    assertThat(outcomes.undetermined())
        .singleElement()
        .satisfies(
            failure -> assertThat(failure.getMessage().split("intuit_tid 1-abc", -1)).hasSize(2));
  }
}
