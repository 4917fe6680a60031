package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.OrderChange;
import io.tieback.construction.Outgoing;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Change orders as further lines of the commitment's purchase order (reference sections 3.6 and 4;
 * GEN-CCO): the order is read, and written again with everything that is on it and the new lines.
 * The version that was read goes along, so that nothing that somebody wrote in between is lost: a
 * stale one is read again and tried once more (QBO-API-01).
 *
 * <p>Each line bears Procore's id of its change order, by which it is found before and after it is
 * written: no line goes onto an order twice. An order that is closed takes no line: the change
 * order becomes a further order.
 */
final class QuickBooksOrderChanges implements QuickBooksRecords {

  private static final String WRITING = "adding a change order to a purchase order";
  private static final String LOOKING = "looking for a change order on its purchase order";
  private static final QuickBooksEntity ORDER = QuickBooksEntity.PURCHASE_ORDER;
  private static final String CLOSED = "Closed";

  private final QuickBooksPapers papers;
  private final QuickBooksDocuments orders;
  private final QuickBooksCalls calls;

  QuickBooksOrderChanges(
      QuickBooksPapers papers, QuickBooksDocuments orders, QuickBooksCalls calls) {
    this.papers = papers;
    this.orders = orders;
    this.calls = calls;
  }

  @Override
  public ErpDocument render(Outgoing document) {
    OrderChange change = (OrderChange) document;
    if (change.lines().isEmpty()) {
      throw new IllegalArgumentException(
          "change order " + change.number() + " has no lines: there is nothing to add");
    }
    ObjectNode body =
        Json.object()
            .put("Marker", change.marker())
            .put("ChangeOrderID", change.changeOrderId())
            .put("OrderId", change.orderKey());
    body.set(
        QuickBooksPapers.LINES, papers.lines(change.lines(), "change order " + change.number()));
    body.set(
        "Instead",
        change.instead() == null ? null : Json.read(papers.order(change.instead()).body()));
    return ErpDocument.of(change.marker(), Json.write(body));
  }

  @Override
  public void handOver(DeliveryBatch batch, OutcomeSink sink) {
    new Turn(batch, sink).write();
  }

  @Override
  public void lookUp(DeliveryBatch batch, OutcomeSink sink) {
    new Turn(batch, sink).look();
  }

  /** One change order on its way. */
  private final class Turn {
    private final DeliveryBatch batch;
    private final OutcomeSink sink;
    private final QuickBooksChange change;
    private final QuickBooksWrite write;

    Turn(DeliveryBatch batch, OutcomeSink sink) {
      this.batch = batch;
      this.sink = sink;
      this.change = QuickBooksChange.of(batch);
      this.write = new QuickBooksWrite(calls, batch, sink, WRITING);
    }

    void write() {
      if (!attempt(false)) {
        attempt(true);
      }
    }

    /** Gives whether all is reported; not so when the version was stale, for the first time. */
    private boolean attempt(boolean last) {
      Optional<JsonNode> order;
      try {
        order = calls.read(ORDER.wireName(), change.orderId(), WRITING);
      } catch (Failure failure) {
        write.notWritten(failure);
        return true;
      }
      if (order.isEmpty()) {
        refuse(
            "QuickBooks has no purchase order "
                + change.orderId()
                + " in this company. Unlink the commitment in Procore and export it again, then the"
                + " change order.");
      } else if (isOn(order.get())) {
        tell(change.compare(order.get(), null, List.of()));
      } else if (CLOSED.equals(QuickBooksJson.text(order.get(), "POStatus"))) {
        further(order.get());
      } else {
        return append(order.get(), last);
      }
      return true;
    }

    private boolean isOn(JsonNode order) {
      return !change.on(order).isEmpty();
    }

    private boolean append(JsonNode order, boolean last) {
      JsonNode unmarked = change.unmarkedOn(order);
      if (unmarked != null) {
        refuse(
            "The purchase order has a line '"
                + QuickBooksJson.text(unmarked, "Description")
                + "' over "
                + unmarked.path("Amount")
                + " already, without the mark of this change order. If it is this change, put "
                + "[Procore CCO "
                + change.changeOrderId()
                + "] at the end of its text in QuickBooks and replay; if not, change its text.");
        return true;
      }
      Money before = QuickBooksComparison.sum(amounts(order));
      if (before.plus(change.total()).isNegative()) {
        refuse(
            "The order "
                + QuickBooksJson.text(order, "DocNumber")
                + " comes to "
                + before
                + ", the change to "
                + change.total()
                + ": QuickBooks takes no order below 0.00 (TB-CCO-02). Correct the order in"
                + " QuickBooks or the change order in Procore.");
        return true;
      }
      Optional<QuickBooksAnswer> answer =
          write.send(ORDER.path(), Map.of(), change.appendedTo(order));
      if (answer.isEmpty()) {
        return true;
      }
      if (answer.get().isRefusal() && answer.get().has(QuickBooksAnswer.STALE)) {
        if (last) {
          write.notWritten(stale(answer.get()));
        }
        return last;
      }
      if (answer.get().isRefusal()) {
        sink.refused(batch.id(), change.marker(), answer.get().messages());
      } else {
        appended(order, answer.get());
      }
      return true;
    }

