package io.tieback.command;

import com.sun.net.httpserver.HttpServer;
import io.tieback.command.wiring.ConsentAnswer;
import io.tieback.command.wiring.ErpSide.Consent;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Shows a consent's page and waits for the browser to come back from it. */
final class ConsentInBrowser {

  private final Consent consent;
  private final PrintWriter out;
  private final boolean browse;
  private final String listen;

  /**
   * @param browse follow the address ourselves, as a browser would
   * @param listen address that the browser's return is listened for on
   */
  ConsentInBrowser(Consent consent, PrintWriter out, boolean browse, String listen) {
    this.consent = consent;
    this.out = out;
    this.browse = browse;
    this.listen = listen;
  }

  /**
   * Waits on the redirect address for what consenting gives.
   *
   * @throws IllegalStateException when nobody consented in time, or the consent was refused
   */
  ConsentAnswer wait(Duration patience) throws Exception {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String state = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    CompletableFuture<ConsentAnswer> answer = new CompletableFuture<>();
    HttpServer server = listen(state, answer);
    try {
      URI address = consent.page(state);
      if (browse) {
        open(address);
      } else {
        out.println("Open this address, choose the company, and allow access:");
        out.println();
        out.println("  " + address);
        out.println();
        out.flush();
      }
      return answer.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "nobody consented within " + patience.toMinutes() + " minutes; run the command again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      server.stop(0);
    }
  }

  private HttpServer listen(String state, CompletableFuture<ConsentAnswer> answer)
      throws IOException {
    URI redirect = consent.redirectUri();
    int port = redirect.getPort() < 0 ? 80 : redirect.getPort();
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(listen, port), 0);
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " of "
              + consent.redirectSetting()
              + " "
              + redirect
              + " cannot be listened on: "
              + e.getMessage(),
          e);
    }
    server.createContext(
        redirect.getPath().isEmpty() ? "/" : redirect.getPath(),
        exchange -> {
          ConsentAnswer given = ConsentAnswer.of(exchange.getRequestURI().getRawQuery());
          boolean ours = given.get("state").filter(state::equals).isPresent();
          String text =
              ours && given.code().isPresent()
                  ? "Signed in. You can close this page."
                  : "This sign-in was not started here, or was refused.";
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
          exchange.sendResponseHeaders(ours ? 200 : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          if (ours && given.code().isPresent()) {
            answer.complete(given);
          } else if (ours) {
            answer.completeExceptionally(
                new IllegalStateException(
                    "the consent was refused: " + given.get("error").orElse("no reason given")));
          }
        });
    server.start();
    return server;
  }

  private static void open(URI address) throws IOException, InterruptedException {
    HttpClient browser =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    HttpResponse<String> page =
        browser.send(
            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() != 200) {
      throw new IllegalStateException(
          "signing in answered " + page.statusCode() + ": " + page.body());
    }
  }
}
