package io.tieback.approval;

import io.tieback.construction.Money;
import io.tieback.ledger.DoorRequests;
import io.tieback.rules.Finding;
import java.util.List;

/**
 * A record as it would be written now.
 *
 * @param preview the document as an accountant reads it, JSON, or null when it cannot be composed
 * @param digest of document and mapping: what acceptance binds; null when it cannot be composed
 * @param findings everything that was found, with remedies
 * @param amount what it comes to, or null where there is none
 * @param currency in which currency, or null
 * @param number the number that it gets in the ERP, or null
 * @param limits currency in which limits are stated: the ERP company's own; null when unknown
 * @param parts what is written with it and bound with it, itself included; empty where it stands
 *     alone
 */
public record Composed(
    String preview,
    String digest,
    List<Finding> findings,
    Money amount,
    String currency,
    String number,
    String limits,
    List<DoorRequests.Part> parts) {

  public Composed {
    findings = List.copyOf(findings);
    parts = List.copyOf(parts);
  }

  /** What stands alone, in the currency of the limits. */
  public Composed(
      String preview,
      String digest,
      List<Finding> findings,
      Money amount,
      String currency,
      String number) {
    this(preview, digest, findings, amount, currency, number, currency, List.of());
  }

  /** Whether something forbids that it goes out. */
  public boolean refused() {
    return digest == null
        || findings.stream().anyMatch(one -> one.severity() == Finding.Severity.REFUSE);
  }
}
