package io.tieback.flow.door;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.OriginId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.EventLinks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the ledger knows to be joined, for one look at many records: each link is read once, and the
 * whole is thrown away afterwards.
 */
final class DoorLinks implements EventLinks.Known {

  private static final String COST_TYPE = "line_item_type";

  private final Ledger ledger;
  private final ConnectionId connection;
  private final Map<String, Optional<Links.Link>> seen = new HashMap<>();
  private Map<String, String> costTypes;

  DoorLinks(Ledger ledger, ConnectionId connection) {
    this.ledger = ledger;
    this.connection = connection;
  }

  @Override
  public Optional<String> originId(String itemType, long procoreId) {
    return link(itemType, procoreId).map(Links.Link::originId);
  }

  @Override
  public Optional<String> number(String itemType, long procoreId) {
    return link(itemType, procoreId).map(Links.Link::code);
  }

  private Optional<Links.Link> link(String itemType, long procoreId) {
    return seen.computeIfAbsent(
        Links.waitKey(itemType, Long.toString(procoreId)),
        key -> {
          // A company that was merged into another stands under that one's link.
          long today =
              itemType.equals(DoorEvents.VENDOR)
                  ? ledger.companyMerges().today(connection, procoreId)
                  : procoreId;
          return ledger.links().get(connection, itemType, Long.toString(today));
        });
  }

  @Override
  public Optional<String> costType(String code) {
    return Optional.ofNullable(costTypes().get(code));
  }

  /** Characters of the longest cost type that is in the ERP; 1 where none is. */
  int longestType() {
    return costTypes().keySet().stream().mapToInt(String::length).max().orElse(1);
  }

  private Map<String, String> costTypes() {
    if (costTypes == null) {
      List<Links.Link> all = ledger.links().all(connection, COST_TYPE);
      costTypes = new HashMap<>();
      all.stream()
          .filter(link -> link.originId() != null)
          .forEach(link -> costTypes.put(code(link), link.originId()));
    }
    return costTypes;
  }

  /** A link that was learned from Procore has the code in its key alone. */
  private static String code(Links.Link link) {
    return link.code() == null ? OriginId.parse(link.originId()).key() : link.code();
  }

  /** These are known from now on, and let go what waited for them. */
  void learned(List<EventLinks.Shown> shown) {
    ledger
        .links()
        .put(
            shown.stream()
                .map(
                    one ->
                        new Links.Link(
                            connection,
                            one.itemType(),
                            Long.toString(one.procoreId()),
                            one.originId(),
                            OriginId.parse(one.originId()).key(),
                            null,
                            null))
                .toList());
    seen.clear();
    costTypes = null;
  }

  @Override
  public boolean isOurs(String originId) {
    try {
      return OriginId.parse(originId).connection().equals(connection);
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }
}
