package io.tieback.console.web;

/** Headers that every answer of the console has, whatever it is. */
public final class SafeHeaders {

  /** No inline script, no inline style, nothing from elsewhere, in nobody's frame. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src"
          + " 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors"
          + " 'none'; base-uri 'none'; object-src 'none'";

  private final boolean secure;

  /**
   * @param secure whether people reach the console over https
   */
  public SafeHeaders(boolean secure) {
    this.secure = secure;
  }

  /** Adds them. Pages are never stored; what says otherwise, such as a static file, keeps that. */
  public Answer on(Answer answer) {
    answer
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "same-origin")
        .header(
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .headerIfMissing("Cache-Control", "no-store");
    return secure
        ? answer.header("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        : answer;
  }
}
