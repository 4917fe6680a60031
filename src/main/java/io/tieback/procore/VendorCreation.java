package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;

/** Makes companies of Procore's Directory (Procore reference section 9). */
public final class VendorCreation {

  private static final String VENDORS = "/rest/v1.0/vendors";

  private final ProcoreCalls calls;

  VendorCreation(ProcoreCalls calls) {
    this.calls = calls;
  }

  /**
   * Creates a company under its origin id, or finds the one that has it: so it may be repeated
   * (Procore reference section 3).
   *
   * @param vendor its fields with {@code name} and {@code origin_id}
   * @return the company as Procore shows it
   * @throws Failure REFUSED with Procore's words
   */
  public JsonNode createOnce(ObjectNode vendor) {
    ObjectNode body = Json.object().put("company_id", calls.connection().companyId());
    body.putArray("updates").add(vendor);
    JsonNode answer =
        calls.writeRepeatable("procore.create-vendor", "PATCH", VENDORS + "/sync", body);
    JsonNode error = answer.path("errors").path(0);
    if (!error.isMissingNode()) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Procore refuses the company '"
              + vendor.path("name").asText()
              + "': "
              + ProcoreErrors.words(error.path("errors")),
          "Correct the supplier, then import it again.");
    }
    JsonNode made = answer.path("entities").path(0);
    if (!made.path("id").canConvertToLong()) {
      throw Failure.of(
          FailureKind.TRANSIENT, "Procore's answer does not mention the company", "Try again.");
    }
    return made;
  }

  /**
   * Creates a company without an origin id. Not to be repeated blindly.
   *
   * @param vendor its fields, such as {@code name} and {@code business_phone}
   * @throws Failure UNKNOWN when nobody knows whether it was created
   */
  public JsonNode create(ObjectNode vendor) {
    ObjectNode body = Json.object().put("company_id", calls.connection().companyId());
    body.set("vendor", vendor);
    return calls.writeOnce("procore.create-vendor", "POST", VENDORS, body);
  }
}
