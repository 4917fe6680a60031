package io.tieback.erp;

import io.tieback.construction.JobCost;
import java.util.List;

/**
 * What changed since a cursor among the documents that may hold job costs.
 *
 * @param documents documents that are new, changed, voided or deleted, each once and whole
 * @param nextCursor where to go on; stored only together with what was read
 * @param calls API calls that this took
 */
public record JobCostReading(List<JobCost> documents, String nextCursor, int calls) {

  public JobCostReading {
    documents = List.copyOf(documents);
  }
}
