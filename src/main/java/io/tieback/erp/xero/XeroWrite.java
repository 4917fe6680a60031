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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write for a whole batch (Xero reference sections 3.4, 3.5): sent once; only a 401, which Xero
 * gives before it looks at the body, is followed by the same bytes under the same key with a renewed
 * token, once. What was certainly not written is said to be so only if the bytes never left before;
 * compare {@link XeroDelivery}.
 */
final class XeroWrite {

  private static final Logger LOG = LoggerFactory.getLogger(XeroWrite.class);

  private final XeroCalls calls;
  private final DeliveryBatch batch;
  private final OutcomeSink sink;
  private final String doing;

  /**
   * @param doing for messages, such as {@code writing items}
   */
  XeroWrite(XeroCalls calls, DeliveryBatch batch, OutcomeSink sink, String doing) {
    this.calls = calls;
    this.batch = batch;
    this.sink = sink;
    this.doing = doing;
  }

  /**
   * Sends. What needs no look at the documents is reported here.
   *
   * @return an answer of 200 to 299 or 400, whose documents have no outcome yet; nothing when all is
   *     reported
   */
  Optional<HttpAnswer> send(String method, String path, Map<String, String> query, byte[] body) {
    HttpAnswer answer;
    try {
      Tokens tokens = calls.tokens();
      CallBudget.Leave leave = calls.leave();
      // Begins before the ledger says "sent", so that what the ledger takes counts too.
      LastMoment lastMoment = LastMoment.in(sink.leavesWithin());
      try (leave) {
        if (!sink.sending(batch.id())) {
          LOG.info("batch {} was taken over by another node: dropped here", batch.id());
          return Optional.empty();
        }
        answer = once(method, path, query, body, tokens, lastMoment);
      }
      if (answer.status() == 401) {
        Tokens renewed = calls.afterRefusalOf(tokens);
        try (CallBudget.Leave again = calls.leave()) {
          answer = once(method, path, query, body, renewed, lastMoment);
        }
      }
    } catch (Failure failure) {
      if (failure.kind() == FailureKind.UNKNOWN || failure.kind() == FailureKind.DEFECT) {
        sink.undetermined(batch.id(), failure);
      } else {
        notWritten(failure);
      }
      return Optional.empty();
    }
    if (answer.ok() || answer.status() == 400) {
      return Optional.of(answer);
    }
    Failure failure = calls.failure(answer, true, doing);
    switch (answer.status()) {
      case 401, 403, 429 -> notWritten(failure);
      // Bad input can answer 404 or 500 without naming a document: looked for, then halved.
      default -> sink.undetermined(batch.id(), failure);
    }
    return Optional.empty();
  }

  private HttpAnswer once(
      String method,
      String path,
      Map<String, String> query,
      byte[] body,
      Tokens tokens,
      LastMoment lastMoment) {
    return calls.write(method, path, query, batch.idempotencyKey(), body, tokens, lastMoment);
  }

  /** Nothing was written by this sending. */
  void notWritten(Failure failure) {
    if (batch.firstSentAt() == null) {
      sink.notWritten(batch.id(), failure);
      return;
    }
    // Status 0: no answer to the first sending is known, and the answer to this one blames no
    // document.
    sink.undetermined(
        batch.id(),
        new Failure(
            failure.kind(),
            0,
            "The repetition was turned away, and nothing is known of the first time: "
                + failure.getMessage(),
            failure.remedy(),
            failure.retryAfter().orElse(null),
            failure));
  }

  /** Documents without outcome have to be looked for; no document is blamed. */
  void undetermined(String why) {
    sink.undetermined(batch.id(), new Failure(FailureKind.UNKNOWN, 0, why, "", null, null));
  }
}
