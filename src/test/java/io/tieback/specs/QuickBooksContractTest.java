package io.tieback.specs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge is judged: it must object to what is known to be bad, else it proves nothing. */
@QuickBooksContract.Needed
class QuickBooksContractTest {

  private static final String GOOD =
      """
      {"VendorRef":{"value":"46"},"DocNumber":"SC-1","TxnDate":"2026-11-06","PrivateNote":"x","GlobalTaxCalculation":"TaxExcluded",
       "Line":[{"DetailType":"ItemBasedExpenseLineDetail","Amount":1000.00,"Description":"Framing",
         "ItemBasedExpenseLineDetail":{"ItemRef":{"value":"38"},"Qty":2,"UnitPrice":500.00,"CustomerRef":{"value":"3"},"BillableStatus":"NotBillable"}}]}\
      """;

  @Test
  void takesAGoodBill() {
    assertThat(objections(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"NotBillable\"|\"NotBilled\"",
        "\"TaxExcluded\"|\"Excluded\"",
        "\"VendorRef\"|\"VendorReference\"",
        "\"value\":\"46\"|\"id\":\"46\"",
        "{\"value\":\"46\"}|\"46\"",
        "2026-11-06|06.11.2026",
        "1000.00|\"1000.00\"",
        "\"Qty\"|\"Quantity\"",
        "\"Line\"|\"Lines\"",
        "\"DetailType\":\"ItemBasedExpenseLineDetail\"|\"DetailType\":\"Item\"",
        "\"PrivateNote\":\"x\"|\"PrivateNote\":[\"x\"]"
      })
  void objectsToABadBill(String good, String bad) {
    assertThat(GOOD).contains(good);
    assertThat(objections(GOOD.replace(good, bad))).isNotEmpty();
  }

  private static List<String> objections(String bill) {
    return QuickBooksContract.load().objections("Bill", Json.read(bill));
  }
}
