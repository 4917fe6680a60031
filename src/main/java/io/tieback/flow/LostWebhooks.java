package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.ErpRequests.Received;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Source;
import io.tieback.procore.CatchUp;
import io.tieback.wire.Failure;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that Procore's webhook leads here, and receives what was lost on the way, from the
 * hook's deliveries log (GEN-API-11).
 */
public final class LostWebhooks {

  private static final Logger LOG = LoggerFactory.getLogger(LostWebhooks.class);
  private static final String CURSOR = "webhook-deliveries";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final ConnectionWatch watch;
  private final Clock clock;

  /** Hooks by connection, once known; a saving only. */
  private final Map<ConnectionId, Long> hooks = new ConcurrentHashMap<>();

  /** Wires it. */
  public LostWebhooks(Ledger ledger, ConnectionRooms rooms, ConnectionWatch watch, Clock clock) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.watch = watch;
    this.clock = clock;
  }

  /** One turn for every connection; one that fails does not stop the others. */
  public void catchUp() {
    for (ConnectionRoom room : rooms.all()) {
      if (room.door().tieback()) {
        continue; // No ERP requests, so none that could be lost.
      }
      try {
        catchUp(room);
      } catch (Failure failure) {
        watch.noticed(room.id(), failure);
        LOG.warn(
            "webhooks could not be caught up connection='{}' kind='{}' why='{}'",
            room.id(),
            failure.kind(),
            failure.getMessage());
      }
    }
  }

  private void catchUp(ConnectionRoom room) {
    Long hook = hooks.get(room.id());
    if (hook == null) {
      hook =
          room.procore().webhookDestination() == null
              ? room.client().hooks().find().orElse(null)
              : Long.valueOf(room.client().hooks().ensure());
      if (hook == null) {
        LOG.warn(
            "no webhook at Procore connection='{}': set procore.webhook-destination, or make the"
                + " hook by hand",
            room.id());
        return;
      }
      hooks.put(room.id(), hook);
    }
    Optional<String> cursor = ledger.cursors().get(room.id(), CURSOR);
    CatchUp.Lost lost =
        new CatchUp(room.client().hooks(), clock)
            .read(hook, cursor.map(Long::valueOf).orElse(null));
    List<Received> received =
        lost.requestIds().stream()
            .map(
                id ->
                    new Received(room.id(), id, room.procore().companyId(), Source.CATCH_UP, null))
            .toList();
    String to = lost.cursor() == null ? null : lost.cursor().toString();
    if (to == null || to.equals(cursor.orElse(null))) {
      int fresh = ledger.erpRequests().receive(received);
      report(room, fresh);
    } else {
      ledger
          .cursors()
          .advance(
              room.id(),
              CURSOR,
              cursor.orElse(null),
              to,
              () -> report(room, ledger.erpRequests().receive(received)));
    }
  }

  private static void report(ConnectionRoom room, int fresh) {
    if (fresh > 0) {
      LOG.info("caught up with lost webhooks connection='{}' requests='{}'", room.id(), fresh);
    }
  }
}
