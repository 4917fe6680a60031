package io.tieback.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.books.BookPages;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.CompanyLinking;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.ConnectionRooms;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A console on its first day, when nothing has come yet. */
class EmptyPagesTest {

  private static final ConnectionId MAIN = new ConnectionId("main");

  @TempDir Path folder;

  @Test
  @DisplayName("every page of what came back opens while nothing is there, and with a filter too")
  void opens() {
    try (ConsoleSite site =
        ConsoleSite.in(folder)
            .pages(
                (ledger, people) ->
                    List.of(
                        new BookPages(
                            ledger,
                            new ConnectionRooms(List.of()),
                            new CompanyLinking(ledger, new CompanyReadings(ledger)),
                            List.of(MAIN),
                            true)))
            .start()) {
      site.ledger().connections().register(MAIN, 8080, "xero", "tenant-1");
      Caller caller = site.signedIn("owner");
      for (String page :
          List.of("dead-letters", "payments", "costs", "tie-out", "links", "mails")) {
        assertThat(caller.get("/console/" + page).statusCode()).as(page).isEqualTo(200);
        assertThat(caller.get("/console/" + page + "?q=nothing").statusCode())
            .as(page + " with a filter")
            .isEqualTo(200);
      }
    }
  }
}
