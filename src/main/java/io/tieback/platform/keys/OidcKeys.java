package io.tieback.platform.keys;

import static io.tieback.platform.ValueTypes.list;
import static io.tieback.platform.ValueTypes.oneOf;
import static io.tieback.platform.ValueTypes.serviceAddress;
import static io.tieback.platform.ValueTypes.text;
import static io.tieback.platform.ValueTypes.trueOrFalse;

import io.tieback.platform.Key;
import io.tieback.platform.Subject;
import java.net.URI;
import java.util.List;

/** Sign-in to the console at an identity provider, by OpenID Connect. */
public final class OidcKeys {

  /** Who the provider is. */
  public static final Key<URI> ISSUER =
      Key.of("console.oidc.issuer", serviceAddress())
          .example("https://login.example.com/realms/work")
          .described(
              "The issuer of the identity provider, exactly as it calls itself; a slash at the end"
                  + " does not matter. Tieback reads the rest from"
                  + " <issuer>/.well-known/openid-configuration.",
              "Leave it out to sign in by password only.");

  /** Who we are there. */
  public static final Key<String> CLIENT_ID =
      Key.of("console.oidc.client-id", text())
          .example("tieback")
          .described("What the provider calls this Tieback. Goes with console.oidc.issuer.");

  /** What proves who we are. */
  public static final Key<String> CLIENT_SECRET =
      Key.of("console.oidc.client-secret", text())
          .secret()
          .example("a-long-random-text")
          .described(
              "The secret that the provider gave out for the client id. It belongs into"
                  + " secrets.properties or an environment variable.");

  /** How we prove it. */
  public static final Key<String> CLIENT_AUTHENTICATION =
      Key.of("console.oidc.client-authentication", oneOf("basic", "post", "none"))
          .standard("basic")
          .described(
              "How the secret is sent: basic (client_secret_basic), post (client_secret_post), or"
                  + " none for a client without a secret. PKCE protects the sign-in in every"
                  + " case.");

  /** What we ask for. */
  public static final Key<List<String>> SCOPES =
      Key.of(
              "console.oidc.scopes",
              list("a list of scopes separated by commas", "[!#-+\\--\\[\\]-~]+"))
          .standard("openid,email,profile")
          .described("What is asked of the provider; openid is always among it.");

  /** How people know the provider. */
  public static final Key<String> NAME =
      Key.of("console.oidc.name", text("a text of 1 to 60 characters", ".{1,60}"))
          .standard("OpenID Connect")
          .example("Example Construction")
          .described("How people know the provider: the button says Sign in with this name.");

  /** Whether the provider has to have verified the mail address. */
  public static final Key<Boolean> REQUIRE_VERIFIED_MAIL =
      Key.of("console.oidc.require-verified-mail", trueOrFalse())
          .standard("true")
          .described(
              "Whether a person is only found by a mail address that the provider calls verified"
                  + " (email_verified).",
              "Set it to false only for a provider in which nobody can write an address of their"
                  + " own choice, such as Microsoft Entra ID with one tenant, which never says"
                  + " it.");

  /** What happens with somebody unknown. */
  public static final Key<String> CREATE =
      Key.of("console.oidc.create", oneOf("nobody", "viewer"))
          .standard("nobody")
          .described(
              "What becomes of somebody whom the provider knows and Tieback does not: nobody"
                  + " refuses them; viewer makes them a viewer, who sees everything and changes"
                  + " nothing.");

  /** Whom it may happen to. */
  public static final Key<List<String>> CREATE_DOMAINS =
      Key.of(
              "console.oidc.create-domains",
              list(
                  "a list of domains separated by commas",
                  "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}"))
          .example("example.com")
          .requiredWhen(CREATE, "viewer")
          .described(
              "Only people with a mail address in one of these domains are made viewers. At some"
                  + " providers everybody in the world has an account.");

  /** Whether passwords still count. */
  public static final Key<String> PASSWORD_SIGN_IN =
      Key.of("console.password-sign-in", oneOf("on", "off"))
          .standard("on")
          .described(
              "Whether people may sign in with mail address and password. off needs"
                  + " console.oidc.issuer. Whoever is locked out sets it to on again and runs"
                  + " ./tieback users reset-password.");

  /** In the order of the reference. */
  public static final Subject SUBJECT =
      new Subject(
          "Sign-in by OpenID Connect",
          "Signing in to the console at an identity provider (sign-in.md).",
          List.of(
              ISSUER,
              CLIENT_ID,
              CLIENT_SECRET,
              CLIENT_AUTHENTICATION,
              SCOPES,
              NAME,
              REQUIRE_VERIFIED_MAIL,
              CREATE,
              CREATE_DOMAINS,
              PASSWORD_SIGN_IN));

  private OidcKeys() {}
}
