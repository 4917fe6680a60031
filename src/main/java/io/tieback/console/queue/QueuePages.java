package io.tieback.console.queue;

import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.Approvals;
import io.tieback.console.page.Pages;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.Overviews;
import io.tieback.ledger.Ledger;
import java.time.Clock;
import java.util.function.Function;

/** The queue: the overview, its lists, and the page of each item. */
public final class QueuePages implements Pages.Group {

  private final ListPages lists;
  private final ItemPages items;
  private final ItemDeeds deeds;
  private final OverviewPages overview;

  /**
   * Wires them.
   *
   * @param policies settings of a connection as they are now
   * @param links where people open an item in Procore and in the ERP
   */
  public QueuePages(
      Ledger ledger,
      Approvals approvals,
      Function<ConnectionId, ApprovalPolicy> policies,
      ItemLinks links,
      Overviews overviews,
      Clock clock) {
    QueueCounts counts = new QueueCounts(ledger.queueItems(), clock);
    lists = new ListPages(ledger, approvals, counts);
    items = new ItemPages(ledger, approvals, policies, links, lists);
    deeds = new ItemDeeds(ledger, approvals, counts);
    overview = new OverviewPages(overviews, counts);
  }

  @Override
  public void addTo(Pages pages) {
    pages.bundle("queue");
    overview.addTo(pages);
    lists.addTo(pages);
    items.addTo(pages);
    deeds.addTo(pages);
  }
}
