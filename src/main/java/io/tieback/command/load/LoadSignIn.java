package io.tieback.command.load;

import io.tieback.erp.xero.XeroOrganisation;
import io.tieback.erp.xero.XeroSignIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Consents in the place of a person: the stand-in sends the browser back at once. */
final class LoadSignIn {

  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

  private LoadSignIn() {}

  /** Signs in at the stand-in; the tokens are where the connector looks for them. */
  static XeroOrganisation signIn(XeroSignIn signIn) {
    URI consent = signIn.authorizeUrl(UUID.randomUUID().toString());
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(consent).build(), HttpResponse.BodyHandlers.ofString());
      String back = answer.headers().firstValue("Location").orElse("");
      Matcher code = CODE.matcher(back);
      if (answer.statusCode() != 302 || !code.find()) {
        throw new IllegalStateException(
            "the stand-in's consent page answered " + answer.statusCode() + " without a code");
      }
      return signIn.complete(code.group(1));
    } catch (IOException e) {
      throw new IllegalStateException(
          "the stand-in's consent page does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while signing in", e);
    }
  }
}
