package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ConnectionId;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides about each webhook that comes in (Procore reference section 14): who may knock, what is
 * for us. It stores nothing; the caller receives what is told before it answers.
 */
public final class WebhookDoor {

  private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");
  private static final Pattern DELIVERY = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** Longest body: Procore's events are below 2 KB. */
  public static final int LONGEST_BODY = 64 * 1024;

  private final Map<String, ProcoreConnection> connections;
  private final Predicate<ConnectionId> tiebackDoor;

  /**
   * @param connections the connections that receive webhooks, all at Procore's own door
   */
  public WebhookDoor(Collection<ProcoreConnection> connections) {
    this(connections, connection -> false);
  }

  /**
   * @param connections the connections that receive webhooks
   * @param tiebackDoor whether a connection is at Tieback's own door: it is told of public
   *     resources and has no ERP requests
   */
  public WebhookDoor(
      Collection<ProcoreConnection> connections, Predicate<ConnectionId> tiebackDoor) {
    this.tiebackDoor = tiebackDoor;
    this.connections =
        connections.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    known -> known.connection().value(), Function.identity()));
  }

  /**
   * A webhook as it came.
   *
   * @param connection last part of the path, {@code /webhooks/procore/<connection>}
   * @param contentType header {@code Content-Type}, or null
   * @param authorization header {@code Authorization}, or null
   * @param body the bytes, or null
   */
  public record Knock(String connection, String contentType, String authorization, byte[] body) {}

  /** What is to be done. */
  public sealed interface Decision permits Receive, Changed, Ignore, Refuse {}

  /**
   * Store it durably, then answer 2xx. The same request may come any number of times.
   *
   * @param connection whose it is
   * @param companyId the Procore company
   * @param requestId the ERP request to read
   * @param deliveryId {@code ulid}, else the event's id: the same for repeated deliveries
   * @param happenedAt when it happened by Procore's clock, or null when it does not say
   */
  public record Receive(
      ConnectionId connection,
      long companyId,
      long requestId,
      String deliveryId,
      Instant happenedAt)
      implements Decision {}

  /**
   * A public record changed: note that durably, then answer 2xx. It may come any number of times.
   *
   * @param connection whose it is
   * @param resource Procore's name of the resource, such as {@code Requisitions}
   * @param projectId its project, or null when the event names none
   * @param recordId the record
   */
  public record Changed(ConnectionId connection, String resource, Long projectId, long recordId)
      implements Decision {}

  /**
   * Answer 2xx and do nothing.
   *
   * @param reason for the log
   */
  public record Ignore(String reason) implements Decision {}

  /**
   * Answer with this status.
   *
   * @param status 400, 401, 404, 413 or 415
   * @param message for whoever set up the webhook; without secrets
   */
  public record Refuse(int status, String message) implements Decision {}

  /** Decides. */
  public Decision decide(Knock knock) {
    ProcoreConnection connection = connections.get(knock.connection());
    if (connection == null) {
      return new Refuse(
          404, "No connection '" + shortened(knock.connection()) + "' receives webhooks here.");
    }
    if (!same(connection.webhookAuthorization(), knock.authorization())) {
      return new Refuse(
          401,
          "The Authorization header is not the one configured for connection "
              + connection.connection()
              + " (procore.webhook-authorization).");
    }
    if (!isJson(knock.contentType())) {
      return new Refuse(
          415,
          "Content-Type is '"
              + shortened(knock.contentType())
              + "'; webhooks are application/json.");
    }
    byte[] body = knock.body() == null ? new byte[0] : knock.body();
    if (body.length > LONGEST_BODY) {
      return new Refuse(
          413, "The body has " + body.length + " bytes; at most " + LONGEST_BODY + " are taken.");
    }
    try {
      return read(connection, Json.read(new String(body, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return new Refuse(400, "The body is not JSON.");
    }
  }

  private Decision read(ProcoreConnection connection, JsonNode event) {
    if (!event.isObject()) {
      return new Refuse(400, "The body is not an event: a JSON object is expected.");
    }
    // v4.0 names resource_type and reason what v2.0 and v3.0 name resource_name and event_type, and
    // has ids as text.
    String resource = first(event, "resource_name", "resource_type");
    String happening = first(event, "event_type", "reason");
    if (resource == null || happening == null) {
      return new Refuse(400, "The event has no resource name or no event type.");
    }
    if (tiebackDoor.test(connection.connection())) {
      return changed(connection, resource, event);
    }
    if (!resource.equals(ProcoreHooks.ERP_REQUESTS)) {
      return new Ignore("event of '" + shortened(resource) + "', not of ERP Requests");
    }
    if (!happening.toLowerCase(Locale.ROOT).equals("create")) {
      return new Ignore("ERP Requests event '" + shortened(happening) + "', not create");
    }
    Long company = id(event, "company_id");
    Long request = id(event, "resource_id");
    String delivery = first(event, "ulid", "id");
    if (company == null || request == null || delivery == null) {
      return new Refuse(
          400, "The event lacks company_id, resource_id or its own id, or they are no ids.");
    }
    if (!DELIVERY.matcher(delivery).matches()) {
      return new Refuse(
          400,
          "The event's own id (ulid or id) must be 1 to 64 letters, digits, '-', '_', '.' or ':'.");
    }
    if (company != connection.companyId()) {
      return otherCompany(connection, company);
    }
    if (causedByUs(connection, event.path("metadata"))) {
      return new Ignore("caused by Tieback itself");
    }
    return new Receive(connection.connection(), company, request, delivery, instant(event));
  }

  private static Decision changed(ProcoreConnection connection, String resource, JsonNode event) {
    Long company = id(event, "company_id");
    Long record = id(event, "resource_id");
    if (company == null || record == null) {
      return new Refuse(400, "The event lacks company_id or resource_id, or they are no ids.");
    }
    if (company != connection.companyId()) {
      return otherCompany(connection, company);
    }
    return causedByUs(connection, event.path("metadata"))
        ? new Ignore("caused by Tieback itself")
        : new Changed(connection.connection(), resource, id(event, "project_id"), record);
  }

  private static Refuse otherCompany(ProcoreConnection connection, long company) {
    return new Refuse(
        400,
        "The event is of company "
            + company
            + "; connection "
            + connection.connection()
            + " is of company "
            + connection.companyId()
            + ".");
  }

  private static boolean causedByUs(ProcoreConnection connection, JsonNode metadata) {
    return connection.applicationId() != null
        && connection.applicationId().equals(Fields.text(metadata, "source_application_id"));
  }

  private static String first(JsonNode event, String one, String other) {
    String value = Fields.text(event, one);
    return value == null ? Fields.text(event, other) : value;
  }

  private static Long id(JsonNode event, String field) {
    String text = Fields.text(event, field);
    return text != null && ID.matcher(text).matches() ? Long.valueOf(text) : null;
  }

  private static Instant instant(JsonNode event) {
    String text = Fields.text(event, "timestamp");
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static boolean isJson(String contentType) {
    String type =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }

  /** Takes the same time wherever the two differ, and whatever their lengths are. */
  private static boolean same(String configured, String given) {
    return MessageDigest.isEqual(digest(configured), digest(given == null ? "" : given));
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String shortened(String text) {
    String clean = text == null ? "" : text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() <= 60 ? clean : clean.substring(0, 60) + "...";
  }
}
