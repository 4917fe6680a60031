package io.tieback.sandbox.quickbooksonline;

import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.bill;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.fault;
import static io.tieback.sandbox.quickbooksonline.QuickBooksWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bills: what is computed, and what is refused (reference sections 3.5, 4, 11 and 13). */
class BillWritesTest {
  private final QuickBooksWorld books = new QuickBooksWorld();

  @AfterEach
  void close() {
    books.close();
  }

  private String refused(String body) {
    return fault(books.post("/bill", body));
  }

  @Test
  void aBillWithRetainageIsAddedUpAndGivenItsDueDateByTheVendorsTerms() {
    JsonNode bill = books.made("Bill", bill("SC-001-03", line("1000.00"), line("-100.00")));
    assertThat(bill.get("TotalAmt").decimalValue()).isEqualByComparingTo("900.00");
    assertThat(bill.get("Balance").decimalValue()).isEqualByComparingTo("900.00");
    assertThat(bill.get("DueDate").textValue()).isEqualTo("2026-12-06");
    assertThat(bill.get("SyncToken").textValue()).isEqualTo("0");
    assertThat(bill.at("/Line/0/Id").textValue()).isEqualTo("1");
    assertThat(bill.at("/VendorRef/name").textValue()).isEqualTo("Ironworks Ltd");
    assertThat(bill.at("/APAccountRef/value").textValue()).isEqualTo("1");
    assertThat(bill.at("/MetaData/LastUpdatedTime").textValue())
        .matches(".*T\\d\\d:\\d\\d:\\d\\d-.*");
    assertThat(books.read("Bill", bill.get("Id").textValue())).isEqualTo(bill);
  }

