package io.tieback.command;

import io.tieback.command.wiring.Connector;
import io.tieback.command.wiring.Deployment;
import io.tieback.erp.SetupFinding;
import io.tieback.flow.ConnectionRoom;
import io.tieback.platform.RouteLibrary;
import io.tieback.platform.RouteProblem;
import io.tieback.platform.keys.ServerKeys;
import io.tieback.procore.ProcoreExamination;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code tieback doctor}: settings, database, sign-ins, rights and the ERP's set-up; says what to
 * do about each.
 */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Checks settings, database, routes, sign-ins, rights and the set-up in the accounting"
            + " system, and says what to do.")
final class DoctorCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  private final List<SetupFinding> findings = new ArrayList<>();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      findings.add(
          new SetupFinding(
              "Settings",
              true,
              config.folder
                  + ", connections "
                  + String.join(", ", deployment.settings().connections()),
              ""));
      deployment
          .settings()
          .warnings()
          .forEach(
              warning ->
                  findings.add(
                      new SetupFinding(
                          "Settings", false, warning, "Correct its name, or take it away.")));
      findings.add(new SetupFinding("Database", true, deployment.database().url(), ""));
      routes(deployment);
      for (ConnectionRoom room : deployment.rooms().all()) {
        examine(room);
      }
    }
    for (SetupFinding finding : findings) {
      out.printf(
          "%-4s %-38s %s%n", finding.ok() ? "ok" : "FIX", finding.subject(), finding.found());
      if (!finding.ok()) {
        out.printf("     %-38s -> %s%n", "", finding.remedy());
      }
    }
    long wrong = findings.stream().filter(finding -> !finding.ok()).count();
    out.println(wrong == 0 ? "All is well." : wrong + " to fix.");
    out.flush();
    return wrong == 0 ? 0 : 1;
  }

  private void routes(Deployment deployment) {
    RouteLibrary library = RouteLibrary.of(deployment.settings());
    List<RouteProblem> problems = Connector.routeProblems(deployment);
    if (problems.isEmpty()) {
      findings.add(
          new SetupFinding(
              "Routes",
              true,
              library.routeIds().size()
                  + " routes in "
                  + deployment.settings().get(ServerKeys.ROUTES_FOLDER)
                  + ", overridden or added to from "
                  + deployment.settings().get(ServerKeys.SITE_ROUTES_FOLDER),
              ""));
    }
    problems.forEach(
        problem ->
            findings.add(
                new SetupFinding(
                    "Routes",
                    false,
                    problem.toString(),
                    "Correct the file; the running connector keeps the last good one.")));
  }

  private void examine(ConnectionRoom room) {
    String prefix = room.id() + ": ";
    for (ProcoreExamination.Observation seen :
        new ProcoreExamination(room.client(), !room.door().tieback()).examine()) {
      findings.add(
          new SetupFinding(prefix + seen.subject(), seen.good(), seen.words(), seen.remedy()));
    }
    boolean retainage =
        room.invoices().bill().retainageAccountCode() != null
            || room.invoices().bill().retainageItemCode() != null;
    findings.add(
        new SetupFinding(
            prefix + "Retainage set-up",
            retainage,
            retainage
                ? "account " + room.invoices().bill().retainageAccountCode()
                : "none is chosen",
            "Choose a current liability account: connection."
                + room.id()
                + ".retainage.account (QBD-INV-01..03 by analogy)."));
    for (SetupFinding finding : room.erp().examine()) {
      findings.add(
          new SetupFinding(
              prefix + finding.subject(), finding.ok(), finding.found(), finding.remedy()));
    }
  }
}
