package io.tieback.rules;

import io.tieback.construction.CostProject;
import java.time.LocalDate;
import java.util.Map;

/**
 * What job costs are checked against.
 *
 * @param erpName the ERP's name for people
 * @param currency currency of the books
 * @param from first day whose documents count, or null for all
 * @param exportedCount whether bills that Tieback exported count (GEN-INV-06)
 * @param retainageAccount the account that retainage is kept on, or null
 * @param retainageItem the item that retainage is kept on, or null
 * @param projects linked projects by the ERP's key
 */
public record JobCostContext(
    String erpName,
    String currency,
    LocalDate from,
    boolean exportedCount,
    String retainageAccount,
    String retainageItem,
    Map<String, CostProject> projects) {

  public JobCostContext {
    projects = Map.copyOf(projects);
  }
}
