package io.tieback.flow;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.KnownLinks;
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
   * What this node saw last: only a saving, the ledger decides. A link is never changed while
   * invoices use it; only companies are, when they are merged, so theirs are not kept.
   */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  LedgerKnownLinks(Ledger ledger, ConnectionId connection) {
    this.ledger = ledger;
    this.connection = connection;
  }

  @Override
  public Optional<String> originId(String itemType, long procoreId) {
    String key = Links.waitKey(itemType, Long.toString(procoreId));
    String known = seen.get(key);
    if (known == null) {
      known =
          ledger
              .links()
              .get(connection, itemType, Long.toString(procoreId))
              .map(Links.Link::originId)
              .orElse(null);
      if (known != null && !itemType.equals(CompanyReadings.VENDOR)) {
        seen.put(key, known);
      }
    }
    return Optional.ofNullable(known);
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
      seen.put(Links.waitKey(itemType, Long.toString(procoreId)), originId);
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
      public void learned(String itemType, long procoreId, String originId) {
        LedgerKnownLinks.this.learned(itemType, procoreId, originId);
      }
    };
  }
}
