package io.tieback.flow;

import java.util.List;

/** The step of the route {@code prepare-records} that stores what was composed. */
public final class RecordStore {

  private final AcceptedDocuments accepted;

  /** Wires it. */
  public RecordStore(AcceptedDocuments accepted) {
    this.accepted = accepted;
  }

  /** Stores composed documents in one transaction; one that is not what was accepted goes back. */
  public void store(List<PreparedRecord> prepared) {
    accepted.store(
        prepared.stream()
            .map(
                one ->
                    new AcceptedDocuments.Candidate(
                        one.subject().connection(), one.acceptance(), one.document()))
            .toList());
  }
}
