package io.tieback.sandbox.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A plain client for tests of the stand-ins. It never sends a request twice by itself. */
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Http() {}

  /** An answer with its body as text. */
  public record Reply(int status, HttpResponse<byte[]> raw) {
    /** The body as UTF-8. */
    public String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
      try {
        return Json.parse(raw.body());
      } catch (IOException e) {
        throw new AssertionError("not JSON: " + text(), e);
      }
    }

    /** A header or null. */
    public String header(String name) {
      return raw.headers().firstValue(name).orElse(null);
    }
  }

  /** Sends; headers as name, value, name, value. */
  public static Reply send(String method, String url, String body, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      request.method(
          method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Sends JSON with single quotes for double ones and expects success. */
  public static JsonNode control(String method, String url, String body) {
    Reply reply =
        send(
            method,
            url,
            body == null ? null : body.replace('\'', '"'),
            "Content-Type",
            "application/json");
    if (reply.status() != 200) {
      throw new AssertionError(
          method + " " + url + " answered " + reply.status() + ": " + reply.text());
    }
    return reply.json();
  }
}
