package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.AccountRules;
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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A contractor's company in the QuickBooks Online stand-in, reached over real HTTP, with its
 * adapter. Control calls are written with single quotes.
 */
final class QuickBooksCompany implements ErpUnderTest {

  static final String REALM = "9130350000000001";
  static final String VENDOR = "11";
  static final String INACTIVE_VENDOR = "12";
  static final String TOWER = "22";
  static final URI BACK = URI.create("http://localhost:8089/callback");

  private static final Duration LATE = Duration.ofMillis(700);
  private static final String BILLS = "/v3/company/" + REALM + "/bill";
  private static final Map<JobCost.Kind, String> ENTITIES =
      Map.of(
          JobCost.Kind.BILL, "Bill",
          JobCost.Kind.SPEND, "Purchase",
          JobCost.Kind.CREDIT, "VendorCredit",
          JobCost.Kind.JOURNAL, "JournalEntry");
  private static Sandbox sandbox;

  final MemoryVault vault = new MemoryVault();
  final OpenBudget budget = new OpenBudget();
  final MovedClock clock = new MovedClock();
  final QuickBooksConnection connection;
  final QuickBooksSignIn signIn;
  private final Http http = RealHttp.client();
  private final QuickBooksAdapter adapter;

  /** A fresh contractor in the US; consent is given and the sign-in complete. */
  QuickBooksCompany() {
    this(false);
  }

  /**
   * @param subCustomers whether plain sub-customers are projects
   */
  QuickBooksCompany(boolean subCustomers) {
    this(connection(subCustomers, null), "");
  }

  /**
   * @param more what else the company is and has, each part ended by a comma
   */
  private QuickBooksCompany(QuickBooksConnection connection, String more) {
    control("POST", "reset", "{}");
    control("POST", "seed", SEED.replace("'bookCloseDate'", more + "'bookCloseDate'"));
    control("PATCH", "settings", "{'callsPerMinute':0,'callsPerSecond':0}");
    this.connection = connection;
    signIn = new QuickBooksSignIn(connection, http, vault, clock);
    consent();
    adapter = new QuickBooksAdapter(connection, signIn, http, budget, clock);
    control("DELETE", "requests", null);
  }

  /** One in the US that writes otherwise. */
  static QuickBooksCompany with(QuickBooksStyle.Lines lines, boolean orderLinks) {
    return new QuickBooksCompany(connection(false, null, style(lines, false, orderLinks)), "");
  }

  /** One in Canada: code 5 bears 13 %, code 6 none, code 7 two taxes, code 8 a tax on a tax. */
  static QuickBooksCompany inCanada() {
    return new QuickBooksCompany(
        connection(false, null, style(QuickBooksStyle.Lines.ITEMS, true, false)),
        "'country':'CA','homeCurrency':'CAD','TaxRate':["
            + "{'Id':'1','Name':'HST','RateValue':13},{'Id':'2','Name':'None','RateValue':0},"
            + "{'Id':'3','Name':'GST','RateValue':5},{'Id':'4','Name':'QST','RateValue':9.975}],"
            + "'TaxCode':["
            + taxCode("5", "'TaxRateRef':{'value':'1'}")
            + ","
            + taxCode("6", "'TaxRateRef':{'value':'2'}")
            + ","
            + taxCode("7", "'TaxRateRef':{'value':'3'}},{'TaxRateRef':{'value':'4'}")
            + ","
            + taxCode(
                "8",
                "'TaxRateRef':{'value':'3'}},{'TaxRateRef':{'value':'4'},"
                    + "'TaxTypeApplicable':'TaxOnTax'")
            + "],");
  }

  private static String taxCode(String id, String rates) {
    return "{'Id':'"
        + id
        + "','Name':'Code "
        + id
        + "','PurchaseTaxRateList':{'TaxRateDetail':[{"
        + rates
        + "}]}}";
  }

  private static QuickBooksStyle style(
      QuickBooksStyle.Lines lines, boolean tax, boolean orderLinks) {
    return new QuickBooksStyle(
        lines, AccountRules.parse(List.of("*=500")), null, null, tax, "400", "500", orderLinks);
  }

  static QuickBooksConnection connection(boolean subCustomers, String realmId) {
    return connection(subCustomers, realmId, style(QuickBooksStyle.Lines.ITEMS, false, false));
  }

