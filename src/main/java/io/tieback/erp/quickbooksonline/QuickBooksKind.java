package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Outgoing;
import io.tieback.erp.ErpDocument;
import io.tieback.wire.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What differs between the kinds of records that are created one by one ({@link
 * QuickBooksSingles}).
 */
interface QuickBooksKind {

  /** For messages, such as {@code writing a bill}. */
  String writing();

  /** For messages, such as {@code looking for a bill}. */
  String looking();

  /** The record as the journal has it. Pure but for the ids of what it names. */
  ErpDocument render(Outgoing document);

  /** Holds a record in QuickBooks against what was sent. */
  QuickBooksComparison.Result compare(QuickBooksEnvelope sent, JsonNode shown);

  /** Whether a record in QuickBooks is the one that was sent. */
  boolean isOurs(QuickBooksEnvelope sent, JsonNode shown);

  /** Whether a record that is not marked as ours is so like it that only a person can tell. */
  boolean isTwin(QuickBooksEnvelope sent, JsonNode shown);

  /** What a person is told of a twin. */
  Failure doubt(QuickBooksEnvelope sent, JsonNode twin);

  /** Whether a record was taken back: voided, or made inactive. */
  boolean isGone(JsonNode shown);

  /** Records that have the number or name of what was sent: one call. */
  List<JsonNode> named(QuickBooksEnvelope sent);

  /**
   * Records that came into being since then, whatever their number or name; none where nothing can
   * be found by that.
   */
  QuickBooksFound createdSince(QuickBooksEnvelope sent, Instant since);

  /** What can be done about a refusal. */
  Turn refused(QuickBooksEnvelope sent, QuickBooksAnswer answer);

  /**
   * What can be done about a refusal.
   *
   * @param found the record that was refused for being there already, or null
   * @param again parameters of one more call, or null for none
   * @param messages what the person is told
   */
  record Turn(JsonNode found, Map<String, String> again, List<String> messages) {

    static Turn there(JsonNode found) {
      return new Turn(found, null, List.of());
    }

    static Turn again(Map<String, String> query) {
      return new Turn(null, query, List.of());
    }

    static Turn no(List<String> messages) {
      return new Turn(null, null, List.copyOf(messages));
    }
  }
}
