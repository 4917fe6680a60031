package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.ledger.Audit;
import io.tieback.platform.keys.ApprovalKeys;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tieback audit}: what people did, and the proof that nobody changed it afterwards. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Shows what people did, and proves that nothing of it was changed.",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Listing.class})
final class AuditCommand implements Callable<Integer> {

  private static final int MOST = 10_000;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "name what to do: audit verify or list");
  }

  /** Proves the trail. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description =
          "Reads the whole audit trail and proves its hash chain; ends with 1 where it was"
              + " changed.")
  static final class Verify implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Option(
        names = "--last-hash",
        paramLabel = "HASH",
        description =
            "A hash that 'audit verify' printed before: it has to be in the chain still, so that no"
                + " entry is missing at the end.")
    String lastHash;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        Audit audit = deployment.ledger().audit();
        Audit.Verification found = audit.verify();
        if (!found.intact()) {
          out.println("BROKEN   " + found.problem() + ".");
          out.println(
              found.entries()
                  + " entries before it are intact; the last of them has hash "
                  + found.lastHash()
                  + ".");
          out.flush();
          return 1;
        }
        if (lastHash != null && !audit.holds(lastHash)) {
          out.println(
              "BROKEN   No entry has hash "
                  + lastHash
                  + ": entries were removed at the end, or the hash is not of this trail.");
          out.flush();
          return 1;
        }
        out.println("Intact   " + found.entries() + " audit entries, each as it was written.");
        out.println("Last hash " + found.lastHash());
        out.println(
            "Keep the last hash elsewhere: './tieback audit verify --last-hash HASH"
                + config.again()
                + "' proves later that no entry is missing at the end.");
        out.flush();
        return 0;
      }
    }
  }

  /** Lists it. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what people did, newest first.")
  static final class Listing implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Option(
        names = "--most",
        paramLabel = "COUNT",
        defaultValue = "50",
        description = "How many entries, 1 to 10000. Default: ${DEFAULT-VALUE}.")
    int most;

    @Override
    public Integer call() {
      if (most < 1 || most > MOST) {
        throw new ParameterException(
            spec.commandLine(), "--most " + most + " is not a number from 1 to " + MOST);
      }
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ZoneId zone = deployment.settings().get(ApprovalKeys.TIME_ZONE);
        List<Audit.Entry> entries = deployment.ledger().audit().newest(most);
        for (Audit.Entry entry : entries) {
          out.println(
              entry.sequence()
                  + "  "
                  + Moment.clock(zone, entry.at())
                  + "  "
                  + entry.who()
                  + (entry.connection().isEmpty() ? "" : "  " + entry.connection())
                  + "  "
                  + entry.action()
                  + "  "
                  + entry.subject()
                  + (entry.detail().equals("{}") ? "" : "  " + entry.detail()));
        }
        out.println(
            entries.isEmpty()
                ? "Nobody has done anything yet."
                : entries.size()
                    + (entries.size() == 1 ? " entry" : " entries")
                    + ", times in "
                    + zone
                    + ". './tieback audit verify"
                    + config.again()
                    + "' proves that nothing was changed.");
        out.flush();
        return 0;
      }
    }
  }
}
