package io.tieback.command.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

  @TempDir Path temporary;

  @Test
  @DisplayName("what an earlier demonstration left is cleared away")
  void clears() throws IOException {
    Path folder = temporary.resolve("demo");
    try (DemoFolder first = DemoFolder.afresh(folder)) {
      Files.createDirectories(folder.resolve("config"));
      Files.writeString(folder.resolve("config").resolve("tieback.properties"), "connections=x");
    }
    try (DemoFolder second = DemoFolder.afresh(folder)) {
      assertThat(folder.resolve("config")).doesNotExist();
    }
  }

  @Test
  @DisplayName("somebody else's folder is refused and stays as it is")
  void refusesForeignFolders() throws IOException {
    Files.writeString(temporary.resolve("letter.txt"), "dear");
    assertThatThrownBy(() -> DemoFolder.afresh(temporary))
        .hasMessageContaining("no demonstration made it")
        .hasMessageContaining("--folder");
    assertThat(temporary.resolve("letter.txt")).hasContent("dear");
  }

  @Test
  @DisplayName(
      "a process that an earlier demonstration left running from the folder is ended before the"
          + " folder is cleared")
  void endsWhatWasLeft() throws Exception {
    Path folder = temporary.resolve("demo");
    DemoFolder.afresh(folder).close();
    Path program = folder.resolve("programs").resolve("left-over");
    Files.createDirectories(program.getParent());
    Files.copy(Path.of("/bin/sleep").toRealPath(), program);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Process left = new ProcessBuilder(program.toString(), "300").start();
    try (DemoFolder again = DemoFolder.afresh(folder)) {
      assertThat(left.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(program).doesNotExist();
    } finally {
      left.destroyForcibly();
    }
  }
}
