package io.tieback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.approval.QueueState;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The lists of the queue, and taking in what was read (GEN-Q-01). */
class QueueItemsTest extends LedgerTest {

  private static final ConnectionId SOUTH = new ConnectionId("south");

  static QueueItem.About about(String number) {
    return new QueueItem.About(
        number,
        "Concrete works",
        "Béton Frères",
        11L,
        "North Tower",
        22L,
        33L,
        Money.of("1250.50"),
        "USD",
        LocalDate.of(2026, 3, 4),
        "approved",
        Instant.parse("2026-03-05T10:00:00Z"),
        "Pat Manager",
        "pat@builder.example",
        "{\"id\": 5}",
        "digest-1",
        "[]");
  }

  @Test
  void whatWasReadIsFoundAgainAsItWas() {
    long id = add(NORTH, "invoice", "requisition", 5, about("R-5"), "not_sent");

    QueueItem item = ledger.queueItems().find(NORTH, "requisition", 5).orElseThrow();
    assertThat(item.id()).isEqualTo(id);
    assertThat(item.about()).isEqualTo(about("R-5"));
    assertThat(item.door()).isEqualTo(QueueItem.TIEBACK);
    assertThat(item.version()).isEqualTo(1);
    assertThat(item.isImport()).isFalse();
    assertThat(ledger.queueItems().find(id)).contains(item);
    assertThat(ledger.queueItems().find(SOUTH, "requisition", 5)).isEmpty();
    assertThat(ledger.queueItems().history(id))
        .extracting(QueueItems.Step::action, QueueItems.Step::to)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("read", "not_sent"));
  }

  @Test
  void otherFiguresForgetHowItWasShownAndWhoAcceptedItFirst() {
    long user =
        ledger.users().create(new User.Draft("a@b.example", "A", "approver", "en", null), "cli");
    long id = add(NORTH, "invoice", "requisition", 5, about("R-5"), "ready_to_export");
    QueueItem item = ledger.queueItems().find(id).orElseThrow();
    assertThat(
            ledger
                .queueItems()
                .composed(item, "{\"a\":1}", "shown-1", "[]", Money.of("9"), "EUR", "X"))
        .isTrue();
    ledger
        .queueMoves()
        .firstAccepted(
            new QueueMoves.Move(
                id, item.version(), "accept_first", "ready_to_export", "a@b.example", null),
            new QueueMoves.Acceptance(user, user, "A", "shown-1", "{}"));
    QueueItem shown = ledger.queueItems().find(id).orElseThrow();
    assertThat(shown.shown().digest()).isEqualTo("shown-1");
    assertThat(shown.about().amount()).as("Procore's amount stays").isEqualTo(Money.of("1250.50"));
    assertThat(shown.way().firstAcceptedBy()).isEqualTo(user);

    QueueItem.About same = about("R-5b");
    ledger.queueItems().refresh(id, same);
    assertThat(ledger.queueItems().find(id).orElseThrow().shown().digest()).isEqualTo("shown-1");
    ledger.queueItems().refresh(id, withDigest(same, "digest-2"));
    QueueItem other = ledger.queueItems().find(id).orElseThrow();
    assertThat(other.shown().digest()).isNull();
    assertThat(other.way().firstAcceptedBy()).isNull();
    assertThat(other.version()).isEqualTo(4);
    assertThat(ledger.queueItems().composed(item, null, "late", "[]", null, null, null))
        .as("composed from figures that are gone")
        .isFalse();
  }

  @Test
  void aMoveIsMadeOnceAndOnlyOnTheVersionThatWasShown() {
    long id = add(NORTH, "invoice", "requisition", 5, about("R-5"), "ready_to_export");
    QueueMoves.Move reject = new QueueMoves.Move(id, 1, "reject", "rejected", "a@b.example", "no");

    QueueItem rejected = ledger.queueMoves().rejected(reject, "no", "A").orElseThrow();
    assertThat(rejected.state()).isEqualTo("rejected");
    assertThat(rejected.version()).isEqualTo(2);
    assertThat(rejected.way().comment()).isEqualTo("no");
    assertThat(ledger.queueMoves().rejected(reject, "no", "A")).isEmpty();
    assertThat(ledger.queueItems().history(id)).hasSize(2);
  }

  /** GEN-Q-01: the six lists, which the database and the program know alike. */
  @Test
  void eachStateIsInItsList() {
    long record = 100;
    for (QueueState state : QueueState.values()) {
      add(NORTH, "invoice", "requisition", record++, about("R"), state.word());
    }
    for (QueueState state : QueueState.values()) {
      String list =
          sql.queryForObject(
              "select list from queue_item where state = ?", String.class, state.word());
      assertThat(list)
          .as(state.word())
          .isEqualTo(state.list() == null ? null : state.list().name().toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void aListIsFilteredSortedAndPaged() {
    for (int i = 1; i <= 25; i++) {
      clock.advance(Duration.ofMinutes(1));
      add(
          NORTH,
          i % 5 == 0 ? "commitment" : "invoice",
          i % 5 == 0 ? "work_order_contract" : "requisition",
          i,
          withAmount(about("R-" + i), i + ".00"),
          "ready_to_export");
    }
    add(SOUTH, "invoice", "requisition", 1, about("S-1"), "ready_to_export");
    QueueFilter all = QueueFilter.ofList("ready_to_export");

    QueuePage first = page(all, QueuePage.Sort.SINCE, false, 10, 0);
    assertThat(first.total()).isEqualTo(26);
    assertThat(first.more()).isFalse();
    assertThat(first.rows()).hasSize(10);
    assertThat(first.rows().get(0).number()).isEqualTo("S-1");
    assertThat(page(all, QueuePage.Sort.SINCE, true, 10, 20).rows()).hasSize(6);
    assertThat(
            page(all.of(NORTH), QueuePage.Sort.AMOUNT, false, 2, 0).rows().stream()
                .map(QueuePage.Row::number))
        .containsExactly("R-25", "R-24");
    assertThat(page(all.ofKind("commitment"), QueuePage.Sort.NUMBER, true, 50, 0).total())
        .isEqualTo(5);
    QueueFilter amounts =
        new QueueFilter(
            "ready_to_export",
            List.of(),
            NORTH,
            null,
            11L,
            Money.of("3"),
            Money.of("5"),
            null,
            null,
            null);
    assertThat(page(amounts, QueuePage.Sort.AMOUNT, true, 50, 0).rows())
        .extracting(QueuePage.Row::number)
        .containsExactly("R-3", "R-4", "R-5");
    QueueFilter old =
        new QueueFilter(
            null,
            List.of("ready_to_export"),
            null,
            null,
            null,
            null,
            null,
            null,
            clock.instant().minus(Duration.ofMinutes(22)),
            null);
    assertThat(page(old, QueuePage.Sort.SINCE, true, 50, 0).rows())
        .extracting(QueuePage.Row::number)
        .containsExactly("R-1", "R-2");
    assertThat(ledger.queueItems().oldest(all)).contains(first(all).stateSince());
    for (QueuePage.Sort sort : QueuePage.Sort.values()) {
      assertThat(page(all, sort, true, 50, 0).rows()).hasSize(26);
    }
    assertThatThrownBy(() -> page(all, QueuePage.Sort.SINCE, true, 501, 0))
        .hasMessageContaining("1 to 500 rows");
  }

  @Test
  void wordsAreFoundByTheirBeginningsWhateverTheirSignsAndAccents() {
    add(NORTH, "invoice", "requisition", 4711, about("SC-007/2"), "ready_to_export");
    add(NORTH, "invoice", "requisition", 4712, about("SC-008"), "synced");

    for (String words :
        List.of("007", "sc-007", "beton", "Bét fre", "tower", "4711 conc", "SC-007/2", "'tow'")) {
      assertThat(found(words)).as(words).contains("SC-007/2");
    }
    assertThat(found("sc 00")).containsExactlyInAnyOrder("SC-007/2", "SC-008");
    assertThat(found("008")).containsExactly("SC-008");
    for (String words : List.of("tunnel", "ower", "007 tunnel")) {
      assertThat(found(words)).as(words).isEmpty();
    }
    for (String words :
        List.of("& | ! ( ) : * ' \\", "--", "   ", "a'); drop table queue_item;--")) {
      found(words);
    }
  }

  @Test
  void countsAndProjectsAreToldForEachConnection() {
    add(NORTH, "invoice", "requisition", 1, about("R-1"), "ready_to_export");
    add(NORTH, "invoice", "requisition", 2, about("R-2"), "exporting");
    add(NORTH, "invoice", "requisition", 3, about("R-3"), "exporting");
    add(SOUTH, "invoice", "requisition", 3, about("R-3"), "not_sent");

    assertThat(ledger.queueItems().counts())
        .containsExactly(
            new QueueItems.Count(NORTH, "invoice", "exporting", "ready_to_export", 2),
            new QueueItems.Count(NORTH, "invoice", "ready_to_export", "ready_to_export", 1),
            new QueueItems.Count(SOUTH, "invoice", "not_sent", null, 1));
    assertThat(ledger.queueItems().projects())
        .containsExactly(
            new QueueItems.Project(NORTH, 11, "North Tower"),
            new QueueItems.Project(SOUTH, 11, "North Tower"));
  }

  @Test
  void whatTheErpOffersIsFoundByItsKey() {
    QueueReading offer =
        new QueueReading(NORTH, "company", "vendor", null, "contact-9", about("ACME"));
    long id = ledger.queueItems().add(List.of(offer), "ready_to_import", "node-a").get(0);

    assertThat(ledger.queueItems().findImport(NORTH, "vendor", "contact-9").orElseThrow().id())
        .isEqualTo(id);
    assertThat(ledger.queueItems().holdAll(List.of(offer)))
        .extracting(QueueItem::id)
        .containsExactly(id);
    assertThatThrownBy(
            () -> new QueueReading(NORTH, "company", "vendor", null, null, about("ACME")))
        .hasMessageContaining("without an id of Procore or a key of the ERP");
  }

  // ---- parts

  private long add(
      ConnectionId connection,
      String kind,
      String entity,
      long record,
      QueueItem.About about,
      String state) {
    return ledger
        .queueItems()
        .add(
            List.of(new QueueReading(connection, kind, entity, record, null, about)),
            state,
            "node-a")
        .get(0);
  }

  private QueuePage page(
      QueueFilter filter, QueuePage.Sort sort, boolean ascending, int size, int offset) {
    return ledger.queueItems().page(filter, sort, ascending, size, offset);
  }

  private QueuePage.Row first(QueueFilter filter) {
    return page(filter, QueuePage.Sort.SINCE, true, 1, 0).rows().get(0);
  }

  private List<String> found(String words) {
    return page(
            QueueFilter.ofStates("ready_to_export", "synced").withText(words),
            QueuePage.Sort.NUMBER,
            true,
            50,
            0)
        .rows()
        .stream()
        .map(QueuePage.Row::number)
        .toList();
  }

  private static QueueItem.About withAmount(QueueItem.About a, String amount) {
    return new QueueItem.About(
        a.number(),
        a.title(),
        a.party(),
        a.projectId(),
        a.projectName(),
        a.commitmentId(),
        a.vendorId(),
        Money.of(amount),
        a.currency(),
        a.date(),
        a.procoreStatus(),
        a.procoreUpdated(),
        a.createdByName(),
        a.createdByMail(),
        a.event(),
        a.sourceDigest(),
        a.findings());
  }

  static QueueItem.About withDigest(QueueItem.About a, String digest) {
    return new QueueItem.About(
        a.number(),
        a.title(),
        a.party(),
        a.projectId(),
        a.projectName(),
        a.commitmentId(),
        a.vendorId(),
        a.amount(),
        a.currency(),
        a.date(),
        a.procoreStatus(),
        a.procoreUpdated(),
        a.createdByName(),
        a.createdByMail(),
        a.event(),
        digest,
        a.findings());
  }
}
