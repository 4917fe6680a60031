package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Failures;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import io.tieback.wire.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns an answer of Xero that is not a success into a failure with Xero's words and our remedy
 * (Xero reference sections 2.5, 3.1 to 3.3). What kind it is, {@link Failures} decides as for every
 * service.
 */
final class XeroFailures {

  static final String CONNECT = "run ./tieback connect xero";

  private static final int LONGEST_WORDS = 600;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  // Xero says "try again in about five minutes" for an organisation that is offline, without a
  // header.
  private static final Duration OFFLINE = Duration.ofMinutes(5);
  // The day's window ends at a moment of its own per organisation; without Retry-After we ask again
  // each hour.
  private static final Duration DAY_UNTOLD = Duration.ofHours(1);

  private XeroFailures() {}

  /**
   * The failure that an answer means.
   *
   * @param answer an answer outside 200 to 299
   * @param write whether the request could have changed something
   * @param doing what was being done, such as {@code writing bills}
   */
  static Failure of(HttpAnswer answer, boolean write, String doing) {
    if (answer.status() == 429) {
      return throttled(answer, doing);
    }
    FailureKind kind = Failures.kindOf(answer.status(), write);
    boolean passes = kind == FailureKind.UNKNOWN || kind == FailureKind.TRANSIENT;
    Duration wait = passes ? (isOffline(answer) ? OFFLINE : retryAfter(answer)) : null;
    String words = "Xero answered " + answer.status() + " while " + doing + ": " + words(answer);
    return failure(kind, answer, words, remedy(answer.status(), write), wait);
  }

  private static String remedy(int status, boolean write) {
    return switch (status) {
      case 401 -> "If this goes on, " + CONNECT + ".";
      case 403 ->
          "The sign-in no longer reaches this organisation, or lacks a right: "
              + CONNECT
              + " as a user who may approve bills, with the scopes of the configuration.";
      case 404 ->
          write
              ? "A document names something that this organisation does not have, most often the"
                  + " supplier: check its link."
              : "Check the link: Xero does not have it.";
      // Bad input can answer 500 too: a tracking category that does not exist, a blank at the end
      // of
      // an option's name.
      case 500 -> "If it repeats for one document, check its project and tracking option in Xero.";
      default -> status >= 500 || status == 408 ? "" : "Correct what Xero names, then replay.";
    };
  }

  /** Xero's messages about a document, and what a person can do where they do not say so. */
  static List<String> withRemedy(List<String> messages) {
    if (messages.stream().noneMatch(m -> m.toLowerCase(Locale.ROOT).contains("archived contact"))) {
      return messages;
    }
    List<String> all = new ArrayList<>(messages);
    all.add(
        "The supplier is archived in Xero. Restore it there (Contacts, Archived, Restore) and"
            + " replay, or unlink the company, link it to the supplier that took its place"
            + " ('./tieback companies') and replay (XR-COY-02)");
    return all;
  }

  private static Failure throttled(HttpAnswer answer, String doing) {
    String problem = problem(answer);
    Duration told = retryAfter(answer);
    Duration wait =
        told != null
            ? told
            : switch (problem) {
              case "day" -> DAY_UNTOLD;
              case "concurrent" -> Duration.ofSeconds(1);
              default -> MINUTE;
            };
    String words =
        "Xero's "
            + problem
            + " limit was met while "
            + doing
            + "; next call in "
            + wait.toSeconds()
            + " s";
    String remedy =
        problem.equals("day")
            ? "The day's calls of this organisation are used up; it goes on by itself."
            : "";
    return failure(FailureKind.THROTTLED, answer, words, remedy, wait);
  }

  // Only "minute" was ever recorded; the other spellings are matched by how they begin, and the
  // counters decide when the header is missing.
  private static String problem(HttpAnswer answer) {
    String said = answer.header("x-rate-limit-problem").orElse("").trim().toLowerCase(Locale.ROOT);
    for (String known : List.of("minute", "day", "appminute", "concurrent")) {
      if (said.startsWith(known)) {
        return known;
      }
    }
    if (said.startsWith("app")) {
      return "appminute";
    }
    if (isUsedUp(answer, "x-daylimit-remaining")) {
      return "day";
    }
    if (isUsedUp(answer, "x-minlimit-remaining")) {
      return "minute";
    }
    if (isUsedUp(answer, "x-appminlimit-remaining")) {
      return "appminute";
    }
    return retryAfter(answer) == null ? "concurrent" : "minute";
  }

  private static boolean isUsedUp(HttpAnswer answer, String header) {
    return answer.header(header).map(String::trim).filter("0"::equals).isPresent();
  }

  /** How long Xero asks to wait, or null when it does not say. */
  private static Duration retryAfter(HttpAnswer answer) {
    return Failures.askedToWait(answer, Clock.systemUTC().instant()).orElse(null);
  }

  private static boolean isOffline(HttpAnswer answer) {
    return answer.status() == 503 && answer.text().toLowerCase(Locale.ROOT).contains("offline");
  }

  /**
   * Xero's own words: the messages of an error body, of a problem object, of the token endpoint, or
   * the text itself; without secrets and long runs of digits.
   */
  static String words(HttpAnswer answer) {
    if (answer.body().length == 0) {
      return "(no text)";
    }
    try {
      JsonNode body = Json.read(answer.body());
      List<String> found = new ArrayList<>();
      for (String field : List.of("Message", "Title", "Detail", "error", "error_description")) {
        String value = XeroJson.text(body, field);
        if (value != null) {
          found.add(value);
        }
      }
      found.addAll(XeroJson.validationErrors(body));
      return clean(found.isEmpty() ? answer.text() : String.join("; ", found));
    } catch (JsonProcessingException e) {
      return clean(answer.text());
    }
  }

  private static String clean(String words) {
    return Redaction.text(Failures.readable(words, LONGEST_WORDS));
  }

  private static Failure failure(
      FailureKind kind, HttpAnswer answer, String words, String remedy, Duration wait) {
    return new Failure(kind, answer.status(), words, remedy, wait, null);
  }
}
