package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.platform.keys.ServerKeys;
import java.util.List;
import picocli.CommandLine;

/** Which connection a command is about. */
final class Choice {
  private static final String QUICKBOOKS_ONLINE = "--quickbooks-online-port";

  private Choice() {}

  /**
   * The one that was named, else the only one there is; otherwise the command ends with one clear
   * line.
   */
  static ConnectionId connection(Deployment deployment, String named, CommandLine line) {
    List<String> known = deployment.settings().connections();
    if (named == null && known.size() == 1) {
      return new ConnectionId(known.get(0));
    }
    if (named == null && deployment.settings().find(ServerKeys.COMMANDS_CONNECTION).isPresent()) {
      return connection(
          deployment, deployment.settings().get(ServerKeys.COMMANDS_CONNECTION), line);
    }
    if (named == null) {
      throw new CommandLine.ParameterException(
          line, "--connection is needed: one of " + String.join(", ", known));
    }
    if (!known.contains(named)) {
      throw new CommandLine.ParameterException(
          line,
          "--connection " + named + " is not configured; there are " + String.join(", ", known));
    }
    return new ConnectionId(named);
  }

  /** Ports of the stand-ins: each is one that exists, and they are not the same. */
  static void ports(int procore, int xero, CommandLine line) {
    port("--procore-port", procore, line);
    port("--xero-port", xero, line);
    if (procore == xero && procore != 0) {
      throw new CommandLine.ParameterException(
          line,
          "--procore-port and --xero-port are both " + xero + "; each stand-in needs its own");
    }
  }

  /**
   * As {@link #ports(int, int, CommandLine)}, with the port of the QuickBooks Online stand-in.
   *
   * @throws CommandLine.ParameterException naming the option
   */
  static void ports(int procore, int xero, int quickBooksOnline, CommandLine line) {
    ports(procore, xero, line);
    port(QUICKBOOKS_ONLINE, quickBooksOnline, line);
    if (quickBooksOnline != 0 && (quickBooksOnline == procore || quickBooksOnline == xero)) {
      throw new CommandLine.ParameterException(
          line,
          QUICKBOOKS_ONLINE
              + " is "
              + quickBooksOnline
              + " like another stand-in's; each needs its own");
    }
  }

  private static void port(String option, int given, CommandLine line) {
    if (given < 0 || given > 65_535) {
      throw new CommandLine.ParameterException(
          line, option + " is " + given + "; give 1 to 65535, or 0 for any free one");
    }
  }
}
