package io.tieback.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tieback.flow.LedgerTokenVault;
import io.tieback.ledger.Connections;
import io.tieback.ledger.ItemState;
import io.tieback.platform.SecretBox;
import io.tieback.wire.TokenVault.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to Xero's tokens: the sign-in is not lost, or somebody is told, and every bill
 * is written once.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class XeroSignInTroubleTest {

  @TempDir static Path folder;
  private static Trouble site;
  private static LogLines log;
  private static final List<String> SECRETS = new ArrayList<>();
  private long mark;

  @BeforeAll
  static void start() {
    log = new LogLines();
    site = Trouble.start(folder);
  }

  @AfterAll
  static void stop() {
    site.close();
    log.close();
  }

  @BeforeEach
  void calm() {
    site.calm();
    mark = Fault.mark(site.xero);
    rememberTokens();
  }

  @Test
  @Order(1)
  @DisplayName(
      "the access token ends in the middle: renewed once, and the same bytes go under the same key")
  void renewsAnExpiredToken() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).vendor("expireTokens");
    site.accept(ids);
    site.awaitAcknowledged(ids);
    List<Fault.Request> writes = Fault.since(site.xero, mark, "PUT", Fault.BILLS);
    assertThat(writes).extracting(Fault.Request::status).containsExactly("401", "200");
    assertThat(XeroTroubleTest.sameBytes(writes)).isTrue();
    assertThat(Fault.since(site.xero, mark, "POST", Fault.TOKEN)).hasSize(1);
    assertThat(connection().pausedAt()).isNull();
    Books.oneBillEach(site, ids);
  }

  @ParameterizedTest(
      name =
          "the answer to the renewal is lost {0} times: the sign-in is not lost, nobody is"
              + " bothered")
  @Order(2)
  @ValueSource(ints = {1, 2})
  void keepsTheSignInWhenARenewalIsLost(int times) {
    List<Long> ids = site.fresh(1);
    Fault.at(site.xero, "PUT", Fault.BILLS).vendor("expireTokens");
    Fault.at(site.xero, "POST", Fault.TOKEN).times(times).dropsAfter();
    site.accept(ids);
    rememberTokens();
    site.awaitAcknowledged(ids);
    assertThat(Fault.since(site.xero, mark, "POST", Fault.TOKEN)).hasSize(times + 1);
    Books.oneBillEach(site, ids);

    // What was stored after the grace is good for the next renewal too.
    List<Long> next = site.fresh(1);
    Fault.at(site.xero, "PUT", Fault.BILLS).vendor("expireTokens");
    site.accept(next);
    site.awaitAcknowledged(next);
    Books.oneBillEach(site, next);
    assertThat(site.mails("is paused")).isEmpty();
  }

  @Test
  @Order(3)
  @DisplayName(
      "the sign-in is revoked in Xero: the connection rests and one mail says what to do; after a"
          + " new sign-in it goes on by itself")
  void restsUntilSomebodySignsIn() {
    List<Long> ids = site.fresh(2);
    Fault.at(site.xero, "PUT", Fault.BILLS).vendor("revokeTokens");
    site.accept(ids);
    await().atMost(Trouble.PATIENCE).until(() -> connection().pausedAt() != null);
    await().atMost(Trouble.PATIENCE).until(() -> !site.mails("is paused").isEmpty());
    assertThat(connection().pauseReason()).contains("invalid_grant");
    assertThat(site.mails("is paused"))
        .singleElement()
        .asString()
        .contains("./tieback connect xero");
    // Webhooks are received all the same.
    List<Long> meanwhile = site.fresh(1);
    site.accept(meanwhile);
    await()
        .atMost(Trouble.PATIENCE)
        .until(
            () ->
                site.ledger().erpRequests().inState(Trouble.CONNECTION, "received", 10).size()
                    == 1);
    assertThat(ids)
        .allSatisfy(id -> assertThat(site.state(id)).isIn(ItemState.PLANNED, ItemState.COMPOSED));
    assertThat(site.bills()).doesNotContainKeys(ids.get(0), ids.get(1));

    site.site.signIn(Trouble.CONNECTION);
    rememberTokens();
    ids = new ArrayList<>(ids);
    ids.addAll(meanwhile);
    site.awaitAcknowledged(ids);
    Books.oneBillEach(site, ids);
    await().atMost(Trouble.PATIENCE).until(() -> site.mails("goes on").size() == 1);
    assertThat(site.mails("is paused")).hasSize(1);
  }

  @Test
  @Order(4)
  @DisplayName(
      "tokens and client secrets are in no table, no log line and no mail in readable form")
  void keepsTokensToItself() throws Exception {
    rememberTokens();
    assertThat(SECRETS.size()).as("tokens that were in use").isGreaterThanOrEqualTo(6);
    int rows = 0;
    try (Connection connection =
        DriverManager.getConnection(site.site.database(), "postgres", "postgres")) {
      for (String table : tables(connection)) {
        try (Statement statement = connection.createStatement();
            ResultSet rs = statement.executeQuery("select * from " + table)) {
          int columns = rs.getMetaData().getColumnCount();
          while (rs.next()) {
            rows++;
            for (int column = 1; column <= columns; column++) {
              byte[] bytes =
                  rs.getMetaData().getColumnTypeName(column).equals("bytea")
                      ? rs.getBytes(column)
                      : bytes(rs.getString(column));
              holdsNoSecret(table + "." + rs.getMetaData().getColumnName(column), bytes);
            }
          }
        }
      }
    }
    assertThat(rows).as("rows that were looked at").isGreaterThan(100);
    assertThat(log.lines()).hasSizeGreaterThan(5);
    log.lines().forEach(line -> holdsNoSecret("log", bytes(line)));
    site.mails("").forEach(mail -> holdsNoSecret("mail", bytes(mail)));
  }

  private static byte[] bytes(String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  private static void holdsNoSecret(String where, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String secret : SECRETS) {
      assertThat(text.contains(secret)).as("%s holds a token", where).isFalse();
    }
  }

  private static List<String> tables(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rs =
        connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
      while (rs.next()) {
        tables.add(rs.getString("TABLE_NAME"));
      }
    }
    return tables;
  }

  private static void rememberTokens() {
    SecretBox box = SecretBox.open(site.site.deployment().settings(), () -> true);
    for (String system : List.of("xero", "procore")) {
      Tokens tokens =
          new LedgerTokenVault(site.ledger(), box, Trouble.CONNECTION, system).read().orElse(null);
      if (tokens != null) {
        add(tokens.accessToken());
        add(tokens.refreshToken());
      }
    }
    add(io.tieback.command.seed.ContractorSeed.SECRET);
  }

  private static void add(String secret) {
    if (secret != null && !SECRETS.contains(secret)) {
      SECRETS.add(secret);
    }
  }

  private static Connections.Connection connection() {
    return site.ledger().connections().get(Trouble.CONNECTION).orElseThrow();
  }
}
