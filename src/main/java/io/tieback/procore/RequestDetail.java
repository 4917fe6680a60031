package io.tieback.procore;

import java.util.List;
import java.util.Set;

/**
 * An ERP request detail: what a user waits for until it is closed (GEN-API-06).
 *
 * @param id its id
 * @param status Procore's word
 * @param messages what the user reads
 */
public record RequestDetail(long id, String status, List<String> messages) {

  private static final Set<String> CLOSED = Set.of("success", "failed", "rejected");

  public RequestDetail {
    messages = List.copyOf(messages);
  }

  /**
   * Whether nobody has answered it yet. The spelling of the open states is uncertain, that of the
   * closed ones is not.
   */
  public boolean open() {
    return !CLOSED.contains(status);
  }
}
