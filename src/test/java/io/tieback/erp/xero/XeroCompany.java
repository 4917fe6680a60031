package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Bill;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.JobCost;
import io.tieback.construction.Money;
import io.tieback.erp.BillFixtures;
import io.tieback.erp.ErpAdapter;
import io.tieback.erp.ErpUnderTest;
import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.erp.RealHttp;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A contractor in the Xero stand-in, signed in to over real HTTP. JSON is written with single
 * quotes.
 */
final class XeroCompany implements ErpUnderTest {

  static final String TENANT = "11111111-1111-4111-8111-111111111111";
  static final String SUPPLIER = "33333333-3333-4333-8333-333333333333";
  static final String ARCHIVED_SUPPLIER = "44444444-4444-4444-8444-444444444444";
  static final String NO_SUPPLIER = "99999999-9999-4999-8999-999999999999";
  static final String PROJECTS = "55555555-5555-4555-8555-555555555555";
  static final String TOWER = "66666666-6666-4666-8666-666666666666";
  static final URI BACK = URI.create("http://localhost:8089/callback");

  private static final Duration LATE = Duration.ofMillis(700);
  private static Sandbox sandbox;

  final MemoryVault vault = new MemoryVault();
  final OpenBudget budget = new OpenBudget();
  final MovedClock clock = new MovedClock();
  final XeroConnection connection;
  final XeroSignIn signIn;
  private final Http http = RealHttp.judged();
  private final XeroAdapter adapter;

  /** A fresh contractor; consent is given and the sign-in complete. */
  XeroCompany() {
    this(XeroConnection.Bills.standard(PROJECTS, null, "815"));
  }

  XeroCompany(XeroConnection.Bills bills) {
    control("POST", "reset", "{}");
    control(
        "POST",
        "seed",
        "{'apps':[{'clientId':'web','clientSecret':'ws','grant':'authorization_code','tenantId':'"
            + TENANT
            + "','redirectUris':['"
            + BACK
            + "']}],"
            + "'organisations':[{'tenantId':'"
            + TENANT
            + "','name':'Harbour Builders','baseCurrency':'USD','countryCode':'US',"
            + "'timezone':'EASTERNSTANDARDTIME','periodLockDate':'2025-12-31',"
            + "'taxRates':[{'taxType':'INPUT2','name':'GST','effectiveRate':15,'classes':['ASSET','EQUITY','EXPENSE','LIABILITY','REVENUE']},"
            + "{'taxType':'OLD','name':'Old','effectiveRate':12.5,'status':'ARCHIVED','classes':['EXPENSE']}],'accounts':["
            + "{'code':'090','name':'Checking','type':'BANK'},{'code':'091','name':'Card','type':'BANK','bankAccountType':'CREDITCARD'},{'code':'500','name':'Subcontract"
            + " cost','type':'DIRECTCOSTS'},{'code':'815','name':'Retainage"
            + " payable','type':'CURRLIAB'},{'code':'816','name':'Long-term"
            + " retainage','type':'TERMLIAB'},{'code':'800','name':'Accounts"
            + " payable','type':'CURRLIAB','systemAccount':'CREDITORS'},"
            + "{'code':'499','name':'Old','type':'EXPENSE','status':'ARCHIVED'}],"
            + "'contacts':[{'contactId':'"
            + SUPPLIER
            + "','name':'Ironworks"
            + " Ltd','paymentTerms':{'Bills':{'Day':20,'Type':'OFFOLLOWINGMONTH'}}},{'contactId':'"
            + ARCHIVED_SUPPLIER
            + "','name':'Gone"
            + " Ltd','status':'ARCHIVED'}],'items':[{'code':'03-110.S','name':'Formwork','purchaseAccountCode':'500'},{'code':'03-110.M','name':'Formwork"
            + " material'}],'trackingCategories':[{'trackingCategoryId':'"
            + PROJECTS
            + "','name':'Project','options':[{'trackingOptionId':'"
            + TOWER
            + "','name':'Harbour Tower'}]}]}]}");
    control("PATCH", "settings", "{'callsPerMinute':0}");
    connection =
        XeroConnection.of(
            new ConnectionId("harbour"),
            XeroConnection.Addresses.at(url()),
            new XeroConnection.SignIn(
                "web",
                "ws",
                XeroConnection.Grant.AUTHORIZATION_CODE,
                BACK,
                XeroConnection.SignIn.GRANULAR_SCOPES,
                null),
            bills);
    signIn = new XeroSignIn(connection, http, vault, clock);
    signIn.complete(consent());
    adapter = new XeroAdapter(connection, signIn, http, budget, clock);
    control("DELETE", "requests", null);
  }

