package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Files of requisitions, behind addresses that expire. The storage has a host of its own ({@code
 * localhost}, while the API is reached by its number) and refuses whoever brings a token besides
 * the signature, as storages do. By the switch {@code attachmentUrls} the address is Procore's own,
 * wants the token, and leads on to the storage.
 */
final class Attachments {
  private static final String STORAGE = "/storage/";
  private static final String OWN = "/attachments/";

  private final State state;
  private final OAuth oauth;
  private final Switches switches;
  private final Clock clock;

  /** Signs addresses of this stand-in. */
  private final String secret = UUID.randomUUID().toString();

  Attachments(State state, OAuth oauth, Switches switches, Clock clock) {
    this.state = state;
    this.oauth = oauth;
    this.switches = switches;
    this.clock = clock;
  }

  void routes(Router router) {
    router.get(STORAGE + ":id").handler(Call.handler(this::stored));
    router.get(OWN + ":id").handler(Call.handler(this::own));
  }

  /** As a requisition lists them. */
  ArrayNode of(Model.Requisition requisition, Call call) {
    ArrayNode rows = Json.array();
    boolean own = switches.choice("attachmentUrls").equals("own");
    for (Model.Attachment file : requisition.attachments) {
      rows.addObject()
          .put("id", file.id())
          .put("url", own ? base(call) + OWN + file.id() : address(file.id(), call))
          .put("filename", file.name());
    }
    return rows;
  }

  private static String base(Call call) {
    return "http://" + call.header("Host");
  }

  private String address(long id, Call call) {
    long until = clock.instant().getEpochSecond() + switches.number("attachmentUrlSeconds");
    String host = call.header("Host");
    return "http://localhost"
        + (host.indexOf(':') < 0 ? "" : host.substring(host.lastIndexOf(':')))
        + STORAGE
        + id
        + "?expires="
        + until
        + "&signature="
        + signature(id, until);
  }

  private String signature(long id, long until) {
    return UUID.nameUUIDFromBytes(
            (secret + id + "|" + until).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }

  private Answer own(Call call) {
    try {
      oauth.app(call.header("Authorization"));
    } catch (Refusal refusal) {
      return refusal.answer();
    }
    Model.Attachment file = file(call);
    return file == null
        ? Answer.empty(404)
        : Answer.empty(302).with("Location", address(file.id(), call));
  }

  private Answer stored(Call call) {
    Model.Attachment file = file(call);
    if (call.header("Authorization") != null) {
      return xml(400, "InvalidArgument", "Only one auth mechanism allowed");
    }
    String expires = String.valueOf(call.query("expires"));
    boolean signed =
        file != null
            && expires.matches("\\d{1,15}")
            && signature(file.id(), Long.parseLong(expires)).equals(call.query("signature"));
    if (!signed) {
      return xml(403, "SignatureDoesNotMatch", "The signature does not match");
    }
    if (clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(expires)))) {
      return xml(403, "AccessDenied", "Request has expired");
    }
    return new Answer(200, Map.of("Content-Type", "application/octet-stream"), file.bytes());
  }

  private Model.Attachment file(Call call) {
    for (Model.Requisition requisition : state.requisitions.values()) {
      for (Model.Attachment file : requisition.attachments) {
        if (Long.toString(file.id()).equals(call.pathParam("id"))) {
          return file;
        }
      }
    }
    return null;
  }

  private static Answer xml(int status, String code, String message) {
    return Answer.text(
        status,
        "application/xml",
        "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
  }
}