  private static QuickBooksConnection connection(
      boolean subCustomers, String realmId, QuickBooksStyle style) {
    return new QuickBooksConnection(
        new ConnectionId("harbour"),
        QuickBooksConnection.Addresses.at(url()),
        new QuickBooksConnection.SignIn("app", "secret", BACK, realmId),
        style,
        new QuickBooksConnection.Retainage("Retainage", "815"),
        QuickBooksConnection.Files.STANDARD,
        subCustomers,
        ZoneId.of("America/Los_Angeles"),
        QuickBooksConnection.PATIENCE);
  }

  private static final String SEED =
      "{'apps':[{'clientId':'app','clientSecret':'secret','redirectUris':['"
          + BACK
          + "'],'realmId':'"
          + REALM
          + "'}],'companies':[{'realmId':'"
          + REALM
          + "','name':'Harbour Builders','bookCloseDate':'2025-12-31','Account':["
          + "{'Id':'1','Name':'Accounts Payable','AccountType':'Accounts Payable'},"
          + "{'Id':'2','AcctNum':'090','Name':'Checking','AccountType':'Bank'},"
          + "{'Id':'3','AcctNum':'091','Name':'Card','AccountType':'Credit Card'},"
          + "{'Id':'4','AcctNum':'400','Name':'Sales','AccountType':'Income'},"
          + "{'Id':'5','AcctNum':'500','Name':'Job cost','AccountType':'Cost of Goods Sold'},"
          + "{'Id':'6','AcctNum':'815','Name':'Retainage payable','AccountType':'Other Current"
          + " Liability'},{'Id':'7','Name':'Old','AccountType':'Expense','Active':false}],"
          + "'Term':[{'Id':'3','Name':'Net 30','DueDays':30},"
          + "{'Id':'4','Name':'On the 20th','DayOfMonthDue':20,'DueNextMonthDays':5}],"
          + "'Vendor':[{'Id':'11','DisplayName':'Ironworks"
          + " Ltd','TermRef':{'value':'3'},'PrimaryPhone':{'FreeFormNumber':'555"
          + " 0100'},'PrimaryEmailAddr':{'Address':'office@ironworks.test'},'BillAddr':{'Line1':'1"
          + " Dock Rd','City':'Portland','PostalCode':'97201'}},"
          + "{'Id':'12','DisplayName':'Gone Ltd','Active':false},"
          + "{'Id':'13','DisplayName':'Glass Inc','TermRef':{'value':'4'}}],"
          + "'Customer':[{'Id':'21','DisplayName':'Port Authority'},"
          + "{'Id':'22','DisplayName':'Harbour"
          + " Tower','Job':true,'IsProject':true,'ParentRef':{'value':'21'}},"
          + "{'Id':'23','DisplayName':'Old shed','Job':true,'ParentRef':{'value':'21'}},"
          + "{'Id':'24','DisplayName':'Pier"
          + " 4','Job':true,'IsProject':true,'Active':false,'ParentRef':{'value':'21'}}],"
          + "'Item':["
          + item("1", "03-110.S", "5")
          + ","
          + item("2", "03-110.M", "5")
          + ","
          + item("3", "Retainage", "6")
          + "]}]}";

  private static String item(String id, String name, String account) {
    return "{'Id':'"
        + id
        + "','Name':'"
        + name
        + "','Type':'Service','IncomeAccountRef':{'value':'4'},'ExpenseAccountRef':{'value':'"
        + account
        + "'}}";
  }

  /** Consents as the user in the browser, and signs in with what comes back. */
  void consent() {
    HttpAnswer answer =
        http.send(
            new HttpCall("GET", signIn.authorizeUrl("s1"), Map.of(), null, Duration.ofSeconds(10)));
    assertThat(answer.status()).isEqualTo(302);
    String back = URI.create(answer.header("location").orElseThrow()).getRawQuery();
    assertThat(field(back, "state")).isEqualTo("s1");
    signIn.complete(field(back, "code"), field(back, "realmId"));
  }

  private static String field(String query, String name) {
    for (String pair : query.split("&")) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError(name + " did not come back");
  }

  QuickBooksCalls calls() {
    return new QuickBooksCalls(
        connection, signIn, http, budget, io.tieback.wire.CallBudget.Purpose.READING);
  }

  @Override
  public ErpAdapter adapter() {
    return adapter;
  }

  @Override
  public Bill good(long requisition) {
    return bill(requisition, VENDOR);
  }

  @Override
  public Bill bad(long requisition) {
    return bill(requisition, INACTIVE_VENDOR);
  }

  /** None can spoil others: QuickBooks takes one document a call. */
  @Override
  public Bill poison(long requisition) {
    throw new UnsupportedOperationException("one document a call");
  }

