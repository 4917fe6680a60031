package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.Decimals.plain;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code /rest/v1.0/work_order_contracts} and {@code purchase_order_contracts}: list and show
 * (section 10). Lists have no lines, in no view.
 */
final class Commitments {
  static final String[] LINE_FILTERS = {
    "id", "created_at", "updated_at", "cost_code_id", "line_item_type_id"
  };

  private final State state;
  private final ExternalData external;
  private final MasterData master;
  private final ContractPayments payments;
  private final Chronicle chronicle;
  private final Marks marks;
  private final Lines lines;

  Commitments(
      State state,
      ExternalData external,
      MasterData master,
      ContractPayments payments,
      Chronicle chronicle,
      Marks marks,
      Lines lines) {
    this.state = state;
    this.external = external;
    this.master = master;
    this.payments = payments;
    this.chronicle = chronicle;
    this.marks = marks;
    this.lines = lines;
  }

  static String path(Model.CommitmentType type) {
    return "/rest/v1.0/" + type.itemType + "s";
  }

  void routes(Router router, Gate gate) {
    for (Model.CommitmentType type : Model.CommitmentType.values()) {
      String path = path(type);
      gate.on(router, "GET", path, ask -> list(ask, type));
      gate.on(
          router,
          "GET",
          path + "/:id",
          ask -> Answer.json(200, shown(held(ask, type, ask.query("project_id")))));
      gate.on(router, "GET", path + "/:id/line_items", ask -> lines(ask, type));
      gate.on(router, "GET", path + "/:id/line_items/:line_id", ask -> line(ask, type));
    }
  }

  /** The commitment of the path; 404 when the project has none of that id and kind. */
  Model.Commitment held(Ask ask, Model.CommitmentType type, long projectId) {
    Model.Project project = master.project(ask, projectId);
    Model.Commitment commitment = state.commitments.get(ask.path("id"));
    if (commitment == null || commitment.type != type || commitment.project != project) {
      throw Refusal.notFound(type.className);
    }
    return commitment;
  }

  /** The line of the path; 404 when the commitment has none of that id. */
  Model.CommitmentLine heldLine(Ask ask, Model.Commitment commitment) {
    long id = ask.path("line_id");
    return commitment.lines.stream()
        .filter(line -> line.id == id)
        .findFirst()
        .orElseThrow(() -> Refusal.notFound("Line Item"));
  }

  private Answer lines(Ask ask, Model.CommitmentType type) {
    ask.onlyFilters(LINE_FILTERS);
    ask.view("default", "default", "ssov_source_lines");
    Model.Commitment commitment = held(ask, type, ask.query("project_id"));
    return ask.page(
        commitment.lines.stream()
            .filter(l -> lines.passes(ask, commitment, l.id, l.costCode, l.lineItemType))
            .map(lines::json)
            .toList(),
        100);
  }

  private Answer line(Ask ask, Model.CommitmentType type) {
    return Answer.json(200, lines.json(heldLine(ask, held(ask, type, ask.query("project_id")))));
  }

  private Answer list(Ask ask, Model.CommitmentType type) {
    ask.onlyFilters("id", "status", "created_at", "updated_at", "include_deleted", "origin_id");
    ask.view("compact", "compact", "extended");
    Model.Project project = master.project(ask, ask.query("project_id"));
    List<Model.Commitment> all = new ArrayList<>();
    String deleted = deleted(ask);
    if (!deleted.equals("only")) {
      all.addAll(state.commitments.values());
    }
    if (!deleted.equals("without")) {
      all.addAll(state.deletedCommitments.values());
    }
    List<ObjectNode> rows = new ArrayList<>();
    for (Model.Commitment commitment : all) {
      if (commitment.type == type
          && commitment.project == project
          && ask.passes("id", commitment.id)
          && ask.passes("status", commitment.status)
          && ask.passes("origin_id", external.originId(type.itemType, commitment.id, ask.companyId))
          && ask.within("created_at", commitment.createdAt)
          && ask.within("updated_at", updatedAt(commitment))) {
        ObjectNode row = json(commitment);
        row.set(
            "vendor",
            Json.object()
                .put("id", commitment.vendor.id())
                .put("company", commitment.vendor.name()));
        rows.add(row);
      }
    }
    return ask.page(rows, 100);
  }

  /** {@code only} or {@code with} of {@code filters[include_deleted]}, else {@code without}. */
  static String deleted(Ask ask) {
    String wanted = ask.call.query("filters[include_deleted]");
    if (wanted != null && !Set.of("only", "with").contains(wanted)) {
      throw Refusal.field(400, "filters[include_deleted]", "does not have a valid value");
    }
    return wanted == null ? "without" : wanted;
  }

  Instant updatedAt(Model.Commitment commitment) {
    return commitment.deletedAt != null
        ? commitment.deletedAt
        : chronicle.updatedAt(commitment.type.itemType, commitment.id, commitment.createdAt);
  }

