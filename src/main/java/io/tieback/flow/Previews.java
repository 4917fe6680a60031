package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Money;
import io.tieback.construction.Outgoing;
import io.tieback.ledger.ComposedDocument;
import io.tieback.ledger.CostItems;
import io.tieback.ledger.DoorRequests.Part;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.FiguresDigest;
import io.tieback.procore.door.DoorEvents;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a record of any kind would become if it went now: the ERP's document for people, beside
 * Procore's own figures, with everything that was found. The beans of the routes read, check,
 * compose and render; where the connector runs, the document is that of the very route, so that
 * what a site added to it shows ({@link PreviewRoutes}). Nothing is stored or sent.
 */
public final class Previews {

  private static final Map<String, String> ROUTES =
      Map.of(
          WorkItem.REQUISITION,
          "direct:prepare-subcontractor-invoice",
          CompanyReadings.VENDOR,
          "direct:prepare-company",
          ProjectFlow.PROJECT,
          "direct:prepare-project",
          StandardCodeFlow.STANDARD_CODE,
          "direct:prepare-cost-code",
          CostItems.ENTITY,
          "direct:prepare-cost-item",
          "work_order_contract",
          "direct:prepare-commitment",
          "purchase_order_contract",
          "direct:prepare-commitment",
          ChangeOrderFlow.ENTITY,
          "direct:prepare-change-order");

  private final Ledger ledger;
  private final ConnectionRooms rooms;
  private final OutwardFlows flows;
  private final InvoicePreparation invoices;
  private final Map<String, RecordPreparation<?>> records;
  private final PreviewRoutes routes;
  private final PreviewJson json;

  /**
   * Wires it.
   *
   * @param records what prepares records other than invoices, by entity
   */
  public Previews(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      InvoicePreparation invoices,
      Map<String, RecordPreparation<?>> records,
      ItemShelf shelf,
      PreviewRoutes routes) {
    this.ledger = ledger;
    this.rooms = rooms;
    this.flows = flows;
    this.invoices = invoices;
    this.records = Map.copyOf(records);
    this.routes = routes;
    this.json = new PreviewJson(shelf);
  }

  /**
   * A preview.
   *
   * @param json the document and Procore's figures, as docs/approvals.md describes it; never null
   * @param digest what an acceptance of it binds: document and mapping; null when it does not go
   * @param findings everything that was found
   * @param amount what it comes to, or null
   * @param currency ISO 4217 code, or null for the ERP company's own
   * @param number the number or name that it gets in the ERP, or null
   * @param outgoing what it becomes; null when it does not go
   * @param parts of a project, what an acceptance binds of itself and of each of its codes
   */
  public record Preview(
      String json,
      String digest,
      List<Finding> findings,
      Money amount,
      String currency,
      String number,
      Outgoing outgoing,
      List<Part> parts) {
    public Preview {
      parts = List.copyOf(parts);
      findings = List.copyOf(findings);
    }

    /** Whether it would go out. */
    public boolean goes() {
      return outgoing != null;
    }
  }

  /** What is looked at. */
  private record Subject(
      ConnectionRoom room, String entity, long procoreId, int round, JsonNode event) {

    Subject with(JsonNode other) {
      return new Subject(room, entity, procoreId, round, other);
    }
  }

  /** Of a record that was staged before, by what it was staged with. */
  public Preview of(WorkItem item) {
    Subject subject =
        new Subject(
            rooms.of(item.connection()),
            item.entity(),
            item.procoreId(),
            item.round(),
            Json.read(item.event()));
    Optional<Corrected> corrected =
        ledger
            .queueItems()
            .find(item.connection(), item.entity(), item.procoreId())
            .flatMap(Corrected::of);
    return preview(
        subject, item.entity().equals(ProjectFlow.PROJECT) ? codes(subject) : Map.of(), corrected);
  }

