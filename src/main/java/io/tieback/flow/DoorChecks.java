package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.Commitment;
import io.tieback.construction.CompanyMarker;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.procore.ChangeOrderExport;
import io.tieback.procore.CommitmentExport;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.Fields;
import io.tieback.procore.JobExport;
import io.tieback.procore.ReadRequisition;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.EventLinks;
import io.tieback.procore.door.RequisitionEvents;
import io.tieback.rules.BudgetChecks;
import io.tieback.rules.ChangeOrderChecks;
import io.tieback.rules.CostItemChecks;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import io.tieback.rules.OrderChecks;
import io.tieback.rules.ProjectChecks;
import io.tieback.rules.ProjectContext;
import io.tieback.rules.ProjectContext.Here;
import io.tieback.rules.SupplierChecks;
import io.tieback.wire.Failure;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a record may be sent at the Tieback door: the rules of its own flow, all of them at once,
 * on the event with its links. Procore is not asked, so that what waits can be looked at again at
 * any time; the rules that need more look when the record is composed.
 */
public final class DoorChecks {

  /** An approver may still enter what these miss (GEN-Q-05). */
  private static final Set<String> ENTERED_ON_ACCEPTING =
      Set.of("GEN-API-27", "TB-COM-03", "TB-INV-07", "XR-INV-07");

  private final ConnectionRoom room;
  private final EventLinks.Known known;
  private final Long standardList;
  private final int longestType;
  private final Clock clock;

  /**
   * @param room the connection
   * @param known what is joined to what
   * @param standardList the standard cost code list that projects have to use, or null for any
   * @param longestType characters of the longest cost type that is known
   * @param clock for orders that are dated today
   */
  public DoorChecks(
      ConnectionRoom room,
      EventLinks.Known known,
      Long standardList,
      int longestType,
      Clock clock) {
    this.room = room;
    this.known = known;
    this.standardList = standardList;
    this.longestType = longestType;
    this.clock = clock;
  }

  /**
   * All findings about a record; empty when nothing stands in its way.
   *
   * @param entity External Data's word
   * @param event its event with links
   */
  public List<Finding> check(String entity, JsonNode event) {
    try {
      return findings(entity, event).stream().map(DoorChecks::here).toList();
    } catch (Failure failure) {
      boolean unread = failure.kind() == io.tieback.wire.FailureKind.REFUSED;
      return List.of(
          new Finding(
              unread ? "TB-DOOR-01" : "TB-DOOR-02",
              unread ? Severity.REFUSE : Severity.WAIT,
              unread ? "Record in Procore" : room.erp().capabilities().displayName(),
              failure.getMessage(),
              unread
                  ? "what is exported has to have the published form"
                  : "its settings have to be known before anything is sent",
              unread
                  ? "Correct the record in Procore; it is read again by itself"
                  : "Nothing to do; it is looked at again by itself"));
    }
  }

  private List<Finding> findings(String entity, JsonNode event) {
    return switch (entity) {
      case DoorEvents.VENDOR -> vendor(event.path("vendor"));
      case DoorEvents.PROJECT -> project(event);
      case DoorEvents.STANDARD_CODE -> standardCode(event.path(0));
      case DoorEvents.CHANGE_ORDER -> changeOrder(event);
      case DoorEvents.REQUISITION -> invoice(event);
      case DoorEvents.BUDGET -> budget(event);
      default -> commitment(event);
    };
  }

  /** The texts of the rules speak of Procore's ERP tab, which is not there at this door. */
  private static Finding here(Finding finding) {
    Finding here = DoorRemedies.here(finding);
    return ENTERED_ON_ACCEPTING.contains(finding.ruleId())
        ? new Finding(
            here.ruleId(), Severity.WARN, here.field(), here.found(), here.limit(), here.remedy())
        : here;
  }

  private List<Finding> vendor(JsonNode vendor) {
    DirectoryVendor company = DirectoryVendor.of(vendor);
    List<Finding> findings = new ArrayList<>();
    if (!vendor.path("is_active").asBoolean(true)) {
      findings.add(
          new Finding(
              "GEN-COY-02",
              Severity.REFUSE,
              "Company",
              "inactive",
              "only active companies are sent",
              "Activate it in Procore's Directory if new work uses it"));
    }
    findings.addAll(
        SupplierChecks.of(
            company.supplier(CompanyMarker.of(room.id(), company.id())),
            company.originId(),
            room.erp().capabilities().displayName(),
            room.companies().limits()));
    return findings;
  }

