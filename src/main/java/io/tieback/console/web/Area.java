package io.tieback.console.web;

/**
 * What answers under one beginning of the path, such as the pages or the static files. It may
 * block: it never runs on the event loop.
 */
public interface Area {

  /** Whether the path is one of its own. */
  boolean holds(String path);

  /** Answers. What it throws becomes a bare 500 with a number that stands in the log. */
  Answer answer(Call call);

  /**
   * Says that a request cannot be read, in the area's own way.
   *
   * @param call without what was posted
   * @param status 400, or 413 when more than {@link WebMount#MOST_BYTES} was sent
   */
  default Answer unreadable(Call call, int status) {
    return Answer.of(
        status,
        "text/plain",
        status == 413
            ? "More than " + WebMount.MOST_BYTES + " bytes were sent; send less."
            : "The request cannot be read.");
  }
}
