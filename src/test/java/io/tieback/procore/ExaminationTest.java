package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.procore.ProcoreExamination.Observation;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What doctor says about Procore. */
class ExaminationTest {

  private static ProcoreSite site;

  @BeforeAll
  static void start() {
    site = new ProcoreSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void reset() {
    site.reset();
  }

  @Test
  void aCompanyThatIsSetUpIsGood() {
    ProcoreClient client = site.client();
    client.hooks().ensure();
    assertThat(new ProcoreExamination(client).examine())
        .hasSize(9)
        .allMatch(Observation::good)
        .allMatch(seen -> seen.remedy().isEmpty());
  }

  @Test
  void whatIsMissingIsNamedWithItsRemedy() {
    site.set("companyToolsLevel", "Read Only");
    List<Observation> found = new ProcoreExamination(site.client()).examine();
    assertThat(found)
        .filteredOn(seen -> !seen.good())
        .hasSize(3)
        .allMatch(seen -> !seen.remedy().isBlank());
    assertThat(found)
        .extracting(Observation::words)
        .contains("access to the tool erp integrations is Read Only");
  }

  @Test
  void aWebhookThatTheNextStartMakesIsNoFault() {
    assertThat(new ProcoreExamination(site.client()).examine())
        .filteredOn(seen -> seen.subject().equals("Procore webhook"))
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.good()).isTrue();
              assertThat(seen.words()).contains("next start");
            });
  }

  @Test
  void paymentsNeedTheCommitmentsToolAndTwoThingsThatOnlyAPersonSees() {
    assertThat(payments()).hasSize(2).allMatch(Observation::good);
    assertThat(payments().get(1).words())
        .contains("Export Subcontractor Invoices", "Payments Issued", "GEN-PAY-02");
    site.set("commitmentsToolActive", false);
    Observation commitments = payments().get(0);
    assertThat(commitments.good()).isFalse();
    assertThat(commitments.words()).contains(Long.toString(ProcoreSite.PROJECT));
    assertThat(commitments.remedy()).contains("Commitments");
  }

  private static List<Observation> payments() {
    return new ProcoreExamination(site.client())
        .examine().stream().filter(seen -> seen.subject().equals("Procore payments")).toList();
  }

  @Test
  void aWrongSecretEndsTheExamination() {
    ProcoreConnection connection = site.connection(ProcoreSettings.defaults(), "wrong");
    ProcoreClient client =
        new ProcoreClient(
            site.http(),
            connection,
            site.tokens(connection),
            site.budget,
            site.calls::add,
            java.time.Clock.systemUTC());
    assertThat(new ProcoreExamination(client).examine())
        .singleElement()
        .satisfies(seen -> assertThat(seen.remedy()).contains("client secret"));
  }
}
