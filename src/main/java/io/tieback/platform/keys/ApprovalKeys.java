package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.timeZone;
import static io.tieback.platform.ValueTypes.trueOrFalse;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.time.ZoneId;
import java.util.List;

/** Through which door records come, and who has to accept them. */
public final class ApprovalKeys {

  /** Procore's ERP tab, as a value of {@link #DOOR}. */
  public static final String PROCORE = "procore";

  /** The queue of Tieback itself, as a value of {@link #DOOR}. */
  public static final String TIEBACK = "tieback";

  /** {@link #SECOND_APPROVER_ABOVE} when one approver is always enough. */
  public static final String NEVER = "never";

  /** Which door (design section 2). */
  public static final Key<String> DOOR =
      Key.ofConnection("door", oneOf(PROCORE, TIEBACK))
          .standard(PROCORE)
          .described(
              "Where records are approved. procore: in Procore's ERP Integrations tool, for which"
                  + " Tieback has to be the registered integration. tieback: in Tieback's own"
                  + " console; Procore's public resources are polled, and no ERP tool is needed.");

  /** Time zone in which people's days begin. */
  public static final Key<ZoneId> TIME_ZONE =
      Key.of("approval.time-zone", timeZone())
          .standard("UTC")
          .example("America/Chicago")
          .described(
              "Decides which day it is for delegations, and when the daily digest goes: people are"
                  + " of the whole deployment, not of one connection.");

  /** Segregation of duties (GEN-PERM-21). */
  public static final Key<Boolean> FOUR_EYES =
      Key.ofConnection("approval.four-eyes", trueOrFalse())
          .standard("true")
          .described(
              "Whether somebody else has to accept what one has sent (GEN-PERM-21). Whoever sent it"
                  + " is known by the user of Tieback, or by Procore's user or mail address.");

  /** From which amount two people have to accept. */
  public static final Key<String> SECOND_APPROVER_ABOVE =
      Key.ofConnection(
              "approval.second-approver-above",
              text("an amount such as 50000.00, or never", "never|[0-9]{1,15}(\\.[0-9]{1,2})?"))
          .standard(NEVER)
          .example("50000.00")
          .described(
              "Above which amount, in the currency of the books, two different people have to"
                  + " accept. Credits count by their size. An amount in another currency, or one"
                  + " that is not known, counts as above it.");

  /** Whether a rejection needs a comment (GEN-NOT-09). */
  public static final Key<String> REJECT_COMMENT =
      Key.ofConnection(
              "approval.reject-comment", oneOf("required", "optional-for-projects", "optional"))
          .standard("required")
          .described("Whether a rejection needs a comment (GEN-NOT-09). It is mailed and kept.");

  /** Commitments go out when they are sent (GEN-DEX-01). */
  public static final Key<Boolean> DIRECT_COMMITMENTS =
      Key.ofConnection("direct-export.commitments", trueOrFalse())
          .standard("false")
          .described(
              "Whether commitments go to the ERP as soon as they are sent, without an approver"
                  + " (GEN-DEX-01). One that lacks a field, or whose amount needs two approvers,"
                  + " waits for an approver all the same. Tieback's own door only.");

  /** Change orders go out when they are sent (GEN-DEX-01). */
  public static final Key<Boolean> DIRECT_CHANGE_ORDERS =
      Key.ofConnection("direct-export.change-orders", trueOrFalse())
          .standard("false")
          .described("As direct-export.commitments, for change orders.");

  /** Invoices go out when they are sent (GEN-DEX-01). */
  public static final Key<Boolean> DIRECT_INVOICES =
      Key.ofConnection("direct-export.invoices", trueOrFalse())
          .standard("false")
          .described("As direct-export.commitments, for subcontractor invoices.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Approval",
          "Which door a connection has, and who has to accept what goes out.",
          List.of(
              DOOR,
              TIME_ZONE,
              FOUR_EYES,
              SECOND_APPROVER_ABOVE,
              REJECT_COMMENT,
              DIRECT_COMMITMENTS,
              DIRECT_CHANGE_ORDERS,
              DIRECT_INVOICES));

  private ApprovalKeys() {}
}
