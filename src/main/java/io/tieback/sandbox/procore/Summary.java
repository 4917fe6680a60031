package io.tieback.sandbox.procore;

import static java.math.BigDecimal.ZERO;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * The summary of a requisition (the G702 figures), before tax. The identities hold exactly: {@code
 * total_retainage} is work plus material; earned is completed and stored minus retainage; due is
 * earned minus earlier certificates; balance is the contract sum minus earned.
 */
record Summary(
    BigDecimal originalContractSum,
    BigDecimal positiveNewChangeOrders,
    BigDecimal positivePreviousChangeOrders,
    BigDecimal negativeNewChangeOrders,
    BigDecimal negativePreviousChangeOrders,
    BigDecimal work,
    BigDecimal stored,
    BigDecimal newMaterials,
    BigDecimal workRetainage,
    BigDecimal materialsRetainage,
    BigDecimal previousCertificates,
    BigDecimal gross,
    BigDecimal retained,
    BigDecimal released) {

  /** Sums a requisition whose lines are derived already. */
  static Summary of(Model.Requisition requisition) {
    BigDecimal original = ZERO;
    for (Model.CommitmentLine line : requisition.commitment.lines) {
      original = line.changeOrder ? original : original.add(line.amount);
    }
    BigDecimal[] change = {ZERO, ZERO, ZERO, ZERO};
    for (Model.Item item : requisition.items) {
      if (item.kind == Model.ItemKind.CHANGE_ORDER_ITEM) {
        int place = (item.scheduledValue.signum() < 0 ? 2 : 0) + (item.previous == null ? 0 : 1);
        change[place] = change[place].add(item.scheduledValue);
      }
    }
    return new Summary(
        original,
        change[0],
        change[1],
        change[2],
        change[3],
        sum(requisition, f -> f.previousWork().add(f.work())),
        sum(requisition, Figures::stored),
        sum(requisition, Figures::newMaterials),
        sum(requisition, Figures::workRetainage),
        sum(requisition, Figures::materialsRetainage),
        requisition.previous == null ? ZERO : requisition.previous.summary.earned(),
        sum(requisition, Figures::gross),
        sum(requisition, Figures::retained),
        sum(requisition, Figures::released));
  }

  private static BigDecimal sum(
      Model.Requisition requisition, Function<Figures, BigDecimal> figure) {
    BigDecimal sum = ZERO;
    for (Model.Item item : requisition.items) {
      sum = sum.add(figure.apply(item.figures));
    }
    return sum;
  }

  /** Net change by change orders that are billed against. */
  BigDecimal netChange() {
    return positiveNewChangeOrders
        .add(positivePreviousChangeOrders)
        .add(negativeNewChangeOrders)
        .add(negativePreviousChangeOrders);
  }

  /** Contract sum to date. */
  BigDecimal contractSum() {
    return originalContractSum.add(netChange());
  }

  /** Total completed and stored to date. */
  BigDecimal completedAndStored() {
    return work.add(stored);
  }

  /** All retainage held. */
  BigDecimal retainage() {
    return workRetainage.add(materialsRetainage);
  }

  /** Total earned less retainage. */
  BigDecimal earned() {
    return completedAndStored().subtract(retainage());
  }

  /** Current payment due, before tax. */
  BigDecimal due() {
    return earned().subtract(previousCertificates);
  }

  /** Balance to finish including retainage. */
  BigDecimal balance() {
    return contractSum().subtract(earned());
  }
}
