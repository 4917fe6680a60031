package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Action;
import io.tieback.approval.Composed;
import io.tieback.approval.Imports;
import io.tieback.approval.Person;
import io.tieback.approval.QueueState;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refused;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.CompanyMatcher;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.CompanyReadings.Reading;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.ConnectionWatch;
import io.tieback.flow.StagedSupplier;
import io.tieback.ledger.Cursors;
import io.tieback.ledger.DoorRequests;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.FiguresDigest;
import io.tieback.procore.StagedRecords;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suppliers that only the ERP has, offered for import at Tieback's own door (GEN-ARC-02): what
 * staged records are on the ERP tab. Importing one makes a company of it in Procore's Directory, or
 * links it to one that is there.
 */
public final class DoorImports implements Imports {

  private static final Logger LOG = LoggerFactory.getLogger(DoorImports.class);
  private static final String ACTIVE = "ready_to_import";
  static final String CURSOR = "door-imports";

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CompanyReadings readings;
  private final CompanyLinking linking;
  private final ConnectionWatch watch;
  private final Clock clock;

  /** Wires it. */
  public DoorImports(
      Ledger ledger,
      ConnectionRooms rooms,
      CompanyReadings readings,
      CompanyLinking linking,
      ConnectionWatch watch,
      Clock clock) {
    this.watch = watch;
    this.clock = clock;
    this.ledger = ledger;
    this.rooms = rooms;
    this.readings = readings;
    this.linking = linking;
  }

  /** One turn: every connection whose reading is due; one that fails does not stop the others. */
  public void turn() {
    for (ConnectionRoom room : rooms.all()) {
      boolean paused = ledger.connections().get(room.id()).orElseThrow().pausedAt() != null;
      if (room.door().tieback() && !paused && due(room)) {
        try {
          refresh(room);
        } catch (Failure failure) {
          watch.noticed(room.id(), failure);
          LOG.warn(
              "suppliers could not be looked for connection='{}' kind='{}' why='{}'",
              room.id(),
              failure.kind(),
              failure.getMessage());
        }
      }
    }
  }

  /** Of several nodes one gets the turn. */
  private boolean due(ConnectionRoom room) {
    String before = ledger.cursors().get(room.id(), CURSOR).orElse(null);
    Instant now = clock.instant();
    if (before != null && Instant.parse(before).plus(room.door().imports()).isAfter(now)) {
      return false;
    }
    try {
      ledger.cursors().advance(room.id(), CURSOR, before, now.toString(), () -> {});
      return true;
    } catch (Cursors.CursorMoved another) {
      return false;
    }
  }

  /**
   * What a reading came to.
   *
   * @param offered suppliers that are ready to import for the first time
   * @param gone suppliers that no longer are: linked, archived or merged in the ERP
   */
  public record Report(int offered, int gone) {}

  /**
   * Brings the list of a connection up to date: a call for a thousand on each side. Suppliers that
   * somebody archived here stay archived.
   *
   * @throws Failure when one of the sides does not answer
   */
  public Report refresh(ConnectionRoom room) {
    if (!room.door().tieback() || !rooms.leads(room)) {
      return new Report(0, 0);
    }
    Reading reading = readings.afresh(room);
    Map<String, BookedCompany> offered = offered(room, reading);
    return ledger.together(() -> store(room, offered));
  }

  private static Map<String, BookedCompany> offered(ConnectionRoom room, Reading reading) {
    Map<String, BookedCompany> offered = new LinkedHashMap<>();
    for (BookedCompany supplier : reading.books().all()) {
      boolean wanted = supplier.supplier() || room.companies().importsAll();
      if (wanted
          && supplier.active()
          && supplier.mergedInto() == null
          && !reading.linked().containsKey(supplier.key())) {
        offered.put(supplier.key(), supplier);
      }
    }
    return offered;
  }

  private Report store(ConnectionRoom room, Map<String, BookedCompany> offered) {
    Map<String, DoorRequests.Import> known = new HashMap<>();
    ledger
        .doorRequests()
        .imports(room.id(), CompanyReadings.VENDOR)
        .forEach(one -> known.put(one.erpKey(), one));
    List<QueueReading> fresh = new ArrayList<>();
    int gone = 0;
    for (BookedCompany supplier : offered.values()) {
      DoorRequests.Import there = known.get(supplier.key());
      if (there == null) {
        fresh.add(reading(room, supplier));
      } else if (!supplier.name().equals(there.title())) {
        ledger.queueItems().refresh(there.id(), about(supplier));
      }
      if (there != null && there.state().equals(QueueState.INVALID.word())) {
        moved(there, Action.CHANGE, ACTIVE, "offered again");
      }
    }
    for (DoorRequests.Import there : known.values()) {
      if (there.state().equals(ACTIVE) && !offered.containsKey(there.erpKey())) {
        moved(
            there,
            Action.INVALIDATE,
            QueueState.INVALID.word(),
            "linked, archived or merged in the meantime");
        gone++;
      }
    }
    ledger.queueItems().add(fresh, ACTIVE, ledger.node());
    return new Report(fresh.size(), gone);
  }

  private void moved(DoorRequests.Import item, Action action, String to, String why) {
    ledger
        .queueItems()
        .hold(item.id())
        .ifPresent(
            held ->
                ledger
                    .queueMoves()
                    .moved(
                        new QueueMoves.Move(
                            held.id(), held.version(), action.word(), to, ledger.node(), why)));
  }

