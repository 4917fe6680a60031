package io.tieback.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tieback.command.load.LoadErp;
import io.tieback.command.load.Prove;
import io.tieback.command.load.ProveOptions;
import io.tieback.command.load.ProveReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code tieback prove}: kills the connector at chosen points and compares both sides afterwards.
 */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "Kills the connector again and again, at points that the seed fixes, while invoices go out"
          + " and payments come back; then compares both sides.",
      "Exit code 0: no duplicate, no loss, nothing stuck, not a cent of difference, and at least"
          + " half of the kills met invoices that were planned or sent."
    })
final class ProveCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--erp",
      paramLabel = "ERP",
      defaultValue = "xero",
      converter = ErpChoice.class,
      description = "Accounting system: xero or qbo. Default: ${DEFAULT-VALUE}.")
  LoadErp erp;

  @Option(
      names = "--kills",
      defaultValue = "200",
      description = "How often the connector is killed. Default: ${DEFAULT-VALUE}.")
  int kills;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Fixes every kill and all work. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--invoices",
      defaultValue = "500",
      description = "Invoices that go out, at least twice --kills. Default: ${DEFAULT-VALUE}.")
  int invoices;

  @Option(
      names = "--payments",
      defaultValue = "300",
      description = "Payments that come back. Default: ${DEFAULT-VALUE}.")
  int payments;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also writes the report to this file.")
  Path json;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "target/prove",
      description = "Work folder. Default: ${DEFAULT-VALUE}.")
  Path folder;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description =
          "How long the connector gets after the last kill to finish everything. Default:"
              + " ${DEFAULT-VALUE}.")
  int patience;

  @Override
  public Integer call() throws IOException {
    ProveOptions options;
    try {
      options =
          new ProveOptions(
              erp, kills, seed, invoices, payments, folder, folder.resolve("programs"), patience);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
    ProveReport report;
    try (Prove prove = new Prove(options, spec.commandLine().getOut())) {
      report = prove.run();
    }
    if (json != null) {
      if (json.toAbsolutePath().getParent() != null) {
        Files.createDirectories(json.toAbsolutePath().getParent());
      }
      Files.write(
          json,
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(report));
    }
    return report.proven() ? 0 : 1;
  }
}
