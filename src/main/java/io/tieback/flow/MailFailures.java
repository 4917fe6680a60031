package io.tieback.flow;

import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a mail server has against a mail: an address that it refuses for good, or what may pass. */
final class MailFailures {

  private MailFailures() {}

  /**
   * Classifies it.
   *
   * @param caught the exception as it was caught
   * @param cause the cause that tells most
   */
  static Failure of(Throwable caught, Throwable cause) {
    String refused = refused(caught);
    if (!refused.isEmpty()) {
      return Failure.of(
          FailureKind.REFUSED,
          "the mail server refuses the address " + refused + ": " + cause.getMessage(),
          "Correct the address at the user or in mail.to, then send the mail again.");
    }
    // Whatever else passes, or a person sees it in the list of mails.
    return Failure.of(
        FailureKind.TRANSIENT,
        "the mail was not sent: " + cause,
        "See mail.host and the mail server.");
  }

  /** Addresses that were refused for good; those that were put off are not among them. */
  private static String refused(Throwable caught) {
    for (Throwable at = caught; at != null; at = at.getCause()) {
      if (at instanceof SendFailedException failed
          && failed.getInvalidAddresses() != null
          && failed.getInvalidAddresses().length > 0) {
        return Arrays.stream(failed.getInvalidAddresses())
            .map(Address::toString)
            .collect(Collectors.joining(", "));
      }
    }
    return "";
  }
}
