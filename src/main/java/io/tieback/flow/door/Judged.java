package io.tieback.flow.door;

import io.tieback.procore.door.DoorRecord;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import java.util.List;

/**
 * A record with what the rules say of it.
 *
 * @param record the record, its event with links and its author by name
 * @param findings everything that was found
 * @param linked whether the ledger knows its counterpart in the ERP
 * @param unused whether it is a company that nothing uses: it is sent only when somebody asks
 * @param relinked whether its event may have other links than the queue has, though it was not read
 *     anew
 */
record Judged(
    DoorRecord record, List<Finding> findings, boolean linked, boolean unused, boolean relinked) {

  Judged {
    findings = List.copyOf(findings);
  }

  Judged(DoorRecord record, List<Finding> findings, boolean linked, boolean unused) {
    this(record, findings, linked, unused, false);
  }

  /** The same for a record that the queue had. */
  Judged withLinksAnew() {
    return new Judged(record, findings, linked, unused, findings.isEmpty());
  }

  /** Whether it may be sent as it is: nothing forbids it, and nothing has to go first. */
  boolean eligible() {
    return record.event() != null
        && findings.stream().allMatch(finding -> finding.severity() == Severity.WARN);
  }
}
