package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.DoorChecks;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.EventLinks;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the links into records and asks the rules about them, all of one reading together. */
final class DoorJudge {

  /** The finding of companies that nothing uses. */
  static final String UNUSED = "TB-DOOR-03";

  /** The finding of what was changed in Procore after it was accepted. */
  static final String CHANGED = "TB-DOOR-04";

  /** What goes out again with changes once it is in the ERP (GEN-WBS-05, XR-PRJ-07). */
  static final Set<String> UPDATED = Set.of(DoorEvents.PROJECT, DoorEvents.BUDGET);

  private static final Finding NOT_USED =
      new Finding(
          UNUSED,
          Severity.WARN,
          "Company",
          "no approved commitment names it",
          "companies are sent by themselves once they are used (door.companies)",
          "Nothing to do; or send it now");

  private final Ledger ledger;
  private final ConnectionRoom room;
  private final ReadingSettings settings;
  private final DoorLinks links;
  private final EventLinks events;
  private final DoorChecks checks;

  DoorJudge(Ledger ledger, ConnectionRoom room, ReadingSettings settings, Clock clock) {
    this.ledger = ledger;
    this.room = room;
    this.settings = settings;
    this.links = new DoorLinks(ledger, room.id());
    this.events = new EventLinks(links);
    this.checks = new DoorChecks(room, links, settings.standardList(), links.longestType(), clock);
  }

  /**
   * What Procore shows of links that nobody here knows, of records that the queue does not have
   * yet. Later on only the ledger counts: what Procore shows may lag behind an unlinking.
   */
  void learn(List<DoorRecord> records) {
    List<EventLinks.Shown> shown = new ArrayList<>();
    ids(records)
        .forEach(
            (entity, ids) -> {
              Set<Long> had = ledger.doorRecords().updated(room.id(), entity, ids).keySet();
              records.stream()
                  .filter(one -> one.entity().equals(entity) && one.event() != null)
                  .filter(one -> !had.contains(one.procoreId()))
                  .forEach(one -> shown.addAll(events.shown(entity, one.event())));
            });
    if (!shown.isEmpty()) {
      links.learned(shown);
    }
  }

  private static Map<String, List<Long>> ids(List<DoorRecord> records) {
    Map<String, List<Long>> ids = new HashMap<>();
    records.forEach(
        record ->
            ids.computeIfAbsent(record.entity(), none -> new ArrayList<>())
                .add(record.procoreId()));
    return ids;
  }

  /** What the rules say; the events are given their links in place. */
  List<Judged> judge(List<DoorRecord> records) {
    Set<Long> vendors = new HashSet<>();
    records.stream()
        .filter(record -> record.entity().equals(DoorEvents.VENDOR))
        .forEach(record -> vendors.add(record.procoreId()));
    Set<Long> used =
        settings.usedCompaniesOnly()
            ? new HashSet<>(
                ledger
                    .doorRecords()
                    .used(room.id(), vendors, room.orders().policy().approvedStatuses()))
            : vendors;
    Map<String, Map<Long, String>> accepted = accepted(records);
    List<Judged> judged = new ArrayList<>();
    for (DoorRecord record : records) {
      judged.add(
          judge(
              record,
              used,
              accepted.getOrDefault(record.entity(), Map.of()).get(record.procoreId())));
    }
    return judged;
  }

  private Map<String, Map<Long, String>> accepted(List<DoorRecord> records) {
    Map<String, Map<Long, String>> accepted = new HashMap<>();
    ids(records)
        .forEach(
            (entity, of) ->
                accepted.put(entity, ledger.doorRecords().accepted(room.id(), entity, of)));
    return accepted;
  }

  /** An invoice that went out has no link where Procore has no mark for it: its work item tells. */
  private boolean isLinked(DoorRecord record) {
    return links.originId(record.entity(), record.procoreId()).isPresent()
        || (record.entity().equals(DoorEvents.REQUISITION)
            && ledger
                .workItems()
                .find(room.id(), record.entity(), record.procoreId())
                .filter(
                    item ->
                        item.state() == ItemState.KNOWN || item.state() == ItemState.ACKNOWLEDGED)
                .isPresent());
  }

  private Judged judge(DoorRecord record, Set<Long> used, String accepted) {
    boolean linked = isLinked(record);
    if (record.problem() != null) {
      return new Judged(
          record,
          List.of(
              new Finding(
                  "TB-DOOR-01",
                  Severity.REFUSE,
                  "Record in Procore",
                  record.problem(),
                  "what is exported has to have the published form",
                  "Correct the record in Procore; it is read again by itself")),
          linked,
          false);
    }
    JsonNode event = record.event();
    if (event == null) {
      return new Judged(record, List.of(), linked, false);
    }
    boolean gone = record.presence() == DoorRecord.Presence.GONE;
    List<Finding> findings = new ArrayList<>();
    if (!gone) {
      events.fill(record.entity(), event);
      if (!linked || UPDATED.contains(record.entity())) {
        findings.addAll(checks.check(record.entity(), event));
      }
    }
    boolean changed = accepted != null && !accepted.equals(record.digest());
    if (changed && !(UPDATED.contains(record.entity()) && settings.sendsByItself())) {
      findings.add(changed(record));
    }
    boolean unused =
        record.entity().equals(DoorEvents.VENDOR) && !used.contains(record.procoreId());
    if (unused && !linked) {
      findings.add(NOT_USED);
    }
    return new Judged(record, findings, linked, unused);
  }

  private static Finding changed(DoorRecord record) {
    return new Finding(
        CHANGED,
        Severity.WARN,
        "Changed since it was accepted",
        record.facts().updated() == null
            ? "other figures in Procore now"
            : "other figures in Procore since " + record.facts().updated(),
        "what goes to the ERP is what was accepted",
        UPDATED.contains(record.entity())
            ? "Send it again to bring the change to the ERP"
            : "Take the change back in Procore; or unlink the record here and send it again");
  }
}
