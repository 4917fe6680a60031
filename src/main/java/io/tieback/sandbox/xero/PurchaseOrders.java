package io.tieback.sandbox.xero;

import io.tieback.sandbox.kit.Answer;
import io.vertx.ext.web.Router;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** {@code /PurchaseOrders} (reference section 8), with the recorded rules of number collisions. */
final class PurchaseOrders {
  private static final List<String> AREAS = List.of("invoices");
  private static final List<String> STATUSES =
      List.of("DRAFT", "SUBMITTED", "AUTHORISED", "BILLED", "DELETED");
  private static final List<String> AMOUNT_TYPES = List.of("Exclusive", "Inclusive", "NoTax");
  private static final Map<String, Function<PurchaseOrder, Object>> FIELDS =
      Map.of(
          "PurchaseOrderID", order -> order.id,
          "PurchaseOrderNumber", order -> order.number,
          "Status", order -> order.status,
          "Date", order -> order.date,
          "UpdatedDateUTC", Stored::updated);

  private final Gate gate;

  PurchaseOrders(Gate gate) {
    this.gate = gate;
  }

  void routes(Router router) {
    String path = XeroStandIn.API + "/PurchaseOrders";
    router.get(path).handler(gate.guard(AREAS, false, this::list));
    router.put(path).handler(gate.guard(AREAS, true, visit -> write(visit, false)));
    router.post(path).handler(gate.guard(AREAS, true, visit -> write(visit, true)));
    router
        .get(path + "/:id")
        .handler(
            gate.guard(
                AREAS,
                false,
                visit ->
                    Envelope.one(
                        visit, "PurchaseOrders", existing(visit).json(visit.organisation()))));
    router.post(path + "/:id").handler(gate.guard(AREAS, true, this::update));
  }

  private Answer list(Gate.Visit visit) {
    if (visit.call().query("where") != null) {
      throw Refusal.query("where is not supported on purchase orders");
    }
    Listing<PurchaseOrder> listing = new Listing<>(visit, FIELDS);
    Set<String> statuses = listing.words("Status");
    LocalDate from = day(visit, "DateFrom");
    LocalDate to = day(visit, "DateTo");
    List<PurchaseOrder> selected =
        listing.select(
            visit.organisation().orders,
            order ->
                (statuses == null || statuses.contains(order.status))
                    && (from == null || !order.date.isBefore(from))
                    && (to == null || !order.date.isAfter(to)));
    return listing.answer("PurchaseOrders", selected, order -> order.json(visit.organisation()));
  }

  private static LocalDate day(Gate.Visit visit, String parameter) {
    String text = visit.call().query(parameter);
    LocalDate day = text == null ? null : Dates.readDay(text);
    if (text != null && day == null) {
      throw Refusal.query("The parameter " + parameter + " must be a date");
    }
    return day;
  }

  private static PurchaseOrder existing(Gate.Visit visit) {
    String key = visit.call().pathParam("id");
    PurchaseOrder order = visit.organisation().orders.get(Ids.normal(key));
    if (order == null) {
      order = byNumber(visit.organisation(), key);
    }
    if (order == null) {
      throw Refusal.notFound();
    }
    return order;
  }

  private static PurchaseOrder byNumber(Organisation organisation, String number) {
    return organisation.orders.all().stream()
        .filter(order -> order.number.equals(number))
        .findFirst()
        .orElse(null);
  }

  private Answer update(Gate.Visit visit) {
    PurchaseOrder before = existing(visit);
    List<Fields> elements = Fields.elements(visit.call(), "PurchaseOrders");
    if (elements.size() != 1) {
      throw Refusal.invalid("Exactly one purchase order is expected");
    }
    return Envelope.batch(
        visit,
        "PurchaseOrders",
        List.of(plan(visit, elements.get(0), before, before.id, new HashSet<>())),
        false);
  }

  private Answer write(Gate.Visit visit, boolean mayUpdate) {
    List<Fields> elements = Fields.elements(visit.call(), "PurchaseOrders");
    Bills.checkCount(visit, elements);
    Set<String> numbers = new HashSet<>();
    List<Envelope.Outcome> outcomes = new ArrayList<>();
    for (Fields element : elements) {
      PurchaseOrder before = null;
      String id = mayUpdate ? element.id("PurchaseOrderID") : null;
      if (id != null) {
        before = visit.organisation().orders.get(id);
        if (before == null) {
          throw Refusal.notFound();
        }
      } else if (mayUpdate && element.text("PurchaseOrderNumber") != null) {
        before = byNumber(visit.organisation(), element.text("PurchaseOrderNumber"));
      }
      outcomes.add(plan(visit, element, before, id, numbers));
    }
    return Envelope.batch(visit, "PurchaseOrders", outcomes, true);
  }

