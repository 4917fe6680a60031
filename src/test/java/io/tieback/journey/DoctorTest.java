package io.tieback.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when something is not as it must be. */
class DoctorTest {

  @TempDir Path folder;

  @Test
  @DisplayName(
      "GEN-PAY-02: doctor finds all well; then it names a route file with a mistake, each missing"
          + " right and each project without Commitments, with what to do")
  void doctor() throws IOException {
    try (Site site = Site.small(folder).start()) {
      String config = site.configuration().toString();
      CommandRun well = CommandRun.of("doctor", "--config", config);
      assertThat(well.code()).as(well.toString()).isZero();
      assertThat(well.out())
          .contains("All is well.")
          .contains("Procore rights")
          .contains("GEN-PAY-02")
          .contains("Payments Issued");

      Path broken = site.configuration().resolve("routes").resolve("broken.camel.yaml");
      Files.createDirectories(broken.getParent());
      Files.writeString(
          broken,
          """
          - route:
              id: hook-bill-composed
              from:
                uri: direct:hook-bill-composed
                steps:
                  - lgo:
                      message: "composed"
          """);
      CommandRun mistaken = CommandRun.of("doctor", "--config", config);
      assertThat(mistaken.code()).isEqualTo(1);
      assertThat(mistaken.out())
          .containsPattern("FIX  Routes .*broken.camel.yaml:6: .*lgo")
          .contains("-> Correct the file")
          .contains("1 to fix.");
      Files.delete(broken);

      site.procore()
          .settings(
              Json.object()
                  .put("companyToolsLevel", "Standard")
                  .put("commitmentsToolActive", false));
      CommandRun ill = CommandRun.of("doctor", "--config", config);
      assertThat(ill.code()).isEqualTo(1);
      assertThat(ill.out())
          .contains("access to the tool erp integrations is Standard")
          .contains("-> Make Tieback's service account Admin")
          .contains("-> Activate the Commitments tool");
    }
  }
}
