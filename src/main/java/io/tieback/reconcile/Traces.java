package io.tieback.reconcile;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.ledger.DeadLetter;
import io.tieback.ledger.DeadLetters;
import io.tieback.ledger.ItemState;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.PaymentRow;
import io.tieback.ledger.WorkItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What the ledger knows of a connection's records: asked for the cause of a difference and never
 * for a figure.
 *
 * @param invoices by id of the requisition
 * @param payments by the ERP's key of the payment
 * @param orders by id of the commitment
 * @param changes by id of the change order
 */
public record Traces(
    Map<Long, OfInvoice> invoices,
    Map<String, OfPayment> payments,
    Map<Long, OfOrder> orders,
    Map<Long, OfOrder> changes) {

  private static final int PAGE = 1000;

  /**
   * What became of an invoice.
   *
   * @param projectId its project, or null while it is not known
   * @param state how far it is
   * @param erpId the ERP's key of its bill, or null
   * @param waitsFor what it waits for
   * @param failure its last failure in words, or null
   * @param deadLetter number of its open dead letter, or null
   */
  public record OfInvoice(
      Long projectId,
      ItemState state,
      String erpId,
      List<String> waitsFor,
      String failure,
      Long deadLetter) {}

  /**
   * What became of a payment.
   *
   * @param state the payment journal's word
   * @param procoreId Procore's id of it, or null
   * @param failure its last failure in words, or null
   * @param deadLetter number of its open dead letter, or null
   */
  public record OfPayment(String state, Long procoreId, String failure, Long deadLetter) {}

  /**
   * What became of a commitment or change order.
   *
   * @param commitmentId its commitment
   * @param number what it is called
   * @param state how far it is
   * @param amount what was composed, or null before
   * @param lineIds the ERP's keys of its lines
   * @param failure its last failure in words, or null
   * @param deadLetter number of its open dead letter, or null
   */
  public record OfOrder(
      long commitmentId,
      String number,
      ItemState state,
      Money amount,
      List<String> lineIds,
      String failure,
      Long deadLetter) {}

  /** Of invoices and payments alone. */
  public Traces(Map<Long, OfInvoice> invoices, Map<String, OfPayment> payments) {
    this(invoices, payments, Map.of(), Map.of());
  }

  public Traces {
    orders = Map.copyOf(orders);
    changes = Map.copyOf(changes);
    invoices = Map.copyOf(invoices);
    payments = Map.copyOf(payments);
  }

  /** Nothing is known. */
  public static Traces none() {
    return new Traces(Map.of(), Map.of());
  }

  /** Projects of which an invoice was accepted. */
  public Set<Long> projects() {
    return invoices.values().stream()
        .map(OfInvoice::projectId)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Everything that the ledger has of a connection. */
  public static Traces of(Ledger ledger, ConnectionId connection) {
    Map<String, Long> letters = new HashMap<>();
    for (DeadLetter letter :
        ledger
            .deadLetters()
            .list(new DeadLetters.Filter(connection, "open", null, Integer.MAX_VALUE))) {
      letters.put(letter.subjectKind() + " " + letter.subjectId(), letter.id());
    }
    Map<Long, OfInvoice> invoices = new HashMap<>();
    Map<Long, OfOrder> orders = new HashMap<>();
    Map<Long, OfOrder> changes = new HashMap<>();
    each(
        after -> ledger.workItems().all(connection, after, PAGE),
        WorkItem::id,
        item -> {
          if (item.entity().equals(WorkItem.REQUISITION)) {
            invoices.put(
                item.procoreId(),
                new OfInvoice(
                    item.projectId(),
                    item.state(),
                    item.erpId(),
                    item.waitsFor(),
                    item.failureMessage(),
                    letters.get("work_item " + item.id())));
          } else if (item.entity().equals("change_order") && item.commitmentId() != null) {
            changes.put(
                item.procoreId(),
                order(item, item.commitmentId(), letters.get("work_item " + item.id())));
          } else if (item.entity().endsWith("_order_contract")) {
            orders.put(
                item.procoreId(),
                order(item, item.procoreId(), letters.get("work_item " + item.id())));
          }
        });
    Map<String, OfPayment> payments = new HashMap<>();
    for (List<String> states : List.of(List.<String>of(), List.of("ignored"))) {
      each(
          after -> ledger.payments().list(connection, states, after, PAGE),
          PaymentRow::id,
          row ->
              payments.put(
                  row.erpPaymentId(),
                  new OfPayment(
                      row.state(),
                      row.procorePaymentId(),
                      row.failureMessage(),
                      letters.get("payment " + row.id()))));
    }
    return new Traces(invoices, payments, orders, changes);
  }

  private static OfOrder order(WorkItem item, long commitment, Long letter) {
    return new OfOrder(
        commitment,
        item.number(),
        item.state(),
        item.amount(),
        item.erpLineIds(),
        item.failureMessage(),
        letter);
  }

  private static <T> void each(
      LongFunction<List<T>> page, ToLongFunction<T> key, Consumer<T> take) {
    long after = 0;
    List<T> rows;
    do {
      rows = page.apply(after);
      for (T row : rows) {
        take.accept(row);
        after = key.applyAsLong(row);
      }
    } while (rows.size() == PAGE);
  }
}
