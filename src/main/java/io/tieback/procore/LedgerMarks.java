package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Marks nothing in Procore ({@code door.mark = none}): some firms do not want their records to be
 * locked by an origin id. What is in the ERP is linked in the ledger alone.
 */
public final class LedgerMarks implements Marks {

  @Override
  public List<SyncOutcome<ExternalDataRow.Key>> write(List<Mark> marks) {
    return marks.stream()
        .map(
            mark ->
                new SyncOutcome<>(
                    mark.row().key(), SyncOutcome.State.ACCEPTED, "", (JsonNode) null))
        .toList();
  }

  @Override
  public boolean takes(Mark mark) {
    return false;
  }
}
