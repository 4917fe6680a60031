package io.tieback.journey;

import static org.awaitility.Awaitility.await;

import io.tieback.approval.Person;
import io.tieback.approval.Role;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.User;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Items of Tieback's own door, made of what Procore's public resources show at that moment, and
 * what an approver does with them.
 */
final class DoorItems {

  private final Site site;
  private final Person approver;

  DoorItems(Site site) {
    this.site = site;
    long id =
        site.ledger()
            .users()
            .create(new User.Draft("ann@example.com", "Ann", "approver", "en", null), "test");
    this.approver =
        new Person(
            id,
            "ann@example.com",
            "Ann",
            Role.APPROVER,
            Locale.ENGLISH,
            null,
            null,
            List.of(),
            List.of());
  }

  Person approver() {
    return approver;
  }

  ConnectionRoom room() {
    return site.deployment().rooms().of(Site.HARBOUR);
  }

  // ---- the queue

  /** The item of a record, once the door has read it and it waits for an approver. */
  QueueItem sent(String entity, long id) {
    await()
        .atMost(Site.PATIENCE)
        .until(() -> state(entity, id), state -> state.startsWith("ready_to_export"));
    return site.ledger().queueItems().find(Site.HARBOUR, entity, id).orElseThrow();
  }

  private String state(String entity, long id) {
    return site.ledger()
        .queueItems()
        .find(Site.HARBOUR, entity, id)
        .map(item -> item.state() + " " + item.about().findings())
        .orElse("unknown");
  }

  QueueItem find(QueueItem item) {
    return site.ledger().queueItems().find(item.id()).orElseThrow();
  }

  /** The approver looks at it and accepts what is shown. */
  QueueItem accept(QueueItem item) {
    return accept(item, Map.of());
  }

  QueueItem accept(QueueItem item, Map<String, String> extra) {
    QueueItem shown = site.deployment().door().approvals().compose(item.id());
    if (shown.shown().digest() == null) {
      throw new AssertionError("it does not compose: " + shown.shown().findings());
    }
    return site.deployment()
        .door()
        .approvals()
        .accept(approver, item.id(), shown.version(), shown.shown().digest(), extra);
  }

  QueueItem unlink(QueueItem item) {
    return site.deployment().door().approvals().unlink(approver, item.id(), find(item).version());
  }
}
