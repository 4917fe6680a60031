package io.tieback.command.wiring;

import io.tieback.flow.ConnectionRoom;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.WorkKeys;
import io.tieback.platform.keys.XeroKeys;
import io.tieback.wire.Backoff;
import java.util.random.RandomGenerator;

/** Turns settings into the times of a connection. */
final class Times {

  private Times() {}

  static ConnectionRoom.Times of(Settings settings, String connection) {
    Backoff backoff =
        new Backoff(
            settings.get(WorkKeys.RETRY_FIRST_DELAY),
            settings.get(WorkKeys.RETRY_LONGEST_DELAY),
            RandomGenerator.getDefault());
    return new ConnectionRoom.Times(
        settings.get(XeroKeys.SETTLE_TIME, connection),
        settings.get(XeroKeys.IDEMPOTENCY_WINDOW, connection),
        settings.get(WorkKeys.LEASE),
        settings.get(WorkKeys.LINGER),
        settings.get(WorkKeys.WAITING_RECHECK),
        settings.get(WorkKeys.RETRY_ATTEMPTS),
        backoff);
  }
}
