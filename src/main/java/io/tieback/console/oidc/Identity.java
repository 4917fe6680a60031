package io.tieback.console.oidc;

/**
 * Somebody whose identity the provider vouches for.
 *
 * @param issuer the provider
 * @param subject how the provider calls them; never given to anybody else
 * @param email their mail address, or blank
 * @param emailVerified whether the provider says that the address is theirs
 * @param name their name, or blank
 */
public record Identity(
    String issuer, String subject, String email, boolean emailVerified, String name) {

  /** Issuer and subject in one: an issuer holds no blank. */
  public String key() {
    return issuer + " " + subject;
  }
}
