package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;

import io.tieback.construction.Commitment;
import io.tieback.construction.PurchaseOrder;
import io.tieback.construction.TakenNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every rule that a commitment has to keep before it becomes a purchase order. All findings at
 * once. Pure.
 */
public final class OrderChecks {

  private static final String COMMITMENT = "commitment";

  private OrderChecks() {}

  /** Checks a commitment; empty when nothing stands in the way. */
  public static List<Finding> check(Commitment commitment, OrderCheckContext context) {
    List<Finding> findings = new ArrayList<>();
    ContractLineChecks shared =
        new ContractLineChecks(COMMITMENT, "XR-COM-05", context, findings::add);
    status(commitment, context, findings::add);
    number(commitment, context, findings::add);
    shared.length("XR-COM-01", "Number", commitment.orderNumber());
    shared.length("XR-COM-02", "Title", commitment.title());
    shared.vendor("XR-COM-03", commitment.vendorOriginId(), commitment.vendorId());
    shared.project(commitment.projectOriginId(), commitment.projectId());
    date(commitment, findings::add);
    currency(commitment, context, findings::add);
    shared.lines(commitment.lines(), 0);
    total(commitment, context, findings::add);
    return findings;
  }

  /** XR-COM-04, GEN-COM-01. */
  private static void status(
      Commitment commitment, OrderCheckContext context, Consumer<Finding> findings) {
    if (!context.policy().approvedStatuses().contains(String.valueOf(commitment.status()))) {
      findings.accept(
          refuse(
              "XR-COM-04",
              "Status",
              blank(commitment.status()) ? "empty" : "'" + commitment.status() + "'",
              "only approved commitments are sent ("
                  + String.join(
                      ", ", context.policy().approvedStatuses().stream().sorted().toList())
                  + ")",
              "Approve the commitment in Procore and send it again"));
    }
  }

  /** GEN-API-27: Procore's number is taken where the approver chose none, unless told otherwise. */
  private static void number(
      Commitment commitment, OrderCheckContext context, Consumer<Finding> findings) {
    boolean chosen = !blank(commitment.code());
    boolean borrowed = context.policy().procoreNumber() && !blank(commitment.number());
    if (!chosen && !borrowed) {
      findings.accept(
          refuse(
              "GEN-API-27",
              "ERP ID",
              "empty",
              context.policy().procoreNumber()
                  ? "the order needs a number"
                  : "the approver chooses the order's number (orders.number)",
              "Accept the commitment again in Procore's ERP Integrations and enter an ERP ID"));
    }
  }

  /** TB-COM-03: an order bears a day that somebody stated, or today's where that is wanted. */
  private static void date(Commitment commitment, Consumer<Finding> findings) {
    if (commitment.date() == null) {
      findings.accept(
          refuse(
              "TB-COM-03",
              "Date",
              "none",
              "none of the sources in orders.date yields a day",
              "Enter an accounting date on accepting, fill in the contract date in Procore, or add"
                  + " today to orders.date"));
    }
  }

  /** TB-COM-04, as for invoices. */
  private static void currency(
      Commitment commitment, OrderCheckContext context, Consumer<Finding> findings) {
    boolean other =
        commitment.currency() != null
            && context.baseCurrency() != null
            && !commitment.currency().equals(context.baseCurrency());
    if (other) {
      findings.accept(
          refuse(
              "TB-COM-04",
              "Currency",
              commitment.currency(),
              "the company in "
                  + context.erpName()
                  + " keeps its books in "
                  + context.baseCurrency(),
              "Commitments in another currency are not exported; enter this one in "
                  + context.erpName()
                  + " by hand"));
    }
  }

  /** TB-COM-01, TB-COM-02. */
  private static void total(
      Commitment commitment, OrderCheckContext context, Consumer<Finding> findings) {
    if (!commitment.sum().equals(commitment.grandTotal())) {
      findings.accept(
          refuse(
              "TB-COM-01",
              "Total",
              "the lines come to "
                  + commitment.sum()
                  + ", the commitment says "
                  + commitment.grandTotal(),
              "both are the same, to the cent",
              "Correct the schedule of values in Procore and send the commitment again"));
    }
    if (commitment.grandTotal().isNegative()) {
      findings.accept(
          refuse(
              "TB-COM-02",
              "Total",
              commitment.grandTotal().toString(),
              context.erpName() + " takes no order below 0.00",
              "Correct the schedule of values in Procore, or enter it in "
                  + context.erpName()
                  + " by hand"));
    }
  }

  /**
   * GEN-API-26, TB-COM-06: whether the number is free, from what the ERP says of it.
   *
   * @param holder the order that has it; its marker is that of our order only when it is as ours
   *     would be
   */
  public static Optional<Finding> taken(PurchaseOrder order, String erpName, TakenNumber holder) {
    if (isOwn(order, holder)) {
      return Optional.empty();
    }
    boolean deleted = "DELETED".equals(holder.status());
    String found =
        "'"
            + order.number()
            + "' "
            + (deleted ? "was held by purchase order " : "stands on purchase order ")
            + holder.erpId()
            + " ("
            + holder.status()
            + ", "
            + holder.total()
            + ")";
    return Optional.of(
        refuse(
            deleted ? "TB-COM-06" : "GEN-API-26",
            "ERP ID",
            found,
            deleted
                ? erpName + " gives a number of a deleted order to no other"
                : "a number stands on one order, and nothing of another is ever overwritten",
            "Reject the commitment in Procore, send it again and accept it with another ERP ID,"
                + " such as "
                + order.number()
                + "-2"
                + (deleted ? "" : "; or give the other order in " + erpName + " another number")));
  }

  /** GEN-API-26: the order is just as this one would be, and is another commitment's. */
  public static Finding ofAnotherRecord(PurchaseOrder order, String erpName, TakenNumber holder) {
    return refuse(
        "GEN-API-26",
        "ERP ID",
        "'"
            + order.number()
            + "' stands on purchase order "
            + holder.erpId()
            + " of another commitment with the same supplier, lines and total",
        "a number stands on one order in " + erpName,
        "Reject the commitment in Procore, send it again and accept it with another ERP ID, such as"
            + " "
            + order.number()
            + "-2");
  }

  /** Whether the holder of the number is this very order: it is looked for, never written again. */
  public static boolean isOwn(PurchaseOrder order, TakenNumber holder) {
    return order.marker().equals(holder.marker());
  }
}
