package io.tieback.command.wiring;

import io.tieback.flow.ConnectionRoom;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.QuickBooksOnlineKeys;
import io.tieback.platform.keys.WorkKeys;
import io.tieback.platform.keys.XeroKeys;
import io.tieback.wire.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Turns settings into the times of a connection. */
final class Times {

  private Times() {}

  /**
   * A write that meets an expired token is sent twice, and each may use up its time-out; a free
   * slot may have to be waited for before.
   */
  private static Duration writeLease(Settings settings, String connection) {
    Duration longest =
        settings.get(timeOut(settings, connection), connection).multipliedBy(2).plusSeconds(60);
    Duration lease = settings.get(WorkKeys.LEASE);
    return longest.compareTo(lease) > 0 ? longest : lease;
  }

  private static Key<Duration> timeOut(Settings settings, String connection) {
    return ConnectionKeys.isQuickBooksOnline(settings, connection)
        ? QuickBooksOnlineKeys.TIME_OUT
        : XeroKeys.TIME_OUT;
  }

  static ConnectionRoom.Times of(Settings settings, String connection) {
    Backoff backoff =
        new Backoff(
            settings.get(WorkKeys.RETRY_FIRST_DELAY),
            settings.get(WorkKeys.RETRY_LONGEST_DELAY),
            RandomGenerator.getDefault());
    return new ConnectionRoom.Times(
        settings.get(
            ConnectionKeys.isQuickBooksOnline(settings, connection)
                ? QuickBooksOnlineKeys.SETTLE_TIME
                : XeroKeys.SETTLE_TIME,
            connection),
        // QuickBooks gets a key with each write, but nothing relies on it.
        ConnectionKeys.isQuickBooksOnline(settings, connection)
            ? Duration.ZERO
            : settings.get(XeroKeys.IDEMPOTENCY_WINDOW, connection),
        settings.get(WorkKeys.LEASE),
        writeLease(settings, connection),
        settings.get(WorkKeys.LINGER),
        settings.get(WorkKeys.WAITING_RECHECK),
        settings.get(WorkKeys.RETRY_ATTEMPTS),
        backoff);
  }
}
