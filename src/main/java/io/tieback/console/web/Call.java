package io.tieback.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came in, read whole.
 *
 * @param method such as {@code GET}
 * @param path normalized but not decoded, from the first slash, without the query
 * @param query parameters of the address
 * @param form fields of a posted form
 * @param headers by name in lower case
 * @param cookies by name
 * @param from network address that it came from, the client's behind a trusted proxy
 * @param body what was posted, when it is no form
 */
public record Call(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> form,
    Map<String, String> headers,
    Map<String, String> cookies,
    String from,
    byte[] body) {

  /** A header, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /** A cookie. */
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  /** First value of a parameter of the address. */
  public Optional<String> query(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** First value of a field of the form. */
  public Optional<String> field(String name) {
    return form.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Whether it only looks. */
  public boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether htmx asks for a part of a page. */
  public boolean htmx() {
    return header("hx-request").isPresent();
  }

  /** Whether a page that brings itself up to date asks, and nobody pressed anything. */
  public boolean asksByItself() {
    return reads() && header("x-poll").isPresent();
  }

  /** Path and parameters, to come back to. */
  public String address() {
    StringBuilder address = new StringBuilder(path);
    query.forEach(
        (name, values) ->
            values.forEach(
                value ->
                    address
                        .append(address.indexOf("?") < 0 ? '?' : '&')
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))));
    return address.toString();
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
