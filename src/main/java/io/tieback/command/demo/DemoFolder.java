package io.tieback.command.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A folder that a demonstration has for itself while it runs, and that the next one clears away. A
 * marked and locked file in it says so; a folder without that mark is somebody else's and is never
 * touched.
 */
public final class DemoFolder implements AutoCloseable {

  private static final String MARK = "tieback-demo";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final FileChannel lock;

  private DemoFolder(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Takes the folder, emptied of what an earlier demonstration left in it.
   *
   * @throws IllegalStateException when another demonstration runs in it, or it holds what no
   *     demonstration made
   */
  public static DemoFolder afresh(Path folder) throws IOException {
    Path mark = folder.resolve(MARK);
    if (Files.exists(folder) && !Files.exists(mark)) {
      try (Stream<Path> content = Files.list(folder)) {
        if (content.findAny().isPresent()) {
          throw new IllegalStateException(
              folder
                  + " is not empty and no demonstration made it; name another folder with --folder"
                  + " or --data");
        }
      }
    }
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new IllegalStateException(
            "a demonstration runs in "
                + folder
                + " already; end it, or name another folder with --folder");
      }
      endLeftOverServer(folder);
      clear(folder, mark);
      return new DemoFolder(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void clear(Path folder, Path mark) throws IOException {
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all =
          tree.sorted(Comparator.reverseOrder())
              .filter(path -> !path.equals(folder) && !path.equals(mark))
              .toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  /**
   * A demonstration that was killed leaves its database server running; its folder must not be
   * cleared under it.
   */
  private static void endLeftOverServer(Path folder) throws IOException {
    Path home = folder.toRealPath();
    List<ProcessHandle> servers =
        ProcessHandle.allProcesses().filter(process -> runsFrom(home, process)).toList();
    servers.stream()
        .filter(server -> server.parent().filter(parent -> runsFrom(home, parent)).isEmpty())
        .forEach(ProcessHandle::destroy);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (servers.stream().anyMatch(server -> runsFrom(home, server))) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "the database server that an earlier demonstration left in "
                + folder
                + " does not end; end it, or name another folder with --folder");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Ended processes that nobody has reaped have no command any more, so they do not count. */
  private static boolean runsFrom(Path home, ProcessHandle process) {
    return process
        .info()
        .command()
        .filter(command -> Path.of(command).startsWith(home))
        .isPresent();
  }

  /** Lets it go; what is in it stays until the next demonstration. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
