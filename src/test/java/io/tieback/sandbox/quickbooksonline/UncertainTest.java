package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts that the reference leaves open, each by its switch, and limits of the gate. */
class UncertainTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private JsonNode entered(String number) {
    return books.control(
        "POST",
        "enter",
        "{'realmId':'"
            + books.realm
            + "','entity':'Bill','object':"
            + bill(number, line("10"))
            + "}");
  }

  @Test
  void aProjectHasTwoIdsAndLinesCarryOneOrBoth() {
    String customer = "/Line/0/ItemBasedExpenseLineDetail/CustomerRef/value";
    String project = "/Line/0/ProjectRef/value";
    assertThat(entered("A").at(project).isMissingNode()).isTrue();
    books.set("{'projectOnLines':'both'}");
    assertThat(entered("B").at(project).textValue()).isEqualTo("241000022");
    assertThat(entered("C").at(customer).textValue()).isEqualTo("22");
    books.set("{'projectOnLines':'project'}");
    assertThat(entered("D").at(customer).isMissingNode()).isTrue();
  }

  @Test
  void closedBooksNumbersItemParentsAndClasses() {
    books.set("{'closedBooksCode':'6210'}");
    assertThat(fault(books.post("/bill", bill("A", line("1")).replace("2026-11", "2025-11"))))
        .startsWith("6210");
    books.set("{'itemParents':'any'}");
    books.made(
        "Item",
        "{'Name':'x','Type':'Service','IncomeAccountRef':{'value':'4'},'SubItem':true,'ParentRef':{'value':'1'}}");
    String classed = line("1").replace("NotBillable'", "NotBillable','ClassRef':{'value':'1'}");
    books.set("{'classWithoutTracking':'drop'}");
    assertThat(
            books
                .made("Bill", bill("A", classed))
                .at("/Line/0/ItemBasedExpenseLineDetail")
                .has("ClassRef"))
        .isFalse();
    books.control(
        "POST",
        "company",
        "{'realmId':'" + books.realm + "','classTrackingPerLine':true,'billableByDefault':true}");
    JsonNode detail =
        books
            .made("Bill", bill("B", classed.replace(",'BillableStatus':'NotBillable'", "")))
            .at("/Line/0/ItemBasedExpenseLineDetail");
    assertThat(detail.at("/ClassRef/name").textValue()).isEqualTo("North");
    assertThat(detail.get("BillableStatus").textValue()).isEqualTo("Billable");
  }

  @Test
  void linksNeedNotMoveTheSyncTokenAndQuantitiesMayBeFilledIn() {
    books.set("{'linksTouchTransactions':false,'fillsQuantity':true}");
    JsonNode bill = books.made("Bill", bill("A", line("10")));
    assertThat(bill.at("/Line/0/ItemBasedExpenseLineDetail/Qty").intValue()).isEqualTo(1);
    String id = bill.get("Id").textValue();
    books.control(
        "POST",
        "pay",
        "{'realmId':'" + books.realm + "','accountId':'2','bills':[{'id':'" + id + "'}]}");
    JsonNode paid = books.read("Bill", id);
    assertThat(paid.get("Balance").decimalValue()).isZero();
    assertThat(paid.get("SyncToken").textValue()).isEqualTo("0");
  }

  @Test
  void theBurstOfASecondIsLimitedUnlessSwitchedOff() {
    books.set("{'callsPerSecond':1}");
    boolean refused = false;
    for (int i = 0; i < 10 && !refused; i++) {
      refused = books.get("/preferences").status() == 429;
    }
    assertThat(refused).isTrue();
  }

  @Test
  void everySwitchIsKnownAndSeedsAreAllOrNothing() {
    assertThatThrownBy(() -> books.set("{'nothing':1}")).hasMessageContaining("Unknown setting");
    String seed =
        "{'companies':[{'realmId':'5','Vendor':[{'DisplayName':'A'},{'DisplayName':'a'}]}]}";
    assertThatThrownBy(() -> books.control("POST", "seed", seed)).hasMessageContaining("6240");
    assertThatThrownBy(() -> books.control("GET", "books?realmId=5", null))
        .hasMessageContaining("no company");
    assertThatThrownBy(
            () -> books.control("POST", "seed", "{'companies':[{'realmId':'5','Vendors':[]}]}"))
        .hasMessageContaining("Vendors");
  }

  @Test
  void unknownPathsAndOperationsAreRefused() {
    assertThat(fault(books.post("/estimatez", "{}"))).startsWith("500");
    assertThat(fault(books.post("/bill?operation=archive", "{}"))).startsWith("500");
    assertThat(fault(books.post("/taxcode", "{'Name':'x'}"))).startsWith("500");
    Http.Reply lost = Http.send("GET", books.url + "/v4/nothing", null);
    assertThat(lost.status()).isEqualTo(404);
    assertThat(lost.header("intuit_tid")).isNotBlank();
    assertThat(books.post("/bill", "{'VendorRef'").text().toLowerCase(Locale.ROOT))
        .contains("not json");
  }
}
