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
 * The calls that write one batch. Each is sent once; only a 401, which Xero gives before it looks
 * at the body, is followed by the same bytes with a renewed token, once. All calls of a batch leave
 * before the same last moment.
 *
 * <p>What was certainly not written is said to be so only if these bytes never left before, as in
 * {@link XeroDelivery}.
 */
final class XeroWrite {

  private static final Logger LOG = LoggerFactory.getLogger(XeroWrite.class);

  private final XeroCalls calls;
  private final DeliveryBatch batch;
  private final OutcomeSink sink;
  private final String doing;
  private boolean begun;
  private LastMoment lastMoment;

  /**
   * @param doing for messages, such as {@code writing purchase orders}
   */
  XeroWrite(XeroCalls calls, DeliveryBatch batch, OutcomeSink sink, String doing) {
    this.calls = calls;
    this.batch = batch;
    this.sink = sink;
    this.doing = doing;
  }

  /** Xero's answer, or null when what happened is reported already. */
  HttpAnswer send(String method, String path, Map<String, String> query, String key, byte[] body) {
    Tokens tokens;
    CallBudget.Leave leave;
    try {
      tokens = calls.tokens();
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(failure);
      return null;
    }
    if (lastMoment == null) {
      // Begins before the ledger says "sent", so that what the ledger takes counts too.
      lastMoment = LastMoment.in(sink.leavesWithin());
    }
    HttpAnswer answer;
    try (leave) {
      if (!begun && !sink.sending(batch.id())) {
        LOG.info("batch {} was taken over by another node: dropped here", batch.id());
        return null;
      }
      begun = true;
      answer = calls.write(method, path, query, key, body, tokens, lastMoment);
    } catch (Failure failure) {
      lost(failure);
      return null;
    }
    return answer.status() == 401 ? onceMore(method, path, query, key, body, tokens) : answer;
  }

  private HttpAnswer onceMore(
      String method,
      String path,
      Map<String, String> query,
      String key,
      byte[] body,
      Tokens refused) {
    Tokens renewed;
    CallBudget.Leave leave;
    try {
      renewed = calls.afterRefusalOf(refused);
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(failure);
      return null;
    }
    try (leave) {
      return calls.write(method, path, query, key, body, renewed, lastMoment);
    } catch (Failure failure) {
      lost(failure);
      return null;
    }
  }

  /**
   * The one call of a batch, under the batch's key. What needs no look at the documents is reported
   * here.
   *
   * @return an answer of 200 to 299 or 400, whose documents have no outcome yet; nothing when all
   *     is reported
   */
  Optional<HttpAnswer> send(String method, String path, Map<String, String> query, byte[] body) {
    HttpAnswer answer = send(method, path, query, batch.idempotencyKey(), body);
    if (answer == null || answer.ok() || answer.status() == 400) {
      return Optional.ofNullable(answer);
    }
    unanswered(answer);
    return Optional.empty();
  }

  /** Documents without outcome have to be looked for; no document is blamed. */
  void undetermined(String why) {
    sink.undetermined(batch.id(), new Failure(FailureKind.UNKNOWN, 0, why, "", null, null));
  }

  /** Reports an answer that is neither a success nor a 400. */
  void unanswered(HttpAnswer answer) {
    Failure failure = calls.failure(answer, true, doing);
    switch (answer.status()) {
      case 401, 403, 429 -> notWritten(failure);
      // 404 (an unknown supplier or order) and 500 (a wrong tracking id, or a real fault) name no
      // document: looked for first.
      default -> sink.undetermined(batch.id(), failure);
    }
  }

  private void lost(Failure failure) {
    if (failure.kind() == FailureKind.UNKNOWN || failure.kind() == FailureKind.DEFECT) {
      sink.undetermined(batch.id(), failure);
    } else {
      notWritten(failure);
    }
  }

  /** Nothing of the batch was written by this attempt. */
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
}
