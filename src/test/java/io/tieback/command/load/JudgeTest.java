package io.tieback.command.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SeededXero;
import io.tieback.construction.ConnectionId;
import io.tieback.wire.Json;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The judge sees what the books of two sides say against each other, in each way in which they can.
 */
class JudgeTest {

  private static final String PROCORE =
      """
      {"requisitions": [
         {"id": 71, "invoiceNumber": "A-1", "erpStatus": "synced", "originId": "xero:main:bill:b1", "net": "90.00",
          "lines": [{"id": 711, "originId": "xero:main:bill_line:l1"}]},
         {"id": 72, "invoiceNumber": "A-2", "erpStatus": "not_in_erp", "originId": null, "net": "10.00", "lines": [{"id": 721, "originId": null}]}],
       "details": [{"id": 5, "status": "success", "messages": []}],
       "contractPayments": [
         {"id": 9, "amount": "40.00", "origin_id": "xero:main:payment:p1"},
         {"id": 10, "amount": "3.00", "origin_id": "xero:main:payment:p2"}]}
      """;

  private static final String XERO =
      """
      {"bills": [{"invoiceId": "b1", "number": "A-1", "status": "AUTHORISED", "total": 90.00, "url": "https://app.procore.com/x?tieback=main.requisition.71"}],
       "payments": [
         {"paymentId": "p1", "invoiceId": "b1", "amount": 40.00, "status": "AUTHORISED"},
         {"paymentId": "p2", "invoiceId": "b1", "amount": 3.00, "status": "DELETED"}]}
      """;

  private final ObjectNode procore = (ObjectNode) Json.read(PROCORE);
  private final ObjectNode xero = (ObjectNode) Json.read(XERO);

  private Judge.Verdict judge(int accepted) {
    return Judge.judge(new ConnectionId("main"), procore, "Xero", SeededXero.books(xero), accepted);
  }

  private Judge.Verdict judge() {
    return judge(1);
  }

  private Judge.Verdict after(Consumer<ObjectNode> spoil, JsonNode node) {
    spoil.accept((ObjectNode) node);
    Judge.Verdict verdict = judge();
    assertThat(verdict.clean()).isFalse();
    return verdict;
  }

  @Test
  void booksThatAgreeAreClean() {
    Judge.Verdict verdict = judge();
    assertThat(verdict.clean()).as("%s", verdict).isTrue();
    assertThat(verdict.bills()).isEqualTo(1);
    assertThat(verdict.livingPayments()).isEqualTo(1);
  }

  @Test
  void aDeletedPaymentThatStillStandsInProcoreIsNamed() {
    assertThat(judge().standingDeleted()).containsExactly("p2");
  }

  @Test
  void aSecondBillWithTheSameMarkerIsADuplicateAndItsTotalADifference() {
    ObjectNode twin = xero.path("bills").get(0).deepCopy();
    xero.withArray("bills").add(twin.put("invoiceId", "b2"));
    assertThat(judge().duplicates()).singleElement().asString().contains("b2");
    assertThat(judge().cents()).isEqualTo(9000);
  }

  @Test
  void aBillWithoutMarkerIsADuplicate() {
    assertThat(after(bill -> bill.putNull("url"), xero.path("bills").get(0)).duplicates())
        .anyMatch(twice -> twice.contains("no marker"));
  }

  @Test
  void aBillOfAnInvoiceThatNobodyAcceptedIsADuplicate() {
    ObjectNode bill = xero.path("bills").get(0).deepCopy();
    xero.withArray("bills")
        .add(
            bill.put("invoiceId", "b2")
                .put("url", "https://app.procore.com/x?tieback=main.requisition.72"));
    assertThat(judge().duplicates()).singleElement().asString().contains("72");
  }

  @Test
  void anInvoiceWithoutBillIsALoss() {
    xero.withArray("bills").removeAll();
    assertThat(judge().losses()).anyMatch(loss -> loss.contains("A-1") && loss.contains("no bill"));
  }

  @Test
  void aVoidedBillIsNoBill() {
    assertThat(after(bill -> bill.put("status", "VOIDED"), xero.path("bills").get(0)).losses())
        .anyMatch(loss -> loss.contains("no bill"));
  }

  @Test
  void aCentOfDifferenceIsOneCent() {
    assertThat(
            after(
                    bill -> bill.put("total", new java.math.BigDecimal("90.01")),
                    xero.path("bills").get(0))
                .cents())
        .isEqualTo(1);
    assertThat(
            after(row -> row.put("amount", "39.98"), procore.path("contractPayments").get(0))
                .cents())
        .isEqualTo(3);
  }

  @Test
  void anOriginIdThatPointsElsewhereIsALoss() {
    assertThat(
            after(r -> r.put("originId", "xero:main:bill:b7"), procore.path("requisitions").get(0))
                .losses())
        .singleElement()
        .asString()
        .contains("b7");
  }

  @Test
  void aLineThatPointsToNothingIsALoss() {
    assertThat(
            after(
                    line -> line.putNull("originId"),
                    procore.path("requisitions").get(0).path("lines").get(0))
                .losses())
        .singleElement()
        .asString()
        .contains("711");
  }

  @Test
  void anUnansweredRequestDetailIsALoss() {
    assertThat(
            after(detail -> detail.put("status", "in_progress"), procore.path("details").get(0))
                .losses())
        .singleElement()
        .asString()
        .contains("in_progress");
  }

  @Test
  void aPaymentWithoutContractPaymentIsALoss() {
    procore.withArray("contractPayments").remove(0);
    assertThat(judge().losses()).singleElement().asString().contains("p1");
    assertThat(judge().cents()).isEqualTo(4000);
  }

  @Test
  void contractPaymentsTooManyAreDuplicates() {
    ObjectNode twin = procore.path("contractPayments").get(0).deepCopy();
    procore.withArray("contractPayments").add(twin.put("id", 11));
    procore.withArray("contractPayments").add(twin.deepCopy().put("id", 12).putNull("origin_id"));
    procore
        .withArray("contractPayments")
        .add(twin.deepCopy().put("id", 13).put("origin_id", "xero:main:payment:p9"));
    assertThat(judge().duplicates()).hasSize(3);
  }

  @Test
  void fewerInvoicesThanWereAcceptedIsALoss() {
    assertThat(judge(2).losses()).singleElement().asString().contains("2 invoices were accepted");
  }
}
