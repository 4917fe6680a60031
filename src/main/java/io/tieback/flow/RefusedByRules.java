package io.tieback.flow;

import io.tieback.rules.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A record that the rules refuse. Holds every finding, so that a person can mend all of them at
 * once.
 */
public final class RefusedByRules extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /**
   * @param findings all findings that refuse the record, at least one
   */
  public RefusedByRules(List<Finding> findings) {
    super(findings.stream().map(Finding::sentence).collect(Collectors.joining(" | ")));
    this.findings = List.copyOf(findings);
  }

  /** Everything that was found. */
  public List<Finding> findings() {
    return findings;
  }

  /** All remedies, in the order of the findings. */
  public String remedies() {
    return findings.stream().map(Finding::remedy).distinct().collect(Collectors.joining(" "));
  }
}
