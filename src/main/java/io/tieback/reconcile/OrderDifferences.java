package io.tieback.reconcile;

import io.tieback.construction.BookedOrder;
import io.tieback.construction.BookedOrder.Line;
import io.tieback.construction.BookedOrder.State;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import io.tieback.ledger.ItemState;
import io.tieback.reconcile.Traces.OfOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a commitment of Procore and its purchase order in the ERP differ: in the contract as it was
 * signed, and in its change orders. A commitment that is in no ERP is not compared.
 */
final class OrderDifferences {

  private static final Set<ItemState> WRITTEN = Set.of(ItemState.KNOWN, ItemState.ACKNOWLEDGED);

  private final Question question;
  private final Traces traces;
  private final List<JobBooks> jobs;
  private final List<BookedOrder> orders;
  private final Map<String, Long> changeOfLine = new HashMap<>();
  private final List<Difference> found = new ArrayList<>();

  /**
   * @param orders the ERP's orders, or null when commitments are not exported
   */
  OrderDifferences(
      Question question, Traces traces, List<JobBooks> jobs, List<BookedOrder> orders) {
    this.question = question;
    this.traces = traces;
    this.jobs = jobs;
    this.orders = orders;
    traces
        .changes()
        .forEach((id, change) -> change.lineIds().forEach(line -> changeOfLine.put(line, id)));
  }

  /** Adds what the orders come to, and gives what differs. */
  List<Difference> compare(Accounts accounts) {
    if (orders != null) {
      for (JobBooks job : jobs) {
        for (JobBooks.Commitment commitment : job.commitments()) {
          question
              .key(commitment.originId())
              .ifPresent(key -> new One(job, commitment, key).compare(accounts));
        }
      }
    }
    return found;
  }

  /** What is said of the commitments that are in no ERP, where others are; empty when all are. */
  Optional<String> notCompared() {
    List<JobBooks.Commitment> left =
        jobs.stream()
            .flatMap(job -> job.commitments().stream())
            .filter(commitment -> question.key(commitment.originId()).isEmpty())
            .toList();
    return orders == null || left.isEmpty()
        ? Optional.empty()
        : Optional.of(
            left.size()
                + " commitment(s) over "
                + Money.sum(left.stream().map(c -> c.original().plus(c.changes())).toList())
                + " are not exported to "
                + question.erpName()
                + ": their original and changes are shown and not compared.");
  }

  /** The change order that a line comes from: by its own mark, else by what the ledger knows. */
  private Long changeOf(Line line) {
    return line.changeOrderId() != null
        ? line.changeOrderId()
        : changeOfLine.get(String.valueOf(line.erpId()));
  }

  /** One commitment. */
  private final class One {
    private final JobBooks job;
    private final JobBooks.Commitment commitment;
    private final Optional<BookedOrder> order;
    private final List<BookedOrder> all = new ArrayList<>();

    One(JobBooks job, JobBooks.Commitment commitment, String key) {
      this.job = job;
      this.commitment = commitment;
      this.order = orders.stream().filter(one -> one.erpId().equalsIgnoreCase(key)).findFirst();
      order.filter(one -> one.state() != State.GONE).ifPresent(all::add);
      orders.stream()
          .filter(one -> one.state() != State.GONE && !one.erpId().equalsIgnoreCase(key))
          .filter(one -> one.lines().stream().anyMatch(this::isChange))
          .forEach(all::add);
    }

    /** Whether a line of any order stands for a change order of this commitment. */
    private boolean isChange(Line line) {
      Long change = changeOf(line);
      OfOrder known = change == null ? null : traces.changes().get(change);
      return known != null && known.commitmentId() == commitment.id();
    }

    void compare(Accounts accounts) {
      Money original = Money.ZERO;
      Map<Long, Money> changes = new HashMap<>();
      for (BookedOrder one : all) {
        for (Line line : one.lines()) {
          Long change = changeOf(line);
          if (change != null) {
            changes.merge(change, line.amount(), Money::plus);
          } else {
            original = original.plus(line.amount());
          }
        }
      }
      Money changed = Money.sum(changes.values());
      accounts.erp(job.project().id(), commitment.id(), Figures.contract(original, changed));
      Money off = commitment.original().minus(original);
      if (!off.isZero()) {
        original(off, original);
      }
      changes(commitment.changes().minus(changed), changes);
    }

