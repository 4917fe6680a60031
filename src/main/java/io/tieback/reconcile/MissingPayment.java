package io.tieback.reconcile;

/** Why a payment of the ERP is not in Procore: the payment journal knows how far it came. */
final class MissingPayment {

  private MissingPayment() {}

  /** What there is to say. */
  record Told(Cause cause, String sentence, String remedy) {}

  /**
   * @param which the payment, as a sentence begins with it
   * @param trace what the ledger knows of the payment, or null for nothing
   */
  static Told explain(String which, Traces.OfPayment trace) {
    if (trace == null) {
      return new Told(
          Cause.PAYMENT_NOT_READ,
          which + " has not been read yet.",
          "Run './tieback sync payments'.");
    }
    return switch (trace.state()) {
      case "ignored" ->
          new Told(
              Cause.PAYMENT_BEFORE_SWITCH_ON,
              which + " stood before payments were switched on and stays out (GEN-PAY-09).",
              "Enter it in Procore by hand, or connect with payments.back-fill-from.");
      case "failed" ->
          new Told(
              Cause.PAYMENT_FAILED,
              which
                  + " is not in Procore: "
                  + (trace.failure() == null ? "writing it failed." : trace.failure()),
              Words.deadLetter(trace.deadLetter()));
      case "unmatched", "planned", "sent", "unknown", "amending", "removing" ->
          new Told(
              Cause.PAYMENT_ON_ITS_WAY,
              which + " is on its way to Procore (" + trace.state() + ").",
              "Wait until it has arrived, then run this again. Is './tieback run' up?");
      default ->
          new Told(
              Cause.PAYMENT_NOT_IN_PROCORE,
              which
                  + " is "
                  + trace.state()
                  + " in the ledger"
                  + (trace.procoreId() == null
                      ? ""
                      : ", written to Procore as " + trace.procoreId())
                  + ", and Procore does not list it.",
              "See whether somebody deleted it in Procore. What went through the ERP tab's own"
                  + " interface (procore.payments-interface) may not be listed: look at the"
                  + " commitment's Payments Issued tab.");
    };
  }
}
