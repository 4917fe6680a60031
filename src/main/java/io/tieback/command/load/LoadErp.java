package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SeededErp;
import io.tieback.command.seed.SeededQuickBooksOnline;
import io.tieback.command.seed.SeededXero;
import io.tieback.sandbox.Sandbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code bench} and {@code prove} have to know of an accounting system and its stand-in. */
public enum LoadErp {
  /** Xero. */
  XERO(
      "xero",
      SeededXero::new,
      50,
      List.of("callsPerMinute", "callsPerDay", "concurrentCalls", "appCallsPerMinute"),
      "/api\\.xro/",
      new Request("PUT Invoices", "PUT", "/api\\.xro/2\\.0/Invoices$"),
      new Request("GET Invoices", "GET", "/api\\.xro/2\\.0/Invoices$"),
      new Request("GET Payments", "GET", "/api\\.xro/2\\.0/Payments$"),
      new Request("POST connect/token", "POST", "/connect/token$")),
  /** QuickBooks Online. */
  QBO(
      "qbo",
      SeededQuickBooksOnline::new,
      1,
      List.of("callsPerMinute", "callsPerSecond", "concurrentCalls", "batchesPerMinute"),
      "/v3/company/",
      new Request("POST bill", "POST", "/v3/company/[0-9]+/bill$"),
      new Request("GET query", "GET", "/v3/company/[0-9]+/query$"),
      new Request("GET cdc", "GET", "/v3/company/[0-9]+/cdc$"),
      new Request("POST tokens/bearer", "POST", "/tokens/bearer$"));

  /**
   * A class of requests.
   *
   * @param label for people
   * @param method HTTP method
   * @param path regular expression of the path
   */
  record Request(String label, String method, String path) {}

  private final String word;
  private final SeededErp.Maker maker;
  private final int documentsPerCall;
  private final List<String> limits;
  private final String api;
  private final Request writeBills;
  private final Request readBills;
  private final Request readPayments;
  private final Request token;

  LoadErp(
      String word,
      SeededErp.Maker maker,
      int documentsPerCall,
      List<String> limits,
      String api,
      Request writeBills,
      Request readBills,
      Request readPayments,
      Request token) {
    this.word = word;
    this.maker = maker;
    this.documentsPerCall = documentsPerCall;
    this.limits = limits;
    this.api = api;
    this.writeBills = writeBills;
    this.readBills = readBills;
    this.readPayments = readPayments;
    this.token = token;
  }

  /** The word of {@code connect} and of {@code --erp}. */
  String word() {
    return word;
  }

  /** Its side of a seeded contractor. */
  SeededErp.Maker maker() {
    return maker;
  }

  /** Most bills in one call. */
  int documentsPerCall() {
    return documentsPerCall;
  }

  Request writeBills() {
    return writeBills;
  }

  Request readBills() {
    return readBills;
  }

  Request readPayments() {
    return readPayments;
  }

  Request token() {
    return token;
  }

  /** Address of its stand-in. */
  String url(Sandbox sandbox) {
    return this == XERO ? sandbox.xeroUrl() : sandbox.quickBooksOnlineUrl();
  }

  /** Switches that lift the stand-in's limits. */
  ObjectNode unlimited() {
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    limits.forEach(limit -> none.put(limit, 0));
    return none;
  }

  /** Regular expression of the paths of its API. */
  String api() {
    return api;
  }

  /**
   * Settings of a connection that is not held up by limits, each without {@code
   * connection.<name>.}.
   *
   * @param settle how long the connector waits before an absence counts, or null for the default
   */
  Map<String, String> settings(Duration settle) {
    Map<String, String> settings = new LinkedHashMap<>();
    String prefix = this == XERO ? "xero." : "quickbooks-online.";
    settings.put("erp", this == XERO ? "xero" : "quickbooksonline");
    settings.put(prefix + "calls-per-minute", "100000");
    settings.put(
        prefix + (this == XERO ? "calls-per-day" : "calls-per-second"),
        this == XERO ? "10000000" : "100000");
    if (settle != null) {
      settings.put(prefix + "settle-time", settle.toString());
    }
    return settings;
  }

  /** Whether a logged request looks for a bill whose outcome nobody knows. */
  boolean isLookUp(JsonNode request) {
    JsonNode query = request.path("query");
    if (!request.path("method").asText().equals("GET")) {
      return false;
    }
    if (this == XERO) {
      // Only the look-up asks for unit prices at four decimals; the reading of changed bills does
      // not.
      return query.has("unitdp");
    }
    String statement = query.path("query").toString();
    return statement.contains("from Bill where DocNumber = ")
        || statement.contains("from Bill where MetaData.CreateTime");
  }
}
