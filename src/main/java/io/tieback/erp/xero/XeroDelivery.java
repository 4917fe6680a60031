package io.tieback.erp.xero;

import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.OutcomeSink;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.LastMoment;
import io.tieback.wire.TokenVault.Tokens;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a batch with one {@code PUT} of its bills and one of its credit notes (Xero reference
 * sections 3.4, 3.5, 9). Each is sent once; only a 401, which Xero gives before it looks at the
 * body, is followed by the same bytes under the same key with a renewed token, once.
 *
 * <p>What was certainly not written is said to be so only if these bytes never left before: when
 * they did, an answer to the repetition proves nothing about the first time, and the documents have
 * to be looked for. The credit notes go only after the bills have all their outcomes, and before
 * the same last moment; what keeps them back leaves them to be looked for too.
 */
final class XeroDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(XeroDelivery.class);
  private static final String CREDIT_NOTES_KEY = "-credit-notes";
  private static final int XEROS_LONGEST_KEY = 128;
  private static final int LONGEST_KEY = XEROS_LONGEST_KEY - CREDIT_NOTES_KEY.length();
  private static final String DOING = "writing bills and credit notes";
  // The service's own default for summarizeErrors is true, whatever its schema says: it is always
  // named.
  private static final Map<String, String> QUERY =
      Map.of("summarizeErrors", "false", "unitdp", "4");

  private final XeroCalls calls;

  XeroDelivery(XeroCalls calls) {
    this.calls = calls;
  }

  /**
   * Writes the batch and reports what became of it; see {@link io.tieback.erp.ErpAdapter#handOver}.
   */
  void handOver(DeliveryBatch batch, OutcomeSink sink) {
    String key = batch.idempotencyKey();
    if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "idempotency key of batch "
              + batch.id()
              + " must have 1 to "
              + LONGEST_KEY
              + " characters (Xero takes "
              + XEROS_LONGEST_KEY
              + ")");
    }
    boolean begun = false;
    // Begins before the ledger says "sent", so that what the ledger takes counts too.
    LastMoment lastMoment = null;
    for (SentBill.Part part : SentBill.parts(batch)) {
      Tokens tokens;
      CallBudget.Leave leave;
      try {
        tokens = calls.tokens();
        leave = calls.leave();
      } catch (Failure failure) {
        notWritten(batch, begun, failure, sink);
        return;
      }
      HttpAnswer answer;
      if (lastMoment == null) {
        lastMoment = LastMoment.in(sink.leavesWithin());
      }
      try (leave) {
        if (!begun && !sink.sending(batch.id())) {
          LOG.info("batch {} was taken over by another node: dropped here", batch.id());
          return;
        }
        answer = put(batch, part, tokens, lastMoment);
      } catch (Failure failure) {
        lost(batch, begun, failure, sink);
        return;
      }
      if (answer.status() == 401) {
        answer = onceMore(batch, part, tokens, lastMoment, begun, sink);
      }
      if (answer == null || !report(batch, part, answer, begun, sink)) {
        return;
      }
      begun = true;
    }
  }

  /** Each kind of document under a key of its own: a key stands for one body at one address. */
  private HttpAnswer put(
      DeliveryBatch batch, SentBill.Part part, Tokens tokens, LastMoment lastMoment) {
    String key =
        part.kind() == XeroDocument.BILL
            ? batch.idempotencyKey()
            : batch.idempotencyKey() + CREDIT_NOTES_KEY;
    return calls.put(part.kind().path(), QUERY, key, part.body(), tokens, lastMoment);
  }

  /** The answer with a renewed token, or null when what happened is already reported. */
  private HttpAnswer onceMore(
      DeliveryBatch batch,
      SentBill.Part part,
      Tokens refused,
      LastMoment lastMoment,
      boolean begun,
      OutcomeSink sink) {
    Tokens renewed;
    CallBudget.Leave leave;
    try {
      renewed = calls.afterRefusalOf(refused);
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(batch, begun, failure, sink);
      return null;
    }
    try (leave) {
      return put(batch, part, renewed, lastMoment);
    } catch (Failure failure) {
      lost(batch, begun, failure, sink);
      return null;
    }
  }

  /** Gives whether every document of the part has its outcome. */
  private boolean report(
      DeliveryBatch batch, SentBill.Part part, HttpAnswer answer, boolean begun, OutcomeSink sink) {
    if (answer.ok()) {
      return report(batch, XeroOutcomes.ofSuccess(answer, part), sink);
    }
    Failure failure = calls.failure(answer, true, DOING);
    switch (answer.status()) {
      case 401, 403, 429 -> notWritten(batch, begun, failure, sink);
      case 400 -> {
        return report(batch, XeroOutcomes.ofRefusal(answer, part, failure), sink);
      }
      // 404 (an unknown supplier) and 500 (a wrong tracking id, or a real fault) name no document:
      // looked for, then halved by the flow.
      default -> sink.undetermined(batch.id(), failure);
    }
    return false;
  }

  private static boolean report(DeliveryBatch batch, XeroOutcomes outcomes, OutcomeSink sink) {
    sink.known(batch.id(), outcomes.known());
    outcomes.refused().forEach((marker, messages) -> sink.refused(batch.id(), marker, messages));
    if (outcomes.rest() != null) {
      sink.undetermined(batch.id(), outcomes.rest());
    }
    return outcomes.rest() == null;
  }

  private static void lost(DeliveryBatch batch, boolean begun, Failure failure, OutcomeSink sink) {
    if (failure.kind() == FailureKind.UNKNOWN || failure.kind() == FailureKind.DEFECT) {
      sink.undetermined(batch.id(), failure);
    } else {
      notWritten(batch, begun, failure, sink);
    }
  }

  private static void notWritten(
      DeliveryBatch batch, boolean begun, Failure failure, OutcomeSink sink) {
    if (begun) {
      // Status 0: it blames no document. Of the batch something is written, so the ledger cannot
      // have it go again as it is.
      sink.undetermined(batch.id(), withStatus0(failure, "The credit notes were kept back: "));
      return;
    }
    if (batch.firstSentAt() == null) {
      sink.notWritten(batch.id(), failure);
      return;
    }
    // Status 0: no answer to the first sending is known, and the answer to this one blames no
    // document.
    sink.undetermined(
        batch.id(),
        withStatus0(
            failure, "The repetition was turned away, and nothing is known of the first time: "));
  }

  private static Failure withStatus0(Failure failure, String words) {
    return new Failure(
        failure.kind(),
        0,
        words + failure.getMessage(),
        failure.remedy(),
        failure.retryAfter().orElse(null),
        failure);
  }
}
