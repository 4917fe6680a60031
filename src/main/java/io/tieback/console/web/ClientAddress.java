package io.tieback.console.web;

import java.util.List;
import java.util.Set;

/** Where a request came from: what a trusted proxy says, otherwise who is at the other end. */
public final class ClientAddress {

  private final Set<String> trusted;

  /**
   * @param trusted addresses of the proxies whose X-Forwarded-For counts
   */
  public ClientAddress(List<String> trusted) {
    this.trusted = Set.copyOf(trusted);
  }

  /**
   * The client's address.
   *
   * @param peer who is at the other end of the line
   * @param forwarded X-Forwarded-For, or null: the last entry was written by the nearest proxy, so
   *     it is read from the end, up to the first that is no trusted proxy
   */
  public String of(String peer, String forwarded) {
    if (forwarded == null || !trusted.contains(peer)) {
      return peer;
    }
    String[] hops = forwarded.split(",", -1);
    String nearest = peer;
    for (int i = hops.length - 1; i >= 0; i--) {
      String hop = hops[i].strip();
      if (!hop.matches("[0-9a-fA-F:.]{2,45}")) {
        return nearest;
      }
      nearest = hop;
      if (!trusted.contains(hop)) {
        return nearest;
      }
    }
    return nearest;
  }
}