  /** A commitment without its lines. */
  ObjectNode json(Model.Commitment commitment) {
    long companyId = commitment.project.companyId();
    BigDecimal original = BigDecimal.ZERO;
    BigDecimal changes = BigDecimal.ZERO;
    for (Model.CommitmentLine line : commitment.lines) {
      original = line.changeOrder ? original : original.add(line.amount);
      changes = line.changeOrder ? changes.add(line.amount) : changes;
    }
    if (!commitment.changeOrders.isEmpty()) {
      changes = ContractDoor.approvedChanges(commitment);
    }
    BigDecimal revised = original.add(changes);
    BigDecimal pending = changesOf(commitment, Set.of("pending", "proceeding", "revised"));
    BigDecimal paid = ContractPayments.paid(commitment);
    BigDecimal billed = BigDecimal.ZERO;
    for (Model.Requisition requisition : commitment.requisitions) {
      billed = billed.add(requisition.summary.due());
    }
    ObjectNode out =
        Json.object()
            .put("id", commitment.id)
            .put("accounting_method", commitment.unit ? "unit" : "amount")
            .put("approved_change_orders", plain(changes))
            .put("created_at", Times.utc(commitment.createdAt))
            .put("updated_at", Times.utc(updatedAt(commitment)))
            .put("description", "")
            .put("draft_change_orders_amount", plain(changesOf(commitment, Set.of("draft"))))
            .put("executed", true)
            .put("grand_total", plain(original))
            .put("number", commitment.number)
            .put("title", commitment.title == null ? "" : commitment.title)
            .put("status", commitment.status)
            .put("private", true)
            .put("pending_change_orders", plain(pending))
            .put("pending_revised_contract", plain(revised.add(pending)))
            .put("revised_contract", plain(revised))
            .put("percentage_paid", Decimals.percent(paid, revised))
            .put("total_payments", plain(paid))
            .put("total_requisitions_amount", plain(billed))
            .put("remaining_balance_outstanding", plain(revised.subtract(paid)))
            .put("requisitions_are_enabled", true);
    marks.show(commitment.type.itemType, commitment.id, companyId, out);
    if (commitment.retainagePercent != null) {
      out.put("retainage_percent", plain(commitment.retainagePercent));
    }
    day(out, "contract_date", commitment.contractDate);
    if (commitment.type == Model.CommitmentType.PURCHASE_ORDER) {
      day(out, "delivery_date", commitment.deliveryDate);
      if (commitment.paymentTerms != null) {
        out.put("payment_terms", commitment.paymentTerms);
      }
    }
    if (commitment.deletedAt != null) {
      out.put("deleted_at", Times.utc(commitment.deletedAt));
    }
    out.putObject("project")
        .put("id", commitment.project.id())
        .put("name", commitment.project.name());
    out.putObject("currency_configuration")
        .put("currency_iso_code", state.companies.get(companyId).currency());
    return out;
  }

  private static void day(ObjectNode out, String field, LocalDate day) {
    if (day != null) {
      out.put(field, day.toString());
    }
  }

  private static BigDecimal changesOf(Model.Commitment commitment, Set<String> statuses) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Model.ChangeOrder change : commitment.changeOrders) {
      if (statuses.contains(change.status)) {
        sum = sum.add(change.total());
      }
    }
    return sum;
  }

  /** A commitment in full: its lines, payments and change orders, and the vendor's key. */
  ObjectNode shown(Model.Commitment commitment) {
    long companyId = commitment.project.companyId();
    ObjectNode out = json(commitment);
    out.put(
        "created_by_id", chronicle.createdBy(commitment.type.itemType, commitment.id, companyId));
    ObjectNode vendor =
        out.putObject("vendor")
            .put("id", commitment.vendor.id())
            .put("company", commitment.vendor.name());
    ExternalData.Row row = external.row("vendor", commitment.vendor.id(), companyId);
    if (row != null && row.originId != null) {
      vendor.put("origin_id", row.originId);
    }
    if (row != null && row.originData != null) {
      vendor.put("origin_data", row.originData);
    }
    ArrayNode shown = out.putArray("line_items");
    commitment.lines.forEach(line -> shown.add(lines.json(line)));
    ArrayNode issued = out.putArray("payments_issued");
    commitment.payments.forEach(payment -> issued.add(payments.json(payment)));
    ArrayNode packages = out.putArray("change_order_packages");
    for (Model.ChangeOrder change : commitment.changeOrders) {
      ObjectNode one =
          packages
              .addObject()
              .put("id", change.id)
              .put("contract_id", commitment.id)
              .put("created_at", Times.utc(change.createdAt))
              .put("number", change.number)
              .put("status", change.status)
              .put("title", change.title == null ? "" : change.title)
              .put(
                  "updated_at",
                  Times.utc(chronicle.updatedAt("change_order", change.id, change.createdAt)));
      day(one, "due_date", change.dueDate);
    }
    // The contract calls the files of a purchase order an object; none are shown.
    if (commitment.type == Model.CommitmentType.WORK_ORDER) {
      out.putArray("attachments");
    }
    return out;
  }
}
