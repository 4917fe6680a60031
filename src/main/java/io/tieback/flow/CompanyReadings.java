package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.CompanyNames;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.DirectoryVendor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The companies of both sides, as they are now. One reading serves all companies that are prepared
 * together: a call for a thousand on each side, however many of them go out.
 */
public final class CompanyReadings {

  /** What an origin id of a company names. */
  public static final String KIND = "contact";

  /** External Data's word for a company. */
  public static final String VENDOR = "vendor";

  /** How long a reading serves: as long as companies that were claimed together take. */
  private static final Duration SERVES = Duration.ofSeconds(10);

  private final Ledger ledger;
  private final Clock clock;
  private final Map<ConnectionId, Reading> readings = new ConcurrentHashMap<>();

  /** Wires it. */
  public CompanyReadings(Ledger ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /** Both sides at one time. */
  public static final class Reading {
    private final Instant at;
    private final CompanyBooks books;
    private final Map<Long, DirectoryVendor> vendors;
    private final Map<String, Long> linked;
    private final Map<String, Long> names = new ConcurrentHashMap<>();

    private Reading(
        Instant at,
        CompanyBooks books,
        Map<Long, DirectoryVendor> vendors,
        Map<String, Long> linked) {
      this.at = at;
      this.books = books;
      this.vendors = vendors;
      this.linked = linked;
    }

    /** The ERP's suppliers. */
    public CompanyBooks books() {
      return books;
    }

    /** Procore's companies by id, in Procore's order. */
    public Map<Long, DirectoryVendor> vendors() {
      return vendors;
    }

    /** Procore's company by the ERP's key, of those that are linked. */
    public Map<String, Long> linked() {
      return linked;
    }

    /**
     * A company is about to be created under this name. Gives the company that is, which is another
     * when that one came first: the ERP does not show it yet.
     */
    long creating(String name, long vendor) {
      Long first = names.putIfAbsent(CompanyNames.normalised(name), vendor);
      return first == null ? vendor : first;
    }
  }

  /** A reading for companies that are prepared now. */
  Reading of(ConnectionRoom room) {
    return readings.compute(
        room.id(),
        (id, held) ->
            held != null && clock.instant().isBefore(held.at.plus(SERVES)) ? held : read(room));
  }

  /** A reading for one decision, afresh. */
  public Reading afresh(ConnectionRoom room) {
    return readings.compute(room.id(), (id, held) -> read(room));
  }

  private Reading read(ConnectionRoom room) {
    CompanyBooks books = room.erp().companies();
    Map<Long, DirectoryVendor> vendors = new LinkedHashMap<>();
    Map<String, Long> linked = new HashMap<>();
    for (Links.Link link : ledger.links().all(room.id(), VENDOR)) {
      key(room, link.originId()).ifPresent(key -> linked.put(key, Long.valueOf(link.procoreKey())));
    }
    for (JsonNode row : room.client().directory().vendors()) {
      DirectoryVendor vendor = DirectoryVendor.of(row);
      vendors.put(vendor.id(), vendor);
      key(room, vendor.originId()).ifPresent(key -> linked.put(key, vendor.id()));
    }
    return new Reading(clock.instant(), books, vendors, linked);
  }

  /** The ERP's key in an origin id of this connection; empty for any other text. */
  static Optional<String> key(ConnectionRoom room, String originId) {
    try {
      OriginId parsed = OriginId.parse(originId);
      return parsed.connection().equals(room.id()) && parsed.kind().equals(KIND)
          ? Optional.of(parsed.key())
          : Optional.empty();
    } catch (IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  /** The origin id of a supplier. */
  static String originId(ConnectionRoom room, String key) {
    return new OriginId(room.erp().capabilities().erp(), room.id(), KIND, key).toString();
  }
}
