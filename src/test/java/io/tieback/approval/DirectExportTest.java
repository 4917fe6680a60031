package io.tieback.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.Money;
import io.tieback.ledger.QueueItem;
import io.tieback.rules.Finding;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What direct export lets out, what it does not, and what the history says of it. */
class DirectExportTest extends ApprovalTest {

  private static final String CORRECTED = "{\"id\": 31, \"amount\": \"9999.00\"}";

  private QueueItem change(String digest, Finding... findings) {
    return read(
        RecordKind.CHANGE_ORDER, "change_order", 31, about("1", "1000.00", digest, findings));
  }

  private String lastReason(QueueItem item) {
    return ledger.queueItems().history(item.id()).stream()
        .reduce((before, last) -> last)
        .orElseThrow()
        .reason();
  }

  private QueueItem again(Person person, QueueItem item) {
    QueueItem back = approvals.retrieve(person, item.id(), now(item).version());
    return approvals.resend(person, item.id(), back.version());
  }

  @Test
  @DisplayName(
      "GEN-DEX-01, TB-ACC-01: what a person corrected is never let out by direct export, however"
          + " often it is taken back and sent, until Procore itself has other figures")
  void whatAPersonCorrectedNeedsAnApprover() {
    settings.direct = Set.of(RecordKind.CHANGE_ORDER);
    Person operator = person("olga@firm.example", Role.OPERATOR);
    Person owner = person("own@firm.example", Role.OWNER);
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem item = change("d1");
    assertThat(item.state()).isEqualTo("exporting");
    failed(item, "Account code must be specified");
    long letter = ledger.deadLetters().openFor(now(item).workItemId()).orElseThrow().id();
    ledger.replays().replay(letter, operator.email(), Optional.of(CORRECTED));
    assertThat(now(item).correction().who()).isEqualTo("olga@firm.example");
    assertThat(now(item).about().event()).as("Procore's own stays").doesNotContain("9999");
    approvals.returned(item.id(), "amount: 1000.00 accepted, 9999.00 now");

    QueueItem sent = again(owner, item);
    assertThat(sent.state()).isEqualTo("ready_to_export");
    assertThat(pipeline.exported).hasSize(1);
    assertThat(lastReason(item))
        .contains("does not go out directly", "corrected by olga@firm.example");
    // Also after it failed and was replayed as it was, and when the reading says the same.
    assertThat(change("d1").correction()).isNotNull();
    assertThat(again(owner, item).state()).isEqualTo("ready_to_export");
    assertThat(accept(ann, now(item)).state()).isEqualTo("exporting");
    assertThat(now(item).way().acceptedBy()).isEqualTo(ann.id());

    failed(item, "no");
    QueueItem other = change("d2");
    assertThat(other.correction()).as("Procore has other figures").isNull();
    assertThat(now(item).state()).isEqualTo("exporting");
    assertThat(now(item).way().acceptedBy()).as("sent directly").isNull();
  }

  @Test
  @DisplayName("GEN-DEX-04: what falls back to an approver says in its history why")
  void theHistorySaysWhyItWaits() {
    settings.direct = Set.of(RecordKind.CHANGE_ORDER);
    settings.second = Money.of("500.00");
    QueueItem item = change("d1");
    assertThat(item.state()).isEqualTo("ready_to_export");
    assertThat(lastReason(item)).contains("1000.00 is above 500.00");

    settings.second = null;
    Person owner = person("own@firm.example", Role.OWNER);
    pipeline.composed.put(
        item.id(), new Composed("{}", null, List.of(refusing("'Draft'")), null, null, null));
    assertThat(again(owner, item).state()).isEqualTo("ready_to_export");
    assertThat(lastReason(item)).contains("It cannot be written", "XR-INV-08", "Draft");
  }

  @Test
  @DisplayName(
      "Design 3: what waits says for what, cannot be accepted until then, and goes by itself when"
          + " it arrives and its kind goes out directly")
  void whatWaitsSaysForWhat() {
    Finding waits =
        new Finding(
            "XR-CCO-03",
            Finding.Severity.WAIT,
            "Contract company",
            "company 33 is not linked",
            "it must be linked to a vendor in Xero",
            "Link it.");
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem item = change("d1", waits);
    assertThat(item.state()).isEqualTo("ready_to_export");
    pipeline.composed.put(
        item.id(), new Composed("{}", null, List.of(waits), Money.of("1000.00"), "USD", null));
    assertThat(refused(() -> accept(ann, item))).isEqualTo("accept.waits");
    assertThat(
            approvals.refusal(ann, now(item), Action.ACCEPT).orElseThrow().reason(Locale.ENGLISH))
        .contains("it waits: ", "company 33 is not linked");

    settings.direct = Set.of(RecordKind.CHANGE_ORDER);
    pipeline.composed.clear();
    assertThat(change("d1").state()).isEqualTo("exporting");
    assertThat(now(item).way().acceptedBy()).isNull();
  }

  @Test
  @DisplayName("What forbids it is known before it is tried, and said with its reasons")
  void whatForbidsItIsSaid() {
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem item = invoice(5, "10.00");
    pipeline.composed.put(
        item.id(), new Composed("{}", null, List.of(), Money.of("10.00"), "USD", null));
    assertThat(refused(() -> accept(ann, item))).isEqualTo("accept.unread");
    pipeline.composed.put(
        item.id(), new Composed("{}", null, List.of(refusing("'Draft'")), null, null, null));
    assertThat(refused(() -> accept(ann, item))).isEqualTo("accept.findings");
    assertThat(approvals.refusal(ann, now(item), Action.ACCEPT).orElseThrow().reason(Locale.FRENCH))
        .contains("ne peut pas être écrit", "Draft");
  }

  @Test
  @DisplayName("GEN-Q-05: an accounting date outside of 1990 to 2099 is refused with the limit")
  void theAccountingDateHasLimits() {
    Person ann = person("ann@firm.example", Role.APPROVER);
    QueueItem item = approvals.compose(invoice(5, "10.00").id());
    for (String given : List.of("0001-01-01", "1989-12-31", "2100-01-01", "tomorrow")) {
      assertThat(
              refused(
                  () ->
                      approvals.accept(
                          ann,
                          item.id(),
                          item.version(),
                          item.shown().digest(),
                          Map.of(Extra.ACCOUNTING_DATE, given))))
          .isEqualTo("accept.date");
    }
    assertThat(now(item).way().extra()).doesNotContain("0001");
    assertThat(
            Refusal.of("accept.date", "x", Extra.FIRST_DAY, Extra.LAST_DAY).reason(Locale.ENGLISH))
        .contains("from 1990-01-01 to 2099-12-31");
  }
}
