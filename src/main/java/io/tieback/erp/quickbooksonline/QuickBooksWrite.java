package io.tieback.erp.quickbooksonline;

import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.OutcomeSink;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.LastMoment;
import io.tieback.wire.TokenVault.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that write one batch. Each is sent once; only a 401, which QuickBooks Online gives
 * before it looks at the body, is followed by the same bytes with a renewed token, once. All calls
 * of a batch leave before the same last moment.
 *
 * <p>What was certainly not written is said to be so only if these bytes never left before: when
 * they did, an answer to the repetition proves nothing about the first time, and the document has
 * to be looked for.
 */
final class QuickBooksWrite {

  private static final Logger LOG = LoggerFactory.getLogger(QuickBooksWrite.class);

  /** Most characters of a {@code requestid} (reference section 5). */
  private static final int REQUEST_ID = 50;

  private final QuickBooksCalls calls;
  private final DeliveryBatch batch;
  private final OutcomeSink sink;
  private final String doing;
  private boolean begun;
  private LastMoment lastMoment;

  /**
   * @param doing for messages, such as {@code writing a bill}
   */
  QuickBooksWrite(QuickBooksCalls calls, DeliveryBatch batch, OutcomeSink sink, String doing) {
    this.calls = calls;
    this.batch = batch;
    this.sink = sink;
    this.doing = doing;
  }

  /**
   * The key of one call: the same for the same bytes at the same address under the journal's stored
   * key, and another as soon as anything is another. Sent because Intuit says that it is honoured,
   * never relied upon (section 5).
   */
  static String requestId(
      String idempotencyKey, String path, Map<String, String> query, byte[] body) {
    String all =
        idempotencyKey
            + "\n"
            + path
            + "\n"
            + new java.util.TreeMap<>(query)
            + "\n"
            + ErpDocument.sha256(body);
    return ErpDocument.sha256(all.getBytes(StandardCharsets.UTF_8)).substring(0, REQUEST_ID);
  }

  /**
   * Sends a record.
   *
   * @param path below the company, such as {@code /bill}
   * @param query parameters besides {@code requestid}
   * @return an answer that says what became of it: a refusal, or one of 200; nothing when what
   *     happened is reported already
   */
  Optional<QuickBooksAnswer> send(String path, Map<String, String> query, byte[] body) {
    String key = batch.idempotencyKey();
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException("batch " + batch.id() + " has no idempotency key");
    }
    return send(path, query, key, body);
  }

  /**
   * Sends a record once more although QuickBooks answers it from memory: it has not the record that
   * it shows any more.
   */
  Optional<QuickBooksAnswer> sendAnew(String path, Map<String, String> query, byte[] body) {
    return send(path, query, batch.idempotencyKey() + "-anew", body);
  }

  private Optional<QuickBooksAnswer> send(
      String path, Map<String, String> query, String key, byte[] body) {
    Map<String, String> parameters = new LinkedHashMap<>(query);
    parameters.put("requestid", requestId(key, path, query, body));
    Tokens tokens;
    CallBudget.Leave leave;
    try {
      tokens = calls.tokens();
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(failure);
      return Optional.empty();
    }
    if (lastMoment == null) {
      // Begins before the ledger says "sent", so that what the ledger takes counts too.
      lastMoment = LastMoment.in(sink.leavesWithin());
    }
    HttpAnswer answer;
    try (leave) {
      if (!begun && !sink.sending(batch.id())) {
        LOG.info("batch {} was taken over by another node: dropped here", batch.id());
        return Optional.empty();
      }
      begun = true;
      answer = calls.post(path, parameters, body, tokens, lastMoment);
    } catch (Failure failure) {
      lost(failure);
      return Optional.empty();
    }
    if (answer.status() == 401) {
      answer = onceMore(path, parameters, body, tokens);
    }
    return answer == null ? Optional.empty() : judged(QuickBooksAnswer.of(answer));
  }

  /** The answer with a renewed token, or null when what happened is already reported. */
  private HttpAnswer onceMore(
      String path, Map<String, String> parameters, byte[] body, Tokens refused) {
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
      return calls.post(path, parameters, body, renewed, lastMoment);
    } catch (Failure failure) {
      lost(failure);
      return null;
    }
  }

  private Optional<QuickBooksAnswer> judged(QuickBooksAnswer answer) {
    if (answer.http().ok() && !answer.isFault()) {
      return Optional.of(answer);
    }
    Failure failure = calls.failure(answer.http(), true, doing);
    switch (failure.kind()) {
      // Also where QuickBooks calls it a validation fault, as for a subscription that has ended.
      case CREDENTIALS, THROTTLED -> notWritten(failure);
      default -> {
        if (answer.isRefusal()) {
          return Optional.of(answer);
        }
        sink.undetermined(batch.id(), failure);
      }
    }
    return Optional.empty();
  }

  /** The document has to be looked for; nothing is said against it. */
  void undetermined(String why) {
    sink.undetermined(batch.id(), new Failure(FailureKind.UNKNOWN, 0, why, "", null, null));
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
