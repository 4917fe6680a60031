package io.tieback.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server of bare sockets: it reads whole requests, remembers them, and then does what it is told
 * to, also what no proper server does.
 */
public final class RawServer implements AutoCloseable {

  /** A request as it came over the line. */
  public record Request(String method, String target, List<String> headers, String body) {

    /** Value of a header, or null. */
    public String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst()
          .orElse(null);
    }
  }

  /** What the server does after it has read a request. */
  public sealed interface Reaction permits Answer, Reset, Close, Silence {}

  /** Sends these bytes; closes afterwards when told to. */
  public record Answer(String bytes, boolean close) implements Reaction {}

  /** Resets the connection (RST). */
  public record Reset() implements Reaction {}

  /** Closes the connection without a byte. */
  public record Close() implements Reaction {}

  /** Says nothing and keeps the connection open until the server ends. */
  public record Silence() implements Reaction {}

  private final ServerSocket listening;
  private final Function<Request, Reaction> reaction;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** Starts on any free port of the loopback address. */
  public RawServer(Function<Request, Reaction> reaction) {
    this.reaction = reaction;
    try {
      this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread acceptor = new Thread(this::accept, "raw-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** A proper answer with a body and its length. */
  public static Answer answer(int status, String headers, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return new Answer(
        "HTTP/1.1 "
            + status
            + " Words\r\n"
            + headers
            + "Content-Length: "
            + length
            + "\r\n\r\n"
            + body,
        false);
  }

  /** Address below the server. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort() + path);
  }

  /** Everything that came, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread worker = new Thread(() -> serve(socket), "raw-server-connection");
        worker.setDaemon(true);
        worker.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try {
      InputStream in = socket.getInputStream();
      Request request = read(in);
      while (request != null) {
        requests.add(request);
        Reaction now = reaction.apply(request);
        if (now instanceof Answer answer) {
          socket.getOutputStream().write(answer.bytes().getBytes(StandardCharsets.UTF_8));
          socket.getOutputStream().flush();
          if (answer.close()) {
            socket.close();
            return;
          }
        } else if (now instanceof Reset) {
          socket.setSoLinger(true, 0);
          socket.close();
          return;
        } else if (now instanceof Close) {
          socket.close();
          return;
        }
        request = read(in);
      }
    } catch (IOException e) {
      // The client went away, or the server ends.
    }
  }

  private static Request read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) {
      return null;
    }
    List<String> headers = new java.util.ArrayList<>();
    int length = 0;
    for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
      headers.add(header);
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] parts = first.split(" ");
    return new Request(parts[0], parts[1], List.copyOf(headers), body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
      }
      bytes.write(b);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
