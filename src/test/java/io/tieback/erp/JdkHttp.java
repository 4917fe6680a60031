package io.tieback.erp;

import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Http;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.HttpCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The JDK's client behind our port: one request per call, a connection of its own for each. */
public final class JdkHttp implements Http {

  @Override
  public HttpAnswer send(HttpCall call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(call.uri())
            .timeout(call.timeout())
            .method(
                call.method(),
                call.body() == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(call.body()));
    call.headers().forEach(request::header);
    // A fresh client each time, so that no pooled connection is found dead and tried again behind our back.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      Map<String, String> headers = new HashMap<>();
      answer.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      return new HttpAnswer(answer.statusCode(), headers, answer.body());
    } catch (ConnectException e) {
      throw new Failure(FailureKind.TRANSIENT, 0, call + " could not connect", "", null, e);
    } catch (IOException e) {
      throw new Failure(call.writes() ? FailureKind.UNKNOWN : FailureKind.TRANSIENT, 0, call + " got no answer", "", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
