package io.tieback.console.web;

import java.time.Duration;

/**
 * Cookies of the console: never readable by scripts, sent along from links but not from other
 * sites' forms (Lax: a link in a mail has to lead to the item). Over https they are bound to this
 * very host by their name.
 */
public final class Cookies {

  private final boolean secure;

  /**
   * @param secure whether people reach the console over https
   */
  public Cookies(boolean secure) {
    this.secure = secure;
  }

  /** The name under which a cookie goes. */
  public String name(String name) {
    return secure ? "__Host-" + name : name;
  }

  /** A cookie that ends with the browser. */
  public String set(String name, String value) {
    return name(name)
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  /** A cookie that stays. */
  public String keep(String name, String value, Duration life) {
    return set(name, value) + "; Max-Age=" + life.toSeconds();
  }

  /** Takes a cookie back. */
  public String drop(String name) {
    return keep(name, "", Duration.ZERO);
  }

  /** Whether they are sent over https only. */
  public boolean secure() {
    return secure;
  }
}
