package io.tieback.platform;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeyTemplates;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.tieback.platform.keys.ServerKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * Seals what must not be readable in the database (tokens): AES-256-GCM with a key that lies
 * outside it. What was sealed for one connection and system cannot be opened for another. A key
 * ring may hold older keys beside the current one, so that a key can be changed without losing
 * anything.
 */
public final class SecretBox {

  /** The environment variable that holds the key ring instead of a file. */
  public static final String ENVIRONMENT_VARIABLE = "TIEBACK_MASTER_KEY";

  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the encryption library does not start", e);
    }
  }

  private final KeysetHandle ring;
  private final Aead aead;
  private final String source;

  private SecretBox(KeysetHandle ring, String source) {
    this.ring = ring;
    this.source = source;
    try {
      this.aead = ring.getPrimitive(RegistryConfiguration.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new SecretsException(source + " holds no usable key: " + e.getMessage(), e);
    }
  }

  /**
   * The box of this deployment.
   *
   * @param sealedDataExists whether anything was sealed before; then a missing key is an error, and
   *     never replaced by a new one. A new sign-in by a person says no: it seals everything anew
   * @throws SecretsException when the key is missing though something was sealed, or cannot be read
   */
  public static SecretBox open(Settings settings, BooleanSupplier sealedDataExists) {
    String given = settings.environment().get(ENVIRONMENT_VARIABLE);
    if (given != null && !given.isBlank()) {
      return parse(decoded(given.strip()), "environment variable " + ENVIRONMENT_VARIABLE);
    }
    return open(settings.get(ServerKeys.KEY_FILE), sealedDataExists);
  }

  /** As {@link #open(Settings, BooleanSupplier)}, with the key in a file. */
  public static SecretBox open(Path file, BooleanSupplier sealedDataExists) {
    try {
      if (!Files.exists(file)) {
        if (sealedDataExists.getAsBoolean()) {
          throw new SecretsException(
              "the key file "
                  + file
                  + " is missing, but the database holds tokens sealed with it. Put the file back"
                  + " from its copy, or sign in again: ./tieback connect xero --new-key");
        }
        create(file);
      }
      checkPrivate(file);
      return parse(Files.readString(file), "key file " + file);
    } catch (IOException e) {
      throw new SecretsException("the key file " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** A new key ring in the form of {@value #ENVIRONMENT_VARIABLE}. */
  public static String newKey() {
    return Base64.getEncoder().encodeToString(fresh().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Seals a secret.
   *
   * @param connection whose it is
   * @param system where it is for, {@code procore} or an ERP
   */
  public byte[] seal(String connection, String system, byte[] secret) {
    try {
      return aead.encrypt(secret, purpose(connection, system));
    } catch (GeneralSecurityException e) {
      throw new SecretsException("sealing failed for connection " + connection, e);
    }
  }

  /**
   * Opens what was sealed for the same connection and system.
   *
   * @throws SecretsException when it was sealed with another key or for something else
   */
  public byte[] open(String connection, String system, byte[] sealed) {
    try {
      return aead.decrypt(sealed, purpose(connection, system));
    } catch (GeneralSecurityException e) {
      throw new SecretsException(
          "the tokens of connection "
              + connection
              + " for "
              + system
              + " cannot be opened with "
              + source
              + ": they were sealed with another key. Put the right key back, or sign in again:"
              + " ./tieback connect xero --new-key",
          e);
    }
  }

  /**
   * Adds a new key to the ring of a file; it seals from the next start on, and the older ones still
   * open what they sealed.
   */
  public static void rotate(Path file) {
    try {
      KeysetHandle old = parse(Files.readString(file), "key file " + file).ring;
      KeysetHandle.Builder next = KeysetHandle.newBuilder(old);
      next.addEntry(
          KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
              .withRandomId()
              .makePrimary());
      Path temporary = temporary(file);
      write(temporary, text(next.build()));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (GeneralSecurityException | IOException e) {
      throw new SecretsException("the key in " + file + " could not be changed", e);
    }
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "SecretBox[" + source + "]";
  }

  private static byte[] purpose(String connection, String system) {
    return (connection + "\n" + system).getBytes(StandardCharsets.UTF_8);
  }

  private static String decoded(String given) {
    try {
      return new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new SecretsException(
          "environment variable " + ENVIRONMENT_VARIABLE + " is not a key ring in base64");
    }
  }

  private static SecretBox parse(String text, String source) {
    try {
      return new SecretBox(
          TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get()), source);
    } catch (GeneralSecurityException e) {
      throw new SecretsException(source + " is not a key ring of Tieback. Put the right one back");
    }
  }

  private static String fresh() {
    try {
      return text(KeysetHandle.generateNew(KeyTemplates.get("AES256_GCM")));
    } catch (GeneralSecurityException e) {
      throw new SecretsException("no key could be made", e);
    }
  }

  private static String text(KeysetHandle ring) throws GeneralSecurityException {
    return TinkJsonProtoKeysetFormat.serializeKeyset(ring, InsecureSecretKeyAccess.get());
  }

  /** Two processes may get here at once: whoever links first decides, the other takes that key. */
  private static void create(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path temporary = temporary(file);
    try {
      write(temporary, fresh());
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      if (!Files.exists(file)) {
        throw e;
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
  }

  private static void write(Path file, String text) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text + "\n");
  }

  /** A key that everybody may read is refused: it protects nothing. */
  private static void checkPrivate(Path file) throws IOException {
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
      throw new SecretsException(
          "the key file " + file + " is readable by everybody on this machine. chmod 600 " + file);
    }
  }
}
