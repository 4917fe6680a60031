package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;

/**
 * An error answer of Procore. The bodies differ on purpose: Procore documents several shapes
 * (section 3 of the reference).
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Answer answer;

  Refusal(Answer answer) {
    super("HTTP " + answer.status(), null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  /** {@code {"errors": "text"}}. */
  static Refusal errors(int status, String text) {
    return new Refusal(Answer.json(status, Json.object().put("errors", text)));
  }

  /** {@code {"errors": {field: [text]}}}. */
  static Refusal field(int status, String field, String text) {
    ObjectNode body = Json.object();
    body.putObject("errors").putArray(field).add(text);
    return new Refusal(Answer.json(status, body));
  }

  /** {@code {"code", "message", "reason"}}. */
  static Refusal reason(int status, String message, String reason) {
    return new Refusal(
        Answer.json(
            status,
            Json.object().put("code", status).put("message", message).put("reason", reason)));
  }

  /** {@code {"error": text}}. */
  static Refusal error(int status, String text) {
    return new Refusal(Answer.json(status, Json.object().put("error", text)));
  }

  /** 404 {@code {"message", "exception"}}: absent and invisible look the same. */
  static Refusal notFound(String what) {
    return new Refusal(
        Answer.json(
            404,
            Json.object()
                .put("message", what + " not found")
                .put("exception", "ActiveRecord::RecordNotFound")));
  }

  /** 400 for a missing parameter. */
  static Refusal missing(String parameter) {
    return reason(400, "param is missing or the value is empty: " + parameter, "Bad Request");
  }
}
