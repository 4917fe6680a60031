package io.tieback.console.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What one sign-in needs, made of the browser's secret and a name of this visit: nobody without the
 * secret can make it, and nothing has to be kept.
 */
final class BrowserWords {

  private final byte[] secret;
  private final String visit;

  /**
   * @param secret the browser's, 43 characters
   * @param visit random, 43 characters
   */
  BrowserWords(String secret, String visit) {
    this.secret = secret.getBytes(StandardCharsets.US_ASCII);
    this.visit = visit;
  }

  /** The visit, and a proof that this browser began it: 86 characters. */
  String state() {
    return visit + word("state");
  }

  /** What the ID token has to repeat. */
  String nonce() {
    return word("nonce");
  }

  /** What proves to the provider that we began (RFC 7636): 43 characters. */
  String verifier() {
    return word("code verifier");
  }

  private String word(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal((purpose + " " + visit).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC with SHA-256", e);
    }
  }
}
