package io.tieback.console.oidc;

import io.tieback.platform.Settings;
import io.tieback.platform.SettingsException;
import io.tieback.platform.keys.ConsoleKeys;
import io.tieback.platform.keys.OidcKeys;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How people sign in at the provider.
 *
 * @param issuer the provider, without a slash at the end
 * @param clientId what it calls us
 * @param clientSecret what proves it, or null
 * @param authentication basic, post or none
 * @param scopes what is asked for, openid among it
 * @param name how people know the provider
 * @param requireVerifiedMail whether a mail address has to be verified
 * @param createViewers whether unknown people become viewers
 * @param createDomains whose mail address has to be in one of these, lower case
 * @param console where people reach Tieback, without a slash at the end
 */
public record OidcSettings(
    String issuer,
    String clientId,
    String clientSecret,
    String authentication,
    List<String> scopes,
    String name,
    boolean requireVerifiedMail,
    boolean createViewers,
    List<String> createDomains,
    URI console) {

  /** Where the provider sends people back to, below {@link #console}. */
  public static final String CALLBACK = "/console/sign-in/oidc/callback";

  /** Where the provider sends people to who signed out there too. */
  public static final String SIGNED_OUT = "/console/sign-in";

  public OidcSettings {
    scopes = List.copyOf(scopes);
    createDomains = List.copyOf(createDomains);
  }

  /**
   * Reads them.
   *
   * @return empty when there is no provider
   * @throws SettingsException naming every setting that is missing or does not go with the others
   */
  public static Optional<OidcSettings> of(Settings settings) {
    Optional<URI> issuer = settings.find(OidcKeys.ISSUER);
    if (issuer.isEmpty()) {
      if (settings.get(OidcKeys.PASSWORD_SIGN_IN).equals("off")) {
        throw new SettingsException(
            List.of(
                "console.password-sign-in is off, but console.oidc.issuer is not set: nobody could"
                    + " sign in. Set the issuer, or password sign-in to on"));
      }
      return Optional.empty();
    }
    List<String> problems = new ArrayList<>();
    Optional<String> clientId = settings.find(OidcKeys.CLIENT_ID);
    if (clientId.isEmpty()) {
      problems.add(
          "console.oidc.client-id is missing, because console.oidc.issuer is set. Register Tieback"
              + " at the provider and write its client id here");
    }
    Optional<URI> console = settings.find(ConsoleKeys.URL);
    if (console.isEmpty()) {
      problems.add(
          "console.url is missing, because console.oidc.issuer is set: the provider sends people"
              + " back to <console.url>"
              + CALLBACK);
    }
    String authentication = settings.get(OidcKeys.CLIENT_AUTHENTICATION);
    Optional<String> secret = settings.find(OidcKeys.CLIENT_SECRET);
    if (secret.isEmpty() != authentication.equals("none")) {
      problems.add(
          secret.isEmpty()
              ? "console.oidc.client-secret is missing, because console.oidc.client-authentication"
                  + " is "
                  + authentication
                  + ". Give the secret, or set none for a client without one"
              : "console.oidc.client-authentication is none, but console.oidc.client-secret is"
                  + " given. Set basic or post, or take the secret away");
    }
    List<String> scopes = settings.get(OidcKeys.SCOPES);
    if (!scopes.contains("openid")) {
      problems.add(
          "console.oidc.scopes is " + String.join(",", scopes) + " without openid. Add openid");
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return Optional.of(
        new OidcSettings(
            issuer.get().toString(),
            clientId.orElseThrow(),
            secret.orElse(null),
            authentication,
            scopes,
            settings.get(OidcKeys.NAME),
            settings.get(OidcKeys.REQUIRE_VERIFIED_MAIL),
            settings.get(OidcKeys.CREATE).equals("viewer"),
            settings.find(OidcKeys.CREATE_DOMAINS).orElse(List.of()).stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList(),
            console.orElseThrow()));
  }

  /** Where the provider sends people back to; registered there exactly so. */
  public URI callback() {
    return URI.create(console + CALLBACK);
  }

  /** Where it sends people to who signed out there too; registered there exactly so. */
  public URI signedOut() {
    return URI.create(console + SIGNED_OUT);
  }

  /** Says nothing of the secret. */
  @Override
  public String toString() {
    return "OidcSettings[" + issuer + ", client " + clientId + ", " + authentication + "]";
  }
}
