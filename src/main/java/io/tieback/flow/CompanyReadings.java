package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.CompanyNames;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.DirectoryVendor;
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

  private final Ledger ledger;
  private final Map<ConnectionId, Reading> readings = new ConcurrentHashMap<>();

  /** Wires it. */
  public CompanyReadings(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Both sides at one time. */
  public static final class Reading {
    private final String claim;
    private final CompanyBooks books;
    private final Map<Long, DirectoryVendor> vendors;
    private final Map<String, Long> linked;
    private final Map<String, Long> names;

    private Reading(
        String claim,
        CompanyBooks books,
        Map<Long, DirectoryVendor> vendors,
        Map<String, Long> linked,
        Map<String, Long> names) {
      this.claim = claim;
      this.books = books;
      this.vendors = vendors;
      this.linked = linked;
      this.names = names;
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

  /**
   * The reading for companies that were claimed together.
   *
   * @param claim tells one claim from another; null when it is not known
   */
  Reading of(ConnectionRoom room, String claim) {
    return readings.compute(
        room.id(),
        (id, held) ->
            held != null && claim != null && claim.equals(held.claim) ? held : read(room, claim));
  }

  /** A reading for one decision, afresh. */
  public Reading afresh(ConnectionRoom room) {
    return read(room, null);
  }

  private Reading read(ConnectionRoom room, String claim) {
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
    return new Reading(claim, books, vendors, linked, names(room));
  }

  /** Companies that are being created: the ERP does not show them yet. */
  private Map<String, Long> names(ConnectionRoom room) {
    Map<String, Long> names = new ConcurrentHashMap<>();
    ledger
        .companyMerges()
        .beingWritten(room.id())
        .forEach((vendor, name) -> names.put(CompanyNames.normalised(name), vendor));
    return names;
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
  public static String originId(ConnectionRoom room, String key) {
    return new OriginId(room.erp().capabilities().erp(), room.id(), KIND, key).toString();
  }
}