  /**
   * Of a record that may not be staged yet.
   *
   * @param data {@code request_data} of Procore's event
   * @param corrected what a person corrected of it, which is in {@code data}; Procore's own figures
   *     are shown without it
   */
  public Preview of(
      ConnectionRoom room,
      String entity,
      long procoreId,
      JsonNode data,
      Optional<Corrected> corrected) {
    OutwardFlow.Staged staged = staged(room, entity, procoreId, data);
    Optional<StagedRequest.Item> own = own(staged, entity, procoreId);
    if (own.isEmpty()) {
      String why = staged.nothing() == null ? "the event does not hold it" : staged.nothing();
      return preview(
          room,
          Draft.refused(
              List.of(
                  new Finding(
                      "GEN-ARC-07",
                      Severity.REFUSE,
                      "Export",
                      why,
                      "a record that this connection exports",
                      "Archive it here, or change the setting.")),
              Json.object()),
          List.of(),
          List.of(),
          Optional.empty());
    }
    int round =
        ledger
            .workItems()
            .find(room.id(), entity, procoreId)
            .map(before -> before.round() + 1)
            .orElse(1);
    Map<Long, JsonNode> codes = new HashMap<>();
    staged.items().stream()
        .filter(item -> item.entity().equals(CostItems.ENTITY))
        .forEach(item -> codes.put(item.procoreId(), Json.read(item.event())));
    return preview(
        new Subject(room, entity, procoreId, round, Json.read(own.get().event())),
        codes,
        corrected);
  }

  private OutwardFlow.Staged staged(
      ConnectionRoom room, String entity, long procoreId, JsonNode data) {
    return flows
        .ofEntity(entity)
        .stage(room, DoorEvents.event(room.procore().companyId(), entity, procoreId, data));
  }

  private static Optional<StagedRequest.Item> own(
      OutwardFlow.Staged staged, String entity, long procoreId) {
    return staged.items().stream()
        .filter(item -> item.entity().equals(entity) && item.procoreId() == procoreId)
        .findFirst();
  }

  /** Procore's own figures of what a person corrected. */
  private Draft besideProcores(Subject subject, Draft draft, Corrected corrected) {
    return own(
            staged(subject.room(), subject.entity(), subject.procoreId(), corrected.original()),
            subject.entity(),
            subject.procoreId())
        .map(item -> draft(subject.with(Json.read(item.event()))).figures())
        .map(figures -> draft.beside(Corrected.marked(figures, draft.figures())))
        .orElse(draft);
  }

  /** Events of the codes of a project that was staged. */
  private Map<Long, JsonNode> codes(Subject subject) {
    Map<Long, JsonNode> codes = new HashMap<>();
    for (long id : ProjectFlow.itemIds(subject.event())) {
      ledger
          .workItems()
          .find(subject.room().id(), CostItems.ENTITY, id)
          .ifPresent(item -> codes.put(id, Json.read(item.event())));
    }
    return codes;
  }

  private Preview preview(
      Subject subject, Map<Long, JsonNode> codes, Optional<Corrected> corrected) {
    List<CostItem> items = new ArrayList<>();
    List<Finding> ofCodes = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    codes.forEach(
        (id, event) -> {
          Subject one = new Subject(subject.room(), CostItems.ENTITY, id, 1, event);
          Draft code = draft(one);
          if (code.outgoing() != null) {
            code = throughRoute(one, code);
          }
          ofCodes.addAll(asRemarks(code.findings()));
          if (code.outgoing() instanceof CostItem item) {
            items.add(item);
            parts.add(new Part(CostItems.ENTITY, id, code.acceptance()));
          }
        });
    Draft draft = draft(subject);
    if (draft.outgoing() != null) {
      draft = throughRoute(subject, draft);
    }
    if (!parts.isEmpty() && draft.acceptance() != null) {
      parts.add(new Part(subject.entity(), subject.procoreId(), draft.acceptance()));
      draft = draft.bound(digest(parts));
    }
    if (corrected.isPresent()) {
      draft = besideProcores(subject, draft, corrected.get());
    }
    return preview(subject.room(), draft.and(ofCodes), items, parts, corrected);
  }

