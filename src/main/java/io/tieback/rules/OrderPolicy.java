package io.tieback.rules;

import java.util.Set;

/**
 * What a firm decides about its orders, where the rule book leaves a choice.
 *
 * @param approvedStatuses Procore's words that count as approved for a commitment (XR-COM-04)
 * @param procoreNumber whether Procore's own number is taken where the approver chose none
 *     (GEN-API-27)
 * @param singleCostType whether a change order may hold one cost type only (GEN-API-28)
 */
public record OrderPolicy(
    Set<String> approvedStatuses, boolean procoreNumber, boolean singleCostType) {

  public OrderPolicy {
    approvedStatuses = Set.copyOf(approvedStatuses);
  }

  /** Everything at its default. */
  public static OrderPolicy defaults() {
    return new OrderPolicy(Set.of("Approved"), true, false);
  }
}
