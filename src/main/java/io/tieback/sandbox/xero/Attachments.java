package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Answer;
import io.tieback.sandbox.kit.Call;
import io.tieback.sandbox.kit.Json;
import io.vertx.ext.web.Router;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * {@code /Invoices/{id}/Attachments} and {@code /CreditNotes/{id}/Attachments}: raw bytes, a right
 * of their own. What the reference leaves open is a switch, and strict: names with characters that
 * web servers refuse answer 400, and a second PUT of a name makes a second file.
 *
 * <p>Control: {@code GET attachments/{documentId}} gives the files with their bytes.
 */
final class Attachments {
  private static final List<String> AREAS = List.of("attachments");
  private static final String REFUSED = "<>:\"/\\|?*%&+";
  private static final Set<String> TYPES =
      Set.of(
          "pdf", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "txt", "csv", "rtf", "doc",
          "docx", "xls", "xlsx", "ppt", "pptx", "odf", "rar", "zip");

  /** A file on a document. */
  private record Attached(String id, String name, String type, byte[] bytes) {}

  private final Gate gate;
  private final Map<String, List<Attached>> byDocument = new HashMap<>();

  Attachments(Gate gate) {
    this.gate = gate;
  }

  void clear() {
    byDocument.clear();
  }

  void routes(Router router) {
    on(router, "Invoices", (organisation, id) -> organisation.invoices.get(id));
    on(router, "CreditNotes", (organisation, id) -> organisation.creditNotes.get(id));
  }

  private void on(
      Router router, String plural, BiFunction<Organisation, String, Stored> documents) {
    String path = XeroStandIn.API + "/" + plural + "/:id/Attachments";
    router
        .get(path)
        .handler(gate.guard(AREAS, false, visit -> list(visit, plural, held(visit, documents))));
    router
        .get(path + "/:name")
        .handler(gate.guard(AREAS, false, visit -> bytes(visit, held(visit, documents))));
    router
        .put(path + "/:name")
        .handler(
            gate.guard(AREAS, true, visit -> put(visit, plural, held(visit, documents), true)));
    router
        .post(path + "/:name")
        .handler(
            gate.guard(AREAS, true, visit -> put(visit, plural, held(visit, documents), false)));
  }

  void controlRoutes(Router router) {
    router
        .get("/_sandbox/attachments/:id")
        .handler(Call.handler(call -> Answer.json(200, book(call.pathParam("id")))));
  }

  private ObjectNode book(String id) {
    ObjectNode out = Json.object();
    ArrayNode files = out.putArray("attachments");
    for (Attached file : byDocument.getOrDefault(id, List.of())) {
      files
          .addObject()
          .put("fileName", file.name())
          .put("contentType", file.type())
          .put("base64", Base64.getEncoder().encodeToString(file.bytes()));
    }
    return out;
  }

  private static String held(Gate.Visit visit, BiFunction<Organisation, String, Stored> documents) {
    String id = Ids.normal(visit.call().pathParam("id"));
    if (id == null || documents.apply(visit.organisation(), id) == null) {
      throw Refusal.notFound();
    }
    return id;
  }

  private Answer list(Gate.Visit visit, String plural, String id) {
    ArrayNode rows = Json.array();
    byDocument.getOrDefault(id, List.of()).forEach(file -> rows.add(json(plural, id, file)));
    return Envelope.of(visit, "Attachments", rows);
  }

  private Answer bytes(Gate.Visit visit, String id) {
    String name = visit.call().pathParam("name");
    for (Attached file : byDocument.getOrDefault(id, List.of())) {
      if (file.name().equalsIgnoreCase(name)) {
        return new Answer(200, Map.of("Content-Type", file.type()), file.bytes());
      }
    }
    throw Refusal.notFound();
  }

  private Answer put(Gate.Visit visit, String plural, String id, boolean create) {
    String name = visit.call().pathParam("name");
    byte[] bytes = visit.call().body().getBytes();
    List<Attached> files = byDocument.computeIfAbsent(id, none -> new ArrayList<>());
    boolean same = files.stream().anyMatch(file -> file.name().equalsIgnoreCase(name));
    check(visit, name, bytes);
    if (!create && !same) {
      throw Refusal.notFound();
    }
    boolean replace =
        same && (!create || visit.switches().choice("attachmentSameName").equals("replace"));
    if (replace) {
      files.removeIf(file -> file.name().equalsIgnoreCase(name));
    } else if (files.size() >= visit.switches().number("attachmentsPerDocument")) {
      throw Refusal.invalid("The document has the maximum number of attachments");
    }
    Attached file = new Attached(Ids.make(), name, visit.call().header("Content-Type"), bytes);
    files.add(file);
    return Envelope.one(visit, "Attachments", json(plural, id, file));
  }

  private static void check(Gate.Visit visit, String name, byte[] bytes) {
    if (name.chars().anyMatch(c -> REFUSED.indexOf(c) >= 0 || c < ' ')) {
      throw Refusal.invalid("The file name contains invalid characters");
    }
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!TYPES.contains(ending)) {
      throw Refusal.invalid("The file type ." + ending + " is not supported");
    }
    if (bytes.length == 0) {
      throw Refusal.invalid("The file is empty");
    }
    if (bytes.length > visit.switches().number("attachmentBytes")) {
      throw Refusal.invalid("The file exceeds the maximum size");
    }
    if (visit.call().header("Content-Type") == null) {
      throw Refusal.invalid("A Content-Type is required");
    }
  }

  private static ObjectNode json(String plural, String id, Attached file) {
    String encoded = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return Json.object()
        .put("AttachmentID", file.id())
        .put("FileName", file.name())
        .put(
            "Url",
            "https://api.xero.com/api.xro/2.0/" + plural + "/" + id + "/Attachments/" + encoded)
        .put("MimeType", file.type())
        .put("ContentLength", file.bytes().length)
        .put("IncludeOnline", false);
  }
}
