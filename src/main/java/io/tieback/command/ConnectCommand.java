package io.tieback.command;

import com.sun.net.httpserver.HttpServer;
import io.tieback.command.wiring.Deployment;
import io.tieback.command.wiring.XeroSide;
import io.tieback.construction.ConnectionId;
import io.tieback.erp.xero.XeroConnection;
import io.tieback.erp.xero.XeroOrganisation;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tieback connect xero}: a person consents in the browser; the tokens go sealed into the
 * ledger.
 */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = "Signs a connection in to its accounting system.",
    subcommands = {ConnectCommand.Xero.class})
final class ConnectCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "name the accounting system: connect xero");
  }

  /** Signs in to Xero. */
  @Command(
      name = "xero",
      mixinStandardHelpOptions = true,
      description = "Signs in to Xero: open the address that is shown and consent.")
  static final class Xero implements Callable<Integer> {

    @Spec CommandSpec spec;

    @Mixin ConfigOption config;

    @Option(
        names = "--connection",
        paramLabel = "NAME",
        description = "Which connection; needed when there are several.")
    String connection;

    @Option(
        names = "--wait",
        paramLabel = "MINUTES",
        defaultValue = "10",
        description = "How long to wait for the consent. Default: ${DEFAULT-VALUE}.")
    int minutes;

    @Option(
        names = "--browse",
        description =
            "Opens the address itself instead of asking a person. Works only where no page has to"
                + " be filled in, such as the stand-in.")
    boolean browse;

    @Option(
        names = "--listen",
        paramLabel = "ADDRESS",
        defaultValue = "127.0.0.1",
        description =
            "Where the browser's return is listened for; 0.0.0.0 inside a container whose port is"
                + " published. Default: ${DEFAULT-VALUE}.")
    String listen;

    @Option(
        names = "--new-key",
        description =
            "For a lost key file: forgets the stored tokens of every connection first, so that a"
                + " new key can be made. Stop the connector before.")
    boolean newKey;

    @Override
    public Integer call() throws Exception {
      PrintWriter out = spec.commandLine().getOut();
      try (Deployment deployment =
          newKey
              ? Deployment.openForgettingTokens(config.folder)
              : Deployment.open(config.folder)) {
        ConnectionId id = Choice.connection(deployment, connection, spec.commandLine());
        XeroOrganisation organisation =
            signIn(deployment, id, out, browse, listen, Duration.ofMinutes(minutes));
        out.println("Connection " + id + " is signed in to '" + organisation.name() + "'.");
        out.flush();
        return 0;
      }
    }
  }

  /**
   * Signs one connection in.
   *
   * @param browse follow the address ourselves, as a browser would
   */
  static XeroOrganisation signIn(
      Deployment deployment, ConnectionId id, PrintWriter out, boolean browse, Duration patience)
      throws Exception {
    return signIn(deployment, id, out, browse, "127.0.0.1", patience);
  }

  private static XeroOrganisation signIn(
      Deployment deployment,
      ConnectionId id,
      PrintWriter out,
      boolean browse,
      String listen,
      Duration patience)
      throws Exception {
    XeroSide side = deployment.xero(id);
    XeroOrganisation organisation;
    if (side.connection().signIn().grant() == XeroConnection.Grant.CLIENT_CREDENTIALS) {
      // A custom connection is bound to one organisation, and its token is fetched whenever it is
      // needed.
      var setup = side.adapter().setup();
      organisation = new XeroOrganisation(setup.companyKey(), null, setup.companyName());
    } else {
      organisation = side.signIn().complete(code(side, out, browse, listen, patience));
    }
    deployment
        .ledger()
        .connections()
        .register(
            id, deployment.rooms().of(id).procore().companyId(), "xero", organisation.tenantId());
    deployment.watch().works(id);
    return organisation;
  }

  /** Waits on the redirect address for the code that consenting gives. */
  private static String code(
      XeroSide side, PrintWriter out, boolean browse, String listen, Duration patience)
      throws Exception {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String state = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    URI redirect = side.connection().signIn().redirectUri();
    CompletableFuture<String> code = new CompletableFuture<>();
    HttpServer server = listen(listen, redirect, state, code);
    try {
      URI address = side.signIn().authorizeUrl(state);
      if (browse) {
        open(address);
      } else {
        out.println("Open this address, choose the organisation, and allow access:");
        out.println();
        out.println("  " + address);
        out.println();
        out.flush();
      }
      return code.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "nobody consented within " + patience.toMinutes() + " minutes; run the command again", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer listen(
      String address, URI redirect, String state, CompletableFuture<String> code)
      throws IOException {
    int port = redirect.getPort() < 0 ? 80 : redirect.getPort();
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new IOException(
          "port "
              + port
              + " of xero.redirect-uri "
              + redirect
              + " cannot be listened on: "
              + e.getMessage(),
          e);
    }
    server.createContext(
        redirect.getPath().isEmpty() ? "/" : redirect.getPath(),
        exchange -> {
          Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
          boolean ours = state.equals(query.get("state"));
          String text =
              ours && query.containsKey("code")
                  ? "Signed in. You can close this page."
                  : "This sign-in was not started here, or was refused.";
          byte[] body = text.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
          exchange.sendResponseHeaders(ours ? 200 : 400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          if (ours && query.containsKey("code")) {
            code.complete(query.get("code"));
          } else if (ours) {
            code.completeExceptionally(
                new IllegalStateException(
                    "Xero refused the consent: " + query.getOrDefault("error", "no reason given")));
          }
        });
    server.start();
    return server;
  }

  private static void open(URI address) throws IOException, InterruptedException {
    HttpClient browser =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    HttpResponse<String> page =
        browser.send(
            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
            HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() != 200) {
      throw new IllegalStateException(
          "signing in answered " + page.statusCode() + ": " + page.body());
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return pairs;
  }
}
