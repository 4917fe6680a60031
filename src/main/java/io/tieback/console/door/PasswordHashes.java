package io.tieback.console.door;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Hashes of passwords: Argon2id with its parameters in the hash. They are what OWASP asks for (19
 * MiB, two passes); a hash with lower ones is replaced at the next sign-in.
 */
public final class PasswordHashes {

  private static final int KIBIBYTES = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT = 16;

  private static final Argon2Function CURRENT =
      Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, BYTES, Argon2.ID);

  /** Each takes memory: many at once would take it all. */
  private static final Semaphore AT_ONCE = new Semaphore(2);

  /** Of no password: checked when there is no such account, so that both take as long. */
  private static final String NOBODY = hash(Tokens.fresh());

  private PasswordHashes() {}

  /** The hash of a new password. */
  public static String hash(String password) {
    return alone(() -> Password.hash(password).addRandomSalt(SALT).with(CURRENT).getResult());
  }

  /** Whether it is the password of the hash; takes as long when there is none. */
  public static boolean matches(String password, Optional<String> hash) {
    String known = hash.orElse(NOBODY);
    return alone(
        () -> {
          try {
            boolean same =
                Password.check(password, known).with(Argon2Function.getInstanceFromHash(known));
            return same && hash.isPresent();
          } catch (BadParametersException e) {
            throw new IllegalStateException("a stored password hash cannot be read", e);
          }
        });
  }

  /** Whether a hash was made with lower parameters than new ones. */
  public static boolean outdated(String hash) {
    Argon2Function made = Argon2Function.getInstanceFromHash(hash);
    return made.getVariant() != Argon2.ID
        || made.getMemory() < KIBIBYTES
        || made.getIterations() < PASSES
        || made.getOutputLength() < BYTES;
  }

  private interface Work<T> {
    T run();
  }

  private static <T> T alone(Work<T> work) {
    AT_ONCE.acquireUninterruptibly();
    try {
      return work.run();
    } finally {
      AT_ONCE.release();
    }
  }
}
