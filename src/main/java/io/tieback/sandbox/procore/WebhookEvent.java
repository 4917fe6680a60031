package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Webhook payload v2.0. */
final class WebhookEvent {
  static final String ERP_REQUESTS = "ERP Requests";
  private static final char[] CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();

  private WebhookEvent() {}

  /** The creation of an ERP Request, caused by an accounting approver and by no application. */
  static ObjectNode erpRequest(long id, long companyId, long requestId, Instant now) {
    return of(
        id,
        new Chronicle.Happening(
            companyId, null, "", null, requestId, "create", new Chronicle.Actor(companyId, null)),
        ERP_REQUESTS,
        now);
  }

  /** What happened to a record, by the name that hooks know its resource by. */
  static ObjectNode of(long id, Chronicle.Happening happening, String resourceName, Instant now) {
    Chronicle.Actor actor = happening.actor();
    ObjectNode event =
        Json.object().put("id", id).put("ulid", ulid(now)).put("timestamp", now.toString());
    event
        .putObject("metadata")
        .put("source_user_id", actor.userId())
        .put("source_project_id", happening.projectId())
        .put("source_operation_id", "op-" + id)
        .put("source_company_id", happening.companyId())
        .put("source_application_id", actor.applicationId());
    return event
        .put("user_id", actor.userId())
        .put("company_id", happening.companyId())
        .put("project_id", happening.projectId())
        .put("api_version", "v2")
        .put("event_type", happening.eventType())
        .put("resource_name", resourceName)
        .put("resource_id", happening.itemId());
  }

  private static String ulid(Instant now) {
    char[] text = new char[26];
    long time = now.toEpochMilli();
    for (int i = 9; i >= 0; i--) {
      text[i] = CROCKFORD[(int) (time & 31)];
      time >>>= 5;
    }
    for (int i = 10; i < text.length; i++) {
      text[i] = CROCKFORD[ThreadLocalRandom.current().nextInt(CROCKFORD.length)];
    }
    return new String(text);
  }
}
