package io.tieback.flow;

import io.tieback.ledger.Ledger;
import java.util.List;

/** The step of the route {@code prepare-records} that stores what was composed. */
public final class RecordStore {

  private final Ledger ledger;

  /** Wires it. */
  public RecordStore(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Stores composed documents in one transaction. */
  public void store(List<PreparedRecord> prepared) {
    ledger.workItems().composed(prepared.stream().map(PreparedRecord::document).toList());
  }
}
