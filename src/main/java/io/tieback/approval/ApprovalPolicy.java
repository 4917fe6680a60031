package io.tieback.approval;

import io.tieback.construction.Money;
import java.util.Set;

/**
 * The settings of a connection that decisions keep to.
 *
 * @param door {@code procore} or {@code tieback}
 * @param fourEyes whether somebody else has to accept what one has sent (GEN-PERM-21)
 * @param secondApproverAbove above which amount two have to accept, or null for never
 * @param comment which rejections need a comment (GEN-NOT-09)
 * @param directExport which kinds go out as soon as they are sent (GEN-DEX-01)
 * @param numberByApprover kinds whose number in the ERP the approver has to enter (GEN-CFG-03)
 * @param dated kinds of which an accounting date that the approver enters counts (GEN-Q-05)
 * @param budgetsNotTaken why the ERP takes no budgets, or null when it does
 * @param erpName the ERP's name for people
 */
public record ApprovalPolicy(
    String door,
    boolean fourEyes,
    Money secondApproverAbove,
    Comment comment,
    Set<RecordKind> directExport,
    Set<RecordKind> numberByApprover,
    Set<RecordKind> dated,
    String budgetsNotTaken,
    String erpName) {

  public ApprovalPolicy {
    directExport = Set.copyOf(directExport);
    numberByApprover = Set.copyOf(numberByApprover);
    dated = Set.copyOf(dated);
  }

  /** Settings by which the accounting date of every kind that bears one counts. */
  public ApprovalPolicy(
      String door,
      boolean fourEyes,
      Money secondApproverAbove,
      Comment comment,
      Set<RecordKind> directExport,
      Set<RecordKind> numberByApprover,
      String budgetsNotTaken,
      String erpName) {
    this(
        door,
        fourEyes,
        secondApproverAbove,
        comment,
        directExport,
        numberByApprover,
        Set.of(RecordKind.INVOICE, RecordKind.COMMITMENT, RecordKind.CHANGE_ORDER),
        budgetsNotTaken,
        erpName);
  }

  /** Which rejections need a comment. */
  public enum Comment {
    /** Each. */
    REQUIRED,
    /** Each but those of projects. */
    OPTIONAL_FOR_PROJECTS,
    /** None. */
    OPTIONAL;

    public boolean required(RecordKind kind) {
      return this == REQUIRED || (this == OPTIONAL_FOR_PROJECTS && kind != RecordKind.PROJECT);
    }
  }
}
