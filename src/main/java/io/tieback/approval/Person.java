package io.tieback.approval;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.util.List;
import java.util.Locale;

/**
 * Somebody who is signed in, with everything that decides what they may do.
 *
 * @param id the ledger's key
 * @param email their mail address, in lower case; what the audit trail names them by
 * @param name their name
 * @param role what they are
 * @param language English or French
 * @param amountLimit the most that they may accept alone, or null for no limit
 * @param procoreUserId who they are in Procore, or null when unknown
 * @param rights their own rights by kind; none means, for an approver, every kind
 * @param standsInFor whose rights they have besides, today
 */
public record Person(
    long id,
    String email,
    String name,
    Role role,
    Locale language,
    Money amountLimit,
    Long procoreUserId,
    List<KindRight> rights,
    List<Person> standsInFor) {

  public Person {
    rights = List.copyOf(rights);
    standsInFor = List.copyOf(standsInFor);
  }

  /**
   * A right by kind (GEN-PERM-04).
   *
   * @param connection in which connection, or null for every one
   * @param kind for which kind, or null for every one
   * @param canImport may add to Procore
   * @param canExport may let go to the ERP
   */
  public record KindRight(
      ConnectionId connection, RecordKind kind, boolean canImport, boolean canExport) {}
}
