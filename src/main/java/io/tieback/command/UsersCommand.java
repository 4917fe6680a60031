package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.console.door.PasswordHashes;
import io.tieback.console.door.PasswordRules;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.User;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback users}: the first administrator, who is an owner, and help for whoever is locked
 * out. Everybody else is made in the console. No password is ever an argument: those stand in lists
 * of processes and in histories.
 */
@Command(
    name = "users",
    mixinStandardHelpOptions = true,
    description = "Makes the console's first administrator, and helps who cannot sign in.",
    subcommands = {
      UsersCommand.CreateAdministrator.class,
      UsersCommand.ListAll.class,
      UsersCommand.ResetPassword.class,
      UsersCommand.Deactivate.class
    })
final class UsersCommand implements Callable<Integer> {

  private static final Map<String, String> PROBLEMS =
      Map.of(
          "password.short",
          "it is too short: " + PasswordRules.SHORTEST + " characters or more",
          "password.long",
          "it is too long: " + PasswordRules.LONGEST + " characters at most",
          "password.mail",
          "it is the mail address, or little more",
          "password.common",
          "it is among those that are tried first");

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "name what to do: users create-administrator, list, reset-password or deactivate");
  }

  /** What all of them have in common. */
  abstract static class OnLedger implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    abstract void run(Ledger ledger, PrintWriter out) throws IOException;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment = Deployment.open(config.folder)) {
        run(deployment.ledger(), out);
        out.flush();
        return 0;
      }
    }

    /** The user of an address; says what to do when there is none. */
    static User user(Ledger ledger, String email) {
      return ledger
          .users()
          .byEmail(email)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "nobody has the mail address '"
                          + email
                          + "'. './tieback users list' shows who there is"));
    }
  }

  /** What needs a new password. */
  abstract static class WithPassword extends OnLedger {

    @Option(
        names = "--password-file",
        paramLabel = "FILE",
        description = "File whose first line is the password; without it one is asked for.")
    Path passwordFile;

    /** The hash of what was written or typed. */
    String hash(String email) throws IOException {
      String password = passwordFile == null ? typed() : written();
      PasswordRules.whyNot(password, email)
          .ifPresent(
              key -> {
                throw new IllegalArgumentException(
                    "this password cannot be used: " + PROBLEMS.get(key));
              });
      return PasswordHashes.hash(password);
    }

    private String written() throws IOException {
      List<String> lines = Files.readAllLines(passwordFile);
      if (lines.isEmpty()) {
        throw new IllegalArgumentException(passwordFile + " is empty: write the password into it");
      }
      return lines.get(0);
    }

    private String typed() {
      Console console = System.console();
      if (console == null) {
        throw new IllegalArgumentException(
            "there is no terminal to ask for a password: give --password-file FILE");
      }
      char[] first = console.readPassword("Password: ");
      char[] again = console.readPassword("Again: ");
      if (first == null || again == null || !Arrays.equals(first, again)) {
        throw new IllegalArgumentException("the two passwords do not match: start again");
      }
      return new String(first);
    }
  }

  /** Makes the first owner, or another one. */
  @Command(
      name = "create-administrator",
      mixinStandardHelpOptions = true,
      description = "Makes an owner of the console. Asks for the password; there is no default.")
  static final class CreateAdministrator extends WithPassword {

    @Option(
        names = "--email",
        paramLabel = "ADDRESS",
        required = true,
        description = "Their mail address, with which they sign in.")
    String email;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "Their name.")
    String name;

    @Option(
        names = "--language",
        paramLabel = "en|fr",
        defaultValue = "en",
        description = "Their language. Default: ${DEFAULT-VALUE}.")
    String language;

    @Override
    void run(Ledger ledger, PrintWriter out) throws IOException {
      if (ledger.users().byEmail(email).isPresent()) {
        throw new IllegalArgumentException(
            "'"
                + email
                + "' is somebody already. 'users reset-password' gives them a new password");
      }
      String hash = hash(email);
      long id =
          ledger.together(
              () -> {
                long made =
                    ledger
                        .users()
                        .create(
                            new User.Draft(email, name, User.OWNER, language, null),
                            SyncCommand.user());
                ledger.users().password(made, hash, SyncCommand.user());
                return made;
              });
      out.println(
          "'"
              + ledger.users().byId(id).orElseThrow().email()
              + "' is an owner now. They sign in under /console/ of the running connector.");
    }
  }

  /** Who there is. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists everybody.")
  static final class ListAll extends OnLedger {
    @Override
    void run(Ledger ledger, PrintWriter out) {
      List<User> all = ledger.users().all();
      for (User user : all) {
        out.printf(
            "%-40s %-14s %-8s %s%n",
            user.email(), user.role(), user.active() ? "active" : "inactive", user.name());
      }
      if (all.isEmpty()) {
        out.println(
            "Nobody yet. './tieback users create-administrator"
                + config.again()
                + " --email ADDRESS --name NAME' makes the first one.");
      }
    }
  }

  /** A new password. */
  @Command(
      name = "reset-password",
      mixinStandardHelpOptions = true,
      description = "Gives somebody a new password and ends their sessions.")
  static final class ResetPassword extends WithPassword {

    @Parameters(paramLabel = "ADDRESS", description = "Their mail address.")
    String email;

    @Override
    void run(Ledger ledger, PrintWriter out) throws IOException {
      User user = user(ledger, email);
      String hash = hash(user.email());
      ledger.together(
          () -> {
            ledger.users().password(user.id(), hash, SyncCommand.user());
            return ledger.sessions().endAll(user.id());
          });
      out.println(
          "'"
              + user.email()
              + "' has a new password"
              + (user.active() ? "." : ", but is not active and cannot sign in with it."));
    }
  }

  /** Keeps somebody out. */
  @Command(
      name = "deactivate",
      mixinStandardHelpOptions = true,
      description = "Keeps somebody out from now on and ends their sessions.")
  static final class Deactivate extends OnLedger {

    @Parameters(paramLabel = "ADDRESS", description = "Their mail address.")
    String email;

    @Override
    void run(Ledger ledger, PrintWriter out) {
      User user = user(ledger, email);
      ledger.users().active(user.id(), false, SyncCommand.user());
      out.println("'" + user.email() + "' cannot sign in any more.");
    }
  }
}
