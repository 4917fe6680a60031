package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.command.wiring.ErpSide;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.ErpSetup;
import io.tieback.platform.keys.ConnectionKeys;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tieback connect xero|qbo}: a person consents in the browser; the tokens go sealed into the
 * ledger.
 */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = "Signs a connection in to its accounting system.",
    subcommands = {ConnectCommand.Xero.class, ConnectCommand.QuickBooksOnline.class})
final class ConnectCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "name the accounting system: connect xero, or connect qbo");
  }

  /** Signs in to Xero. */
  @Command(
      name = "xero",
      mixinStandardHelpOptions = true,
      description = "Signs in to Xero: open the address that is shown and consent.")
  static final class Xero extends SignIn {
    @Override
    String erp() {
      return ConnectionKeys.XERO;
    }
  }

  /** Signs in to QuickBooks Online. */
  @Command(
      name = "qbo",
      mixinStandardHelpOptions = true,
      description =
          "Signs in to QuickBooks Online: open the address that is shown and consent as an"
              + " administrator of the company.")
  static final class QuickBooksOnline extends SignIn {
    @Override
    String erp() {
      return ConnectionKeys.QUICKBOOKS_ONLINE;
    }
  }

  /** Signs in to one of them. */
  abstract static class SignIn implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Mixin ConnectionOption connection;

    @Option(
        names = "--wait",
        paramLabel = "MINUTES",
        defaultValue = "10",
        description = "How long to wait for the consent. Default: ${DEFAULT-VALUE}.")
    int minutes;

    @Option(
        names = "--browse",
        description =
            "Opens the address itself instead of asking a person. Works only where no page has to"
                + " be filled in, such as the stand-in.")
    boolean browse;

    @Option(
        names = "--listen",
        paramLabel = "ADDRESS",
        defaultValue = "127.0.0.1",
        description =
            "Where the browser's return is listened for; 0.0.0.0 inside a container whose port is"
                + " published. Default: ${DEFAULT-VALUE}.")
    String listen;

    @Option(
        names = "--new-key",
        description =
            "For a lost key file: forgets the stored tokens of every connection first, so that a"
                + " new key can be made. Stop the connector before.")
    boolean newKey;

    @Option(
        names = "--revoke",
        description =
            "Ends the sign-in instead: the consent at the accounting system, and the stored"
                + " tokens.")
    boolean revoke;

    /** The accounting system, as settings name it. */
    abstract String erp();

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment =
          newKey
              ? Deployment.openForgettingTokens(config.folder)
              : Deployment.open(config.folder)) {
        ConnectionId id = connection.in(deployment, spec.commandLine());
        String configured = deployment.settings().get(ConnectionKeys.ERP, id.value());
        if (!configured.equals(erp())) {
          throw new ParameterException(
              spec.commandLine(),
              ConnectionKeys.ERP.name(id.value())
                  + " is "
                  + configured
                  + ", so that connection "
                  + id
                  + " has nothing to sign in to here");
        }
        if (revoke) {
          deployment.erp(id).disconnect();
          out.println("The sign-in of connection " + id + " has ended.");
        } else {
          ErpSide.SignedIn company =
              signIn(deployment, id, out, browse, listen, Duration.ofMinutes(minutes));
          out.println("Connection " + id + " is signed in to '" + company.name() + "'.");
        }
        out.flush();
        return 0;
      }
    }
  }

  /**
   * Signs one connection in.
   *
   * @param browse follow the address ourselves, as a browser would
   */
  static ErpSide.SignedIn signIn(
      Deployment deployment, ConnectionId id, PrintWriter out, boolean browse, Duration patience)
      throws Exception {
    return signIn(deployment, id, out, browse, "127.0.0.1", patience);
  }

  private static ErpSide.SignedIn signIn(
      Deployment deployment,
      ConnectionId id,
      PrintWriter out,
      boolean browse,
      String listen,
      Duration patience)
      throws Exception {
    ErpSide side = deployment.erp(id);
    ErpSide.SignedIn company;
    if (side.consent().isPresent()) {
      ErpSide.Consent consent = side.consent().get();
      company = consent.complete(new ConsentInBrowser(consent, out, browse, listen).wait(patience));
    } else {
      // Its token is fetched whenever it is needed.
      ErpSetup setup = side.adapter().setup();
      company = new ErpSide.SignedIn(setup.companyKey(), setup.companyName());
    }
    deployment
        .ledger()
        .connections()
        .register(
            id,
            deployment.rooms().of(id).procore().companyId(),
            side.adapter().capabilities().erp(),
            company.key());
    deployment.watch().works(id);
    return company;
  }
}
