package io.tieback.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code ./tieback COMMAND}. Exit codes: 0 done, 1 it did not come out right, 2
 * wrong arguments.
 */
@Command(
    name = "tieback",
    mixinStandardHelpOptions = true,
    versionProvider = Tieback.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'./tieback test' runs every test. './tieback COMMAND --help' explains a command."
    },
    description =
        "Connects Procore with the accounting system: bills go out exactly once, payments come"
            + " back.",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      SandboxCommand.class,
      ConnectCommand.class,
      ProveCommand.class,
      DoctorCommand.class,
      PreviewCommand.class,
      ReconcileCommand.class,
      ProjectsCommand.class,
      SyncCommand.class,
      CostsCommand.class,
      CompaniesCommand.class,
      ScheduleCommand.class,
      UsersCommand.class,
      CallsCommand.class,
      DeadLettersCommand.class,
      AuditCommand.class,
      ReferenceCommand.class,
      BenchCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Tieback {

  private Tieback() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /**
   * Runs one command. Gives its exit code: 0 done, 1 it did not come out right, 2 wrong arguments.
   */
  public static int run(String... arguments) {
    CommandLine line = new CommandLine(new Tieback());
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          CommandLine at = wrong.getCommandLine();
          at.getErr()
              .println(
                  "tieback: "
                      + firstLine(wrong.getMessage())
                      + meant(wrong)
                      + " ('"
                      + at.getCommandSpec().qualifiedName()
                      + " --help' lists what is allowed)");
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (failed, at, parsed) -> {
          report(at.getErr(), failed);
          return CommandLine.ExitCode.SOFTWARE;
        });
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Integer.class, text -> wholeNumber(text, Integer::valueOf));
    line.registerConverter(Integer.TYPE, text -> wholeNumber(text, Integer::valueOf));
    line.registerConverter(Long.class, text -> wholeNumber(text, Long::valueOf));
    line.registerConverter(Long.TYPE, text -> wholeNumber(text, Long::valueOf));
    return arguments.length == 0 ? usage(line) : line.execute(arguments);
  }

  private static int usage(CommandLine line) {
    line.usage(line.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  private static void report(PrintWriter err, Exception failed) {
    if (ending()) {
      return;
    }
    err.println(
        "tieback: " + (failed.getMessage() == null ? failed.toString() : failed.getMessage()));
    if (System.getenv("TIEBACK_TRACE") != null) {
      failed.printStackTrace(err);
    }
  }

  /**
   * Told to end: what fails now fails because everything is being closed, and says nothing to
   * anybody.
   */
  private static boolean ending() {
    Thread probe = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(probe);
      Runtime.getRuntime().removeShutdownHook(probe);
      return false;
    } catch (IllegalStateException ending) {
      return true;
    }
  }

  private static <N> N wholeNumber(String text, Function<String, N> read) {
    try {
      return read.apply(text);
    } catch (NumberFormatException e) {
      throw new CommandLine.TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  /** The names that were probably meant, where something was written that does not exist. */
  private static String meant(CommandLine.ParameterException wrong) {
    List<String> near =
        wrong instanceof CommandLine.UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  private static String firstLine(String message) {
    return message == null
        ? "wrong arguments"
        : message.lines().findFirst().orElse("wrong arguments");
  }

  /** The version that the build wrote into the jar. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Tieback.class.getPackage().getImplementationVersion();
      return new String[] {"Tieback " + (version == null ? "(not packaged)" : version)};
    }
  }
}
