package io.tieback.command;

import io.tieback.command.demo.Demo;
import io.tieback.command.demo.DemoFolder;
import io.tieback.command.demo.DemoReport;
import io.tieback.command.seed.SeededQuickBooksOnline;
import io.tieback.command.seed.SeededXero;
import io.tieback.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tieback demo}: the whole round trip against the stand-ins. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Shows the whole round trip on this machine: stand-ins, embedded PostgreSQL, the connector,"
            + " a seeded contractor.")
final class DemoCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--exit",
      description = "Ends after the round trip: 0 when everything arrived, 1 when not.")
  boolean exit;

  @Option(
      names = "--mishap",
      description =
          "After the round trip one more invoice is accepted, in which the due date is missing: it"
              + " becomes a dead letter to look at and to mend.")
  boolean mishap;

  @Option(names = "--open", description = "Opens the console in the browser of this desktop.")
  boolean open;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = ".tieback/demo",
      description =
          "Working folder; what an earlier demonstration left there is removed. Default:"
              + " ${DEFAULT-VALUE}.")
  Path folder;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of the database. Default: postgres in the working folder.")
  Path data;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "target/demo-report.json",
      description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
  Path report;

  @Option(
      names = "--procore-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the Procore stand-in; 0 takes a free one.")
  int procorePort;

  @Option(
      names = "--xero-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the Xero stand-in; 0 takes a free one.")
  int xeroPort;

  @Option(
      names = "--quickbooks-online-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the QuickBooks Online stand-in; 0 takes a free one.")
  int quickBooksOnlinePort;

  @Option(
      names = "--erp",
      paramLabel = "ERP",
      defaultValue = "xero",
      description =
          "Whose books: xero, qbo (QuickBooks Online), or all (Harbour Builders in Xero, Pier"
              + " Constructors in QuickBooks Online). Default: ${DEFAULT-VALUE}.")
  Erps erp;

  /** Who keeps whose books. */
  enum Erps {
    xero(new Demo.Books(SeededXero::new, SeededXero::new)),
    qbo(new Demo.Books(SeededQuickBooksOnline::new, SeededQuickBooksOnline::new)),
    all(new Demo.Books(SeededXero::new, SeededQuickBooksOnline::new));

    private final Demo.Books books;

    Erps(Demo.Books books) {
      this.books = books;
    }
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (mishap && exit) {
      throw new ParameterException(
          spec.commandLine(),
          "--mishap leaves something to mend, and --exit would end it at once: choose one");
    }
    Choice.ports(procorePort, xeroPort, quickBooksOnlinePort, spec.commandLine());
    Path database = data == null ? folder.resolve("postgres") : data;
    Path home = Path.of(System.getenv().getOrDefault("TIEBACK_HOME", "."));
    int code;
    try (DemoFolder work = DemoFolder.afresh(folder);
        DemoFolder base = data == null ? null : DemoFolder.afresh(data);
        Demo demo =
            Demo.start(
                folder,
                database,
                home,
                new SandboxOptions("127.0.0.1", procorePort, xeroPort, quickBooksOnlinePort),
                erp.books,
                out,
                (deployment, id) ->
                    ConnectCommand.signIn(deployment, id, out, true, Duration.ofMinutes(1)))) {
      if (open) {
        Desktop.show(demo.console(), out);
      }
      Future<Boolean> decided = demo.decide();
      DemoReport result = demo.play();
      boolean decisions = decided.get();
      result.print(out);
      result.write(report);
      out.println("Report: " + report);
      code = result.allArrived() && decisions ? 0 : 1;
      if (mishap) {
        demo.mishap();
      }
      if (!exit) {
        out.println("It stays up; Ctrl-C ends it.");
        out.flush();
        demo.awaitStop();
      }
    }
    out.flush();
    return code;
  }
}
