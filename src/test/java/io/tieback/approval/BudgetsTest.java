package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.ledger.QueueItem;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Budgets, for ERPs that take them (GEN-BUD). */
class BudgetsTest extends ApprovalTest {

  private static final String CODES =
      "\"job_costs\": [{\"cost_code_origin_id\": \"c1\", \"job_origin_id\": \"j1\"}], ";
  private static final String LOCKED =
      "{\"locked\": true, "
          + CODES
          + "\"transactions\": [{\"id\": 1, \"value\": 100.50, \"synced\": false}]}";

  @Test
  @DisplayName(
      "GEN-BUD-01, GEN-BUD-10: only a locked budget with synced codes is sent, and only to an ERP"
          + " that takes budgets")
  void onlyALockedBudgetWithSyncedCodesIsSent() {
    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem open = budget(LOCKED.replace("true", "false"), "b1");
    assertThat(open.state()).isEqualTo("not_sent");
    assertThat(refused(() -> approvals.send(operator, open.id(), open.version())))
        .isEqualTo("budget.not_locked");
    QueueItem loose = budget(LOCKED.replace("\"c1\"", "null"), "b2");
    assertThat(refused(() -> approvals.send(operator, loose.id(), loose.version())))
        .isEqualTo("budget.codes");
    settings.noBudgets = "Xero has no job budgets";
    QueueItem locked = budget(LOCKED, "b3");
    Refusal refusal = approvals.refusal(operator, locked, Action.SEND).orElseThrow();
    assertThat(refusal.reason(Locale.ENGLISH))
        .isEqualTo("Xero takes no budgets: Xero has no job budgets");
    settings.noBudgets = null;
    assertThat(approvals.send(operator, locked.id(), locked.version()).state())
        .isEqualTo("ready_to_export");
  }

  @Test
  @DisplayName(
      "GEN-BUD-03, GEN-BUD-04, GEN-BUD-05, GEN-BUD-06: original and changes, only what is new")
  void onlyUnsyncedChangesGoOutAgain() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = budget(LOCKED, "b1");
    QueueItem back = approvals.retrieve(approver, sent.id(), sent.version());
    settings.fourEyes = false;
    QueueItem again = approvals.resend(approver, back.id(), back.version());
    accept(approver, again);
    written(sent);

    QueueItem same = budget(LOCKED.replace("\"synced\": false", "\"synced\": true"), "b2");
    assertThat(refused(() -> approvals.resend(approver, same.id(), same.version())))
        .isEqualTo("budget.nothing_new");

    QueueItem modified =
        budget(
            "{\"locked\": true, "
                + CODES
                + "\"transactions\": [{\"id\": 1, \"value\": 100.50, \"synced\": true}, {\"id\": 2,"
                + " \"value\": -20.10}]}",
            "b3");
    QueueItem resent = approvals.resend(approver, modified.id(), modified.version());
    assertThat(resent.state()).isEqualTo("ready_to_update");
    accept(approver, resent);
    assertThat(pipeline.exported.get(1).about().event())
        .contains("\"id\":2", "-20.10")
        .doesNotContain("\"id\":1");
  }

  @Test
  @DisplayName("GEN-BUD-02, GEN-BUD-09: what was sent is unlocked only after its way")
  void whatWasSentIsUnlockedOnlyAfterItsWay() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = budget(LOCKED, "b1");
    assertThat(code(sent, false)).isEqualTo("budget.unlock_waiting");
    QueueItem accepted = accept(approver, sent);
    assertThat(code(accepted, false)).isEqualTo("budget.unlock_exporting");
    written(sent);
    assertThat(code(now(sent), false)).isEqualTo("budget.unlock_unposted");
    assertThat(Budgets.unlocking(now(sent), true, false)).isEmpty();
    assertThat(code(now(sent), true)).isEqualTo("budget.unlock_modified");

    QueueItem other = budget(LOCKED, "b1", 12);
    QueueItem rejected = approvals.reject(approver, other.id(), other.version(), "no");
    assertThat(Budgets.unlocking(rejected, false, false)).isEmpty();
  }

  private static String code(QueueItem item, boolean modified) {
    return Budgets.unlocking(item, false, modified).orElseThrow().code();
  }

  private QueueItem budget(String event, String digest) {
    return budget(event, digest, 11);
  }

  private QueueItem budget(String event, String digest, long project) {
    QueueItem.About a = about("Budget", null, digest);
    return read(
        RecordKind.BUDGET,
        "budget",
        project,
        new QueueItem.About(
            a.number(),
            a.title(),
            a.party(),
            a.projectId(),
            a.projectName(),
            null,
            null,
            null,
            a.currency(),
            a.date(),
            a.procoreStatus(),
            null,
            null,
            null,
            event,
            digest,
            a.findings()));
  }
}
