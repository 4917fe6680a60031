package io.tieback.console.oidc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Spring Authorization Server in a process of its own (src/test/oidc-provider). Maven resolves its
 * libraries and writes their places down; none of them is on the class path of the tests.
 */
final class RealProvider implements AutoCloseable {

  private static final Path FOLDER = Path.of("target", "oidc-provider");
  private static final Path SOURCE = Path.of("src", "test", "oidc-provider", "Provider.java");

  private final Process process;
  private final int port;

  /**
   * Starts it.
   *
   * @param console address of the console, without a slash at the end
   */
  RealProvider(String console) throws IOException {
    Path list = FOLDER.resolve("class-path");
    if (!Files.exists(list)) {
      throw new IllegalStateException(list + " is missing. Run: mvn process-test-resources");
    }
    String libraries = Files.readString(list).strip();
    compile(libraries);
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                FOLDER.resolve("classes") + File.pathSeparator + libraries,
                "provider.Provider",
                "0",
                console + OidcSettings.CALLBACK,
                console + OidcSettings.SIGNED_OUT)
            .redirectErrorStream(true)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    List<String> said = new ArrayList<>();
    int found = 0;
    for (String line; found == 0 && (line = out.readLine()) != null; ) {
      said.add(line);
      found =
          line.startsWith("LISTENING ")
              ? Integer.parseInt(line.substring("LISTENING ".length()))
              : 0;
    }
    if (found == 0) {
      throw new IllegalStateException(
          "the provider does not start: " + String.join(System.lineSeparator(), said));
    }
    port = found;
    Thread reading = new Thread(() -> out.lines().forEach(System.err::println));
    reading.setDaemon(true);
    reading.start();
  }

  private static void compile(String libraries) throws IOException {
    Path made = FOLDER.resolve("classes").resolve("provider").resolve("Provider.class");
    if (Files.exists(made)
        && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
      return;
    }
    Files.createDirectories(FOLDER.resolve("classes"));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-parameters",
                "-proc:none",
                "-nowarn",
                "-cp",
                libraries,
                "-d",
                FOLDER.resolve("classes").toString(),
                SOURCE.toString());
    if (status != 0) {
      throw new IllegalStateException(SOURCE + " does not compile");
    }
  }

  /** What it calls itself. */
  String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** It signs with another key from now on, and the older one is gone. */
  void changeKey() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(issuer() + "/test/new-key"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("the key did not change: " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Somebody in front of the provider's pages; keeps its cookies, so it stays signed in there. */
  static final class Visitor {

    private static final Pattern WORD = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String user;

    Visitor(String user) {
      this.user = user;
    }

    /** Goes where the console sends them, signs in, and gives where the provider sends them. */
    URI through(URI address) throws IOException, InterruptedException {
      URI at = address;
      for (int step = 0; step < 6; step++) {
        HttpResponse<String> page = get(at);
        if (page.statusCode() == 200) {
          page = signIn(at, page.body());
        }
        URI next = at.resolve(page.headers().firstValue("location").orElseThrow());
        if (!next.getAuthority().equals(address.getAuthority())) {
          return next;
        }
        at = next;
      }
      throw new IllegalStateException("the provider goes in circles at " + at);
    }

    /** Fetches a page of the provider. */
    HttpResponse<String> get(URI address) throws IOException, InterruptedException {
      return http.send(
          HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
          HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> signIn(URI at, String page)
        throws IOException, InterruptedException {
      Matcher word = WORD.matcher(page);
      if (!word.find()) {
        throw new IllegalStateException("no sign-in page at " + at + ": " + page);
      }
      String form =
          "username="
              + user
              + "&password=right-password&_csrf="
              + URLEncoder.encode(word.group(1), StandardCharsets.UTF_8);
      return http.send(
          HttpRequest.newBuilder(at.resolve("/login"))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
