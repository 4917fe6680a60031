package io.tieback.rules;

import io.tieback.construction.DirectCostComposer.Counted;
import io.tieback.construction.JobCost;
import java.util.List;

/**
 * What the rules say about one line of a document.
 *
 * @param line the line
 * @param outcome what becomes of it
 * @param counted where it belongs; null unless it counts
 * @param findings why it does not count, all at once; empty when it counts
 */
public record JobCostVerdict(
    JobCost.Line line, Outcome outcome, Counted counted, List<Finding> findings) {

  public JobCostVerdict {
    findings = List.copyOf(findings);
  }

  /** What becomes of a line. */
  public enum Outcome {
    /** It is a job cost and goes to Procore. */
    COUNTS,
    /** It looks like a job cost and does not go: somebody should know why. */
    UNSYNCED,
    /** It is of a bill that Tieback exported; Procore has it as a subcontractor invoice. */
    EXPORTED,
    /** It keeps retainage, which is no cost. */
    RETAINAGE,
    /** It is from before the first day that was set. */
    EARLIER,
    /** It names neither a project nor an item: a cost of the office. */
    OVERHEAD
  }

  /** Whether it may count later without any change in the ERP. */
  public boolean waits() {
    return findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.WAIT);
  }
}
