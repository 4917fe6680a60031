package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Failures;
import io.tieback.wire.Failures.UnavailableWrite;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import io.tieback.wire.Json;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Procore's errors in a person's words. Its bodies have many shapes (Procore reference section 3);
 * all of them are read.
 */
final class ProcoreErrors {

  private static final int LONGEST_PLAIN_TEXT = 300;
  private static final List<String> NOT_FOR_PEOPLE = List.of("code", "exception");
  private static final List<String> NAMES_WITHOUT_MEANING =
      List.of("base", "message", "error", "errors", "reason", "details");

  private ProcoreErrors() {}

  /**
   * The failure that an answer stands for.
   *
   * @param repeatable whether the call may be sent again without doing anything twice: it is then
   *     never left unknown
   */
  static Failure failure(
      ProcoreConnection connection,
      HttpCall call,
      HttpAnswer answer,
      boolean repeatable,
      Clock clock) {
    Failure failure =
        Failures.of(
            call,
            answer,
            words(answer),
            remedy(connection, call, answer.status()),
            repeatable ? UnavailableWrite.NOT_CARRIED_OUT : UnavailableWrite.UNKNOWN,
            clock);
    if (failure.status() == 403 && ofOneProject(call)) {
      // The account cannot see this project; pausing the whole connection would stop all the
      // others.
      return changed(failure, FailureKind.REFUSED);
    }
    return repeatable ? repeatable(failure) : failure;
  }

  /** Of a call that may be repeated, an unknown outcome is only a passing fault. */
  static Failure repeatable(Failure failure) {
    return failure.kind() == FailureKind.UNKNOWN
        ? changed(failure, FailureKind.TRANSIENT)
        : failure;
  }

  private static Failure changed(Failure failure, FailureKind kind) {
    return new Failure(
        kind,
        failure.status(),
        failure.getMessage(),
        failure.remedy(),
        failure.retryAfter().orElse(null),
        failure);
  }

  private static boolean ofOneProject(HttpCall call) {
    String query = call.uri().getRawQuery();
    boolean named =
        call.uri().getRawPath().contains("/projects/")
            || (query != null && query.contains("project_id="));
    return named || call.uri().getRawPath().contains("/contract_payments");
  }

  private static String remedy(ProcoreConnection connection, HttpCall call, int status) {
    return switch (status) {
      case 401 ->
          "Check client id and client secret of connection " + connection.connection() + ".";
      case 403 ->
          ofOneProject(call)
              ? "Add the project to the permitted projects of Tieback's service account in Procore,"
                  + " then replay."
              : "Check in Procore that the app is installed in company "
                  + connection.companyId()
                  + " and that its service account is Admin of ERP Integrations, Admin and"
                  + " Directory.";
      case 404 ->
          "The record is gone, or its project is not among the permitted projects of Tieback's"
              + " service account.";
      case 413 -> "Lower the rows of one sync call for connection " + connection.connection() + ".";
      case 409 -> "Somebody changed the record at the same moment.";
      case 429, 408, 500, 502, 503, 504 -> "";
      default -> "Mend in Procore what it names, then replay.";
    };
  }

  /** Procore's own words in an error answer; a short plain text for bodies that are no JSON. */
  static String words(HttpAnswer answer) {
    String text = answer.text().strip();
    if (text.startsWith("{") || text.startsWith("[")) {
      try {
        return words(Json.read(text));
      } catch (IllegalArgumentException e) {
        // An error page that only begins like JSON: read as text below.
      }
    }
    return Failures.readable(text, LONGEST_PLAIN_TEXT);
  }

  /** All texts of an error body, in reading order, each with the name of its field. */
  static String words(JsonNode body) {
    Set<String> words = new LinkedHashSet<>();
    collect("", body, words);
    return String.join("; ", words);
  }

  private static void collect(String field, JsonNode node, Set<String> words) {
    if (node.isObject()) {
      node.fields().forEachRemaining(entry -> collect(entry.getKey(), entry.getValue(), words));
    } else if (node.isArray()) {
      node.forEach(element -> collect(field, element, words));
    } else if (node.isTextual() && !node.textValue().isBlank() && !NOT_FOR_PEOPLE.contains(field)) {
      boolean meaningless = field.isEmpty() || NAMES_WITHOUT_MEANING.contains(field);
      words.add(meaningless ? node.textValue().strip() : field + " " + node.textValue().strip());
    }
  }
}
