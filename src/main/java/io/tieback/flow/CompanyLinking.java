package io.tieback.flow;

import io.tieback.construction.BookedCompany;
import io.tieback.construction.CompanyIndex;
import io.tieback.construction.CompanyMatch;
import io.tieback.construction.CompanyMatcher;
import io.tieback.flow.CompanyReadings.Reading;
import io.tieback.ledger.CompanyMatches.Pair;
import io.tieback.ledger.CompanyMatches.State;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.SyncOutcome;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Joins companies of Procore with suppliers of the ERP, and parts them, as people decide
 * (GEN-COY-01, GEN-COY-02, XR-COY-01, XR-COY-02). Procore is told first: what it took is learned
 * from there again should the ledger not come to it.
 */
public final class CompanyLinking {

  private static final int MOST_LETTERS = 10_000;

  private final Ledger ledger;
  private final CompanyReadings readings;

  /** Wires it. */
  public CompanyLinking(Ledger ledger, CompanyReadings readings) {
    this.ledger = ledger;
    this.readings = readings;
  }

  /**
   * Companies that are not linked, with the suppliers that they may be, likeliest first. Stored as
   * suggestions.
   *
   * @param atLeast lowest score
   * @param most most suppliers of one company
   */
  public List<Pair> suggest(ConnectionRoom room, int atLeast, int most) {
    Reading reading = readings.afresh(room);
    CompanyIndex free =
        new CompanyIndex(
            reading.books().all().stream()
                .filter(booked -> booked.active() && booked.mergedInto() == null)
                .filter(booked -> !reading.linked().containsKey(booked.key()))
                .map(BookedCompany::company)
                .toList());
    Map<Long, Set<String>> apart = ledger.companyMatches().apart(room.id());
    List<Long> looked = new ArrayList<>();
    List<Pair> pairs = new ArrayList<>();
    for (DirectoryVendor vendor : reading.vendors().values()) {
      if (vendor.originId() != null) {
        continue;
      }
      looked.add(vendor.id());
      free.near(vendor.company(), atLeast).stream()
          .filter(match -> match.score() >= atLeast)
          .filter(match -> !apart.getOrDefault(vendor.id(), Set.of()).contains(match.second()))
          .limit(most)
          .map(match -> pair(reading, vendor, match))
          .forEach(pairs::add);
    }
    ledger.companyMatches().suggested(room.id(), looked, pairs);
    return pairs;
  }

  private static Pair pair(Reading reading, DirectoryVendor vendor, CompanyMatch match) {
    return new Pair(
        match, vendor.name(), reading.books().find(match.second()).orElseThrow().name());
  }

  /**
   * Links one company, after a look at both sides.
   *
   * @param key the ERP's key of the supplier
   * @param who who decided it
   * @return what was linked
   * @throws Failure REFUSED, with what speaks against it and what to do
   */
  public Pair link(ConnectionRoom room, long vendorId, String key, String who) {
    DirectoryVendor vendor = vendor(room, vendorId);
    if (vendor.originId() != null) {
      throw refused(
          "Company '" + vendor.name() + "' is linked to '" + vendor.originId() + "' already",
          "Unlink it first: ./tieback companies unlink " + vendorId);
    }
    BookedCompany supplier = supplier(room, key);
    if (supplier.mergedInto() != null) {
      throw refused(
          "Supplier '" + supplier.name() + "' was merged into another",
          "Link that one: " + supplier.mergedInto());
    }
    if (!supplier.active()) {
      throw refused(
          "Supplier '" + supplier.name() + "' is archived; only active ones are linked (XR-COY-02)",
          "Restore it in " + erp(room) + ", or link another");
    }
    String originId = CompanyReadings.originId(room, supplier.key());
    ledger.links().all(room.id(), CompanyReadings.VENDOR).stream()
        .filter(link -> link.originId().equals(originId))
        .findFirst()
        .ifPresent(
            link -> {
              throw refused(
                  "Supplier '"
                      + supplier.name()
                      + "' is linked to company "
                      + link.procoreKey()
                      + " already (TB-COY-03)",
                  "Merge the two companies in Procore, or unlink " + link.procoreKey());
            });
    CompanyMatch match = CompanyMatcher.compare(vendor.company(), supplier.company());
    Pair pair = new Pair(match, vendor.name(), supplier.name());
    for (SyncOutcome<ExternalDataRow.Key> outcome : write(room, List.of(pair))) {
      if (!outcome.accepted()) {
        throw refused(
            "Procore did not take the link of company " + vendorId + ": " + outcome.words(),
            "Look whether another company has this supplier, there or in another connection");
      }
    }
    linked(room, List.of(pair), who);
    return pair;
  }

