package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.CostsCsv;
import io.tieback.ledger.JobCostJournal;
import io.tieback.ledger.JobCostJournal.Left;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tieback costs}: what came back as direct costs, and which lines did not, why, and what to
 * do (GEN-JC-08). Of all projects at once (GEN-JC-07). Asks no service.
 */
@Command(
    name = "costs",
    mixinStandardHelpOptions = true,
    description =
        "Shows the job costs that came back, and with --unsynced those that did not and why.")
final class CostsCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Mixin ConnectionOption connection;

  @Option(
      names = "--unsynced",
      description =
          "Lists the lines that look like job costs and did not come, with reason and remedy.")
  boolean unsynced;

  @Option(
      names = "--all",
      description =
          "With --unsynced: also lines that are left out on purpose: of exported bills, of"
              + " retainage, from before costs.from, of the office.")
  boolean all;

  @Option(names = "--csv", description = "With --unsynced: as CSV.")
  boolean csv;

  @Override
  public Integer call() {
    if ((all || csv) && !unsynced) {
      throw new picocli.CommandLine.ParameterException(
          spec.commandLine(), "--all and --csv go with --unsynced");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      ConnectionId id = connection.in(deployment, spec.commandLine());
      if (unsynced) {
        List<Left> left =
            deployment
                .ledger()
                .jobCosts()
                .left(
                    id,
                    all
                        ? List.of("UNSYNCED", "EXPORTED", "RETAINAGE", "EARLIER", "OVERHEAD")
                        : List.of("UNSYNCED"));
        if (csv) {
          csv(left, out);
        } else {
          list(left, out);
        }
      } else {
        totals(deployment, id, out);
      }
      out.flush();
      return 0;
    }
  }

  /** Sums by project. */
  static void totals(Deployment deployment, ConnectionId id, PrintWriter out) {
    List<JobCostJournal.Totals> totals = deployment.ledger().jobCosts().totals(id);
    if (totals.isEmpty()) {
      out.println("No job costs came back yet.");
    }
    for (JobCostJournal.Totals of : totals) {
      out.printf(
          "Project %d: %d direct costs over %s, in Procore %s%s.%n",
          of.projectId(),
          of.costs(),
          of.wanted(),
          of.written(),
          of.open() == 0 ? "" : ", " + of.open() + " not there yet");
    }
  }

  private static void list(List<Left> left, PrintWriter out) {
    for (Left line : left) {
      out.printf(
          "%s  %-11s %-14s %12s  %s%n",
          line.date(),
          words(line.document().kind()),
          or(line.number(), "-"),
          line.amount(),
          or(line.supplier(), "-"));
      out.printf(
          "    %s | project %s | item %s | account %s%n",
          or(line.description(), "-"),
          or(line.project(), "none"),
          or(line.item(), "none"),
          or(line.account(), "none"));
      out.printf("    %s%n", CostsCsv.why(line));
    }
    out.println(
        left.isEmpty()
            ? "Every job cost came."
            : left.size() + (left.size() == 1 ? " line did not come." : " lines did not come."));
  }

  private static String words(String kind) {
    return switch (kind) {
      case "spend" -> "spend money";
      case "credit" -> "credit note";
      case "journal" -> "journal entry";
      default -> kind;
    };
  }

  private static void csv(List<Left> left, PrintWriter out) {
    out.println(CostsCsv.HEAD);
    left.forEach(line -> out.println(CostsCsv.row(line)));
  }

  private static String or(String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
