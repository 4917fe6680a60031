package io.tieback.command.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SandboxControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a large contractor into the stand-ins in pieces that fit into one request, and lets its
 * approver accept the invoices.
 */
final class LoadSeed {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int COMMITMENTS_AT_ONCE = 100;
  private static final int INVOICES_AT_ONCE = 500;

  private final SandboxControl procore;
  private final SandboxControl xero;

  LoadSeed(SandboxControl procore, SandboxControl xero) {
    this.procore = procore;
    this.xero = xero;
  }

  /** Adds everything of the seed to both stand-ins. */
  void plant(ContractorSeed seed) {
    xero.post("seed", seed.erp().seed());
    ObjectNode common = seed.procore().deepCopy();
    JsonNode commitments = common.remove("commitments");
    JsonNode requisitions = common.remove("requisitions");
    procore.post("seed", common);
    Map<Long, List<JsonNode>> byCommitment = new HashMap<>();
    requisitions.forEach(
        requisition ->
            byCommitment
                .computeIfAbsent(
                    requisition.get("commitmentId").longValue(), id -> new ArrayList<>())
                .add(requisition));
    ObjectNode piece = JSON.objectNode();
    for (JsonNode commitment : commitments) {
      piece.withArrayProperty("commitments").add(commitment);
      ArrayNode billed = piece.withArrayProperty("requisitions");
      byCommitment.getOrDefault(commitment.get("id").longValue(), List.of()).forEach(billed::add);
      if (piece.get("commitments").size() == COMMITMENTS_AT_ONCE) {
        procore.post("seed", piece);
        piece = JSON.objectNode();
      }
    }
    if (!piece.isEmpty()) {
      procore.post("seed", piece);
    }
  }

  /**
   * Sends the invoices to the ERP tool and accepts each as an event of its own.
   *
   * @return ids of the ERP requests, in the order of the invoices
   */
  List<Long> accept(List<Long> requisitionIds) {
    List<Long> requests = new ArrayList<>();
    for (int from = 0; from < requisitionIds.size(); from += INVOICES_AT_ONCE) {
      ObjectNode chosen = JSON.objectNode();
      ArrayNode ids = chosen.putArray("requisitionIds");
      requisitionIds
          .subList(from, Math.min(requisitionIds.size(), from + INVOICES_AT_ONCE))
          .forEach(ids::add);
      procore.post("send", chosen);
      JsonNode made =
          procore.post("accept", chosen.deepCopy().put("oneEvent", false)).get("requests");
      made.forEach(request -> requests.add(request.get("requestId").longValue()));
    }
    return requests;
  }
}