  @Test
  void faultsAreShapedAndMayComeWithStatus200() {
    String bad = bill("A", line("-1"));
    JsonNode fault = books.post("/bill", bad).json();
    assertThat(fault.at("/Fault/type").textValue()).isEqualTo("ValidationFault");
    assertThat(fault.at("/Fault/Error/0/code").textValue()).isEqualTo("6000");
    assertThat(fault.get("time").textValue()).isNotBlank();
    books.set("{'faultsIn200':true}");
    Http.Reply reply = books.post("/bill", bad);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().has("Fault")).isTrue();
  }

  @Test
  void totalsMayNotBeNegativeAndZeroIsASwitch() {
    assertThat(refused(bill("A", line("100.00"), line("-100.01")))).startsWith("6000");
    assertThat(books.post("/bill", bill("A", line("1.00"), line("-1.00"))).status()).isEqualTo(200);
    books.set("{'zeroTotal':'refuse'}");
    assertThat(refused(bill("B", line("1.00"), line("-1.00")))).startsWith("6000");
  }

  @Test
  void limitsNamesAndReferencesAreHeld() {
    assertThat(refused(bill("1234567890123456789012", line("1"))))
        .startsWith("2050")
        .contains("Max:21");
    assertThat(refused(bill("A", line("1.005")))).startsWith("2060");
    assertThat(refused(bill("A", line("1")).replace("'DocNumber'", "'Number'"))).startsWith("2010");
    assertThat(refused(bill("A", line("1").replace("'CustomerRef'", "'JobRef'"))))
        .startsWith("2010");
    assertThat(refused("{'Line':[" + line("1") + "]}")).startsWith("2020").contains("VendorRef");
    assertThat(refused("{'VendorRef':{'value':'11'}}")).startsWith("2020").contains("Line");
    assertThat(refused(bill("A", line("1")).replace("'11'", "'999'"))).startsWith("2500");
    assertThat(refused(bill("A", line("1")).replace("'11'", "'12'"))).startsWith("610");
    assertThat(refused(bill("A", line("1").replace("'value':'1'", "'value':'4'"))))
        .startsWith("610");
    assertThat(refused(bill("A", line("1").replace("'value':'1'", "'value':'3'"))))
        .startsWith("6000")
        .contains("expense account");
    assertThat(refused(bill("A", line("1")).replace("2026-11-06", "2025-12-31")))
        .startsWith("6000")
        .contains("closing date");
    assertThat(refused(bill("A", line("1")).replace("2026-11-06", "11/06/2026")))
        .startsWith("2010");
    assertThat(
            refused(
                bill(
                    "A",
                    line("1").replace("NotBillable'", "NotBillable','ClassRef':{'value':'1'}"))))
        .startsWith("6000")
        .contains("Class tracking");
    assertThat(books.found("select count(*) from Bill").get("totalCount").intValue()).isZero();
  }

  @Test
  void aDuplicateNumberIsRefusedUnlessAllowed() {
    JsonNode first = books.made("Bill", bill("A-1", line("1")));
    assertThat(refused(bill("A-1", line("2"))))
        .startsWith("6140")
        .contains("TxnId=" + first.get("Id").textValue());
    assertThat(books.post("/bill?include=allowduplicatedocnum", bill("A-1", line("2"))).status())
        .isEqualTo(200);
    books.set("{'duplicateDocNumberCode':'6210'}");
    assertThat(refused(bill("A-1", line("2")))).startsWith("6210");
    books.set("{'duplicateDocNumberChecked':false}");
    assertThat(books.post("/bill", bill("A-1", line("2"))).status()).isEqualTo(200);
  }

  @Test
  void amountIsUnitPriceTimesQuantity() {
    String line =
        line("33.34").replace("{'ItemRef'", "{'Qty':3.3333,'UnitPrice':10.0015,'ItemRef'");
    assertThat(books.made("Bill", bill("A", line)).get("TotalAmt").decimalValue())
        .isEqualByComparingTo("33.34");
    String wrong = line.replace("33.34", "33.33");
    assertThat(refused(bill("B", wrong))).startsWith("6070");
    books.set("{'amountMismatch':'discard'}");
    assertThat(books.made("Bill", bill("B", wrong)).get("TotalAmt").decimalValue())
        .isEqualByComparingTo("33.34");
    assertThat(refused(bill("C", line.replace("10.0015", "10.00150001")))).startsWith("2060");
  }

  @Test
  void anItemLineWithoutItemIsACommentAndItsAmountIsDropped() {
    JsonNode bill =
        books.made(
            "Bill", bill("A", line("10"), line("5").replace("'ItemRef':{'value':'1'},", "")));
    assertThat(bill.get("TotalAmt").decimalValue()).isEqualByComparingTo("10");
    assertThat(bill.at("/Line/1/DetailType").textValue()).isEqualTo("DescriptionOnly");
    assertThat(bill.at("/Line/1").has("Amount")).isFalse();
  }

  @Test
  void aFullUpdateEmptiesWhatIsOmittedAndLinesAreKnownByTheirId() {
    ObjectNode bill =
        (ObjectNode)
            books.made(
                "Bill",
                bill("A", line("10"), line("20"))
                    .replace("'DocNumber'", "'PrivateNote':'keep me','DocNumber'"));
    ObjectNode changed = bill.deepCopy();
    changed.remove("PrivateNote");
    ((com.fasterxml.jackson.databind.node.ArrayNode) changed.get("Line")).remove(0);
    ((com.fasterxml.jackson.databind.node.ArrayNode) changed.get("Line"))
        .add(((ObjectNode) bill.at("/Line/0").deepCopy()).put("Id", "77").put("Amount", 5));
    JsonNode after = books.made("Bill", changed.toString());
    assertThat(after.has("PrivateNote")).isFalse();
    assertThat(after.get("TotalAmt").decimalValue()).isEqualByComparingTo("25");
    assertThat(after.at("/Line/0/Id").textValue()).isEqualTo("2");
    assertThat(after.at("/Line/1/Id").textValue()).isEqualTo("3");
    assertThat(after.get("SyncToken").textValue()).isEqualTo("1");
    assertThat(fault(books.post("/bill", changed.toString()))).startsWith("5010");
  }

  @Test
  void aSparseUpdateChangesWhatIsSentButNeverLines() {
    JsonNode bill = books.made("Bill", bill("A", line("10")));
    String head = "{'Id':'" + bill.get("Id").textValue() + "','SyncToken':'0','sparse':true,";
    assertThat(fault(books.post("/bill", head + "'Line':[" + line("1") + "]}")))
        .startsWith("2020")
        .contains("Line");
    JsonNode after = books.made("Bill", head + "'PrivateNote':'seen'}");
    assertThat(after.get("DocNumber").textValue()).isEqualTo("A");
    assertThat(after.get("PrivateNote").textValue()).isEqualTo("seen");
    assertThat(after.get("Line")).hasSize(1);
    assertThat(
            fault(books.post("/bill", head.replace("'SyncToken':'0',", "") + "'PrivateNote':''}")))
        .startsWith("2020")
        .contains("SyncToken");
  }

  @Test
  void aDeletedBillIsGone() {
    JsonNode bill = books.made("Bill", bill("A", line("10")));
    String body = "{'Id':'" + bill.get("Id").textValue() + "','SyncToken':'0'}";
    JsonNode gone = books.post("/bill?operation=delete", body).json().get("Bill");
    assertThat(gone.get("status").textValue()).isEqualTo("Deleted");
    assertThat(fault(books.get("/bill/" + bill.get("Id").textValue()))).startsWith("610");
    assertThat(books.found("select * from Bill").isEmpty()).isTrue();
    assertThat(books.post("/bill", bill("A", line("1"))).status()).isEqualTo(200);
  }

  @Test
  void outsideTheUnitedStatesTaxAndCurrencyAreRequired() {
    books.signIn("maple", "syrup");
    String line =
        "{'DetailType':'AccountBasedExpenseLineDetail','Amount':100.10,"
            + "'AccountBasedExpenseLineDetail':{'AccountRef':{'value':'5'},'TaxCodeRef':{'value':'9'}}}";
    String whole =
        bill("A", line)
            .replace(
                "'DocNumber'",
                "'GlobalTaxCalculation':'TaxExcluded','CurrencyRef':{'value':'CAD'},'DocNumber'");
    assertThat(refused(whole.replace("'GlobalTaxCalculation':'TaxExcluded',", "")))
        .startsWith("2020")
        .contains("GlobalTaxCalculation");
    assertThat(refused(whole.replace("'CurrencyRef':{'value':'CAD'},", "")))
        .startsWith("2020")
        .contains("CurrencyRef");
    assertThat(refused(whole.replace(",'TaxCodeRef':{'value':'9'}", ""))).contains("TaxCodeRef");
    assertThat(refused(whole.replace("CAD", "USD"))).contains("currency");
    JsonNode bill = books.made("Bill", whole);
    assertThat(bill.at("/TxnTaxDetail/TotalTax").decimalValue()).isEqualByComparingTo("5.01");
    assertThat(bill.get("TotalAmt").decimalValue()).isEqualByComparingTo("105.11");
  }

  @Test
  void withoutAcceptTheAnswerIsXmlAndOtherContentIsRefused() {
    Http.Reply plain =
        Http.send(
            "GET",
            books.url + "/v3/company/" + books.realm + "/preferences",
            null,
            "Authorization",
            "Bearer " + books.token);
    assertThat(plain.text()).startsWith("<?xml");
    assertThat(plain.header("intuit_tid")).isNotBlank();
  }
}
