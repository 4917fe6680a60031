package io.tieback.construction;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which day an order bears: the first source that yields one.
 *
 * @param sources in their order
 */
public record OrderDatePolicy(List<Source> sources) {

  /** Where a day may come from. */
  public enum Source {
    /** What the approver chose on accepting. */
    ACCOUNTING_DATE,
    CONTRACT_DATE,
    EXECUTION_DATE,
    ISSUED_ON_DATE,
    CONTRACT_START_DATE,
    /** The day of sending, in the company's zone. */
    TODAY;

    /** Its word in settings and in Procore's events. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public OrderDatePolicy {
    sources = List.copyOf(sources);
  }

  /**
   * Reads the words of a setting.
   *
   * @throws IllegalArgumentException for a word that is none of these
   */
  public static OrderDatePolicy of(List<String> words) {
    return new OrderDatePolicy(words.stream().map(OrderDatePolicy::source).toList());
  }

  private static Source source(String word) {
    return Arrays.stream(Source.values())
        .filter(source -> source.word().equals(word.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + word
                        + "' is no source of an order's date: take "
                        + Arrays.stream(Source.values()).map(Source::word).toList()));
  }

  /**
   * The day.
   *
   * @param stated the days that Procore states, by source
   * @param today asked only when no source before yields a day
   */
  public Optional<LocalDate> resolve(Map<Source, LocalDate> stated, Supplier<LocalDate> today) {
    return sources.stream()
        .map(source -> source == Source.TODAY ? today.get() : stated.get(source))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
