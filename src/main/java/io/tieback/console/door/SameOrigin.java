package io.tieback.console.door;

import io.tieback.console.web.Call;
import java.net.URI;
import java.util.Optional;

/**
 * Whether a deed was asked for by a page of ours. Browsers say it themselves, by {@code
 * Sec-Fetch-Site} or {@code Origin}; a caller that sends neither is no browser, and what its form
 * carries decides.
 */
public final class SameOrigin {

  /** The field of each form that carries the session's word; htmx sends it as a header. */
  public static final String FIELD = "_csrf";

  private static final String HEADER = "X-CSRF-Token";

  private final Optional<URI> address;

  /**
   * @param address where people reach the console, when it is set
   */
  public SameOrigin(Optional<URI> address) {
    this.address = address;
  }

  /** Whether a deed is genuine: asked for by a page of ours, and with the word that we gave it. */
  public boolean allows(Call call, String word) {
    String given = call.field(FIELD).or(() -> call.header(HEADER)).orElse("");
    return ours(call) && !word.isEmpty() && Tokens.same(given, word);
  }

  private boolean ours(Call call) {
    Optional<String> site = call.header("Sec-Fetch-Site");
    if (site.isPresent() && !site.get().equals("same-origin")) {
      return false;
    }
    return call.header("Origin").map(origin -> ours(origin, call)).orElse(true);
  }

  private boolean ours(String origin, Call call) {
    if (address.isPresent() && origin.equals(origin(address.get()))) {
      return true;
    }
    int scheme = origin.indexOf("://");
    return scheme > 0
        && call.header("Host").map(origin.substring(scheme + 3)::equalsIgnoreCase).orElse(false);
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
