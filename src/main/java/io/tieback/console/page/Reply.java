package io.tieback.console.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What a page gives back. */
public sealed interface Reply {

  /**
   * A whole page: a template that extends {@code base}.
   *
   * @param status HTTP's status
   * @param template its name
   * @param model what it shows
   */
  record View(int status, String template, Map<String, Object> model) implements Reply {}

  /**
   * A part of a page that htmx polls or puts in: a template that extends nothing. When it says what
   * the browser has already, the answer is 204.
   *
   * @param template its name
   * @param model what it shows
   */
  record Fragment(String template, Map<String, Object> model) implements Reply {}

  /**
   * Leads to another page of the console.
   *
   * @param path under {@code /console}, with the query
   * @param flash what that page says first, or null
   */
  record Redirect(String path, Flash flash) implements Reply {

    /** The next page says that it is done. */
    public Redirect saying(String key, Object... words) {
      return new Redirect(path, Flash.good(key, words));
    }

    /** The next page says that it is not done. */
    public Redirect warning(String key, Object... words) {
      return new Redirect(path, Flash.bad(key, words));
    }
  }

  /**
   * A file to keep.
   *
   * @param name its name
   * @param contentType what it is
   * @param bytes its content
   */
  record Download(String name, String contentType, byte[] bytes) implements Reply {}

  /** JSON, for the scripts of a page. */
  record Json(int status, JsonNode json) implements Reply {}

  /** A page. */
  static Reply page(String template, Map<String, Object> model) {
    return new View(200, template, model);
  }

  /** The page again, since what was filled in cannot be taken; the model has {@code errors}. */
  static Reply again(String template, Map<String, Object> model) {
    return new View(422, template, model);
  }

  /** A part of a page. */
  static Reply fragment(String template, Map<String, Object> model) {
    return new Fragment(template, model);
  }

  /** Leads elsewhere, after something was done. */
  static Redirect redirect(String path) {
    return new Redirect(path, null);
  }

  /** A table to keep; see {@link Csv}. */
  static Reply csv(String name, Csv csv) {
    return new Download(name, "text/csv; charset=utf-8", csv.bytes());
  }

  /** JSON. */
  static Reply json(JsonNode json) {
    return new Json(200, json);
  }
}
