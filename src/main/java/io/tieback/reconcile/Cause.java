package io.tieback.reconcile;

/** Why both sides differ, as far as it can be told. Rounding is never a cause: there is none. */
public enum Cause {
  /** The invoice was approved in Procore and never sent to the accounting approver. */
  NOT_SENT("not sent"),
  /** It was accepted and waits for something that is not in the ERP yet. */
  WAITS("waits"),
  /** It was accepted and is on its way. */
  ON_ITS_WAY("on its way"),
  /** It was accepted and a person has to act. */
  FAILED("failed"),
  /** Nobody knows yet what became of the write; it is being looked for. */
  UNKNOWN("unknown"),
  /** A person decided that it shall not go out. */
  DISCARDED("discarded"),
  /** The bill was written and is in the ERP no more. */
  MISSING("bill missing"),
  /** The bill was voided or deleted in the ERP. */
  VOIDED("bill voided"),
  /** The bill is a draft in the ERP and in no account yet. */
  DRAFT("bill is a draft"),
  /** Amounts of the bill were changed in the ERP. */
  EDITED("bill edited"),
  /** A line of the bill was moved to another project, or lost it. */
  PROJECT_CHANGED("project of a line changed"),
  /** More than one bill stands for one invoice. */
  TWICE("billed twice"),
  /** The bill stands for an invoice that Procore does not have. */
  WITHOUT_INVOICE("bill without invoice"),
  /** Bill and invoice lie on different sides of the day that was asked for. */
  OTHER_DATE("dated otherwise"),
  /** Procore's own figures of the invoice do not agree with each other. */
  FIGURES_OF_PROCORE("figures of Procore"),
  /** The ERP's own figures of the bill do not agree with each other. */
  FIGURES_OF_ERP("figures of the ERP"),
  /** A credit note, prepayment or overpayment settles a part that Procore shows as open. */
  CREDITED("credited"),
  /** The payment was made in the ERP and was not read yet. */
  PAYMENT_NOT_READ("payment not read yet"),
  /** The payment is on its way to Procore. */
  PAYMENT_ON_ITS_WAY("payment on its way"),
  /** Writing the payment to Procore failed. */
  PAYMENT_FAILED("payment failed"),
  /** The payment stood before payments were switched on. */
  PAYMENT_BEFORE_SWITCH_ON("payment before switch-on"),
  /** The payment was written to Procore and is not there. */
  PAYMENT_NOT_IN_PROCORE("payment not in Procore"),
  /** Both have the payment, with different amounts. */
  PAYMENT_AMOUNT("payment amount"),
  /** Both have the payment, on different commitments. */
  PAYMENT_ELSEWHERE("payment on another commitment"),
  /** Both have the payment, on different sides of the day that was asked for. */
  PAYMENT_OTHER_DATE("payment dated otherwise"),
  /** The payment was deleted in the ERP and is flagged for an approver. */
  PAYMENT_FLAGGED("payment flagged"),
  /** Procore has the payment, and the ERP has it no more. */
  PAYMENT_GONE("payment gone"),
  /** Somebody, or another integration, entered the payment in Procore. */
  PAYMENT_BY_HAND("payment entered in Procore"),
  /** The order was written and is in the ERP no more. */
  ORDER_MISSING("order missing"),
  /** The order was deleted in the ERP. */
  ORDER_DELETED("order deleted"),
  /** Lines of the order were changed or added in the ERP. */
  ORDER_EDITED("order edited"),
  /** A line that was written was taken off the order in the ERP. */
  LINE_REMOVED("line removed"),
  /** Change orders were approved in Procore and are not on the order. */
  CHANGES_NOT_SENT("change order not sent"),
  /** Something else was posted to the retainage account. */
  POSTED_OTHERWISE("posted to the retainage account"),
  /** None of these. */
  UNEXPLAINED("not explained");

  private final String words;

  Cause(String words) {
    this.words = words;
  }

  /** As it is printed. */
  public String words() {
    return words;
  }
}
