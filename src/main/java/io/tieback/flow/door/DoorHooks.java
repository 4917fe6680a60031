package io.tieback.flow.door;

import io.tieback.construction.ConnectionId;
import io.tieback.flow.ConnectionRoom;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that Procore tells of changes. Webhooks only save waiting: what is not told of is
 * polled, so that a connection goes on without them.
 */
final class DoorHooks {

  private static final Logger LOG = LoggerFactory.getLogger(DoorHooks.class);

  /** A place that has its hook since this process began; a saving only. */
  private record Place(ConnectionId connection, Long projectId) {}

  private final Set<Place> hooked = ConcurrentHashMap.newKeySet();

  /** The hooks of the company and of these projects; a few calls for each, once a start. */
  void ensure(ConnectionRoom room, ReadingSettings settings, List<Long> projects) {
    if (!settings.webhooks() || room.procore().webhookDestination() == null) {
      return;
    }
    if (ensure(room, (Long) null)) {
      for (long project : projects) {
        if (!ensure(room, (Long) project)) {
          return;
        }
      }
    }
  }

  private boolean ensure(ConnectionRoom room, Long project) {
    Place place = new Place(room.id(), project);
    if (hooked.contains(place)) {
      return true;
    }
    try {
      List<String> refused =
          room.client()
              .publicHooks()
              .ensure(
                  project,
                  Arrays.stream(DoorResource.values())
                      .filter(resource -> resource.ofProject() == (project != null))
                      .map(DoorResource::webhookName)
                      .toList());
      hooked.add(place);
      if (!refused.isEmpty()) {
        LOG.info(
            "Procore does not tell of these, they are polled connection='{}' project='{}'"
                + " events='{}'",
            room.id(),
            project,
            refused);
      }
      return true;
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.CREDENTIALS) {
        throw failure;
      }
      LOG.info(
          "webhooks not set up, Procore is polled connection='{}' project='{}' why='{}'",
          room.id(),
          project,
          failure.getMessage());
      return false;
    }
  }
}
