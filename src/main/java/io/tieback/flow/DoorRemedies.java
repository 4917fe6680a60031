package io.tieback.flow;

import io.tieback.rules.Finding;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the rules tell people to do, as the door of their connection has it: where Tieback's own
 * queue decides, there is no ERP Integrations tool in Procore to turn to.
 */
final class DoorRemedies {

  private static final String ERP_TAB = "in Procore's ERP Integrations";
  private static final String HERE = "here in Tieback";
  private static final Pattern REJECT = Pattern.compile("Reject the ([a-z ]+) in Procore");

  private DoorRemedies() {}

  /** These findings, in the words of the connection's door. */
  static List<Finding> of(ConnectionRoom room, List<Finding> findings) {
    return room.door().tieback()
        ? findings.stream().map(DoorRemedies::here).toList()
        : List.copyOf(findings);
  }

  /** A finding in the words of Tieback's own door. */
  static Finding here(Finding finding) {
    return new Finding(
        finding.ruleId(),
        finding.severity(),
        finding.field(),
        finding.found(),
        finding.limit(),
        REJECT
            .matcher(finding.remedy().replace(ERP_TAB, HERE))
            .replaceAll("Reject the $1 " + HERE));
  }
}
