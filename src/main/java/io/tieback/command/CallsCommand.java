package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.DocumentKind;
import io.tieback.erp.Capabilities;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.Budgets;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tieback calls}: how many calls each side allows, how many are used, and what a day's
 * reading takes of them (XR-API-01).
 */
@Command(
    name = "calls",
    mixinStandardHelpOptions = true,
    description =
        "Shows the calls that Procore and the ERP allow, what is used of them, and what the"
            + " schedules plan to use in a day.")
final class CallsCommand implements Callable<Integer> {

  /** Kinds of documents that a reading asks for, each with one call when nothing changed. */
  private static final int CALLS_OF_PAYMENTS = 2;

  private static final int CALLS_OF_COSTS = 3;

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Which connection; all when it is left out.")
  String connection;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      if (connection != null) {
        ConnectionId one = Choice.connection(deployment, connection, spec.commandLine());
        print(deployment, deployment.rooms().of(one), out);
      } else {
        deployment.rooms().all().forEach(room -> print(deployment, room, out));
      }
      out.flush();
      return 0;
    }
  }

  private static void print(Deployment deployment, ConnectionRoom room, PrintWriter out) {
    Capabilities erp = room.erp().capabilities();
    out.println("Connection " + room.id());
    windows(deployment, room, erp.erp(), erp.displayName(), out);
    windows(deployment, room, "procore", "Procore", out);
    String payments =
        deployment.ledger().connections().get(room.id()).orElseThrow().paymentSchedule();
    String costs = room.costs().schedule();
    int planned = times(payments) * CALLS_OF_PAYMENTS + times(costs) * CALLS_OF_COSTS;
    out.printf(
        Locale.ROOT,
        "  Planned a day, when nothing changes: %,d calls (payments %s: %d x %d; job costs %s: %d x"
            + " %d)%n",
        planned,
        payments,
        times(payments),
        CALLS_OF_PAYMENTS,
        costs,
        times(costs),
        CALLS_OF_COSTS);
    deployment.ledger().budgets().left(room.id(), erp.erp()).stream()
        .filter(window -> window.name().equals("day"))
        .forEach(day -> left(day, planned, erp, out));
  }

  private static void left(Budgets.Left day, int planned, Capabilities erp, PrintWriter out) {
    int reading = day.allowed() - day.kept();
    int free = day.allowed() - Math.min(planned, reading);
    int bills = erp.documentsPerCall(DocumentKind.INVOICE);
    out.printf(
        Locale.ROOT,
        "  Left for what goes out: %,d calls a day, up to %,d invoices (%d a call)%n",
        free,
        (long) free * bills,
        bills);
    if (planned > reading) {
      out.printf(
          Locale.ROOT,
          "  TOO MUCH: the schedules want %,d calls, and only %,d are left beside the %,d kept for"
              + " exports. Read less often, or keep less (xero.calls-kept-for-exports).%n",
          planned,
          reading,
          day.kept());
    }
  }

  private static void windows(
      Deployment deployment, ConnectionRoom room, String system, String name, PrintWriter out) {
    List<Budgets.Left> windows = deployment.ledger().budgets().left(room.id(), system);
    for (Budgets.Left window : windows) {
      out.printf(
          Locale.ROOT,
          "  %-10s %-8s %,d of %,d used%s%s%n",
          name,
          window.name(),
          window.used(),
          window.allowed(),
          window.kept() > 0
              ? String.format(Locale.ROOT, "; the last %,d are kept for exports", window.kept())
              : "",
          window.used() > 0 ? "; free again from " + Moment.in(room.zone(), window.endsAt()) : "");
    }
  }

  private static int times(String schedule) {
    return switch (schedule) {
      case "Hourly" -> 24;
      case "Every 2 Hours" -> 12;
      case "Every 4 Hours" -> 6;
      case "Daily" -> 1;
      default -> 0;
    };
  }
}
