package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What changed, within and beyond what change data capture gives. */
class QuickBooksChangesTest {

  private static final Instant NOW = ScriptedRealm.NOW;
  private static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));

  private final ScriptedRealm realm = new ScriptedRealm();
  private final Listing company = new Listing();
  private final Map<String, String> bills = new LinkedHashMap<>();
  private final Map<String, String> purchases = new LinkedHashMap<>();

  @AfterEach
  void tearDown() {
    realm.close();
  }

  private static String cursor(Instant asOf) {
    return "{\"asOf\":\"" + asOf + "\"}";
  }

  private QuickBooksChanges.Reading read(String cursor) {
    realm.script(company);
    bills.clear();
    purchases.clear();
    return new QuickBooksChanges(realm.calls(), realm.clock)
        .read(
            cursor,
            List.of(
                new QuickBooksChanges.Source("Bill", true, record -> take(bills, record)),
                new QuickBooksChanges.Source("Purchase", false, record -> take(purchases, record))),
            "reading");
  }

  private static void take(Map<String, String> into, JsonNode record) {
    into.put(
        record.path("Id").asText(),
        QuickBooksChanges.isDeleted(record) ? "deleted" : record.path("DocNumber").asText());
  }

  private List<String> asked() {
    return realm.asked().stream()
        .map(one -> one.path().endsWith("/cdc") ? one.query().get("entities") : "query")
        .toList();
  }

  private void many(String entity, int first, int count) {
    IntStream.range(first, first + count)
        .forEach(id -> company.with(entity, "{`Id`:`" + id + "`,`DocNumber`:`N" + id + "`}"));
  }

  @Test
  @DisplayName("QBO-API-02: one call tells of all entities what changed and what was deleted")
  void oneCallTellsOfAllWhatChangedAndWhatWasDeleted() {
    company.at(NOW.minus(Duration.ofDays(2)));
    many("Bill", 1, 3);
    company.at(NOW).with("Bill", "{`Id`:`2`,`DocNumber`:`other`}").without("Bill", "3");
    company.with("Purchase", "{`Id`:`9`,`DocNumber`:`cheque`}");
    QuickBooksChanges.Reading reading = read(cursor(AN_HOUR_AGO));
    assertThat(bills).containsExactly(Map.entry("2", "other"), Map.entry("3", "deleted"));
    assertThat(purchases).containsExactly(Map.entry("9", "cheque"));
    assertThat(reading.existing()).isEmpty();
    assertThat(reading.nextCursor()).isEqualTo(cursor(NOW));
    assertThat(asked()).containsExactly("Bill,Purchase");
    assertThat(realm.asked().get(0).query())
        .containsEntry("changedSince", "2026-11-22T08:50:00Z")
        .containsEntry("minorversion", "75");
  }

  @Test
  void theFirstReadingListsEverything() {
    many("Bill", 1, 2500);
    QuickBooksChanges.Reading reading = read(null);
    assertThat(bills).hasSize(2500);
    assertThat(reading.existing().get("Bill")).hasSize(2500);
    assertThat(reading.nextCursor()).isEqualTo(cursor(NOW));
    assertThat(asked()).hasSizeLessThanOrEqualTo(5).containsOnly("query");
  }

  @Test
  void nothingIsMissedWhenAThousandOfSeveralEntitiesChanged() {
    many("Bill", 1, 600);
    many("Purchase", 1, 700);
    company.without("Bill", "600");
    QuickBooksChanges.Reading reading = read(cursor(AN_HOUR_AGO));
    assertThat(bills).hasSize(600).containsEntry("600", "deleted");
    assertThat(purchases).hasSize(700);
    assertThat(reading.existing()).isEmpty();
    assertThat(asked()).containsExactly("Bill,Purchase", "Bill", "Purchase");
  }

  @Test
  void nothingIsMissedWhenMoreThanAThousandOfOneEntityChanged() {
    company.at(NOW.minus(Duration.ofDays(3)));
    many("Bill", 5000, 500);
    company.at(NOW.minus(Duration.ofMinutes(30)));
    many("Bill", 1, 1700);
    company.without("Bill", "5001").without("Bill", "1700");
    company.with("Purchase", "{`Id`:`9`,`DocNumber`:`cheque`}");
    QuickBooksChanges.Reading reading = read(cursor(AN_HOUR_AGO));
    assertThat(bills).hasSize(1699).doesNotContainKeys("1700", "5000", "5001");
    assertThat(purchases).containsOnlyKeys("9");
    assertThat(reading.existing()).containsOnlyKeys("Bill");
    assertThat(reading.existing().get("Bill"))
        .hasSize(1699 + 499)
        .contains("5000", "1699")
        .doesNotContain("5001", "1700");
  }

  @Test
  void exactlyAThousandMayBeMore() {
    many("Bill", 1, 1000);
    assertThat(read(cursor(AN_HOUR_AGO)).existing()).containsOnlyKeys("Bill");
    assertThat(bills).hasSize(1000);
  }

  @Test
  void beyondThirtyDaysEverythingIsListedAndOnlyWhatChangedIsTaken() {
    company.at(NOW.minus(Duration.ofDays(200)));
    many("Bill", 1, 20);
    many("Purchase", 1, 20);
    company.at(NOW.minus(Duration.ofDays(35)));
    many("Bill", 30, 2);
    many("Purchase", 30, 3);
    company.at(NOW);
    QuickBooksChanges.Reading reading = read(cursor(NOW.minus(Duration.ofDays(40))));
    assertThat(bills).containsOnlyKeys("30", "31");
    assertThat(purchases).containsOnlyKeys("30", "31", "32");
    assertThat(reading.existing()).containsOnlyKeys("Bill");
    assertThat(reading.existing().get("Bill")).hasSize(22);
    assertThat(reading.nextCursor()).isEqualTo(cursor(NOW));
    assertThat(asked()).containsExactly("query", "query");
    assertThat(realm.asked().get(1).query().get("query"))
        .startsWith(
            "select * from Purchase where MetaData.LastUpdatedTime >= '2026-10-13T09:50:00Z'");
  }

  @Test
  void aCursorOfAnotherSystemIsRefusedWithTheRemedy() {
    assertThatThrownBy(() -> read("{\"payments\":\"2026-01-01T00:00:00Z\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remove it to read everything");
    assertThat(realm.asked()).isEmpty();
  }

  @Test
  void anAnswerThatIsNoneMovesNothing() {
    List<String> answers = new ArrayList<>();
    answers.add("{\"time\":\"2026-11-22T10:00:00Z\"}");
    answers.add("{\"CDCResponse\":[{\"QueryResponse\":[{}]}]}");
    answers.add(
        "{\"CDCResponse\":[{\"QueryResponse\":[{\"Fault\":{\"type\":\"SystemFault\"}}]}],"
            + "\"time\":\"2026-11-22T10:00:00Z\"}");
    for (String answer : answers) {
      realm.script(asked -> new ScriptedRealm.Reply(200, answer));
      assertThatThrownBy(
              () ->
                  new QuickBooksChanges(realm.calls(), realm.clock)
                      .read(
                          cursor(AN_HOUR_AGO),
                          List.of(new QuickBooksChanges.Source("Bill", true, record -> {})),
                          "reading"))
          .as(answer)
          .isInstanceOf(Failure.class);
    }
  }
}
