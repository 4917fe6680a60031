package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.seed.SandboxControl;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.MemoryVault;
import io.tieback.erp.OpenBudget;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import io.tieback.specs.ProcoreContract;
import io.tieback.wire.CamelHttp;
import io.tieback.wire.Http;
import io.tieback.wire.HttpSettings;
import io.tieback.wire.Json;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A Procore stand-in with a small contractor, and our client in front of it over real HTTP; every
 * call is held against the contract where it is there.
 */
final class ProcoreSite implements AutoCloseable {

  static final long COMPANY = 598134325841112L;
  static final long PROJECT = 4_000_000_001L;
  static final long UNLINKED_PROJECT = 4_000_000_002L;
  static final long SUBCONTRACT = 5_000_000_001L;
  static final long PURCHASE = 5_000_000_002L;
  static final long VENDOR = 51;
  static final long WALLS = 6_000_000_001L;
  static final long EXTRA = 6_000_000_002L;
  static final long BEAMS = 6_000_000_003L;
  static final ConnectionId MAIN = new ConnectionId("main");

  private static final String SEED =
      """
      {'companies':[{'id':598134325841112,'name':'Ridge Builders'}],
       'apps':[{'clientId':'app','clientSecret':'secret','companyIds':[598134325841112]}],
       'projects':[{'id':4000000001,'companyId':598134325841112,'name':'Tower','number':'T-1','originId':'xero:main:tracking_option:job-1',
                    'costCodes':[{'id':301,'code':'300','fullCode':'03-300','name':'Concrete','originId':'xero:main:cost_code:job-1|03-300'},
                                 {'id':302,'code':'100','fullCode':'05-100','name':'Steel'}]},
                   {'id':4000000002,'companyId':598134325841112,'name':'Bridge',
                    'costCodes':[{'id':303,'code':'300','fullCode':'03-300','name':'Concrete'}]}],
       'lineItemTypes':[{'id':41,'companyId':598134325841112,'code':'S','name':'Subcontract','baseType':'commitment','originId':'xero:main:cost_type:S'},
                        {'id':42,'companyId':598134325841112,'code':'M','name':'Materials','baseType':'materials'}],
       'vendors':[{'id':51,'companyId':598134325841112,'name':'Ernie Electrical','originId':'xero:main:contact:c-51'},
                  {'id':52,'companyId':598134325841112,'name':'New Vendor'}],
       'commitments':[
         {'id':5000000001,'projectId':4000000001,'type':'WorkOrderContract','number':'SC-001','title':'Frame','vendorId':51,
          'status':'Approved','accountingMethod':'amount','retainagePercent':'10','originId':'contract-1',
          'lines':[{'id':6000000001,'costCodeId':301,'lineItemTypeId':41,'description':'Walls','amount':'100000.00','originId':'line-1'},
                   {'id':6000000002,'costCodeId':302,'lineItemTypeId':42,'description':'CO 1','amount':'5000.00'}]},
         {'id':5000000002,'projectId':4000000001,'type':'PurchaseOrderContract','number':'PO-001','title':'Steel','vendorId':51,
          'status':'Approved','accountingMethod':'unit','originId':'contract-2','paymentTerms':'Net 30',
          'lines':[{'id':6000000003,'costCodeId':301,'lineItemTypeId':41,'description':'Beams','quantity':'400','unitCost':'12.3456','uom':'ea','originId':'line-3'}]},
         {'id':5000000003,'projectId':4000000002,'type':'WorkOrderContract','number':'SC-009','vendorId':52,'status':'Approved','originId':'contract-3',
          'lines':[{'id':6000000004,'costCodeId':303,'lineItemTypeId':42,'description':'Loose','amount':'1000.00'}]}]}
      """;

  final Sandbox sandbox = Sandbox.start(SandboxOptions.anywhere());
  final SandboxControl control = new SandboxControl(sandbox.procoreUrl());
  final OpenBudget budget = new OpenBudget();
  MemoryVault vault = new MemoryVault();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final CamelContext camel = new DefaultCamelContext();
  private final CamelHttp http;

  ProcoreSite() {
    http = new CamelHttp(camel, HttpSettings.defaults());
    camel.start();
    reset();
  }

  /** Back to the seed; counts start at none. */
  void reset() {
    control.post("reset", Json.object());
    control.delete("faults");
    control.post("seed", json(SEED));
    control.settings(Json.object().put("rateLimitsOn", false));
    calls.clear();
    // The stand-in forgot its tokens.
    vault = new MemoryVault();
  }

  Http http() {
    return ProcoreContract.isThere() ? ProcoreContract.load().judging(http) : http;
  }

  ProcoreConnection connection(ProcoreSettings settings) {
    return connection(settings, "secret");
  }

  ProcoreConnection connection(ProcoreSettings settings, String secret) {
    URI url = URI.create(sandbox.procoreUrl());
    return new ProcoreConnection(
        MAIN,
        COMPANY,
        url,
        url,
        "app",
        secret,
        "Bearer hook-secret",
        "tieback-main",
        URI.create("http://127.0.0.1:1/webhooks/procore/main"),
        URI.create("https://app.procore.com"),
        List.of(),
        "our-application",
        settings);
  }

  ProcoreClient client() {
    return client(ProcoreSettings.defaults());
  }

  ProcoreClient client(ProcoreSettings settings) {
    ProcoreConnection connection = connection(settings);
    return new ProcoreClient(
        http(), connection, tokens(connection), budget, calls::add, Clock.systemUTC());
  }

  ProcoreTokens tokens(ProcoreConnection connection) {
    return new ProcoreTokens(http(), connection, vault, calls::add, Clock.systemUTC());
  }

  /** Seeds a requisition and gives its id; single quotes stand for double ones. */
  long bill(long commitment, String extra, String... lines) {
    String body =
        "{'requisitions':[{'commitmentId':"
            + commitment
            + ",'invoiceNumber':'E-1','billingDate':'2026-03-31','periodStart':'2026-03-01',"
            + "'periodEnd':'2026-03-31','dueDate':'2026-04-30'"
            + extra
            + ",'lines':["
            + String.join(",", lines)
            + "]}]}";
    return control.post("seed", json(body)).path("requisitions").get(0).longValue();
  }

  /** Sends and accepts requisitions; gives the ids of the ERP requests. */
  List<Long> accept(boolean oneEvent, long... requisitions) {
    String ids = java.util.Arrays.toString(requisitions);
    control.post("send", json("{'requisitionIds':" + ids + "}"));
    List<Long> requests = new ArrayList<>();
    control
        .post("accept", json("{'requisitionIds':" + ids + ",'oneEvent':" + oneEvent + "}"))
        .path("requests")
        .forEach(made -> requests.add(made.get("requestId").longValue()));
    return requests;
  }

  void set(String name, String value) {
    control.settings(Json.object().put(name, value));
  }

  void set(String name, boolean value) {
    control.settings(Json.object().put(name, value));
  }

  void fault(String fault) {
    control.post("faults", json(fault));
  }

  JsonNode books() {
    return control.get("books?companyId=" + COMPANY);
  }

  /** One requisition in the stand-in's own books. */
  JsonNode book(long requisition) {
    for (JsonNode row : books().path("requisitions")) {
      if (row.path("id").longValue() == requisition) {
        return row;
      }
    }
    throw new AssertionError("no requisition " + requisition + " in the books");
  }

  long count(String operation) {
    return calls.stream().filter(operation::equals).count();
  }

  static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"'));
  }

  @Override
  public void close() {
    http.close();
    camel.stop();
    sandbox.close();
  }
}
