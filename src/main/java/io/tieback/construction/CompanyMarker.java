package io.tieback.construction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What finds a company again in the ERP, such as {@code tieback.harbour.vendor.7041}. It stands in
 * a field of at most 50 characters that only interfaces can write (Xero: {@code ContactNumber}). A
 * connection's name that would make it longer is shortened, with a digest so that two connections
 * never share a marker.
 */
public final class CompanyMarker {

  /** Longest marker. */
  public static final int LONGEST = 50;

  private static final String BEGINNING = "tieback.";
  private static final String MIDDLE = ".vendor.";
  private static final int DIGEST = 8;

  private CompanyMarker() {}

  /**
   * The marker of a company.
   *
   * @param vendorId Procore's id of it
   */
  public static String of(ConnectionId connection, long vendorId) {
    int room = LONGEST - BEGINNING.length() - MIDDLE.length() - Long.toString(vendorId).length();
    String name = connection.value();
    if (name.length() > room) {
      name = name.substring(0, room - DIGEST - 1) + "~" + digest(name);
    }
    return BEGINNING + name + MIDDLE + vendorId;
  }

  private static String digest(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGEST);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }
}