  private static QueueReading reading(ConnectionRoom room, BookedCompany supplier) {
    return new QueueReading(
        room.id(),
        RecordKind.COMPANY.word(),
        CompanyReadings.VENDOR,
        null,
        supplier.key(),
        about(supplier));
  }

  private static QueueItem.About about(BookedCompany supplier) {
    return new QueueItem.About(
        null,
        supplier.name(),
        supplier.name(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        FiguresDigest.of(supplier.key(), supplier.name()),
        "[]");
  }

  // ---- one of them

  /** What importing it would make, and companies of the Directory that it may be already. */
  Composed compose(ConnectionRoom room, QueueItem item) {
    BookedCompany supplier = supplier(room, item);
    StagedRecords.Row row = StagedSupplier.row(room, supplier, StagedRecords.Status.STAGED);
    ObjectNode json =
        Json.object().put("erp", room.erp().capabilities().displayName()).put("action", "import");
    ObjectNode document = json.putObject("document").put("kind", "company");
    document.setAll(row.data());
    json.putNull("procore");
    List<Finding> findings = new ArrayList<>();
    for (DirectoryVendor vendor : readings.afresh(room).vendors().values()) {
      if (vendor.originId() == null
          && CompanyMatcher.compare(vendor.company(), supplier.company()).score()
              >= room.companies().match().score()) {
        findings.add(maybe(vendor));
      }
    }
    String text = Json.write(json);
    return new Composed(text, FiguresDigest.of(text), findings, null, null, supplier.name());
  }

  private static Finding maybe(DirectoryVendor vendor) {
    return new Finding(
        "GEN-COY-01",
        Severity.WARN,
        "Company",
        "'" + vendor.name() + "' (" + vendor.id() + ") of Procore's Directory may be the same",
        "one company on each side",
        "Link it to that company instead of importing it, if they are the same.");
  }

  @Override
  public void add(QueueItem item, Person who) {
    ConnectionRoom room = rooms.of(item.connection());
    try {
      BookedCompany supplier = supplier(room, item);
      free(room, item, supplier);
      Reading reading = readings.afresh(room);
      reading.vendors().values().stream()
          .filter(vendor -> !ours(room, supplier).equals(vendor.originId()))
          .filter(vendor -> CompanyMatcher.sameName(vendor.name(), supplier.name()))
          .findFirst()
          .ifPresent(
              vendor -> {
                throw new Refused(
                    "Procore's Directory has a company '"
                        + vendor.name()
                        + "' ("
                        + vendor.id()
                        + ") already (GEN-COY-01).",
                    "Link it to that company, or give one of the two another name.");
              });
      StagedRecords.Row row = StagedSupplier.row(room, supplier, StagedRecords.Status.STAGED);
      JsonNode vendor = made(room, row);
      linked(room, supplier, vendor.path("id").longValue());
    } catch (Failure failure) {
      throw new Refused(failure.getMessage(), remedy(failure));
    }
  }

  private static String ours(ConnectionRoom room, BookedCompany supplier) {
    return CompanyReadings.originId(room, supplier.key());
  }

  /** Under its mark it is made once; without marks its name tells that it is there (above). */
  private static JsonNode made(ConnectionRoom room, StagedRecords.Row row) {
    if (!room.door().marks()) {
      return room.client().vendorCreation().create(row.data());
    }
    return room.client()
        .vendorCreation()
        .createOnce(row.data().deepCopy().put("origin_id", row.originId()));
  }

  private void linked(ConnectionRoom room, BookedCompany supplier, long vendor) {
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    room.id(),
                    CompanyReadings.VENDOR,
                    Long.toString(vendor),
                    CompanyReadings.originId(room, supplier.key()),
                    supplier.key(),
                    supplier.name(),
                    null)));
  }

  /** A company that an answer made which got lost is linked already: then nothing is made. */
  private void free(ConnectionRoom room, QueueItem item, BookedCompany supplier) {
    ledger.links().all(room.id(), CompanyReadings.VENDOR).stream()
        .filter(link -> item.erpKey().equals(link.erpId()))
        .findFirst()
        .ifPresent(
            link -> {
              throw new Refused(
                  "'"
                      + supplier.name()
                      + "' is linked to company "
                      + link.procoreKey()
                      + " already (TB-COY-03).",
                  "Nothing to do: it leaves this list with the next reading.");
            });
  }

  @Override
  public void link(QueueItem item, long procoreId, Person who) {
    ConnectionRoom room = rooms.of(item.connection());
    try {
      linking.link(room, procoreId, item.erpKey(), who.email());
    } catch (Failure failure) {
      throw new Refused(failure.getMessage(), remedy(failure));
    }
  }

  private static BookedCompany supplier(ConnectionRoom room, QueueItem item) {
    return room.erp()
        .company(item.erpKey())
        .filter(BookedCompany::active)
        .orElseThrow(
            () ->
                new Refused(
                    room.erp().capabilities().displayName()
                        + " has no active supplier of that key any more.",
                    "Archive it here."));
  }

  private static String remedy(Failure failure) {
    return failure.remedy().isBlank() ? "Try again in a moment." : failure.remedy();
  }
}