  private static Bill bill(long requisition, String vendor) {
    return BillFixtures.bill(
        requisition,
        vendor,
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
          case THROTTLED -> "{'answer':{'status':429}}";
          case DROPPED_BEFORE_WRITING -> "{'drop':'before'}";
          case DROPPED_AFTER_WRITING -> "{'drop':'after'}";
          case WRITTEN_LATE -> "{'lateCommit':{'delayMillis':" + LATE.toMillis() + "}}";
          case ANSWERED_UNREADABLY -> "{'malformed':true}";
        };
    fault("POST", BILLS, effect);
  }

  /** An effect on the next call of that kind. */
  void fault(String method, String path, String effect) {
    control(
        "POST",
        "faults",
        "{'match':{'method':'" + method + "','path':'" + path + "'},'effect':" + effect + "}");
  }

  @Override
  public void awaitLateWriting() {
    await().atMost(Duration.ofSeconds(10)).until(() -> !books().isEmpty());
  }

  @Override
  public int writes() {
    return requests("POST /bill");
  }

  /**
   * Requests of one operation since the sign-in.
   *
   * @param operation verb and path below the company; numbers in it are one operation
   */
  int requests(String operation) {
    int count = 0;
    for (var counted : control("GET", "requests/summary", null).path("byOperation").properties()) {
      if (counted.getKey().replaceFirst("/v3/company/[^/]+", "").equals(operation)) {
        count += counted.getValue().path("count").asInt();
      }
    }
    return count;
  }

  /** All requests since the sign-in. */
  int requests() {
    return control("GET", "requests/summary", null).path("total").asInt(-1);
  }

  @Override
  public List<Booked> books() {
    List<Booked> booked = new ArrayList<>();
    for (JsonNode bill : all("Bill")) {
      booked.add(
          new Booked(
              QuickBooksMarker.of(bill),
              bill.path("Id").textValue(),
              new Money(bill.path("TotalAmt").decimalValue())));
    }
    return booked;
  }

  /** Every object of an entity that is not deleted. */
  JsonNode all(String entity) {
    return control("GET", "books?realmId=" + REALM, null).path(entity);
  }

  @Override
  public Set<String> pay(Map<String, Money> amounts, boolean asOne) {
    Set<String> keys = new HashSet<>();
    if (asOne) {
      String payment = pay(amounts, "Check", "2");
      amounts.keySet().forEach(bill -> keys.add(payment + "|" + bill));
    } else {
      amounts.forEach(
          (bill, amount) -> keys.add(pay(Map.of(bill, amount), "Check", "2") + "|" + bill));
    }
    return keys;
  }

  /** One payment; gives its id. */
  String pay(Map<String, Money> amounts, String type, String account) {
    ObjectNode body = Json.object().put("realmId", REALM).put("payType", type);
    ArrayNode bills = body.putArray("bills");
    amounts.forEach(
        (bill, amount) -> bills.addObject().put("id", bill).put("amount", amount.amount()));
    body.put("accountId", account)
        .put("docNumber", "1042")
        .put("date", BillFixtures.DUE_DATE.toString());
    return control("POST", "pay", Json.write(body)).path("Id").textValue();
  }

  @Override
  public void deletePayment(String paymentId) {
    delete("BillPayment", paymentId.split("\\|", 2)[0]);
  }

  /** A bookkeeper voids a payment: it stays, with nothing on it. */
  void voidPayment(String id) {
    control("POST", "void", "{'realmId':'" + REALM + "','id':'" + id + "'}");
  }

  void delete(String entity, String id) {
    control(
        "POST",
        "delete",
        "{'realmId':'" + REALM + "','entity':'" + entity + "','id':'" + id + "'}");
  }

  @Override
  public boolean keepsDrafts() {
    return false;
  }

  @Override
  public String enterCost(
      String id, JobCost.Kind kind, JobCost.Status status, List<Money> amounts) {
    String entity = ENTITIES.get(kind);
    if (status == JobCost.Status.DRAFT) {
      throw new UnsupportedOperationException("QuickBooks Online keeps no drafts");
    }
    if (status == JobCost.Status.GONE) {
      delete(entity, id);
      return id;
    }
    ObjectNode object = kind == JobCost.Kind.JOURNAL ? journal(amounts) : purchase(kind, amounts);
    object.put("DocNumber", "N-1").put("TxnDate", BillFixtures.DUE_DATE.toString());
    return id == null ? enter(entity, object) : edit(entity, id, object);
  }

