package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.UserRight;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Four eyes, limits, second approvers, standing in, and direct export. */
class AcceptanceTest extends ApprovalTest {

  @Test
  @DisplayName("GEN-PERM-21: by the user of Tieback, by Procore's user, and by either mail address")
  void whoeverSentItDoesNotAcceptIt() {
    Person owner = person("own@firm.example", Role.OWNER);
    Person byId = person("id@firm.example", Role.APPROVER);
    ledger.users().procoreUser(byId.id(), 901L, null, "cli");
    Person byMail = person("pat@builder.example", Role.APPROVER);
    Person byLogin = person("other@firm.example", Role.APPROVER);
    ledger.users().procoreUser(byLogin.id(), null, "Pat@Builder.example", "cli");
    Person another = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "1200.00");

    for (Person sender : List.of(fresh(byId), byMail, fresh(byLogin))) {
      assertThat(refused(() -> accept(sender, sent))).isEqualTo("accept.four_eyes");
      assertThat(approvals.refusal(sender, sent, Action.ACCEPT)).isPresent();
    }
    QueueItem back = approvals.retrieve(owner, sent.id(), sent.version());
    QueueItem again = approvals.resend(owner, sent.id(), back.version());
    assertThat(refused(() -> accept(owner, again))).isEqualTo("accept.four_eyes");
    assertThat(approvals.refusal(another, again, Action.ACCEPT)).isEmpty();
    assertThat(accept(another, again).state()).isEqualTo("exporting");

