package io.tieback.flow.door;

import io.tieback.platform.Settings;
import io.tieback.platform.keys.DoorPollKeys;
import java.time.Duration;

/**
 * How one connection's records are read at Tieback's own door.
 *
 * @param sendsByItself whether what is ready is sent without anybody asking
 * @param every how often what changed is asked for
 * @param overlap how far before the end of the last reading the next one begins
 * @param codesEvery how often lists without a filter by time are read
 * @param webhooks whether Procore tells of changes
 * @param usedCompaniesOnly whether only companies with an approved commitment are sent by
 *     themselves
 * @param standardList the standard cost code list that projects have to use, or null
 */
public record ReadingSettings(
    boolean sendsByItself,
    Duration every,
    Duration overlap,
    Duration codesEvery,
    boolean webhooks,
    boolean usedCompaniesOnly,
    Long standardList) {

  /** Reads them for one connection. */
  public static ReadingSettings of(Settings settings, String connection) {
    return new ReadingSettings(
        settings.get(DoorPollKeys.SEND, connection).equals("automatic"),
        settings.get(DoorPollKeys.POLL, connection),
        settings.get(DoorPollKeys.OVERLAP, connection),
        settings.get(DoorPollKeys.CODES, connection),
        settings.get(DoorPollKeys.WEBHOOKS, connection),
        settings.get(DoorPollKeys.COMPANIES, connection).equals("used"),
        settings.find(DoorPollKeys.STANDARD_LIST, connection).orElse(null));
  }
}
