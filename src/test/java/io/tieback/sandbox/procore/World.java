package io.tieback.sandbox.procore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Http;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.StandInServer;
import io.vertx.core.Vertx;

/** A running Procore stand-in with a small contractor in two companies, and a signed-in client. */
final class World implements AutoCloseable {
  static final long COMPANY = 598134325841112L;
  static final long OTHER = 77;
  static final long PROJECT = 4_000_000_001L;
  static final long SECOND_PROJECT = 4_000_000_002L;
  static final long OTHER_PROJECT = 88;
  static final long SUBCONTRACT = 5_000_000_001L;
  static final long PURCHASE = 5_000_000_002L;
  static final long UNSYNCED = 5_000_000_003L;
  static final long AMOUNT_LINE = 6_000_000_001L;
  static final long CHANGE_LINE = 6_000_000_002L;
  static final long UNIT_LINE = 6_000_000_003L;
  static final long LOOSE_LINE = 6_000_000_004L;

  private static final String SEED =
      """
      {'companies':[{'id':598134325841112,'name':'Ridge Builders'},{'id':77,'name':'Ridge Canada','currency':'CAD'}],
       'apps':[{'clientId':'app','clientSecret':'secret','companyIds':[598134325841112,77]},
               {'clientId':'stranger','clientSecret':'secret2','companyIds':[77]}],
       'projects':[{'id':4000000001,'companyId':598134325841112,'name':'Tower','number':'T-1','originId':'job-1',
                    'costCodes':[{'id':301,'code':'300','fullCode':'03-300','name':'Concrete','originId':'code-1'},
                                 {'id':302,'code':'100','fullCode':'05-100','name':'Steel','originId':'code-2'}]},
                   {'id':4000000002,'companyId':598134325841112,'name':'Bridge'},
                   {'id':88,'companyId':77,'name':'Dam'}],
       'lineItemTypes':[{'id':41,'companyId':598134325841112,'code':'S','name':'Subcontract','baseType':'commitment','originId':'type-1'}],
       'vendors':[{'id':51,'companyId':598134325841112,'name':'Ernie Electrical','originId':'vendor-1'}],
       'commitments':[
         {'id':5000000001,'projectId':4000000001,'type':'WorkOrderContract','number':'SC-001','title':'Frame','vendorId':51,
          'status':'Approved','accountingMethod':'amount','retainagePercent':'10','originId':'contract-1',
          'lines':[{'id':6000000001,'costCodeId':301,'lineItemTypeId':41,'description':'Walls','amount':'100000.00','originId':'line-1'},
                   {'id':6000000002,'costCodeId':302,'lineItemTypeId':41,'description':'CO 1','amount':'5000.00','originId':'line-2'}]},
         {'id':5000000002,'projectId':4000000001,'type':'PurchaseOrderContract','number':'PO-001','title':'Steel','vendorId':51,
          'status':'Approved','accountingMethod':'unit','originId':'contract-2','paymentTerms':'Net 30',
          'lines':[{'id':6000000003,'costCodeId':302,'lineItemTypeId':41,'description':'Beams','quantity':'400','unitCost':'12.3456','uom':'ea','originId':'line-3'}]},
         {'id':5000000003,'projectId':4000000001,'type':'WorkOrderContract','number':'SC-009','vendorId':51,'status':'Approved',
          'lines':[{'id':6000000004,'costCodeId':301,'description':'Loose','amount':'10.00'}]}]}
      """;

  private final Vertx vertx = Vertx.vertx();
  private final StandInServer server =
      StandInServer.start(vertx, "127.0.0.1", 0, ProcoreStandIn::new);
  private String token;

  World() {
    reset();
  }

  /** Back to the seed, signed in afresh. */
  void reset() {
    control("POST", "reset", "{}");
    control("POST", "seed", SEED);
    signIn();
  }

  /** A new token, for when the clock has passed the old one's end. */
  void signIn() {
    signIn("app", "secret");
  }

  /** A token of another application. */
  void signIn(String clientId, String clientSecret) {
    token =
        Http.send(
                "POST",
                url() + "/oauth/token",
                "grant_type=client_credentials&client_id="
                    + clientId
                    + "&client_secret="
                    + clientSecret,
                "Content-Type",
                "application/x-www-form-urlencoded")
            .json()
            .get("access_token")
            .asText();
  }

  String url() {
    return server.url();
  }

  String token() {
    return token;
  }

  JsonNode control(String method, String path, String body) {
    return Http.control(method, url() + "/_sandbox/" + path, body);
  }

  Http.Reply tryControl(String path, String body) {
    return Http.send(
        "POST",
        url() + "/_sandbox/" + path,
        body.replace('\'', '"'),
        "Content-Type",
        "application/json");
  }

  void set(String name, Object value) {
    control(
        "PATCH",
        "settings",
        "{'" + name + "':" + (value instanceof String ? "'" + value + "'" : value) + "}");
  }

  void advance(long seconds) {
    control("POST", "clock", "{'advanceSeconds':" + seconds + "}");
  }

  /** A call as company {@link #COMPANY}; single quotes in the body stand for double ones. */
  Http.Reply call(String method, String path, String body) {
    return call(COMPANY, method, path, body);
  }

  Http.Reply call(long company, String method, String path, String body) {
    return Http.send(
        method,
        url() + path,
        body == null ? null : body.replace('\'', '"'),
        "Authorization",
        "Bearer " + token,
        "Procore-Company-Id",
        Long.toString(company),
        "Content-Type",
        "application/json");
  }

  JsonNode get(String path) {
    Http.Reply reply = call("GET", path, null);
    if (reply.status() != 200) {
      throw new AssertionError(path + " answered " + reply.status() + ": " + reply.text());
    }
    return reply.json();
  }

  static String company(String path) {
    return "/rest/v1.0/companies/" + COMPANY + "/" + path;
  }

  JsonNode requisition(long id) {
    return get("/rest/v1.1/requisitions/" + id + "?project_id=" + PROJECT + "&view=extended");
  }

  /** Seeds one requisition of a commitment with these lines and answers its id. */
  long bill(long commitment, String extra, String... lines) {
    String body =
        "{'requisitions':[{'commitmentId':"
            + commitment
            + ",'invoiceNumber':'INV','billingDate':'2026-03-31',"
            + "'periodStart':'2026-03-01','periodEnd':'2026-03-31'"
            + extra
            + ",'lines':["
            + String.join(",", lines)
            + "]}]}";
    return control("POST", "seed", body).get("requisitions").get(0).longValue();
  }

  /**
   * Seeds, sends and accepts n simple requisitions, one event each; answers {@code requests} of the
   * acceptance.
   */
  JsonNode exported(int n) {
    ObjectNode ids = Json.object();
    ArrayNode array = ids.putArray("requisitionIds");
    for (int i = 0; i < n; i++) {
      array.add(
          bill(
              SUBCONTRACT,
              "",
              "{'commitmentLineId':"
                  + AMOUNT_LINE
                  + ",'workThisPeriod':'100.00','workRetained':'10.00'}"));
    }
    control("POST", "send", ids.toString());
    return control("POST", "accept", ids.toString()).get("requests");
  }

  static JsonNode json(String text) {
    try {
      return Json.parse(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
