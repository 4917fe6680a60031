package io.tieback.console;

import io.tieback.approval.People;
import io.tieback.console.house.AuditPages;
import io.tieback.console.house.Books;
import io.tieback.console.house.OwnPages;
import io.tieback.console.house.ReportPages;
import io.tieback.console.house.SettingsPages;
import io.tieback.console.house.UsersPages;
import io.tieback.console.page.Pages;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpItems.ErpItem;
import io.tieback.erp.ErpSetup.Account;
import io.tieback.flow.ConnectionRoom;
import io.tieback.flow.ConnectionRooms;
import io.tieback.flow.SettingsDesk;
import io.tieback.ledger.Ledger;
import io.tieback.notice.DecisionRules;
import io.tieback.notice.MailPolicy;
import io.tieback.notice.Mails;
import io.tieback.platform.Settings;
import io.tieback.platform.TestSettings;
import io.tieback.platform.keys.ConnectionKeys;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Settings, users, report and trail on a console of one connection, with the books of a small ERP.
 */
final class House {

  private static final Map<String, Account> ACCOUNTS =
      Map.of(
          "855",
          new Account("855", "Retainage payable", "CURRLIAB", true, true, false),
          "310",
          new Account("310", "Cost of goods sold", "DIRECTCOSTS", true, false, false));

  private static final List<ErpItem> ITEMS =
      List.of(
          new ErpItem("i-1", "RET", "Retainage", "855"), new ErpItem("i-2", "WORK", "Work", "310"));

  private House() {}

  /** The groups of its pages. */
  static List<Pages.Group> pages(Path folder, Ledger ledger, People people) {
    Settings settings = TestSettings.of(folder);
    List<ConnectionId> connections =
        settings.connections().stream().map(ConnectionId::new).toList();
    connections.forEach(id -> ledger.connections().register(id, 4711, "xero", "tenant-" + id));
    return List.of(
        new OwnPages(ledger, people),
        new SettingsPages(ledger, desk(ledger, settings), new SmallBooks()),
        new UsersPages(
            ledger,
            people,
            connections,
            Optional.empty(),
            mails(ledger, people, false).passwords()),
        new ReportPages(ledger, people, connections),
        new AuditPages(ledger));
  }

  /** What writes mails, on or off. */
  static Mails mails(Ledger ledger, People people, boolean on) {
    return new Mails(
        ledger,
        new MailPolicy(
            on,
            List.of(),
            Locale.ENGLISH,
            URI.create("https://tieback.example.com"),
            Duration.ofMinutes(15),
            true,
            LocalTime.of(6, 0),
            ConsoleSite.ZONE,
            null,
            List.of(),
            Map.of()),
        people,
        new ConnectionId("main"),
        new DecisionRules(connection -> true, connection -> false),
        UnaryOperator.identity(),
        Clock.systemUTC());
  }

  /** Connections whose sides are of no interest here. */
  static SettingsDesk desk(Ledger ledger, Settings settings) {
    return new SettingsDesk(ledger, settings, new ConnectionRooms(rooms(settings)), House::rooms);
  }

  private static Collection<ConnectionRoom> rooms(Settings settings) {
    return settings.connections().stream()
        .map(
            name ->
                new ConnectionRoom(
                    new ConnectionId(name),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    settings.get(ConnectionKeys.TIME_ZONE, name),
                    null))
        .toList();
  }

  /** What the ERP has to choose from. */
  private static final class SmallBooks implements Books {
    @Override
    public Map<String, Account> accounts(ConnectionId connection) {
      return ACCOUNTS;
    }

    @Override
    public List<ErpItem> items(ConnectionId connection) {
      return ITEMS;
    }
  }
}
