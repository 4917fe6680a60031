package io.tieback.erp;

import io.tieback.construction.JobCost;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed since a cursor among the documents that may hold job costs.
 *
 * @param documents documents that are new, changed, voided or deleted, each once and whole
 * @param existing of the kinds of which the ERP could not tell what was deleted, the keys of all
 *     documents that there are: what is known and not among them is gone
 * @param nextCursor where to go on; stored only together with what was read
 * @param calls API calls that this took
 */
public record JobCostReading(
    List<JobCost> documents,
    Map<JobCost.Kind, Set<String>> existing,
    String nextCursor,
    int calls) {

  public JobCostReading {
    documents = List.copyOf(documents);
    existing = Map.copyOf(existing);
  }

  /** Of an ERP that tells of deletions itself. */
  public JobCostReading(List<JobCost> documents, String nextCursor, int calls) {
    this(documents, Map.of(), nextCursor, calls);
  }
}
