package io.tieback.wire;

/**
 * The one way out of the house. Never sends anything twice by itself and never follows a redirect
 * (design section 5, Camel guide 4.17a).
 */
public interface Http {

  /**
   * Sends once and waits for the answer, whatever its status.
   *
   * @throws Failure TRANSIENT when the request surely never left (connection refused, unknown host,
   *     no free connection, its last moment over) or a read got no answer; UNKNOWN when a write was
   *     sent and no whole answer came back
   */
  HttpAnswer send(HttpCall call);
}