    private Failure stale(QuickBooksAnswer answer) {
      return new Failure(
          FailureKind.CONFLICT,
          answer.http().status(),
          "Somebody changes purchase order "
              + change.orderId()
              + " in QuickBooks at this very moment: "
              + String.join("; ", answer.messages()),
          "It is tried again by itself.",
          null,
          null);
    }

    private List<JsonNode> amounts(JsonNode order) {
      return QuickBooksComparison.children(order).stream()
          .filter(line -> line.path("Amount").isNumber())
          .toList();
    }

    private void appended(JsonNode before, QuickBooksAnswer answer) {
      JsonNode after = answer.shown(ORDER);
      if (after == null || !isOn(after)) {
        write.undetermined(
            "the lines of the change are not in QuickBooks's answer"
                + QuickBooksFailures.tid(answer.http()));
        return;
      }
      tell(change.compare(after, before, List.of()));
    }

    /** What differs in a figure is looked for, so that it is never counted as not written. */
    private void tell(QuickBooksComparison.Result result) {
      if (result.figures().isEmpty()) {
        sink.known(batch.id(), result.written());
      } else {
        write.undetermined(differs(result));
      }
    }

    private String differs(QuickBooksComparison.Result result) {
      return "The change order stands on purchase order "
          + result.written().erpNumber()
          + " in QuickBooks, but not with the figures that were sent: "
          + String.join("; ", result.figures());
    }

    /** The commitment's order takes no line: a further order stands for the change order. */
    private void further(JsonNode order) {
      String number = QuickBooksJson.text(order, "DocNumber");
      QuickBooksEnvelope instead = change.instead();
      if (instead == null) {
        refuse(
            "The purchase order "
                + number
                + " is closed and takes no line, and a change of "
                + change.total()
                + " cannot stand on an order of its own (TB-CCO-03). Open the order again in"
                + " QuickBooks, or enter the change there by hand and discard this one.");
        return;
      }
      List<String> remarks = List.of(why(number));
      Optional<QuickBooksAnswer> answer = write.send(ORDER.path(), Map.of(), instead.bytes());
      if (answer.isEmpty()) {
        return;
      }
      JsonNode made = answer.get().shown(ORDER);
      if (answer.get().isRefusal()) {
        made = refusedFurther(answer.get(), instead);
        if (made == null) {
          return;
        }
      }
      if (made == null || !isOn(made)) {
        write.undetermined(
            "the further order is not in QuickBooks's answer"
                + QuickBooksFailures.tid(answer.get().http()));
      } else {
        tell(change.compare(made, null, remarks));
      }
    }

    /** The order that is there already, or null when it is reported. */
    private JsonNode refusedFurther(QuickBooksAnswer answer, QuickBooksEnvelope instead) {
      try {
        QuickBooksKind.Turn turn = orders.refused(instead, answer);
        if (turn.found() != null) {
          return turn.found();
        }
        sink.refused(
            batch.id(),
            change.marker(),
            turn.messages().isEmpty() ? answer.messages() : turn.messages());
      } catch (Failure unasked) {
        write.undetermined(unasked.getMessage());
      }
      return null;
    }

    void look() {
      try {
        Optional<JsonNode> order = calls.read(ORDER.wireName(), change.orderId(), LOOKING);
        if (order.isPresent() && isOn(order.get())) {
          found(change.compare(order.get(), null, List.of()));
          return;
        }
        QuickBooksEnvelope instead = change.instead();
        Optional<JsonNode> further =
            instead == null
                ? Optional.empty()
                : orders.named(instead).stream().filter(this::isOn).findFirst();
        if (further.isPresent()) {
          String number =
              order.map(one -> QuickBooksJson.text(one, "DocNumber")).orElse("its order");
          found(change.compare(further.get(), null, List.of(why(number))));
        } else {
          sink.absent(batch.id(), change.marker());
        }
      } catch (Failure failure) {
        sink.undetermined(batch.id(), failure);
      }
    }

    private void found(QuickBooksComparison.Result result) {
      if (result.figures().isEmpty()) {
        sink.known(batch.id(), result.written());
        return;
      }
      sink.doubtful(
          batch.id(),
          change.marker(),
          Failure.of(
              FailureKind.UNKNOWN,
              differs(result),
              "Open the purchase order in QuickBooks and correct the figures of these lines, or"
                  + " delete the lines; then replay the dead letter. Tieback looks again before it"
                  + " writes anything."));
    }

    private String why(String number) {
      return "The purchase order "
          + number
          + " is closed in QuickBooks and takes no line: the change order stands on a further"
          + " order, "
          + change.instead().name()
          + ".";
    }

    private void refuse(String message) {
      sink.refused(batch.id(), change.marker(), List.of(message));
    }
  }
}
