package io.tieback.flow.door;

import io.tieback.construction.ConnectionId;
import io.tieback.procore.door.DoorRecord;
import java.time.Instant;
import java.util.List;

/**
 * What one step read; it goes through {@code hook-door-record-read} before it is recorded.
 *
 * @param connection whose it is
 * @param step what was read
 * @param records the records that are new or changed since
 * @param through up to which moment it was read, by Procore's clock where it told one
 */
public record DoorBatch(
    ConnectionId connection, DoorStep step, List<DoorRecord> records, Instant through) {
  public DoorBatch {
    records = List.copyOf(records);
  }
}
