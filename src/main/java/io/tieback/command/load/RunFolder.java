package io.tieback.command.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of one run's own below the work folder. */
final class RunFolder {

  private RunFolder() {}

  /** Makes a new one. */
  static Path make(Path under) {
    try {
      Files.createDirectories(under);
      return Files.createTempDirectory(under.toAbsolutePath(), "run-");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "could not make a work folder in " + under + ": " + e.getMessage(), e);
    }
  }

  /** Deletes a folder that a run made, with everything in it. */
  static void delete(Path made) {
    try (Stream<Path> all = Files.walk(made)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete " + made + ": " + e.getMessage(), e);
    }
  }
}
