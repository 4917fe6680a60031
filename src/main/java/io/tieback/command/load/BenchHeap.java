package io.tieback.command.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the connector's heap holds, seen from outside: its own gauge for the peak, and what is left
 * after a full collection, which the JDK's {@code jcmd} asks for and the collector's log tells.
 */
final class BenchHeap {

  private static final Pattern GAUGE =
      Pattern.compile("(?m)^tieback_heap_peak_bytes(?:\\{[^}]*})? (\\S+)$");
  private static final Pattern FULL =
      Pattern.compile("Pause Full \\(Diagnostic Command\\) \\d+[KMG]->(\\d+)([KMG])\\(");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path log;

  /**
   * @param log file that the collector's log goes to
   */
  BenchHeap(Path log) {
    this.log = log;
  }

  /** Options of the JVM: the most heap that the target allows, and a log of collections. */
  List<String> javaOptions() {
    return List.of("-Xmx256m", "-Xlog:gc:file=" + log.toAbsolutePath() + "::filecount=0");
  }

  /** Highest use so far, by the connector's own gauge, in bytes; empty when it does not tell. */
  static OptionalLong peak(String management) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(management + "/observe/metrics"))
              .timeout(PATIENCE)
              .build();
      String text =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
      Matcher gauge = GAUGE.matcher(text);
      return gauge.find()
          ? OptionalLong.of(new BigDecimal(gauge.group(1)).longValue())
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading metrics", e);
    }
  }

  /**
   * Has the heap collected and gives what is left, in bytes; empty without {@code jcmd}, which
   * comes with a JDK only.
   */
  OptionalLong live(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return OptionalLong.empty();
    }
    try {
      int before = collections().size();
      Process asked =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!asked.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || asked.exitValue() != 0) {
        asked.destroyForcibly();
        return OptionalLong.empty();
      }
      for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
        List<Long> now = collections();
        if (now.size() > before) {
          return OptionalLong.of(now.get(now.size() - 1));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a collection", e);
    }
  }

  private List<Long> collections() throws IOException {
    return FULL.matcher(Files.readString(log))
        .results()
        .map(full -> bytes(full.group(1), full.group(2)))
        .toList();
  }

  private static long bytes(String number, String unit) {
    int shift = unit.equals("G") ? 30 : unit.equals("M") ? 20 : 10;
    return Long.parseLong(number) << shift;
  }
}
