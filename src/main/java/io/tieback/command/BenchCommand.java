package io.tieback.command;

import io.tieback.command.load.Bench;
import io.tieback.command.load.BenchDoor;
import io.tieback.command.load.BenchLists;
import io.tieback.command.load.BenchReport;
import io.tieback.command.load.LoadErp;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tieback bench}: how fast, how thrifty. Ends with 0 when every invoice arrived and both
 * sides agree, whether or not a target was missed.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the way out of many invoices against the stand-ins, each in an event of its own.",
      "Ends with 0 when every invoice arrived and both sides agree to the cent; targets that were"
          + " missed are printed."
    })
final class BenchCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--erp",
      paramLabel = "ERP",
      defaultValue = "xero",
      converter = ErpChoice.class,
      description = "Accounting system: xero or qbo. Default: ${DEFAULT-VALUE}.")
  LoadErp erp;

  @Option(
      names = "--invoices",
      defaultValue = "10000",
      description = "How many invoices, 2 or more. Default: ${DEFAULT-VALUE}.")
  int invoices;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the report to a file too.")
  Path json;

  @Option(
      names = "--folder",
      defaultValue = "target/bench",
      description =
          "Work folder. A run makes a folder of its own in it, and deletes that when everything"
              + " arrived. Default: ${DEFAULT-VALUE}.")
  Path folder;

  @Option(
      names = "--detail-id",
      paramLabel = "PLACE",
      defaultValue = "requestData",
      description =
          "Where events carry the id of their request detail: envelope, requestData, element,"
              + " absent or mixed. An absent one has to be looked up, which costs calls. Default:"
              + " ${DEFAULT-VALUE}.")
  String detailId;

  @Option(
      names = "--door",
      description = {
        "Instead: counts the calls of a reading at Tieback's own door, with 200 and with 2,000"
            + " invoices, nothing changed and 10 changed. Ends with 0 when the calls do not grow."
      })
  boolean door;

  @Option(
      names = "--lists",
      description = {
        "Instead: how quick the console's busiest list, its filters and its search are with many"
            + " records, over HTTP. Ends with 0 when 99 of 100 pages take less than 300 ms."
      })
  boolean lists;

  @Option(
      names = "--records",
      defaultValue = "100000",
      description = "With --lists: how many records, 1000 or more. Default: ${DEFAULT-VALUE}.")
  int records;

  @Option(
      names = "--requests",
      defaultValue = "400",
      description = "With --lists: requests of each page, 20 or more. Default: ${DEFAULT-VALUE}.")
  int requests;

  @Override
  public Integer call() {
    if (door) {
      return BenchDoor.run(folder, spec.commandLine().getOut()) ? 0 : 1;
    }
    if (lists) {
      if (records < 1_000 || requests < 20) {
        throw new ParameterException(
            spec.commandLine(),
            "--records is "
                + records
                + " and --requests "
                + requests
                + "; give 1000 and 20 or more");
      }
      return BenchLists.run(folder, records, requests, spec.commandLine().getOut()) ? 0 : 1;
    }
    if (invoices < 2) {
      throw new ParameterException(
          spec.commandLine(), "--invoices is " + invoices + "; give 2 or more");
    }
    var out = spec.commandLine().getOut();
    BenchReport report =
        Bench.run(
            new Bench.Options(erp, invoices, folder, folder.resolve("programs"), detailId), out);
    report.print(out);
    if (json != null) {
      report.write(json);
    }
    return report.complete() ? 0 : 1;
  }
}
