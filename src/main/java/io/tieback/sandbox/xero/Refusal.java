package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;

/** A whole request is refused; nothing of it is stored (reference sections 2.5, 3.1, 3.2, 3.3). */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Answer answer;

  Refusal(Answer answer) {
    super("refused with " + answer.status(), null, false, false);
    this.answer = answer;
  }

  Answer answer() {
    return answer;
  }

  /** 404: empty body, {@code text/html} (as recorded). */
  static Refusal notFound() {
    return new Refusal(Answer.text(404, "text/html; charset=utf-8", ""));
  }

  /** 500 that bad input provokes (unknown tracking category, trailing space in an option name). */
  static Refusal serverError() {
    ObjectNode body =
        Json.object()
            .put("Title", "An error occurred")
            .put(
                "Detail",
                "An error occurred in Xero. Check the API Status page"
                    + " https://status.developer.xero.com for current service status.")
            .put("Status", 500)
            .put("Instance", Ids.make());
    return new Refusal(Answer.json(500, body));
  }

  /** 400, ErrorNumber 14: the body could not be read. */
  static Refusal unreadable(String message) {
    return error(400, 14, "PostDataInvalidException", message);
  }

  /** 400, ErrorNumber 16: the filter or another query parameter could not be read. */
  static Refusal query(String message) {
    return error(400, 16, "QueryParseException", message);
  }

  /** 400, ErrorNumber 10 without elements. */
  static Refusal invalid(String message) {
    return error(400, 10, "ValidationException", message);
  }

  private static Refusal error(int status, int number, String type, String message) {
    return new Refusal(
        Answer.json(
            status,
            Json.object().put("ErrorNumber", number).put("Type", type).put("Message", message)));
  }

  /** 400, ErrorNumber 10 with the elements that failed. */
  static Refusal elements(ArrayNode failed) {
    ObjectNode body =
        Json.object()
            .put("ErrorNumber", 10)
            .put("Type", "ValidationException")
            .put("Message", "A validation exception occurred");
    body.set("Elements", failed);
    return new Refusal(Answer.json(400, body));
  }

  /** 401 and 403 of the API, a problem object. */
  static Refusal problem(int status, String title, String detail) {
    ObjectNode body = Json.object();
    body.putNull("Type");
    body.put("Title", title)
        .put("Status", status)
        .put("Detail", detail)
        .put("Instance", Ids.make());
    body.putObject("Extensions");
    return new Refusal(Answer.json(status, body));
  }
}
