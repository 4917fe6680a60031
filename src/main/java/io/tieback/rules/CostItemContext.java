package io.tieback.rules;

import io.tieback.construction.AccountRules;
import java.util.Map;

/**
 * What the checks of a cost code have to know besides the code itself.
 *
 * @param erpName the ERP's name for people
 * @param nameForm form of an item's name
 * @param cutsNames whether a name that is too long is cut rather than refused
 * @param lengths longest code, name and description
 * @param accounts accounts that the item gets
 * @param unusableAccounts why an account cannot be used, by its code; those that can are not in it
 * @param defaultAccount whether bill lines have a default account
 * @param there whether the ERP has an item of this code that is not linked
 * @param usesThere whether such an item is linked
 * @param held items that the ERP holds
 * @param brought items that the project brings and the ERP does not hold
 * @param most most items that the ERP is to hold
 */
public record CostItemContext(
    String erpName,
    String nameForm,
    boolean cutsNames,
    Lengths lengths,
    AccountRules.Accounts accounts,
    Map<String, String> unusableAccounts,
    boolean defaultAccount,
    boolean there,
    boolean usesThere,
    int held,
    int brought,
    int most) {

  public CostItemContext {
    unusableAccounts = Map.copyOf(unusableAccounts);
  }

  /** Characters that the ERP takes in an item (XR-API-04). */
  public record Lengths(int code, int name, int description) {}
}
