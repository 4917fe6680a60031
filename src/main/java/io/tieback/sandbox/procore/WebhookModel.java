package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hooks, triggers, events and the deliveries log. */
final class WebhookModel {
  private WebhookModel() {}

  /** A trigger of a hook. */
  record Trigger(
      long id, long hookId, String resourceName, String eventType, Long companyId, Long projectId) {
    ObjectNode json() {
      ObjectNode out =
          Json.object()
              .put("id", id)
              .put("webhook_hook_id", hookId)
              .put("resource_name", resourceName)
              .put("event_type", eventType.toUpperCase(java.util.Locale.ROOT));
      if (companyId != null) {
        out.put("company_id", companyId);
      }
      return projectId == null ? out : out.put("project_id", projectId);
    }
  }

  /** A hook with its queue. */
  static final class Hook {
    long id;
    String clientId;
    long companyId;
    Long projectId;
    String apiVersion;
    String namespace;
    String url;
    Map<String, String> headers = new LinkedHashMap<>();
    final List<Trigger> triggers = new ArrayList<>();
    final Deque<Delivery> queue = new ArrayDeque<>();
    final List<Delivery> log = new ArrayList<>();

    /** An event that waits for the next one to overtake it. */
    Delivery heldBack;

    int inFlight;
    int failures;
    Instant failingSince;
    Instant pausedUntil;
    long nextSendNanos;
    boolean timerSet;
    boolean deleted;

    ObjectNode json() {
      ObjectNode out = Json.object().put("id", id).put("api_version", apiVersion);
      ObjectNode shown = out.putObject("destination_headers");
      headers.forEach((name, value) -> shown.put(name, masked(value)));
      out.put("destination_url", url).put("owned_by_company_id", companyId);
      if (projectId != null) {
        out.put("owned_by_project_id", projectId);
      }
      return out.put("namespace", namespace);
    }

    /** Whether one of its triggers is of that resource and event. */
    boolean wants(String resourceName, String eventType) {
      return triggers.stream()
          .anyMatch(t -> t.resourceName().equals(resourceName) && t.eventType().equals(eventType));
    }

    private static String masked(String value) {
      return value.length() <= 5 ? value : value.substring(0, 5) + "*".repeat(value.length() - 5);
    }
  }

  /** One event for one hook, with what became of it so far. */
  static final class Delivery {
    final long eventId;
    final ObjectNode event;

    /** The duplicate of an event has no row of its own in the log. */
    final boolean duplicate;

    String outcome;
    int attempts;
    Integer responseStatus;
    String responseBody = "";
    String responseError = "";
    ObjectNode responseHeaders = Json.object();
    Instant startedAt;
    Instant completedAt;

    Delivery(long eventId, ObjectNode event, boolean duplicate) {
      this.eventId = eventId;
      this.event = event;
      this.duplicate = duplicate;
    }

    ObjectNode json() {
      ObjectNode out = Json.object();
      out.set("event", event);
      out.put("event_id", eventId)
          .put("outcome", outcome)
          .put("response_body", responseBody)
          .put("response_error", responseError);
      if (startedAt != null) {
        out.put("started_at", Times.utc(startedAt));
      }
      if (completedAt != null) {
        out.put("completed_at", Times.utc(completedAt));
      }
      if (responseStatus != null) {
        out.put("response_status", responseStatus);
      }
      out.set("response_headers", responseHeaders);
      return out;
    }

    /** Whether the log's filter of that status shows it. */
    boolean shownAs(String filter) {
      return outcome != null
          && switch (filter) {
            case "any" -> true;
            case "successful" -> outcome.equals("ok");
            case "failing" -> outcome.equals("failed") || outcome.equals("retried");
            case "discarded" -> outcome.equals("discarded");
            default -> throw Refusal.field(400, "filters[status]", "does not have a valid value");
          };
    }
  }
}
