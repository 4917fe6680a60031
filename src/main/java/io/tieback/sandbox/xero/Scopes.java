package io.tieback.sandbox.xero;

import java.util.List;
import java.util.Set;

/**
 * OAuth scopes (reference section 2.3): granular ones, and the broad ones that older apps may keep.
 */
final class Scopes {
  private static final Set<String> AREAS =
      Set.of(
          "accounting.invoices",
          "accounting.payments",
          "accounting.banktransactions",
          "accounting.settings",
          "accounting.contacts",
          "accounting.attachments",
          "accounting.transactions",
          "accounting.reports",
          "accounting.reports.trialbalance");
  private static final Set<String> OTHERS = Set.of("openid", "profile", "email", "offline_access");
  private static final Set<String> UNDER_TRANSACTIONS =
      Set.of("invoices", "payments", "banktransactions");

  private Scopes() {}

  /** Whether Xero knows the scope. */
  static boolean isKnown(String scope) {
    return OTHERS.contains(scope)
        || AREAS.contains(scope)
        || (scope.endsWith(".read")
            && AREAS.contains(scope.substring(0, scope.length() - ".read".length())));
  }

  /**
   * Whether the granted scopes allow reading or writing in any of the areas, e.g. {@code invoices}.
   */
  static boolean allow(Set<String> granted, List<String> areas, boolean write) {
    for (String area : areas) {
      if (has(granted, "accounting." + area, write)
          || (UNDER_TRANSACTIONS.contains(area)
              && has(granted, "accounting.transactions", write))) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Set<String> granted, String scope, boolean write) {
    return granted.contains(scope) || (!write && granted.contains(scope + ".read"));
  }
}
