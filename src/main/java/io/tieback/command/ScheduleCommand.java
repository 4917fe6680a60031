package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Connections;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback schedule}: how often payments are read (GEN-SCH-01), shown or changed while
 * running.
 */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description =
        "Shows how often payments are read, or changes it; a running connector follows within a"
            + " minute.")
final class ScheduleCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Mixin ConnectionOption connection;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCHEDULE",
      description =
          "\"Hourly\", \"Every 2 Hours\", \"Every 4 Hours\", \"Daily\" or \"Never\"; in quotes,"
              + " since there are blanks in it.")
  String schedule;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      ConnectionId id = connection.in(deployment, spec.commandLine());
      if (schedule != null) {
        try {
          deployment.ledger().connections().paymentSchedule(id, schedule, SyncCommand.user());
        } catch (IllegalArgumentException wrong) {
          throw new picocli.CommandLine.ParameterException(spec.commandLine(), wrong.getMessage());
        }
      }
      Connections.Connection now = deployment.ledger().connections().get(id).orElseThrow();
      out.println(
          "Payments of connection "
              + id
              + " are read: "
              + now.paymentSchedule()
              + (now.paymentsReadAt() == null
                  ? "; never yet"
                  : "; last at "
                      + Moment.in(deployment.rooms().of(id).zone(), now.paymentsReadAt())));
      out.flush();
      return 0;
    }
  }
}
