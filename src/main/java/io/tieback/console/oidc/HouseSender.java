package io.tieback.console.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets the OpenID Connect library send over the house's HTTP: no redirects, limits, time-outs. */
final class HouseSender implements HTTPRequestSender {

  private static final Logger LOG = LoggerFactory.getLogger(HouseSender.class);

  /** Longest wait for an answer of the provider: somebody waits in front of the screen. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** No document of a provider is longer. */
  private static final long MOST_BYTES = 512 * 1024L;

  private final Http http;

  HouseSender(Http http) {
    this.http = http;
  }

  /**
   * @throws io.tieback.wire.Failure when no answer came
   */
  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    request.getHeaderMap().forEach((name, values) -> headers.put(name, String.join(", ", values)));
    boolean get = request.getMethod().name().equals("GET");
    String body = request.getBody();
    HttpCall call =
        new HttpCall(
            request.getMethod().name(),
            request.getURI(),
            headers,
            get || body == null ? null : body.getBytes(StandardCharsets.UTF_8),
            TIMEOUT,
            null,
            MOST_BYTES);
    HttpAnswer answer = http.send(call);
    LOG.debug("{} answers {}", call, answer.status());
    HTTPResponse response = new HTTPResponse(answer.status());
    answer
        .header("www-authenticate")
        .ifPresent(told -> response.setHeader("WWW-Authenticate", told));
    try {
      String type = answer.header("content-type").orElse("");
      if (!type.isBlank()) {
        response.setContentType(type);
      }
    } catch (ParseException e) {
      throw new IOException(call + " answers with an unreadable content type", e);
    }
    response.setBody(answer.text());
    return response;
  }

  /**
   * Reads a document.
   *
   * @throws IOException when the provider answers anything but 200
   * @throws io.tieback.wire.Failure when no answer came
   */
  String document(URI address) throws IOException {
    HttpCall call =
        new HttpCall(
            "GET", address, Map.of("Accept", "application/json"), null, TIMEOUT, null, MOST_BYTES);
    HttpAnswer answer = http.send(call);
    if (answer.status() != 200) {
      throw new IOException(call + " answers " + answer.status());
    }
    return answer.text();
  }
}
