package io.tieback.flow;

import io.tieback.construction.AccountRules;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.InvoiceKeys;
import io.tieback.platform.keys.WorkBreakdownKeys;
import java.util.List;

/**
 * How one connection sends projects and cost codes.
 *
 * @param accounts accounts of new items
 * @param itemName form of an item's name, with {@code {name}} and {@code {type}}
 * @param cutsNames whether a name that is too long is cut rather than refused
 * @param usesItems whether an item of the same code that somebody else made is linked
 * @param linksProjects whether a project of the same name that is not linked is linked
 */
public record WorkBreakdownSettings(
    AccountRules accounts,
    String itemName,
    boolean cutsNames,
    boolean usesItems,
    boolean linksProjects) {

  /**
   * Reads them for one connection.
   *
   * @throws IllegalArgumentException when a rule of accounts is not of its form
   */
  public static WorkBreakdownSettings of(Settings settings, String connection) {
    return new WorkBreakdownSettings(
        AccountRules.parse(settings.find(WorkBreakdownKeys.ACCOUNTS, connection).orElse(List.of()))
            .otherwise(settings.find(InvoiceKeys.DEFAULT_ACCOUNT, connection).orElse(null)),
        settings.get(WorkBreakdownKeys.ITEM_NAME, connection),
        settings.get(WorkBreakdownKeys.LONG_NAMES, connection).equals("cut"),
        settings.get(WorkBreakdownKeys.EXISTING_ITEMS, connection).equals("use"),
        settings.get(WorkBreakdownKeys.EXISTING_PROJECTS, connection).equals("link"));
  }
}
