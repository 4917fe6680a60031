package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.Commitment;
import io.tieback.construction.ContractLine;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.construction.Supplier;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.util.List;

/** What Procore itself shows of a record, for the column beside the ERP's document. */
final class ProcoreFigures {

  private ProcoreFigures() {}

  /** Of an invoice: its figures of the period, in total and line by line. */
  static ObjectNode of(SubcontractorInvoice invoice) {
    ObjectNode figures =
        Json.object()
            .put("number", invoice.invoiceNumber())
            .put("status", invoice.status())
            .put("date", text(invoice.billingDate()))
            .put("due", text(invoice.dueDate()))
            .put("currency", invoice.currency())
            .put("gross", invoice.gross().toString())
            .put("retained", invoice.retained().toString())
            .put("released", invoice.released().toString())
            .put("net", invoice.net().toString())
            .put("paymentDue", text(invoice.netInProcore()))
            .put("tax", text(invoice.taxInProcore()));
    ArrayNode lines = figures.putArray("lines");
    for (InvoiceLine line : invoice.lines()) {
      lines
          .addObject()
          .put("id", line.procoreItemId())
          .put("description", line.description())
          .put("costCode", line.costCode())
          .put("quantity", text(line.quantity()))
          .put("unitPrice", text(line.unitPrice()))
          .put("gross", line.gross().toString())
          .put("retained", line.retained().toString())
          .put("released", line.released().toString())
          .put("net", line.net().toString());
    }
    return figures;
  }

  /** Of a commitment: its schedule of values. */
  static ObjectNode of(Commitment commitment) {
    ObjectNode figures =
        Json.object()
            .put("number", commitment.number())
            .put("title", commitment.title())
            .put("status", commitment.status())
            .put("date", text(commitment.date()))
            .put("currency", commitment.currency())
            .put("total", text(commitment.grandTotal()));
    lines(figures, commitment.lines());
    return figures;
  }

  /** Of a change order: its changes. Procore states no total. */
  static ObjectNode of(ChangeOrder change) {
    ObjectNode figures =
        Json.object()
            .put("number", change.number())
            .put("title", change.title())
            .put("status", change.status())
            .put("total", change.sum().toString());
    lines(figures, change.lines());
    return figures;
  }

  private static void lines(ObjectNode figures, List<ContractLine> of) {
    ArrayNode lines = figures.putArray("lines");
    for (ContractLine line : of) {
      lines
          .addObject()
          .put("id", line.procoreId())
          .put("changes", line.changes())
          .put("description", line.description())
          .put("costCode", line.costCode())
          .put("costType", line.costType())
          .put("quantity", text(line.quantity()))
          .put("unitPrice", text(line.unitPrice()))
          .put("amount", line.amount().toString());
    }
  }

  /** Of a company: what of the Directory goes along. */
  static ObjectNode of(Supplier company) {
    ObjectNode figures =
        Json.object().put("name", company.name()).put("email", company.emailAddress());
    ArrayNode phones = figures.putArray("phones");
    company
        .phones()
        .forEach(
            phone ->
                phones.addObject().put("use", phone.use().name()).put("number", phone.number()));
    if (company.address() != null) {
      figures
          .putObject("address")
          .put("street", company.address().street())
          .put("city", company.address().city())
          .put("region", company.address().region())
          .put("postalCode", company.address().postalCode())
          .put("country", company.address().country());
    }
    return figures;
  }

  private static String text(Object value) {
    return value == null
        ? null
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }
}
