package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /upload}: files as multipart with pairs of parts {@code file_metadata_01} (JSON of an
 * Attachable) and {@code file_content_01}; and the checks of Attachables. That a file may have at
 * most 100 MB is from recollection.
 *
 * <p>Control: {@code GET attachments?realmId=&id=} gives the files of a transaction with their
 * bytes.
 */
final class Uploads {
  private static final int LARGEST = 100 * 1024 * 1024;
  private static final Pattern NAME = Pattern.compile("(?<!file)name=\"([^\"]*)\"");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]*)\"");
  private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*(\\S+)");

  /** One part of the body. */
  private record Part(String fileName, String type, byte[] bytes) {}

  private final Gate gate;
  private final Map<String, Company> companies;

  Uploads(Gate gate, Map<String, Company> companies) {
    this.gate = gate;
    this.companies = companies;
  }

  void routes(Router router) {
    router.post(Entities.API + "/upload").handler(gate.guard(Uploads::upload));
  }

  void controlRoutes(Router router) {
    router.get("/_sandbox/attachments").handler(Call.handler(this::list));
  }

  /** What an Attachable refers to has to be there. */
  static void settle(Draft draft) {
    if (draft.isNew() && !draft.body().has("FileName") && !draft.body().has("Note")) {
      throw Refusal.missing("Note");
    }
    for (JsonNode one : draft.body().path("AttachableRef")) {
      JsonNode to = one.path("EntityRef");
      String type = Json.text(to, "type");
      String id = Json.text(to, "value");
      if (type == null || id == null) {
        throw Refusal.missing("AttachableRef.EntityRef");
      }
      Kind kind = Kind.named(type);
      if (kind == null || draft.company().get(kind, id) == null) {
        throw Refusal.invalid(
            "2500",
            "Invalid Reference Id",
            "Invalid Reference Id : AttachableRef.EntityRef " + type + " " + id + " not found",
            "AttachableRef.EntityRef");
      }
    }
  }

  private static Answer upload(Gate.Visit visit) {
    Map<String, Part> parts = parts(visit.call());
    ArrayNode answers = Json.array();
    Writer writer = new Writer(visit.company(), visit.switches(), visit.now());
    for (Map.Entry<String, Part> content : parts.entrySet()) {
      if (content.getKey().startsWith("file_content_")) {
        ObjectNode answer = answers.addObject();
        try {
          Part metadata = parts.get(content.getKey().replace("content", "metadata"));
          Company.Entry entry = store(visit, writer, metadata, content.getValue());
          answer.set("Attachable", Writer.view(visit.company(), entry));
        } catch (Refusal refusal) {
          answer.set("Fault", refusal.fault());
        }
      }
    }
    if (answers.isEmpty()) {
      throw Refusal.missing("file_content_01");
    }
    ObjectNode out = Json.object();
    out.set("AttachableResponse", answers);
    return visit.answer(out);
  }

  private static Company.Entry store(Gate.Visit visit, Writer writer, Part metadata, Part content) {
    if (metadata == null) {
      throw Refusal.missing("file_metadata_01");
    }
    if (content.bytes().length == 0 || content.bytes().length > LARGEST) {
      throw Refusal.business("The file is empty or larger than 100 MB");
    }
    ObjectNode sent;
    try {
      if (!(Json.parse(metadata.bytes()) instanceof ObjectNode object)) {
        throw Refusal.property("file_metadata", "is not a JSON object");
      }
      sent = object;
    } catch (JsonProcessingException e) {
      throw Refusal.property("file_metadata", "is not JSON");
    }
    if (!sent.has("FileName") && content.fileName() != null) {
      sent.put("FileName", content.fileName());
    }
    if (!sent.has("ContentType") && content.type() != null) {
      sent.put("ContentType", content.type());
    }
    Company.Entry entry = writer.save(Kind.ATTACHABLE, sent, Draft.Options.API);
    entry.body.put("Size", content.bytes().length);
    entry.body.put(
        "FileAccessUri", "/v3/company/" + visit.company().realmId + "/download/" + entry.id);
    visit.company().files.put(entry.id, content.bytes());
    return entry;
  }

  private static Map<String, Part> parts(Call call) {
    String type = call.header("Content-Type");
    Matcher matcher = Pattern.compile("boundary=\"?([^\";]+)\"?").matcher(type == null ? "" : type);
    if (type == null || !type.startsWith("multipart/form-data") || !matcher.find()) {
      throw Refusal.unsupported("Content-Type: " + type + " is not multipart/form-data");
    }
    String body = new String(call.body().getBytes(), StandardCharsets.ISO_8859_1);
    Map<String, Part> parts = new LinkedHashMap<>();
    for (String piece : split(body, "--" + matcher.group(1))) {
      int end = piece.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(end < 0 ? "" : piece.substring(0, end));
      if (!name.find()) {
        continue;
      }
      String head =
          new String(
              piece.substring(0, end).getBytes(StandardCharsets.ISO_8859_1),
              StandardCharsets.UTF_8);
      String content = piece.substring(end + 4);
      parts.put(
          name.group(1),
          new Part(
              first(FILE, head), first(TYPE, head), content.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return parts;
  }

  private static List<String> split(String body, String boundary) {
    List<String> pieces = new ArrayList<>();
    int from = body.indexOf(boundary);
    while (from >= 0) {
      int next = body.indexOf("\r\n" + boundary, from + boundary.length());
      if (next < 0) {
        break;
      }
      pieces.add(body.substring(from + boundary.length(), next));
      from = next + 2;
    }
    return pieces;
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private Answer list(Call call) {
    Company company = companies.get(call.query("realmId"));
    if (company == null) {
      throw new IllegalArgumentException("realmId: there is no company " + call.query("realmId"));
    }
    ObjectNode out = Json.object();
    ArrayNode files = out.putArray("attachments");
    for (Company.Entry entry : company.all(Kind.ATTACHABLE)) {
      boolean wanted = call.query("id") == null;
      for (JsonNode one : entry.body.path("AttachableRef")) {
        wanted |= one.path("EntityRef").path("value").asText().equals(call.query("id"));
      }
      byte[] bytes = company.files.get(entry.id);
      if (wanted && !entry.deleted && bytes != null) {
        files
            .addObject()
            .put("id", entry.id)
            .put("fileName", entry.text("FileName"))
            .put("contentType", entry.text("ContentType"))
            .put("base64", Base64.getEncoder().encodeToString(bytes));
      }
    }
    return Answer.json(200, out);
  }
}
