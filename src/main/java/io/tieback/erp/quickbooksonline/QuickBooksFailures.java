package io.tieback.erp.quickbooksonline;

import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Failures;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Redaction;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Turns an answer of QuickBooks Online that is not a success into a failure with QuickBooks's words
 * and our remedy (reference section 11). An answer of 200 that carries a fault is one too. Every
 * message ends with the {@code intuit_tid} of the answer: Intuit's support asks for it.
 */
final class QuickBooksFailures {

  static final String CONNECT = "run ./tieback connect qbo";

  /** How long QuickBooks is left alone after it said that too much was asked (section 10). */
  static final Duration THROTTLED = Duration.ofSeconds(60);

  /** An object that is not there, or was made inactive. */
  static final String NOT_FOUND = "610";

  private static final int LONGEST_WORDS = 600;
  private static final String THROTTLE_CODE = "003001";

  private QuickBooksFailures() {}

  /**
   * The failure that an answer means.
   *
   * @param http an answer outside 200 to 299, or one that carries a fault
   * @param write whether the request could have changed something
   * @param doing what was being done, such as {@code writing bills}
   */
  static Failure of(HttpAnswer http, boolean write, String doing) {
    QuickBooksAnswer answer = QuickBooksAnswer.of(http);
    FailureKind kind = kind(answer, write);
    return new Failure(
        kind,
        http.status(),
        "QuickBooks Online answered "
            + http.status()
            + " while "
            + doing
            + ": "
            + words(answer)
            + (kind == FailureKind.UNKNOWN ? "; whether it was carried out is unknown" : "")
            + tid(http),
        remedy(answer, kind),
        kind == FailureKind.THROTTLED ? wait(http) : null,
        null);
  }

  /** The mark by which Intuit's support finds a call, in brackets; blank without one. */
  static String tid(HttpAnswer http) {
    return http.header("intuit_tid").map(tid -> " (intuit_tid " + tid.strip() + ")").orElse("");
  }

  private static FailureKind kind(QuickBooksAnswer answer, boolean write) {
    int status = answer.http().status();
    if (status == 429 || answer.has(THROTTLE_CODE)) {
      return FailureKind.THROTTLED;
    }
    if (!answer.http().ok() && status != 400) {
      return Failures.kindOf(status, write);
    }
    for (QuickBooksAnswer.Error error : answer.errors()) {
      FailureKind kind = ofCode(error.code());
      if (kind != null) {
        return kind;
      }
    }
    String type = answer.faultType() == null ? "" : answer.faultType().toLowerCase(Locale.ROOT);
    // Authentication and authorisation; the latter's name is misspelt in Intuit's schema.
    if (type.startsWith("auth")) {
      return FailureKind.CREDENTIALS;
    }
    if (type.startsWith("system") || serverCode(answer.errors())) {
      return write ? FailureKind.UNKNOWN : FailureKind.TRANSIENT;
    }
    return FailureKind.REFUSED;
  }

  private static FailureKind ofCode(String code) {
    return switch (code) {
      case "3200", "120", "6190" -> FailureKind.CREDENTIALS;
      case QuickBooksAnswer.STALE -> FailureKind.CONFLICT;
      // A query that cannot be read, and what our own bodies and paths can get wrong.
      case "4001", "500", "501" -> FailureKind.DEFECT;
      default -> null;
    };
  }

  private static boolean serverCode(List<QuickBooksAnswer.Error> errors) {
    return errors.stream().anyMatch(error -> error.code().matches("[1-9]\\d{4,}"));
  }

  /** What a person can do; by code, and for numbers by the words too (section 11). */
  private static String remedy(QuickBooksAnswer answer, FailureKind kind) {
    if (answer.numberTaken()) {
      return "Another document has this number: give the invoice another number in Procore, or link"
          + " it to the one that is there.";
    }
    for (QuickBooksAnswer.Error error : answer.errors()) {
      String remedy = remedyOf(error.code());
      if (remedy != null) {
        return remedy;
      }
    }
    return switch (kind) {
      case CREDENTIALS ->
          answer.http().status() == 401
              ? "If this goes on, " + CONNECT + "."
              : "The user who consented no longer reaches this company, or lacks a right: "
                  + CONNECT
                  + " as an administrator of the company.";
      case THROTTLED ->
          "It goes on by itself after a minute. If it does not, the calls of the month may be used"
              + " up: look at the app on developer.intuit.com.";
      case DEFECT -> "Report this answer of QuickBooks Online.";
      case TRANSIENT, UNKNOWN, CONFLICT -> "";
      case REFUSED -> "Correct what QuickBooks names, then replay.";
    };
  }

  /** What to do about a code, or null where only its words can tell. */
  static String remedyOf(String code) {
    return switch (code) {
      case "120" ->
          "The user who consented lost access to the company, or its edition lacks what was asked"
              + " for (QuickBooks Online Plus or Advanced, QBO-CFG-02): "
              + CONNECT
              + " as an administrator.";
      case "6190" ->
          "The company's QuickBooks subscription has ended or is not paid: renew it in QuickBooks;"
              + " Tieback goes on by itself.";
      case NOT_FOUND ->
          "What the document names is gone or was made inactive in QuickBooks: make it active"
              + " there, or correct the link, then replay.";
      case "2500" ->
          "The document names something that this company does not have: check the links of its"
              + " vendor, project and items, then replay.";
      case "6000", "6210" ->
          "QuickBooks's own rules forbid it, most often a closed period or a tax rule: an"
              + " accountant corrects what QuickBooks names, then replay.";
      case "6240" ->
          "A vendor, customer or employee has this name already: link the company to the vendor, or"
              + " give one of them another name.";
      case "6540" ->
          "It is linked to another transaction in QuickBooks: an accountant unlinks it there"
              + " first.";
      default -> null;
    };
  }

  private static Duration wait(HttpAnswer http) {
    Duration told = Failures.askedToWait(http, Clock.systemUTC().instant()).orElse(THROTTLED);
    return told.compareTo(THROTTLED) > 0 ? told : THROTTLED;
  }

  /** QuickBooks's own words, or the text itself; without secrets and long runs of digits. */
  private static String words(QuickBooksAnswer answer) {
    String words =
        answer.errors().isEmpty() ? answer.http().text() : String.join("; ", answer.words());
    return words.isBlank() ? "(no text)" : Redaction.text(Failures.readable(words, LONGEST_WORDS));
  }
}
