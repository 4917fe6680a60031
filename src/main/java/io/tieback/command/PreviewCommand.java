package io.tieback.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.Bill;
import io.tieback.construction.BillPreview;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.OutwardFlows;
import io.tieback.flow.Previews;
import io.tieback.ledger.WorkItem;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tieback preview}: the document that a record becomes, as an accountant reads it; nothing
 * is sent or stored.
 */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description =
        "Shows the document that a record becomes, such as the bill of an invoice, and everything"
            + " that the rules find. Nothing is sent.")
final class PreviewCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Mixin ConfigOption config;

  @Mixin ConnectionOption connection;

  @Option(
      names = "--entity",
      paramLabel = "KIND",
      defaultValue = WorkItem.REQUISITION,
      description =
          "What it is: requisition, work_order_contract, purchase_order_contract, change_order,"
              + " project, vendor, standard_cost_code. Without it: requisition.")
  String entity;

  @Parameters(
      paramLabel = "ITEM",
      description = "Procore's id of the record, such as the subcontractor invoice (requisition).")
  long id;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = Deployment.open(config.folder)) {
      ConnectionId of = connection.in(deployment, spec.commandLine());
      OutwardFlows flows = deployment.outwardFlows();
      if (!flows.entities().contains(entity)) {
        throw new ParameterException(
            spec.commandLine(),
            "--entity is '" + entity + "'; it must be one of " + new TreeSet<>(flows.entities()));
      }
      boolean invoice = entity.equals(WorkItem.REQUISITION);
      WorkItem item =
          deployment
              .ledger()
              .workItems()
              .find(of, entity, id)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "connection "
                              + of
                              + " has no "
                              + (invoice ? "invoice" : entity)
                              + " "
                              + id
                              + "; it appears here once an approver has accepted it"));
      out.println(
          (invoice ? "Invoice " : entity + " ")
              + id
              + " of connection "
              + of
              + ", state "
              + item.state().name().toLowerCase(java.util.Locale.ROOT)
              + ".");
      out.println();
      Previews.Preview preview = deployment.door().previews().of(item);
      JsonNode json = Json.read(preview.json());
      if (preview.outgoing() instanceof Bill bill) {
        String supplier = json.path("document").path("contactName").textValue();
        out.print(BillPreview.of(bill, supplier, preview.digest()));
      } else {
        out.print(PreviewText.of(json));
      }
      JsonNode correction = json.path("correction");
      if (correction.isObject()) {
        out.println();
        out.println(
            "Corrected by "
                + correction.path("by").asText()
                + " at "
                + correction.path("at").asText()
                + "; Procore still has its own figures.");
      }
      print(out, preview.findings());
      out.flush();
      return preview.goes() ? 0 : 1;
    }
  }

  private static void print(PrintWriter out, List<Finding> findings) {
    out.println();
    if (findings.isEmpty()) {
      out.println("No rule finds anything. Nothing was sent.");
      return;
    }
    for (Finding finding : findings) {
      out.println(finding.severity() + "  " + finding.sentence());
    }
    out.println("Nothing was sent.");
  }
}
