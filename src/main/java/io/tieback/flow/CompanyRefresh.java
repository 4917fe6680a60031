package io.tieback.flow;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.CompanyIndex;
import io.tieback.construction.CompanyMatch;
import io.tieback.construction.CompanyMatcher;
import io.tieback.flow.CompanyReadings.Reading;
import io.tieback.ledger.CompanyMatches.Pair;
import io.tieback.ledger.Ledger;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.StagedRecords;
import io.tieback.procore.SyncOutcome;
import io.tieback.procore.VendorNames;
import io.tieback.rules.MatchPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The button that refreshes vendors ({@code sync_vendors}): suppliers that no company has come to
 * Ready to Import, unless a company of the Directory may be the same (XR-COY-01); links follow
 * suppliers that were merged in the ERP; archived ones are told (XR-COY-02). Addresses of linked
 * companies are never touched (XR-COY-03).
 */
public final class CompanyRefresh implements EventDeed {

  private static final String WHO = "Tieback";
  private static final int NAMED = 5;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CompanyReadings readings;
  private final CompanyLinking linking;
  private final CallTally tally;

  /** Wires it. */
  public CompanyRefresh(
      Ledger ledger,
      ConnectionRooms rooms,
      CompanyReadings readings,
      CompanyLinking linking,
      CallTally tally) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.readings = readings;
    this.linking = linking;
    this.tally = tally;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("sync_vendors");
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    if (!rooms.leads(room)) {
      return Outcome.done(OutwardFlow.ELSEWHERE, 0);
    }
    tally.since();
    Reading reading = readings.afresh(room);
    Map<String, Long> linked = new HashMap<>(reading.linked());
    List<String> told = new ArrayList<>();
    followMerged(room, reading, linked, told);
    archived(room, reading, linked, told);
    names(room, reading, linked, told);
    unlinked(room, reading, linked, told);
    return Outcome.done(String.join(" ", told), tally.since());
  }

  /** A link goes on to the supplier into which its own was merged. */
  private void followMerged(
      ConnectionRoom room, Reading reading, Map<String, Long> linked, List<String> told) {
    Map<ExternalDataRow, BookedCompany> moved = new java.util.LinkedHashMap<>();
    for (Map.Entry<String, Long> link : reading.linked().entrySet()) {
      BookedCompany supplier = reading.books().find(link.getKey()).orElse(null);
      if (supplier == null || supplier.mergedInto() == null) {
        continue;
      }
      BookedCompany today = reading.books().today(supplier);
      Long other = linked.get(today.key());
      if (other != null && !other.equals(link.getValue())) {
        told.add(
            "Companies "
                + link.getValue()
                + " and "
                + other
                + " are one supplier in "
                + erp(room)
                + " now ('"
                + today.name()
                + "'): merge them in Procore's Directory.");
        continue;
      }
      linked.remove(link.getKey());
      linked.put(today.key(), link.getValue());
      moved.put(
          new ExternalDataRow(
              CompanyReadings.VENDOR,
              link.getValue(),
              CompanyReadings.originId(room, today.key()),
              today.name(),
              null),
          today);
    }
    if (moved.isEmpty()) {
      return;
    }
    List<ExternalDataRow> rows = List.copyOf(moved.keySet());
    List<SyncOutcome<ExternalDataRow.Key>> outcomes =
        room.marks().write(rows.stream().map(RecordMarks::company).toList());
    int followed = 0;
    for (int i = 0; i < rows.size(); i++) {
      ExternalDataRow row = rows.get(i);
      String vendor = Long.toString(row.itemId());
      if (!outcomes.get(i).accepted()) {
        told.add(
            "Company " + vendor + " could not be linked anew: " + outcomes.get(i).words() + ".");
        continue;
      }
      followed++;
      BookedCompany today = moved.get(row);
      ledger.together(
          () -> {
            ledger
                .links()
                .put(List.of(CompanyLinking.link(room, vendor, today.key(), today.name())));
            ledger
                .audit()
                .append(
                    WHO,
                    room.id(),
                    "link",
                    "company " + vendor,
                    Map.of(
                        "supplier",
                        today.key() + " (" + today.name() + ")",
                        "reasons",
                        "its supplier was merged into this one"));
            return null;
          });
    }
    if (followed > 0) {
      told.add(count(followed, "link follows", "links follow") + " a supplier that was merged.");
    }
  }

  private void archived(
      ConnectionRoom room, Reading reading, Map<String, Long> linked, List<String> told) {
    List<String> gone =
        linked.keySet().stream()
            .flatMap(key -> reading.books().find(key).stream())
            .filter(supplier -> !supplier.active())
            .map(
                supplier ->
                    "'" + supplier.name() + "' (company " + linked.get(supplier.key()) + ")")
            .sorted()
            .toList();
    if (!gone.isEmpty()) {
      told.add(
          "Archived in "
              + erp(room)
              + " although linked, so that nothing can be written for them: "
              + some(gone)
              + ". Restore them, or unlink the companies (XR-COY-02).");
    }
  }

  private void names(
      ConnectionRoom room, Reading reading, Map<String, Long> linked, List<String> told) {
    if (!room.companies().pushesNames()) {
      return;
    }
    List<VendorNames.Row> rows = new ArrayList<>();
    linked.forEach(
        (key, id) -> {
          BookedCompany supplier = reading.books().find(key).orElse(null);
          DirectoryVendor vendor = reading.vendors().get(id);
          if (supplier != null
              && supplier.active()
              && vendor != null
              && !vendor.name().equals(supplier.name())) {
            rows.add(new VendorNames.Row(id, supplier.name()));
          }
        });
    if (!rows.isEmpty()) {
      long renamed =
          room.client().vendorNames().sync(rows).stream().filter(SyncOutcome::accepted).count();
      told.add(count(renamed, "company was", "companies were") + " renamed.");
    }
  }

  /** Suppliers that no company has: linked where the setting allows it, suggested, or staged. */
  private void unlinked(
      ConnectionRoom room, Reading reading, Map<String, Long> linked, List<String> told) {
    Map<String, String> staged =
        room.client().stagedRecords().list(CompanyReadings.VENDOR).stream()
            .collect(
                Collectors.toMap(
                    StagedRecords.Staged::originId, StagedRecords.Staged::status, (a, b) -> b));
    CompanyIndex free =
        new CompanyIndex(
            reading.vendors().values().stream()
                .filter(vendor -> vendor.originId() == null)
                .map(DirectoryVendor::company)
                .toList());
    Map<Long, Set<String>> apart = ledger.companyMatches().apart(room.id());
    List<Pair> likely = new ArrayList<>();
    List<StagedRecords.Row> rows = new ArrayList<>();
    for (BookedCompany supplier : reading.books().all()) {
      if (linked.containsKey(supplier.key()) || supplier.mergedInto() != null) {
        continue;
      }
      String status = staged.get(CompanyReadings.originId(room, supplier.key()));
      if (!supplier.active()) {
        if ("staged".equals(status)) {
          rows.add(StagedSupplier.row(room, supplier, StagedRecords.Status.ARCHIVED));
        }
        continue;
      }
      if (!supplier.supplier() && !room.companies().importsAll()) {
        continue;
      }
      List<Pair> same = near(room, reading, free, supplier, apart);
      if (!same.isEmpty()) {
        likely.addAll(same);
      } else if (status == null || "staged".equals(status)) {
        // What a person archived there stays archived.
        rows.add(StagedSupplier.row(room, supplier, StagedRecords.Status.STAGED));
      }
    }
    List<Pair> byItself = linking.linkAll(room, byItself(room, likely), WHO);
    stage(room, rows, told);
    if (!byItself.isEmpty()) {
      told.add(count(byItself.size(), "company was", "companies were") + " linked.");
    }
    List<Pair> open = likely.stream().filter(pair -> !isLinked(pair, byItself)).toList();
    ledger
        .companyMatches()
        .suggested(
            room.id(),
            open.stream().map(pair -> Long.valueOf(pair.match().first())).toList(),
            open);
    if (!open.isEmpty()) {
      told.add(
          "Not offered, because companies of the Directory may be the same: "
              + some(open.stream().map(pair -> "'" + pair.supplierName() + "'").distinct().toList())
              + ". './tieback companies suggest' shows them with reasons (XR-COY-01).");
    }
  }

  private static boolean isLinked(Pair pair, List<Pair> linked) {
    return linked.stream()
        .anyMatch(
            one ->
                one.match().first().equals(pair.match().first())
                    || one.match().second().equals(pair.match().second()));
  }

  private static List<Pair> near(
      ConnectionRoom room,
      Reading reading,
      CompanyIndex free,
      BookedCompany supplier,
      Map<Long, Set<String>> apart) {
    List<Pair> near = new ArrayList<>();
    for (CompanyMatch found : free.near(supplier.company(), room.companies().match().score())) {
      DirectoryVendor vendor = reading.vendors().get(Long.valueOf(found.second()));
      if (!apart.getOrDefault(vendor.id(), Set.of()).contains(supplier.key())) {
        near.add(
            new Pair(
                CompanyMatcher.compare(vendor.company(), supplier.company()),
                vendor.name(),
                supplier.name()));
      }
    }
    return near;
  }

  private static List<Pair> byItself(ConnectionRoom room, List<Pair> likely) {
    MatchPolicy policy = room.companies().match();
    return switch (policy.linksByItself()) {
      case NOTHING -> List.of();
      case NAME ->
          CompanyLinking.clear(likely).stream()
              .filter(pair -> CompanyMatcher.sameName(pair.vendorName(), pair.supplierName()))
              .toList();
      case SCORE ->
          CompanyLinking.clear(likely).stream()
              .filter(pair -> pair.match().score() >= policy.score())
              .toList();
    };
  }

  private static void stage(ConnectionRoom room, List<StagedRecords.Row> rows, List<String> told) {
    List<SyncOutcome<String>> outcomes = room.client().stagedRecords().sync(rows);
    long archived = 0;
    long offered = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (!outcomes.get(i).accepted()) {
        told.add(
            "Procore did not take '"
                + rows.get(i).originCode()
                + "': "
                + outcomes.get(i).words()
                + ".");
      } else if (rows.get(i).status() == StagedRecords.Status.ARCHIVED) {
        archived++;
      } else {
        offered++;
      }
    }
    told.add(
        offered == 0
            ? "No supplier is left to import."
            : count(offered, "supplier is", "suppliers are") + " ready to import.");
    if (archived > 0) {
      told.add(count(archived, "archived supplier", "archived suppliers") + " left the list.");
    }
  }

  private static String some(List<String> names) {
    return names.size() <= NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMED)) + " and " + (names.size() - NAMED) + " more";
  }

  private static String count(long number, String one, String many) {
    return number + " " + (number == 1 ? one : many);
  }

  private static String erp(ConnectionRoom room) {
    return room.erp().capabilities().displayName();
  }
}
