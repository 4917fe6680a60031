package io.tieback.rules;

import static io.tieback.rules.InvoiceCheck.blank;
import static io.tieback.rules.InvoiceCheck.refuse;
import static io.tieback.rules.InvoiceCheck.waiting;

import io.tieback.construction.BookedOrder;
import io.tieback.construction.ChangeOrder;
import io.tieback.construction.ContractLine;
import io.tieback.construction.OrderMarker;
import io.tieback.construction.OriginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every rule that a commitment change order has to keep before its lines are added to the
 * commitment's order. All findings at once. Pure.
 */
public final class ChangeOrderChecks {

  private ChangeOrderChecks() {}

  /**
   * TB-CCO-05: an order that takes the lines is written again with everything that is on it, which
   * the ERP refuses where a line of it has no account.
   *
   * @param order the order as it stands in the ERP
   */
  public static Optional<Finding> accounts(BookedOrder order, String erpName) {
    List<String> lines =
        order.lines().stream()
            .filter(BookedOrder.Line::accountless)
            .map(line -> "'" + line.description() + "'")
            .toList();
    if (order.state() != BookedOrder.State.OPEN || lines.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        refuse(
            "TB-CCO-05",
            "Purchase order " + order.number(),
            "no account on line " + String.join(", ", lines),
            erpName + " takes an approved order only with an account or an item on each line",
            "Give each of these lines an account or an item in " + erpName + "; then look again"));
  }

  /** Checks a change order; empty when nothing stands in the way. */
  public static List<Finding> check(ChangeOrder change, OrderCheckContext context) {
    List<Finding> findings = new ArrayList<>();
    ContractLineChecks shared =
        new ContractLineChecks("change order", "XR-CCO-05", context, findings::add);
    status(change, findings::add);
    number(change, findings::add);
    shared.length("XR-CCO-01", "Number", change.number());
    shared.length("XR-CCO-02", "Title", change.title());
    shared.vendor("XR-CCO-03", change.vendorOriginId(), change.vendorId());
    shared.project(change.projectOriginId(), change.projectId());
    commitment(change, context, findings::add);
    if (!blank(change.commitmentOriginId())) {
      shared.foreign("Commitment", change.commitmentOriginId());
      order(change, context, findings::add);
    }
    shared.lines(
        change.lines(),
        OrderMarker.onLine(String.valueOf(change.number()), "", change.procoreId()).length());
    singleCostType(change, context, findings::add);
    return findings;
  }

  /** XR-CCO-04, GEN-CCO-01. */
  private static void status(ChangeOrder change, Consumer<Finding> findings) {
    if (!"approved".equals(String.valueOf(change.status()).toLowerCase(Locale.ROOT))) {
      findings.accept(
          refuse(
              "XR-CCO-04",
              "Status",
              blank(change.status()) ? "empty" : "'" + change.status() + "'",
              "only approved change orders are sent",
              "Approve the change order in Procore and send it again"));
    }
  }

  /** TB-CCO-01: the number is in the text of each line, so that people know what it is about. */
  private static void number(ChangeOrder change, Consumer<Finding> findings) {
    if (blank(change.number())) {
      findings.accept(
          refuse(
              "TB-CCO-01",
              "Number",
              "empty",
              "its lines are named by its number",
              "Give the change order a number in Procore and send it again"));
    }
  }

  /** GEN-CCO-01: the commitment goes first. */
  private static void commitment(
      ChangeOrder change, OrderCheckContext context, Consumer<Finding> findings) {
    if (blank(change.commitmentOriginId())) {
      findings.accept(
          waiting(
              "GEN-CCO-01",
              "Commitment",
              "commitment " + change.commitmentId() + " is not in " + context.erpName(),
              "the commitment goes before its change orders",
              "Export the commitment; the change order then goes by itself"));
    }
  }

  /** TB-CCO-04: lines are added to an order only. */
  private static void order(
      ChangeOrder change, OrderCheckContext context, Consumer<Finding> findings) {
    if (!isOrder(change.commitmentOriginId())) {
      findings.accept(
          refuse(
              "TB-CCO-04",
              "Commitment",
              "linked to '" + change.commitmentOriginId() + "'",
              "lines are added to a purchase order in " + context.erpName(),
              "Unlink the commitment and export it, then send the change order again"));
    }
  }

  private static boolean isOrder(String originId) {
    try {
      return OriginId.parse(originId).kind().equals("purchase_order");
    } catch (IllegalArgumentException notOurs) {
      return true; // said as a foreign link already
    }
  }

  /** GEN-API-28. */
  private static void singleCostType(
      ChangeOrder change, OrderCheckContext context, Consumer<Finding> findings) {
    List<String> types =
        change.lines().stream()
            .map(ContractLine::costType)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (context.policy().singleCostType() && types.size() > 1) {
      findings.accept(
          refuse(
              "GEN-API-28",
              "Schedule of values",
              "cost types " + String.join(", ", types),
              "a change order holds one cost type (orders.single-cost-type)",
              "Make a change order for each cost type in Procore, or set orders.single-cost-type to"
                  + " false"));
    }
  }
}
