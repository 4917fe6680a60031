package io.tieback.wire;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Where a sign-in's tokens lie, encrypted; one holder at a time renews them (design section 7). */
public interface TokenVault {

  /**
   * Tokens of one sign-in.
   *
   * @param accessToken bearer token
   * @param expiresAt when the access token stops working
   * @param refreshToken token to renew with, or null for client credentials
   * @param tenantId the ERP company that was chosen at sign-in, or null
   * @param connectionKey the ERP's own id of the consent (Xero: connection id), or null
   * @param consentEndsAt when the sign-in ends unless a person consents again or it is used before,
   *     as the service told; null when it did not
   */
  record Tokens(
      String accessToken,
      Instant expiresAt,
      String refreshToken,
      String tenantId,
      String connectionKey,
      Instant consentEndsAt) {

    /** Of a service that does not tell when the sign-in ends. */
    public Tokens(
        String accessToken,
        Instant expiresAt,
        String refreshToken,
        String tenantId,
        String connectionKey) {
      this(accessToken, expiresAt, refreshToken, tenantId, connectionKey, null);
    }

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
      return "Tokens[expiresAt=" + expiresAt + ", tenantId=" + tenantId + "]";
    }
  }

  /** The tokens as they are stored now. */
  Optional<Tokens> read();

  /**
   * Renews the tokens while no other thread or node can. The function gets what is stored now
   * (which another holder may just have renewed) and gives what to store; it is committed before
   * this returns. If the function throws, what is stored stays.
   */
  Tokens renew(Function<Optional<Tokens>, Tokens> renewal);
}