  private static Envelope.Outcome plan(
      Gate.Visit visit,
      Fields element,
      PurchaseOrder before,
      String echoedId,
      Set<String> numbers) {
    List<String> errors = new ArrayList<>();
    Organisation organisation = visit.organisation();
    if (before != null && before.status.equals("DELETED")) {
      errors.add("PurchaseOrder status change is invalid");
      errors.add("Deleted PurchaseOrders cannot be updated");
      return Envelope.Outcome.failed(
          Envelope.failed(element, "PurchaseOrderID", echoedId, errors, "Date", "DeliveryDate"));
    }
    PurchaseOrder after = before == null ? new PurchaseOrder(Ids.make()) : before.copy();
    readContact(visit, element, before, after, errors);
    String number = element.text("PurchaseOrderNumber");
    if (number != null && !number.isEmpty()) {
      PurchaseOrder holder = byNumber(organisation, number);
      if ((holder != null && holder != before) || !numbers.add(number)) {
        errors.add("Order number must be unique");
      }
      after.number = number;
    }
    String status = element.word("Status", STATUSES);
    if (status != null && before == null && status.equals("DELETED")) {
      errors.add("PurchaseOrder status change is invalid");
    }
    after.status = status == null ? after.status : status;
    after.date =
        element.has("Date")
            ? element.day("Date")
            : before == null ? LocalDate.ofInstant(visit.now(), organisation.zone) : after.date;
    after.deliveryDate =
        element.has("DeliveryDate") ? element.day("DeliveryDate") : after.deliveryDate;
    after.reference = element.has("Reference") ? element.text("Reference") : after.reference;
    String amountTypes = element.word("LineAmountTypes", AMOUNT_TYPES);
    after.lineAmountTypes = amountTypes == null ? after.lineAmountTypes : amountTypes;
    String currency = element.text("CurrencyCode");
    after.currency =
        currency != null
            ? currency
            : after.currency != null ? after.currency : organisation.baseCurrency;
    if (!after.currency.equals(organisation.baseCurrency)
        && !visit.switches().flag("multicurrency")) {
      errors.add("Organisation is not subscribed to currency " + after.currency);
    }
    if (element.has("LineItems")
        && before != null
        && before.status.equals("BILLED")
        && visit.switches().choice("billedOrderLines").equals("refuse")) {
      errors.add("PurchaseOrders of status BILLED cannot be edited");
    }
    if (element.has("LineItems")) {
      boolean approved = after.status.equals("AUTHORISED") || after.status.equals("BILLED");
      after.lines =
          new LineReader(
                  organisation,
                  visit.switches(),
                  4,
                  approved,
                  after.lineAmountTypes.equals("NoTax"),
                  errors)
              .readAll(element.objects("LineItems"), after.lines);
    }
    if (after.lines.isEmpty()) {
      errors.add("A PurchaseOrder must contain at least one line item");
    }
    after.totals = Totals.of(after.lines, after.lineAmountTypes, organisation);
    if (after.totals.total().signum() < 0) {
      errors.add("The Total for this document must be greater than or equal to zero.");
    }
    if (!errors.isEmpty()) {
      return Envelope.Outcome.failed(
          Envelope.failed(element, "PurchaseOrderID", echoedId, errors, "Date", "DeliveryDate"));
    }
    return Envelope.Outcome.of(
        () -> {
          while (after.number == null) {
            String next = String.format("PO-%04d", ++organisation.lastOrderNumber);
            after.number = byNumber(organisation, next) == null ? next : null;
          }
          after.lines.forEach(
              line -> line.tracking.forEach(tracked -> tracked.option().used = true));
          organisation.orders.put(after, visit.now());
          return after.json(organisation);
        });
  }

  private static void readContact(
      Gate.Visit visit,
      Fields element,
      PurchaseOrder before,
      PurchaseOrder after,
      List<String> errors) {
    Fields named = element.object("Contact");
    String id = named == null ? null : named.id("ContactID");
    if (id == null) {
      if (before == null) {
        errors.add("A Contact must be specified by its ContactID for a purchase order");
      }
      return;
    }
    Contact contact = visit.organisation().contacts.get(id);
    if (contact == null) {
      throw Refusal.notFound();
    }
    if (!contact.status.equals("ACTIVE")) {
      errors.add(ContactChoice.ARCHIVED);
    }
    after.contactId = id;
  }
}
