package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.ErpBooks;
import io.tieback.command.seed.SandboxControl;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The stand-ins in this process, without limits, and what {@code prove} asks of them. */
final class StandIns implements AutoCloseable {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final Sandbox sandbox = Sandbox.start(new SandboxOptions("127.0.0.1", 0, 0, 0));
  private final SandboxControl procore = new SandboxControl(sandbox.procoreUrl());
  private final LoadErp kind;
  private final SandboxControl erp;
  private ContractorSeed seed;
  private long erpRead;
  private long procoreRead;
  private int billLookUps;
  private int paymentLookUps;

  StandIns(LoadErp kind) {
    this.kind = kind;
    this.erp = new SandboxControl(kind.url(sandbox));
    procore.settings(
        JSON.objectNode()
            .put("rateLimitsOn", false)
            .put("recordBodies", false)
            .put("recordLimit", 5000));
    erp.settings(kind.unlimited().put("recordBodies", false).put("recordLimit", 5000));
  }

  /** Puts the contractor into both. */
  void seed(ContractorSeed contractor) {
    seed = contractor;
    procore.post("seed", contractor.procore());
    erp.post("seed", contractor.erp().seed());
  }

  SandboxControl procore() {
    return procore;
  }

  String procoreUrl() {
    return sandbox.procoreUrl();
  }

  /** Address of the accounting system's stand-in. */
  String erpUrl() {
    return kind.url(sandbox);
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
    return erp;
  }

  /** Orders a fault at the n-th request of a class from now on. */
  void order(KillTarget target, int ordinal, ObjectNode effect) {
    control(target).post("faults", target.fault(kind, ordinal, effect));
  }

  /** The accounting system's access tokens end at its next call. */
  void expireTokens() {
    ObjectNode fault = JSON.objectNode();
    fault.putObject("match").put("path", kind.api());
    fault.putObject("effect").put("vendor", "expireTokens");
    erp.post("faults", fault);
  }

  /** How often faults struck, by what they did to an answer. */
  record Struck(int before, int after, int late, int throttled) {}

  /** Takes all faults back. Gives how often they struck; meetings are not counted. */
  Struck clearFaults() {
    int before = 0;
    int after = 0;
    int late = 0;
    int throttled = 0;
    for (SandboxControl side : List.of(procore, erp)) {
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
    return target.erp() ? erp : procore;
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
    JsonNode inErp =
        erp.get(
            "requests?limit=100000&path="
                + URLEncoder.encode(kind.readBills().path(), StandardCharsets.UTF_8)
                + "&since="
                + erpRead);
    for (JsonNode request : inErp.path("requests")) {
      billLookUps += kind.isLookUp(request) ? 1 : 0;
    }
    erpRead = inErp.path("next").longValue();
    JsonNode inProcore =
        procore.get("requests?limit=100000&path=/contract_payments$&since=" + procoreRead);
    for (JsonNode request : inProcore.path("requests")) {
      paymentLookUps += request.path("method").textValue().equals("GET") ? 1 : 0;
    }
    procoreRead = inProcore.path("next").longValue();
  }

  /** Look-ups of bills so far. */
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
