package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** {@code /BatchPayments} of bills (reference section 10); the list is unpaged. */
final class BatchPayments {
  private static final List<String> AREAS = List.of("payments");
  private static final Map<String, Function<BatchPayment, Object>> FIELDS =
      Map.of(
          "Status", batch -> batch.status,
          "Type", batch -> "PAYBATCH",
          "BatchPaymentID", batch -> batch.id,
          "Date", batch -> batch.date,
          "Reference", batch -> batch.reference,
          "UpdatedDateUTC", Stored::updated);

  private final Gate gate;

  BatchPayments(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/BatchPayments";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, this::create));
    router.post(path).handler(gate.guard(AREAS, true, visit -> delete(visit, null)));
    router
        .get(path + "/:id")
        .handler(
            gate.guard(
                AREAS,
                false,
                visit ->
                    Envelope.one(
                        visit,
                        "BatchPayments",
                        existing(visit, visit.call().pathParam("id")).json(visit.organisation()))));
    router
        .post(path + "/:id")
        .handler(gate.guard(AREAS, true, visit -> delete(visit, visit.call().pathParam("id"))));
  }

  private Answer list(Gate.Visit visit) {
    Listing<BatchPayment> listing = new Listing<>(visit, FIELDS);
    var all = Json.array();
    listing
        .select(visit.organisation().batches, any -> true)
        .forEach(batch -> all.add(batch.json(visit.organisation())));
    return Envelope.of(visit, "BatchPayments", all);
  }

  private static BatchPayment existing(Gate.Visit visit, String id) {
    BatchPayment batch = visit.organisation().batches.get(Ids.normal(id));
    if (batch == null) {
      throw Refusal.notFound();
    }
    return batch;
  }

  private Answer create(Gate.Visit visit) {
    List<Fields> elements = Fields.elements(visit.call(), "BatchPayments");
    Bills.checkCount(visit, elements);
    Map<String, BigDecimal> pending = new HashMap<>();
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      List<String> errors = new ArrayList<>();
      BatchPayment batch = read(visit.organisation(), element, pending, visit.now(), errors);
      outcomes.add(
          errors.isEmpty()
              ? Envelope.Outcome.of(
                  () -> store(visit.organisation(), batch, visit.now()).json(visit.organisation()))
              : Envelope.Outcome.failed(
                  Envelope.failed(element, "BatchPaymentID", null, errors, "Date")));
    }
    return Envelope.batch(visit, "BatchPayments", outcomes, true);
  }

  /** Reads a batch; all of its payments must be possible. */
  static BatchPayment read(
      Organisation organisation,
      Fields element,
      Map<String, BigDecimal> pending,
      Instant now,
      List<String> errors) {
    Organisation.Account account = Payments.account(organisation, element, errors);
    LocalDate date =
        element.has("Date") ? element.day("Date") : LocalDate.ofInstant(now, organisation.zone);
    BatchPayment batch = new BatchPayment(Ids.make(), account, date, element.text("Reference"));
    List<Fields> parts = element.objects("Payments");
    if (parts.isEmpty()) {
      errors.add("A batch payment needs at least one payment");
    }
    for (Fields part : parts) {
      batch.payments.add(Payments.read(organisation, part, element, batch, pending, now, errors));
    }
    return batch;
  }

  static BatchPayment store(Organisation organisation, BatchPayment batch, Instant now) {
    organisation.batches.put(batch, now);
    batch.payments.forEach(payment -> Payments.store(organisation, payment, now));
    return batch;
  }

  static void markDeleted(Organisation organisation, BatchPayment batch, Instant now) {
    batch.status = "DELETED";
    organisation.batches.put(batch, now);
    batch.payments.forEach(payment -> Payments.markDeleted(organisation, payment, now));
  }

  private Answer delete(Gate.Visit visit, String idInPath) {
    List<Fields> elements = Fields.elements(visit.call(), "BatchPayments");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one batch payment is expected");
    }
    Fields element = elements.get(0);
    BatchPayment batch =
        existing(visit, idInPath != null ? idInPath : element.id("BatchPaymentID"));
    String problem = null;
    if (!"DELETED".equals(element.word("Status", List.of("AUTHORISED", "DELETED")))) {
      problem = "Only Status accepted for updates.";
    } else if (!batch.status.equals("AUTHORISED")) {
      problem = "Batch payment not of valid status for modification";
    } else {
      problem = visit.organisation().lockMessage(batch.date);
    }
    if (problem != null) {
      ObjectNode failed = Envelope.failed(element, "BatchPaymentID", batch.id, List.of(problem));
      throw Refusal.elements(Json.array().add(failed));
    }
    markDeleted(visit.organisation(), batch, visit.now());
    return Envelope.one(visit, "BatchPayments", batch.json(visit.organisation()));
  }
}
