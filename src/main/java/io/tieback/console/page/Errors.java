package io.tieback.console.page;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is wrong with the fields of a form, said beside each of them. */
public final class Errors {

  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Says what is wrong with a field; what was said first stays. */
  public Errors add(String field, String text) {
    texts.putIfAbsent(field, text);
    return this;
  }

  /** What is wrong with a field; blank when nothing is. */
  public String of(String field) {
    return texts.getOrDefault(field, "");
  }

  /** The field that is wrong first, with what is wrong with it. */
  public Optional<Map.Entry<String, String>> first() {
    return texts.entrySet().stream().findFirst();
  }

  /** Whether nothing is wrong. */
  public boolean none() {
    return texts.isEmpty();
  }
}