  /** Its codes are written before it, so what is accepted of it is all of them. */
  private static String digest(List<Part> parts) {
    return FiguresDigest.of(
        parts.stream()
            .map(part -> part.entity() + " " + part.procoreId() + " " + part.digest())
            .sorted()
            .toArray(String[]::new));
  }

  /** A code that does not go does not keep its project from going. */
  private static List<Finding> asRemarks(List<Finding> findings) {
    return findings.stream()
        .map(
            one ->
                new Finding(
                    one.ruleId(),
                    Severity.WARN,
                    one.field(),
                    one.found(),
                    one.limit(),
                    one.remedy()))
        .toList();
  }

  private Draft draft(Subject subject) {
    if (subject.entity().equals(WorkItem.REQUISITION)) {
      return invoices.draft(subject.room(), subject.procoreId(), subject.round(), subject.event());
    }
    RecordPreparation<?> preparation = records.get(subject.entity());
    if (preparation == null) {
      throw new IllegalStateException(
          "nothing is built that prepares records of entity '" + subject.entity() + "'");
    }
    return preparation.draft(
        new RecordPreparation.Asked(
            subject.room(),
            0,
            subject.round(),
            subject.entity(),
            subject.procoreId(),
            subject.event()));
  }

  private Draft throughRoute(Subject subject, Draft draft) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", 0L);
    row.put("connection", subject.room().id().value());
    row.put("entity", subject.entity());
    row.put("procore_id", subject.procoreId());
    row.put("round", subject.round());
    row.put("attempts", 0);
    row.put("event", Json.write(subject.event()));
    return routes
        .prepare(ROUTES.get(subject.entity()), row)
        .map(result -> taken(draft, result))
        .orElse(draft);
  }

  private static Draft taken(Draft draft, PreviewRoutes.Result result) {
    if (result.body() instanceof Prepared prepared) {
      return taken(draft, prepared.bill(), prepared.acceptance(), prepared.document());
    }
    if (result.body() instanceof PreparedRecord prepared) {
      return taken(draft, prepared.outgoing(), prepared.acceptance(), prepared.document());
    }
    List<Finding> findings = new ArrayList<>(draft.findings());
    if (result.failure() instanceof RefusedByRules refused) {
      findings.addAll(refused.findings());
    } else if (result.failure() instanceof WaitsForOthers waits) {
      findings.addAll(waits.findings());
    } else {
      findings.add(
          new Finding(
              "TB-ACC-02",
              Severity.REFUSE,
              "Route",
              "a step of the route failed: " + result.failure(),
              "a route that prepares the record",
              "Look at the steps that were added to the route, and at this node's log."));
    }
    return Draft.refused(findings, draft.figures());
  }

  private static Draft taken(
      Draft draft, Outgoing outgoing, String acceptance, ComposedDocument composed) {
    ObjectNode document = (ObjectNode) Json.read(composed.document());
    if (draft.document().has("contactName")) {
      document.set("contactName", draft.document().get("contactName"));
    }
    return new Draft(
        draft.findings(),
        draft.figures(),
        outgoing,
        document,
        composed.amount(),
        composed.currency(),
        composed.number(),
        acceptance);
  }

  private Preview preview(
      ConnectionRoom room,
      Draft draft,
      List<CostItem> codes,
      List<Part> parts,
      Optional<Corrected> corrected) {
    ObjectNode shown = json.of(room, draft, codes);
    corrected.ifPresent(one -> shown.set("correction", one.json()));
    return new Preview(
        Json.write(shown),
        draft.acceptance(),
        draft.findings(),
        draft.amount(),
        draft.currency(),
        draft.number(),
        draft.outgoing(),
        parts);
  }
}
