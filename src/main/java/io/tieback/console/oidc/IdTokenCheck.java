package io.tieback.console.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.tieback.console.oidc.OidcRefused.Reason;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Whether an ID token holds (OpenID Connect Core 1.0 section 3.1.3.7): signed by the provider with
 * an asymmetric key, for us, in time, and for this very sign-in.
 */
final class IdTokenCheck {

  /** How far the provider's clock and ours may be apart. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** Never {@code none}, and no key that both sides know. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final ProviderDirectory directory;
  private final String clientId;
  private final Clock clock;

  IdTokenCheck(ProviderDirectory directory, String clientId, Clock clock) {
    this.directory = directory;
    this.clientId = clientId;
    this.clock = clock;
  }

  /**
   * Checks it.
   *
   * @param nonce what this sign-in asked to have in it
   * @return what it says
   */
  JWTClaimsSet check(String idToken, String nonce) throws OidcRefused {
    OIDCProviderMetadata metadata = directory.metadata();
    try {
      SignedJWT token = SignedJWT.parse(idToken);
      try {
        return claims(token, directory.keys(false), metadata, nonce);
      } catch (BadJWTException e) {
        throw e;
      } catch (BadJOSEException e) {
        // The provider may have new keys.
        return claims(token, directory.keys(true), metadata, nonce);
      }
    } catch (ParseException e) {
      throw invalid("it is no signed token");
    } catch (BadJOSEException | JOSEException e) {
      throw invalid(e.getMessage());
    }
  }

  private JWTClaimsSet claims(
      SignedJWT token, JWKSet keys, OIDCProviderMetadata metadata, String nonce)
      throws BadJOSEException, JOSEException {
    Set<JWSAlgorithm> algorithms = new HashSet<>(ALGORITHMS);
    if (metadata.getIDTokenJWSAlgs() != null) {
      algorithms.retainAll(metadata.getIDTokenJWSAlgs());
    }
    if (algorithms.isEmpty()) {
      throw new BadJWTException(
          "the provider signs with none of the known algorithms but "
              + metadata.getIDTokenJWSAlgs());
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithms, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier(
        (claims, context) -> verify(claims, metadata.getIssuer().getValue(), nonce));
    return processor.process(token, null);
  }

  private void verify(JWTClaimsSet claims, String issuer, String nonce) throws BadJWTException {
    Instant now = clock.instant();
    require(issuer.equals(claims.getIssuer()), "its issuer is " + claims.getIssuer());
    require(
        claims.getAudience().contains(clientId),
        "it is for " + claims.getAudience() + ", not for " + clientId);
    Object party = claims.getClaim("azp");
    require(
        party == null ? claims.getAudience().size() == 1 : party.equals(clientId),
        "it is for " + claims.getAudience() + ", authorized is " + party);
    require(
        claims.getSubject() != null
            && !claims.getSubject().isBlank()
            && claims.getSubject().length() <= 255,
        "its subject is missing or longer than 255 characters");
    Date end = claims.getExpirationTime();
    require(
        end != null && now.isBefore(end.toInstant().plus(SKEW)),
        "it ended at " + moment(end) + ", now is " + now);
    Date made = claims.getIssueTime();
    require(
        made != null && !made.toInstant().isAfter(now.plus(SKEW)),
        "it was made at " + moment(made) + ", now is " + now + ": one of the clocks is wrong");
    Date start = claims.getNotBeforeTime();
    require(
        start == null || !start.toInstant().isAfter(now.plus(SKEW)),
        "it counts from " + moment(start) + ", now is " + now);
    require(Objects.equals(nonce, claims.getClaim("nonce")), "its nonce is not of this sign-in");
  }

  private static String moment(Date date) {
    return date == null ? "no time" : date.toInstant().toString();
  }

  private static void require(boolean holds, String message) throws BadJWTException {
    if (!holds) {
      throw new BadJWTException(message);
    }
  }

  private static OidcRefused invalid(String why) {
    return new OidcRefused(Reason.INVALID, "", "the provider's ID token does not hold: " + why);
  }
}
