package io.tieback.construction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.BillMarker.CommitmentType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillMarkerTest {

  private static final ConnectionId NORTH = new ConnectionId("north-2");

  @Test
  void itLeadsBackToTheInvoicesOfTheCommitmentAndNamesTheRecord() {
    assertThat(
            BillMarker.of(
                "https://app.procore.com/",
                NORTH,
                1,
                77,
                CommitmentType.SUBCONTRACT,
                88,
                562949953425901L))
        .isEqualTo(
            "https://app.procore.com/webclients/host/companies/1/projects/77/tools/contracts/commitments/work_order_contracts/88/invoices"
                + "?tieback=north-2.requisition.562949953425901");
    assertThat(
            BillMarker.of(
                "https://app.procore.com", NORTH, 1, 77, CommitmentType.PURCHASE_ORDER, 88, 5))
        .contains("/purchase_order_contracts/88/invoices?");
    assertThat(BillMarker.of("http://127.0.0.1:8080", NORTH, 1, 77, 88, 5))
        .isEqualTo(
            "http://127.0.0.1:8080/webclients/host/companies/1/projects/77/tools/contracts/commitments?tieback=north-2.requisition.5");
  }

  @Test
  void itIsReadBackFromItsAddress() {
    String url =
        BillMarker.of(
            "https://app.procore.com",
            NORTH,
            1,
            77,
            CommitmentType.SUBCONTRACT,
            88,
            562949953425901L);
    assertThat(BillMarker.parse(url)).contains(new BillMarker(NORTH, 562949953425901L));
    assertThat(BillMarker.parse("https://elsewhere.example/?a=1&tieback=main.requisition.7&b=2"))
        .contains(new BillMarker(new ConnectionId("main"), 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no address at all",
        "https://app.procore.com/77/project",
        "https://app.procore.com/?tieback=main.requisition.",
        "https://app.procore.com/?tieback=main.requisition.12x",
        "https://app.procore.com/?tieback=main.requisition.99999999999999999999",
        "https://app.procore.com/?tieback=main.payment.12",
        "https://app.procore.com/?nottieback=main.requisition.12",
        "https://app.procore.com/?tieback=UPPER.requisition.12",
        "https://app.procore.com/#tieback=main.requisition.12"
      })
  void otherAddressesAreNotOurs(String url) {
    assertThat(BillMarker.parse(url)).isEmpty();
  }

  @Test
  void noAddressIsNotOurs() {
    assertThat(BillMarker.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://xero-proxy.example",
        "https://app.XERO.com",
        "ftp://app.procore.com",
        "app.procore.com",
        "https://a.b/?c=d",
        "https://a b",
        " "
      })
  void aBaseAddressThatWouldNotWorkIsRefusedWithItsReason(String base) {
    assertThatThrownBy(() -> BillMarker.of(base, NORTH, 1, 2, 3, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Procore's web address");
  }
}
