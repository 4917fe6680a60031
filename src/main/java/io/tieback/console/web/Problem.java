package io.tieback.console.web;

/**
 * Why a request is not done, for the person who made it: becomes a page (or JSON, or a line above a
 * form). The texts are sentences in the person's language, or keys of messages.
 */
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String field;
  private final String remedy;

  private Problem(int status, String field, String reason, String remedy) {
    super(reason);
    this.status = status;
    this.field = field;
    this.remedy = remedy;
  }

  /**
   * 400: what was sent cannot be read.
   *
   * @param field which field or parameter
   * @param reason what was found and what the limit is
   * @param remedy what to do
   */
  public static Problem badRequest(String field, String reason, String remedy) {
    return new Problem(400, field, reason, remedy);
  }

  /** 400 or 413: nothing of what was sent can be read. */
  public static Problem unreadable(int status) {
    return new Problem(
        status, "", "error." + status + ".reason", "error." + status + ".remedy.unread");
  }

  /** 403: this person may not. */
  public static Problem forbidden(String reason, String remedy) {
    return new Problem(403, "", reason, remedy);
  }

  /** 404: there is nothing of that address. */
  public static Problem notFound() {
    return new Problem(404, "", "error.404.reason", "error.404.remedy");
  }

  /** 405: nothing can be posted there, or nothing can be read there. */
  public static Problem otherMethod() {
    return new Problem(405, "", "error.405.reason", "error.404.remedy");
  }

  /** 409: what was shown is no longer what there is. */
  public static Problem outdated() {
    return new Problem(409, "", "error.409.reason", "error.409.remedy");
  }

  /** 409: it cannot be done as things stand. */
  public static Problem refused(String reason, String remedy) {
    return new Problem(409, "", reason, remedy);
  }

  /** HTTP's status. */
  public int status() {
    return status;
  }

  /** Field that it is about; blank when it is about none. */
  public String field() {
    return field;
  }

  /** What was found. */
  public String reason() {
    return getMessage();
  }

  /** What to do; blank when there is nothing to say. */
  public String remedy() {
    return remedy;
  }

  /** The trace says nothing that the log needs: the request was wrong, not the program. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
