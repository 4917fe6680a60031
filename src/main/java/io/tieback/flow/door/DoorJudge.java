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
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts the links into records and asks the rules about them, all of one reading together. */
final class DoorJudge {

  /** The finding of companies that nothing uses. */
  static final String UNUSED = "TB-DOOR-03";

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
    List<Judged> judged = new ArrayList<>();
    for (DoorRecord record : records) {
      judged.add(judge(record, used));
    }
    return judged;
  }

  /** Invoices have no link of their own: their work item tells. */
  private boolean isLinked(DoorRecord record) {
    return record.entity().equals(DoorEvents.REQUISITION)
        ? ledger
            .workItems()
            .find(room.id(), record.entity(), record.procoreId())
            .filter(
                item -> item.state() == ItemState.KNOWN || item.state() == ItemState.ACKNOWLEDGED)
            .isPresent()
        : links.originId(record.entity(), record.procoreId()).isPresent();
  }

  private Judged judge(DoorRecord record, Set<Long> used) {
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
    boolean unused =
        record.entity().equals(DoorEvents.VENDOR) && !used.contains(record.procoreId());
    if (unused && !linked) {
      findings.add(NOT_USED);
    }
    return new Judged(record, findings, linked, unused);
  }
}