  /**
   * Links every company whose likeliest supplier reaches the score, where neither of the two has
   * another that is as likely.
   *
   * @return what was linked
   */
  public List<Pair> linkAll(ConnectionRoom room, int atLeast, String who) {
    return linkAll(room, clear(room, atLeast), who);
  }

  /** What {@link #linkAll(ConnectionRoom, int, String)} would link. */
  public List<Pair> clear(ConnectionRoom room, int atLeast) {
    return clear(suggest(room, atLeast, 2));
  }

  /** Those of these pairs whose two sides are each other's only likeliest. */
  static List<Pair> clear(List<Pair> pairs) {
    Map<String, Integer> best = new HashMap<>();
    Map<String, Integer> asLikely = new HashMap<>();
    for (Pair pair : pairs) {
      for (String side : sides(pair)) {
        int score = pair.match().score();
        int before = best.getOrDefault(side, -1);
        asLikely.put(side, score > before ? 1 : asLikely.get(side) + (score == before ? 1 : 0));
        best.put(side, Math.max(score, before));
      }
    }
    return pairs.stream()
        .filter(
            pair ->
                sides(pair).stream()
                    .allMatch(
                        side -> best.get(side) == pair.match().score() && asLikely.get(side) == 1))
        .toList();
  }

  private static List<String> sides(Pair pair) {
    return List.of("company " + pair.match().first(), "supplier " + pair.match().second());
  }

