package io.tieback.console.books;

import io.tieback.console.page.Ask;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Choices of filters, as the macros draw them: values with labels. */
final class Choices {

  private Choices() {}

  /** Words that are messages: the prefix and the word. */
  static List<Map<String, String>> of(List<String> words, String prefix, Ask ask) {
    return named(words, word -> ask.text(prefix + word));
  }

  /** Words that speak for themselves. */
  static List<Map<String, String>> of(List<String> words) {
    return named(words, UnaryOperator.identity());
  }

  /** Words with names. */
  static List<Map<String, String>> named(List<String> words, UnaryOperator<String> name) {
    return words.stream().map(word -> Map.of("value", word, "label", name.apply(word))).toList();
  }
}
