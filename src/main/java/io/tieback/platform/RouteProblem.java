package io.tieback.platform;

import java.nio.file.Path;

/**
 * Why a route file cannot be used.
 *
 * @param file the file
 * @param line line in it, counted from 1; 0 when it is about the file as a whole
 * @param message what is wrong and what to do
 */
public record RouteProblem(Path file, int line, String message) {

  /** {@code routes/out/invoices.camel.yaml:12: what is wrong}. */
  @Override
  public String toString() {
    Path working = Path.of("").toAbsolutePath();
    Path shown = file.startsWith(working) ? working.relativize(file) : file;
    return shown + (line > 0 ? ":" + line : "") + ": " + message;
  }
}