  /** Consents as the user in the browser and gives the code that comes back. */
  String consent() {
    HttpAnswer answer =
        http.send(
            new HttpCall("GET", signIn.authorizeUrl("s1"), Map.of(), null, Duration.ofSeconds(10)));
    assertThat(answer.status()).isEqualTo(302);
    Map<String, String> back =
        ScriptedXero.form(URI.create(answer.header("location").orElseThrow()).getRawQuery());
    assertThat(back).containsEntry("state", "s1");
    return back.get("code");
  }

  @Override
  public ErpAdapter adapter() {
    return adapter;
  }

  @Override
  public Bill good(long requisition) {
    return bill(requisition, SUPPLIER);
  }

  @Override
  public Bill bad(long requisition) {
    return bill(requisition, ARCHIVED_SUPPLIER);
  }

  @Override
  public Bill poison(long requisition) {
    return bill(requisition, NO_SUPPLIER);
  }

  private static Bill bill(long requisition, String supplier) {
    return BillFixtures.bill(
        requisition,
        supplier,
        BillFixtures.work("Formwork L1", "1000.10", "03-110.S", null, TOWER),
        BillFixtures.units("Formwork material", "12.5", "3.3333", "03-110.M", "500", TOWER),
        BillFixtures.held("-104.18", "815", TOWER));
  }

  @Override
  public void comeBy() {}

  @Override
  public void nextWrite(Mishap mishap) {
    String effect =
        switch (mishap) {
          case THROTTLED ->
              "{'answer':{'status':429,'headers':{'X-Rate-Limit-Problem':'minute','Retry-After':'26'}}}";
          case DROPPED_BEFORE_WRITING -> "{'drop':'before'}";
          case DROPPED_AFTER_WRITING -> "{'drop':'after'}";
          case WRITTEN_LATE -> "{'lateCommit':{'delayMillis':" + LATE.toMillis() + "}}";
          case ANSWERED_UNREADABLY -> "{'malformed':true}";
        };
    fault(effect);
  }

  /** An effect on the next write of bills. */
  void fault(String effect) {
    control(
        "POST",
        "faults",
        "{'match':{'method':'PUT','path':'/api.xro/2.0/Invoices'},'effect':" + effect + "}");
  }

  @Override
  public void awaitLateWriting() {
    await().atMost(Duration.ofSeconds(10)).until(() -> !books().isEmpty());
  }

  @Override
  public int writes() {
    return requests("PUT /api.xro/2.0/Invoices");
  }

  /** Requests of one operation since the sign-in. */
  int requests(String operation) {
    return control("GET", "requests/summary", null)
        .path("byOperation")
        .path(operation)
        .path("count")
        .asInt(0);
  }

  /** All requests since the sign-in. */
  int requests() {
    return control("GET", "requests/summary", null).path("total").asInt(-1);
  }

  @Override
  public List<Booked> books() {
    List<Booked> booked = new ArrayList<>();
    for (JsonNode bill : control("GET", "books?tenantId=" + TENANT, null).path("bills")) {
      booked.add(
          new Booked(
              bill.path("url").textValue(),
              bill.path("invoiceId").textValue(),
              new Money(bill.path("total").decimalValue())));
    }
    return booked;
  }

  @Override
  public Set<String> pay(Map<String, Money> amounts, boolean asOne) {
    return pay(amounts, asOne, "090");
  }

  Set<String> pay(Map<String, Money> amounts, boolean asOne, String account) {
    List<String> parts = new ArrayList<>();
    amounts.forEach(
        (bill, amount) -> parts.add("{'invoiceId':'" + bill + "','amount':" + amount + "}"));
    JsonNode answer =
        control(
            "POST",
            "pay",
            "{'tenantId':'"
                + TENANT
                + "','invoices':["
                + String.join(",", parts)
                + "],'accountCode':'"
                + account
                + "','date':'"
                + BillFixtures.DUE_DATE
                + "','reference':'check 1042','batch':"
                + asOne
                + "}");
    Set<String> ids = new HashSet<>();
    answer.path("payments").forEach(payment -> ids.add(payment.path("paymentId").textValue()));
    return ids;
  }

