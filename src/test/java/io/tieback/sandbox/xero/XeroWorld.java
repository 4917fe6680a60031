package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.sandbox.kit.Http;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A seeded Xero stand-in and a client that is signed in. JSON in calls is written with single
 * quotes.
 */
final class XeroWorld implements AutoCloseable {
  static final String TENANT = "11111111-1111-4111-8111-111111111111";
  static final String OTHER_TENANT = "22222222-2222-4222-8222-222222222222";
  static final String VENDOR = "33333333-3333-4333-8333-333333333333";
  static final String ARCHIVED_VENDOR = "44444444-4444-4444-8444-444444444444";
  static final String PROJECTS = "55555555-5555-4555-8555-555555555555";
  static final String TOWER = "66666666-6666-4666-8666-666666666666";
  static final String REDIRECT = "http://localhost:8089/callback";
  static final String ALL_SCOPES =
      "accounting.invoices accounting.payments accounting.contacts accounting.settings"
          + " accounting.banktransactions accounting.reports.trialbalance.read";

  private final Sandbox sandbox = Sandbox.start(SandboxOptions.anywhere());
  final String url = sandbox.xeroUrl();
  String token;
  String tenant = TENANT;

  XeroWorld() {
    control(
        "POST",
        "seed",
        "{'apps':[{'clientId':'custom','clientSecret':'cs','grant':'client_credentials','tenantId':'"
            + TENANT
            + "'},"
            + "{'clientId':'web','clientSecret':'ws','grant':'authorization_code','redirectUris':['"
            + REDIRECT
            + "']}],"
            + "'organisations':[{'tenantId':'"
            + TENANT
            + "','name':'Harbour Builders','baseCurrency':'USD','countryCode':'US',"
            + "'timezone':'EASTERNSTANDARDTIME','periodLockDate':'2025-12-31','accounts':["
            + "{'code':'090','name':'Checking','type':'BANK'},{'code':'091','name':'Card','type':'BANK','bankAccountType':'CREDITCARD'},{'code':'500','name':'Subcontract"
            + " cost','type':'DIRECTCOSTS','taxType':'INPUT'},{'code':'815','name':'Retainage"
            + " payable','type':'CURRLIAB'},{'code':'800','name':'Accounts"
            + " payable','type':'CURRLIAB','systemAccount':'CREDITORS'},"
            + "{'code':'499','name':'Old','type':'EXPENSE','status':'ARCHIVED'}],'taxRates':[{'taxType':'INPUT','name':'Input"
            + " tax','effectiveRate':15,'classes':['EXPENSE']}],'contacts':[{'contactId':'"
            + VENDOR
            + "','name':'Ironworks Ltd','contactNumber':'V-1'},"
            + "{'contactId':'"
            + ARCHIVED_VENDOR
            + "','name':'Gone"
            + " Ltd','status':'ARCHIVED'}],'items':[{'code':'03-110.S','name':'Formwork'},{'code':'03-110.M','name':'Formwork"
            + " material','purchaseAccountCode':'500','purchaseDescription':'Formwork material'}],"
            + "'trackingCategories':[{'trackingCategoryId':'"
            + PROJECTS
            + "','name':'Project','options':[{'trackingOptionId':'"
            + TOWER
            + "','name':'Harbour Tower'}]}]},"
            + "{'tenantId':'"
            + OTHER_TENANT
            + "','name':'Second Ltd'}]}");
    control("PATCH", "settings", "{'callsPerMinute':0}");
    token = credentials(ALL_SCOPES).json().get("access_token").textValue();
  }

  JsonNode control(String method, String path, String body) {
    return Http.control(method, url + "/_sandbox/" + path, body);
  }

  void set(String json) {
    control("PATCH", "settings", json);
  }

  void advance(long seconds) {
    control("POST", "clock", "{'advanceSeconds':" + seconds + "}");
  }

  Http.Reply credentials(String scope) {
    return form("custom", "cs", "grant_type=client_credentials&scope=" + encoded(scope));
  }

  Http.Reply form(String id, String secret, String body) {
    return Http.send(
        "POST",
        url + "/connect/token",
        body,
        "Content-Type",
        "application/x-www-form-urlencoded",
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8)));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Calls the Accounting API with what a correct client sends, and further headers. */
  Http.Reply call(String method, String path, String body, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Authorization",
                "Bearer " + token,
                "xero-tenant-id",
                tenant,
                "Accept",
                "application/json"));
    if (body != null) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    all.addAll(List.of(headers));
    return Http.send(
        method,
        url + "/api.xro/2.0" + path,
        body == null ? null : body.replace('\'', '"'),
        all.toArray(String[]::new));
  }

  Http.Reply get(String path, String... headers) {
    return call("GET", path, null, headers);
  }

  /** A good bill of 900.00 in the shape of the reference, with further fields first. */
  static String bill(String number, String more) {
    return "{"
        + more
        + "'Type':'ACCPAY','Contact':{'ContactID':'"
        + VENDOR
        + "'},'InvoiceNumber':'"
        + number
        + "','Date':'2026-03-31',"
        + "'DueDate':'2026-04-30','LineAmountTypes':'NoTax','Status':'AUTHORISED','Url':'https://tieback.example/i/"
        + number
        + "','LineItems':[{'Description':'Formwork"
        + " L1','Quantity':1,'UnitAmount':1000.00,'ItemCode':'03-110.S','AccountCode':'500',"
        + "'Tracking':[{'TrackingCategoryID':'"
        + PROJECTS
        + "','TrackingOptionID':'"
        + TOWER
        + "'}]},{'Description':'Retainage 10"
        + " %','Quantity':1,'UnitAmount':-100.00,'AccountCode':'815'}]}";
  }

  /** A bill with one line, written as given. */
  static String billWithLine(String line) {
    return "{'Type':'ACCPAY','Contact':{'ContactID':'"
        + VENDOR
        + "'},'Date':'2026-03-31','DueDate':'2026-04-30','Status':'AUTHORISED','LineItems':["
        + line
        + "]}";
  }

  /** Makes the good bill and gives it as answered. */
  JsonNode create(String number) {
    Http.Reply reply =
        call(
            "PUT",
            "/Invoices?summarizeErrors=false&unitdp=4",
            "{'Invoices':[" + bill(number, "") + "]}");
    if (reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    return reply.json().at("/Invoices/0");
  }

  /** The messages with which one bill is refused. */
  List<String> refusal(String bill) {
    Http.Reply reply =
        call("PUT", "/Invoices?summarizeErrors=false&unitdp=4", "{'Invoices':[" + bill + "]}");
    if (reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    return messages(reply.json().at("/Invoices/0"));
  }

  static List<String> messages(JsonNode element) {
    List<String> messages = new ArrayList<>();
    element
        .path("ValidationErrors")
        .forEach(error -> messages.add(error.get("Message").textValue()));
    return messages;
  }

  int bills() {
    return control("GET", "books?tenantId=" + TENANT, null).get("bills").size();
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
