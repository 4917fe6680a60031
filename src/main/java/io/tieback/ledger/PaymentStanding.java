package io.tieback.ledger;

import java.util.Arrays;
import java.util.List;

/** How a payment of the ERP stands in Procore: whether it came back, and if not, why. */
public enum PaymentStanding {
  /** Procore has it as the ERP does. */
  IN_PROCORE(List.of("known"), "Procore shows it as the ERP has it", ""),
  /** It is being written, amended or removed. */
  ON_ITS_WAY(
      List.of("planned", "sent", "unknown", "amending", "removing"),
      "it is on its way to Procore",
      "Nothing has to be done: it goes by itself."),
  /** Its bill is not known to be an exported invoice. */
  UNMATCHED(
      List.of("unmatched"),
      "its bill is not (yet) known to be an invoice that was exported from Procore",
      "Export the invoice that the bill stands for; the payment follows by itself. A bill that was"
          + " entered in the ERP by hand has no invoice in Procore."),
  /** Gone in the ERP, still in Procore: an approver decides (GEN-PAY-11). */
  FLAGGED(
      List.of("flagged"),
      "the ERP has it no more, and Procore still shows it; it no longer counts as paid",
      "Decide whether it is removed from Procore, stands there with 0.00, or stays as it is."),
  /** Procore did not take it. */
  FAILED(
      List.of("failed"),
      "Procore did not take it",
      "Read what Procore said, correct it, and replay the dead letter."),
  /** It stood before payments were switched on (GEN-PAY-09). */
  BEFORE_SWITCH_ON(
      List.of("ignored"),
      "it stood before payments were switched on, and these are never brought back",
      "Enter it in Procore by hand if it has to be shown there."),
  /** Gone in the ERP, and dealt with in Procore. */
  GONE(
      List.of("zeroed", "removed", "replaced", "cancelled"),
      "the ERP has it no more, and Procore was brought in line",
      "");

  private final List<String> states;
  private final String why;
  private final String remedy;

  PaymentStanding(List<String> states, String why, String remedy) {
    this.states = states;
    this.why = why;
    this.remedy = remedy;
  }

  /** The payment journal's words that come to this. */
  public List<String> states() {
    return states;
  }

  /** Why, as the end of a sentence in English. */
  public String why() {
    return why;
  }

  /** What to do in English; blank when there is nothing. */
  public String remedy() {
    return remedy;
  }

  /** Whether it did not come back, and somebody may want to know why. */
  public boolean isMissing() {
    return this == UNMATCHED || this == FAILED || this == BEFORE_SWITCH_ON;
  }

  /** What a word of the payment journal comes to. */
  public static PaymentStanding of(String state) {
    return Arrays.stream(values())
        .filter(standing -> standing.states.contains(state))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + state + "' is no state of a payment of an exported bill"));
  }
}
