package io.tieback.command.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs the connector in to Xero as a person does: runs {@code tieback connect xero} and opens the address that it prints. */
final class BrowserSignIn {

  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+/identity/connect/authorize\\?\\S+");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private BrowserSignIn() {}

  /**
   * Signs in.
   *
   * @param configuration the connector's configuration folder
   * @param log where the command's output goes
   */
  static void run(List<String> javaOptions, Path configuration, Path log) {
    ConnectorProcess command = new ConnectorProcess(javaOptions, log, "connect", "xero", "--config", configuration.toString());
    command.start();
    try {
      URI address = address(command, log);
      HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).connectTimeout(Duration.ofSeconds(5)).build();
      HttpResponse<String> page =
          browser.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
      if (page.statusCode() != 200) {
        throw new IllegalStateException("signing in to Xero's stand-in ended with " + page.statusCode() + ": " + page.body() + "; see " + log);
      }
      awaitEnd(command, log);
    } catch (IOException e) {
      throw new IllegalStateException("signing in to Xero's stand-in failed: " + e.getMessage() + "; see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signing in", e);
    } finally {
      if (command.alive()) {
        command.kill();
      }
    }
  }

  private static URI address(ConnectorProcess command, Path log) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      boolean ended = !command.alive();
      Matcher found = ADDRESS.matcher(Files.readString(log));
      if (found.find()) {
        return URI.create(found.group());
      }
      if (ended) {
        break;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new IllegalStateException("'tieback connect xero' printed no address to open; see " + log);
  }

  private static void awaitEnd(ConnectorProcess command, Path log) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (command.alive()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("'tieback connect xero' did not end after the sign-in; see " + log);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }
}
