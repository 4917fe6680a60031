package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.Outgoing;
import io.tieback.erp.ErpDocument;
import io.tieback.flow.FailureDesk.Subject;
import io.tieback.ledger.ComposedDocument;
import io.tieback.rules.Finding;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that prepare one record other than an invoice: read, check, compose, render. Nothing
 * leaves the house here. A subclass says what is particular to its records; the exchange carries a
 * {@link Work} between the steps.
 *
 * @param <R> the record as it is read
 */
public abstract class RecordPreparation<R> {

  private static final Logger LOG = LoggerFactory.getLogger(RecordPreparation.class);
  private static final String WORK = "tiebackRecord";

  private final ConnectionRooms rooms;
  private final OutwardFlows flows;
  private final CallTally tally;
  private final ItemShelf shelf;

  /** Wires it. */
  protected RecordPreparation(
      ConnectionRooms rooms, OutwardFlows flows, CallTally tally, ItemShelf shelf) {
    this.rooms = rooms;
    this.flows = flows;
    this.tally = tally;
    this.shelf = shelf;
  }

  /**
   * A work item that is being prepared.
   *
   * @param room its connection
   * @param item the ledger's key
   * @param round its round; above 1 it was sent before, and what is remembered of its links may be
   *     outdated
   * @param entity what it is
   * @param procoreId Procore's id
   * @param event its part of Procore's event
   * @param record what was read; null until then
   * @param missing what it waits for, as {@code entity:procore key}, beside what the rules say
   * @param calls calls that reading took
   */
  protected record Work<R>(
      ConnectionRoom room,
      long item,
      int round,
      String entity,
      long procoreId,
      JsonNode event,
      R record,
      List<String> missing,
      int calls) {

    /** The same with what was read. */
    Work<R> with(Read<R> read, int itsCalls) {
      return new Work<>(
          room, item, round, entity, procoreId, event, read.record(), read.missing(), itsCalls);
    }

    /** The same with another record. */
    Work<R> with(R another) {
      return new Work<>(room, item, round, entity, procoreId, event, another, missing, calls);
    }
  }

  /**
   * What was read.
   *
   * @param record the record
   * @param missing keys of what it waits for ({@link io.tieback.ledger.Links#waitKey}); none when
   *     all is there
   */
  protected record Read<R>(R record, List<String> missing) {}

  /** Reads what the event does not hold. */
  protected abstract Read<R> read(Work<R> work);

  /**
   * Reads for a dry run, before anything of the record has left: as it will be once what goes
   * before it has gone.
   */
  protected Read<R> readAhead(Work<R> work) {
    return read(work);
  }

  /** Every rule that applies, all findings at once. */
  protected abstract List<Finding> findings(Work<R> work, R record);

  /** The document. Pure. */
  protected abstract Outgoing compose(Work<R> work, R record);

  /** What only the composed document shows, such as a number that is taken. */
  protected List<Finding> findings(Work<R> work, Outgoing outgoing) {
    return List.of();
  }

  /** Procore's own figures, for the column beside the document. */
  protected abstract ObjectNode figures(Work<R> work, R record);

  /** What the document stands on besides its own bytes, for what acceptance binds. */
  protected String mapping(Work<R> work, R record, Outgoing outgoing) {
    return Mapping.of(work.room(), shelf, outgoing);
  }

  /** The document as people and the acknowledgement need it, and its figures. */
  protected abstract Shown shown(Work<R> work, R record, Outgoing outgoing);

  /**
   * What is stored beside the wire form.
   *
   * @param document the document for people; what the acknowledgement needs is in it too
   * @param amount what it comes to, or null when it is no sum
   * @param currency ISO 4217 code, or null for the ERP company's own
   * @param number the number or name that it gets in the ERP
   * @param projectId or null
   * @param commitmentId or null
   * @param vendorId or null
   * @param originRows External Data rows that acknowledging it takes
   */
  protected record Shown(
      ObjectNode document,
      Money amount,
      String currency,
      String number,
      Long projectId,
      Long commitmentId,
      Long vendorId,
      int originRows) {}

  /** Step: reads the record of a claimed work item; the body becomes it. */
  public void read(Exchange exchange) {
    Claimed row = Claimed.of(exchange);
    JsonNode event = Json.read(row.text("event"));
    String entity = row.text("entity");
    long procoreId = row.number("procore_id");
    exchange.setProperty(
        Subject.PROPERTY,
        new Subject(
            Subject.Kind.WORK_ITEM,
            row.connection(),
            row.number("id"),
            (int) row.number("round"),
            (int) row.number("attempts"),
            flows.inWords(entity, procoreId, event)));
    Work<R> work =
        new Work<>(
            rooms.of(row.connection()),
            row.number("id"),
            (int) row.number("round"),
            entity,
            procoreId,
            event,
            null,
            List.of(),
            0);
    tally.since();
    Read<R> read = PreviewRoutes.isDryRun(exchange) ? readAhead(work) : read(work);
    exchange.setProperty(WORK, work.with(read, tally.since()));
    exchange.getMessage().setBody(read.record());
  }

