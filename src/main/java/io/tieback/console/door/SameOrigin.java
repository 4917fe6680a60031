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

  private final Optional<URI> address;

  /**
   * @param address where people reach the console, when it is set
   */
  public SameOrigin(Optional<URI> address) {
    this.address = address;
  }

  /** Whether nothing says that another site asked. */
  public boolean allows(Call call) {
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
