package io.tieback.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tieback.platform.SettingsException;
import io.tieback.platform.TestSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcSettingsTest {

  @TempDir Path folder;

  @Test
  @DisplayName("without an issuer there is no provider, and passwords cannot be off")
  void none() {
    assertThat(read()).isEmpty();
    assertThat(problems("console.password-sign-in", "off")).contains("nobody could sign in");
  }

  @Test
  @DisplayName("everything that is missing is named at once")
  void missing() {
    assertThat(
            problems(
                "console.oidc.issuer",
                "https://login.example.com",
                "console.oidc.scopes",
                "email,profile"))
        .contains("console.oidc.client-id is missing")
        .contains("console.oidc.client-secret is missing")
        .contains("console.url is missing")
        .contains("without openid");
    assertThat(problems("console.oidc.create", "viewer"))
        .contains("console.oidc.create-domains is missing");
  }

  @Test
  @DisplayName(
      "a client without a secret has none; the addresses come from console.url; no secret is said")
  void complete() {
    OidcSettings read =
        read(
                "console.oidc.issuer",
                "https://login.example.com/",
                "console.oidc.client-id",
                "tieback",
                "console.oidc.client-secret",
                "hush-hush",
                "console.url",
                "https://tieback.example.com/")
            .orElseThrow();
    assertThat(read.issuer()).isEqualTo("https://login.example.com");
    assertThat(read.callback())
        .hasToString("https://tieback.example.com/console/sign-in/oidc/callback");
    assertThat(read.signedOut()).hasToString("https://tieback.example.com/console/sign-in");
    assertThat(read.requireVerifiedMail()).isTrue();
    assertThat(read.createViewers()).isFalse();
    assertThat(read.toString()).doesNotContain("hush");
    assertThat(
            problems(
                "console.oidc.issuer",
                "https://login.example.com",
                "console.oidc.client-id",
                "tieback",
                "console.oidc.client-secret",
                "hush-hush",
                "console.oidc.client-authentication",
                "none",
                "console.url",
                "https://tieback.example.com"))
        .contains("is none, but console.oidc.client-secret is given")
        .doesNotContain("hush-hush");
  }

  private Optional<OidcSettings> read(String... more) {
    return OidcSettings.of(TestSettings.of(folder, more));
  }

  private String problems(String... more) {
    return catchThrowableOfType(SettingsException.class, () -> read(more)).getMessage();
  }
}
