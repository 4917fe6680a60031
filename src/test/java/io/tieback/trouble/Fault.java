package io.tieback.trouble;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.SandboxControl;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Orders misbehaviour of a stand-in, and reads what it was asked. */
final class Fault {

  static final String BILLS = "^/api.xro/2.0/Invoices$";
  static final String ACCOUNTING = "^/api.xro/2.0/";
  static final String TOKEN = "^/connect/token$";
  static final String EXTERNAL_DATA = "/external_data/sync$";
  static final String DETAILS = "/erp_request_details/sync$";
  static final String PAYMENTS = "^/rest/v1.0/contract_payments";
  static final String REQUISITION = "^/rest/v1.1/requisitions/";
  static final String REQUEST = "/erp_requests/";

  private final SandboxControl at;
  private final ObjectNode order = Json.object();

  private Fault(SandboxControl at, String method, String path) {
    this.at = at;
    order.putObject("match").put("method", method).put("path", path);
  }

  /** A fault of the next request with this method and path. */
  static Fault at(SandboxControl standIn, String method, String path) {
    return new Fault(standIn, method, path);
  }

  /** Only of requests with this text in their body. */
  Fault containing(String text) {
    order.withObject("/match").put("bodyContains", text);
    return this;
  }

  /** After so many requests that go well. */
  Fault after(int requests) {
    order.put("after", requests);
    return this;
  }

  Fault times(int count) {
    order.put("count", count);
    return this;
  }

  Fault forEver() {
    return times(-1);
  }

  void answers(int status, Map<String, String> headers, String body) {
    ObjectNode answer = Json.object();
    ObjectNode inside = answer.putObject("answer").put("status", status).put("body", body);
    headers.forEach(inside.putObject("headers")::put);
    order(answer);
  }

  void answers(int status) {
    answers(status, Map.of(), "");
  }

  void dropsBefore() {
    order(Json.object().put("drop", "before"));
  }

  void dropsAfter() {
    order(Json.object().put("drop", "after"));
  }

  void commitsLate(int milliseconds) {
    ObjectNode effect = Json.object();
    effect.putObject("lateCommit").put("delayMillis", milliseconds);
    order(effect);
  }

  void answersCutOff() {
    order(Json.object().put("malformed", true));
  }

  void answersLate(int milliseconds) {
    order(Json.object().put("delayMillis", milliseconds));
  }

  void vendor(String effect) {
    order(Json.object().put("vendor", effect));
  }

  private void order(ObjectNode effect) {
    order.set("effect", effect);
    at.post("faults", order);
  }

  /** A request that a stand-in got. */
  record Request(
      long ordinal,
      Instant time,
      String method,
      String path,
      JsonNode query,
      JsonNode headers,
      String body,
      String status,
      String outcome) {

    String query(String name) {
      return query.path(name).asText(null);
    }

    String header(String name) {
      for (var header : headers.properties()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue().asText();
        }
      }
      return null;
    }
  }

  /** Ordinal of the last request so far. */
  static long mark(SandboxControl standIn) {
    return standIn.get("requests?limit=100000&path=%5Enothing%24").path("next").asLong();
  }

  /** Requests since a mark with this method and path. */
  static List<Request> since(SandboxControl standIn, long mark, String method, String path) {
    List<Request> found = new ArrayList<>();
    JsonNode list =
        standIn.get(
            "requests?limit=100000&since="
                + mark
                + "&path="
                + java.net.URLEncoder.encode(path, java.nio.charset.StandardCharsets.UTF_8));
    for (JsonNode one : list.path("requests")) {
      if (method == null || method.equals(one.path("method").asText())) {
        found.add(
            new Request(
                one.path("ordinal").asLong(),
                Instant.parse(one.path("time").asText()),
                one.path("method").asText(),
                one.path("path").asText(),
                one.path("query"),
                one.path("headers"),
                one.path("body").asText(""),
                one.path("status").asText(),
                one.path("outcome").asText()));
      }
    }
    return found;
  }
}
