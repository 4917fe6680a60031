package io.tieback.console.door;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where one goes after signing in: a page of the console and nothing else, whatever the address
 * says.
 */
public final class ReturnAddress {

  /** Where one goes without one. */
  public static final String START = "/console/";

  private ReturnAddress() {}

  /** The address, when it is a page of ours; otherwise the start. */
  public static String of(String wanted) {
    if (!wanted.startsWith("/console/")
        || wanted.startsWith("/console/sign-")
        || wanted.length() > 2_000
        || wanted.chars().anyMatch(c -> c < ' ' || c == '\\' || c > '~')) {
      return START;
    }
    try {
      URI address = new URI(wanted);
      boolean plain =
          address.getScheme() == null
              && address.getRawAuthority() == null
              && address.normalize().getRawPath().startsWith("/console/")
              && !address.getRawPath().contains("//");
      return plain ? wanted : START;
    } catch (URISyntaxException e) {
      return START;
    }
  }
}
