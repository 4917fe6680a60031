package io.tieback.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.tieback.console.oidc.OidcRefused.Reason;
import io.tieback.wire.CamelHttp;
import io.tieback.wire.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no honest provider does: forged tokens, tokens for others, odd documents. */
class IdTokenCheckTest {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final Map<String, String> DOCUMENTS = new ConcurrentHashMap<>();
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static CamelHttp http;
  private static HttpServer server;
  private static String issuer;
  private static RSAKey key;

  @BeforeAll
  static void start() throws IOException, JOSEException {
    CAMEL.start();
    http = new CamelHttp(CAMEL, HttpSettings.defaults());
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          ASKED.incrementAndGet();
          String document = DOCUMENTS.get(exchange.getRequestURI().getPath());
          byte[] body = (document == null ? "" : document).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          if (document != null && document.startsWith("http")) {
            exchange.getResponseHeaders().set("Location", document);
            exchange.sendResponseHeaders(302, -1);
          } else {
            exchange.sendResponseHeaders(document == null ? 500 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterAll
  static void stop() throws IOException {
    server.stop(0);
    http.close();
    CAMEL.close();
  }

  @BeforeEach
  void honest() {
    DOCUMENTS.put("/.well-known/openid-configuration", discovery(issuer, issuer + "/token"));
    DOCUMENTS.put("/keys", new JWKSet(key.toPublicJWK()).toString());
  }

  private static String discovery(String named, String tokens) {
    return """
    {"issuer": "%1$s", "authorization_endpoint": "%3$s/authorize", "token_endpoint": "%2$s",
     "jwks_uri": "%3$s/keys", "response_types_supported": ["code"],
     "subject_types_supported": ["public"],
     "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
    """
        .formatted(named, tokens, issuer);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience("tieback")
        .subject("jo")
        .issueTime(Date.from(NOW))
        .expirationTime(Date.from(NOW.plusSeconds(300)))
        .claim("nonce", "n");
  }

  private static Date at(Duration later) {
    return Date.from(NOW.plus(later));
  }

  static Stream<Arguments> claimsThatDoNotHold() {
    return Stream.of(
        Arguments.of("its issuer", claims().issuer("https://other.example")),
        Arguments.of("not for tieback", claims().audience("other")),
        Arguments.of("authorized is null", claims().audience(List.of("tieback", "other"))),
        Arguments.of("authorized is other", claims().claim("azp", "other")),
        Arguments.of("its subject", claims().subject(null)),
        Arguments.of("its subject", claims().subject("x".repeat(256))),
        Arguments.of("it ended", claims().expirationTime(at(IdTokenCheck.SKEW.negated()))),
        Arguments.of("it ended", claims().expirationTime(null)),
        Arguments.of("it was made", claims().issueTime(at(IdTokenCheck.SKEW.plusSeconds(1)))),
        Arguments.of("it was made", claims().issueTime(null)),
        Arguments.of("it counts from", claims().notBeforeTime(at(Duration.ofHours(1)))),
        Arguments.of("its nonce", claims().claim("nonce", "other")),
        Arguments.of("its nonce", claims().claim("nonce", null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claimsThatDoNotHold")
  void aClaimThatDoesNotHoldIsNamed(String told, JWTClaimsSet.Builder claims) throws Exception {
    assertInvalid(signed(claims.build(), new RSASSASigner(key)), told);
  }

  @Test
  @DisplayName("what holds is taken, for several audiences too when we are the authorized party")
  void holds() throws Exception {
    JWTClaimsSet several =
        claims().audience(List.of("tieback", "other")).claim("azp", "tieback").build();
    assertThat(check().check(signed(several, new RSASSASigner(key)), "n").getSubject())
        .isEqualTo("jo");
  }

  @Test
  @DisplayName("no signature, another's signature, and our own secret as a key are refused")
  void forged() throws Exception {
    assertInvalid(new PlainJWT(claims().build()).serialize(), "no signed token");
    assertInvalid("not.a.token", "no signed token");
    RSAKey other = new RSAKeyGenerator(2048).keyID("one").generate();
    assertInvalid(signed(claims().build(), new RSASSASigner(other)), "nvalid signature");
    byte[] known = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    SignedJWT shared =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), claims().build());
    shared.sign(new MACSigner(known));
    assertInvalid(shared.serialize(), "algorithm");
  }

  @Test
  @DisplayName("documents are read once an hour; while the provider is away the last ones count")
  void caching() throws Exception {
    Moving clock = new Moving();
    IdTokenCheck check = check(clock);
    ASKED.set(0);
    String token =
        signed(claims().expirationTime(at(Duration.ofDays(3))).build(), new RSASSASigner(key));
    check.check(token, "n");
    check.check(token, "n");
    assertThat(ASKED).hasValue(2);
    DOCUMENTS.clear();
    clock.now = NOW.plus(Duration.ofHours(2));
    check.check(token, "n");
    clock.now = NOW.plus(Duration.ofHours(25));
    OidcRefused gone = catchThrowableOfType(OidcRefused.class, () -> check.check(token, "n"));
    assertThat(gone.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(gone.word()).contains("answers 500");
    int asked = ASKED.get();
    assertThat(catchThrowableOfType(OidcRefused.class, () -> check.check(token, "n"))).isNotNull();
    assertThat(ASKED).as("not asked again at once").hasValue(asked);
    honest();
    clock.now = clock.now.plusSeconds(6);
    check.check(token, "n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"other issuer", "address in clear", "redirect", "no json", "too long"})
  void anOddDocumentIsNotTaken(String what) {
    DOCUMENTS.put(
        "/.well-known/openid-configuration",
        switch (what) {
          case "other issuer" -> discovery("https://other.example", issuer + "/token");
          case "address in clear" -> discovery(issuer, "ftp://127.0.0.1/token");
          case "redirect" -> issuer + "/elsewhere";
          case "no json" -> "<html>";
          default -> "{\"a\":\"" + "x".repeat(600 * 1024) + "\"}";
        });
    DOCUMENTS.put("/elsewhere", discovery(issuer, issuer + "/token"));
    OidcRefused refused =
        catchThrowableOfType(
            OidcRefused.class,
            () -> new ProviderDirectory(issuer, new HouseSender(http), CLOCK).metadata());
    assertThat(refused.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  private static IdTokenCheck check() {
    return check(CLOCK);
  }

  private static IdTokenCheck check(Clock clock) {
    return new IdTokenCheck(
        new ProviderDirectory(issuer, new HouseSender(http), clock), "tieback", clock);
  }

  private static void assertInvalid(String token, String told) {
    OidcRefused refused = catchThrowableOfType(OidcRefused.class, () -> check().check(token, "n"));
    assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    assertThat(refused.getMessage()).contains(told).doesNotContain(token);
  }

  private static String signed(JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").type(JOSEObjectType.JWT).build(),
            claims);
    token.sign(signer);
    return token.serialize();
  }

  /** A clock that a test sets. */
  private static final class Moving extends Clock {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
