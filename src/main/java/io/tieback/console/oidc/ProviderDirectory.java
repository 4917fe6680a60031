package io.tieback.console.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.wire.Failure;
import io.tieback.wire.Redaction;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0) and the keys that it signs with.
 * Both are read when they are first needed and again after an hour; while the provider is away for
 * a moment, what it said last counts for up to a day.
 */
final class ProviderDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ProviderDirectory.class);
  private static final String DOCUMENT = "/.well-known/openid-configuration";
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration USABLE = Duration.ofDays(1);

  /** Many who click at once must not all wait for a provider that is away. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final String issuer;
  private final HouseSender sender;
  private final Clock clock;
  private Read<OIDCProviderMetadata> metadata;
  private Read<JWKSet> keys;
  private Instant failedAt = Instant.MIN;
  private String failure = "";

  ProviderDirectory(String issuer, HouseSender sender, Clock clock) {
    this.issuer = issuer;
    this.sender = sender;
    this.clock = clock;
  }

  private record Read<T>(T what, Instant at) {}

  private interface Reading<T> {
    T read() throws IOException, ParseException, java.text.ParseException;
  }

  /** What it says of itself. */
  synchronized OIDCProviderMetadata metadata() throws OidcRefused {
    metadata = current(metadata, false, this::readMetadata);
    return metadata.what();
  }

  /**
   * Its keys.
   *
   * @param anew whether they have to be read now: a signature that no known key made may be of a
   *     new one
   */
  synchronized JWKSet keys(boolean anew) throws OidcRefused {
    URI address = metadata().getJWKSetURI();
    keys = current(keys, anew, () -> JWKSet.parse(sender.document(address)));
    return keys.what();
  }

  private <T> Read<T> current(Read<T> known, boolean anew, Reading<T> reading) throws OidcRefused {
    Instant now = clock.instant();
    if (!anew && known != null && now.isBefore(known.at().plus(FRESH))) {
      return known;
    }
    boolean usable = !anew && known != null && now.isBefore(known.at().plus(USABLE));
    if (!anew && now.isBefore(failedAt.plus(ASK_AGAIN)) && !now.isBefore(failedAt)) {
      if (usable) {
        return known;
      }
      throw new OidcRefused(Reason.UNREACHABLE, failure, failure);
    }
    try {
      return new Read<>(reading.read(), now);
    } catch (Failure | IOException | ParseException | java.text.ParseException e) {
      failedAt = now;
      failure = Redaction.text(e.getMessage());
      LOG.warn("the identity provider {} gives no usable answer: {}", issuer, failure);
      if (usable) {
        return known;
      }
      throw new OidcRefused(Reason.UNREACHABLE, failure, failure);
    }
  }

  private OIDCProviderMetadata readMetadata() throws IOException, ParseException {
    URI address = URI.create(issuer + DOCUMENT);
    OIDCProviderMetadata read = OIDCProviderMetadata.parse(sender.document(address));
    String named = read.getIssuer().getValue();
    if (!named.equals(issuer) && !named.equals(issuer + "/")) {
      throw new IOException(
          address
              + " is of the issuer "
              + named
              + ", not of "
              + issuer
              + ". Write its own name into console.oidc.issuer");
    }
    requireAddress("authorization_endpoint", read.getAuthorizationEndpointURI());
    requireAddress("token_endpoint", read.getTokenEndpointURI());
    requireAddress("jwks_uri", read.getJWKSetURI());
    if (read.getUserInfoEndpointURI() != null) {
      requireAddress("userinfo_endpoint", read.getUserInfoEndpointURI());
    }
    if (read.getEndSessionEndpointURI() != null) {
      requireAddress("end_session_endpoint", read.getEndSessionEndpointURI());
    }
    return read;
  }

  /** A provider on https sends nobody, and no secret, to an address without it. */
  private void requireAddress(String name, URI address) throws IOException {
    boolean safe =
        address != null
            && address.getHost() != null
            && ("https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && issuer.startsWith("http://")));
    if (!safe) {
      throw new IOException(
          "the identity provider "
              + issuer
              + " names no usable "
              + name
              + " (https) but "
              + address);
    }
  }
}
