package io.tieback.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {

  private static final byte[] TOKEN = "refresh-token-of-main".getBytes(UTF_8);

  @TempDir Path folder;

  @Test
  @DisplayName("what one start sealed the next one opens, and the key file is its owner's alone")
  void opensAfterARestart() throws Exception {
    Path file = folder.resolve("config/tieback.key");
    byte[] sealed = SecretBox.open(file, () -> false).seal("main", "xero", TOKEN);
    assertThat(new String(sealed, UTF_8)).doesNotContain("refresh-token");
    assertThat(SecretBox.open(file, () -> true).open("main", "xero", sealed)).isEqualTo(TOKEN);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.list(file.getParent())).containsExactly(file);
  }

  @Test
  @DisplayName("tokens of one connection or system cannot be passed off as another's")
  void isBoundToConnectionAndSystem() {
    SecretBox box = SecretBox.open(folder.resolve("key"), () -> false);
    byte[] sealed = box.seal("main", "xero", TOKEN);
    assertThatThrownBy(() -> box.open("west", "xero", sealed)).isInstanceOf(SecretsException.class);
    assertThatThrownBy(() -> box.open("main", "procore", sealed))
        .isInstanceOf(SecretsException.class)
        .hasMessageContaining("main")
        .hasMessageContaining("./tieback connect xero --new-key");
  }

  @Test
  @DisplayName("a missing key is never replaced while sealed tokens exist")
  void refusesAMissingKey() {
    Path file = folder.resolve("key");
    assertThatThrownBy(() -> SecretBox.open(file, () -> true))
        .isInstanceOf(SecretsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Put the file back");
    assertThat(file).doesNotExist();
  }

  @Test
  @DisplayName("a wrong key says so, and what to do")
  void tellsAWrongKey() {
    byte[] sealed = SecretBox.open(folder.resolve("one"), () -> false).seal("main", "xero", TOKEN);
    SecretBox other = SecretBox.open(folder.resolve("two"), () -> false);
    assertThatThrownBy(() -> other.open("main", "xero", sealed))
        .isInstanceOf(SecretsException.class)
        .hasMessageContaining("sealed with another key")
        .hasMessageContaining("./tieback connect xero --new-key");
  }

  @Test
  @DisplayName("after a change of key the old tokens still open and new ones need the new key")
  void rotates() throws Exception {
    Path file = folder.resolve("key");
    byte[] before = SecretBox.open(file, () -> false).seal("main", "xero", TOKEN);
    Path copy = Files.copy(file, folder.resolve("copy"));
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
    SecretBox.rotate(file);
    SecretBox rotated = SecretBox.open(file, () -> true);
    assertThat(rotated.open("main", "xero", before)).isEqualTo(TOKEN);
    byte[] after = rotated.seal("main", "xero", TOKEN);
    assertThatThrownBy(() -> SecretBox.open(copy, () -> true).open("main", "xero", after))
        .isInstanceOf(SecretsException.class);
  }

  @Test
  @DisplayName("the key may come from the environment, and then no file is made")
  void comesFromTheEnvironment() {
    Map<String, String> environment = Map.of("TIEBACK_MASTER_KEY", SecretBox.newKey());
    Settings settings = Settings.of(folder, TestSettings.values(), environment);
    byte[] sealed = SecretBox.open(settings, () -> true).seal("main", "xero", TOKEN);
    assertThat(SecretBox.open(settings, () -> true).open("main", "xero", sealed)).isEqualTo(TOKEN);
    assertThat(folder.resolve("tieback.key")).doesNotExist();
  }

  @Test
  @DisplayName("a key that everybody may read, and one that is none, are refused")
  void refusesABadKeyFile() throws Exception {
    Path file = folder.resolve("key");
    SecretBox.open(file, () -> false);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SecretBox.open(file, () -> true))
        .isInstanceOf(SecretsException.class)
        .hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String secret = Files.readString(file);
    Files.writeString(file, secret.substring(0, secret.length() / 2));
    assertThatThrownBy(() -> SecretBox.open(file, () -> true))
        .isInstanceOf(SecretsException.class)
        .hasMessageContaining("not a key ring")
        .hasMessageNotContaining(secret.substring(40, 60));
  }

  @Test
  @DisplayName("processes that start at once end up with one key")
  void agreesOnOneKey() throws Exception {
    Path file = folder.resolve("key");
    ExecutorService starters = Executors.newFixedThreadPool(8);
    try {
      Callable<byte[]> start = () -> SecretBox.open(file, () -> false).seal("main", "xero", TOKEN);
      Set<String> opened = new HashSet<>();
      for (Future<byte[]> sealed :
          starters.invokeAll(List.of(start, start, start, start, start, start))) {
        opened.add(
            new String(SecretBox.open(file, () -> true).open("main", "xero", sealed.get()), UTF_8));
      }
      assertThat(opened).containsExactly("refresh-token-of-main");
    } finally {
      starters.shutdownNow();
    }
  }
}