    settings.fourEyes = false;
    assertThat(accept(byMail, invoice(6, "1200.00")).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName(
      "GEN-PERM-21: when only Procore's id of the sender is known, an approver without one is"
          + " refused, and told that an administrator links them; not where four eyes is off")
  void whoCannotBeToldFromTheSenderIsRefused() {
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem sent = invoice(5, "10.00");
    sql.update("update queue_item set sent_by_mail = null, sent_by_name = null");
    assertThat(refused(() -> accept(ann, now(sent)))).isEqualTo("accept.four_eyes_unlinked");
    Refusal refusal = approvals.refusal(ann, now(sent), Action.ACCEPT).orElseThrow();
    assertThat(refusal.reason(Locale.ENGLISH)).contains("ann is not linked");
    assertThat(refusal.remedy(Locale.ENGLISH)).contains("An administrator links the user");

    settings.fourEyes = false;
    assertThat(approvals.refusal(ann, now(sent), Action.ACCEPT)).isEmpty();
    settings.fourEyes = true;
    ledger.users().procoreUser(ann.id(), 902L, null, "cli");
    assertThat(accept(fresh(ann), now(sent)).state()).isEqualTo("exporting");
  }

  @Test
  @DisplayName(
      "GEN-PERM-21: who created it in Procore, by Procore's id, does not accept what nobody is"
          + " known to have sent")
  void whoeverCreatedItDoesNotAcceptIt() {
    Person ann = person("ann@firm.example", Role.APPROVER);
    ledger.users().procoreUser(ann.id(), 901L, null, "cli");
    QueueItem sent = invoice(5, "10.00");
    sql.update(
        "update queue_item set sent_by_mail = null, sent_by_name = null, sent_by_procore_id = null,"
            + " created_by_procore_id = 901");
    assertThat(refused(() -> accept(fresh(ann), now(sent)))).isEqualTo("accept.four_eyes");
  }

  @Test
  @DisplayName(
      "GEN-PERM-21: an amount in another currency than the limits', or none, needs what the highest"
          + " amount needs, and says why")
  void whatNoLimitMeasuresNeedsTheHighest() {
    Person small = person("ann@firm.example", Role.APPROVER, "1000.00");
    Person first = person("bob@firm.example", Role.APPROVER);
    Person second = person("eve@firm.example", Role.APPROVER);
    settings.second = Money.of("10000.00");
    QueueItem foreign = invoice(5, "900.00");
    pipeline.composed.put(foreign.id(), in("900.00", "EUR", "USD"));
    assertThat(refused(() -> accept(small, foreign))).isEqualTo("accept.limit_currency");
    QueueItem half = accept(first, foreign);
    assertThat(half.state()).isEqualTo("ready_to_export");
    assertThat(ledger.queueItems().history(half.id()))
        .last()
        .satisfies(
            step ->
                assertThat(step.reason())
                    .contains("EUR 900.00 is in another currency than the limits (USD)"));
    assertThat(refused(() -> accept(first, half))).isEqualTo("accept.second_currency");
    assertThat(accept(second, half).state()).isEqualTo("exporting");

    QueueItem unknown = invoice(6, null);
    assertThat(refused(() -> accept(small, unknown))).isEqualTo("accept.limit_unknown");
    assertThat(accept(first, unknown).state()).isEqualTo("ready_to_export");

    QueueItem own = invoice(7, "900.00");
    pipeline.composed.put(own.id(), in("900.00", null, "USD"));
    assertThat(accept(small, own).state()).as("the company's own currency").isEqualTo("exporting");
    QueueItem project =
        read(RecordKind.PROJECT, "project", 11, about("P", null, "p1"), Intake.Sends.CORRECTED);
    assertThat(accept(small, project).state()).as("brings no money").isEqualTo("exporting");

    settings.direct = Set.of(RecordKind.COMMITMENT);
    pipeline.composed.clear();
    assertThat(commitment(22, "d1").state()).isEqualTo("exporting");
    QueueItem direct =
        read(RecordKind.COMMITMENT, "work_order_contract", 23, about("SC-23", null, "d1"));
    assertThat(direct.state()).as("nobody knows how much it is").isEqualTo("ready_to_export");
  }

  private static Composed in(String amount, String currency, String limits) {
    return new Composed(
        "{}", "d " + amount, List.of(), Money.of(amount), currency, null, limits, List.of());
  }

  @Test
  void theLimitOfThePersonIsKept() {
    Person small = person("ann@firm.example", Role.APPROVER, "1000.00");
    assertThat(accept(small, invoice(5, "1000.00")).state()).isEqualTo("exporting");
    assertThat(refused(() -> accept(small, invoice(6, "1000.01")))).isEqualTo("accept.limit");
    assertThat(refused(() -> accept(small, invoice(7, "-1000.01")))).isEqualTo("accept.limit");
    QueueItem shown = invoice(8, "10.00");
    pipeline.composed.put(
        shown.id(), new Composed("{}", "d", List.of(), Money.of("5000.00"), "USD", null));
    assertThat(refused(() -> accept(small, shown)))
        .as("what is written counts, not what Procore shows")
        .isEqualTo("accept.limit");
  }

  @Test
  void aboveAnAmountTwoDifferentPeopleAccept() {
    settings.second = Money.of("10000.00");
    Person first = person("ann@firm.example", Role.APPROVER);
    Person second = person("bob@firm.example", Role.APPROVER);
    assertThat(accept(first, invoice(4, "10000.00")).state()).isEqualTo("exporting");

    QueueItem half = accept(first, invoice(5, "10000.01"));
    assertThat(half.state()).isEqualTo("ready_to_export");
    assertThat(half.way().firstAcceptedBy()).isEqualTo(first.id());
    assertThat(half.workItemId()).isNull();
    assertThat(refused(() -> accept(first, half))).isEqualTo("accept.second");
    QueueItem whole = accept(second, half);
    assertThat(whole.state()).isEqualTo("exporting");
    assertThat(whole.way().firstAcceptedBy()).isEqualTo(first.id());
    assertThat(whole.way().acceptedBy()).isEqualTo(second.id());
    assertThat(steps(whole))
        .isEqualTo(
            "read:not_sent send:ready_to_export accept_first:ready_to_export accept:exporting");
    assertThat(ledger.audit().newest(2))
        .extracting(entry -> entry.action() + " by " + entry.who())
        .containsExactly("accept by bob@firm.example", "accept_first by ann@firm.example");
  }

  /** What the first accepted is another thing by now: the second is the first to accept that. */
  @Test
  void twoAcceptancesOfDifferentThingsAreNotTwo() {
    settings.second = Money.of("10000.00");
    Person first = person("ann@firm.example", Role.APPROVER);
    Person second = person("bob@firm.example", Role.APPROVER);
    QueueItem half = accept(first, invoice(5, "20000.00"));
    pipeline.composed.put(half.id(), new Composed("{}", "remapped", List.of(), null, null, null));

    QueueItem stillHalf = accept(second, half);
    assertThat(stillHalf.state()).isEqualTo("ready_to_export");
    assertThat(stillHalf.way().firstAcceptedBy()).isEqualTo(second.id());

    read(RecordKind.INVOICE, "requisition", 5, about("R-5", "20000.00", "d2"));
    assertThat(now(half).way().firstAcceptedBy()).isNull();
  }

  /** Decides in the absent person's right and limit, in their own name; the trail names both. */
  @Test
  void whoeverStandsInDecidesUnderTheLimitOfTheAbsent() {
    Person absent = person("ann@firm.example", Role.APPROVER, "5000.00");
    Person here = person("bob@firm.example", Role.APPROVER, "100.00");
    LocalDate today = people.today();
    ledger
        .delegations()
        .create(absent.id(), here.id(), today, today.plusDays(1), "holidays", "ann@firm.example");
    assertThat(fresh(here).standsInFor()).extracting(Person::id).containsExactly(absent.id());

    QueueItem own = accept(fresh(here), invoice(4, "100.00"));
    assertThat(own.way().acceptedUnder()).isEqualTo(here.id());
    QueueItem lent = accept(fresh(here), invoice(5, "4000.00"));
    assertThat(lent.way().acceptedBy()).isEqualTo(here.id());
    assertThat(lent.way().acceptedUnder()).isEqualTo(absent.id());
    assertThat(ledger.audit().newest(1).get(0).detail())
        .contains("\"in the right of\": \"ann@firm.example\"");
    assertThat(refused(() -> accept(fresh(here), invoice(6, "5000.01")))).isEqualTo("accept.limit");

    clock.advance(Duration.ofDays(2));
    assertThat(fresh(here).standsInFor()).isEmpty();
    assertThat(refused(() -> accept(fresh(here), invoice(7, "4000.00")))).isEqualTo("accept.limit");
  }

  @Test
  @DisplayName("GEN-PERM-21: nobody accepts through another what they sent, or accepted first")
  void standingInIsNoWayRoundFourEyes() {
    settings.second = Money.of("10000.00");
    Person absent = person("ann@firm.example", Role.APPROVER);
    Person here = person("bob@firm.example", Role.VIEWER);
    LocalDate today = people.today();
    ledger
        .delegations()
        .create(absent.id(), here.id(), today, today, "holidays", "ann@firm.example");
    QueueItem back =
        approvals.retrieve(absent, invoice(5, "10.00").id(), now(invoice(5, "10.00")).version());
    QueueItem sent = approvals.resend(absent, back.id(), back.version());
    assertThat(refused(() -> accept(fresh(here), sent))).isEqualTo("accept.four_eyes");

    QueueItem half = accept(absent, invoice(6, "20000.00"));
    assertThat(refused(() -> accept(fresh(here), half))).isEqualTo("accept.second_by");
    assertThat(
            approvals
                .refusal(fresh(here), half, Action.ACCEPT)
                .orElseThrow()
                .reason(Locale.ENGLISH))
        .startsWith("ann accepted it first");
    assertThat(refused(() -> approvals.retrieve(fresh(here), half.id(), half.version())))
        .isEqualTo("permission.role");
  }

  @Test
  @DisplayName("GEN-PERM-21: whoever lent the right to the first is told who accepted it in it")
  void theFirstIsNamedToWhomeverTheyStoodInFor() {
    settings.second = Money.of("10000.00");
    Person absent = person("ann@firm.example", Role.APPROVER);
    Person here = person("bob@firm.example", Role.VIEWER);
    LocalDate today = people.today();
    ledger
        .delegations()
        .create(absent.id(), here.id(), today, today, "holidays", "ann@firm.example");
    QueueItem half = accept(fresh(here), invoice(6, "20000.00"));
    assertThat(refused(() -> accept(absent, half))).isEqualTo("accept.second_of");
    assertThat(approvals.refusal(absent, half, Action.ACCEPT).orElseThrow().reason(Locale.ENGLISH))
        .startsWith("bob accepted it first, in the right of ann");
  }

  @Test
  void rightsByKindBindDecisions() {
    Person approver = person("ann@firm.example", Role.APPROVER);
    ledger
        .userRights()
        .replace(approver.id(), List.of(new UserRight(NORTH, "commitment", false, true)), "cli");
    assertThat(refused(() -> accept(fresh(approver), invoice(5, "10.00"))))
        .isEqualTo("permission.right");
    assertThat(accept(fresh(approver), commitment(22, "d1")).state()).isEqualTo("exporting");
    assertThat(people.approvers(NORTH, RecordKind.INVOICE)).isEmpty();
    assertThat(people.approvers(NORTH, RecordKind.COMMITMENT))
        .extracting(Person::id)
        .containsExactly(approver.id());
  }

  @Test
  @DisplayName(
      "GEN-DEX-01, GEN-DEX-02: off by default; on, what is sent goes out, for its kind alone")
  void whatGoesOutDirectlyWaitsForNobody() {
    assertThat(invoice(4, "10.00").state()).isEqualTo("ready_to_export");
    settings.direct = Set.of(RecordKind.INVOICE);

    QueueItem out = invoice(5, "10.00");
    assertThat(out.state()).isEqualTo("exporting");
    assertThat(out.way().acceptedBy()).isNull();
    assertThat(out.way().decidedBy()).isEqualTo("direct export");
    assertThat(ledger.audit().newest(1).get(0).who()).isEqualTo("direct export");
    assertThat(ledger.audit().newest(1).get(0).detail()).contains("pat@builder.example");
    assertThat(commitment(22, "d1").state()).isEqualTo("ready_to_export");

    Person operator = person("oli@firm.example", Role.OPERATOR);
    QueueItem back =
        approvals.retrieve(operator, invoice(4, "10.00").id(), now(invoice(4, "10.00")).version());
    assertThat(approvals.resend(operator, back.id(), back.version()).state())
        .isEqualTo("exporting");
  }

  @Test
  @DisplayName("GEN-DEX-04: what lacks something waits for an approver all the same")
  void whatCannotGoOutDirectlyWaitsForAnApprover() {
    settings.direct = Set.of(RecordKind.INVOICE, RecordKind.COMMITMENT, RecordKind.PROJECT);
    settings.number = Set.of(RecordKind.COMMITMENT);
    settings.second = Money.of("10000.00");

    assertThat(commitment(22, "d1").state())
        .as("its number is missing")
        .isEqualTo("ready_to_export");
    assertThat(invoice(5, "20000.00").state()).as("needs two").isEqualTo("ready_to_export");
    assertThat(read(RecordKind.PROJECT, "project", 11, about("P", null, "p1")).state())
        .as("no kind that goes out directly")
        .isEqualTo("ready_to_export");
    assertThat(news).extracting(Told.News::action).containsOnly(Action.SEND);
  }

  @Test
  @DisplayName("GEN-DEX-06: what was synced directly is managed by approvers afterwards")
  void whatWentOutDirectlyIsManagedByApproversLater() {
    settings.direct = Set.of(RecordKind.INVOICE);
    QueueItem out = invoice(5, "10.00");
    written(out);
    settings.direct = Set.of();
    Person approver = person("ann@firm.example", Role.APPROVER);

    assertThat(approvals.unlink(approver, out.id(), now(out).version()).state())
        .isEqualTo("unlinked");
    assertThat(
            refused(
                () ->
                    approvals.accept(approver, out.id(), now(out).version(), "shown d1", Map.of())))
        .isEqualTo("move.not");
  }

  private Person fresh(Person person) {
    return people.byId(person.id()).orElseThrow();
  }
}
