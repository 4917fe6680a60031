package io.tieback.sandbox.xero;

import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Identifiers as Xero writes them: lower-case UUIDs. */
final class Ids {
  static final String ZERO = "00000000-0000-0000-0000-000000000000";
  private static final Pattern UUID_TEXT =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private Ids() {}

  /** A new random (version 4) id. Not for secrets. */
  static String make() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
    long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /** The id in the spelling used here, or null when the text is no UUID. */
  static String normal(String text) {
    return text != null && UUID_TEXT.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
  }
}
