package io.tieback.console.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a request came from: what a trusted proxy says, otherwise who is at the other end. */
public final class ClientAddress {

  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]{7,15}):[0-9]{1,5}");
  private static final Pattern BRACKETED =
      Pattern.compile("\\[([0-9a-fA-F:.]{2,45})\\](?::[0-9]{1,5})?");

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
      String hop = withoutPort(hops[i].strip());
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

  /** Some proxies write the port too: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    Matcher bracketed = BRACKETED.matcher(hop);
    if (bracketed.matches()) {
      return bracketed.group(1);
    }
    Matcher ported = WITH_PORT.matcher(hop);
    return ported.matches() ? ported.group(1) : hop;
  }

  /**
   * What limits count an address as: an IPv6 network of 64 bits, for whoever has one address of it
   * has them all; an IPv4 address as it is, also when it is written as IPv6; what is no address as
   * it is.
   */
  public static String counted(String address) {
    int zone = address.indexOf('%');
    String plain = zone < 0 ? address : address.substring(0, zone);
    if (plain.indexOf(':') < 0 || !plain.matches("[0-9a-fA-F:.]{2,45}")) {
      return address;
    }
    try {
      // Of a literal nobody is asked.
      byte[] bytes = InetAddress.getByName(plain).getAddress();
      return bytes.length == 4
          ? InetAddress.getByAddress(bytes).getHostAddress()
          : HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8) + "/64";
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
