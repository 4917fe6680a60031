package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Credentials;
import io.tieback.ledger.Credentials.Sealed;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.wire.Json;
import io.tieback.wire.TokenVault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Tokens of one sign-in in the ledger, sealed with the deployment's key before they get there. */
public final class LedgerTokenVault implements TokenVault {

  private final Credentials credentials;
  private final SecretBox box;
  private final ConnectionId connection;
  private final String system;

  /**
   * @param system whose sign-in: {@code procore} or the ERP's short name
   */
  public LedgerTokenVault(Ledger ledger, SecretBox box, ConnectionId connection, String system) {
    this.credentials = ledger.credentials();
    this.box = box;
    this.connection = connection;
    this.system = system;
  }

  @Override
  public Optional<Tokens> read() {
    return credentials.get(connection, system).map(this::open);
  }

  @Override
  public Tokens renew(Function<Optional<Tokens>, Tokens> renewal) {
    Tokens[] result = new Tokens[1];
    credentials.exclusively(
        connection,
        system,
        stored -> {
          Optional<Tokens> before = stored.map(this::open);
          result[0] = renewal.apply(before);
          boolean unchanged = before.isPresent() && before.get().equals(result[0]);
          return unchanged ? stored.get() : seal(result[0]);
        });
    return result[0];
  }

  /** Forgets the tokens. */
  public void forget() {
    credentials.forget(connection, system);
  }

  private Sealed seal(Tokens tokens) {
    ObjectNode json = Json.object();
    json.put("accessToken", tokens.accessToken()).put("expiresAt", tokens.expiresAt().toString());
    json.put("refreshToken", tokens.refreshToken())
        .put("tenantId", tokens.tenantId())
        .put("connectionKey", tokens.connectionKey());
    if (tokens.consentEndsAt() != null) {
      json.put("consentEndsAt", tokens.consentEndsAt().toString());
    }
    return Sealed.of(
        box.seal(connection.value(), system, Json.bytes(json)),
        tokens.expiresAt(),
        tokens.consentEndsAt());
  }

  private Tokens open(Sealed sealed) {
    byte[] plain = box.open(connection.value(), system, sealed.bytes());
    JsonNode json = Json.read(new String(plain, StandardCharsets.UTF_8));
    return new Tokens(
        json.path("accessToken").textValue(),
        Instant.parse(json.path("expiresAt").textValue()),
        json.path("refreshToken").textValue(),
        json.path("tenantId").textValue(),
        json.path("connectionKey").textValue(),
        json.hasNonNull("consentEndsAt")
            ? Instant.parse(json.path("consentEndsAt").textValue())
            : null);
  }
}
