package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Optional;

/** Gives companies of Procore's Directory other names (Procore reference section 9). */
public final class VendorNames {

  private final ProcoreCalls calls;
  private final SyncCalls sync;

  VendorNames(ProcoreCalls calls, SyncCalls sync) {
    this.calls = calls;
    this.sync = sync;
  }

  /** A company and the name that it gets. */
  public record Row(long id, String name) {}

  /**
   * Renames in bulk; one outcome for each, in their order. May be repeated. Nothing but the name is
   * sent: addresses do not change after linking (XR-COY-03).
   */
  public List<SyncOutcome<Long>> sync(List<Row> rows) {
    return sync.send(
        new SyncCalls.Action<>(
            "procore.sync-vendors",
            "/rest/v1.0/vendors/sync",
            this::body,
            row -> Json.object().put("id", row.id()).put("name", row.name()),
            row ->
                row.path("id").canConvertToLong()
                    ? Optional.of(row.path("id").longValue())
                    : Optional.empty(),
            (sent, shown) -> sent.path("name").equals(shown.path("name"))),
        rows);
  }

  private JsonNode body(JsonNode rows) {
    ObjectNode body = Json.object().put("company_id", calls.connection().companyId());
    body.set("updates", rows);
    return body;
  }
}
