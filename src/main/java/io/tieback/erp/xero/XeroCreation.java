package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.OutcomeSink;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.CallBudget;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import io.tieback.wire.LastMoment;
import io.tieback.wire.TokenVault.Tokens;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates records of one list with one {@code PUT} (Xero reference sections 3.4 and 3.5): {@code
 * PUT} creates and never changes what is there. Sent once; only a 401, which Xero gives before it
 * looks at the body, is followed by the same bytes under the same key with a renewed token, once.
 *
 * <p>What was certainly not written is said to be so only if the bytes never left before; see
 * {@link XeroDelivery}, whose promises hold here too.
 */
final class XeroCreation {

  private static final Logger LOG = LoggerFactory.getLogger(XeroCreation.class);
  private static final int LONGEST_KEY = 128;
  // The service's own default is true, whatever its schema says: it is always named.
  private static final Map<String, String> QUERY = Map.of("summarizeErrors", "false");

  private final XeroCalls calls;
  private final Kind kind;

  XeroCreation(XeroCalls calls, Kind kind) {
    this.calls = calls;
    this.kind = kind;
  }

  /**
   * What is created.
   *
   * @param plural name of the list, in path and bodies
   * @param idField field with Xero's id
   * @param marker gives the marker of a record as Xero shows it, or null
   * @param written gives a record that Xero holds, by what it shows of it
   * @param refused gives what Xero holds although it refused to create it, or null: it may have
   *     been created before
   * @param doing for messages, such as {@code creating contacts}
   */
  record Kind(
      String plural,
      String idField,
      Function<JsonNode, String> marker,
      Function<JsonNode, WrittenDocument> written,
      Function<String, WrittenDocument> refused,
      String doing) {}

  /**
   * Writes and reports; see {@link io.tieback.erp.ErpAdapter#handOver}.
   *
   * @param body exact bytes of the call
   * @param markers what the body holds
   * @return whether each of them has its outcome
   */
  boolean handOver(DeliveryBatch batch, byte[] body, Set<String> markers, OutcomeSink sink) {
    String key = batch.idempotencyKey();
    if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "idempotency key of batch "
              + batch.id()
              + " must have 1 to "
              + LONGEST_KEY
              + " characters");
    }
    Tokens tokens;
    CallBudget.Leave leave;
    try {
      tokens = calls.tokens();
      leave = calls.leave();
    } catch (Failure failure) {
      notWritten(batch, failure, sink);
      return false;
    }
    HttpAnswer answer;
    // Begins before the ledger says "sent", so that what the ledger takes counts too.
    LastMoment lastMoment = LastMoment.in(sink.leavesWithin());
    try (leave) {
      if (!sink.sending(batch.id())) {
        LOG.info("batch {} was taken over by another node: dropped here", batch.id());
        return false;
      }
      answer = put(key, body, tokens, lastMoment);
    } catch (Failure failure) {
      lost(batch, failure, sink);
      return false;
    }
    if (answer.status() == 401) {
      answer = onceMore(batch, body, tokens, lastMoment, sink);
    }
    return answer != null && report(batch, answer, markers, sink);
  }

  private HttpAnswer put(String key, byte[] body, Tokens tokens, LastMoment lastMoment) {
    return calls.put("/" + kind.plural(), QUERY, key, body, tokens, lastMoment);
  }

  /** The answer with a renewed token, or null when what happened is already reported. */
  private HttpAnswer onceMore(
      DeliveryBatch batch, byte[] body, Tokens refused, LastMoment lastMoment, OutcomeSink sink) {
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
      return put(batch.idempotencyKey(), body, renewed, lastMoment);
    } catch (Failure failure) {
      lost(batch, failure, sink);
      return null;
    }
  }

  private boolean report(
      DeliveryBatch batch, HttpAnswer answer, Set<String> markers, OutcomeSink sink) {
    Failure failure = answer.ok() ? null : calls.failure(answer, true, kind.doing());
    if (failure == null) {
      return elements(batch, answer, kind.plural(), markers, unreadable(), sink);
    }
    switch (answer.status()) {
      case 401, 403, 429 -> notWritten(batch, failure, sink);
      case 400 -> {
        // It lists only what failed, and whether Xero kept the others is not known.
        return elements(batch, answer, "Elements", markers, failure, sink);
      }
      default -> sink.undetermined(batch.id(), failure);
    }
    return false;
  }

  /** Status 0, as for no answer: a success that cannot be read says nothing against any record. */
  private Failure unreadable() {
    return new Failure(
        FailureKind.UNKNOWN,
        0,
        "Xero's answer while " + kind.doing() + " does not name every record that was sent",
        "",
        null,
        null);
  }

  /** By the marker that Xero echoes, never by position: the order is not promised. */
  private boolean elements(
      DeliveryBatch batch,
      HttpAnswer answer,
      String list,
      Set<String> markers,
      Failure rest,
      OutcomeSink sink) {
    Map<String, WrittenDocument> known = new LinkedHashMap<>();
    Map<String, List<String>> refused = new LinkedHashMap<>();
    try {
      for (JsonNode element : Json.read(answer.body()).path(list)) {
        String marker = kind.marker().apply(element);
        List<String> errors = XeroJson.validationErrors(element);
        if (!markers.contains(marker)) {
          continue;
        }
        if (XeroJson.id(element, kind.idField()) != null && errors.isEmpty()) {
          known.put(marker, kind.written().apply(element));
        } else if (!errors.isEmpty()) {
          refused.put(marker, errors);
        }
      }
      for (String marker : Set.copyOf(refused.keySet())) {
        WrittenDocument there = kind.refused().apply(marker);
        if (there != null) {
          refused.remove(marker);
          known.put(marker, there);
        }
      }
    } catch (JsonProcessingException e) {
      known.clear();
      refused.clear();
    } catch (Failure unreadable) {
      sink.undetermined(batch.id(), unreadable);
      return false;
    }
    refused.keySet().removeAll(known.keySet());
    sink.known(batch.id(), List.copyOf(known.values()));
    refused.forEach((marker, messages) -> sink.refused(batch.id(), marker, messages));
    Set<String> left = new LinkedHashSet<>(markers);
    left.removeAll(known.keySet());
    left.removeAll(refused.keySet());
    if (!left.isEmpty()) {
      sink.undetermined(batch.id(), rest);
    }
    return left.isEmpty();
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
    // Status 0: the answer to this sending blames no record, and nothing is known of the first.
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
