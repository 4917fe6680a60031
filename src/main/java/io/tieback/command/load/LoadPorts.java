package io.tieback.command.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for processes that are told theirs. */
final class LoadPorts {

  private LoadPorts() {}

  /** A port of the loopback address that nobody listened on a moment ago. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on the loopback address: " + e.getMessage(), e);
    }
  }
}
