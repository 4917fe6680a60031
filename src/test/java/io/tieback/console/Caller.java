package io.tieback.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls the console over HTTP: keeps cookies, follows nothing, sends what a test says. */
public final class Caller {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private static final Pattern WORD = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private final String address;
  private final Map<String, String> cookies = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  /** A caller of an address, without a slash at the end. */
  public Caller(String address) {
    this.address = address;
  }

  /** Sends a header with every call from now on; null no longer. */
  public Caller header(String name, String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  /** What it holds; may be changed. */
  public Map<String, String> cookies() {
    return cookies;
  }

  /** Fetches a path. */
  public HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  /** Posts a form with the word that the last page of {@code from} carries. */
  public HttpResponse<String> post(String from, String path, String... fields) {
    return postWith(word(get(from).body()), path, fields);
  }

  /** Posts a form with a given word; null leaves it out. */
  public HttpResponse<String> postWith(String word, String path, String... fields) {
    Map<String, String> all = ConsoleSite.fields(fields);
    if (word != null) {
      all.put("_csrf", word);
    }
    String body =
        all.entrySet().stream()
            .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Signs in. Gives the answer. */
  public HttpResponse<String> signIn(String email, String password) {
    return post(
        "/console/sign-in", "/console/sign-in", "email", email, "password", password, "to", "");
  }

  /** The word against forgery in a page. */
  public static String word(String html) {
    Matcher found = WORD.matcher(html);
    if (!found.find()) {
      throw new AssertionError("no form with a word in: " + html);
    }
    return found.group(1);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    headers.forEach(request::header);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      answer.headers().allValues("set-cookie").forEach(this::keep);
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void keep(String setCookie) {
    List<String> parts = List.of(setCookie.split("; "));
    String[] pair = parts.get(0).split("=", 2);
    if (parts.contains("Max-Age=0")) {
      cookies.remove(pair[0]);
    } else {
      cookies.put(pair[0], pair[1]);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
