package io.tieback.console.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes back: status, headers, cookies and bytes. */
public final class Answer {

  private final int status;
  private final byte[] body;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final List<String> cookies = new ArrayList<>();

  private Answer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** An answer without a body. */
  public static Answer of(int status) {
    return new Answer(status, new byte[0]);
  }

  /** An answer with bytes. */
  public static Answer of(int status, String contentType, byte[] body) {
    return new Answer(status, body).header("Content-Type", contentType);
  }

  /** An answer with text in UTF-8. */
  public static Answer of(int status, String contentType, String text) {
    return of(status, contentType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Leads elsewhere; the other address is fetched with GET. */
  public static Answer seeOther(String location) {
    return of(303).header("Location", location);
  }

  /** Sets a header. */
  public Answer header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Sets a header unless there is one of the name. */
  public Answer headerIfMissing(String name, String value) {
    headers.putIfAbsent(name, value);
    return this;
  }

  /** Adds a cookie, as {@link Cookies} writes it. */
  public Answer cookie(String setCookie) {
    cookies.add(setCookie);
    return this;
  }

  /** HTTP's status. */
  public int status() {
    return status;
  }

  /** Headers by name. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Values of {@code Set-Cookie}. */
  public List<String> cookies() {
    return cookies;
  }

  /** What is sent; empty when nothing is. */
  public byte[] body() {
    return body;
  }
}
