package io.tieback.command.wiring;

import io.tieback.approval.People;
import io.tieback.console.books.BookPages;
import io.tieback.console.page.Console;
import io.tieback.console.page.Pages;
import io.tieback.console.web.Area;
import io.tieback.construction.ConnectionId;
import io.tieback.platform.keys.ConnectionKeys;
import java.time.ZoneId;
import java.util.List;

/** Puts the console together: which pages there are. */
final class ConsoleWiring {

  private ConsoleWiring() {}

  static Console of(Deployment deployment) {
    People people = people(deployment);
    return new Console(
        deployment.settings(),
        deployment.ledger(),
        people::byId,
        pages(deployment, people),
        areas(deployment, people),
        deployment.clock());
  }

  /** The pages, by subject. */
  private static List<Pages.Group> pages(Deployment deployment, People people) {
    return List.of(
        new BookPages(
            deployment.ledger(),
            deployment.rooms(),
            deployment.companyLinking(),
            deployment.settings().connections().stream().map(ConnectionId::new).toList()));
  }

  /** What else answers. */
  private static List<Area> areas(Deployment deployment, People people) {
    return List.of();
  }

  /** The day of delegations is the first connection's. */
  private static People people(Deployment deployment) {
    ZoneId zone =
        deployment
            .settings()
            .get(ConnectionKeys.TIME_ZONE, deployment.settings().connections().get(0));
    return new People(deployment.ledger(), zone, deployment.clock());
  }
}
