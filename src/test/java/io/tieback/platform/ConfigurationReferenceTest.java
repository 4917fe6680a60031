package io.tieback.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tieback.platform.keys.AllKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReferenceTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "DATABASE_PASSWORD", "x",
          "MAIL_PASSWORD", "x",
          "PROCORE_CLIENT_SECRET", "x",
          "PROCORE_WEBHOOK_AUTHORIZATION", "Bearer 0123456789abcdef",
          "XERO_CLIENT_SECRET", "x",
          "QUICKBOOKS_CLIENT_SECRET", "x");

  @TempDir Path folder;

  @Test
  @DisplayName("the example is a file that works, as it is and with every comment mark taken away")
  void exampleIsValid() throws IOException {
    Path file = folder.resolve("tieback.properties");
    Files.writeString(file, ConfigurationReference.example());
    assertThatCode(() -> Settings.load(folder, ENVIRONMENT)).doesNotThrowAnyException();

    String everything = ConfigurationReference.example().replaceAll("(?m)^#(?=[a-z])", "");
    Files.writeString(file, everything);
    Settings settings = Settings.load(folder, ENVIRONMENT);
    assertThat(settings.lines()).hasSameSizeAs(AllKeys.all());
    assertThat(settings.lines()).noneMatch(line -> "default".equals(line.where()));
  }

  @Test
  @DisplayName("no two settings share a name or an environment variable")
  void namesAreDistinct() {
    List<String> names = AllKeys.all().stream().map(Key::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.stream().map(Key::environmentName).collect(Collectors.toList()))
        .doesNotHaveDuplicates();
  }
}
