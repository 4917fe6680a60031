package io.tieback.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Items of the queue in short, for mails: without events, previews and findings. */
public final class ItemSummaries {

  private static final int PAGE = 5_000;

  private final Db db;

  ItemSummaries(Db db) {
    this.db = db;
  }

  /** One item. */
  public Optional<ItemSummary> find(long id) {
    return Optional.ofNullable(find(List.of(id)).get(id));
  }

  /** Several by their keys; what is not there is missing. */
  public Map<Long, ItemSummary> find(Collection<Long> ids) {
    Map<Long, ItemSummary> found = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      db.sql(
              "select "
                  + ItemSummary.COLUMNS
                  + " from queue_item where id = any(cast(:ids as bigint[]))")
          .with("ids", List.copyOf(ids))
          .list(ItemSummary::map)
          .forEach(item -> found.put(item.id(), item));
    }
    return found;
  }

  /** The key of the item that a work item writes. */
  public Optional<Long> ofWork(long workItem) {
    return db.sql("select id from queue_item where work_item_id = :work order by id desc limit 1")
        .with("work", workItem)
        .first((rs, n) -> rs.getLong("id"));
  }

  /**
   * Every item of Tieback's door that is in one of these states, in pages, the oldest key first.
   * What Procore's own tool decides about is not among them.
   */
  public void each(Collection<String> states, Consumer<ItemSummary> use) {
    long after = 0;
    List<ItemSummary> page;
    do {
      page =
          db.sql(
                  "select "
                      + ItemSummary.COLUMNS
                      + " from queue_item where door = 'tieback' and state = any(:states) and id >"
                      + " :after order by id limit :most")
              .with("states", states)
              .with("after", after)
              .with("most", PAGE)
              .list(ItemSummary::map);
      page.forEach(use);
      after = page.isEmpty() ? after : page.get(page.size() - 1).id();
    } while (page.size() == PAGE);
  }
}
