package io.tieback.console.web;

/**
 * What answers under one beginning of the path, such as the pages or the static files. It may
 * block: it never runs on the event loop.
 */
public interface Area {

  /** Whether the path, decoded, is one of its own. */
  boolean holds(String path);

  /** Answers. What it throws becomes a bare 500 with a number that stands in the log. */
  Answer answer(Call call);
}
