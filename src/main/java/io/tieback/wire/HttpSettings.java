package io.tieback.wire;

import java.time.Duration;

/**
 * How {@link CamelHttp} connects.
 *
 * @param connectTimeout longest wait for a TCP and TLS connection
 * @param freeConnectionWait longest wait for a free connection of the pool
 * @param connectionsPerRoute connections to one host at the same time, 1 or more
 * @param maxTotalConnections connections altogether, not less than to one host
 * @param keepIdle how long an idle connection is kept; shorter than the services keep theirs, since
 *     a write on a connection that the service closed meanwhile has an unknown outcome
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration freeConnectionWait,
    int connectionsPerRoute,
    int maxTotalConnections,
    Duration keepIdle) {

  public HttpSettings {
    if (connectTimeout.isNegative()
        || connectTimeout.isZero()
        || freeConnectionWait.isNegative()
        || freeConnectionWait.isZero()) {
      throw new IllegalArgumentException(
          "time-outs of the HTTP client must be above zero: connect "
              + connectTimeout
              + ", free connection "
              + freeConnectionWait);
    }
    if (connectionsPerRoute < 1 || maxTotalConnections < connectionsPerRoute) {
      throw new IllegalArgumentException(
          "connections of the HTTP client: "
              + connectionsPerRoute
              + " to one host and "
              + maxTotalConnections
              + " altogether; at least 1 to one host, and altogether not less than that");
    }
  }

  /**
   * 10 s to connect, 10 s for a free connection, 20 connections to one host, 100 altogether, idle
   * ones kept for 20 s.
   */
  public static HttpSettings defaults() {
    return new HttpSettings(
        Duration.ofSeconds(10), Duration.ofSeconds(10), 20, 100, Duration.ofSeconds(20));
  }
}
