package io.tieback.sandbox.procore;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When records were made and changed last, and by whom. What happens during one operation is told
 * to the hooks at its end, each record once.
 */
final class Chronicle {
  /**
   * Who acts.
   *
   * @param userId a person, or the user of a service account
   * @param applicationId the client id of the application that called, or null for a person
   */
  record Actor(long userId, String applicationId) {}

  /**
   * One thing that happened to a record of the public API.
   *
   * @param projectId the project, or null for a record of the company
   * @param parentType of a line: the type of what it is a line of; else null
   */
  record Happening(
      long companyId,
      Long projectId,
      String itemType,
      String parentType,
      long itemId,
      String eventType,
      Actor actor) {}

  /** Told at the end of an operation of what happened in it. */
  interface Listener {
    void happened(Happening happening);
  }

  private record Entry(Instant createdAt, Long createdBy, Instant updatedAt) {}

  private final State state;
  private final Clock clock;
  private final Map<Model.ItemRef, Entry> entries = new HashMap<>();
  private final Map<Model.ItemRef, Happening> pending = new LinkedHashMap<>();
  private Actor actor;
  private Listener listener = happening -> {};

  Chronicle(State state, Clock clock) {
    this.state = state;
    this.clock = clock;
  }

  void listener(Listener told) {
    listener = told;
  }

  void clear() {
    entries.clear();
    pending.clear();
    actor = null;
  }

  /** Who acts from now until {@link #end}; null stands for some user of the company. */
  void begin(Actor who) {
    actor = who;
  }

  /** The operation is over: hooks are told of what happened, or are not. */
  void end(boolean tell) {
    actor = null;
    List<Happening> all = new ArrayList<>(pending.values());
    pending.clear();
    if (tell) {
      all.forEach(listener::happened);
    }
  }

  /** A record was made. */
  void created(String itemType, long id) {
    Instant now = clock.instant();
    entries.put(
        new Model.ItemRef(itemType, id),
        new Entry(now, actor == null ? null : (Long) actor.userId(), now));
    note(itemType, id, "create");
  }

  /** A record was changed. */
  void changed(String itemType, long id) {
    Model.ItemRef ref = new Model.ItemRef(itemType, id);
    Entry before = entries.get(ref);
    entries.put(
        ref,
        new Entry(
            before == null ? null : before.createdAt(),
            before == null ? null : before.createdBy(),
            clock.instant()));
    note(itemType, id, "update");
  }

  /** A record is about to be deleted. */
  void deleted(String itemType, long id) {
    note(itemType, id, "delete");
    entries.remove(new Model.ItemRef(itemType, id));
  }

  private void note(String itemType, long id, String eventType) {
    Long companyId = State.HELD.contains(itemType) ? state.companyOf(itemType, id) : null;
    if (companyId != null) {
      note(companyId, state.projectOf(itemType, id), itemType, id, eventType);
    }
  }

  /** As above for records that the state does not hold. */
  void note(long companyId, Long projectId, String itemType, long id, String eventType) {
    Actor who = actor == null ? new Actor(companyId, null) : actor;
    Model.ItemRef ref = new Model.ItemRef(itemType, id);
    Happening before = pending.get(ref);
    boolean made = before != null && before.eventType().equals("create");
    if (made && eventType.equals("delete")) {
      pending.remove(ref);
    } else if (!made) {
      Model.CommitmentLine line = state.commitmentLines.get(id);
      String parentType =
          !itemType.equals("line_item")
              ? null
              : line == null ? ChangeOrders.TYPE : line.commitment.type.itemType;
      pending.put(
          ref, new Happening(companyId, projectId, itemType, parentType, id, eventType, who));
    }
  }

  /** When a record was changed last; {@code otherwise} when nothing later is known. */
  Instant updatedAt(String itemType, long id, Instant otherwise) {
    Entry entry = entries.get(new Model.ItemRef(itemType, id));
    return entry == null || entry.updatedAt().isBefore(otherwise) ? otherwise : entry.updatedAt();
  }

  /** The user who made a record; some user of the company when nobody is known. */
  long createdBy(String itemType, long id, long companyId) {
    Entry entry = entries.get(new Model.ItemRef(itemType, id));
    return entry == null ? companyId : Objects.requireNonNullElse(entry.createdBy(), companyId);
  }
}
