package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option of commands that work on one connection. */
final class ConnectionOption {

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Which connection; needed when there are several.")
  String named;

  /**
   * The connection that is meant.
   *
   * @throws CommandLine.ParameterException when it is not configured, or not said and there are
   *     several
   */
  ConnectionId in(Deployment deployment, CommandLine line) {
    return Choice.connection(deployment, named, line);
  }
}
