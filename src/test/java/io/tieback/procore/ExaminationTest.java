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

  private static void permissions(String level) {
    String tool = "{`name`:`%s`,`user_access_level`:{`name`:`" + level + "`}}";
    String tools =
        "{`tools`:["
            + String.format(tool, "ERP Integrations")
            + ","
            + String.format(tool, "admin")
            + ","
            + String.format(tool, "directory")
            + "]}";
    site.control.post(
        "faults",
        ((com.fasterxml.jackson.databind.node.ObjectNode)
                ProcoreSite.json("{'match':{'path':'/rest/v1.0/settings/permissions'},'count':-1}"))
            .set(
                "effect",
                io.tieback.wire.Json.object()
                    .set(
                        "answer",
                        io.tieback.wire.Json.object()
                            .put("status", 200)
                            .put("body", tools.replace('`', '"')))));
  }

  @Test
  void aCompanyThatIsSetUpIsGood() {
    permissions("Admin");
    ProcoreClient client = site.client();
    client.hooks().ensure();
    assertThat(new ProcoreExamination(client).examine())
        .hasSize(7)
        .allMatch(Observation::good)
        .allMatch(seen -> seen.remedy().isEmpty());
  }

  @Test
  void whatIsMissingIsNamedWithItsRemedy() {
    permissions("Read Only");
    List<Observation> found = new ProcoreExamination(site.client()).examine();
    assertThat(found)
        .filteredOn(seen -> !seen.good())
        .hasSize(4)
        .allMatch(seen -> !seen.remedy().isBlank());
    assertThat(found)
        .extracting(Observation::words)
        .contains(
            "access to the tool erp integrations is Read Only",
            "there is no webhook of namespace tieback-main");
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
