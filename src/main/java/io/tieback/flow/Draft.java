package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.construction.Outgoing;
import io.tieback.rules.Finding;
import java.util.List;

/**
 * A record as it would be composed now: a dry run.
 *
 * @param findings everything that was found
 * @param figures Procore's own figures
 * @param outgoing what it becomes; null when it is refused or waits
 * @param document the document for people; null likewise
 * @param amount what it comes to, or null
 * @param currency ISO 4217 code, or null for the ERP company's own
 * @param number the number or name that it gets in the ERP, or null
 * @param acceptance what an acceptance binds ({@link Mapping#digest}), or null
 */
public record Draft(
    List<Finding> findings,
    ObjectNode figures,
    Outgoing outgoing,
    ObjectNode document,
    Money amount,
    String currency,
    String number,
    String acceptance) {

  public Draft {
    findings = List.copyOf(findings);
  }

  static Draft refused(List<Finding> findings, ObjectNode figures) {
    return new Draft(findings, figures, null, null, null, null, null, null);
  }

  /** Whether a record with these findings goes out. */
  static boolean goes(List<Finding> findings) {
    return findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.WARN);
  }

  /** The same, of which an acceptance binds this. */
  Draft bound(String digest) {
    return new Draft(findings, figures, outgoing, document, amount, currency, number, digest);
  }

  /** The same beside these figures of Procore. */
  Draft beside(ObjectNode procores) {
    return new Draft(findings, procores, outgoing, document, amount, currency, number, acceptance);
  }

  /** The same with more findings. */
  Draft and(List<Finding> more) {
    List<Finding> all = new java.util.ArrayList<>(findings);
    all.addAll(more);
    return new Draft(all, figures, outgoing, document, amount, currency, number, acceptance);
  }
}
