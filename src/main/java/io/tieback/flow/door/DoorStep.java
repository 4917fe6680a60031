package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.DoorReadings.Hint;
import java.time.Instant;
import java.util.List;

/**
 * One thing to read.
 *
 * @param resource what
 * @param projectId in which project, or null for the company's
 * @param project the project as the list of active ones has it, or null
 * @param through up to which moment it was read; null for never
 * @param ids only these records; empty for what changed since
 * @param hints webhooks that this answers
 */
public record DoorStep(
    DoorResource resource,
    Long projectId,
    JsonNode project,
    Instant through,
    List<Long> ids,
    List<Hint> hints) {

  public DoorStep {
    ids = List.copyOf(ids);
    hints = List.copyOf(hints);
  }

  /** The name of its cursor. */
  String cursor() {
    return resource.cursor(projectId);
  }

  /** Whether it reads single records that webhooks named. */
  boolean isHinted() {
    return !ids.isEmpty();
  }
}
