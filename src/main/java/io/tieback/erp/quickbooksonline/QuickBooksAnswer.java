package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An answer to a write. One of 200 may carry a fault too, so it is always looked for (reference
 * sections 1 and 11).
 *
 * @param http the answer itself
 * @param body its JSON; missing when it is none
 * @param faultType QuickBooks's word for the kind of fault, or null without one
 * @param errors its errors
 */
record QuickBooksAnswer(HttpAnswer http, JsonNode body, String faultType, List<Error> errors) {

  static final String STALE = "5010";
  static final String NAME_TAKEN = "6240";

  /**
   * An error.
   *
   * @param code as text: some begin with zeros
   */
  record Error(String code, String message, String detail) {

    String inWords() {
      String words = message == null ? "" : message;
      if (detail != null && !detail.equals(message)) {
        words = words.isEmpty() ? detail : words + ": " + detail;
      }
      return words + " (QuickBooks code " + code + ")";
    }
  }

  QuickBooksAnswer {
    errors = List.copyOf(errors);
  }

  /** Reads an answer. */
  static QuickBooksAnswer of(HttpAnswer http) {
    JsonNode body;
    try {
      body = Json.read(http.body());
    } catch (JsonProcessingException e) {
      body = MissingNode.getInstance();
    }
    JsonNode fault = body.path("Fault");
    List<Error> errors = new ArrayList<>();
    fault
        .path("Error")
        .forEach(
            error ->
                errors.add(
                    new Error(
                        String.valueOf(QuickBooksJson.text(error, "code")),
                        QuickBooksJson.text(error, "Message"),
                        QuickBooksJson.text(error, "Detail"))));
    return new QuickBooksAnswer(http, body, QuickBooksJson.text(fault, "type"), errors);
  }

  /** Whether it carries a fault. */
  boolean isFault() {
    return body.path("Fault").isObject();
  }

  /** Whether QuickBooks looked at the record and said no: nothing was written. */
  boolean isRefusal() {
    boolean status = http.ok() || http.status() == 400;
    return status
        && !errors.isEmpty()
        && faultType != null
        && faultType.toLowerCase(Locale.ROOT).startsWith("validation");
  }

  /** Whether one of its errors has this code. */
  boolean has(String code) {
    return errors.stream().anyMatch(error -> error.code().equals(code));
  }

  /**
   * Whether a document's number is taken. The code is 6140, or 6210 in an older list of Intuit's
   * that others explain otherwise: so the words count too (section 11).
   */
  boolean numberTaken() {
    return errors.stream()
        .anyMatch(
            error ->
                error.code().equals("6140")
                    || error.code().equals("6210")
                        && (error.message() + " " + error.detail())
                            .toLowerCase(Locale.ROOT)
                            .contains("duplicate"));
  }

  /** QuickBooks's own words, error by error. */
  List<String> words() {
    return errors.stream().map(Error::inWords).toList();
  }

  /**
   * The same for people who look into a refused write: each with the mark by which Intuit's support
   * finds the call (section 1), and after them what to do about it, where the code tells.
   */
  List<String> messages() {
    return Stream.concat(
            words().stream().map(words -> words + QuickBooksFailures.tid(http)),
            errors().stream()
                .map(error -> QuickBooksFailures.remedyOf(error.code()))
                .filter(Objects::nonNull)
                .distinct())
        .toList();
  }

  /** The record that it shows, or null when it shows none with an id. */
  JsonNode shown(QuickBooksEntity entity) {
    JsonNode shown = body.path(entity.wireName());
    return QuickBooksJson.id(shown) == null ? null : shown;
  }
}
