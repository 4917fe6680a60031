package io.tieback.reconcile;

import io.tieback.construction.JobBooks;

/** Why an invoice that counts has no bill in the ERP: the ledger knows how far it came. */
final class MissingBill {

  /** What there is to say. */
  record Told(Cause cause, String sentence, String remedy) {}

  private final Question question;
  private final Words words;

  MissingBill(Question question, Words words) {
    this.question = question;
    this.words = words;
  }

  /**
   * @param trace what the ledger knows of the invoice, or null for nothing
   */
  Told explain(JobBooks.Invoice invoice, Traces.OfInvoice trace) {
    String which = words.startInvoice(invoice);
    String erp = question.erpName();
    if (trace == null) {
      return question
          .key(invoice.originId())
          .map(key -> gone(which, key))
          .orElseGet(
              () ->
                  new Told(
                      Cause.NOT_SENT,
                      which
                          + " is "
                          + invoice.status()
                          + " in Procore and was never accepted for export.",
                      "Send it for export and have it accepted, in Procore's ERP tool or, at"
                          + " Tieback's own door, in the console; or leave it, if it was billed"
                          + " before Tieback."));
    }
    return switch (trace.state()) {
      case WAITING ->
          new Told(
              Cause.WAITS,
              which
                  + " waits for what is not in "
                  + erp
                  + " yet: "
                  + String.join(", ", trace.waitsFor())
                  + ".",
              "Bring that to " + erp + "; the invoice then goes by itself.");
      case FAILED ->
          new Told(
              Cause.FAILED,
              which
                  + " is not in "
                  + erp
                  + ": "
                  + (trace.failure() == null ? "it failed." : trace.failure()),
              Words.deadLetter(trace.deadLetter()));
      case UNKNOWN, SENT ->
          new Told(
              Cause.UNKNOWN,
              which + " was sent to " + erp + ", and what became of it is not known yet.",
              "Wait: Tieback looks for it by its address and writes it again only if it is not"
                  + " there.");
      case STAGED, COMPOSED, PLANNED ->
          new Told(
              Cause.ON_ITS_WAY,
              which + " was accepted and is on its way to " + erp + ".",
              "Wait until it has arrived, then run this again. Is './tieback run' up?");
      case DISCARDED ->
          new Told(
              Cause.DISCARDED,
              which + " was discarded: a person decided that it shall not go to " + erp + ".",
              "Reject or correct it in Procore, so that it counts there no more.");
      case UNLINKED ->
          new Told(
              Cause.NOT_SENT,
              which + " was unlinked from " + erp + " and was not accepted for export again since.",
              "Send it again from Procore, or correct it there so that it counts no more.");
      case KNOWN, ACKNOWLEDGED -> gone(which, String.valueOf(trace.erpId()));
    };
  }

  private Told gone(String which, String erpId) {
    return new Told(
        Cause.MISSING,
        which
            + " was written to "
            + question.erpName()
            + " as "
            + erpId
            + ", and no bill there has that key or its address any more.",
        "See whether the bill was removed, or another organisation is connected than the one it was"
            + " written to.");
  }
}
