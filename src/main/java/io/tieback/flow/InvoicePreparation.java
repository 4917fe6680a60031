package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Bill;
import io.tieback.construction.BillLine;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.SubcontractorInvoice;
import io.tieback.erp.ErpDocument;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ComposedDocument;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.MissingLinks;
import io.tieback.procore.ProjectFinder;
import io.tieback.procore.ReadRequisition;
import io.tieback.procore.RequisitionExport;
import io.tieback.procore.RequisitionReader;
import io.tieback.rules.Finding;
import io.tieback.wire.Failure;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code prepare-subcontractor-invoice}: read, check, compose, render.
 * Nothing leaves the house here.
 */
public final class InvoicePreparation {

  private static final Logger LOG = LoggerFactory.getLogger(InvoicePreparation.class);
  private static final String WORK = "tiebackInvoice";
  private static final int LONGEST_NUMBER_IN_WORDS = 60;

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final CallTally tally;
  private final ItemShelf shelf;
  private final AcceptedDocuments accepted;
  private final Map<ConnectionId, Finders> finders = new ConcurrentHashMap<>();

  /** Wires it. */
  public InvoicePreparation(
      Ledger ledger,
      ConnectionRooms rooms,
      CallTally tally,
      ItemShelf shelf,
      AcceptedDocuments accepted) {
    this.accepted = accepted;
    this.ledger = ledger;
    this.rooms = rooms;
    this.tally = tally;
    this.shelf = shelf;
  }

  /** What finds a record's project and links, with what it remembers. */
  private record Finders(ProjectFinder projects, MissingLinks links, MissingLinks linksAnew) {

    /**
     * A record that comes again may have failed because of a link that somebody has corrected in
     * Procore since: then nothing that is remembered counts.
     */
    MissingLinks links(int round) {
      return round > 1 ? linksAnew : links;
    }
  }

  private Finders finders(ConnectionRoom room) {
    return finders.computeIfAbsent(
        room.id(),
        id -> {
          LedgerKnownLinks known = new LedgerKnownLinks(ledger, id);
          return new Finders(
              new ProjectFinder(room.client()),
              new MissingLinks(room.client().directory(), known),
              new MissingLinks(room.client().directory(), known.anew()));
        });
  }

  /** What an exchange is preparing. */
  private static final class Work {
    private ConnectionRoom room;
    private long item;
    private int round;
    private ReadRequisition read;
    private List<MissingLinks.Missing> missing;
    private SubcontractorInvoice checked;
    private int calls;
  }

  /**
   * Reads the requisition of a claimed work item; the body becomes the {@link
   * SubcontractorInvoice}.
   */
  public void read(Exchange exchange) {
    Claimed row = Claimed.of(exchange);
    Work work = new Work();
    work.item = row.number("id");
    work.round = (int) row.number("round");
    long requisition = row.number("procore_id");
    JsonNode event = Json.read(row.text("event"));
    exchange.setProperty(
        Subject.PROPERTY,
        new Subject(
            Subject.Kind.WORK_ITEM,
            row.connection(),
            work.item,
            work.round,
            (int) row.number("attempts"),
            inWords(requisition, event)));
    work.room = rooms.of(row.connection());
    RequisitionExport export = RequisitionExport.stored(event);
    tally.since();
    MissingLinks.Completed completed = read(work.room, requisition, export, work.round);
    work.read = completed.requisition();
    work.missing = completed.missing();
    work.calls = tally.since();
    exchange.setProperty(WORK, work);
    exchange.getMessage().setBody(work.read.invoice());
  }

  /**
   * An invoice as people know it: its number, where the event has one, and Procore's id. It becomes
   * the subject of a mail, so it stays one short line: where the number is overlong, Procore's id
   * alone.
   */
  static String inWords(long requisition, JsonNode event) {
    String number = number(event).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return "subcontractor invoice "
        + (number.isEmpty() || number.length() > LONGEST_NUMBER_IN_WORDS
            ? Long.toString(requisition)
            : number + " (requisition " + requisition + ")");
  }

  /**
   * The number that the bill of an event's invoice gets: the ERP number that the approver chose,
   * else the subcontractor's own; empty when the event has neither.
   */
  public static String number(JsonNode event) {
    String chosen = event.path("code").asText("");
    return chosen.isBlank() ? event.path("invoice_number").asText("") : chosen;
  }

