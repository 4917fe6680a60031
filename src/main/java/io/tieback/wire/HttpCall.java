package io.tieback.wire;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One request to the outside.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param uri absolute address with its query, already encoded
 * @param headers headers by name; secrets in them are never logged
 * @param body bytes to send, or null
 * @param timeout longest wait for the answer
 * @param lastMoment until when it may leave, looked at right before its first byte; null for any
 *     time
 * @param mostBytes most bytes of the answer that are taken, above zero; a longer one fails as
 *     REFUSED
 */
public record HttpCall(
    String method,
    URI uri,
    Map<String, String> headers,
    byte[] body,
    Duration timeout,
    LastMoment lastMoment,
    long mostBytes) {

  /** Any answer that memory holds. */
  public static final long ANY_LENGTH = Long.MAX_VALUE;

  /** A call with an answer of any length. */
  public HttpCall(
      String method,
      URI uri,
      Map<String, String> headers,
      byte[] body,
      Duration timeout,
      LastMoment lastMoment) {
    this(method, uri, headers, body, timeout, lastMoment, ANY_LENGTH);
  }

  /** A call that may leave at any time. */
  public HttpCall(
      String method, URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    this(method, uri, headers, body, timeout, null);
  }

  public HttpCall {
    headers = Map.copyOf(headers);
    if (mostBytes < 1) {
      throw new IllegalArgumentException(
          "most bytes of an answer is " + mostBytes + "; it must be above zero");
    }
  }

  /**
   * Whether the call can change something at the service, so that a lost answer leaves an unknown
   * outcome.
   */
  public boolean writes() {
    return !method.equals("GET");
  }

  /** Method and address without the query: fit for logs and errors. */
  @Override
  public String toString() {
    return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
  }
}
