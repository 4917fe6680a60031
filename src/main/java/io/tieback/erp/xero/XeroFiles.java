package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.ErpFiles;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.LastMoment;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Files on bills and credit notes: {@code /Invoices/{id}/Attachments} and the same of credit notes.
 * A file is only ever put where none of its name is; what Xero does with a second one is UNCERTAIN.
 */
final class XeroFiles implements ErpFiles {

  private static final int LONGEST_NAME = 255;

  /**
   * Characters that Xero's servers do not take in a path, however they are written there
   * (UNCERTAIN: reported, not published).
   */
  private static final String REFUSED = "<>:\"/\\|?*%&+";

  private static final Map<String, String> CONTENT_TYPES =
      Map.ofEntries(
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("txt", "text/plain"),
          Map.entry("csv", "text/csv"),
          Map.entry("rtf", "application/rtf"),
          Map.entry("doc", "application/msword"),
          Map.entry(
              "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          Map.entry("xls", "application/vnd.ms-excel"),
          Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
          Map.entry("ppt", "application/vnd.ms-powerpoint"),
          Map.entry(
              "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
          Map.entry("zip", "application/zip"));

  private final XeroConnection.Files settings;
  private final XeroCalls calls;

  XeroFiles(XeroConnection.Files settings, XeroCalls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  @Override
  public int mostFiles() {
    return settings.most();
  }

  @Override
  public long mostBytes() {
    return settings.mostBytes();
  }

  @Override
  public Optional<Objection> objection(String fileName) {
    String name = fileName == null ? "" : fileName;
    String found =
        name.codePoints()
            .filter(c -> REFUSED.indexOf(c) >= 0 || Character.isISOControl(c))
            .mapToObj(
                c -> Character.isISOControl(c) ? "a control character" : Character.toString(c))
            .distinct()
            .collect(Collectors.joining(" "));
    if (!found.isEmpty()) {
      return Optional.of(
          new Objection(
              "its name holds " + found + ", which Xero does not take",
              "Attach it in Xero by hand under a name without it."));
    }
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      return Optional.of(
          new Objection(
              "its name has " + name.length() + " characters; Xero takes 1 to " + LONGEST_NAME,
              "Attach it in Xero by hand under a shorter name."));
    }
    String ending = ending(name);
    if (!settings.types().contains(ending)) {
      return Optional.of(
          new Objection(
              "its ending '"
                  + ending
                  + "' is none of those that Xero takes (xero.attachment-types): "
                  + settings.types().stream().sorted().collect(Collectors.joining(", ")),
              "Keep it in Procore, or attach it in Xero by hand as a PDF."));
    }
    return Optional.empty();
  }

  private static String ending(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public List<OnDocument> on(String kind, String key) {
    List<OnDocument> files = new ArrayList<>();
    for (JsonNode row :
        calls
            .get(path(kind, key), Map.of(), "reading the files of a document")
            .path("Attachments")) {
      files.add(
          new OnDocument(
              String.valueOf(XeroJson.text(row, "FileName")),
              row.path("ContentLength").longValue()));
    }
    return files;
  }

  @Override
  public void attach(
      String kind, String key, String fileName, byte[] bytes, LastMoment lastMoment) {
    String path = path(kind, key) + "/" + encoded(fileName);
    JsonNode put =
        calls
            .putFile(
                path,
                CONTENT_TYPES.getOrDefault(ending(fileName), "application/octet-stream"),
                idempotencyKey(key, fileName, bytes),
                bytes,
                lastMoment,
                "attaching a file")
            .path("Attachments")
            .path(0);
    JsonNode length = put.path("ContentLength");
    if (length.isIntegralNumber() && length.longValue() != bytes.length) {
      throw Failure.of(
          FailureKind.REFUSED,
          "Xero kept "
              + length.longValue()
              + " of the "
              + bytes.length
              + " bytes of '"
              + fileName
              + "'",
          "Open the file in Xero; if it is damaged, remove it there and attach it by hand.");
    }
  }

  private static String path(String kind, String key) {
    XeroDocument document =
        switch (kind) {
          case "bill" -> XeroDocument.BILL;
          case "credit_note" -> XeroDocument.CREDIT_NOTE;
          default ->
              throw new IllegalArgumentException("no files go to a document of kind " + kind);
        };
    return document.path() + "/" + key + "/Attachments";
  }

  private static String encoded(String fileName) {
    return URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The same for the same bytes on the same document: within six minutes Xero takes them once. */
  private static String idempotencyKey(String key, String fileName, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((key + "\n" + fileName + "\n").getBytes(StandardCharsets.UTF_8));
      return "tieback-file-" + HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
