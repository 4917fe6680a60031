package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.sandbox.kit.Http;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A seeded QuickBooks Online stand-in and a client that is signed in to the American company. JSON
 * is written with single quotes.
 */
final class QuickBooksWorld implements AutoCloseable {
  static final String REALM = "9130350000000001";
  static final String CANADA = "9130350000000002";
  static final String REDIRECT = "http://localhost:8089/callback";

  private final Sandbox sandbox = Sandbox.start(SandboxOptions.anywhere());
  final String url = sandbox.quickBooksOnlineUrl();
  String token;
  String refreshToken;
  String realm = REALM;

  QuickBooksWorld() {
    control(
        "POST",
        "seed",
        "{'apps':[{'clientId':'app','clientSecret':'secret','redirectUris':['"
            + REDIRECT
            + "'],'realmId':'"
            + REALM
            + "'},{'clientId':'maple','clientSecret':'syrup','redirectUris':['"
            + REDIRECT
            + "'],'realmId':'"
            + CANADA
            + "'}],'companies':[{'realmId':'"
            + REALM
            + "','name':'Harbour Builders','bookCloseDate':'2025-12-31',"
            + ACCOUNTS
            + ",'Term':[{'Id':'3','Name':'Net 30','DueDays':30}],"
            + "'Class':[{'Id':'1','Name':'North'}],'Vendor':[{'Id':'11','DisplayName':'Ironworks"
            + " Ltd','TermRef':{'value':'3'}},{'Id':'12','DisplayName':'Gone"
            + " Ltd','Active':false},{'Id':'13','DisplayName':'Glass"
            + " Inc','PrimaryEmailAddr':{'Address':'g@glass.test'}}],'Customer':[{'Id':'21','DisplayName':'Port"
            + " Authority'},{'Id':'22','DisplayName':'Harbour"
            + " Tower','Job':true,'IsProject':true,'ParentRef':{'value':'21'}}],'Employee':[{'Id':'31','DisplayName':'Ann"
            + " O\\u0027Hara'}],'Item':["
            + item("1", "1001-03-110.S", true)
            + ","
            + item("2", "Retainage", true)
            + ","
            + item("3", "Sold only", false)
            + ",{'Id':'4','Name':'Old','Type':'Service','Active':false,'IncomeAccountRef':{'value':'4'},'ExpenseAccountRef':{'value':'5'}},"
            + "{'Id':'5','Name':'Codes','Type':'Category'}],"
            + "'Budget':[{'Name':'2026','StartDate':'2026-01-01','EndDate':'2026-12-31'}]},"
            + "{'realmId':'"
            + CANADA
            + "','name':'Maple Builders','country':'CA','homeCurrency':'CAD','multiCurrency':true,"
            + ACCOUNTS
            + ",'TaxRate':[{'Id':'7','Name':'GST','RateValue':5}],"
            + "'TaxCode':[{'Id':'9','Name':'GST','PurchaseTaxRateList':{'TaxRateDetail':[{'TaxRateRef':{'value':'7'}}]}}],'Vendor':[{'Id':'11','DisplayName':'Ice"
            + " Ltd'}]}]}");
    set("{'callsPerSecond':0,'callsPerMinute':0,'refreshWindowMillis':0}");
    signIn("app", "secret");
  }

  private static final String ACCOUNTS =
      "'Account':[{'Id':'1','Name':'Accounts Payable','AccountType':'Accounts Payable'},"
          + "{'Id':'2','Name':'Checking','AccountType':'Bank'},"
          + "{'Id':'3','Name':'Card','AccountType':'Credit Card'},"
          + "{'Id':'4','Name':'Sales','AccountType':'Income'},"
          + "{'Id':'5','Name':'Job cost','AccountType':'Cost of Goods Sold'},"
          + "{'Id':'6','Name':'Retainage payable','AccountType':'Other Current Liability'}]";