  /** Links these; one that Procore does not take is left out of what is given back. */
  List<Pair> linkAll(ConnectionRoom room, List<Pair> pairs, String who) {
    List<SyncOutcome<ExternalDataRow.Key>> outcomes = write(room, pairs);
    List<Pair> taken = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      if (outcomes.get(i).accepted()) {
        taken.add(pairs.get(i));
      }
    }
    linked(room, taken, who);
    return taken;
  }

  private static List<SyncOutcome<ExternalDataRow.Key>> write(
      ConnectionRoom room, List<Pair> pairs) {
    return pairs.isEmpty()
        ? List.of()
        : room.marks()
            .write(
                pairs.stream()
                    .map(
                        pair ->
                            RecordMarks.company(
                                new ExternalDataRow(
                                    CompanyReadings.VENDOR,
                                    Long.parseLong(pair.match().first()),
                                    CompanyReadings.originId(room, pair.match().second()),
                                    pair.supplierName(),
                                    null)))
                    .toList());
  }

  private void linked(ConnectionRoom room, List<Pair> pairs, String who) {
    for (Pair pair : pairs) {
      String vendor = pair.match().first();
      String key = pair.match().second();
      ledger.together(
          () -> {
            ledger.links().put(List.of(link(room, vendor, key, pair.supplierName())));
            ledger.companyMatches().decided(room.id(), pair, State.LINKED, who);
            ledger
                .audit()
                .append(
                    who,
                    room.id(),
                    "link",
                    "company " + vendor + " (" + pair.vendorName() + ")",
                    Map.of(
                        "supplier", key + " (" + pair.supplierName() + ")",
                        "score", Integer.toString(pair.match().score()),
                        "reasons", String.join(", ", pair.match().reasons())));
            return null;
          });
      goesOn(room, Long.parseLong(vendor), who);
    }
  }

  static Links.Link link(ConnectionRoom room, String vendor, String key, String name) {
    return new Links.Link(
        room.id(),
        CompanyReadings.VENDOR,
        vendor,
        CompanyReadings.originId(room, key),
        key,
        name,
        null);
  }

  /** An export of this company that failed because nobody had decided goes on with what was. */
  void goesOn(ConnectionRoom room, long vendorId, String who) {
    Optional<WorkItem> item = ledger.workItems().find(room.id(), CompanyReadings.VENDOR, vendorId);
    if (item.isEmpty()) {
      return;
    }
    List<Long> letters =
        ledger
            .deadLetters()
            .list(new DeadLetters.Filter(room.id(), "open", null, MOST_LETTERS))
            .stream()
            .filter(letter -> letter.subjectKind().equals("work_item"))
            .filter(letter -> item.get().id() == letter.subjectId())
            .map(DeadLetter::id)
            .toList();
    // One that somebody replayed or discarded in this moment needs nothing more.
    ledger.replays().replay(letters, who);
  }

  /**
   * Parts a company from its supplier, after a look at both sides. The supplier stays as it is in
   * the ERP.
   *
   * @return the supplier as it stands, or empty when the ERP has it no longer
   * @throws Failure REFUSED, with what speaks against it and what to do
   */
  public Optional<BookedCompany> unlink(ConnectionRoom room, long vendorId, String who) {
    DirectoryVendor vendor = vendor(room, vendorId);
    String key =
        CompanyReadings.key(room, vendor.originId())
            .orElseThrow(
                () ->
                    refused(
                        vendor.originId() == null
                            ? "Company '" + vendor.name() + "' is not linked"
                            : "Company '"
                                + vendor.name()
                                + "' is linked to '"
                                + vendor.originId()
                                + "', which is not of connection "
                                + room.id(),
                        vendor.originId() == null
                            ? "Nothing to do"
                            : "Unlink it where it was linked"));
    List<String> underWay = ledger.companyMerges().underWay(room.id(), vendorId);
    if (!underWay.isEmpty()) {
      throw refused(
          "Documents of company '"
              + vendor.name()
              + "' are being written: "
              + String.join(", ", underWay.subList(0, Math.min(3, underWay.size()))),
          "Wait until they are written, then try again");
    }
    Optional<BookedCompany> supplier = room.erp().company(key);
    for (SyncOutcome<ExternalDataRow.Key> outcome :
        room.marks()
            .write(
                List.of(
                    RecordMarks.company(
                        ExternalDataRow.cleared(CompanyReadings.VENDOR, vendorId))))) {
      if (!outcome.accepted()) {
        throw refused("Procore did not take the link away: " + outcome.words(), "Try again later");
      }
    }
    ledger.together(
        () -> {
          forget(room, vendorId, "unlinked by " + who);
          ledger
              .audit()
              .append(
                  who,
                  room.id(),
                  "unlink",
                  "company " + vendorId + " (" + vendor.name() + ")",
                  Map.of("supplier", key));
          return null;
        });
    return supplier;
  }

  /** The company is linked no longer. */
  void forget(ConnectionRoom room, long vendorId, String why) {
    ledger.workItems().unlinked(room.id(), CompanyReadings.VENDOR, vendorId, why);
    ledger.companyMatches().unlinked(room.id(), vendorId);
  }

  /** A person says that the two are not the same: they are not suggested again. */
  public Pair apart(ConnectionRoom room, long vendorId, String key, String who) {
    DirectoryVendor vendor = vendor(room, vendorId);
    BookedCompany supplier = supplier(room, key);
    Pair pair =
        new Pair(
            CompanyMatcher.compare(vendor.company(), supplier.company()),
            vendor.name(),
            supplier.name());
    ledger.together(
        () -> {
          ledger.companyMatches().decided(room.id(), pair, State.APART, who);
          ledger
              .audit()
              .append(
                  who,
                  room.id(),
                  "apart",
                  "company " + vendorId + " (" + vendor.name() + ")",
                  Map.of("supplier", supplier.key() + " (" + supplier.name() + ")"));
          return null;
        });
    return pair;
  }

  private static DirectoryVendor vendor(ConnectionRoom room, long id) {
    try {
      return DirectoryVendor.of(room.client().directory().vendor(id));
    } catch (Failure failure) {
      if (failure.status() == 404) {
        throw refused(
            "Procore has no company " + id + " in its Directory",
            "./tieback companies suggest lists companies with their numbers");
      }
      throw failure;
    }
  }

  private static BookedCompany supplier(ConnectionRoom room, String key) {
    return room.erp()
        .company(key)
        .orElseThrow(
            () ->
                refused(
                    erp(room) + " has no supplier " + key,
                    "./tieback companies suggest lists suppliers with their keys"));
  }

  private static String erp(ConnectionRoom room) {
    return room.erp().capabilities().displayName();
  }

  private static Failure refused(String message, String remedy) {
    return Failure.of(FailureKind.REFUSED, message, remedy);
  }
}
