package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.console.door.PasswordHashes;
import io.tieback.ledger.Ledger;
import io.tieback.platform.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The console's first administrator, made on the command line. */
class UsersCommandTest {

  @TempDir Path folder;

  @Test
  @DisplayName("the first owner is made with a password of their own choice, helped and kept out")
  void users() throws IOException {
    String database = SharedPostgres.fresh();
    Map<String, String> settings = TestSettings.values();
    settings.put("database.mode", "external");
    settings.put("database.url", database);
    settings.put("database.user", SharedPostgres.USER);
    settings.put("database.password", "not-needed-on-loopback");
    Files.writeString(
        folder.resolve("tieback.properties"),
        settings.entrySet().stream()
            .map(one -> one.getKey() + "=" + one.getValue())
            .collect(Collectors.joining("\n")));
    assertThat(run("list").out()).contains("Nobody yet", "create-administrator");
    CommandRun short11 = create(password("eleven char"));
    assertThat(short11.code()).isEqualTo(1);
    assertThat(short11.err()).contains("too short: 12 characters or more");
    assertThat(create(password("Password1234!")).err()).contains("tried first");
    assertThat(create(password("jo.martin1234")).err()).contains("mail address, or little more");
    assertThat(run("list").out()).contains("Nobody yet");

    CommandRun made = create(password("gravel under every footing"));
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).contains("'jo.martin@example.com' is an owner now");
    assertThat(create(password("gravel under every footing")).err())
        .contains("is somebody already");
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(database);
    source.setUser(SharedPostgres.USER);
    Ledger ledger = new Ledger(source, Clock.systemUTC());
    long id = ledger.users().byEmail("jo.martin@example.com").orElseThrow().id();
    assertThat(
            PasswordHashes.matches("gravel under every footing", ledger.users().passwordHash(id)))
        .isTrue();
    assertThat(ledger.users().passwordHash(id).orElseThrow()).startsWith("$argon2id$");

    CommandRun reset =
        run(
            "reset-password",
            "jo.martin@example.com",
            "--password-file",
            password("another long sentence").toString());
    assertThat(reset.code()).as(reset.err()).isZero();
    assertThat(PasswordHashes.matches("another long sentence", ledger.users().passwordHash(id)))
        .isTrue();
    assertThat(run("deactivate", "jo.martin@example.com").err()).contains("last owner");
    assertThat(run("deactivate", "nobody@example.com").err())
        .contains("nobody has the mail address");
    assertThat(ledger.audit().verify().intact()).isTrue();
    SharedPostgres.drop(database);
  }

  private CommandRun create(Path password) {
    return run(
        "create-administrator",
        "--email",
        "Jo.Martin@example.com",
        "--name",
        "Jo Martin",
        "--password-file",
        password.toString());
  }

  private Path password(String text) throws IOException {
    return Files.writeString(folder.resolve("password"), text + "\n");
  }

  private CommandRun run(String... arguments) {
    String[] whole = new String[arguments.length + 3];
    whole[0] = "users";
    whole[1] = arguments[0];
    whole[2] = "--config";
    whole[3] = folder.toString();
    System.arraycopy(arguments, 1, whole, 4, arguments.length - 1);
    return CommandRun.of(whole);
  }
}
