package io.tieback.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceFixture;
import io.tieback.construction.InvoiceLine;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.WorkItem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which line of an order in the ERP a line of an invoice bills. */
class OrderLineKeysTest {

  private static final ConnectionId MAIN = new ConnectionId("main");
  private static final String ERP = "quickbooksonline";
  private static final String LINE = "quickbooksonline:main:purchase_order_line:";

  private final InvoiceFixture invoice = new InvoiceFixture();

  private List<InvoiceLine> lines() {
    return invoice.lines.stream().map(InvoiceFixture.Line::build).toList();
  }

  /** An order in the ERP whose lines came from these lines in Procore. */
  private static WorkItem order(String entity, String erpId, String lines, String... keys) {
    return new WorkItem(
        1,
        MAIN,
        entity,
        7,
        ItemState.ACKNOWLEDGED,
        1,
        "{}",
        "{\"lines\":" + lines + "}",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        0,
        0,
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        erpId,
        null,
        List.of(keys),
        null,
        List.of(),
        null,
        Instant.EPOCH);
  }

  private static final WorkItem CONTRACT =
      order(
          "work_order_contract", "41", "[{\"sources\":[501]},{\"sources\":[502]}]", "41|1", "41|2");

  @Test
  @DisplayName("by the External Data of the commitment's line, and of the change order's before it")
  void ofCommitmentsAndChanges() {
    invoice.line().commitmentLineOriginId = LINE + "41|502";
    InvoiceFixture.Line changed = invoice.line();
    changed.commitmentLineOriginId = LINE + "41|501";
    changed.changeOrderLineOriginId = LINE + "41|601";
    WorkItem change = order("change_order", "41|901", "[{\"sources\":[601]}]", "41|3");
    assertThat(OrderLineKeys.of(ERP, MAIN, lines(), List.of(CONTRACT, change)))
        .containsEntry(9001L, "41|2")
        .containsEntry(9002L, "41|3")
        .hasSize(2);
  }

  @Test
  @DisplayName("lines of other connections, other orders and without a link bill none")
  void none() {
    invoice.line();
    invoice.line().commitmentLineOriginId = "quickbooksonline:other:purchase_order_line:41|501";
    invoice.line().commitmentLineOriginId = "xero:main:purchase_order_line:41|501";
    invoice.line().commitmentLineOriginId = LINE + "40|501";
    invoice.line().commitmentLineOriginId = LINE + "41|599";
    invoice.line().commitmentLineOriginId = "somebody else's";
    assertThat(OrderLineKeys.of(ERP, MAIN, lines(), List.of(CONTRACT))).isEmpty();
  }

  @Test
  @DisplayName("an order that is not in the ERP, or whose lines it does not tell, gives none")
  void notInTheErp() {
    invoice.line().commitmentLineOriginId = LINE + "41|501";
    assertThat(
            OrderLineKeys.of(
                ERP,
                MAIN,
                lines(),
                List.of(
                    order("work_order_contract", null, "[{\"sources\":[501]}]", "41|1"),
                    order("work_order_contract", "41", "[{\"sources\":[501]}]"))))
        .isEmpty();
  }
}