  @Override
  public void deletePayment(String paymentId) {
    control("POST", "payments/" + paymentId + "/delete", "{}");
  }

  @Override
  public String enterCost(
      String id, JobCost.Kind kind, JobCost.Status status, List<Money> amounts) {
    String word =
        switch (status) {
          case DRAFT -> "DRAFT";
          case APPROVED -> "AUTHORISED";
          case GONE -> kind == JobCost.Kind.SPEND ? "DELETED" : "VOIDED";
        };
    List<String> lines =
        amounts.stream()
            .map(
                amount ->
                    "{'Description':'Lumber','Quantity':1,'UnitAmount':"
                        + amount
                        + ",'AccountCode':'500','ItemCode':'03-110.S','Tracking':[{'TrackingCategoryID':'"
                        + PROJECTS
                        + "','TrackingOptionID':'"
                        + TOWER
                        + "'}]}")
            .toList();
    return control(
            "POST",
            "costs",
            "{'tenantId':'"
                + TENANT
                + "','kind':'"
                + kind.key()
                + "','status':'"
                + word
                + "','contactId':'"
                + SUPPLIER
                + "','number':'N-1','date':'"
                + BillFixtures.DUE_DATE
                + "','accountCode':'090'"
                + (id == null ? "" : ",'id':'" + id + "'")
                + ",'lines':["
                + String.join(",", lines)
                + "]}")
        .path("id")
        .textValue();
  }

  @Override
  public String enterByHand(String number, String account, Money amount) {
    return invoices(
            "PUT",
            "",
            "{'Invoices':[{'Type':'ACCPAY','Status':'AUTHORISED','LineAmountTypes':'NoTax','InvoiceNumber':'"
                + number
                + "','Contact':{'ContactID':'"
                + SUPPLIER
                + "'},'Date':'"
                + BillFixtures.BILL_DATE
                + "','DueDate':'"
                + BillFixtures.DUE_DATE
                + "','LineItems':[{'Description':'by hand','Quantity':1,'UnitAmount':"
                + amount
                + ",'AccountCode':'"
                + account
                + "'}]}]}")
        .path("InvoiceID")
        .textValue();
  }

  @Override
  public void voidBill(String billId) {
    invoices("POST", "/" + billId, "{'Status':'VOIDED'}");
  }

  /** A call of somebody with the same rights. Gives the bill of the answer. */
  private JsonNode invoices(String method, String path, String body) {
    HttpAnswer answer =
        RealHttp.client()
            .send(
                new HttpCall(
                    method,
                    URI.create(url() + "/api.xro/2.0/Invoices" + path),
                    Map.of(
                        "Content-Type",
                        "application/json",
                        "Accept",
                        "application/json",
                        "xero-tenant-id",
                        TENANT,
                        "Authorization",
                        "Bearer " + signIn.access().accessToken()),
                    body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                    Duration.ofSeconds(20)));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return Json.read(answer.text()).path("Invoices").path(0);
  }

  /** Both clocks: the stand-in's and ours. */
  @Override
  public void letPass(Duration time) {
    control("POST", "clock", "{'advanceSeconds':" + time.toSeconds() + "}");
    clock.offset = clock.offset.plus(time);
  }

  @Override
  public void close() {
    assertThat(budget.open()).as("leaves not given back").isZero();
    control("DELETE", "faults", null);
  }

  JsonNode control(String method, String path, String body) {
    byte[] bytes = body == null ? null : body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers =
        bytes == null ? Map.of() : Map.of("Content-Type", "application/json");
    HttpAnswer answer =
        RealHttp.client()
            .send(
                new HttpCall(
                    method,
                    URI.create(url() + "/_sandbox/" + path),
                    headers,
                    bytes,
                    Duration.ofSeconds(20)));
    assertThat(answer.status()).as(method + " " + path + ": " + answer.text()).isEqualTo(200);
    try {
      return Json.read(answer.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized String url() {
    if (sandbox == null) {
      sandbox = Sandbox.start(SandboxOptions.anywhere());
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
    }
    return sandbox.xeroUrl();
  }

  /** Real time and what a test lets pass. */
  static final class MovedClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    void set(Duration ahead) {
      offset = ahead;
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }

    @Override
    public java.time.ZoneId getZone() {
      return java.time.ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
