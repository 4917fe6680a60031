package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Change orders as further lines of the commitment's purchase order (XR-CCO-11): the order is read,
 * and written again with everything that is on it and the new lines. Xero has no version to write
 * against, so the two calls follow each other at once, and changes of one order go one after the
 * other ({@link #documentsPerCall}).
 *
 * <p>Each line bears Procore's id of its change order, which is how it is found before and after it
 * is written: no line goes onto an order twice. An order that is billed or deleted takes no line:
 * the change order becomes a further order (docs/decisions/0016).
 */
final class XeroOrderChanges implements XeroRecords {

  private static final String WRITING = "adding a change order to a purchase order";
  private static final String LOOKING = "looking for a change order on its purchase order";
  private static final Set<String> TAKE_LINES = Set.of("DRAFT", "SUBMITTED", "AUTHORISED");
  private static final int KEY_PART = 16;

  private final XeroConnection connection;
  private final XeroCalls calls;
  private final XeroOrders orders;
  private final XeroOrderForm form;

  XeroOrderChanges(
      XeroConnection connection,
      Supplier<XeroConnection> withCategory,
      XeroCalls calls,
      XeroOrders orders) {
    this.connection = connection;
    this.calls = calls;
    this.orders = orders;
    this.form = new XeroOrderForm(withCategory);
  }

  @Override
  public int documentsPerCall() {
    return 1;
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
            .put(SentOrder.ID, change.orderKey());
    body.set("LineItems", Json.read(form.lines(change.lines(), "change order " + change.number())));
    body.set("Instead", change.instead() == null ? null : Json.read(form.order(change.instead())));
    String text = Json.write(body);
    return ErpDocument.of(change.marker(), text);
  }

  @Override
  public byte[] batchBody(List<ErpDocument> documents) {
    if (documents.size() != 1) {
      throw new IllegalArgumentException(
          documents.size() + " change orders in one batch: each goes alone");
    }
    return documents.get(0).body().getBytes(StandardCharsets.UTF_8);
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
    private final SentChange change;
    private final XeroWrite write;

    Turn(DeliveryBatch batch, OutcomeSink sink) {
      this.batch = batch;
      this.sink = sink;
      this.change = SentChange.of(batch);
      this.write = new XeroWrite(calls, batch, sink, WRITING);
    }

    void write() {
      Optional<JsonNode> order;
      try {
        order = orders.byKey(change.orderId(), WRITING);
      } catch (Failure failure) {
        write.notWritten(failure);
        return;
      }
      if (order.isEmpty()) {
        refuse(
            "Xero has no purchase order "
                + change.orderId()
                + " in this organisation. Unlink the commitment in Procore and export it again,"
                + " then the change order.");
      } else if (isOn(order.get())) {
        sink.known(batch.id(), change.written(order.get(), null, List.of()));
      } else if (takesLines(order.get())) {
        append(order.get());
      } else {
        further(order.get());
      }
    }

    private boolean isOn(JsonNode order) {
      boolean former =
          XeroOrders.isDeleted(order)
              && batch.formerIds().contains(change.orderId() + "|" + change.changeOrderId());
      return !former && !change.on(order).isEmpty();
    }

    private boolean takesLines(JsonNode order) {
      String status = String.valueOf(XeroJson.text(order, "Status"));
      return TAKE_LINES.contains(status)
          || status.equals("BILLED") && connection.orders().billedTakeLines();
    }

    private void append(JsonNode order) {
      JsonNode unmarked = change.unmarkedOn(order);
      if (unmarked != null) {
        refuse(
            "The purchase order has a line '"
                + XeroJson.text(unmarked, "Description")
                + "' over "
                + unmarked.path("LineAmount")
                + " already, without the mark of this change order. If it is this change, put "
                + mark()
                + " at the end of its text in Xero and replay; if not, change its text.");
        return;
      }
      if ("Inclusive".equals(XeroJson.text(order, "LineAmountTypes"))) {
        refuse(
            "Somebody set the amounts of the order "
                + XeroJson.text(order, SentOrder.NUMBER)
                + " to tax inclusive in Xero, and those of the change are before tax. Set the order"
                + " back to tax exclusive or no tax, then replay.");
        return;
      }
      Money after = SentOrder.beforeTax(order).plus(change.total());
      if (after.isNegative()) {
        refuse(
            "The order "
                + XeroJson.text(order, SentOrder.NUMBER)
                + " comes to "
                + SentOrder.beforeTax(order)
                + ", the change to "
                + change.total()
                + ": Xero takes no order below 0.00 (TB-CCO-02). Correct the order in Xero or the"
                + " change order in Procore.");
        return;
      }
      byte[] body = change.appendedTo(order);
      // A key stands for one body: what is on the order may be another when it goes again.
      String key = batch.idempotencyKey() + "-" + ErpDocument.sha256(body).substring(0, KEY_PART);
      HttpAnswer answer =
          write.send("POST", XeroOrders.PATH + "/" + change.orderId(), Map.of(), key, body);
      if (answer == null) {
        return;
      }
      if (answer.ok()) {
        appended(order, answer);
      } else if (answer.status() == 400) {
        turnedAway(answer);
      } else {
        write.unanswered(answer);
      }
    }

    private void appended(JsonNode before, HttpAnswer answer) {
      try {
        JsonNode after = Json.read(answer.body()).path(XeroOrders.NAME).path(0);
        if (!change.on(after).isEmpty()) {
          sink.known(batch.id(), change.written(after, before, List.of()));
          return;
        }
        sink.undetermined(
            batch.id(),
            Failure.of(
                FailureKind.UNKNOWN, "the lines of the change are not in Xero's answer", ""));
      } catch (JsonProcessingException | Failure unreadable) {
        sink.undetermined(
            batch.id(),
            Failure.of(FailureKind.UNKNOWN, "Xero's answer to the change cannot be read", ""));
      }
    }

    /** Nothing was written. Either the order was billed meanwhile, or Xero objects to the lines. */
    private void turnedAway(HttpAnswer answer) {
      List<String> messages;
      JsonNode now;
      try {
        messages = XeroJson.validationErrors(Json.read(answer.body()));
        now = orders.byKey(change.orderId(), WRITING).orElse(Json.object());
      } catch (JsonProcessingException | Failure unreadable) {
        sink.undetermined(batch.id(), calls.failure(answer, true, WRITING));
        return;
      }
      String status = String.valueOf(XeroJson.text(now, "Status"));
      if (status.equals("BILLED") || status.equals("DELETED")) {
        further(now);
      } else if (messages.isEmpty()) {
        sink.undetermined(batch.id(), calls.failure(answer, true, WRITING));
      } else {
        sink.refused(batch.id(), change.marker(), messages);
      }
    }

    /** The commitment's order takes no line: a further order stands for the change order. */
    private void further(JsonNode order) {
      String status = XeroJson.text(order, "Status");
      String number = XeroJson.text(order, SentOrder.NUMBER);
      SentOrder instead = change.further();
      if (instead == null) {
        refuse(
            "The purchase order "
                + number
                + " is "
                + status
                + " and takes no line, and a change of "
                + change.total()
                + " cannot stand on an order of its own (TB-CCO-03). Open the order again in Xero,"
                + " or enter the change there by hand and discard this one.");
        return;
      }
      Optional<JsonNode> holder;
      try {
        holder = orders.byKey(instead.number(), WRITING);
      } catch (Failure failure) {
        write.notWritten(failure);
        return;
      }
      List<String> remarks = List.of(why(number, status, instead.number()));
      if (holder.isPresent()) {
        if (isFurther(holder.get())) {
          sink.known(batch.id(), change.written(holder.get(), null, remarks));
        } else {
          refuse(
              "The purchase order "
                  + number
                  + " is "
                  + status
                  + ", and the number of the further order, "
                  + instead.number()
                  + ", is taken by purchase order "
                  + XeroJson.id(holder.get(), SentOrder.ID)
                  + " ("
                  + XeroJson.text(holder.get(), "Status")
                  + "). Give that one another number in Xero, then replay.");
        }
        return;
      }
      create(remarks);
    }

    private void create(List<String> remarks) {
      ObjectNode body = Json.object();
      body.putArray(XeroOrders.NAME).add(change.instead());
      HttpAnswer answer =
          write.send(
              "PUT",
              XeroOrders.PATH,
              XeroOrders.QUERY,
              batch.idempotencyKey() + "-further",
              Json.write(body).getBytes(StandardCharsets.UTF_8));
      if (answer == null) {
        return;
      }
      if (!answer.ok() && answer.status() != 400) {
        write.unanswered(answer);
        return;
      }
      try {
        JsonNode all = Json.read(answer.body());
        JsonNode made = all.path(answer.ok() ? XeroOrders.NAME : "Elements").path(0);
        List<String> messages = XeroJson.validationErrors(made);
        if (XeroJson.id(made, SentOrder.ID) != null && messages.isEmpty()) {
          sink.known(batch.id(), change.written(made, null, remarks));
        } else if (!messages.isEmpty()) {
          sink.refused(batch.id(), change.marker(), messages);
        } else {
          sink.undetermined(batch.id(), calls.failure(answer, true, WRITING));
        }
      } catch (JsonProcessingException | Failure unreadable) {
        sink.undetermined(
            batch.id(),
            Failure.of(
                FailureKind.UNKNOWN, "Xero's answer to the further order cannot be read", ""));
      }
    }

    private boolean isFurther(JsonNode holder) {
      return !XeroOrders.isDeleted(holder) && !change.on(holder).isEmpty();
    }

    void look() {
      try {
        Optional<JsonNode> order = orders.byKey(change.orderId(), LOOKING);
        if (order.isPresent() && isOn(order.get())) {
          sink.known(batch.id(), change.written(order.get(), null, List.of()));
          return;
        }
        SentOrder instead = change.further();
        Optional<JsonNode> holder =
            instead == null ? Optional.empty() : orders.byKey(instead.number(), LOOKING);
        if (holder.isPresent() && isFurther(holder.get())) {
          String status = order.map(o -> XeroJson.text(o, "Status")).orElse("gone");
          String number = order.map(o -> XeroJson.text(o, SentOrder.NUMBER)).orElse("its order");
          sink.known(
              batch.id(),
              change.written(holder.get(), null, List.of(why(number, status, instead.number()))));
          return;
        }
        sink.absent(batch.id(), change.marker());
      } catch (Failure failure) {
        sink.undetermined(batch.id(), failure);
      }
    }

    private String mark() {
      return "[Procore CCO " + change.changeOrderId() + "]";
    }

    private void refuse(String message) {
      sink.refused(batch.id(), change.marker(), List.of(message));
    }
  }

  private static String why(String number, String status, String further) {
    return "The purchase order "
        + number
        + " is "
        + status
        + " in Xero and takes no line: the change order stands on a further order, "
        + further
        + " (XR-CCO-11).";
  }
}
