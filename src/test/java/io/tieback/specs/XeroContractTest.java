package io.tieback.specs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.wire.HttpCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The judge is judged: it must object to what is known to be bad, else it proves nothing. */
@XeroContract.Needed
class XeroContractTest {

  private static final String GOOD =
      """
      {"Invoices":[{"Type":"ACCPAY","Contact":{"ContactID":"11111111-2222-4333-8444-555555555555"},"InvoiceNumber":"7","Date":"2026-03-31",
       "LineAmountTypes":"NoTax","Status":"AUTHORISED","Url":"https://app.procore.com/1?tieback=a.requisition.1",
       "LineItems":[{"Description":"Work","Quantity":1,"UnitAmount":10.0000,"LineAmount":10.00,"AccountCode":"500",
         "Tracking":[{"TrackingCategoryID":"11111111-2222-4333-8444-555555555555","TrackingOptionID":"11111111-2222-4333-8444-555555555556"}]}]}]}\
      """;

  @Test
  void takesAGoodBill() {
    assertThat(objections(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"ACCPAY\"|\"BILL\"",
        "\"AUTHORISED\"|\"APPROVED\"",
        "\"NoTax\"|\"Notax\"",
        "\"UnitAmount\":10.0000|\"UnitAmount\":\"10.0000\"",
        "\"Quantity\":1|\"Quanity\":1",
        "\"LineItems\"|\"lineItems\"",
        "\"Url\"|\"URL\"",
        "\"ContactID\":\"11111111-2222-4333-8444-555555555555\"|\"ContactID\":\"ACME\"",
        "\"TrackingOptionID\"|\"TrackingOptionId\"",
        "\"Invoices\"|\"Bills\""
      })
  void objectsToABadBill(String good, String bad) {
    assertThat(GOOD).contains(good);
    assertThat(objections(GOOD.replace(good, bad))).isNotEmpty();
  }

  @Test
  void objectsToANumberThatIsTooLong() {
    assertThat(
            objections(
                GOOD.replace(
                    "\"InvoiceNumber\":\"7\"", "\"InvoiceNumber\":\"" + "7".repeat(256) + "\"")))
        .isNotEmpty();
  }

  @Test
  void objectsToUnknownQueriesMissingTenantsAndTimesWithoutZone() {
    Map<String, String> good = Map.of("xero-tenant-id", "t", "Accept", "application/json");
    String list = "https://api.xero.com/api.xro/2.0/Invoices?page=1";
    assertThat(judge("GET", list, good)).isEmpty();
    assertThat(judge("GET", list + "&url=x", good)).anyMatch(o -> o.contains("url"));
    assertThat(judge("GET", list.replace("=1", "=one"), good)).anyMatch(o -> o.contains("page"));
    assertThat(judge("GET", list, Map.of("Accept", "application/json")))
        .anyMatch(o -> o.contains("xero-tenant-id"));
    assertThat(judge("GET", list, Map.of("xero-tenant-id", "t")))
        .anyMatch(o -> o.contains("Accept"));
    assertThat(
            judge(
                "GET",
                list,
                Map.of(
                    "xero-tenant-id",
                    "t",
                    "Accept",
                    "application/json",
                    "If-Modified-Since",
                    "2026-01-31T10:00:00")))
        .anyMatch(o -> o.contains("RFC 3339"));
    assertThat(judge("PATCH", list, good)).anyMatch(o -> o.contains("not in the contract"));
  }

  private static List<String> judge(String method, String uri, Map<String, String> headers) {
    return XeroContract.load()
        .objections(new HttpCall(method, URI.create(uri), headers, null, Duration.ofSeconds(1)));
  }

  private static List<String> objections(String body) {
    return XeroContract.load()
        .objections("#/components/schemas/Invoices", body.getBytes(StandardCharsets.UTF_8));
  }
}
