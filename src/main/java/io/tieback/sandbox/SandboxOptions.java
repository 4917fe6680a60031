package io.tieback.sandbox;

/**
 * Where the stand-ins listen.
 *
 * @param host loopback address, e.g. 127.0.0.1
 * @param procorePort 0 for any free port
 * @param xeroPort 0 for any free port
 * @param quickBooksOnlinePort 0 for any free port
 */
public record SandboxOptions(String host, int procorePort, int xeroPort, int quickBooksOnlinePort) {
  /** Loopback, any free ports. */
  public static SandboxOptions anywhere() {
    return new SandboxOptions("127.0.0.1", 0, 0, 0);
  }
}
