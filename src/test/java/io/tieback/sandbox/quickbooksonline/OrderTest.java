package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Purchase orders and the bills that are linked to them (reference sections 3.5 and 3.6). */
class OrderTest {
  private static final String ORDER =
      bill("SC-001", line("100"), line("50"))
          .replace("'DocNumber'", "'APAccountRef':{'value':'1'},'DocNumber'");
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private static String linked(String orderId, String lineId, String amount) {
    return line(amount)
        .replaceFirst(
            "\\{",
            "{'LinkedTxn':[{'TxnId':'"
                + orderId
                + "','TxnType':'PurchaseOrder','TxnLineId':'"
                + lineId
                + "'}],");
  }

  @Test
  void anOrderNeedsItsPayableAccountAndGrowsByAFullUpdate() {
    assertThat(
            fault(books.post("/purchaseorder", ORDER.replace("'APAccountRef':{'value':'1'},", ""))))
        .startsWith("2020")
        .contains("APAccountRef");
    assertThat(
            fault(
                books.post(
                    "/purchaseorder",
                    ORDER.replace("'APAccountRef':{'value':'1'}", "'APAccountRef':{'value':'2'}"))))
        .contains("Accounts Payable");
    ObjectNode order = (ObjectNode) books.made("PurchaseOrder", ORDER);
    assertThat(order.get("POStatus").textValue()).isEqualTo("Open");
    ((ObjectNode) order.at("/Line/0")).put("Amount", 120);
    JsonNode after = books.made("PurchaseOrder", order.toString());
    assertThat(after.get("TotalAmt").decimalValue()).isEqualByComparingTo("170");
  }

  @Test
  void aGoodLinkIsKeptOnBothSidesAndTheFirstBillClosesTheOrder() {
    String id = books.made("PurchaseOrder", ORDER).get("Id").textValue();
    JsonNode bill = books.made("Bill", bill("B-1", linked(id, "1", "40")));
    assertThat(bill.at("/LinkedTxn/0/TxnId").textValue()).isEqualTo(id);
    assertThat(bill.at("/Line/0/LinkedTxn/0/TxnLineId").textValue()).isEqualTo("1");
    JsonNode order = books.read("PurchaseOrder", id);
    assertThat(order.at("/LinkedTxn/0/TxnType").textValue()).isEqualTo("Bill");
    assertThat(order.at("/Line/0/Received").decimalValue()).isEqualByComparingTo("40");
    assertThat(order.get("POStatus").textValue()).isEqualTo("Closed");
    assertThat(order.get("SyncToken").textValue()).isEqualTo("1");
    JsonNode second = books.made("Bill", bill("B-2", linked(id, "1", "10")));
    assertThat(second.has("LinkedTxn")).as("a closed order takes no more").isFalse();
    assertThat(
            fault(
                books.post(
                    "/purchaseorder?operation=delete", "{'Id':'" + id + "','SyncToken':'1'}")))
        .startsWith("6540");
    books.post(
        "/bill?operation=delete", "{'Id':'" + bill.get("Id").textValue() + "','SyncToken':'0'}");
    assertThat(books.read("PurchaseOrder", id).get("POStatus").textValue()).isEqualTo("Open");
  }

  @Test
  void anOrderMayStayOpenUntilItIsBilled() {
    books.set("{'orderCloses':'whenBilled'}");
    String id = books.made("PurchaseOrder", ORDER).get("Id").textValue();
    books.made("Bill", bill("B-1", linked(id, "1", "100")));
    assertThat(books.read("PurchaseOrder", id).get("POStatus").textValue()).isEqualTo("Open");
    books.made("Bill", bill("B-2", linked(id, "2", "50")));
    assertThat(books.read("PurchaseOrder", id).get("POStatus").textValue()).isEqualTo("Closed");
  }

  @Test
  void aLinkThatIsNotLikedIsLeftOutWithoutAWord() {
    String id = books.made("PurchaseOrder", ORDER).get("Id").textValue();
    String[] bad = {
      bill("B-1", linked("999", "1", "10")),
      bill("B-2", linked(id, "9", "10")),
      bill("B-3", linked(id, "1", "10")).replace("'11'", "'13'"),
      bill("B-4", linked(id, "1", "10").replace("'PurchaseOrder'", "'Estimate'"))
    };
    for (String one : bad) {
      JsonNode made = books.made("Bill", one);
      assertThat(made.has("LinkedTxn")).isFalse();
      assertThat(made.at("/Line/0").has("LinkedTxn")).isFalse();
      assertThat(made.get("TotalAmt").decimalValue()).isEqualByComparingTo("10");
    }
    books.set("{'orderLinks':'none'}");
    assertThat(books.made("Bill", bill("B-5", linked(id, "1", "10"))).has("LinkedTxn")).isFalse();
  }

  @Test
  void anEditionWithoutOrdersRefusesThem() {
    books.control("POST", "company", "{'realmId':'" + books.realm + "','purchaseOrders':false}");
    assertThat(fault(books.query("select count(*) from PurchaseOrder"))).startsWith("120");
    assertThat(fault(books.post("/purchaseorder", ORDER))).startsWith("120");
  }
}