    private void original(Money off, Money original) {
      Figures effect = Figures.contract(off, Money.ZERO);
      if (order.isEmpty()) {
        add(
            Cause.ORDER_MISSING,
            effect,
            "The order of " + words() + " is not in " + question.erpName() + ".",
            "Unlink the commitment in Procore and export it again.");
      } else if (order.get().state() == State.GONE) {
        add(
            Cause.ORDER_DELETED,
            effect,
            "Order "
                + order.get().number()
                + " of "
                + words()
                + " was deleted in "
                + question.erpName()
                + ".",
            "Unlink the commitment in Procore; export it again with another ERP ID, or leave it.");
      } else {
        boolean removed = isRemoved(traces.orders().get(commitment.id()));
        add(
            removed ? Cause.LINE_REMOVED : Cause.ORDER_EDITED,
            effect,
            "Order "
                + order.get().number()
                + " comes to "
                + original
                + " without change orders, "
                + words()
                + " to "
                + commitment.original()
                + (removed ? ": a line was taken off it." : ": its lines were changed."),
            "Put the lines of the order back in "
                + question.erpName()
                + ", or make a change order in Procore.");
      }
    }

    private boolean isRemoved(OfOrder written) {
      return written != null
          && !written.lineIds().isEmpty()
          && !order
              .map(one -> one.lines().stream().map(Line::erpId).toList())
              .orElse(List.of())
              .containsAll(written.lineIds());
    }

    /** First what the ledger knows of single change orders; the rest was never sent. */
    private void changes(Money off, Map<Long, Money> onOrders) {
      Money rest = off;
      for (Map.Entry<Long, OfOrder> entry : traces.changes().entrySet()) {
        OfOrder change = entry.getValue();
        if (change.commitmentId() != commitment.id() || change.amount() == null) {
          continue;
        }
        Money there = onOrders.getOrDefault(entry.getKey(), Money.ZERO);
        Money missing = change.amount().minus(there);
        if (!missing.isZero()) {
          rest = rest.minus(missing);
          change(entry.getKey(), change, missing, onOrders.containsKey(entry.getKey()));
        }
      }
      if (!rest.isZero()) {
        boolean gone = order.isEmpty() || order.get().state() == State.GONE;
        add(
            gone ? Cause.ORDER_MISSING : Cause.CHANGES_NOT_SENT,
            Figures.contract(Money.ZERO, rest),
            "Change orders of "
                + words()
                + " over "
                + rest
                + (gone ? " are on no order." : " are approved in Procore and on no order."),
            "Send them to the accounting approver; what was entered as a line by hand in "
                + question.erpName()
                + " is to be taken off there.");
      }
    }

    private void change(long id, OfOrder change, Money missing, boolean partly) {
      boolean written = WRITTEN.contains(change.state());
      Cause cause =
          written
              ? partly ? Cause.ORDER_EDITED : Cause.LINE_REMOVED
              : switch (change.state()) {
                case WAITING -> Cause.WAITS;
                case FAILED -> Cause.FAILED;
                case DISCARDED, UNLINKED -> Cause.DISCARDED;
                case UNKNOWN -> Cause.UNKNOWN;
                default -> Cause.ON_ITS_WAY;
              };
      found.add(
          new Difference(
              cause,
              job.project().id(),
              commitment.id(),
              Figures.contract(Money.ZERO, missing),
              Money.ZERO,
              records("Procore change order " + id, change.deadLetter()),
              "Change order "
                  + change.number()
                  + " (id "
                  + id
                  + ") is "
                  + (!written
                      ? change.state().toString().toLowerCase(Locale.ROOT) + ": missing are "
                      : partly
                          ? "on its order with another amount than it was written with: missing are"
                              + " "
                          : "not on its order any more: missing are ")
                  + missing
                  + "."
                  + (written || change.failure() == null ? "" : " " + change.failure()),
              written
                  ? "Put its lines back on the order in "
                      + question.erpName()
                      + ", or unlink the change order in Procore and send it again."
                  : "See what it says, and replay or discard it."));
    }

    private List<String> records(String first, Long letter) {
      List<String> records = new ArrayList<>(List.of(first));
      order.ifPresent(one -> records.add("purchase order " + one.erpId()));
      if (letter != null) {
        records.add("dead letter " + letter);
      }
      return records;
    }

    private void add(Cause cause, Figures effect, String sentence, String remedy) {
      found.add(
          new Difference(
              cause,
              job.project().id(),
              commitment.id(),
              effect,
              Money.ZERO,
              records(
                  "Procore commitment " + commitment.id(),
                  Optional.ofNullable(traces.orders().get(commitment.id()))
                      .map(OfOrder::deadLetter)
                      .orElse(null)),
              sentence,
              remedy));
    }

    private String words() {
      return commitment.number() == null
          ? "commitment " + commitment.id()
          : "commitment " + commitment.number();
    }
  }
}
