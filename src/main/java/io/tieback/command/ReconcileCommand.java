package io.tieback.command;

import io.tieback.command.tieout.TieOutText;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.TieOutCsv;
import io.tieback.flow.TieOutJson;
import io.tieback.flow.TieOuts;
import io.tieback.reconcile.TieOutReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code tieback reconcile}: the tie-out. Reads both systems afresh and writes to neither. Exit
 * codes: 0 both agree to the cent, 1 they differ or could not be read, 2 wrong arguments.
 */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description =
        "Holds Procore against the accounting system, commitment by commitment and to the cent, and"
            + " says why they differ. Reads both afresh and changes nothing. Exits with 1 when they"
            + " differ.")
final class ReconcileCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Mixin ConnectionOption connection;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "Only this project; Procore's id of it.")
  Long project;

  @Option(
      names = "--through",
      paramLabel = "DATE",
      converter = Day.class,
      description =
          "Only what is billed and paid on or before this day, such as 2026-10-31, on both sides.")
  LocalDate through;

  @ArgGroup(exclusive = true)
  Output output;

  /** A day, or one clear line about what is none. */
  static final class Day implements ITypeConverter<LocalDate> {
    @Override
    public LocalDate convert(String text) {
      try {
        return LocalDate.parse(text);
      } catch (DateTimeParseException wrong) {
        throw new TypeConversionException("'" + text + "' is no day such as 2026-10-31");
      }
    }
  }

  /** Where else the result goes. */
  static final class Output {
    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "Writes a table too: one row a commitment and side.")
    Path csv;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes everything as JSON too.")
    Path json;
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      ConnectionId id = connection.in(deployment, spec.commandLine());
      TieOutReport report = report(deployment, id);
      Map<String, Long> calls = deployment.tally().byName();
      if (output != null && output.csv != null) {
        write(output.csv, TieOutCsv.of(report));
      }
      if (output != null && output.json != null) {
        write(output.json, TieOutJson.of(report, calls).toPrettyString() + "\n");
      }
      out.print(TieOutText.of(report, calls, config.again()));
      out.flush();
      return report.agrees() ? 0 : 1;
    }
  }

  private TieOutReport report(Deployment deployment, ConnectionId id) {
    try {
      return deployment.tieOuts().reconcile(id, project, through);
    } catch (TieOuts.UnknownProject wrong) {
      throw new ParameterException(spec.commandLine(), "--project: " + wrong.getMessage());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
