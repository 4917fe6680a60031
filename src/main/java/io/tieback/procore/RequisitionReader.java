package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.AccountingMethod;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.Discrepancy;
import io.tieback.construction.EventFigures;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.InvoiceLineKind;
import io.tieback.construction.LineAmounts;
import io.tieback.construction.RequisitionArithmetic;
import io.tieback.construction.RequisitionComponents;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.procore.ReadRequisition.LineIds;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a requisition for export: the amounts from the v1.1 requisition, the links from the event,
 * and every figure of the event compared with the requisition (design section 6). One call; two
 * when a balance of the requisition before is stated nowhere else.
 */
public final class RequisitionReader {

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T.*)?");

  private final ProcoreClient client;
  private final ArithmeticSettings settings;

  /**
   * @param client the company's client
   * @param settings how uncertain figures are read
   */
  public RequisitionReader(ProcoreClient client, ArithmeticSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Reads and compares.
   *
   * @param projectId the project it is in, see {@link ProjectFinder}
   * @param export the event's element, or null when there was no event (Tieback door)
   * @param requisitionId the requisition
   */
  public ReadRequisition read(long projectId, long requisitionId, RequisitionExport export) {
    JsonNode requisition = client.requisition(projectId, requisitionId);
    JsonNode previous = null;
    if (RequisitionItems.needsPrevious(requisition, export)) {
      previous = client.requisition(projectId, RequisitionItems.previousId(requisition));
    }
    return read(requisition, previous, export, settings);
  }

  /**
   * The same without any call.
   *
   * @param requisition the v1.1 requisition with items
   * @param previous the requisition before it with items, or null when it was not read
   * @param export the event's element, or null
   * @param settings how uncertain figures are read
   */
  public static ReadRequisition read(
      JsonNode requisition,
      JsonNode previous,
      RequisitionExport export,
      ArithmeticSettings settings) {
    RequisitionItems items = new RequisitionItems(requisition, previous);
    List<Discrepancy> discrepancies = new ArrayList<>();
    List<InvoiceLine> lines = new ArrayList<>();
    Map<Long, LineIds> ids = new LinkedHashMap<>();
    boolean whole = true;
    for (JsonNode item : RequisitionItems.items(requisition)) {
      long id = Fields.id(item, "id", RequisitionItems.of(item));
      RequisitionExport.Line line = export == null ? null : export.lines().get(id);
      RequisitionArithmetic.Result result =
          compared(items.components(item), line == null ? null : line.figures(), settings);
      discrepancies.addAll(result.discrepancies());
      if (result.amounts().isEmpty()) {
        whole = false;
        continue;
      }
      LineAmounts amounts = result.amounts().get();
      if (export != null
          && line == null
          && !(amounts.gross().isZero()
              && amounts.retained().isZero()
              && amounts.released().isZero())) {
        discrepancies.add(
            new Discrepancy(
                Discrepancy.Kind.EVENT,
                id,
                "Net of a line that the export event leaves out",
                amounts.net(),
                null));
      }
      lines.add(line(item, line, amounts));
      ids.put(id, lineIds(item, line));
    }
    unknownLines(requisition, export, discrepancies);
    SubcontractorInvoice invoice = invoice(requisition, export, lines);
    if (whole && invoice.netInProcore() != null) {
      RequisitionArithmetic.comparePaymentDue(lines, invoice.netInProcore())
          .ifPresent(discrepancies::add);
    }
    return new ReadRequisition(
        invoice,
        discrepancies,
        dates(export),
        CommitmentKind.of(Fields.text(requisition, "commitment_type")).orElse(null),
        ids,
        Fields.text(requisition, "origin_id"));
  }

  /**
   * Computes and compares. Whether the event's {@code retainage_this_period} has released material
   * retainage taken off is not published: the identity of the reference (amount - retainage +
   * released work = due) says so, the name does not. Both are taken as agreement; what is due is
   * checked apart from it.
   */
  private static RequisitionArithmetic.Result compared(
      RequisitionComponents item, EventFigures event, ArithmeticSettings settings) {
    RequisitionArithmetic.Result result = RequisitionArithmetic.compute(item, event, settings);
    if (event == null
        || event.retainageThisPeriod() == null
        || item.materialsReleased().isZero()
        || result.discrepancies().isEmpty()) {
      return result;
    }
    EventFigures releaseTakenOff =
        new EventFigures(
            event.amount(),
            event.retainageThisPeriod().plus(item.materialsReleased()),
            event.retainageWork(),
            event.materialsRetainagePresently(),
            event.materialsRetainagePreviously(),
            event.releasedWork());
    RequisitionArithmetic.Result other =
        RequisitionArithmetic.compute(item, releaseTakenOff, settings);
    return other.discrepancies().size() < result.discrepancies().size() ? other : result;
  }

  /** Lines that only the event has: it is about an older state of the requisition. */
  private static void unknownLines(
      JsonNode requisition, RequisitionExport export, List<Discrepancy> discrepancies) {
    if (export == null) {
      return;
    }
    Set<Long> known = new HashSet<>();
    RequisitionItems.items(requisition).forEach(item -> known.add(item.path("id").asLong()));
    export
        .lines()
        .forEach(
            (id, line) -> {
              if (!known.contains(id)) {
                discrepancies.add(
                    new Discrepancy(
                        Discrepancy.Kind.EVENT,
                        id,
                        "Amount of a line that the requisition no longer has",
                        null,
                        line.figures().amount()));
              }
            });
  }

  private static SubcontractorInvoice invoice(
      JsonNode requisition, RequisitionExport export, List<InvoiceLine> lines) {
    long id = Fields.id(requisition, "id", "requisition");
    String of = "requisition " + id;
    String number =
        export == null || export.code() == null
            ? Fields.text(requisition, "invoice_number")
            : export.code();
    JsonNode summary = requisition.path("summary");
    boolean unit =
        !lines.isEmpty() && lines.stream().allMatch(line -> line.method() == AccountingMethod.UNIT);
    LocalDate billed = Fields.dateOrNull(requisition, "billing_date", of);
    return new SubcontractorInvoice(
        id,
        Fields.id(requisition, "project_id", of),
        Fields.id(requisition, "commitment_id", of),
        Fields.id(requisition, "vendor_id", of),
        export == null ? null : export.jobOriginId(),
        export == null ? null : export.contractOriginId(),
        null,
        number,
        Fields.text(requisition, "status"),
        billed == null && export != null ? export.billingDate() : billed,
        Fields.dateOrNull(requisition, "requisition_start", of),
        Fields.dateOrNull(requisition, "requisition_end", of),
        null,
        Fields.text(requisition.path("currency_configuration"), "currency_iso_code"),
        export != null ? export.method() : unit ? AccountingMethod.UNIT : AccountingMethod.AMOUNT,
        lines,
        Fields.moneyOrNull(summary, "current_payment_due", of),
        Fields.moneyOrZero(summary, "tax_applicable_to_this_payment", of));
  }

  private static InvoiceLine line(JsonNode item, RequisitionExport.Line line, LineAmounts amounts) {
    String of = RequisitionItems.of(item);
    AccountingMethod method = RequisitionExport.method(item, of);
    boolean unit = method == AccountingMethod.UNIT;
    String description = Fields.text(item, "description_of_work");
    String measure = Fields.text(item, "uom");
    return new InvoiceLine(
        Fields.id(item, "id", of),
        RequisitionItems.kind(item),
        description == null && line != null ? line.description() : description,
        costCode(item),
        line == null ? null : line.costCodeOriginId(),
        line == null ? null : line.costTypeOriginId(),
        line == null
            ? Fields.text(item, "commitment_line_item_origin_id")
            : line.commitmentLineOriginId(),
        line == null ? null : line.changeOrderLineOriginId(),
        line == null ? null : line.taxCodeOriginId(),
        method,
        unit ? Fields.decimalOrNull(item, "work_completed_this_period_quantity", of) : null,
        unit ? Fields.decimalOrNull(item, "scheduled_unit_price", of) : null,
        measure == null && line != null ? line.unitOfMeasure() : measure,
        amounts.workThisPeriod(),
        amounts.storedMaterialThisPeriod(),
        amounts.retainedWork(),
        amounts.retainedMaterial(),
        amounts.releasedWork(),
        amounts.releasedMaterial(),
        amounts.retainageHeldBefore());
  }

  /** Of a budget code such as {@code 03-110.S} the part before the cost type. */
  private static String costCode(JsonNode item) {
    String flat = Fields.text(item.path("wbs_code"), "flat_code");
    int dot = flat == null ? -1 : flat.lastIndexOf('.');
    return dot > 0 ? flat.substring(0, dot) : flat;
  }

  private static LineIds lineIds(JsonNode item, RequisitionExport.Line line) {
    String of = RequisitionItems.of(item);
    Long code = Fields.idOrNull(item, "cost_code_id", of);
    // On change order items line_item_id is the change order's line; the commitment's own stands
    // beside it.
    boolean changeOrder = RequisitionItems.kind(item) == InvoiceLineKind.CHANGE_ORDER;
    Long commitmentLine =
        Fields.idOrNull(item, changeOrder ? "commitment_line_item_id" : "line_item_id", of);
    return new LineIds(code == null && line != null ? line.costCodeId() : code, commitmentLine);
  }

  /**
   * Custom fields that hold a day, plain or as a point in time; others are not dates and are left
   * out.
   */
  private static Map<String, LocalDate> dates(RequisitionExport export) {
    Map<String, LocalDate> dates = new LinkedHashMap<>();
    if (export != null) {
      export
          .erpCustomFields()
          .forEach(
              (name, value) -> {
                if (DAY.matcher(value).matches()) {
                  try {
                    dates.put(name, LocalDate.parse(value.substring(0, 10)));
                  } catch (DateTimeParseException e) {
                    throw ProcoreClient.unusable(
                        "ERP custom field " + name,
                        "'" + value + "' is no day",
                        "Reject the invoice in Procore, correct the field, accept it again.");
                  }
                }
              });
    }
    return dates;
  }
}