  private MissingLinks.Completed read(
      ConnectionRoom room, long requisition, RequisitionExport export, int round) {
    Finders find = finders(room);
    long project = find.projects().projectOf(export);
    ReadRequisition read =
        new RequisitionReader(room.client(), room.arithmetic()).read(project, requisition, export);
    MissingLinks.Completed completed = find.links(round).complete(read);
    ReadRequisition linked = completed.requisition();
    return new MissingLinks.Completed(
        linked.with(new InvoiceBooks(room).withDueDate(linked.invoice(), linked.erpDates())),
        completed.missing());
  }

  /** Checks every rule; refusals and waits leave the route. */
  public void check(Exchange exchange) {
    Work work = exchange.getProperty(WORK, Work.class);
    work.checked = exchange.getMessage().getBody(SubcontractorInvoice.class);
    List<Finding> findings = new InvoiceBooks(work.room).findings(work.read, work.checked);
    List<Finding> refusals =
        findings.stream().filter(f -> f.severity() == Finding.Severity.REFUSE).toList();
    if (!refusals.isEmpty()) {
      throw new RefusedByRules(refusals);
    }
    List<Finding> waits =
        findings.stream().filter(f -> f.severity() == Finding.Severity.WAIT).toList();
    if (!waits.isEmpty()) {
      throw new WaitsForOthers(
          waits,
          work.missing.stream().map(MissingLinks.Missing::name).distinct().toList(),
          waitKeys(work));
    }
    findings.forEach(
        warning ->
            LOG.warn(
                "remark invoice='{}' remark='{}'", work.checked.procoreId(), warning.sentence()));
  }

  private static List<String> waitKeys(Work work) {
    List<String> keys =
        work.missing.stream()
            .map(m -> Links.waitKey(m.itemType(), Long.toString(m.procoreId())))
            .distinct()
            .toList();
    return keys.isEmpty()
        ? List.of(Links.waitKey("codes_of_project", Long.toString(work.checked.projectId())))
        : keys;
  }

  /** Composes the bill; the body becomes it. Refusals of its tax leave the route. */
  public void compose(Exchange exchange) {
    Work work = exchange.getProperty(WORK, Work.class);
    InvoiceBooks books = new InvoiceBooks(work.room);
    Bill bill =
        books.compose(work.read, work.checked, OrderLineKeys.of(ledger, work.room, work.checked));
    List<Finding> refusals = books.findings(bill, work.checked);
    if (!refusals.isEmpty()) {
      throw new RefusedByRules(refusals);
    }
    exchange.getMessage().setBody(bill);
  }

  /** Renders the bill for the ERP; the body becomes what {@link #store} takes. */
  public void render(Exchange exchange) {
    Work work = exchange.getProperty(WORK, Work.class);
    Bill bill = exchange.getMessage().getBody(Bill.class);
    if (!bill.total().equals(work.checked.net())) {
      throw new IllegalStateException(
          "the bill comes to "
              + bill.total()
              + ", the invoice to "
              + work.checked.net()
              + ": a step of the route changed an amount");
    }
    if (!new InvoiceBooks(work.room).findings(bill, work.checked).isEmpty()) {
      throw new IllegalStateException(
          "the bill bears tax of "
              + bill.tax()
              + ", Procore states "
              + work.checked.taxInProcore()
              + ": a step of the route changed it");
    }
    ErpDocument document = work.room.erp().render(bill);
    exchange
        .getMessage()
        .setBody(
            new Prepared(
                exchange.getProperty(Subject.PROPERTY, Subject.class),
                bill,
                Mapping.digest(document, Mapping.of(work.room, shelf, bill)),
                composed(work, bill, document)));
  }

  private static ComposedDocument composed(Work work, Bill bill, ErpDocument document) {
    String shown = shown(bill, work.checked);
    Json.requireStorable(shown, "Invoice " + bill.number());
    return new ComposedDocument(
        work.item,
        work.round,
        shown,
        document.body(),
        document.digest(),
        bill.marker(),
        bill.total(),
        bill.currency(),
        bill.number(),
        work.checked.projectId(),
        work.checked.commitmentId(),
        work.checked.vendorId(),
        1 + work.checked.lines().size(),
        work.calls);
  }

  /** Stores composed bills in one transaction; one that is not what was accepted goes back. */
  public void store(List<Prepared> prepared) {
    accepted.store(
        prepared.stream()
            .map(
                one ->
                    new AcceptedDocuments.Candidate(
                        one.subject().connection(), one.acceptance(), one.document()))
            .toList());
  }

