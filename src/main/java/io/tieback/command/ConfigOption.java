package io.tieback.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that every command which works on a deployment takes. */
final class ConfigOption {

  @Option(
      names = {"-c", "--config"},
      paramLabel = "DIR",
      defaultValue = "config",
      description = "Folder with tieback.properties. Default: ${DEFAULT-VALUE}.")
  Path folder;

  /**
   * What has to be added to a command that a message proposes, so that it works on the same folder.
   */
  String again() {
    return folder.equals(Path.of("config")) ? "" : " --config " + folder;
  }
}
