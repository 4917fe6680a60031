package io.tieback.command.wiring;

import io.tieback.approval.People;
import io.tieback.console.api.ApiArea;
import io.tieback.console.books.BookPages;
import io.tieback.console.house.AuditPages;
import io.tieback.console.house.Books;
import io.tieback.console.house.OwnPages;
import io.tieback.console.house.ReportPages;
import io.tieback.console.house.SettingsPages;
import io.tieback.console.house.UsersPages;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.page.Console;
import io.tieback.console.page.Pages;
import io.tieback.console.queue.ItemAddresses;
import io.tieback.console.queue.QueuePages;
import io.tieback.console.web.Area;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.door.ApprovalPolicies;
import io.tieback.platform.keys.ApprovalKeys;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.ConsoleKeys;
import io.tieback.platform.keys.MailKeys;
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
        OidcDoor.of(
            deployment.settings(),
            deployment.ledger(),
            deployment.http(),
            deployment.secrets(),
            deployment.clock()),
        deployment.clock());
  }

  /** The pages, by subject. */
  private static List<Pages.Group> pages(Deployment deployment, People people) {
    List<ConnectionId> connections =
        deployment.settings().connections().stream().map(ConnectionId::new).toList();
    return List.of(
        new QueuePages(
            deployment.ledger(),
            deployment.door().approvals(),
            id ->
                ApprovalPolicies.of(deployment.settingsDesk().current(), deployment.rooms().of(id)),
            new ItemAddresses(deployment.ledger(), deployment.rooms()),
            deployment.overviews(),
            deployment.clock()),
        new OwnPages(deployment.ledger(), people),
        new SettingsPages(
            deployment.ledger(), deployment.settingsDesk(), Books.of(deployment.rooms())),
        new UsersPages(
            deployment.ledger(),
            people,
            connections,
            deployment.settings().find(ConsoleKeys.URL),
            deployment.mails().passwords()),
        new ReportPages(deployment.ledger(), people, connections),
        new AuditPages(deployment.ledger()),
        new BookPages(
            deployment.ledger(),
            deployment.rooms(),
            deployment.companyLinking(),
            connections,
            deployment.settings().find(MailKeys.HOST).isPresent()));
  }

  /** What else answers. */
  private static List<Area> areas(Deployment deployment, People people) {
    return List.of(
        new ApiArea(
            deployment.ledger(),
            deployment.door().approvals(),
            people::byId,
            deployment.settings().connections(),
            name -> deployment.settings().get(ApprovalKeys.DOOR, name),
            deployment.settings().get(ConsoleKeys.API_CALLS),
            deployment.clock()));
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
