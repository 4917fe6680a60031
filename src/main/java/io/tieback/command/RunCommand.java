package io.tieback.command;

import io.tieback.command.wiring.Connector;
import io.tieback.command.wiring.Deployment;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tieback run}: the connector against real connections. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the connector until it is told to end (Ctrl-C or SIGTERM).")
final class RunCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Override
  public Integer call() throws InterruptedException {
    Connector connector = Connector.startUntilSignal(Deployment.openNode(config.folder));
    spec.commandLine()
        .getOut()
        .println(
            "Tieback runs. Webhooks: port "
                + connector.port()
                + "/webhooks/procore/<connection>. Health: port "
                + connector.managementPort()
                + "/observe/health.");
    spec.commandLine().getOut().flush();
    connector.awaitStop();
    return 0;
  }
}
