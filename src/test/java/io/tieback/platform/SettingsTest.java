package io.tieback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.platform.keys.DatabaseKeys;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.platform.keys.ProcoreKeys;
import io.tieback.platform.keys.ServerKeys;
import io.tieback.platform.keys.WorkBreakdownKeys;
import io.tieback.platform.keys.WorkKeys;
import io.tieback.platform.keys.XeroKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir Path folder;

  @Test
  @DisplayName("values are typed, defaults apply, paths start where the reference says")
  void readsValues() throws IOException {
    write("server.port = 9000", "connection.main.xero.settle-time = PT3M");
    Settings settings = Settings.load(folder, Map.of("TIEBACK_HOME", "/opt/tieback"));
    assertThat(settings.connections()).containsExactly("main");
    assertThat(settings.get(ServerKeys.PORT)).isEqualTo(9000);
    assertThat(settings.get(XeroKeys.SETTLE_TIME, "main")).isEqualTo(Duration.ofMinutes(3));
    assertThat(settings.get(ProcoreKeys.COMPANY_ID, "main")).isEqualTo(8080L);
    assertThat(settings.get(ServerKeys.MANAGEMENT_HOST)).isEqualTo("127.0.0.1");
    assertThat(settings.get(InvoiceKeys.DUE_DATE, "main"))
        .containsExactly("erp_custom_field:payment_due_date");
    assertThat(settings.find(XeroKeys.TENANT_ID, "main")).isEmpty();
    assertThat(settings.get(ServerKeys.KEY_FILE)).isEqualTo(folder.resolve("tieback.key"));
    assertThat(settings.get(ServerKeys.SITE_ROUTES_FOLDER)).isEqualTo(folder.resolve("routes"));
    assertThat(settings.get(ServerKeys.ROUTES_FOLDER)).isEqualTo(Path.of("/opt/tieback/routes"));
    assertThat(settings.get(DatabaseKeys.FOLDER))
        .isEqualTo(Path.of(".tieback/postgres").toAbsolutePath());
  }

  @Test
  @DisplayName("an unknown key is refused with file, line, key and the name that was meant")
  void namesTheNearestKey() throws IOException {
    write("server.prot = 9000");
    int line = Files.readAllLines(folder.resolve("tieback.properties")).size();
    assertThatThrownBy(() -> Settings.load(folder, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            folder.resolve("tieback.properties")
                + ", line "
                + line
                + ": server.prot is no setting of Tieback; did you mean server.port?");
  }

  @Test
  @DisplayName("a key of a connection is looked for among that connection's names")
  void namesTheNearestKeyOfAConnection() throws IOException {
    write("connection.main.xero.setle-time = PT3M", "connection.mian.currency = USD");
    assertThat(problems())
        .anySatisfy(
            problem ->
                assertThat(problem).contains("did you mean connection.main.xero.settle-time?"))
        .anySatisfy(
            problem -> assertThat(problem).contains("'mian'").contains("did you mean 'main'?"));
  }

  @Test
  @DisplayName("a wrong value names key, value, what is allowed and an example")
  void explainsAWrongValue() throws IOException {
    write(
        "server.port = 80x",
        "database.pool-size = 1",
        "retry.first-delay = 5 seconds",
        "connection.main.payments.schedule = hourly",
        "connection.main.procore.url = http://api.procore.com",
        "connection.main.payments.back-fill-from = 2026-02-30");
    assertThat(problems())
        .hasSize(6)
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .endsWith(
                        "server.port: '80x' is not a whole number from 0 to 65535, for example"
                            + " 8080"))
        .anySatisfy(
            problem -> assertThat(problem).contains("'1' is not a whole number from 2 to 100"))
        .anySatisfy(problem -> assertThat(problem).contains("'5 seconds' is not a period"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("one of Hourly, Every 2 Hours, Every 4 Hours, Daily, Never")
                    .contains("did you mean Hourly?"))
        .anySatisfy(problem -> assertThat(problem).contains("not an https:// address"))
        .anySatisfy(problem -> assertThat(problem).contains("'2026-02-30' is not a date"));
  }

  @Test
  @DisplayName("everything that is wrong is told at once, missing settings too")
  void tellsEverythingAtOnce() throws IOException {
    Files.writeString(
        folder.resolve("tieback.properties"),
        "connections = main\nconnection.main.currency = DOLLARS\nnonsense\nmail.enabled = true\n");
    List<String> problems = problems();
    assertThat(problems)
        .anySatisfy(problem -> assertThat(problem).contains("line 2").contains("'DOLLARS'"))
        .anySatisfy(problem -> assertThat(problem).contains("line 3: not a setting"))
        .anySatisfy(problem -> assertThat(problem).contains("connection.main.time-zone is missing"))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .contains("connection.main.xero.client-id is missing")
                    .contains("because connection.main.erp is xero"))
        .anySatisfy(
            problem ->
                assertThat(problem).contains("mail.host is missing, because mail.enabled is true"))
        .noneSatisfy(problem -> assertThat(problem).contains("currency is missing"));
    assertThat(new SettingsException(problems)).hasMessageContaining(problems.size() + " settings");
  }

  @Test
  @DisplayName("environment variables win over the files, and stand in for values")
  void takesTheEnvironment() throws IOException {
    write("server.port = 9000", "mail.password = ${env:SMTP_SECRET}!");
    Settings settings =
        Settings.load(
            folder,
            Map.of(
                "TIEBACK_SERVER_PORT", "9100",
                "TIEBACK_CONNECTION_MAIN_XERO_CLIENT_SECRET", "from-environment",
                "SMTP_SECRET", "hush$1"));
    assertThat(settings.get(ServerKeys.PORT)).isEqualTo(9100);
    assertThat(settings.get(XeroKeys.CLIENT_SECRET, "main")).isEqualTo("from-environment");
    assertThat(settings.get(io.tieback.platform.keys.MailKeys.PASSWORD)).isEqualTo("hush$1!");
    assertThatThrownBy(() -> Settings.load(folder, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("SMTP_SECRET, which is not set");
  }

  @Test
  @DisplayName("a variable that looks like a setting and is none is told, not refused")
  void warnsOfUnknownVariables() throws IOException {
    write();
    Settings settings =
        Settings.load(
            folder,
            Map.of(
                "TIEBACK_SERVER_PROT", "1",
                "TIEBACK_HOME", "/opt/tieback",
                "TIEBACK_MASTER_KEY", "x"));
    assertThat(settings.warnings())
        .singleElement()
        .asString()
        .contains("TIEBACK_SERVER_PROT")
        .contains("did you mean TIEBACK_SERVER_PORT?");
  }

  @Test
  @DisplayName("secrets are in no error, listing or placeholder")
  void neverShowsSecrets() throws IOException {
    write("connection.main.procore.webhook-authorization = short-secret", "sk_live_pasted");
    assertThat(problems()).noneSatisfy(problem -> assertThat(problem).contains("short-secret"));
    assertThat(problems()).noneSatisfy(problem -> assertThat(problem).contains("sk_live_pasted"));
    write("database.url = jdbc:postgresql://db/t?user=u&password=in-clear");
    assertThat(problems()).noneSatisfy(problem -> assertThat(problem).contains("in-clear"));

    write();
    Settings settings = Settings.load(folder, Map.of());
    String shown = settings.lines() + settings.toString() + settings.placeholders();
    assertThat(shown)
        .doesNotContain("procore-secret")
        .doesNotContain("xero-secret")
        .contains("(not shown)");
  }

  @Test
  @DisplayName("a key given twice, also once in each file, is refused with both places")
  void refusesDoubles() throws IOException {
    write("server.port = 9000");
    Files.writeString(folder.resolve("secrets.properties"), "\nserver.port = 9001\n");
    assertThatThrownBy(() -> Settings.load(folder, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("secrets.properties, line 2: server.port was already given in")
        .hasMessageContaining("tieback.properties, line");
  }

  @Test
  @DisplayName("an empty value is refused where it would silently become the default")
  void refusesEmptyValues() throws IOException {
    write("server.port =", "connection.main.payments.back-fill-from =");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("server.port is empty")
        .contains("then 8080 applies");
  }

  @Test
  @DisplayName(
      "lines for Camel pass through, but not those that would undo what Tieback guarantees")
  void passesCamelLinesThrough() throws IOException {
    write("camel.main.jmx-enabled = true");
    assertThat(Settings.load(folder, Map.of()).camelProperties())
        .containsExactly(Map.entry("camel.main.jmx-enabled", "true"));
    write("camel.main.routesReloadEnabled = true", "camel.component.http.followRedirects = true");
    assertThat(problems())
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("Tieback reloads routes itself"))
        .anySatisfy(problem -> assertThat(problem).contains("another host"));
  }

  @Test
  @DisplayName("routes see periods in milliseconds")
  void givesPlaceholders() throws IOException {
    write("poll.prepare = PT0.5S");
    Map<String, String> placeholders = Settings.load(folder, Map.of()).placeholders();
    assertThat(placeholders)
        .containsEntry("poll.prepare", "500")
        .containsEntry("connection.main.currency", "USD")
        .containsEntry("connections", "main");
    assertThat(Settings.load(folder, Map.of()).get(WorkKeys.POLL_PREPARE))
        .isEqualTo(Duration.ofMillis(500));
  }

  @Test
  @DisplayName(
      "a node without a name is called by its machine and process, so that two never share one")
  void namesTheNode() throws IOException {
    write();
    assertThat(Settings.load(folder, Map.of()).nodeName())
        .endsWith("-" + ProcessHandle.current().pid());
    write("node.name = connector-1");
    assertThat(Settings.load(folder, Map.of()).nodeName()).isEqualTo("connector-1");
  }

  @Test
  @DisplayName("a time of repeat that no clock can follow is refused before anything starts")
  void refusesWhatIsNoCronExpression() throws IOException {
    write("payments.tick = every minute");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("payments.tick", "'every minute' is not a Quartz cron expression", "0 * * * * ?");
    write("payments.tick = 0 0/5 * * * ?");
    assertThat(Settings.load(folder, Map.of()).get(WorkKeys.PAYMENTS_TICK))
        .isEqualTo("0 0/5 * * * ?");
  }

  @Test
  @DisplayName(
      "an account's name of QuickBooks is taken there, and refused for Xero with the limit")
  void accountsOfEachSystem() throws IOException {
    String rules = "*.L=Cost of labor:Job labor/Income,*=5000";
    write("connection.main.work-breakdown.accounts = " + rules);
    assertThat(problems())
        .singleElement()
        .asString()
        .contains(
            "connection.main.work-breakdown.accounts",
            "Cost of labor",
            "at most 10 characters",
            "because connection.main.erp is xero");
    write(
        "connection.main.work-breakdown.accounts = " + rules,
        "connection.main.erp = quickbooksonline",
        "connection.main.quickbooks-online.client-id = a",
        "connection.main.quickbooks-online.client-secret = b");
    assertThat(Settings.load(folder, Map.of()).get(WorkBreakdownKeys.ACCOUNTS, "main"))
        .containsExactly("*.L=Cost of labor:Job labor/Income", "*=5000");
    write(
        "connection.main.work-breakdown.accounts = *=" + "x".repeat(101),
        "connection.main.erp = quickbooksonline",
        "connection.main.quickbooks-online.client-id = a",
        "connection.main.quickbooks-online.client-secret = b");
    assertThat(problems()).singleElement().asString().contains("at most 100 characters");
  }

  @Test
  @DisplayName("a folder without settings is told with the way out")
  void tellsTheMissingFile() {
    assertThatThrownBy(() -> Settings.load(folder, Map.of()))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("tieback.properties does not exist")
        .hasMessageContaining("tieback.example.properties");
  }

  @Test
  @DisplayName(
      "a connection named after Xero is refused: Xero refuses its name in a bill's address")
  void refusesXeroInTheNameOfAConnection() throws IOException {
    Files.writeString(folder.resolve("tieback.properties"), "connections = my-xero\n");
    assertThat(problems())
        .anySatisfy(problem -> assertThat(problem).contains("without 'xero' in it"));
  }

  private List<String> problems() {
    return catchThrowableOfType(SettingsException.class, () -> Settings.load(folder, Map.of()))
        .problems();
  }

  private void write(String... lines) throws IOException {
    String common =
        TestSettings.values().entrySet().stream()
            .map(entry -> entry.getKey() + " = " + entry.getValue())
            .collect(Collectors.joining("\n"));
    Files.writeString(
        folder.resolve("tieback.properties"),
        "# a comment\n\n" + common + "\n" + String.join("\n", lines) + "\n");
  }
}
