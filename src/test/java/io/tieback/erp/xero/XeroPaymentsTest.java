package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.construction.BillPayment;
import io.tieback.construction.Money;
import io.tieback.erp.PaymentReading;
import io.tieback.erp.xero.ScriptedXero.Asked;
import io.tieback.erp.xero.ScriptedXero.Reply;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class XeroPaymentsTest {

  private static final String PAYMENTS = "/api.xro/2.0/Payments";
  private static final String INVOICES = "/api.xro/2.0/Invoices";
  private static final String ACCOUNTS = "/api.xro/2.0/Accounts";

  private String payments = "";
  private String bills = "";
  private final ScriptedXero xero = new ScriptedXero(this::answer);

  @AfterEach
  void stop() {
    xero.close();
  }

  @Test
  void nothingNewTakesOneCallForEachList() {
    PaymentReading first = xero.adapter().readPayments(null);
    assertThat(first.calls()).isEqualTo(2);
    assertThat(xero.asked()).extracting(Asked::path).containsExactly(PAYMENTS, INVOICES);
    assertThat(xero.asked()).noneMatch(a -> a.headers().containsKey("if-modified-since"));
    assertThat(xero.asked().get(0).query())
        .containsEntry("where", "PaymentType==\"ACCPAYPAYMENT\"");
    xero.adapter().readPayments(first.nextCursor());
    assertThat(xero.asked().subList(2, 4))
        .allSatisfy(
            a ->
                assertThat(a.headers()).containsEntry("if-modified-since", "2026-11-22T09:55:00Z"));
  }

  @Test
  void readsAPaymentAsTheBookkeeperMadeIt() {
    payments =
        payment(
            "p1",
            "12.30",
            "'Account':{'AccountID':'a-card'},'BatchPayment':{'BatchPaymentID':'b1','TotalAmount':'50.00'},'Reference':'1042',");
    BillPayment payment = xero.adapter().readPayments(null).payments().get(0);
    assertThat(payment)
        .isEqualTo(
            new BillPayment(
                "p1",
                "bill-1",
                Money.of("12.30"),
                LocalDate.of(2026, 11, 30),
                BillPayment.Method.CREDIT_CARD,
                "1042",
                "b1",
                false,
                Instant.parse("2026-11-22T09:59:59.123Z")));
    assertThat(xero.asked(("GET"), ACCOUNTS)).hasSize(1);
  }

  @Test
  void theAccountTellsTheMethodAndTheAccountsAreAskedForOnce() {
    payments =
        payment("p1", "1.00", "'Account':{'AccountID':'a-bank'},")
            + ","
            + payment("p2", "2.00", "'Account':{'Code':'092'},")
            + ","
            + payment("p3", "3.00", "'Account':{'AccountID':'a-clearing'},")
            + ","
            + payment("p4", "4.00", "");
    PaymentReading reading = xero.adapter().readPayments(null);
    assertThat(reading.payments())
        .extracting(BillPayment::method)
        .containsExactly(BillPayment.Method.CHECK, BillPayment.Method.ELECTRONIC, null, null);
    assertThat(reading.calls()).isEqualTo(3);
  }

  @Test
  void aDayIsTheDayInUtcWhateverTheMachinesZone() {
    java.util.TimeZone before = java.util.TimeZone.getDefault();
    try {
      java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("America/Los_Angeles"));
      payments = payment("p1", "1.00", "");
      assertThat(xero.adapter().readPayments(null).payments().get(0).date())
          .isEqualTo(LocalDate.of(2026, 11, 30));
    } finally {
      java.util.TimeZone.setDefault(before);
    }
  }

  @Test
  void refundsAndSalesAreNotPaymentsOfBills() {
    payments = payment("p1", "1.00", "").replace("ACCPAYPAYMENT", "APCREDITPAYMENT");
    bills = bill("i1", "10.00", "ACCREC");
    PaymentReading reading = xero.adapter().readPayments(null);
    assertThat(reading.payments()).isEmpty();
    assertThat(reading.bills()).isEmpty();
    assertThat(reading.calls()).isEqualTo(2);
  }

  @Test
  void aBillShowsItsLivingPaymentsAndWhatIsOpen() {
    bills = bill("i1", "10.00", "ACCPAY");
    PaymentReading.BillState state = xero.adapter().readPayments(null).bills().get(0);
    assertThat(state)
        .isEqualTo(
            new PaymentReading.BillState(
                "i1",
                "AUTHORISED",
                Money.of("10.00"),
                Money.of("4.00"),
                Money.of("1.00"),
                Money.of("5.00"),
                Set.of("p1")));
  }

  @Test
  void anAmountFinerThanCentsIsNeverRounded() {
    payments = payment("p1", "1.005", "");
    assertThatThrownBy(() -> xero.adapter().readPayments(null))
        .hasMessageContaining("Amount of payment p1")
        .hasMessageContaining("1.005");
  }

  @Test
  void refusesACursorThatIsNotItsOwn() {
    assertThatThrownBy(() -> xero.adapter().readPayments("yesterday"))
        .hasMessageContaining("yesterday")
        .hasMessageContaining("remove it");
    assertThatThrownBy(() -> xero.adapter().readPayments("{}")).hasMessageContaining("cursor");
  }

  @Test
  void losesNoPaymentThatMovesToTheEndWhilePagesAreRead() {
    MovingList list = new MovingList(5);
    xero.script(asked -> asked.path().equals(PAYMENTS) ? list.answer(asked) : answer(asked));
    PaymentReading reading = xero.adapter().readPayments(null);
    assertThat(reading.payments())
        .extracting(BillPayment::erpPaymentId)
        .containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
    assertThat(reading.payments())
        .filteredOn(p -> p.erpPaymentId().equals("p0"))
        .allMatch(BillPayment::deleted);
  }

  /**
   * A list of two a page, in the order of changes; after the first page its first record is
   * deleted, and so moves to the end.
   */
  private static final class MovingList {
    private final TreeMap<Long, String> byChange = new TreeMap<>();

    MovingList(int size) {
      for (int i = 0; i < size; i++) {
        byChange.put(
            time(i),
            payment("p" + i, "1.00", "")
                .replace("/Date(1795341599123+0000)/", "/Date(" + time(i) + "+0000)/"));
      }
    }

    private static long time(int second) {
      return 1795341000000L + second * 1000L;
    }

    Reply answer(Asked asked) {
      String from = asked.headers().get("if-modified-since");
      List<String> fitting =
          new ArrayList<>(
              from == null
                  ? byChange.values()
                  : byChange.tailMap(Instant.parse(from).toEpochMilli()).values());
      int page = Integer.parseInt(asked.query().get("page"));
      int pages = (fitting.size() + 1) / 2;
      List<String> shown =
          fitting.subList(
              Math.min(fitting.size(), 2 * page - 2), Math.min(fitting.size(), 2 * page));
      Reply reply = envelope("Payments", String.join(",", shown), pages);
      if (byChange.containsKey(time(0))) {
        String moved =
            byChange
                .remove(time(0))
                .replace("AUTHORISED", "DELETED")
                .replace(String.valueOf(time(0)), String.valueOf(time(60)));
        byChange.put(time(60), moved);
      }
      return reply;
    }
  }

  private Reply answer(Asked asked) {
    return switch (asked.path()) {
      case PAYMENTS -> envelope("Payments", payments, 1);
      case INVOICES -> envelope("Invoices", bills, 1);
      case ACCOUNTS ->
          envelope(
              "Accounts",
              "{'AccountID':'a-bank','Code':'090','BankAccountType':'BANK'},{'AccountID':'a-card','Code':'091','BankAccountType':'CREDITCARD'},"
                  + "{'AccountID':'a-pal','Code':'092','BankAccountType':'PAYPAL'},{'AccountID':'a-clearing','Code':'850','BankAccountType':''}",
              1);
      default -> Reply.of(404, "");
    };
  }

  private static Reply envelope(String list, String records, int pages) {
    return Reply.json(
        ("{'Id':'x','DateTimeUTC':'\\/Date(1795341600000)\\/','"
                + list
                + "':["
                + records
                + "],'pagination':{'page':1,'pageSize':1000,'pageCount':"
                + pages
                + "}}")
            .replace('\'', '"'));
  }

  private static String payment(String id, String amount, String more) {
    return "{'PaymentID':'"
        + id
        + "','PaymentType':'ACCPAYPAYMENT','Status':'AUTHORISED','Date':'/Date(1795996800000+0000)/',"
        + more
        + "'Amount':"
        + amount
        + ",'UpdatedDateUTC':'/Date(1795341599123+0000)/','Invoice':{'InvoiceID':'bill-1','Type':'ACCPAY'}}";
  }

  private static String bill(String id, String total, String type) {
    return "{'InvoiceID':'"
        + id
        + "','Type':'"
        + type
        + "','Status':'AUTHORISED','Total':"
        + total
        + ",'AmountPaid':4,'AmountCredited':1.0,'AmountDue':5.00,'UpdatedDateUTC':'/Date(1795341599123+0000)/',"
        + "'Payments':[{'PaymentID':'p1','Amount':4},{'PaymentID':'p2','Amount':3,'Status':'DELETED'}]}";
  }
}