  /** The bill and the items of the invoice, as people and the acknowledgement need them. */
  static String shown(Bill bill, SubcontractorInvoice invoice) {
    ObjectNode json = Json.object();
    json.put("kind", bill.originKind())
        .put("number", bill.number())
        .put("contact", bill.contactKey())
        .put("date", bill.date().toString());
    json.put("due", bill.dueDate() == null ? null : bill.dueDate().toString());
    json.put("total", bill.total().toString())
        .put("tax", bill.tax().toString())
        .put("payable", bill.payable().toString())
        .put("marker", bill.marker());
    json.put("gross", invoice.gross().toString())
        .put("retained", invoice.retained().toString())
        .put("released", invoice.released().toString());
    ArrayNode lines = json.putArray("lines");
    for (BillLine line : bill.lines()) {
      ObjectNode node = lines.addObject();
      node.put("kind", line.kind().name())
          .put("description", line.description())
          .put("quantity", line.quantity().toPlainString());
      node.put("unitAmount", line.unitAmount().toPlainString())
          .put("amount", line.amount().toString());
      node.put("item", line.itemCode()).put("account", line.accountCode());
      if (line.tax() != null) {
        node.put("taxType", line.tax().type()).put("tax", line.tax().amount().toString());
      }
      ArrayNode sources = node.putArray("sources");
      line.sourceItems().forEach(sources::add);
    }
    ArrayNode items = json.putArray("items");
    invoice
        .lines()
        .forEach(
            line ->
                items.addObject().put("id", line.procoreItemId()).put("kind", line.kind().name()));
    ArrayNode notes = json.putArray("notes");
    bill.notes().forEach(notes::add);
    return Json.write(json);
  }

  /**
   * A dry run, for people: everything but the writing.
   *
   * @param supplier the supplier's name in Procore; null without a bill, or where Procore shows
   *     none
   */
  public record Preview(Bill bill, ErpDocument document, List<Finding> findings, String supplier) {}

  /**
   * The bill of a work item as it would be composed now; nothing is stored or sent. The bill is
   * null when the invoice is refused or waits.
   */
  public Preview preview(WorkItem item) {
    ConnectionRoom room = rooms.of(item.connection());
    return preview(room, read(room, item.procoreId(), item.round(), Json.read(item.event())));
  }

  /**
   * The same of an invoice that may be no work item yet.
   *
   * @param event its element of Procore's event
   */
  public Draft draft(ConnectionRoom room, long requisition, int round, JsonNode event) {
    ReadRequisition read = read(room, requisition, round, event);
    ObjectNode figures = ProcoreFigures.of(read.invoice());
    Preview preview = preview(room, read);
    Bill bill = preview.bill();
    if (bill == null) {
      return Draft.refused(preview.findings(), figures);
    }
    ObjectNode document = (ObjectNode) Json.read(shown(bill, read.invoice()));
    document.put("contactName", preview.supplier());
    return new Draft(
        preview.findings(),
        figures,
        bill,
        document,
        bill.total(),
        bill.currency(),
        bill.number(),
        Mapping.digest(preview.document(), Mapping.of(room, shelf, bill)));
  }

  private ReadRequisition read(ConnectionRoom room, long requisition, int round, JsonNode event) {
    return read(room, requisition, RequisitionExport.stored(event), round).requisition();
  }

  private Preview preview(ConnectionRoom room, ReadRequisition read) {
    InvoiceBooks books = new InvoiceBooks(room);
    List<Finding> findings = new ArrayList<>(books.findings(read, read.invoice()));
    Bill bill =
        goes(findings)
            ? books.compose(read, read.invoice(), OrderLineKeys.of(ledger, room, read.invoice()))
            : null;
    if (bill != null) {
      findings.addAll(books.findings(bill, read.invoice()));
      findings.addAll(
          InvoiceNumbers.findings(room, bill, InvoiceNumbers.live(room, List.of(bill))));
    }
    return goes(findings)
        ? new Preview(
            bill, room.erp().render(bill), findings, supplier(room, read.invoice().vendorId()))
        : new Preview(null, null, findings, null);
  }

  private static boolean goes(List<Finding> findings) {
    return Draft.goes(findings);
  }

  /** A name is for reading only: where Procore does not show it, the preview does without. */
  private static String supplier(ConnectionRoom room, long vendor) {
    try {
      return room.client().directory().vendor(vendor).path("name").textValue();
    } catch (Failure unreadable) {
      LOG.info(
          "name of the supplier not shown vendor='{}' why='{}'", vendor, unreadable.getMessage());
      return null;
    }
  }
}
