package io.tieback.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;

/** Ports of this machine. */
final class Ports {

  private Ports() {}

  /** A port that nobody listened on a moment ago. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Whether somebody listens on it. */
  static boolean taken(int port) {
    return whyNot("127.0.0.1", port).isPresent();
  }

  /** Why nobody could listen on an address; empty when it is possible. */
  static Optional<String> whyNot(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the servers themselves do it: a connection that lingers from the last run does no harm.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port), 1);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }
}
