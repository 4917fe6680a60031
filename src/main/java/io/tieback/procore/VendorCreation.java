package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import io.tieback.wire.Query;
import java.util.Optional;

/** Makes companies of Procore's Directory (Procore reference section 9). */
public final class VendorCreation {

  private static final String VENDORS = "/rest/v1.0/vendors";

  private final ProcoreCalls calls;

  VendorCreation(ProcoreCalls calls) {
    this.calls = calls;
  }

  /**
   * The company with this origin id, so that an answer that got lost makes no second one. Empty
   * when there is none.
   */
  public Optional<JsonNode> find(String originId) {
    String path =
        new Query()
            .with("company_id", calls.connection().companyId())
            .with("view", "erp")
            .with("filters[origin_id]", originId)
            .after(VENDORS);
    return calls.list("procore.find-vendor", path).stream()
        .filter(vendor -> originId.equals(vendor.path("origin_id").textValue()))
        .findFirst();
  }

  /**
   * Creates a company. Not to be repeated blindly.
   *
   * @param vendor its fields, such as {@code name}, {@code business_phone} and {@code origin_id}
   * @throws io.tieback.wire.Failure UNKNOWN when nobody knows whether it was created
   */
  public JsonNode create(ObjectNode vendor) {
    ObjectNode body = Json.object().put("company_id", calls.connection().companyId());
    body.set("vendor", vendor);
    return calls.writeOnce("procore.create-vendor", "POST", VENDORS, body);
  }
}
