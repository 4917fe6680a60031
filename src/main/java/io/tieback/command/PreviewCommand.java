package io.tieback.command;

import io.tieback.command.wiring.Deployment;
import io.tieback.construction.BillPreview;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.InvoicePreparation;
import io.tieback.ledger.WorkItem;
import io.tieback.rules.Finding;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback preview}: the bill of an invoice as an accountant reads it; nothing is sent or
 * stored.
 */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description =
        "Shows the bill that an invoice becomes, and everything that the rules find. Nothing is sent.")
final class PreviewCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Option(
      names = "--connection",
      paramLabel = "NAME",
      description = "Which connection; needed when there are several.")
  String connection;

  @Parameters(
      paramLabel = "ITEM",
      description = "Procore's id of the subcontractor invoice (requisition).")
  long requisition;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      ConnectionId id = Choice.connection(deployment, connection, spec.commandLine());
      WorkItem item =
          deployment
              .ledger()
              .workItems()
              .find(id, WorkItem.REQUISITION, requisition)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "connection "
                              + id
                              + " has no invoice "
                              + requisition
                              + "; it appears here once Procore's approver has accepted it"));
      out.println(
          "Invoice "
              + requisition
              + " of connection "
              + id
              + ", state "
              + item.state().name().toLowerCase(java.util.Locale.ROOT)
              + ".");
      out.println();
      InvoicePreparation.Preview preview = deployment.invoicePreparation().preview(item);
      if (preview.bill() != null) {
        out.print(BillPreview.of(preview.bill(), preview.supplier(), preview.document().digest()));
      }
      print(out, preview);
      out.flush();
      return preview.bill() == null ? 1 : 0;
    }
  }

  private static void print(PrintWriter out, InvoicePreparation.Preview preview) {
    out.println();
    if (preview.findings().isEmpty()) {
      out.println("No rule finds anything. Nothing was sent.");
      return;
    }
    for (Finding finding : preview.findings()) {
      out.println(finding.severity() + "  " + finding.sentence());
    }
    out.println("Nothing was sent.");
  }
}
