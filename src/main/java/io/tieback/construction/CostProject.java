package io.tieback.construction;

import java.util.Map;
import java.util.Set;

/**
 * A project that is linked on both sides, and what its items mean in Procore (XR-JC-06, XR-JC-07).
 *
 * @param key the ERP's key of the project
 * @param projectId Procore's project
 * @param items cost code and cost type by the ERP's item code
 * @param ambiguous item codes that more than one pair of cost code and cost type would have
 */
public record CostProject(
    String key, long projectId, Map<String, Budget> items, Set<String> ambiguous) {

  public CostProject {
    items = Map.copyOf(items);
    ambiguous = Set.copyOf(ambiguous);
  }

  /**
   * Where in Procore's budget a cost belongs.
   *
   * @param costCodeId Procore's cost code of the project
   * @param costTypeId Procore's cost type
   */
  public record Budget(long costCodeId, long costTypeId) {}
}
