package io.tieback.sandbox.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrialBalanceTest {

  private XeroWorld xero;

  @BeforeEach
  void start() {
    xero = new XeroWorld();
  }

  @AfterEach
  void stop() {
    xero.close();
  }

  private void journal(String date, String amount, String against) {
    xero.control(
        "POST",
        "journal",
        "{'tenantId':'"
            + XeroWorld.TENANT
            + "','date':'"
            + date
            + "','narration':'by hand','lines':[{'accountCode':'815','amount':-"
            + amount
            + "},{'accountCode':'500','amount':"
            + against
            + "}]}");
  }

  /** The cells of an account; empty when the report does not list it. */
  private List<String> cells(String date, String account) {
    List<String> cells = new ArrayList<>();
    for (JsonNode row :
        xero.get("/Reports/TrialBalance?date=" + date).json().at("/Reports/0/Rows/1/Rows")) {
      if (row.at("/Cells/0/Value").textValue().equals(account)) {
        row.path("Cells").forEach(cell -> cells.add(cell.path("Value").textValue()));
      }
    }
    return cells;
  }

  @Test
  void whatIsPostedByADayStandsOnItsAccounts() {
    String account = "Retainage payable (815)";
    journal("2026-03-31", "12.50", "12.50");
    assertThat(cells("2026-03-30", account)).isEmpty();
    assertThat(cells("2026-03-31", account)).containsExactly(account, "", "12.50", "", "12.50");
    journal("2026-04-01", "1.00", "1.00");
    assertThat(cells("2026-03-31", account)).contains("12.50");
    assertThat(cells("2026-04-01", account)).containsExactly(account, "", "13.50", "", "13.50");
    assertThat(cells("2026-04-01", "Subcontract cost (500)"))
        .containsExactly("Subcontract cost (500)", "13.50", "", "13.50", "");
  }

  @Test
  void itTakesTheRightToReadIt() {
    xero.token = xero.credentials("accounting.invoices").json().get("access_token").textValue();
    assertThat(xero.get("/Reports/TrialBalance").status()).isIn(401, 403);
    xero.token = xero.credentials("accounting.reports.read").json().get("access_token").textValue();
    assertThat(xero.get("/Reports/TrialBalance").status()).isEqualTo(200);
    assertThat(xero.get("/Reports/TrialBalance?date=soon").status()).isEqualTo(400);
  }

  @Test
  void aJournalThatDoesNotBalanceIsRefused() {
    assertThatThrownBy(() -> journal("2026-03-31", "12.50", "12.49"))
        .hasMessageContaining("must balance");
    assertThat(cells("2026-03-31", "Retainage payable (815)")).isEmpty();
  }
}
