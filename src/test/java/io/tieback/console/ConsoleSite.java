package io.tieback.console;

import io.tieback.approval.People;
import io.tieback.console.door.PasswordHashes;
import io.tieback.console.door.Tokens;
import io.tieback.console.oidc.OidcDoor;
import io.tieback.console.page.Console;
import io.tieback.console.page.Pages;
import io.tieback.console.web.Area;
import io.tieback.console.web.WebMount;
import io.tieback.journey.SharedPostgres;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import io.tieback.platform.CamelApplication;
import io.tieback.platform.Settings;
import io.tieback.platform.TestSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A console for a test without the rest of the connector: a fresh database of a real PostgreSQL,
 * the real HTTP server, and one user of each role whose password is {@link #PASSWORD}. Boot it once
 * per class. Its clock goes on by itself and may be moved.
 */
public final class ConsoleSite implements AutoCloseable {

  /** Everybody's password. */
  public static final String PASSWORD = "walls that hold the bank";

  /** The zone of its connection. */
  public static final ZoneId ZONE = ZoneId.of("America/Chicago");

  private static final String HASH = PasswordHashes.hash(PASSWORD);

  private final String database;
  private final Ledger ledger;
  private final CamelApplication application;
  private final WebMount mount;
  private final MovableClock clock = new MovableClock();

  /** Makes the second way in. */
  public interface Oidc {
    /** Made of what the site has. */
    Optional<OidcDoor> apply(Settings settings, Ledger ledger, Clock clock);
  }

  /** What it shall be. */
  public static final class Plan {
    private final Path folder;
    private final List<String> settings = new ArrayList<>();
    private BiFunction<Ledger, People, List<Pages.Group>> groups = (ledger, people) -> List.of();
    private BiFunction<Ledger, People, List<Area>> areas = (ledger, people) -> List.of();
    private Oidc oidc = (settings, ledger, clock) -> Optional.empty();

    private Plan(Path folder) {
      this.folder = folder;
    }

    /** Sets a setting. */
    public Plan set(String name, String value) {
      settings.add(name);
      settings.add(value);
      return this;
    }

    /** The pages to look at. */
    public Plan pages(BiFunction<Ledger, People, List<Pages.Group>> made) {
      this.groups = made;
      return this;
    }

    /** What else answers. */
    public Plan areas(BiFunction<Ledger, People, List<Area>> made) {
      this.areas = made;
      return this;
    }

    /** The identity provider to sign in at. */
    public Plan oidc(Oidc made) {
      this.oidc = made;
      return this;
    }

    /** Starts it. */
    public ConsoleSite start() {
      return new ConsoleSite(this);
    }
  }

  /** A console in a folder, usually a {@code @TempDir}. */
  public static Plan in(Path folder) {
    return new Plan(folder);
  }

  private ConsoleSite(Plan plan) {
    if (!plan.settings.contains("server.port")) {
      plan.set("server.port", "0");
    }
    plan.set("management.port", "0");
    Settings settings = TestSettings.of(plan.folder, plan.settings.toArray(String[]::new));
    database = SharedPostgres.fresh();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database);
    source.setUser(SharedPostgres.USER);
    ledger = new Ledger(source, clock);
    for (String role : List.of("owner", "administrator", "approver", "operator", "viewer")) {
      user(role + "@example.com", role, "en");
    }
    People people = new People(ledger, ZONE, clock);
    application = CamelApplication.of(settings);
    application.start();
    mount =
        new Console(
                settings,
                ledger,
                people::byId,
                plan.groups.apply(ledger, people),
                plan.areas.apply(ledger, people),
                plan.oidc.apply(settings, ledger, clock),
                clock)
            .mount(application.context());
  }

  /** Adds a user with {@link #PASSWORD}. Gives their id. */
  public long user(String email, String role, String language) {
    long id =
        ledger
            .users()
            .create(new User.Draft(email, "Robin " + capital(role), role, language, null), "test");
    ledger.users().password(id, HASH, "test");
    return id;
  }

  /** Its ledger. */
  public Ledger ledger() {
    return ledger;
  }

  /** Its clock. */
  public MovableClock clock() {
    return clock;
  }

  /** Its address, without a slash at the end. */
  public String address() {
    return "http://localhost:" + application.port();
  }

  /** A caller that keeps cookies as a browser does, without being one. */
  public Caller caller() {
    return new Caller(address());
  }

  /** A caller who is signed in already. */
  public Caller signedIn(String role) {
    Caller caller = caller();
    caller.cookies().put("tieback", session(role + "@example.com"));
    return caller;
  }

  /** The cookie of a new session of a user, as a sign-in makes it, without the time that takes. */
  public String session(String email) {
    String token = Tokens.fresh();
    ledger
        .sessions()
        .open(
            Tokens.hash(token),
            ledger.users().byEmail(email).orElseThrow().id(),
            Tokens.fresh(),
            Duration.ofHours(12));
    return token;
  }

  @Override
  public void close() {
    mount.close();
    application.close();
    SharedPostgres.drop(database);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }

  /** Goes on by itself; may be moved on. */
  public static final class MovableClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** Moves it on. */
    public void advance(Duration by) {
      ahead.updateAndGet(by::plus);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  /** A form's fields in order: name, value, name, value. */
  static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }
}
