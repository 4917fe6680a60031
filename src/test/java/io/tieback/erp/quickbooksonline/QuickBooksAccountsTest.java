package io.tieback.erp.quickbooksonline;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.TOWER;
import static io.tieback.erp.quickbooksonline.QuickBooksCompany.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.erp.Outcomes;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A company whose lines name accounts: its codes become nothing there. */
class QuickBooksAccountsTest {

  private static final CostItem CODE =
      new CostItem(
          "item:03-300.S", "03-300.S", "Concrete", "Concrete, subcontract", "500", null, null);

  private QuickBooksCompany company = QuickBooksCompany.with(QuickBooksStyle.Lines.ACCOUNTS, false);
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    company.close();
  }

  private void handOver(Outgoing document, Instant firstSentAt) {
    company.adapter().handOver(Writing.batch(company.adapter(), document, firstSentAt), outcomes);
  }

  @Test
  @DisplayName("QBO-WBS-01: where lines name accounts, a code is done without an item or a call")
  void codesBecomeNothing() {
    assertThat(company.adapter().makesItems()).isFalse();
    assertThat(company.adapter().itemsOfProjects()).isFalse();
    int items = company.all("Item").size();
    handOver(CODE, null);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    assertThat(outcomes.known().get(CODE.marker()).erpNumber()).isEqualTo("03-300.S");
    Outcomes looked = new Outcomes();
    company
        .adapter()
        .lookUp(Writing.batch(company.adapter(), CODE, company.clock.instant()), looked);
    assertThat(looked.known()).containsOnlyKeys(CODE.marker());
    assertThat(company.requests()).isZero();
    assertThat(company.all("Item")).hasSize(items);
  }

  @Test
  @DisplayName("QBO-INV-01: its bills name the account of the code")
  void billsNameAccounts() {
    handOver(bill(1, VENDOR, work("Slab", "10.00", "03-300.S", null, TOWER)), null);
    assertThat(outcomes.refused()).isEmpty();
    JsonNode line = company.all("Bill").get(0).path("Line").path(0);
    assertThat(line.path("AccountBasedExpenseLineDetail").path("AccountRef").path("value").asText())
        .isEqualTo("5");
  }

  @Test
  @DisplayName("a standard cost code is done without a call, also where codes become items")
  void standardCodes() {
    company.close();
    company = new QuickBooksCompany();
    assertThat(company.adapter().makesItems()).isTrue();
    handOver(
        new CostItem(
            "standard_cost_code:77", "03-300", "Concrete", "Concrete", null, null, "03-300"),
        null);
    assertThat(outcomes.order()).containsExactly("sending", "known");
    assertThat(company.requests()).isZero();
    handOver(CODE, null);
    assertThat(company.all("Item")).anyMatch(item -> item.path("Name").asText().equals("03-300.S"));
  }
}
