package io.tieback.command.load;

import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.GeneratedContractor;
import io.tieback.command.seed.SandboxControl;
import io.tieback.command.wiring.Connector;
import io.tieback.command.wiring.Deployment;
import io.tieback.console.door.Tokens;
import io.tieback.construction.ConnectionId;
import io.tieback.ledger.QueueSample;
import io.tieback.ledger.User;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How quick the lists of the console are with many records: whole pages over HTTP, one after the
 * other, as a person with a browser on the same machine gets them.
 */
public final class BenchLists {

  /** What 99 of 100 pages have to keep to. */
  private static final Duration TARGET = Duration.ofMillis(300);

  private static final ConnectionId CONNECTION = new ConnectionId("main");
  private static final long COMPANY = 8080;
  private static final String REDIRECT = "http://localhost:8400/callback";
  private static final long FIGURES = 20_260_101;
  private static final int WARM_UP = 30;

  private BenchLists() {}

  /** How long pages took, shortest first. */
  private record Times(List<Long> nanos) {
    String at(int percent) {
      int index = Math.min(nanos.size() - 1, (nanos.size() * percent + 99) / 100 - 1);
      return Long.toString((nanos.get(index) + 500_000) / 1_000_000);
    }

    boolean kept() {
      int index = Math.min(nanos.size() - 1, (nanos.size() * 99 + 99) / 100 - 1);
      return nanos.get(index) < TARGET.toNanos();
    }
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    String busiest = "/console/lists/synced";
    pages.put("busiest list (synced)", busiest);
    pages.put("its rows, as they update themselves", busiest + "/rows");
    pages.put("page 100", busiest + "?page=100");
    for (String sort : List.of("number", "party", "project", "-amount", "since")) {
      pages.put("sorted by " + sort, busiest + "?sort=" + sort);
    }
    pages.put("filter: kind", busiest + "?kind=commitment");
    pages.put("filter: project", busiest + "?project=17");
    pages.put("filter: amount", busiest + "?least=500&most=600");
    pages.put("filter: age", busiest + "?age=over-30");
    pages.put("filters together", busiest + "?kind=invoice&least=500&age=over-7&sort=-amount");
    pages.put("search: one word", busiest + "?q=beton");
    pages.put("search: a number", busiest + "?q=SC-00412");
    pages.put("search: two words", busiest + "?q=acme%20roofing");
    pages.put("search: one letter", busiest + "?q=s");
    pages.put("search by amount", busiest + "?q=concrete&sort=-amount");
    pages.put("ready to export", "/console/lists/ready-to-export");
    pages.put("not sent", "/console/lists/not-sent");
    pages.put("overview", "/console/");
    return pages;
  }

  /**
   * Runs it and prints what was measured.
   *
   * @param folder work folder
   * @param records how many records the queue has
   * @param requests how many times each page is asked for, after warming up
   * @return whether each page keeps to the target
   */
  public static boolean run(Path folder, int records, int requests, PrintWriter out) {
    Path run = RunFolder.make(folder);
    boolean kept;
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.anywhere())) {
      ContractorSeed seed = GeneratedContractor.seed(CONNECTION, COMPANY, REDIRECT, 2, FIGURES);
      new LoadSeed(new SandboxControl(sandbox.procoreUrl()), new SandboxControl(sandbox.xeroUrl()))
          .plant(seed);
      new LoadConfiguration(
              run.resolve("database"),
              folder.resolve("programs"),
              LoadPorts.free(),
              LoadPorts.free())
          .connection(seed, REDIRECT, sandbox.procoreUrl(), sandbox.xeroUrl())
          .write(run.resolve("config"));
      try (Deployment deployment = Deployment.openNode(run.resolve("config"))) {
        LoadSignIn.signIn(deployment, CONNECTION);
        QueueSample.fill(deployment.database().dataSource(), CONNECTION, records);
        out.printf("%d records, %d requests of each page, in ms:%n", records, requests);
        out.printf("%-40s %6s %6s %6s%n", "", "p50", "p95", "p99");
        try (Connector connector = Connector.start(deployment)) {
          kept = measure(deployment, "http://localhost:" + connector.port(), requests, out);
        }
      }
    }
    RunFolder.delete(run);
    out.println(
        kept
            ? "Every page keeps to p99 under " + TARGET.toMillis() + " ms."
            : "A page MISSES p99 under " + TARGET.toMillis() + " ms.");
    out.flush();
    return kept;
  }

  private static boolean measure(
      Deployment deployment, String address, int requests, PrintWriter out) {
    String cookie = "tieback=" + session(deployment);
    HttpClient client = HttpClient.newHttpClient();
    boolean kept = true;
    for (Map.Entry<String, String> page : pages().entrySet()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + page.getValue()))
              .header("Cookie", cookie)
              .timeout(Duration.ofSeconds(60))
              .build();
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < WARM_UP + requests; i++) {
        long began = System.nanoTime();
        get(client, request);
        if (i >= WARM_UP) {
          nanos.add(System.nanoTime() - began);
        }
      }
      Collections.sort(nanos);
      Times times = new Times(nanos);
      kept &= times.kept();
      out.printf(
          "%-40s %6s %6s %6s%s%n",
          page.getKey(), times.at(50), times.at(95), times.at(99), times.kept() ? "" : "  MISSED");
      out.flush();
    }
    return kept;
  }

  private static void get(HttpClient client, HttpRequest request) {
    try {
      int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
      if (status != 200) {
        throw new IllegalStateException(request.uri() + " was answered with " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring", e);
    }
  }

  /** Somebody who may decide about everything, so that nothing is left out of a page. */
  private static String session(Deployment deployment) {
    long user =
        deployment
            .ledger()
            .users()
            .create(new User.Draft("bench@example.com", "Bench", "owner", "en", null), "bench");
    String token = Tokens.fresh();
    deployment
        .ledger()
        .sessions()
        .open(Tokens.hash(token), user, Tokens.fresh(), Duration.ofHours(4));
    return token;
  }
}
