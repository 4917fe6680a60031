package io.tieback.flow;

import io.tieback.rules.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A record that depends on something that is not in the ERP yet (design section 3). It goes by
 * itself when that arrives.
 */
public final class WaitsForOthers extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> keys;
  private final transient List<Finding> findings;

  /**
   * @param findings what is missing, for a person
   * @param names what is missing by its name in Procore, or none when Procore does not say
   * @param keys what is missing, as {@code entity/procore key}, for the ledger
   */
  public WaitsForOthers(List<Finding> findings, List<String> names, List<String> keys) {
    super(
        (names.isEmpty() ? "" : "Waits for " + String.join(", ", names) + ". ")
            + findings.stream().map(Finding::sentence).collect(Collectors.joining(" | ")));
    this.keys = List.copyOf(keys);
    this.findings = List.copyOf(findings);
  }

  /** What is missing, for a person. */
  public List<Finding> findings() {
    return findings;
  }

  /** What is missing, as {@code entity/procore key}. */
  public List<String> keys() {
    return keys;
  }
}
