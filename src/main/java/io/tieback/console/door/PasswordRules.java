package io.tieback.console.door;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password has to be: long rather than adorned (NIST SP 800-63B), and not what everybody
 * tries first.
 */
public final class PasswordRules {

  /** Shortest, in characters. */
  public static final int SHORTEST = 12;

  /** Longest, in characters: hashing a book would take long. */
  public static final int LONGEST = 200;

  private static final Set<String> COMMON = common();

  private PasswordRules() {}

  /** Why it cannot be used, as a message's key; empty when it can. */
  public static Optional<String> whyNot(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST) {
      return Optional.of("password.short");
    }
    if (length > LONGEST) {
      return Optional.of("password.long");
    }
    String plain = password.toLowerCase(Locale.ROOT).strip();
    String mail = email.toLowerCase(Locale.ROOT);
    String name = mail.substring(0, Math.max(0, mail.indexOf('@')));
    if (plain.equals(mail) || (name.length() > 3 && onlyAdorned(plain, name))) {
      return Optional.of("password.mail");
    }
    if (plain.codePoints().distinct().count() < 5
        || COMMON.contains(plain)
        || COMMON.contains(plain.replaceAll("[0-9!.?*_-]+$", ""))) {
      return Optional.of("password.common");
    }
    return Optional.empty();
  }

  /** The name with nothing but digits and signs around it, or twice. */
  private static boolean onlyAdorned(String plain, String name) {
    return plain.replace(name, "").matches("[^\\p{L}]*") && plain.contains(name);
  }

  private static Set<String> common() {
    try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
