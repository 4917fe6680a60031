package io.tieback.command.load;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An archive of loaded classes (Java's class data sharing) that one life of the connector leaves
 * and the later ones start from: it halves the work of a start, and {@code prove} starts hundreds
 * of times. Only for a class path of jars; Java archives nothing from folders.
 */
final class StartArchive {

  private final Path file;
  private final boolean possible;

  /**
   * @param file where the archive is written
   * @param classPath of the process that is to start
   */
  StartArchive(Path file, String classPath) {
    this.file = file;
    this.possible =
        List.of(classPath.split(File.pathSeparator)).stream()
            .allMatch(entry -> entry.endsWith(".jar"));
  }

  /** Options of the life that leaves the archive when it ends in good order. */
  List<String> leaving(List<String> options) {
    return possible ? with(options, "-XX:ArchiveClassesAtExit=" + file) : options;
  }

  /** Options of lives that start from it, if there is one. */
  List<String> using(List<String> options) {
    return possible && Files.isRegularFile(file)
        ? with(options, "-XX:SharedArchiveFile=" + file)
        : options;
  }

  private static List<String> with(List<String> options, String one) {
    List<String> all = new ArrayList<>(options);
    all.add(one);
    return all;
  }
}
