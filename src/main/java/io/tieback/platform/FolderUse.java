package io.tieback.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts who uses a folder, over processes and within this one, by locks that the operating system
 * lets go when a process dies: {@code users.lock} is held in common by every user, {@code
 * server.lock} by one alone while something begins or ends.
 */
final class FolderUse {

  /** What is done while nobody else begins or ends. */
  interface Step {
    void run() throws IOException;
  }

  private static final Map<Path, FolderUse> IN_THIS_PROCESS = new HashMap<>();
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private final Path folder;
  private final Duration wait;
  private FileChannel channel;
  private FileLock lock;
  private int users;

  private FolderUse(Path folder, Duration wait) {
    this.folder = folder;
    this.wait = wait;
  }

  /**
   * Begins to use the folder.
   *
   * @param wait how long to wait for somebody else's beginning or end
   * @param join runs alone, before the use counts
   */
  static FolderUse begin(Path folder, Duration wait, Step join) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      Path real = folder.toRealPath();
      FolderUse use = IN_THIS_PROCESS.computeIfAbsent(real, path -> new FolderUse(path, wait));
      try (FileChannel alone = use.alone()) {
        join.run();
        use.enter();
        return use;
      } finally {
        if (use.users == 0) {
          IN_THIS_PROCESS.remove(real);
        }
      }
    }
  }

  /** Ends one use; {@code last} runs when nobody uses the folder any more. */
  void end(Step last) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      if (users > 1) {
        users--;
        return;
      }
      try (FileChannel alone = alone()) {
        users = 0;
        IN_THIS_PROCESS.remove(folder);
        lock.release();
        try (FileLock none = channel.tryLock()) {
          if (none != null) {
            last.run();
          }
        } finally {
          channel.close();
        }
      }
    }
  }

  private void enter() throws IOException {
    if (users == 0) {
      channel = open("users.lock");
      lock = channel.lock(0, Long.MAX_VALUE, true);
    }
    users++;
  }

  private FileChannel alone() throws IOException {
    FileChannel server = open("server.lock");
    long deadline = System.nanoTime() + wait.toNanos();
    while (server.tryLock() == null) {
      if (System.nanoTime() > deadline) {
        server.close();
        throw new IOException(
            "another Tieback process has been starting or stopping it for "
                + wait.toSeconds()
                + " s");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return server;
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        folder.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }
}
