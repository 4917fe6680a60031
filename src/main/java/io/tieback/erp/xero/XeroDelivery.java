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
 * Writes a batch of bills with one {@code PUT} (Xero reference sections 3.4, 3.5, 9). It is sent
 * once; only a 401, which Xero gives before it looks at the body, is followed by the same bytes
 * under the same key with a renewed token, once.
 *
 * <p>What was certainly not written is said to be so only if these bytes never left before: when
 * they did, an answer to the repetition proves nothing about the first time, and the bills have to
 * be looked for.
 */
final class XeroDelivery {

  private static final Logger LOG = LoggerFactory.getLogger(XeroDelivery.class);
  private static final int LONGEST_KEY = 128;
  private static final String DOING = "writing bills";
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
              + " characters");
    }
    Map<String, SentBill> sent = SentBill.of(batch);
    Tokens tokens;
    CallBudget.Leave leave;
    try {
      tokens = calls.tokens();
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(batch, failure, sink);
      return;
    }
    HttpAnswer answer;
    // Begins before the ledger says "sent", so that what the ledger takes counts too.
    LastMoment lastMoment = LastMoment.in(sink.leavesWithin());
    try (leave) {
      if (!sink.sending(batch.id())) {
        LOG.info("batch {} was taken over by another node: dropped here", batch.id());
        return;
      }
      answer = calls.put("/Invoices", QUERY, key, batch.body(), tokens, lastMoment);
    } catch (Failure failure) {
      lost(batch, failure, sink);
      return;
    }
    if (answer.status() == 401) {
      answer = onceMore(batch, key, tokens, lastMoment, sink);
    }
    if (answer != null) {
      report(batch, answer, sent, sink);
    }
  }

  /** The answer with a renewed token, or null when what happened is already reported. */
  private HttpAnswer onceMore(
      DeliveryBatch batch, String key, Tokens refused, LastMoment lastMoment, OutcomeSink sink) {
    Tokens renewed;
    CallBudget.Leave leave;
    try {
      renewed = calls.afterRefusalOf(refused);
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(batch, failure, sink);
      return null;
    }
    try (leave) {
      return calls.put("/Invoices", QUERY, key, batch.body(), renewed, lastMoment);
    } catch (Failure failure) {
      lost(batch, failure, sink);
      return null;
    }
  }

  private void report(
      DeliveryBatch batch, HttpAnswer answer, Map<String, SentBill> sent, OutcomeSink sink) {
    if (answer.ok()) {
      report(batch, XeroOutcomes.ofSuccess(answer, sent), sink);
      return;
    }
    Failure failure = calls.failure(answer, true, DOING);
    switch (answer.status()) {
      case 401, 403, 429 -> notWritten(batch, failure, sink);
      case 400 -> report(batch, XeroOutcomes.ofRefusal(answer, sent, failure), sink);
      // 404 (an unknown supplier) and 500 (a wrong tracking id, or a real fault) name no document:
      // looked for, then halved by the flow.
      default -> sink.undetermined(batch.id(), failure);
    }
  }

  private static void report(DeliveryBatch batch, XeroOutcomes outcomes, OutcomeSink sink) {
    sink.known(batch.id(), outcomes.known());
    outcomes.refused().forEach((marker, messages) -> sink.refused(batch.id(), marker, messages));
    if (outcomes.rest() != null) {
      sink.undetermined(batch.id(), outcomes.rest());
    }
  }

  private static void lost(DeliveryBatch batch, Failure failure, OutcomeSink sink) {
    if (failure.kind() == FailureKind.UNKNOWN || failure.kind() == FailureKind.DEFECT) {
      sink.undetermined(batch.id(), failure);
    } else {
      notWritten(batch, failure, sink);
    }
  }

  private static void notWritten(DeliveryBatch batch, Failure failure, OutcomeSink sink) {
    if (batch.firstSentAt() == null) {
      sink.notWritten(batch.id(), failure);
      return;
    }
    // Status 0: no answer to the first sending is known, and the answer to this one blames no
    // document.
    String words = "The repetition was turned away, and nothing is known of the first time: ";
    sink.undetermined(
        batch.id(),
        new Failure(
            failure.kind(),
            0,
            words + failure.getMessage(),
            failure.remedy(),
            failure.retryAfter().orElse(null),
            failure));
  }
}
