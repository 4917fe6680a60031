package io.tieback.command.load;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tieback as a process of its own, started with the same Java and class path as this one: what
 * {@code prove} kills and {@code bench} measures.
 */
public final class ConnectorProcess {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();
  private final List<String> command = new ArrayList<>();
  private final Path log;
  private Process process;
  private Duration cpuOfEarlierLives = Duration.ZERO;

  /**
   * @param javaOptions options for the new JVM, such as {@code -Xmx256m}
   * @param log file that its output is added to
   * @param arguments Tieback's own arguments, such as {@code run --config DIR}
   */
  public ConnectorProcess(List<String> javaOptions, Path log, String... arguments) {
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.add("-cp");
    command.add(classPath());
    command.add("io.tieback.command.Tieback");
    command.addAll(List.of(arguments));
    this.log = log;
  }

  /** Class path of this process, which such processes have too. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Starts it. It is not ready yet: see {@link #awaitOk}. */
  public void start() {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      File out = log.toFile();
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(out))
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(
          "could not start " + String.join(" ", command) + ": " + e.getMessage(), e);
    }
  }

  /** Waits until a GET of the address answers 200. Gives how long that took. */
  public Duration awaitOk(String address, Duration patience) {
    long begun = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(2)).build();
    while (System.nanoTime() - begun < patience.toNanos()) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "the process ended with " + process.exitValue() + " before it was ready; see " + log);
      }
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return Duration.ofNanos(System.nanoTime() - begun);
        }
      } catch (IOException notYet) {
        // Not listening yet: asked again below.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for " + address, e);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new IllegalStateException(
        "not ready within " + patience.toSeconds() + " s: " + address + "; see " + log);
  }

  /** Ends it without a word, as a power cut would. Returns when it is gone. */
  public void kill() {
    rememberCpu();
    process.destroyForcibly();
    await(Duration.ofSeconds(20));
  }

  /** Asks it to end (SIGTERM) and gives its exit code. */
  public int stop(Duration patience) {
    rememberCpu();
    process.destroy();
    if (!await(patience)) {
      process.destroyForcibly();
      await(Duration.ofSeconds(20));
      throw new IllegalStateException(
          "did not end within " + patience.toSeconds() + " s of being asked to; see " + log);
    }
    return process.exitValue();
  }

  /**
   * Waits until it has ended by itself, and gives its exit code.
   *
   * @throws IllegalStateException when it has not within that time; it is ended then
   */
  public int awaitEnd(Duration patience) {
    if (!await(patience)) {
      kill();
      throw new IllegalStateException(
          "did not end within " + patience.toSeconds() + " s; see " + log);
    }
    return process.exitValue();
  }

  /** Whether it runs. */
  public boolean alive() {
    return process != null && process.isAlive();
  }

  /** The process id of the present life. */
  public long pid() {
    return process.pid();
  }

  /** CPU time of all lives so far. */
  public Duration cpu() {
    return cpuOfEarlierLives.plus(
        alive()
            ? process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO)
            : Duration.ZERO);
  }

  private void rememberCpu() {
    if (alive()) {
      cpuOfEarlierLives = cpu();
    }
  }

  private boolean await(Duration patience) {
    try {
      return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a process to end", e);
    }
  }
}
