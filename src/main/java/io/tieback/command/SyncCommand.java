package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.BillPayments;
import io.tieback.flow.JobCosts;
import io.tieback.flow.door.TiebackDoor;
import io.tieback.ledger.JobCostRow;
import io.tieback.ledger.PaymentJournal;
import io.tieback.ledger.PaymentRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code tieback sync}: reads now what is otherwise read by schedule (GEN-SCH-05), and reports the
 * result at once (C-11).
 */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = "Reads now what is otherwise read by schedule.",
    subcommands = {SyncCommand.Payments.class, SyncCommand.Costs.class, SyncCommand.Door.class})
final class SyncCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "name what to sync: sync payments, sync costs or sync door");
  }

  /** Bill payments. */
  @Command(
      name = "payments",
      mixinStandardHelpOptions = true,
      description =
          "Brings bill payments back to Procore now, beside a running connector or without one.")
  static final class Payments implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Mixin ConnectionOption connection;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionId id = connection.in(deployment, spec.commandLine());
        BillPayments.Report report = deployment.billPayments().sync(id, user());
        PaymentJournal.Recorded recorded = report.recorded();
        if (report.switchedOn()) {
          out.println(
              "Payments of connection "
                  + id
                  + " are switched on from now; "
                  + recorded.ignored()
                  + " that stood before stay out.");
        }
        out.printf(
            "Read with %d calls: %d new, %d changed, %d deleted in the ERP, %d replaced by"
                + " another.%n",
            report.calls(),
            recorded.added(),
            recorded.changed(),
            recorded.deleted(),
            recorded.replaced());
        int steps = deployment.paymentWriting().write();
        out.printf("Written to Procore: %d steps.%n", steps);
        PaymentJournal.Totals totals = deployment.ledger().payments().totals(id);
        out.printf(
            "Paid in the ERP %s, shown in Procore %s, deleted in the ERP and still in Procore"
                + " %s.%n",
            totals.paid(), totals.inProcore(), totals.flagged());
        List<PaymentRow> open =
            deployment
                .ledger()
                .payments()
                .list(
                    id,
                    List.of("planned", "sent", "unknown", "amending", "removing", "failed"),
                    0,
                    100);
        open.forEach(
            row ->
                out.printf(
                    "  %s  %s  %s  %s%n",
                    row.state(),
                    row.date(),
                    row.amount(),
                    row.failureMessage() == null ? "" : row.failureMessage()));
        out.flush();
        return open.stream().anyMatch(row -> row.state().equals("failed")) ? 1 : 0;
      }
    }
  }

  /** Job costs. */
  @Command(
      name = "costs",
      mixinStandardHelpOptions = true,
      description =
          "Brings job costs back to Procore's Direct Costs now, beside a running connector or"
              + " without one.")
  static final class Costs implements Callable<Integer> {

    /** A guard, not a limit: each turn takes up to 200 direct costs. */
    private static final int MOST_TURNS = 10_000;

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Mixin ConnectionOption connection;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionId id = connection.in(deployment, spec.commandLine());
        JobCosts.Report report = deployment.jobCosts().sync(id);
        out.printf(
            "Read with %d calls: %d documents new or changed; direct costs: %d new, %d changed, %d"
                + " not to stand any more.%n",
            report.calls(),
            report.documents(),
            report.recorded().added(),
            report.recorded().changed(),
            report.recorded().gone());
        int steps = 0;
        int turn = deployment.jobCostWriting().write();
        for (int turns = 1; turn > 0 && turns < MOST_TURNS; turns++) {
          steps += turn;
          turn = deployment.jobCostWriting().write();
        }
        out.printf("Written to Procore: %d steps.%n", steps);
        CostsCommand.totals(deployment, id, out);
        if (report.recorded().unsynced() > 0) {
          out.printf(
              "%d lines did not come; './tieback costs --unsynced%s' says why and what to do.%n",
              report.recorded().unsynced(), config.again());
        }
        List<JobCostRow> open =
            deployment.ledger().jobCosts().list(id, List.of("planned", "failed"), 100);
        open.forEach(
            row ->
                out.printf(
                    "  %s  %s %s  %s  %s%n",
                    row.state(),
                    row.kind(),
                    row.erpId(),
                    row.wantedAmount() == null ? "to be removed" : row.wantedAmount(),
                    row.failureMessage() == null ? "" : row.failureMessage()));
        out.flush();
        return open.stream().anyMatch(row -> row.state().equals("failed")) ? 1 : 0;
      }
    }
  }

  /** Records of Procore's public resources. */
  @Command(
      name = "door",
      mixinStandardHelpOptions = true,
      description = {
        "Reads now what changed in Procore's public resources, for a connection at Tieback's own"
            + " door, beside a running connector or without one."
      })
  static final class Door implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Mixin ConnectionOption connection;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionId id = connection.in(deployment, spec.commandLine());
        if (!deployment.rooms().of(id).door().tieback()) {
          throw new picocli.CommandLine.ParameterException(
              spec.commandLine(),
              "connection "
                  + id
                  + " is at Procore's own door: Procore tells of what was accepted there. Set"
                  + " connection."
                  + id
                  + ".door to tieback to read its public resources");
        }
        deployment.tally().since();
        TiebackDoor.Report report = deployment.door().reading().sync(id);
        out.printf(
            "Read with %d calls: %d records new or changed; %d sent to the approvers.%n",
            deployment.tally().since(), report.records(), report.sent());
        report.problems().forEach(problem -> out.println("  not read: " + problem));
        out.flush();
        return report.problems().isEmpty() ? 0 : 1;
      }
    }
  }

  /** Whoever runs the command, for the audit trail. */
  static String user() {
    String user = System.getProperty("user.name");
    return user == null || user.isBlank() ? "command line" : user;
  }
}
