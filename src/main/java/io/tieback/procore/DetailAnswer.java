package io.tieback.procore;

import java.util.List;
import java.util.Objects;

/**
 * The answer that closes a request detail.
 *
 * @param detailId which detail
 * @param status how it ended
 * @param messages what the user reads in the ERP tab; at least one unless it is a success
 */
public record DetailAnswer(long detailId, Status status, List<String> messages) {

  /** How an export ended. */
  public enum Status {
    SUCCESS("success"),
    FAILED("failed");

    private final String word;

    Status(String word) {
      this.word = word;
    }

    /** Procore's word. */
    String word() {
      return word;
    }
  }

  public DetailAnswer {
    Objects.requireNonNull(status, "status");
    messages = List.copyOf(messages);
    if (status == Status.FAILED && messages.stream().allMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "request detail "
              + detailId
              + " is closed as failed without a message; the approver needs one");
    }
  }

  /** The export succeeded. */
  public static DetailAnswer success(long detailId) {
    return success(detailId, List.of());
  }

  /** It succeeded, and this is what came of it; there may be nothing to say. */
  public static DetailAnswer success(long detailId, List<String> messages) {
    return new DetailAnswer(detailId, Status.SUCCESS, messages);
  }

  /** The export failed, for these reasons. */
  public static DetailAnswer failed(long detailId, List<String> messages) {
    return new DetailAnswer(detailId, Status.FAILED, messages);
  }
}
