package io.tieback.command.load;

import io.tieback.command.wiring.ConsentAnswer;
import io.tieback.command.wiring.Deployment;
import io.tieback.command.wiring.ErpSide;
import io.tieback.construction.ConnectionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

/** Consents in the place of a person: the stand-in sends the browser back at once. */
final class LoadSignIn {

  private LoadSignIn() {}

  /** Signs in at the stand-in; the tokens are where the connector looks for them. */
  static ErpSide.SignedIn signIn(Deployment deployment, ConnectionId connection) {
    ErpSide.Consent signIn = deployment.erp(connection).consent().orElseThrow();
    URI consent = signIn.page(UUID.randomUUID().toString());
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(consent).build(), HttpResponse.BodyHandlers.ofString());
      String back = answer.headers().firstValue("Location").orElse("");
      ConsentAnswer returned = ConsentAnswer.of(back.substring(back.indexOf('?') + 1));
      if (answer.statusCode() != 302 || returned.code().isEmpty()) {
        throw new IllegalStateException(
            "the stand-in's consent page answered " + answer.statusCode() + " without a code");
      }
      return signIn.complete(returned);
    } catch (IOException e) {
      throw new IllegalStateException(
          "the stand-in's consent page does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signing in", e);
    }
  }
}
