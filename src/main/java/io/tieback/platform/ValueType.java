package io.tieback.platform;

import java.util.List;
import java.util.function.Function;

/**
 * What may be written as the value of a setting.
 *
 * @param <T> what the program gets
 * @param allowed what is allowed, in words that follow "is not": {@code a whole number from 0 to
 *     65535}
 * @param choices every value there is, when they can be listed; else empty
 * @param reader turns the written value into what the program gets; throws {@link
 *     IllegalArgumentException} when it is not allowed
 */
public record ValueType<T>(String allowed, List<String> choices, Function<String, T> reader) {

  /** A type whose values cannot be listed. */
  public ValueType(String allowed, Function<String, T> reader) {
    this(allowed, List.of(), reader);
  }

  /**
   * Reads a written value.
   *
   * @throws IllegalArgumentException when the value is not allowed; java.time's own exceptions are
   *     turned into it
   */
  public T read(String written) {
    try {
      return reader.apply(written);
    } catch (java.time.DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
