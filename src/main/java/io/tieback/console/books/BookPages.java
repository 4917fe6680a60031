package io.tieback.console.books;

import io.tieback.console.page.Pages;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.ConnectionRooms;
import io.tieback.ledger.Ledger;
import java.util.List;

/** Dead letters, what came back, the tie-out, links and mails: the work of whoever keeps books. */
public final class BookPages implements Pages.Group {

  private final List<Pages.Group> groups;

  /**
   * Puts them together.
   *
   * @param rooms the connections, for what looks at both services
   * @param connections their names, in the order of the settings; at least one
   * @param mails whether a mail server is configured
   */
  public BookPages(
      Ledger ledger,
      ConnectionRooms rooms,
      CompanyLinking linking,
      List<ConnectionId> connections,
      boolean mails) {
    this.groups =
        List.of(
            new LetterPages(ledger),
            new PaymentPages(ledger, connections),
            new CostPages(ledger, connections),
            new TieOutPages(ledger, connections),
            new LinkPages(ledger, rooms, linking, connections),
            new MailPages(ledger, mails));
  }

  @Override
  public void addTo(Pages pages) {
    groups.forEach(group -> group.addTo(pages));
  }
}
