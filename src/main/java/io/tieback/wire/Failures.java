package io.tieback.wire;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The one place that classifies what a service answered (design section 7). Services differ in
 * their words, which the caller gives, and in one fact: whether a write that got 503 was surely not
 * carried out.
 */
public final class Failures {

  /**
   * Longest wait that an answer can ask for: the longest window of any service is an hour, and a
   * mistaken clock must not stop us for days.
   */
  public static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

  /** What a service promises about a write that it answered with 503 and {@code Retry-After}. */
  public enum UnavailableWrite {
    /** It promises nothing: the write may have been carried out. */
    UNKNOWN,
    /** It documents that such a write was not carried out. */
    NOT_CARRIED_OUT
  }

  private Failures() {}

  /**
   * Classifies an answer with the system's clock and nothing promised about 503.
   *
   * @see #of(HttpCall, HttpAnswer, String, String, UnavailableWrite, Clock)
   */
  public static Failure of(HttpCall call, HttpAnswer answer, String serviceWords, String remedy) {
    return of(call, answer, serviceWords, remedy, UnavailableWrite.UNKNOWN, Clock.systemUTC());
  }

  /**
   * Classifies an answer whose status is not 2xx.
   *
   * <p>401 and 403 are CREDENTIALS, 409 is CONFLICT, 429 is THROTTLED, 408 and 5xx are TRANSIENT
   * for a read and UNKNOWN for a write, 503 with {@code Retry-After} is THROTTLED where nothing was
   * carried out, anything else is REFUSED.
   *
   * @param call what was sent
   * @param answer what came back
   * @param serviceWords the service's own words from its answer; blank when it had none
   * @param remedy what a person can do; blank when nothing is asked of them
   * @param unavailableWrite what the service promises about a write that got 503
   * @param clock to turn a point in time into a wait
   */
  public static Failure of(
      HttpCall call,
      HttpAnswer answer,
      String serviceWords,
      String remedy,
      UnavailableWrite unavailableWrite,
      Clock clock) {
    if (answer.ok()) {
      throw new IllegalArgumentException(
          call + " was answered with " + answer.status() + ", which is no failure");
    }
    Duration wait = askedToWait(answer, clock.instant()).orElse(null);
    FailureKind kind = kind(call, answer.status(), wait != null, unavailableWrite);
    String words =
        serviceWords == null || serviceWords.isBlank()
            ? "no explanation"
            : Redaction.text(serviceWords.strip());
    String message = call + " answered " + answer.status() + ": " + words;
    if (kind == FailureKind.UNKNOWN) {
      message += "; whether it was carried out is unknown";
    }
    return new Failure(
        kind, answer.status(), message, remedy, kind == FailureKind.THROTTLED ? wait : null, null);
  }

  /**
   * An answer with a status of success whose body cannot be read: a write may well have been
   * carried out.
   */
  public static Failure unreadable(HttpCall call, HttpAnswer answer, String why) {
    FailureKind kind = call.writes() ? FailureKind.UNKNOWN : FailureKind.TRANSIENT;
    return new Failure(
        kind,
        answer.status(),
        call
            + " answered "
            + answer.status()
            + " with a body that cannot be read: "
            + Redaction.text(why),
        "",
        null,
        null);
  }

  private static FailureKind kind(
      HttpCall call, int status, boolean waitGiven, UnavailableWrite unavailableWrite) {
    boolean nothingDone = !call.writes() || unavailableWrite == UnavailableWrite.NOT_CARRIED_OUT;
    if (status == 503 && waitGiven && nothingDone) {
      return FailureKind.THROTTLED;
    }
    return kindOf(status, call.writes());
  }

  /**
   * The kind that a status alone means, for a service that promises nothing more.
   *
   * @param status outside 200 to 299
   * @param write whether the call could have changed something
   */
  public static FailureKind kindOf(int status, boolean write) {
    if (status == 408 || status >= 500) {
      return write ? FailureKind.UNKNOWN : FailureKind.TRANSIENT;
    }
    return switch (status) {
      case 401, 403 -> FailureKind.CREDENTIALS;
      case 409 -> FailureKind.CONFLICT;
      case 429 -> FailureKind.THROTTLED;
      default -> FailureKind.REFUSED;
    };
  }

  /**
   * How long the service asks to wait: {@code Retry-After} in seconds or as a date, else {@code
   * X-Rate-Limit-Reset} in unix seconds where that was the limit met. Never negative, never above
   * {@link #LONGEST_WAIT}.
   */
  public static Optional<Duration> askedToWait(HttpAnswer answer, Instant now) {
    Optional<Duration> wait = answer.header("retry-after").flatMap(text -> retryAfter(text, now));
    if (wait.isEmpty() && answer.status() == 429) {
      wait =
          answer
              .header("x-rate-limit-reset")
              .flatMap(text -> whole(text))
              .map(seconds -> Duration.between(now, Instant.ofEpochSecond(seconds)));
    }
    return wait.map(Failures::bounded);
  }

  /**
   * A service's text as a person reads it: without markup, in one line, and cut where nobody reads
   * on, saying so.
   *
   * @param longest most characters that are kept
   */
  public static String readable(String text, int longest) {
    String plain =
        text.replaceAll("(?s)<(script|style).*?</\\1>", " ")
            .replaceAll("<[^>]*>", " ")
            .replaceAll("\\s+", " ")
            .strip();
    return cut(plain, longest);
  }

  /** The text, cut after so many characters, saying so. */
  public static String cut(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, longest) + " ... (" + text.length() + " characters in all)";
  }

  private static Optional<Duration> retryAfter(String text, Instant now) {
    Optional<Duration> seconds = whole(text).map(Duration::ofSeconds);
    if (seconds.isPresent()) {
      return seconds;
    }
    try {
      return Optional.of(Duration.between(now, Instant.from(HTTP_DATE.parse(text.strip()))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> whole(String text) {
    String digits = text.strip();
    return digits.matches("\\d{1,12}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
