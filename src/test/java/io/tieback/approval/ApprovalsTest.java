package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.construction.Money;
import io.tieback.ledger.Audit;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueReading;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Decisions about items of Tieback's own door (GEN-Q); every kind needs one (C-14). */
class ApprovalsTest extends ApprovalTest {

  @Test
  @DisplayName("GEN-Q-02, GEN-Q-06, GEN-Q-14, C-14: sent, accepted, at once on its way, synced")
  void whatIsAcceptedGoesOutAtOnceAndEndsSynced() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");
    assertThat(sent.state()).isEqualTo("ready_to_export");
    assertThat(sent.way().sentByProcoreId()).isEqualTo(901);

    QueueItem accepted = accept(approver, sent);

    assertThat(accepted.state()).isEqualTo("exporting");
    assertThat(accepted.way().acceptedBy()).isEqualTo(approver.id());
    assertThat(accepted.way().acceptedDigest()).isEqualTo("shown d1");
    assertThat(accepted.workItemId()).isNotNull();
    assertThat(pipeline.exported).hasSize(1);
    written(sent);
    assertThat(now(sent).state()).isEqualTo("synced");
    assertThat(steps(sent))
        .isEqualTo("read:not_sent send:ready_to_export accept:exporting sync:synced");
    Audit.Entry entry = ledger.audit().newest(1).get(0);
    assertThat(entry.who()).isEqualTo("ann@firm.example");
    assertThat(entry.action()).isEqualTo("accept");
    assertThat(entry.detail()).contains("shown d1", "1200.00");
    assertThat(news).extracting(Told.News::action).containsExactly(Action.SEND, Action.ACCEPT);
    assertThat(ledger.audit().verify().intact()).isTrue();
  }

  @Test
  @DisplayName("GEN-Q-16: nothing is accepted twice, and nothing that was accepted is retrieved")
  void whatWasAcceptedIsNeitherAcceptedAgainNorRetrieved() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem accepted = accept(approver, invoice(5, "1200.00"));

    assertThat(
            refused(
                () ->
                    approvals.accept(
                        approver, accepted.id(), accepted.version(), "shown d1", Map.of())))
        .isEqualTo("move.accept.exporting");
    assertThat(refused(() -> approvals.retrieve(approver, accepted.id(), accepted.version())))
        .isEqualTo("move.retrieve.exporting");
    assertThat(pipeline.exported).hasSize(1);
  }

  /** Two browsers: whoever comes second decides about what is not there any more. */
  @Test
  void whoeverSawAnotherVersionIsShownTheNewOne() {
    Person first = person("ann@firm.example", Role.APPROVER);
    Person second = person("bob@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");
    approvals.reject(first, sent.id(), sent.version(), "wrong period");

    Outdated outdated =
        catchThrowableOfType(
            Outdated.class,
            () -> approvals.accept(second, sent.id(), sent.version(), "shown d1", Map.of()));

    assertThat(outdated.now().state()).isEqualTo("rejected");
    assertThat(outdated.now().way().comment()).isEqualTo("wrong period");
    assertThat(pipeline.exported).isEmpty();
  }

  /** Design section 2: what is accepted is what was shown. */
  @Test
  void whatComposesOtherwiseThanShownIsNotAccepted() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");
    approvals.compose(sent.id());
    pipeline.composed.put(
        sent.id(), new Composed("{}", "other account", List.of(), null, null, null));

    Outdated outdated =
        catchThrowableOfType(
            Outdated.class,
            () -> approvals.accept(approver, sent.id(), sent.version(), "shown d1", Map.of()));

    assertThat(outdated.refusal().code()).isEqualTo("accept.other");
    assertThat(outdated.now().shown().digest()).isEqualTo("other account");
    assertThat(now(sent).state()).isEqualTo("ready_to_export");
    assertThat(pipeline.exported).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsNotAccepted() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");
    pipeline.composed.put(
        sent.id(), new Composed(null, null, List.of(refusing("no account")), null, null, null));

    Refused refused =
        catchThrowableOfType(
            Refused.class,
            () -> approvals.accept(approver, sent.id(), sent.version(), null, Map.of()));

    assertThat(refused.refusal().code()).isEqualTo("accept.findings");
    assertThat(refused.reason()).contains("Status: no account; Approved");
  }

  /** The pipeline composes it otherwise: back to the approver, and the work item does not lead. */
  @Test
  void whatCameBackIsDecidedAboutAgain() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem accepted = accept(approver, invoice(5, "1200.00"));

    ledger.together(
        () -> {
          approvals.returned(accepted.id(), "The account of the first line is another.");
          return sql.update("update work_item set state = 'discarded'");
        });

    QueueItem back = now(accepted);
    assertThat(back.state()).isEqualTo("ready_to_export");
    assertThat(back.way().error()).contains("came back", "first line");
    assertThat(back.way().acceptedBy()).isNull();
    assertThat(accept(approver, back).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-Q-03, GEN-Q-04, GEN-Q-10: taken back before a decision, and sent again")
  void whatIsRetrievedCanBeSentAgain() {
    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem sent = invoice(5, "1200.00");

    QueueItem back = approvals.retrieve(operator, sent.id(), sent.version());
    assertThat(back.state()).isEqualTo("retrieved");
    assertThat(QueueState.of(back.state()).icon()).isEqualTo(QueueState.Icon.YELLOW);
    assertThat(invoice(5, "1200.00").state())
        .as("a reading does not send it")
        .isEqualTo("retrieved");

    QueueItem again = approvals.resend(operator, back.id(), back.version());
    assertThat(again.state()).isEqualTo("ready_to_export");
    assertThat(again.round()).isEqualTo(2);
    assertThat(again.way().sentBy()).isEqualTo(operator.id());
  }

  @Test
  @DisplayName("GEN-Q-07, GEN-NOT-09: a rejection says why, and the comment is kept")
  void aRejectionNeedsItsCommentAndKeepsIt() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");

    assertThat(refused(() -> approvals.reject(approver, sent.id(), sent.version(), "  ")))
        .isEqualTo("reject.comment");
    settings.comment = ApprovalPolicy.Comment.OPTIONAL_FOR_PROJECTS;
    assertThat(refused(() -> approvals.reject(approver, sent.id(), sent.version(), null)))
        .isEqualTo("reject.comment");
    QueueItem rejected = approvals.reject(approver, sent.id(), sent.version(), " wrong job ");
    assertThat(rejected.way().comment()).isEqualTo("wrong job");
    assertThat(rejected.way().decidedBy()).isEqualTo("ann");
    assertThat(news.get(1).reason()).isEqualTo("wrong job");

    QueueItem project = read(RecordKind.PROJECT, "project", 11, about("P-11", null, "p1"));
    assertThat(approvals.reject(approver, project.id(), project.version(), "").state())
        .isEqualTo("rejected");
  }

  @Test
  @DisplayName("GEN-Q-09: a rejected commitment comes back corrected, or not at all")
  void aRejectedCommitmentIsSentAgainOnlyWhenItWasChanged() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = commitment(22, "d1");
    QueueItem rejected = approvals.reject(approver, sent.id(), sent.version(), "wrong vendor");

    assertThat(refused(() -> approvals.resend(approver, sent.id(), rejected.version())))
        .isEqualTo("send.uncorrected");
    assertThat(approvals.refusal(approver, rejected, Action.RESEND).orElseThrow().code())
        .isEqualTo("send.uncorrected");

    QueueItem corrected = commitment(22, "d2");
    assertThat(corrected.state()).isEqualTo("ready_to_export");
    assertThat(corrected.round()).isEqualTo(2);
    assertThat(news.get(news.size() - 1).action()).isEqualTo(Action.RESEND);
  }

  @Test
  @DisplayName("GEN-Q-08: our own retry, of exactly what was accepted")
  void whatFailedIsWrittenAgainAsItWasAccepted() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem accepted = accept(approver, invoice(5, "1200.00"));
    failed(accepted, "no such account");
    QueueItem failed = now(accepted);
    assertThat(failed.state()).isEqualTo("failed");
    assertThat(failed.way().error()).isEqualTo("no such account");

    QueueItem again = approvals.retry(operator, failed.id(), failed.version());
    assertThat(again.state()).isEqualTo("exporting");
    assertThat(again.way().error()).isNull();
    assertThat(ledger.queueItems().history(failed.id()))
        .last()
        .extracting("action", "who")
        .containsExactly("retry", "oli@firm.example");

    failed(accepted, "no such account");
    QueueItem changed =
        read(RecordKind.INVOICE, "requisition", 5, about("R-5", "9", "d2"), Intake.Sends.NEVER);
    assertThat(refused(() -> approvals.retry(operator, failed.id(), changed.version())))
        .isEqualTo("retry.changed");
    QueueItem resent = approvals.resend(operator, failed.id(), changed.version());
    assertThat(resent.state()).isEqualTo("ready_to_export");
    assertThat(accept(approver, resent).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-Q-08: the other remedy")
  void whatFailedCanBeRejectedAndItsDeadLetterIsOver() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem accepted = accept(approver, invoice(5, "1200.00"));
    failed(accepted, "no such account");

    QueueItem rejected =
        approvals.reject(approver, accepted.id(), now(accepted).version(), "wrong account");

    assertThat(rejected.state()).isEqualTo("rejected");
    assertThat(now(accepted).state()).isEqualTo("rejected");
    assertThat(ledger.deadLetters().openFor(accepted.workItemId())).isEmpty();
  }

  @Test
  @DisplayName(
      "GEN-UNL-01, GEN-UNL-03, GEN-UNL-05, GEN-Q-16: the ERP is asked, and its answer decides")
  void unlinkingAsksTheErp() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem item = accept(approver, invoice(5, "1200.00"));
    assertThat(refused(() -> approvals.unlink(approver, item.id(), item.version())))
        .isEqualTo("move.not");
    written(item);
    pipeline.stillThere =
        new Refused("The requisition is still in Xero. Please delete it before retrying.", "");
    Refused refused =
        catchThrowableOfType(
            Refused.class, () -> approvals.unlink(approver, item.id(), now(item).version()));
    assertThat(refused.reason()).startsWith("The requisition is still in Xero.");
    assertThat(now(item).state()).isEqualTo("synced");

    pipeline.stillThere = null;
    QueueItem unlinked = approvals.unlink(approver, item.id(), now(item).version());
    assertThat(unlinked.state()).isEqualTo("unlinked");
    assertThat(unlinked.inErp()).isFalse();
    assertThat(ledger.queueItems().history(item.id()))
        .last()
        .extracting("action", "who")
        .containsExactly("unlink", "ann@firm.example");
    assertThat(approvals.resend(approver, item.id(), unlinked.version()).state())
        .isEqualTo("ready_to_export");
  }

  @Test
  @DisplayName(
      "GEN-Q-15: what is in the ERP and changed is updated; what did not change is not sent")
  void whatChangedAfterItWasSyncedIsSentAsAnUpdate() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem item = accept(approver, commitment(22, "d1"));
    written(item);
    assertThat(refused(() -> approvals.send(approver, item.id(), now(item).version())))
        .isEqualTo("send.unchanged");

    settings.fourEyes = false;
    QueueItem changed = commitment(22, "d2");
    assertThat(changed.state()).isEqualTo("synced");
    assertThat(changed.changedSinceAcceptance()).isTrue();
    QueueItem update = approvals.send(approver, item.id(), changed.version());
    assertThat(update.state()).isEqualTo("ready_to_update");
    assertThat(accept(approver, update).state()).isEqualTo("exporting");

    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem project = read(RecordKind.PROJECT, "project", 11, about("P-11", null, "p1"));
    accept(approver, project);
    written(project);
    assertThat(approvals.send(operator, project.id(), now(project).version()).state())
        .isEqualTo("ready_to_update");
  }

  @Test
  @DisplayName("GEN-Q-13: many invoices at once, each with its own outcome; other kinds one by one")
  void manyInvoicesAreAcceptedEachOnItsOwn() {
    Person approver = person("ann@firm.example", Role.APPROVER, "2000");
    QueueItem one = approvals.compose(invoice(5, "1200.00").id());
    QueueItem tooMuch = approvals.compose(invoice(6, "2000.01").id());
    QueueItem other = approvals.compose(commitment(22, "d1").id());
    QueueItem two = approvals.compose(invoice(7, "-300.00").id());

    List<Approvals.Result> results =
        approvals.acceptAll(
            approver,
            List.of(one, tooMuch, other, two).stream()
                .map(i -> new Approvals.Choice(i.id(), i.version(), i.shown().digest()))
                .toList());

    assertThat(results.get(0).item().state()).isEqualTo("exporting");
    assertThat(results.get(1).refusal().code()).isEqualTo("accept.limit");
    assertThat(results.get(2).refusal().code()).isEqualTo("accept.bulk");
    assertThat(results.get(3).item().state()).isEqualTo("exporting");
    assertThat(pipeline.exported).hasSize(2);
  }

  @Test
  @DisplayName(
      "GEN-Q-05, GEN-CFG-03, TB-ACC-01: the number that the approver has to enter is shown in the"
          + " document before it is accepted, and bound with it")
  void theNumberIsAskedForWhereTheErpNeedsOne() {
    settings.number = Set.of(RecordKind.COMMITMENT);
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem shown = approvals.compose(commitment(22, "d1").id());

    assertThat(
            refused(
                () ->
                    approvals.accept(
                        approver,
                        shown.id(),
                        shown.version(),
                        "shown d1",
                        Map.of(Extra.NUMBER, " "))))
        .isEqualTo("accept.number");
    Map<String, String> number = Map.of(Extra.NUMBER, "PO-9 ");
    Outdated unseen =
        catchThrowableOfType(
            Outdated.class,
            () -> approvals.accept(approver, shown.id(), shown.version(), "shown d1", number));
    assertThat(unseen.refusal().code()).isEqualTo("accept.entered");
    assertThat(pipeline.exported).as("nobody saw it with the number").isEmpty();
    QueueItem entered = unseen.now();
    assertThat(entered.shown().digest()).isEqualTo("shown d1 with {\"number\":\"PO-9\"}");
    QueueItem accepted =
        approvals.accept(approver, shown.id(), entered.version(), entered.shown().digest(), number);
    assertThat(Extra.read(accepted.way().extra())).isEqualTo(Map.of(Extra.NUMBER, "PO-9"));
    assertThat(accepted.way().acceptedDigest()).isEqualTo("shown d1 with {\"number\":\"PO-9\"}");
    assertThat(Extra.read(pipeline.exported.get(0).way().extra()))
        .containsEntry(Extra.NUMBER, "PO-9");
  }

  @Test
  void whatIsSetAsideIsTakenUpAgain() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");
    QueueItem aside = approvals.archive(approver, sent.id(), sent.version(), "next year");
    assertThat(aside.state()).isEqualTo("archived");
    assertThat(invoice(5, "1200.00").state()).isEqualTo("archived");
    assertThat(approvals.restore(approver, sent.id(), aside.version()).state())
        .isEqualTo("not_sent");
    assertThat(invoice(5, "1200.00").state()).isEqualTo("ready_to_export");
  }

  @Test
  void whatTheErpHasIsAddedOrLinked() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem one = offered("contact-1");
    QueueItem two = offered("contact-2");

    assertThat(approvals.importNow(approver, one.id(), one.version()).state())
        .isEqualTo("imported");
    assertThat(approvals.link(approver, two.id(), two.version(), 77).state()).isEqualTo("imported");
    assertThat(pipeline.imported).containsExactly("add contact-1", "link contact-2 to 77");
    assertThat(refused(() -> approvals.importNow(approver, one.id(), now(one).version())))
        .isEqualTo("move.not");
  }

  /** Procore's door: decided there; only a retry is ours. */
  @Test
  void recordsOfProcoresDoorAreDecidedThere() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem item = accept(approver, invoice(5, "1200.00"));
    failed(item, "no such account");
    sql.update("update queue_item set door = 'procore'");

    QueueItem failed = now(item);
    assertThat(refused(() -> approvals.reject(approver, item.id(), failed.version(), "no")))
        .isEqualTo("door.procore");
    assertThat(approvals.retry(approver, item.id(), failed.version()).state())
        .isEqualTo("exporting");
  }

  /** A mail that cannot be prepared undoes no decision. */
  @Test
  void whoeverIsToldMayFail() {
    Approvals deaf =
        new Approvals(
            ledger,
            c -> settings.policy(),
            pipeline,
            pipeline,
            told -> {
              throw new IllegalStateException("no mail today");
            });
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");

    assertThat(deaf.reject(approver, sent.id(), sent.version(), "no").state())
        .isEqualTo("rejected");
    assertThat(now(sent).state()).isEqualTo("rejected");
  }

  /** When staging fails, nothing was decided. */
  @Test
  void aDecisionIsOneTransaction() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = approvals.compose(invoice(5, "1200.00").id());
    sql.execute("alter table work_item add constraint none check (procore_id <> 5)");
    try {
      assertThat(catchThrowableOfType(RuntimeException.class, () -> accept(approver, sent)))
          .isNotNull();
    } finally {
      sql.execute("alter table work_item drop constraint none");
    }
    assertThat(now(sent).state()).isEqualTo("ready_to_export");
    assertThat(ledger.audit().newest(1)).noneMatch(entry -> entry.action().equals("accept"));
    assertThat(Money.of("1200.00")).isEqualTo(sent.about().amount());
  }

  private QueueItem offered(String key) {
    long id =
        ledger
            .queueItems()
            .add(
                List.of(
                    new QueueReading(
                        NORTH, "company", "vendor", null, key, about("ACME", null, "c1"))),
                "ready_to_import",
                "node-a")
            .get(0);
    return ledger.queueItems().find(id).orElseThrow();
  }
}