  /** What needs no call: its name in the ERP is looked at when it is composed. */
  private List<Finding> project(JsonNode event) {
    JobExport job = JobExport.of(DoorEvents.event(1, DoorEvents.PROJECT, 1, event));
    List<String> codes = job.codes().stream().map(JobExport.Code::fullCode).toList();
    Long list = Fields.idOrNull(event.path("job"), "standard_cost_code_list_id", "project");
    return ProjectChecks.check(
        new ProjectContext(
            room.erp().capabilities().displayName(),
            job.name(),
            Integer.MAX_VALUE,
            job.active(),
            standardList == null || list == null || standardList.equals(list),
            codes.size(),
            job.untyped(),
            codes.stream().filter(code -> code.split("-").length > 2).toList(),
            job.ofSubJobs(),
            null,
            null,
            "",
            0,
            Integer.MAX_VALUE,
            null,
            Here.NOTHING,
            true,
            true,
            List.of(),
            List.of(),
            codes.size()));
  }

  private List<Finding> standardCode(JsonNode code) {
    String full = Fields.text(code, "full_code");
    String text = full == null ? code.path("code").asText("") : full;
    return CostItemChecks.standardCode(
        text,
        room.invoices().itemCode(text, "x".repeat(longestType)).length(),
        room.erp().capabilities().itemCodeLength(),
        room.erp().capabilities().displayName());
  }

  private List<Finding> commitment(JsonNode event) {
    if (!room.orders().export()) {
      return List.of(switchedOff());
    }
    CommitmentExport export = CommitmentExport.of(event);
    LocalDate date = room.orders().dates().resolve(export.dates(), this::today).orElse(null);
    Commitment commitment = export.commitment().on(date, export.commitment().currency());
    return OrderChecks.check(commitment, new OrderBooks(room).context(commitment.lines()));
  }

  private List<Finding> changeOrder(JsonNode event) {
    if (!room.orders().export()) {
      return List.of(switchedOff());
    }
    ChangeOrderExport export = ChangeOrderExport.of(event);
    LocalDate date =
        room.orders().dates().resolve(export.dates(), this::today).orElseGet(this::today);
    ChangeOrder change = export.change().on(date, export.change().orderNumber());
    return ChangeOrderChecks.check(change, new OrderBooks(room).context(change.lines()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), room.zone());
  }

  private static Finding switchedOff() {
    return new Finding(
        "XR-CFG-08",
        Severity.REFUSE,
        "Setting orders.export",
        "off",
        "commitments and change orders are exported only when it is on",
        "Nothing to do; invoices go without them");
  }

  private List<Finding> invoice(JsonNode event) {
    ReadRequisition read = RequisitionEvents.read(event, room.arithmetic());
    InvoiceBooks books = new InvoiceBooks(room);
    SubcontractorInvoice linked =
        read.invoice()
            .ofVendor(known.originId(DoorEvents.VENDOR, read.invoice().vendorId()).orElse(null));
    SubcontractorInvoice invoice =
        linked.vendorOriginId() == null ? linked : books.withDueDate(linked, read.erpDates());
    List<Finding> findings = new ArrayList<>(books.findings(read, invoice));
    if (linked.vendorOriginId() == null) {
      // Without a supplier its terms are unknown: nothing can be said about the due date.
      findings.removeIf(finding -> Set.of("XR-INV-07", "XR-INV-11").contains(finding.ruleId()));
    }
    return findings;
  }

  private List<Finding> budget(JsonNode event) {
    List<BudgetChecks.Line> lines = new ArrayList<>();
    for (JsonNode cost : event.path("job_costs")) {
      lines.add(
          new BudgetChecks.Line(
              Fields.text(cost, "cost_code"),
              Fields.text(cost, "cost_type"),
              Fields.text(cost, "cost_code_origin_id"),
              Fields.text(cost, "line_item_type_origin_id"),
              "SubJob".equals(Fields.text(cost, "biller_type"))));
    }
    return BudgetChecks.check(
        room.erp().capabilities().displayName(),
        event.path("locked").asBoolean(false),
        Fields.text(event, "job_id"),
        lines);
  }
}
