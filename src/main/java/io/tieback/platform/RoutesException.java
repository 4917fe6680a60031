package io.tieback.platform;

import java.util.List;

/** Route files cannot be used at start. */
public final class RoutesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<RouteProblem> problems;

  /**
   * @param problems everything that is wrong with them
   */
  public RoutesException(List<RouteProblem> problems) {
    super(
        String.join(
            System.lineSeparator(), problems.stream().map(RouteProblem::toString).toList()));
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong. */
  public List<RouteProblem> problems() {
    return problems;
  }
}
