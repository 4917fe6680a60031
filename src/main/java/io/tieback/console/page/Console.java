package io.tieback.console.page;

import io.tieback.approval.Person;
import io.tieback.console.door.Doorman;
import io.tieback.console.door.Gate;
import io.tieback.console.door.SameOrigin;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.view.Messages;
import io.tieback.console.view.StaticFiles;
import io.tieback.console.view.Templates;
import io.tieback.console.web.Area;
import io.tieback.console.web.ClientAddress;
import io.tieback.console.web.Cookies;
import io.tieback.console.web.SafeHeaders;
import io.tieback.console.web.WebMount;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.SignIns.Limits;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.ConnectionKeys;
import io.tieback.platform.keys.ConsoleKeys;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.camel.CamelContext;

/** The console as a whole: its pages put together and mounted on the HTTP server. */
public final class Console {

  private final Settings settings;
  private final List<Area> areas = new ArrayList<>();
  private final boolean secure;

  /**
   * Puts it together.
   *
   * @param people the person of a user's id; empty when they are not active
   * @param groups the pages, besides those about oneself
   * @param further what else answers, such as the JSON API under {@code /api/v1}
   */
  public Console(
      Settings settings,
      Ledger ledger,
      LongFunction<Optional<Person>> people,
      List<? extends Pages.Group> groups,
      List<? extends Area> further,
      Clock clock) {
    this(settings, ledger, people, groups, further, Optional.empty(), clock);
  }

  /**
   * Puts it together, with sign-in at an identity provider.
   *
   * @param people the person of a user's id; empty when they are not active
   * @param groups the pages, besides those about oneself
   * @param further what else answers, such as the JSON API under {@code /api/v1}
   * @param oidc the second way in; empty when there is none
   */
  public Console(
      Settings settings,
      Ledger ledger,
      LongFunction<Optional<Person>> people,
      List<? extends Pages.Group> groups,
      List<? extends Area> further,
      Optional<OidcDoor> oidc,
      Clock clock) {
    this.settings = settings;
    Optional<URI> address = settings.find(ConsoleKeys.URL);
    this.secure = address.map(URI::getScheme).filter("https"::equalsIgnoreCase).isPresent();
    Cookies cookies = new Cookies(secure);
    SameOrigin sameOrigin = new SameOrigin(address);
    Gate gate =
        new Gate(
            ledger,
            people,
            cookies,
            settings.get(ConsoleKeys.SESSION_IDLE),
            settings.get(ConsoleKeys.SESSION_LONGEST));
    Doorman doorman =
        new Doorman(
            ledger,
            new Limits(
                settings.get(ConsoleKeys.ATTEMPTS_PER_ACCOUNT),
                settings.get(ConsoleKeys.ATTEMPTS_PER_ADDRESS),
                settings.get(ConsoleKeys.ATTEMPT_WINDOW)));
    Pages pages = new Pages().bundle("oidc");
    groups.forEach(group -> group.addTo(pages));
    new ProfilePages(ledger, doorman).addTo(pages);
    pages.startIfMissing();
    Messages messages = new Messages(pages.bundles());
    StaticFiles files = new StaticFiles();
    Map<ConnectionId, ZoneId> zones = zones(settings);
    Screen screen =
        new Screen(new Templates(messages, files), messages, pages, List.copyOf(zones.keySet()));
    areas.add(files);
    SignInPage page = new SignInPage(screen, messages, cookies, oidc, clock);
    areas.add(
        new SignInArea(page, oidc, gate, doorman, sameOrigin, cookies, ledger.signIns(), clock));
    oidc.ifPresent(door -> areas.add(new OidcArea(door, page, gate, cookies)));
    areas.add(new SetPasswordArea(screen, messages, ledger, sameOrigin, cookies, clock));
    areas.addAll(further);
    areas.add(
        new PagesArea(
            pages, screen, messages, gate, sameOrigin, cookies, zones, ledger.sessions(), clock));
  }

  /** Whether this node serves it. */
  public static boolean wanted(Settings settings) {
    return settings.get(ConsoleKeys.ENABLED);
  }

  /** Mounts it on the HTTP server of a started context. Close what it gives before Camel stops. */
  public WebMount mount(CamelContext context) {
    return WebMount.on(
        context,
        areas,
        new ClientAddress(settings.find(ConsoleKeys.TRUSTED_PROXIES).orElse(List.of())),
        new SafeHeaders(secure));
  }

  private static Map<ConnectionId, ZoneId> zones(Settings settings) {
    Map<ConnectionId, ZoneId> zones = new LinkedHashMap<>();
    settings
        .connections()
        .forEach(
            name ->
                zones.put(new ConnectionId(name), settings.get(ConnectionKeys.TIME_ZONE, name)));
    return zones;
  }
}
