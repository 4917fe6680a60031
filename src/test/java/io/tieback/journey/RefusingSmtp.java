package io.tieback.journey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A mail server that knows none of its addressees: each is answered 550. */
final class RefusingSmtp implements AutoCloseable {

  private final ServerSocket door;

  RefusingSmtp(int port) throws IOException {
    door = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "refusing-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!door.isClosed()) {
      try (Socket socket = door.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
          Writer out =
              new java.io.OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8)) {
        say(out, "220 refusing.example ready");
        String line = in.readLine();
        while (line != null) {
          String verb = line.toUpperCase(Locale.ROOT);
          if (verb.startsWith("RCPT")) {
            say(out, "550 5.1.1 no such mailbox");
          } else if (verb.startsWith("QUIT")) {
            say(out, "221 bye");
          } else {
            say(out, "250 ok");
          }
          line = in.readLine();
        }
      } catch (IOException e) {
        if (!door.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private static void say(Writer out, String line) throws IOException {
    out.write(line + "\r\n");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
