package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.command.seed.ConnectorConfig;
import io.tieback.command.seed.SmallContractor;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.BillSettings;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.SettingChanges;
import io.tieback.platform.SettingsException;
import io.tieback.procore.ProcoreClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings that people change while Tieback runs (GEN-CFG-01, GEN-PERM-10): checked as a whole, in
 * force at once here and at the next look on another node, kept with who made them.
 */
class LiveSettingsTest {

  private static final String ACCOUNT = "connection.harbour.retainage.account";
  private static final String GROUPING = "connection.harbour.retainage.grouping";

  @TempDir Path folder;
  private String database;
  private Deployment here;
  private Deployment there;

  @BeforeEach
  void open() {
    database = SharedPostgres.fresh();
    Path config =
        new ConnectorConfig()
            .with("database.mode", "external")
            .with("database.url", database)
            .with("database.user", SharedPostgres.USER)
            .with("database.password", "not-needed-on-loopback")
            .connection(
                SmallContractor.seed(Site.HARBOUR, Site.COMPANY, Site.REDIRECT),
                "http://127.0.0.1:9",
                "http://127.0.0.1:9",
                9,
                Site.REDIRECT)
            .write(folder.resolve("config"));
    here = Deployment.open(config);
    there = Deployment.open(config);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    SharedPostgres.drop(database);
  }

  private static ConnectionRoom room(Deployment deployment) {
    return deployment.rooms().of(Site.HARBOUR);
  }

  @Test
  void aChangeCountsAtOnceHereAndAtTheNextLookElsewhere() {
    ProcoreClient client = room(there).client();
    here.settingsDesk().change("harbour", ACCOUNT, "2110", "ada@example.com");
    here.settingsDesk().change("harbour", GROUPING, "line", "ada@example.com");

    assertThat(room(here).invoices().bill().retainageAccountCode()).isEqualTo("2110");
    assertThat(room(here).invoices().bill().retainageGrouping())
        .isEqualTo(BillSettings.RetainageGrouping.LINE);
    assertThat(room(there).invoices().bill().retainageAccountCode()).isEqualTo("815");
    there.settingsDesk().takeUp();
    assertThat(room(there).invoices().bill().retainageAccountCode()).isEqualTo("2110");
    assertThat(room(there).client()).as("its sides stay").isSameAs(client);
  }

  @Test
  void whoChangedWhatIsKeptAndAudited() {
    here.settingsDesk().change("harbour", ACCOUNT, "2110", "ada@example.com");
    here.settingsDesk().change("harbour", ACCOUNT, null, "grace@example.com");

    assertThat(here.ledger().settingChanges().newest(10))
        .extracting(
            SettingChanges.Change::previous,
            SettingChanges.Change::value,
            SettingChanges.Change::who)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("2110", null, "grace@example.com"),
            org.assertj.core.groups.Tuple.tuple("815", "2110", "ada@example.com"));
    assertThat(here.ledger().audit().newest(2))
        .allSatisfy(entry -> assertThat(entry.action()).isEqualTo("setting"));
    assertThat(here.ledger().audit().verify().intact()).isTrue();
    assertThat(room(here).invoices().bill().retainageAccountCode()).isEqualTo("815");
  }

  @Test
  void whatIsNotAllowedIsRefusedWithFieldLimitAndRemedyAndNothingChanges() {
    assertThatThrownBy(() -> here.settingsDesk().change("harbour", GROUPING, "page", "ada"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(GROUPING)
        .hasMessageContaining("'page' is not");
    assertThatThrownBy(
            () ->
                here.settingsDesk()
                    .change("harbour", "connection.harbour.procore.client-secret", "x", "ada"))
        .hasMessageContaining("cannot be changed while Tieback runs");
    assertThatThrownBy(() -> here.settingsDesk().change("harbour", ACCOUNT, "${env:HOME}", "ada"))
        .hasMessageContaining("may not name a variable");
    assertThatThrownBy(
            () ->
                here.settingsDesk()
                    .change("harbour", "connection.harbour.tax.codes", "GST=A,GST=B", "ada"))
        .as("values that contradict each other only when they are put to use")
        .hasMessageContaining("names tax code 'GST' twice");
    assertThat(here.ledger().settingChanges().latest()).isZero();
    assertThat(room(here).invoices().bill().retainageGrouping())
        .isEqualTo(BillSettings.RetainageGrouping.INVOICE);
  }
}
