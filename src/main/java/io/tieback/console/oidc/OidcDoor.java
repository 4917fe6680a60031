package io.tieback.console.oidc;

import io.tieback.console.oidc.OidcSignIn.Arrival;
import io.tieback.ledger.Ledger;
import io.tieback.platform.SecretBox;
import io.tieback.platform.SecretsException;
import io.tieback.platform.Settings;
import io.tieback.platform.keys.OidcKeys;
import io.tieback.wire.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/**
 * The second way into the console: the sign-in, the people, and what their sessions keep of it.
 *
 * @param signIn the flow
 * @param people who it is
 * @param passwords whether the first way, by password, is open too
 * @param ledger keeps sealed ID tokens beside sessions
 * @param secrets seals them
 */
public record OidcDoor(
    OidcSignIn signIn, OidcPeople people, boolean passwords, Ledger ledger, SecretBox secrets) {

  /** Sealed for this and opened for nothing else; no connection has a blank in its name. */
  private static final String SEALED_FOR = "the console";

  /**
   * As the settings have it. Nothing is asked of the provider yet.
   *
   * @return empty when there is no provider
   * @throws io.tieback.platform.SettingsException when settings are missing or do not go together
   */
  public static Optional<OidcDoor> of(
      Settings settings, Ledger ledger, Http http, SecretBox secrets, Clock clock) {
    return OidcSettings.of(settings)
        .map(
            how ->
                new OidcDoor(
                    new OidcSignIn(how, ledger.oidcVisits(), http, clock),
                    new OidcPeople(ledger, how),
                    settings.get(OidcKeys.PASSWORD_SIGN_IN).equals("on"),
                    ledger,
                    secrets));
  }

  /** How people know the provider. */
  public String name() {
    return signIn.settings().name();
  }

  /** Keeps what ends a session at the provider too. */
  public void keep(String sessionHash, Arrival arrival) {
    byte[] token = arrival.idToken().getBytes(StandardCharsets.UTF_8);
    ledger.oidcVisits().keep(sessionHash, secrets.seal(SEALED_FOR, "oidc", token));
  }

  /**
   * Where somebody signs out at the provider too.
   *
   * @param sessionHash their session, which still exists
   * @return empty when it did not begin there, or the provider offers no such place or is away
   */
  public Optional<URI> leave(String sessionHash) {
    return ledger.oidcVisits().idToken(sessionHash).flatMap(kept -> signIn.leave(opened(kept)));
  }

  /** Null when it was sealed with a key that is gone: then the provider asks who it is. */
  private String opened(byte[] token) {
    try {
      return new String(secrets.open(SEALED_FOR, "oidc", token), StandardCharsets.UTF_8);
    } catch (SecretsException e) {
      return null;
    }
  }
}
