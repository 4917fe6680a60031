package io.tieback.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.approval.Outdated;
import io.tieback.approval.Refused;
import io.tieback.console.web.Answer;
import io.tieback.wire.Json;

/** Why a call is not done, as problem details (RFC 9457) with field, limit and remedy. */
final class ApiProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String field;
  private final String limit;
  private final String remedy;
  private final transient Integer version;

  private ApiProblem(
      int status,
      String code,
      String detail,
      String field,
      String limit,
      String remedy,
      Integer version) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
    this.limit = limit;
    this.remedy = remedy;
    this.version = version;
  }

  static ApiProblem of(int status, String code, String detail, String remedy) {
    return new ApiProblem(status, code, detail, null, null, remedy, null);
  }

  /** 400: a field or parameter is not as it has to be. */
  static ApiProblem field(String field, String found, String limit) {
    return new ApiProblem(
        400,
        "field",
        field + " is " + found + ".",
        field,
        limit,
        "Send it as the limit says. Nothing was changed.",
        null);
  }

  static ApiProblem notFound() {
    return of(
        404,
        "not-found",
        "There is nothing at this address.",
        "GET /api/v1/openapi.yaml lists what there is; GET /api/v1/items lists the items.");
  }

  /** A decision that was refused: by right (403), or as things stand (409). */
  static ApiProblem of(Refused refused) {
    String code = refused.refusal().code();
    int status = code.startsWith("permission.") ? 403 : 409;
    Integer version = refused instanceof Outdated outdated ? outdated.now().version() : null;
    return new ApiProblem(status, code, refused.reason(), null, null, refused.remedy(), version);
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "That cannot be read";
      case 401 -> "Not signed in";
      case 403 -> "Not allowed";
      case 404 -> "Not found";
      case 405 -> "Not possible here";
      case 409 -> "Not done";
      case 413 -> "Too large";
      case 429 -> "Too many calls";
      default -> "Something went wrong";
    };
  }

  Answer answer() {
    ObjectNode json = Json.object();
    json.put("type", "urn:tieback:problem:" + code)
        .put("title", title(status))
        .put("status", status)
        .put("detail", getMessage());
    if (field != null) {
      json.put("field", field);
    }
    if (limit != null) {
      json.put("limit", limit);
    }
    if (remedy != null && !remedy.isBlank()) {
      json.put("remedy", remedy);
    }
    if (version != null) {
      json.put("version", version);
    }
    return Answer.of(status, "application/problem+json", Json.bytes(json));
  }

  /** The trace says nothing that the log needs. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
