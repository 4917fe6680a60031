package io.tieback.flow;

import io.tieback.platform.Settings;
import io.tieback.platform.keys.CompanyKeys;
import io.tieback.rules.MatchPolicy;
import io.tieback.rules.SupplierLimits;

/**
 * How one connection treats companies.
 *
 * @param limits what the ERP takes of a supplier
 * @param match what is linked without asking a person
 * @param importsAll whether all active suppliers are offered to Procore, or only those with a bill
 * @param pushesNames whether linked companies get their supplier's name
 */
public record CompanySettings(
    SupplierLimits limits, MatchPolicy match, boolean importsAll, boolean pushesNames) {

  /** Reads them for one connection. */
  public static CompanySettings of(Settings settings, String connection) {
    MatchPolicy.By by =
        switch (settings.get(CompanyKeys.MATCH, connection)) {
          case "exact-name" -> MatchPolicy.By.NAME;
          case "score" -> MatchPolicy.By.SCORE;
          default -> MatchPolicy.By.NOTHING;
        };
    return new CompanySettings(
        SupplierLimits.xero(settings.get(CompanyKeys.NAME_LENGTH, connection)),
        new MatchPolicy(by, settings.get(CompanyKeys.MATCH_SCORE, connection)),
        settings.get(CompanyKeys.IMPORT, connection).equals("all"),
        settings.get(CompanyKeys.PUSH_NAMES, connection));
  }
}
