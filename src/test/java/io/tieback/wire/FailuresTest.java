package io.tieback.wire;

import static io.tieback.wire.FailureKind.THROTTLED;
import static io.tieback.wire.FailureKind.TRANSIENT;
import static io.tieback.wire.FailureKind.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieback.wire.Failures.UnavailableWrite;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "400,REFUSED,REFUSED",
    "401,CREDENTIALS,CREDENTIALS",
    "403,CREDENTIALS,CREDENTIALS",
    "404,REFUSED,REFUSED",
    "406,REFUSED,REFUSED",
    "408,TRANSIENT,UNKNOWN",
    "409,CONFLICT,CONFLICT",
    "413,REFUSED,REFUSED",
    "422,REFUSED,REFUSED",
    "429,THROTTLED,THROTTLED",
    "302,REFUSED,REFUSED",
    "500,TRANSIENT,UNKNOWN",
    "502,TRANSIENT,UNKNOWN",
    "503,TRANSIENT,UNKNOWN",
    "504,TRANSIENT,UNKNOWN"
  })
  void classifiesByStatusAndByWhetherSomethingWasWritten(
      int status, FailureKind read, FailureKind write) {
    assertThat(failure("GET", status, Map.of()).kind()).isEqualTo(read);
    for (String verb : new String[] {"POST", "PUT", "PATCH", "DELETE"}) {
      assertThat(failure(verb, status, Map.of()).kind()).as(verb).isEqualTo(write);
    }
  }

  @Test
  void a503WithRetryAfterIsThrottledOnlyWhereNothingWasCarriedOut() {
    Map<String, String> headers = Map.of("retry-after", "7");
    assertThat(failure("GET", 503, headers).kind()).isEqualTo(THROTTLED);
    assertThat(failure("GET", 503, headers).retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure("POST", 503, headers).kind()).isEqualTo(UNKNOWN);
    Failure promised =
        Failures.of(
            call("POST"), answer(503, headers), "busy", "", UnavailableWrite.NOT_CARRIED_OUT, NOON);
    assertThat(promised.kind()).isEqualTo(THROTTLED);
  }

  @Test
  void waitsAsTheServiceSays() {
    assertThat(
            failure("PUT", 429, Map.of("retry-after", "30", "x-rate-limit-reset", "9999999999"))
                .retryAfter())
        .contains(Duration.ofSeconds(30));
    assertThat(
            failure(
                    "PUT",
                    429,
                    Map.of(
                        "x-rate-limit-reset", String.valueOf(NOON.instant().getEpochSecond() + 9)))
                .retryAfter())
        .contains(Duration.ofSeconds(9));
    assertThat(
            failure("PUT", 429, Map.of("retry-after", "Mon, 01 Jun 2026 12:02:00 GMT"))
                .retryAfter())
        .contains(Duration.ofMinutes(2));
    assertThat(failure("PUT", 429, Map.of("x-rate-limit-reset", "1")).retryAfter())
        .as("a point that is over")
        .contains(Duration.ZERO);
    assertThat(failure("PUT", 429, Map.of("retry-after", "999999999")).retryAfter())
        .contains(Failures.LONGEST_WAIT);
    assertThat(failure("PUT", 429, Map.of()).retryAfter()).isEmpty();
    assertThat(failure("PUT", 429, Map.of("retry-after", "soon")).retryAfter()).isEmpty();
  }

  @Test
  void tellsTheServicesWordsTheRemedyAndTheStatusButNoSecretAndNoQuery() {
    Failure failure =
        Failures.of(
            call("POST"),
            answer(422, Map.of()),
            "client_secret=abc123 has already been taken",
            "Choose another.");
    assertThat(failure)
        .hasMessage(
            "POST https://api.example.com/rest/v1.0/x answered 422: client_secret=*** has already"
                + " been taken");
    assertThat(failure.remedy()).isEqualTo("Choose another.");
    assertThat(failure.status()).isEqualTo(422);
    assertThat(failure("PATCH", 500, Map.of()))
        .hasMessageEndingWith("whether it was carried out is unknown");
  }

  @Test
  void anUnreadableSuccessLeavesAWriteUnknown() {
    HttpAnswer cut =
        new HttpAnswer(
            200, Map.of(), "{\"entities\":[{".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThatThrownBy(() -> Json.body(call("PATCH"), cut))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(UNKNOWN));
    assertThatThrownBy(() -> Json.body(call("GET"), cut))
        .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.kind()).isEqualTo(TRANSIENT));
  }

  @Test
  void aSuccessIsNoFailure() {
    assertThatThrownBy(() -> Failures.of(call("GET"), answer(200, Map.of()), "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Failure failure(String verb, int status, Map<String, String> headers) {
    return Failures.of(
        call(verb), answer(status, headers), "words", "remedy", UnavailableWrite.UNKNOWN, NOON);
  }

  private static HttpAnswer answer(int status, Map<String, String> headers) {
    return new HttpAnswer(status, headers, new byte[0]);
  }

  private static HttpCall call(String verb) {
    return new HttpCall(
        verb,
        URI.create("https://api.example.com/rest/v1.0/x?access_token=geheim"),
        Map.of(),
        null,
        Duration.ofSeconds(1));
  }
}