  /** Step: checks every rule; refusals and waits leave the route. */
  public void check(Exchange exchange) {
    Work<R> work = work(exchange);
    List<Finding> findings = DoorRemedies.of(work.room(), findings(work, record(exchange)));
    List<Finding> refusals =
        findings.stream().filter(f -> f.severity() == Finding.Severity.REFUSE).toList();
    if (!refusals.isEmpty()) {
      throw new RefusedByRules(refusals);
    }
    List<Finding> waits =
        findings.stream().filter(f -> f.severity() == Finding.Severity.WAIT).toList();
    if (!waits.isEmpty()) {
      throw new WaitsForOthers(waits, List.of(), work.missing());
    }
    findings.forEach(
        warning ->
            LOG.warn(
                "remark record='{}' remark='{}'",
                flows.inWords(work.entity(), work.procoreId(), work.event()),
                warning.sentence()));
  }

  /** Step: composes the document; the body becomes it. */
  public void compose(Exchange exchange) {
    R record = record(exchange);
    Work<R> work = work(exchange);
    exchange.setProperty(WORK, work.with(record));
    exchange.getMessage().setBody(compose(work, record));
  }

  /** Step: renders the document for the ERP; the body becomes what is stored. */
  public void render(Exchange exchange) {
    Work<R> work = work(exchange);
    Outgoing outgoing = exchange.getMessage().getBody(Outgoing.class);
    ErpDocument rendered = work.room().erp().render(outgoing);
    Shown shown = shown(work, work.record(), outgoing);
    String document = Json.write(shown.document());
    Json.requireStorable(document, flows.inWords(work.entity(), work.procoreId(), work.event()));
    exchange
        .getMessage()
        .setBody(
            new PreparedRecord(
                exchange.getProperty(Subject.PROPERTY, Subject.class),
                outgoing,
                acceptance(work, work.record(), outgoing, rendered),
                new ComposedDocument(
                    work.item(),
                    work.round(),
                    document,
                    rendered.body(),
                    rendered.digest(),
                    rendered.marker(),
                    shown.amount(),
                    shown.currency(),
                    shown.number(),
                    shown.projectId(),
                    shown.commitmentId(),
                    shown.vendorId(),
                    shown.originRows(),
                    work.calls())));
  }

  /**
   * A record to be prepared without a route.
   *
   * @param room its connection
   * @param item the ledger's key, or 0 while it has none
   * @param round its round
   * @param entity what it is
   * @param procoreId Procore's id
   * @param event its part of Procore's event
   */
  public record Asked(
      ConnectionRoom room, long item, int round, String entity, long procoreId, JsonNode event) {}

  /**
   * The record as it would be composed now. Nothing is stored or sent, and no step that a site
   * added to a route is taken.
   */
  public final Draft draft(Asked asked) {
    Work<R> work =
        new Work<>(
            asked.room(),
            asked.item(),
            asked.round(),
            asked.entity(),
            asked.procoreId(),
            asked.event(),
            null,
            List.of(),
            0);
    Read<R> read = readAhead(work);
    return draft(work.with(read, 0));
  }

  private Draft draft(Work<R> work) {
    R record = work.record();
    ObjectNode figures = figures(work, record);
    List<Finding> findings = new ArrayList<>(DoorRemedies.of(work.room(), findings(work, record)));
    if (!Draft.goes(findings)) {
      return Draft.refused(findings, figures);
    }
    Outgoing outgoing = compose(work, record);
    findings.addAll(DoorRemedies.of(work.room(), findings(work, outgoing)));
    if (!Draft.goes(findings)) {
      return Draft.refused(findings, figures);
    }
    ErpDocument rendered = work.room().erp().render(outgoing);
    Shown shown = shown(work, record, outgoing);
    return new Draft(
        findings,
        figures,
        outgoing,
        shown.document(),
        shown.amount(),
        shown.currency(),
        shown.number(),
        acceptance(work, record, outgoing, rendered));
  }

  /** What an acceptance binds: the document as it is rendered, and its mapping. */
  protected String acceptance(Work<R> work, R record, Outgoing outgoing, ErpDocument rendered) {
    return Mapping.digest(rendered, mapping(work, record, outgoing));
  }

  @SuppressWarnings("unchecked") // only the step before puts it there
  private Work<R> work(Exchange exchange) {
    return exchange.getProperty(WORK, Work.class);
  }

  @SuppressWarnings("unchecked") // a hook route may have exchanged it for another of its type
  private R record(Exchange exchange) {
    return (R) exchange.getMessage().getBody();
  }
}
