package io.tieback.command;

import io.tieback.command.demo.Demo;
import io.tieback.command.demo.DemoReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tieback demo}: the whole round trip against the stand-ins. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Shows the whole round trip on this machine: stand-ins, embedded PostgreSQL, the connector, a seeded contractor.")
final class DemoCommand implements Callable<Integer> {

  private static final String MARK = "tieback-demo";

  @Spec CommandSpec spec;

  @Option(names = "--exit", description = "Ends after the round trip: 0 when everything arrived, 1 when not.")
  boolean exit;

  @Option(names = "--folder", paramLabel = "DIR", defaultValue = ".tieback/demo", description = "Working folder; what an earlier demonstration left there is removed. Default: ${DEFAULT-VALUE}.")
  Path folder;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the database. Default: postgres in the working folder.")
  Path data;

  @Option(names = "--report", paramLabel = "FILE", defaultValue = "target/demo-report.json", description = "Where the report goes. Default: ${DEFAULT-VALUE}.")
  Path report;

  @Option(names = "--procore-port", defaultValue = "0", description = "Port of the Procore stand-in; 0 takes a free one.")
  int procorePort;

  @Option(names = "--xero-port", defaultValue = "0", description = "Port of the Xero stand-in; 0 takes a free one.")
  int xeroPort;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Path database = data == null ? folder.resolve("postgres") : data;
    startAfresh(folder);
    if (data != null) {
      startAfresh(data);
    }
    Path home = Path.of(System.getenv().getOrDefault("TIEBACK_HOME", "."));
    int code;
    try (Demo demo =
        Demo.start(
            folder, database, home, procorePort, xeroPort, out,
            (deployment, id) -> ConnectCommand.signIn(deployment, id, out, true, Duration.ofMinutes(1)))) {
      DemoReport result = demo.play();
      result.print(out);
      result.write(report);
      out.println("Report: " + report);
      code = result.allArrived() ? 0 : 1;
      if (!exit) {
        out.println("It stays up; Ctrl-C ends it.");
        out.flush();
        demo.awaitStop();
      }
    }
    out.flush();
    return code;
  }

  /** Only what an earlier demonstration made is ever removed. */
  private static void startAfresh(Path folder) throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MARK))) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new IllegalStateException(folder + " is not empty and no demonstration made it; name another folder");
        }
      }
    }
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> tree = Files.walk(folder)) {
        all = tree.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MARK), "made by tieback demo; may be removed\n");
  }
}
