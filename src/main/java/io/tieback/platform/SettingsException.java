package io.tieback.platform;

import java.util.List;

/** The settings cannot be used. Lists everything that is wrong with them, not only the first. */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  /**
   * @param problems one sentence each: where, which key, what is wrong, what to do
   */
  public SettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size()
                + " settings are wrong:"
                + System.lineSeparator()
                + "  "
                + String.join(System.lineSeparator() + "  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one sentence each. */
  public List<String> problems() {
    return problems;
  }
}
