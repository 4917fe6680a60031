package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.SandboxControl;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import java.util.List;

/** Both stand-ins in this process, without limits, and what {@code prove} asks of them. */
final class StandIns implements AutoCloseable {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Sandbox sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, 0, 0));
  private final SandboxControl procore = new SandboxControl(sandbox.procoreUrl());
  private final SandboxControl xero = new SandboxControl(sandbox.xeroUrl());
  private ContractorSeed seed;
  private long xeroRead;
  private long procoreRead;
  private int billLookUps;
  private int paymentLookUps;

  StandIns() {
    procore.settings(
        JSON.objectNode()
            .put("rateLimitsOn", false)
            .put("recordBodies", false)
            .put("recordLimit", 5000));
    ObjectNode none =
        JSON.objectNode()
            .put("callsPerMinute", 0)
            .put("callsPerDay", 0)
            .put("concurrentCalls", 0)
            .put("appCallsPerMinute", 0);
    xero.settings(none.put("recordBodies", false).put("recordLimit", 5000));
  }

  /** Puts the contractor into both. */
  void seed(ContractorSeed contractor) {
    seed = contractor;
    procore.post("seed", contractor.procore());
    xero.post("seed", contractor.erp().seed());
  }

  SandboxControl procore() {
    return procore;
  }

  SandboxControl xero() {
    return xero;
  }

  String procoreUrl() {
    return sandbox.procoreUrl();
  }

  String xeroUrl() {
    return sandbox.xeroUrl();
  }

  ContractorSeed seed() {
    return seed;
  }

  /** What Procore's stand-in holds, for an independent reader. */
  JsonNode procoreBooks() {
    return procore.get("books?companyId=" + seed.companyId());
  }

  /** What the accounting system's stand-in holds, for an independent reader. */
  ErpBooks erpBooks() {
    return seed.erp().books(erp());
  }

  /** Control of the accounting system's stand-in. */
  SandboxControl erp() {
    return xero;
  }

  /** Orders a fault at the n-th request of a class from now on. */
  void order(KillTarget target, int ordinal, ObjectNode effect) {
    control(target).post("faults", target.fault(ordinal, effect));
  }

  /** Xero's access tokens end at its next call. */
  void expireXeroTokens() {
    ObjectNode fault = JSON.objectNode();
    fault.putObject("match").put("path", "/api\\.xro/");
    fault.putObject("effect").put("vendor", "expireTokens");
    xero.post("faults", fault);
  }

  /** How often faults struck, by what they did to an answer. */
  record Struck(int before, int after, int late, int throttled) {}

  /** Takes all faults back. Gives how often they struck; meetings are not counted. */
  Struck clearFaults() {
    int before = 0;
    int after = 0;
    int late = 0;
    int throttled = 0;
    for (SandboxControl side : List.of(procore, xero)) {
      for (JsonNode fault : side.get("faults").path("faults")) {
        int struck = fault.path("struck").intValue();
        String drop = fault.path("effect").path("drop").asText();
        before += drop.equals("before") ? struck : 0;
        after += drop.equals("after") ? struck : 0;
        late += fault.path("effect").has("lateCommit") ? struck : 0;
        throttled += fault.path("effect").has("answer") ? struck : 0;
      }
      side.delete("faults");
    }
    return new Struck(before, after, late, throttled);
  }

  private SandboxControl control(KillTarget target) {
    return target.xero() ? xero : procore;
  }

  /**
   * Webhooks that a dead connector did not take are paused by Procore for a while: the while
   * passes.
   */
  void wakeWebhooks() {
    if (procore.get("webhooks").path("pending").intValue() > 0) {
      procore.post("clock", JSON.objectNode().put("advanceSeconds", 10));
    }
  }

  /** Reads on in the lists of requests and counts the look-ups in them. */
  void countLookUps() {
    JsonNode inXero = xero.get("requests?limit=100000&path=/Invoices$&since=" + xeroRead);
    for (JsonNode request : inXero.path("requests")) {
      // Only the look-up asks for unit prices at four decimals; the reading of changed bills does
      // not.
      boolean lookUp =
          request.path("method").textValue().equals("GET") && request.path("query").has("unitdp");
      billLookUps += lookUp ? 1 : 0;
    }
    xeroRead = inXero.path("next").longValue();
    JsonNode inProcore =
        procore.get("requests?limit=100000&path=/contract_payments$&since=" + procoreRead);
    for (JsonNode request : inProcore.path("requests")) {
      paymentLookUps += request.path("method").textValue().equals("GET") ? 1 : 0;
    }
    procoreRead = inProcore.path("next").longValue();
  }

  /** Look-ups of bills in Xero so far. */
  int billLookUps() {
    return billLookUps;
  }

  /** Look-ups of payments in Procore so far. */
  int paymentLookUps() {
    return paymentLookUps;
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