  private static String item(String id, String name, boolean purchased) {
    return "{'Id':'"
        + id
        + "','Name':'"
        + name
        + "','Type':'Service','IncomeAccountRef':{'value':'4'}"
        + (purchased ? ",'ExpenseAccountRef':{'value':'5'}" : "")
        + "}";
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

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Consents and exchanges the code. */
  void signIn(String clientId, String secret) {
    String code = parameter(consent(clientId).header("Location"), "code");
    JsonNode tokens =
        token(
                clientId,
                secret,
                "grant_type=authorization_code&code=" + code + "&redirect_uri=" + encoded(REDIRECT))
            .json();
    token = tokens.get("access_token").textValue();
    refreshToken = tokens.get("refresh_token").textValue();
    realm = clientId.equals("maple") ? CANADA : REALM;
  }

  Http.Reply consent(String clientId) {
    return Http.send(
        "GET",
        url
            + "/connect/oauth2?client_id="
            + clientId
            + "&response_type=code&scope=com.intuit.quickbooks.accounting&state=s%201&redirect_uri="
            + encoded(REDIRECT),
        null);
  }

  static String parameter(String address, String name) {
    for (String pair : URI.create(address).getRawQuery().split("&")) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError(name + " is not in " + address);
  }

  Http.Reply token(String id, String secret, String form, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Authorization",
                basic(id, secret)));
    all.addAll(List.of(headers));
    return Http.send("POST", url + "/oauth2/v1/tokens/bearer", form, all.toArray(String[]::new));
  }

  static String basic(String id, String secret) {
    return "Basic "
        + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
  }

  Http.Reply refresh(String refreshToken) {
    return token("app", "secret", "grant_type=refresh_token&refresh_token=" + refreshToken);
  }

  /** Calls the API with what a correct client sends. */
  Http.Reply call(String method, String path, String body, String... headers) {
    List<String> all =
        new ArrayList<>(List.of("Authorization", "Bearer " + token, "Accept", "application/json"));
    if (body != null) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    all.addAll(List.of(headers));
    return Http.send(
        method,
        url + "/v3/company/" + realm + path + (path.contains("?") ? "&" : "?") + "minorversion=75",
        body == null ? null : body.replace('\'', '"'),
        all.toArray(String[]::new));
  }

  Http.Reply get(String path) {
    return call("GET", path, null);
  }

  Http.Reply post(String path, String body) {
    return call("POST", path, body);
  }

  /** The object that a write answers. */
  JsonNode made(String entity, String body) {
    Http.Reply reply = post("/" + entity.toLowerCase(java.util.Locale.ROOT), body);
    if (reply.status() != 200 || !reply.json().has(entity)) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    return reply.json().get(entity);
  }

  JsonNode read(String entity, String id) {
    return get("/" + entity.toLowerCase(java.util.Locale.ROOT) + "/" + id).json().get(entity);
  }

  Http.Reply query(String statement) {
    return get("/query?query=" + encoded(statement));
  }

  /** The content of QueryResponse. */
  JsonNode found(String statement) {
    Http.Reply reply = query(statement);
    if (reply.status() != 200) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    return reply.json().get("QueryResponse");
  }

  /** Code and detail of a fault with status 400. */
  static String fault(Http.Reply reply) {
    if (reply.status() != 400) {
      throw new AssertionError(reply.status() + " " + reply.text());
    }
    JsonNode error = reply.json().at("/Fault/Error/0");
    return error.get("code").textValue() + " " + error.get("Detail").textValue();
  }

  /** An item line of that amount. */
  static String line(String amount) {
    return "{'DetailType':'ItemBasedExpenseLineDetail','Amount':"
        + amount
        + ",'ItemBasedExpenseLineDetail':{'ItemRef':{'value':'1'},'CustomerRef':{'value':'22'},"
        + "'BillableStatus':'NotBillable'}}";
  }

  static String bill(String number, String... lines) {
    return "{'VendorRef':{'value':'11'},'DocNumber':'"
        + number
        + "','TxnDate':'2026-11-06','Line':["
        + String.join(",", lines)
        + "]}";
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