  private static ObjectNode purchase(JobCost.Kind kind, List<Money> amounts) {
    ObjectNode object = Json.object();
    if (kind == JobCost.Kind.SPEND) {
      object.put("PaymentType", "Check");
      QuickBooksJson.refer(object, "AccountRef", "2");
      object.putObject("EntityRef").put("value", VENDOR).put("type", "Vendor");
    } else {
      QuickBooksJson.refer(object, "VendorRef", VENDOR);
    }
    ArrayNode lines = object.putArray("Line");
    for (Money amount : amounts) {
      lines.add(line("Lumber", amount, "ItemRef", "1", TOWER));
    }
    return object;
  }

  private static ObjectNode line(
      String words, Money amount, String reference, String id, String project) {
    String detail =
        reference.equals("ItemRef")
            ? "ItemBasedExpenseLineDetail"
            : "AccountBasedExpenseLineDetail";
    ObjectNode line = Json.object().put("Description", words).put("Amount", amount.amount());
    ObjectNode inner = line.put("DetailType", detail).putObject(detail);
    QuickBooksJson.refer(inner, reference, id);
    QuickBooksJson.refer(inner, "CustomerRef", project);
    inner.put("BillableStatus", "NotBillable");
    return line;
  }

  /** Debits of the job against the bank; a journal names no item. */
  private static ObjectNode journal(List<Money> amounts) {
    ObjectNode object = Json.object();
    ArrayNode lines = object.putArray("Line");
    for (Money amount : amounts) {
      entry(lines.addObject(), amount, "Debit", "5")
          .putObject("Entity")
          .put("Type", "Customer")
          .putObject("EntityRef")
          .put("value", TOWER);
    }
    entry(lines.addObject(), Money.sum(amounts), "Credit", "2");
    return object;
  }

  private static ObjectNode entry(ObjectNode line, Money amount, String type, String account) {
    line.put("Description", "Lumber").put("Amount", amount.amount());
    ObjectNode detail =
        line.put("DetailType", "JournalEntryLineDetail").putObject("JournalEntryLineDetail");
    detail.put("PostingType", type);
    QuickBooksJson.refer(detail, "AccountRef", account);
    return detail;
  }

  @Override
  public String enterByHand(String number, String account, Money amount) {
    ObjectNode bill = Json.object().put("DocNumber", number);
    QuickBooksJson.refer(bill, "VendorRef", VENDOR);
    bill.put("TxnDate", BillFixtures.BILL_DATE.toString());
    String id = account.equals("815") ? "6" : "5";
    bill.putArray("Line").add(line("by hand", amount, "AccountRef", id, null));
    return enter("Bill", bill);
  }

  /** A bookkeeper enters anything; gives its id. */
  String enter(String entity, ObjectNode object) {
    ObjectNode body =
        Json.object().put("realmId", REALM).put("entity", entity).put("allowDuplicate", true);
    body.set("object", object);
    return control("POST", "enter", Json.write(body)).path("Id").textValue();
  }

  /** A bookkeeper changes anything; gives its id. */
  String edit(String entity, String id, ObjectNode changes) {
    ObjectNode body = Json.object().put("realmId", REALM).put("entity", entity).put("id", id);
    body.set("changes", changes);
    return control("POST", "edit", Json.write(body)).path("Id").textValue();
  }

  /** As the page of a bill does: every amount becomes 0 and the note says so. */
  @Override
  public void voidBill(String billId) {
    for (JsonNode bill : all("Bill")) {
      if (billId.equals(QuickBooksJson.id(bill))) {
        ObjectNode changes = Json.object();
        changes.put("PrivateNote", "Voided - " + bill.path("PrivateNote").asText());
        ArrayNode lines = changes.putArray("Line");
        for (JsonNode line : bill.path("Line")) {
          ObjectNode voided = line.deepCopy();
          ((ObjectNode) voided.path(line.path("DetailType").textValue()))
              .remove(List.of("Qty", "UnitPrice"));
          lines.add(voided.put("Amount", 0));
        }
        edit("Bill", billId, changes);
      }
    }
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

  static JsonNode control(String method, String path, String body) {
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
    return Json.read(answer.text());
  }

  static synchronized String url() {
    if (sandbox == null) {
      sandbox = Sandbox.start(SandboxOptions.anywhere());
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
    }
    return sandbox.quickBooksOnlineUrl();
  }

  /** Real time and what a test lets pass. */
  static final class MovedClock extends Clock {
    private volatile Duration offset = Duration.ZERO;

    @Override
    public Instant instant() {
      return Instant.now().plus(offset);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
