package io.tieback.erp.xero;

import static io.tieback.erp.BillFixtures.bill;
import static io.tieback.erp.BillFixtures.marker;
import static io.tieback.erp.BillFixtures.work;
import static io.tieback.erp.xero.ScriptedXero.CONTACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.Outcomes;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import io.tieback.wire.FailureKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding bills by their address, and never calling one absent that might be there. */
class XeroLookUpTest {

  private static final Instant SENT = Instant.parse("2026-11-22T09:57:30.900Z");

  private final List<String> books = new ArrayList<>();
  private Instant xerosTime = ScriptedXero.NOW;
  private final ScriptedXero xero = new ScriptedXero(this::list);
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void stop() {
    xero.close();
  }

  @Test
  void asksOnceForEverythingThatChangedSinceTheBatchLeft() {
    books.add(listed("a", marker(1), "AUTHORISED", "90.00", CONTACT));
    books.add(listed("b", marker(2), "AUTHORISED", "90.00", CONTACT));
    lookUp(1, 2);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1), marker(2));
    assertThat(outcomes.known().get(marker(1)).erpId()).isEqualTo("a");
    Asked list = xero.asked().get(0);
    assertThat(xero.asked()).hasSize(1);
    assertThat(list.headers()).containsEntry("if-modified-since", "2026-11-22T09:47:30Z");
    assertThat(list.query())
        .containsEntry("where", "Type==\"ACCPAY\"")
        .containsEntry("pageSize", "1000")
        .containsEntry("page", "1")
        .doesNotContainKey("createdByMyApp");
  }

  @Test
  void aBillWithTheSameNumberOfAnotherSupplierOrAmountOrRecordIsNotOurs() {
    books.add(listed("a", null, "AUTHORISED", "90.00", ScriptedXero.TENANT));
    books.add(listed("b", null, "AUTHORISED", "90.01", CONTACT));
    books.add(listed("c", marker(8), "AUTHORISED", "90.00", CONTACT));
    books.add(listed("d", null, "VOIDED", "90.00", CONTACT));
    lookUp(1);
    assertThat(outcomes.order()).containsExactly("absent");
  }

  @Test
  void aBillLikeOursWithoutOurAddressIsNeverCalledAbsentAndHoldsUpNoOther() {
    books.add(listed("typed", null, "AUTHORISED", "90.00", CONTACT));
    books.add(listed("b", marker(2), "AUTHORISED", "90.00", CONTACT));
    lookUp(1, 2, 3);
    assertThat(outcomes.known()).containsOnlyKeys(marker(2));
    assertThat(outcomes.absent()).containsExactly(marker(3));
    assertThat(outcomes.undetermined()).isEmpty();
    assertThat(outcomes.doubtful()).containsOnlyKeys(marker(1));
    assertThat(outcomes.doubtful().get(marker(1)))
        .hasMessageContaining("SC-1")
        .hasMessageContaining("typed")
        .hasMessageContaining("90.00");
    assertThat(outcomes.doubtful().get(marker(1)).remedy())
        .contains("void it")
        .contains("another number")
        .contains(marker(1))
        .contains("replay");
  }

  @Test
  void anAddressThatXeroRewroteIsNotTakenForAnotherRecord() {
    books.add(
        listed(
            "a",
            "https://app.procore.com:443/9/?tieback=harbour.requisition.1",
            "AUTHORISED",
            "90.00",
            CONTACT));
    lookUp(1);
    assertThat(outcomes.absent()).isEmpty();
    assertThat(outcomes.doubtful()).containsOnlyKeys(marker(1));
  }

  @Test
  void aVoidedBillWasWrittenAllTheSame() {
    books.add(listed("a", marker(1), "VOIDED", "90.00", CONTACT));
    lookUp(1);
    assertThat(outcomes.known().get(marker(1)).status()).isEqualTo("VOIDED");
    assertThat(outcomes.known().get(marker(1)).warnings())
        .anyMatch(w -> w.startsWith("DIFFERENCE: status"));
  }

  @Test
  void twoBillsWithOneAddressAreShownToSomebody() {
    books.add(listed("void", marker(1), "VOIDED", "90.00", CONTACT));
    books.add(listed("a", marker(1), "AUTHORISED", "90.00", CONTACT));
    books.add(listed("b", marker(1), "PAID", "90.00", CONTACT));
    lookUp(1);
    assertThat(outcomes.known().get(marker(1)).erpId()).isEqualTo("a");
    assertThat(outcomes.known().get(marker(1)).warnings())
        .singleElement()
        .asString()
        .contains("another bill")
        .contains("b (PAID)");
  }

  @Test
  void aClockOfOursThatIsAheadDoesNotHideABill() {
    xerosTime = ScriptedXero.NOW.minusSeconds(3600);
    lookUp(1);
    assertThat(xero.asked())
        .extracting(a -> a.headers().get("if-modified-since"))
        .containsExactly("2026-11-22T09:47:30Z", "2026-11-22T08:47:30Z");
    assertThat(outcomes.absent()).containsExactly(marker(1));
  }

  @Test
  void whenLookingFailsNothingIsSaidOfAnyBill() {
    for (Reply reply :
        List.of(
            Reply.of(500, ""),
            Reply.of(429, ""),
            Reply.dropped(),
            Reply.json("{\"Invoices\":[{\"InvoiceID\":\"a\""),
            Reply.json("{}"))) {
      Outcomes failed = new Outcomes();
      xero.script(asked -> reply);
      xero.adapter().lookUp(batch(1), failed);
      assertThat(failed.order()).as(reply.toString()).containsExactly("undetermined");
    }
  }

  @Test
  void aPersonsChangeOfTheBillIsKnownAndFlagged() {
    books.add(listed("a", marker(1), "AUTHORISED", "95.00", CONTACT));
    lookUp(1);
    assertThat(outcomes.known().get(marker(1)).warnings())
        .anyMatch(w -> w.equals("DIFFERENCE: total sent 90.00, in Xero 95.00"));
  }

  @Test
  void readsOnUntilAllAreFoundAndNoFurther() {
    xero.script(
        asked -> {
          String from = asked.headers().get("if-modified-since");
          return from.equals("2026-11-22T09:47:30Z")
              ? page(
                  3,
                  listed("x", marker(99), "AUTHORISED", "1.00", CONTACT),
                  listed("y", marker(98), "AUTHORISED", "1.00", CONTACT))
              : page(2, listed("a", marker(1), "AUTHORISED", "90.00", CONTACT));
        });
    lookUp(1);
    assertThat(outcomes.known()).containsOnlyKeys(marker(1));
    assertThat(xero.asked()).hasSize(2);
    assertThat(xero.asked().get(1).headers())
        .containsEntry("if-modified-since", "2026-11-22T09:57:31Z");
    assertThat(xero.asked().get(1).query()).containsEntry("page", "1");
  }

  @Test
  void failuresOfLookingKeepTheirKind() {
    xero.script(asked -> Reply.of(403, ""));
    lookUp(1);
    assertThat(outcomes.undetermined().get(0).kind()).isEqualTo(FailureKind.CREDENTIALS);
  }

  private void lookUp(long... requisitions) {
    xero.adapter().lookUp(batch(requisitions), outcomes);
  }

  private DeliveryBatch batch(long... requisitions) {
    XeroAdapter adapter = xero.adapter();
    List<ErpDocument> documents = new ArrayList<>();
    for (long requisition : requisitions) {
      documents.add(
          adapter.render(
              bill(requisition, CONTACT, work("Formwork", "90.00", "03-110.S", null, null))));
    }
    List<String> markers = documents.stream().map(ErpDocument::marker).toList();
    return new DeliveryBatch(UUID.randomUUID(), "key", adapter.batchBody(documents), markers, SENT);
  }

  private Reply list(Asked asked) {
    return page(1, books.toArray(String[]::new));
  }

  private Reply page(int pages, String... bills) {
    return Reply.json(
        "{\"DateTimeUTC\":\"/Date("
            + xerosTime.toEpochMilli()
            + ")/\",\"pagination\":{\"page\":1,\"pageCount\":"
            + pages
            + "},\"Invoices\":["
            + String.join(",", bills)
            + "]}");
  }

  private static String listed(String id, String url, String status, String total, String contact) {
    return "{\"Type\":\"ACCPAY\",\"InvoiceID\":\""
        + id
        + "\",\"InvoiceNumber\":\"SC-1\",\"Status\":\""
        + status
        + "\",\"Total\":"
        + total
        + ",\"Contact\":{\"ContactID\":\""
        + contact
        + "\"}"
        + (url == null ? "" : ",\"Url\":\"" + url + "\"")
        + ",\"UpdatedDateUTC\":\"/Date("
        + SENT.plusMillis(400).toEpochMilli()
        + "+0000)/\",\"LineItems\":[{\"LineItemID\":\"l\",\"Description\":\"Formwork\",\"LineAmount\":"
        + total
        + "}]}";
  }
}
