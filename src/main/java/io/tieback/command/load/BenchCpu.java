package io.tieback.command.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time that everybody has used up to a moment. All of it comes out of the same cores, so
 * together it tells how fast the machine could be, also when it is busy with something else.
 *
 * @param nanos when, as {@link System#nanoTime()}
 * @param connector the connector
 * @param database the database: its processes that live, so without those that have ended
 * @param sandbox both stand-ins
 * @param self this process, which delivers webhooks and watches
 */
record BenchCpu(
    long nanos, Duration connector, Duration database, Duration sandbox, Duration self) {

  /**
   * Looks now.
   *
   * @param database folder of the embedded database
   */
  static BenchCpu now(LoadConnector connector, LoadSandbox sandbox, Path database) {
    return new BenchCpu(
        System.nanoTime(),
        connector.cpu(),
        database(database),
        sandbox.cpu(),
        used(ProcessHandle.current()));
  }

  private static Duration database(Path folder) {
    try {
      long pid =
          Long.parseLong(
              Files.readAllLines(folder.resolve("data").resolve("postmaster.pid")).get(0).strip());
      return ProcessHandle.of(pid).stream()
          .flatMap(server -> Stream.concat(Stream.of(server), server.children()))
          .map(BenchCpu::used)
          .reduce(Duration.ZERO, Duration::plus);
    } catch (IOException e) {
      return Duration.ZERO;
    }
  }

  private static Duration used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Time that has passed since an earlier moment. */
  Duration since(BenchCpu earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }

  /** What an invoice cost since an earlier moment, as figures. */
  List<BenchFigure> figures(String phase, int invoices, BenchCpu earlier) {
    List<BenchFigure> figures = new ArrayList<>();
    figures.add(
        each("connector CPU per invoice, " + phase, connector.minus(earlier.connector), invoices));
    figures.add(
        each("database CPU per invoice, " + phase, database.minus(earlier.database), invoices));
    figures.add(
        each(
            "stand-ins and bench CPU per invoice, " + phase,
            sandbox.minus(earlier.sandbox).plus(self).minus(earlier.self),
            invoices));
    Duration all =
        connector
            .plus(database)
            .plus(sandbox)
            .plus(self)
            .minus(earlier.connector)
            .minus(earlier.database)
            .minus(earlier.sandbox)
            .minus(earlier.self);
    BigDecimal cores = BigDecimal.valueOf(Runtime.getRuntime().availableProcessors());
    BigDecimal possible =
        BenchFigure.quotient(
            cores.multiply(BigDecimal.valueOf(invoices)),
            BenchFigure.millis(all).movePointLeft(3),
            1);
    figures.add(BenchFigure.of(cores + " cores have CPU for, " + phase, possible, "invoices/s"));
    return figures;
  }

  private static BenchFigure each(String name, Duration used, int invoices) {
    return BenchFigure.of(
        name,
        BenchFigure.quotient(BenchFigure.millis(used), BigDecimal.valueOf(invoices), 2),
        "ms");
  }
}
