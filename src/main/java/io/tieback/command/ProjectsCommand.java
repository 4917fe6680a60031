package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.ProjectArchive;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tieback projects}: what a person does about projects in the accounting system. */
@Command(
    name = "projects",
    mixinStandardHelpOptions = true,
    description = "Takes finished projects out of use in the accounting system.",
    subcommands = ProjectsCommand.Archive.class)
final class ProjectsCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "name what to do: projects archive PROJECT");
  }

  /** Archives one. */
  @Command(
      name = "archive",
      mixinStandardHelpOptions = true,
      description =
          "Archives the counterpart of a project that is Inactive in Procore; nothing is deleted.")
  static final class Archive implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Parameters(paramLabel = "PROJECT", description = "Procore's id of the project.")
    long project;

    @Mixin ConnectionOption connection;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionId id = connection.in(deployment, spec.commandLine());
        ProjectArchive.Result result =
            new ProjectArchive(deployment.ledger(), deployment.rooms())
                .archive(id, project, SyncCommand.user());
        out.println(result.message());
        out.flush();
        return result.done() ? 0 : 1;
      }
    }
  }
}
