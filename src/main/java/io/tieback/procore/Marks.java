package io.tieback.procore;

import java.util.List;
import java.util.Objects;

/**
 * How Procore is told which of its records are in the ERP. Each call may be repeated, and each mark
 * has an outcome of its own, in the order in which the marks were given.
 */
public interface Marks {

  /**
   * Writes marks, or takes them away where the origin id is null.
   *
   * @throws io.tieback.wire.Failure when a call as a whole is refused or not answered
   */
  List<SyncOutcome<ExternalDataRow.Key>> write(List<Mark> marks);

  /** What cannot be marked: it is linked in the ledger alone. */
  default boolean takes(Mark mark) {
    return true;
  }

  /**
   * One record that is marked.
   *
   * @param row what is written
   * @param projectId its project, or null where it belongs to the company
   * @param holderType External Data's word of what it is a part of, or null
   * @param holderId Procore's id of that: the contract of a line, the commitment of an invoice or
   *     payment, the list of a standard cost code; or null
   */
  record Mark(ExternalDataRow row, Long projectId, String holderType, Long holderId) {
    public Mark {
      Objects.requireNonNull(row, "row");
    }
  }
}
