package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpFiles;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import io.tieback.wire.LastMoment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files on bills and vendor credits: uploaded and linked in one call ({@code POST /upload}, two
 * parts: an {@code Attachable} and the bytes). A file is only ever put where none of its name is.
 * The limits are UNCERTAIN: 100 MB and the list of endings are what others report.
 */
final class QuickBooksFiles implements ErpFiles {

  /** Most bytes of one file. */
  static final long MOST_BYTES = 100_000_000L;

  private static final int LONGEST_NAME = 1_000;

  /** Endings that are taken, with their types. */
  private static final Map<String, String> CONTENT_TYPES =
      Map.ofEntries(
          Map.entry("ai", "application/postscript"),
          Map.entry("csv", "text/csv"),
          Map.entry("doc", "application/msword"),
          Map.entry(
              "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          Map.entry("eps", "application/postscript"),
          Map.entry("gif", "image/gif"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("ods", "application/vnd.oasis.opendocument.spreadsheet"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("txt", "text/plain"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          Map.entry("xml", "text/xml"));

  private final int most;
  private final long mostBytes;
  private final QuickBooksCalls calls;

  /**
   * @param most most files on one document
   * @param mostBytes most bytes of one file
   */
  QuickBooksFiles(int most, long mostBytes, QuickBooksCalls calls) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.calls = calls;
  }

  @Override
  public int mostFiles() {
    return most;
  }

  @Override
  public long mostBytes() {
    return mostBytes;
  }

  @Override
  public Optional<Objection> objection(String fileName) {
    String name = fileName == null ? "" : fileName;
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return Optional.of(
          new Objection(
              "its name has "
                  + name.length()
                  + " characters; QuickBooks takes 1 to "
                  + LONGEST_NAME,
              "Attach it in QuickBooks by hand under another name."));
    }
    // A quote or a line break would end the name within the header of its part.
    if (name.chars().anyMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c))) {
      return Optional.of(
          new Objection(
              "its name holds a quotation mark, a backslash or a control character",
              "Attach it in QuickBooks by hand under a name without it."));
    }
    if (!CONTENT_TYPES.containsKey(ending(name))) {
      return Optional.of(
          new Objection(
              "its ending '"
                  + ending(name)
                  + "' is none of those that QuickBooks takes: "
                  + CONTENT_TYPES.keySet().stream().sorted().collect(Collectors.joining(", ")),
              "Keep it in Procore, or attach it in QuickBooks by hand as a PDF."));
    }
    return Optional.empty();
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public List<OnDocument> on(String kind, String key) {
    List<OnDocument> files = new ArrayList<>();
    String condition =
        "AttachableRef.EntityRef.Type = "
            + QuickBooksQuery.quoted(entity(kind).wireName())
            + " and AttachableRef.EntityRef.value = "
            + QuickBooksQuery.quoted(key);
    for (JsonNode row :
        calls
            .query(
                "select * from Attachable where " + condition,
                "Attachable",
                "reading the files of a document")
            .records()) {
      // A mere note has no file.
      if (QuickBooksJson.text(row, "FileName") != null) {
        files.add(
            new OnDocument(QuickBooksJson.text(row, "FileName"), row.path("Size").longValue()));
      }
    }
    return files;
  }

  @Override
  public void attach(
      String kind, String key, String fileName, byte[] bytes, LastMoment lastMoment) {
    String type = CONTENT_TYPES.getOrDefault(ending(fileName), "application/octet-stream");
    byte[] metadata = Json.bytes(metadata(entity(kind), key, fileName, type));
    // Long enough that no file holds it by chance.
    String boundary = "tieback-" + ErpDocument.sha256(bytes);
    QuickBooksAnswer answer =
        calls.upload(
            "multipart/form-data; boundary=" + boundary,
            parts(boundary, metadata, fileName, type, bytes),
            lastMoment,
            "attaching a file");
    JsonNode made = answer.body().path("AttachableResponse").path(0);
    JsonNode error = made.path("Fault").path("Error").path(0);
    if (error.isObject()) {
      throw Failure.of(
          FailureKind.REFUSED,
          "QuickBooks did not take '"
              + fileName
              + "': "
              + QuickBooksJson.text(error, "Message")
              + " "
              + QuickBooksJson.text(error, "Detail")
              + QuickBooksFailures.tid(answer.http()),
          "Attach it in QuickBooks by hand.");
    }
    JsonNode size = made.path("Attachable").path("Size");
    if (size.isIntegralNumber() && size.longValue() != bytes.length) {
      throw Failure.of(
          FailureKind.REFUSED,
          "QuickBooks kept "
              + size.longValue()
              + " of the "
              + bytes.length
              + " bytes of '"
              + fileName
              + "'",
          "Open the file in QuickBooks; if it is damaged, remove it there and attach it by hand.");
    }
  }

  /** The {@code Attachable} that links a file to a document. */
  static ObjectNode metadata(QuickBooksEntity entity, String key, String fileName, String type) {
    ObjectNode metadata = Json.object().put("FileName", fileName).put("ContentType", type);
    metadata
        .putArray("AttachableRef")
        .addObject()
        .putObject("EntityRef")
        .put("type", entity.wireName())
        .put("value", key);
    return metadata;
  }

  private static byte[] parts(
      String boundary, byte[] metadata, String fileName, String type, byte[] bytes) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(bytes.length + 2_000);
    head(body, boundary, "file_metadata_01", "attachment.json", "application/json");
    body.writeBytes(metadata);
    text(body, "\r\n");
    head(body, boundary, "file_content_01", fileName, type);
    body.writeBytes(bytes);
    text(body, "\r\n--" + boundary + "--\r\n");
    return body.toByteArray();
  }

  private static void head(
      ByteArrayOutputStream body, String boundary, String part, String fileName, String type) {
    text(
        body,
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\""
            + part
            + "\"; filename=\""
            + fileName
            + "\"\r\nContent-Type: "
            + type
            + "\r\n\r\n");
  }

  private static void text(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static QuickBooksEntity entity(String kind) {
    return switch (kind) {
      case "bill" -> QuickBooksEntity.BILL;
      case "credit_note" -> QuickBooksEntity.VENDOR_CREDIT;
      default -> throw new IllegalArgumentException("no files go to a document of kind " + kind);
    };
  }
}
