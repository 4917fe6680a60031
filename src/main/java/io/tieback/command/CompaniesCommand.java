package io.tieback.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.BookedCompany;
import io.tieback.flow.ConnectionRoom;
import io.tieback.ledger.CompanyMatches.Pair;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback companies}: which companies of Procore are which suppliers of the ERP (XR-COY-01,
 * GEN-COY-01). Works beside a running connector or without one; asks both services.
 */
@Command(
    name = "companies",
    mixinStandardHelpOptions = true,
    description = "Suggests which companies are which suppliers, links them and parts them.",
    subcommands = {
      CompaniesCommand.Suggest.class,
      CompaniesCommand.Link.class,
      CompaniesCommand.LinkAll.class,
      CompaniesCommand.Unlink.class,
      CompaniesCommand.Apart.class
    })
final class CompaniesCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name what to do: companies suggest, link, link-all, unlink or apart");
  }

  /** What all of them have in common. */
  abstract static class OfConnection implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Mixin ConnectionOption connection;

    /** Does it. Gives the exit code. */
    abstract int run(Deployment deployment, ConnectionRoom room, PrintWriter out);

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        ConnectionRoom room = deployment.rooms().of(connection.in(deployment, spec.commandLine()));
        int code = run(deployment, room, out);
        out.flush();
        return code;
      } catch (Failure failure) {
        spec.commandLine()
            .getErr()
            .println(
                "tieback: "
                    + failure.getMessage()
                    + (failure.remedy().isBlank() ? "" : ". " + failure.remedy()));
        return 1;
      }
    }

    static String described(Pair pair) {
      return String.format(
          "%3d  company %s '%s'  =  supplier %s '%s'%n     %s",
          pair.match().score(),
          pair.match().first(),
          pair.vendorName(),
          pair.match().second(),
          pair.supplierName(),
          String.join(", ", pair.match().reasons()));
    }
  }

  /** Lists what may be the same. */
  @Command(
      name = "suggest",
      mixinStandardHelpOptions = true,
      description =
          "Lists companies that are not linked with the suppliers that they may be, and why.")
  static final class Suggest extends OfConnection {

    @Option(
        names = "--at-least",
        paramLabel = "SCORE",
        defaultValue = "60",
        description = "Lowest score of 100. Default: ${DEFAULT-VALUE}.")
    int atLeast;

    @Option(
        names = "--most",
        paramLabel = "N",
        defaultValue = "3",
        description = "Most suppliers of one company. Default: ${DEFAULT-VALUE}.")
    int most;

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    int run(Deployment deployment, ConnectionRoom room, PrintWriter out) {
      List<Pair> pairs =
          deployment.companyLinking().suggest(room, score(atLeast, spec), Math.max(1, most));
      if (json) {
        out.println(json(pairs).toPrettyString());
        return 0;
      }
      pairs.forEach(pair -> out.println(described(pair)));
      out.println(
          pairs.isEmpty()
              ? "No company that is not linked looks like a supplier that is not linked."
              : pairs.size()
                  + (pairs.size() == 1 ? " pair" : " pairs")
                  + ". './tieback companies link COMPANY SUPPLIER"
                  + config.again()
                  + "' links one, 'companies apart COMPANY SUPPLIER' says that they are not the"
                  + " same.");
      return 0;
    }

    private static ObjectNode json(List<Pair> pairs) {
      ObjectNode json = Json.object();
      var list = json.putArray("suggestions");
      for (Pair pair : pairs) {
        ObjectNode one = list.addObject();
        one.put("company", Long.parseLong(pair.match().first()))
            .put("companyName", pair.vendorName())
            .put("supplier", pair.match().second())
            .put("supplierName", pair.supplierName())
            .put("score", pair.match().score());
        pair.match().reasons().forEach(one.putArray("reasons")::add);
      }
      return json;
    }
  }

  private static int score(int given, CommandSpec spec) {
    if (given < 1 || given > 100) {
      throw new ParameterException(
          spec.commandLine(), "--at-least is " + given + "; a score is 1 to 100");
    }
    return given;
  }

  /** A company and a supplier. */
  abstract static class OfPair extends OfConnection {
    @Parameters(index = "0", paramLabel = "COMPANY", description = "Procore's id of the company.")
    long vendor;

    @Parameters(
        index = "1",
        paramLabel = "SUPPLIER",
        description = "The ERP's key of the supplier.")
    String supplier;
  }

  /** Links one. */
  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      description = "Links a company with a supplier, after a look at both.")
  static final class Link extends OfPair {
    @Override
    int run(Deployment deployment, ConnectionRoom room, PrintWriter out) {
      out.println(
          "Linked: "
              + described(
                      deployment.companyLinking().link(room, vendor, supplier, SyncCommand.user()))
                  .strip());
      return 0;
    }
  }

  /** Says that two are not the same. */
  @Command(
      name = "apart",
      mixinStandardHelpOptions = true,
      description = "Says that a company and a supplier are not the same.")
  static final class Apart extends OfPair {
    @Override
    int run(Deployment deployment, ConnectionRoom room, PrintWriter out) {
      Pair pair = deployment.companyLinking().apart(room, vendor, supplier, SyncCommand.user());
      out.printf(
          "'%s' and '%s' are not suggested again. Send the company again, or replay its dead"
              + " letter.%n",
          pair.vendorName(), pair.supplierName());
      return 0;
    }
  }

  /** Links all that are clear. */
  @Command(
      name = "link-all",
      mixinStandardHelpOptions = true,
      description =
          "Links every company whose likeliest supplier reaches a score and is the only one.")
  static final class LinkAll extends OfConnection {

    @Option(
        names = "--at-least",
        paramLabel = "SCORE",
        required = true,
        description = "Lowest score of 100.")
    int atLeast;

    @Option(names = "--yes", description = "Links them; without it they are only shown.")
    boolean yes;

    @Override
    int run(Deployment deployment, ConnectionRoom room, PrintWriter out) {
      int lowest = score(atLeast, spec);
      List<Pair> pairs =
          yes
              ? deployment.companyLinking().linkAll(room, lowest, SyncCommand.user())
              : deployment.companyLinking().clear(room, lowest);
      pairs.forEach(pair -> out.println(described(pair)));
      out.println(
          yes
              ? pairs.size() + " linked."
              : pairs.size() + " would be linked. Look at them, then add --yes.");
      return 0;
    }
  }

  /** Parts one. */
  @Command(
      name = "unlink",
      mixinStandardHelpOptions = true,
      description = "Takes a company's link away, after a look at both sides.")
  static final class Unlink extends OfConnection {

    @Parameters(paramLabel = "COMPANY", description = "Procore's id of the company.")
    long vendor;

    @Override
    int run(Deployment deployment, ConnectionRoom room, PrintWriter out) {
      String erp = room.erp().capabilities().displayName();
      Optional<BookedCompany> supplier =
          deployment.companyLinking().unlink(room, vendor, SyncCommand.user());
      out.println("Company " + vendor + " is linked no longer.");
      supplier.ifPresent(
          there ->
              out.println(
                  "Supplier '"
                      + there.name()
                      + "' stays in "
                      + erp
                      + (there.active()
                          ? ", active: when the company is sent again, it is found there."
                          : ", archived.")));
      return 0;
    }
  }
}
