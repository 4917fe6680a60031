package io.tieback.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tieback.platform.Key;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.AllKeys;
import io.tieback.platform.keys.ServerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds docker-compose.yml against what Tieback knows: a setting that is renamed must not rot
 * there.
 */
class ComposeFileTest {

  private static JsonNode compose;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    compose = new YAMLMapper().readTree(Path.of("docker-compose.yml").toFile());
  }

  @Test
  @DisplayName(
      "a database, the connector and a catcher for mails; nothing is open beyond this machine")
  void services() {
    assertThat(names(compose.path("services"))).containsExactly("mail", "postgres", "tieback");
    for (JsonNode service : compose.path("services")) {
      assertThat(service.has("image") || service.path("build").has("dockerfile_inline")).isTrue();
      service.path("ports").forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }
  }

  @Test
  @DisplayName(
      "every variable of the connector is a setting's, or a secret that the example leaves to the"
          + " shell and that is passed on")
  void variablesAreSettings() throws IOException {
    Set<String> known =
        AllKeys.all().stream()
            .map(key -> Key.environmentName(key.name()))
            .collect(Collectors.toSet());
    Set<String> left =
        Files.readAllLines(Path.of("config", "tieback.example.properties")).stream()
            .filter(line -> !line.startsWith("#") && line.contains("${env:"))
            .map(line -> line.replaceFirst(".*\\$\\{env:(.*)}.*", "$1"))
            .collect(Collectors.toSet());
    JsonNode environment = compose.at("/services/tieback/environment");
    assertThat(left).hasSize(3).allSatisfy(name -> assertThat(environment.get(name)).isNotNull());
    left.forEach(name -> assertThat(environment.get(name).isNull()).as(name).isTrue());
    known.addAll(left);
    assertThat(names(compose.at("/services/tieback/environment"))).isNotEmpty().isSubsetOf(known);
  }

  @Test
  @DisplayName(
      "with the example's settings the connector of the compose file has settings that are valid as"
          + " a whole")
  void settingsAreValid() throws IOException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "DATABASE_PASSWORD",
                "x",
                "PROCORE_CLIENT_SECRET",
                "x",
                "PROCORE_WEBHOOK_AUTHORIZATION",
                "Bearer 0123456789abcdef",
                "XERO_CLIENT_SECRET",
                "x"));
    compose
        .at("/services/tieback/environment")
        .fields()
        .forEachRemaining(
            variable -> {
              if (!variable.getValue().isNull()) {
                environment.put(variable.getKey(), variable.getValue().asText());
              }
            });
    environment.put("TIEBACK_DATABASE_PASSWORD", "chosen");
    Files.copy(
        Path.of("config", "tieback.example.properties"), folder.resolve("tieback.properties"));
    Settings settings = Settings.load(folder, environment);
    assertThat(settings.warnings()).isEmpty();
  }

  @Test
  @DisplayName("each volume that is used is declared, and each folder that is mounted exists")
  void volumes() {
    for (JsonNode service : compose.path("services")) {
      for (JsonNode volume : service.path("volumes")) {
        String source = volume.asText().split(":")[0];
        if (source.startsWith(".")) {
          assertThat(Path.of(source)).isDirectory();
        } else {
          assertThat(names(compose.path("volumes"))).contains(source);
        }
      }
    }
  }

  @Test
  @DisplayName("the image holds what the build makes, and every file that it copies exists")
  void imageIsBuiltFromWhatIsThere() {
    List<String> lines =
        compose.at("/services/tieback/build/dockerfile_inline").asText().lines().toList();
    List<String> copied =
        lines.stream()
            .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
            .map(line -> line.split(" ")[1])
            .toList();
    assertThat(copied).containsExactly("pom.xml", ".mvn", "src", "routes");
    copied.forEach(path -> assertThat(Path.of(path)).exists());
    assertThat(lines)
        .anyMatch(line -> line.startsWith("USER "))
        .noneMatch(line -> line.equals("USER root"));
  }

  @Test
  @DisplayName(
      "the connector waits for a database that answers, and is given longer to stop than it takes")
  void order() {
    assertThat(compose.at("/services/tieback/depends_on/postgres/condition").asText())
        .isEqualTo("service_healthy");
    assertThat(compose.at("/services/postgres/healthcheck/test").toString()).contains("pg_isready");
    assertThat(compose.at("/services/tieback/stop_grace_period").asText()).isEqualTo("40s");
    assertThat(ServerKeys.SHUTDOWN_WAIT.standard()).contains("PT20S");
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
