package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.KnownLinks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Links that Tieback knows, kept in the ledger. A link that is learned lets go what waited for it.
 */
final class LedgerKnownLinks implements KnownLinks {

  private final Ledger ledger;
  private final ConnectionId connection;

  /**
   * How long what was seen counts. A record that is unlinked meanwhile, here or by another node, is
   * used no longer than this; the checks of its own flow are what keeps it from being unlinked
   * while something of it is on its way.
   */
  private static final long SEEN_NANOS = Duration.ofSeconds(10).toNanos();

  /**
   * What this node saw last: only a saving, the ledger decides. Companies are not kept, since
   * merging them changes their links at once.
   */
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(String link, long atNanos) {
    boolean counts() {
      return System.nanoTime() - atNanos < SEEN_NANOS;
    }
  }

  LedgerKnownLinks(Ledger ledger, ConnectionId connection) {
    this.ledger = ledger;
    this.connection = connection;
  }

  @Override
  public Optional<String> originId(String itemType, long procoreId) {
    String key = Links.waitKey(itemType, Long.toString(procoreId));
    Seen before = seen.get(key);
    String known = before != null && before.counts() ? before.link() : null;
    if (known == null) {
      known =
          ledger
              .links()
              .get(connection, itemType, Long.toString(procoreId))
              .map(Links.Link::originId)
              .orElse(null);
      if (known != null && !itemType.equals(CompanyReadings.VENDOR)) {
        seen.put(key, new Seen(known, System.nanoTime()));
      }
    }
    return Optional.ofNullable(known);
  }

  @Override
  public long today(String itemType, long procoreId) {
    return itemType.equals(CompanyReadings.VENDOR)
        ? ledger.companyMerges().today(connection, procoreId)
        : procoreId;
  }

  @Override
  public void learned(String itemType, long procoreId, String originId) {
    ledger
        .links()
        .put(
            List.of(
                new Links.Link(
                    connection, itemType, Long.toString(procoreId), originId, null, null, null)));
    if (!itemType.equals(CompanyReadings.VENDOR)) {
      seen.put(
          Links.waitKey(itemType, Long.toString(procoreId)), new Seen(originId, System.nanoTime()));
    }
  }

  /**
   * The same, but nothing is known yet: each link is read from Procore again, and what is found
   * takes the place of what was known.
   */
  KnownLinks anew() {
    return new KnownLinks() {
      @Override
      public Optional<String> originId(String itemType, long procoreId) {
        return Optional.empty();
      }

      @Override
      public long today(String itemType, long procoreId) {
        return LedgerKnownLinks.this.today(itemType, procoreId);
      }

      @Override
      public void learned(String itemType, long procoreId, String originId) {
        LedgerKnownLinks.this.learned(itemType, procoreId, originId);
      }
    };
  }
}
