package io.tieback.reconcile;

import io.tieback.construction.ConnectionId;
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
 */
public record Traces(Map<Long, OfInvoice> invoices, Map<String, OfPayment> payments) {

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

  public Traces {
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
    return new Traces(invoices, payments);
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
