package io.tieback.erp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One document in the ERP's own wire form, ready for a batch.
 *
 * @param marker what finds it again in the ERP, in a field that people do not edit
 * @param body the document's JSON or XML, exactly as it will stand in the batch
 * @param digest SHA-256 of {@code body} in lower-case hex: what acceptance is bound to
 */
public record ErpDocument(String marker, String body, String digest) {

  /** A document with its digest. */
  public static ErpDocument of(String marker, String body) {
    return new ErpDocument(marker, body, sha256(body.getBytes(StandardCharsets.UTF_8)));
  }

  /** SHA-256 in lower-case hex. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
