package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Json;

/** A Fault (reference section 11); the operation that throws it has changed nothing. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;
  private final String detail;
  private final String element;

  private Refusal(
      int status, String type, String code, String message, String detail, String element) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.code = code;
    this.detail = detail;
    this.element = element;
  }

  /** A ValidationFault, HTTP 400. */
  static Refusal invalid(String code, String message, String detail, String element) {
    return new Refusal(400, "ValidationFault", code, message, detail, element);
  }

  /** 6000: a rule of bookkeeping is broken. */
  static Refusal business(String detail) {
    return invalid(
        "6000",
        "A business validation error has occurred while processing your request",
        "Business Validation Error: " + detail,
        "");
  }

  /** 2020: a required parameter is missing. */
  static Refusal missing(String element) {
    return invalid(
        "2020",
        "Required param missing, need to supply the required value for the API",
        "Required parameter " + element + " is missing in the request",
        element);
  }

  /** 2010: a property that the entity has not, or of the wrong type. */
  static Refusal property(String element, String why) {
    return invalid(
        "2010",
        "Request has invalid or unsupported property",
        "Property Name:" + element + " " + why,
        element);
  }

  /** 610: the object is not there or was made inactive. */
  static Refusal notFound(String detail, String element) {
    return invalid("610", "Object Not Found", "Object Not Found : " + detail, element);
  }

  /** 4001: the statement cannot be parsed, or names a property that cannot be asked. */
  static Refusal query(String detail) {
    return invalid("4001", "Error parsing query", "QueryParserError: " + detail, "");
  }

  /** 500: the operation does not exist for the entity. */
  static Refusal unsupported(String detail) {
    return invalid("500", "Unsupported Operation", detail, "");
  }

  /** 403: the token is not one for this company. */
  static Refusal otherCompany() {
    return new Refusal(
        403,
        "AuthorizationFault",
        "3100",
        "message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403",
        "The application is not authorized for this company",
        null);
  }

  /** 429: throttled. */
  static Refusal throttled() {
    return new Refusal(
        429,
        "ThrottlingFault",
        "003001",
        "message=ThrottleExceeded; errorCode=003001; statusCode=429",
        "The request limit was reached. Wait 60 seconds.",
        null);
  }

  /** 401: no token, or one that expired or was revoked. */
  static Refusal unauthenticated() {
    return new Refusal(
        401,
        "AUTHENTICATION",
        "3200",
        "message=AuthenticationFailed; errorCode=003200; statusCode=401",
        "Token expired or revoked",
        null);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String detail() {
    return detail;
  }

  /** The Fault alone, as in a batch. */
  ObjectNode fault() {
    ObjectNode fault = Json.object();
    ArrayNode errors = fault.putArray("Error");
    ObjectNode error =
        errors.addObject().put("Message", getMessage()).put("Detail", detail).put("code", code);
    if (element != null) {
      error.put("element", element);
    }
    return fault.put("type", type);
  }

  /** The answer with its Fault. */
  Answer answer(String time) {
    ObjectNode body = Json.object();
    body.set("Fault", fault());
    return Answer.json(status, body.put("time", time));
  }

  /** The answer as the gateway gives it: XML, whatever was accepted. */
  Answer xml(String time) {
    return Answer.text(
        status,
        "application/xml;charset=UTF-8",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><IntuitResponse time=\""
            + time
            + "\" xmlns=\"http://schema.intuit.com/finance/v3\"><Fault type=\""
            + type
            + "\"><Error code=\""
            + code
            + "\"><Message>"
            + getMessage()
            + "</Message><Detail>"
            + detail
            + "</Detail></Error></Fault></IntuitResponse>");
  }
}
