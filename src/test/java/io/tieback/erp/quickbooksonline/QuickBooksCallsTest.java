package io.tieback.erp.quickbooksonline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.quickbooksonline.ScriptedRealm.Reply;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What answers mean, and how lists are read. */
class QuickBooksCallsTest {

  private final ScriptedRealm realm = new ScriptedRealm();

  @AfterEach
  void stop() {
    realm.close();
    assertThat(realm.budget.open()).as("leaves not given back").isZero();
  }

  private static Failure meaning(
      int status, String type, String code, String message, boolean write) {
    Reply reply = Reply.fault(status, type, code, message, message);
    return QuickBooksFailures.of(
        new HttpAnswer(
            status, Map.of("intuit_tid", "1-xyz"), reply.body().getBytes(StandardCharsets.UTF_8)),
        write,
        "writing a bill");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          401, AuthenticationFault, 3200, token expired, CREDENTIALS
          400, ValidationFault, 120, Authorization Failure, CREDENTIALS
          400, ValidationFault, 6190, Subscription period has ended, CREDENTIALS
          400, AuthorizatonFault, 7, no, CREDENTIALS
          400, ValidationFault, 610, Object Not Found, REFUSED
          400, ValidationFault, 2020, Required param missing, REFUSED
          400, ValidationFault, 2500, Invalid Reference Id, REFUSED
          400, ValidationFault, 4001, cannot parse, DEFECT
          400, ValidationFault, 5010, Stale Object Error, CONFLICT
          400, ValidationFault, 6000, closed period, REFUSED
          400, ValidationFault, 6140, Duplicate Document Number Error, REFUSED
          400, ValidationFault, 6210, Account Period Closed, REFUSED
          400, ValidationFault, 6240, Duplicate Name Exists Error, REFUSED
          429, ValidationFault, 003001, ThrottleExceeded, THROTTLED
          200, ValidationFault, 003001, ThrottleExceeded, THROTTLED
          500, SystemFault, 10000, server, UNKNOWN
          200, SystemFault, 10000, server, UNKNOWN
          """)
  @DisplayName("QBO-API-01, QBO-API-03: what each code of QuickBooks means")
  void meansByItsCode(int status, String type, String code, String message, FailureKind kind) {
    Failure failure = meaning(status, type, code, message, true);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining(message)
        .hasMessageContaining("QuickBooks code " + code)
        .hasMessageContaining("intuit_tid 1-xyz");
    if (kind == FailureKind.UNKNOWN) {
      assertThat(meaning(status, type, code, message, false).kind())
          .isEqualTo(FailureKind.TRANSIENT);
    }
  }

  @Test
  @DisplayName("QBO-INV-04: a taken number is told by its code and its words")
  void tellsATakenNumberFromAClosedPeriod() {
    assertThat(meaning(400, "ValidationFault", "6210", "Duplicate Document Number", true).remedy())
        .contains("another number");
    assertThat(meaning(400, "ValidationFault", "6210", "Account Period Closed", true).remedy())
        .contains("closed period");
    assertThat(meaning(400, "ValidationFault", "6140", "Duplicate", true).remedy())
        .contains("another number");
  }

  @Test
  @DisplayName("QBO-API-03: after a refusal for too many calls nothing is asked for a minute")
  void waitsAMinuteWhenTooMuchWasAsked() {
    realm.script(asked -> new Reply(429, ""));
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> realm.calls().get("/query", Map.of("query", "x"), "reading"));
    assertThat(failure.kind()).isEqualTo(FailureKind.THROTTLED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(60));
    assertThat(realm.budget.blocked()).containsExactly(Duration.ofSeconds(60));
  }

  @Test
  void pinsTheVersionAndAsksForJson() {
    realm.calls().query("select * from Vendor", "Vendor", "reading vendors");
    assertThat(realm.asked())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.query()).containsEntry("minorversion", "75");
              assertThat(asked.path()).isEqualTo("/v3/company/9130/query");
            });
  }

  @Test
  void aFaultInASuccessIsAFailure() {
    realm.script(asked -> Reply.fault(200, "ValidationFault", "4001", "no such field", "x"));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> realm.calls().query("select x from Bill", "Bill", "reading bills"));
    assertThat(failure.kind()).isEqualTo(FailureKind.DEFECT);
    assertThat(failure).hasMessageContaining("no such field");
  }

  @Test
  void aHalfAnswerIsATransientFailureAndAnAbsentArrayIsNone() {
    realm.script(asked -> new Reply(200, "{\"QueryResponse\":{"));
    assertThat(
            catchThrowableOfType(
                    Failure.class,
                    () -> realm.calls().query("select * from Bill", "Bill", "reading"))
                .kind())
        .isEqualTo(FailureKind.TRANSIENT);
    realm.script(asked -> new Reply(200, "{\"QueryResponse\":{}}"));
    assertThat(realm.calls().query("select * from Bill", "Bill", "reading").records()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNone() {
    assertThat(realm.calls().read("Bill", "7", "reading")).isEmpty();
    String id = realm.enter("Bill", "{`DocNumber`:`1`,`Line`:[{`Amount`:1000.00}]}");
    JsonNode bill = realm.calls().read("Bill", id, "reading").orElseThrow();
    assertThat(bill.at("/Line/0/Amount").decimalValue().toPlainString()).isEqualTo("1000.00");
  }

  @Test
  void aListGoesOnWhereTheLastPageEndedInTime() {
    realm.script(
        asked -> {
          String statement = asked.query().get("query");
          boolean first = !statement.contains("LastUpdatedTime >=");
          return page(first ? 0 : 900, first ? 1000 : 200, first);
        });
    var reading =
        new QuickBooksPages(realm.calls())
            .read("Vendor", null, null, "reading vendors", QuickBooksJson::id);
    assertThat(reading.records()).hasSize(1100).doesNotHaveDuplicates();
    assertThat(realm.asked()).hasSize(2);
    assertThat(realm.asked().get(0).query().get("query"))
        .isEqualTo(
            "select * from Vendor orderby MetaData.LastUpdatedTime startposition 1 maxresults"
                + " 1000");
    assertThat(realm.asked().get(1).query().get("query"))
        .contains("MetaData.LastUpdatedTime >= '2026-11-01T08:16:39Z'")
        .contains("startposition 1 ");
  }

  /** Vendors one second apart. */
  private static Reply page(int from, int count, boolean timed) {
    var body = Json.object();
    var vendors = body.putObject("QueryResponse").putArray("Vendor");
    for (int i = from; i < from + count; i++) {
      vendors
          .addObject()
          .put("Id", String.valueOf(i))
          .putObject("MetaData")
          .put(
              "LastUpdatedTime",
              java.time.Instant.parse("2026-11-01T08:00:00Z").plusSeconds(i).toString());
    }
    return new Reply(200, Json.write(timed ? body.put("time", "2026-11-22T02:00:00-08:00") : body));
  }

  @Test
  void textsInQueriesAreQuoted() {
    assertThat(QuickBooksQuery.quoted("O'Hara \\ Sons")).isEqualTo("'O\\'Hara \\\\ Sons'");
  }
}
