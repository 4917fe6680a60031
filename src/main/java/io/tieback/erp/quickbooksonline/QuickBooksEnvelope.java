package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Money;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One document as the journal has it. What QuickBooks gets is {@link #document} alone, byte for
 * byte the same each time; the rest says what it is, since the address tells QuickBooks that.
 *
 * @param marker what finds it again
 * @param entity what it is
 * @param payable what it has to come to in QuickBooks, tax included; null for what has no total
 * @param linked QuickBooks's id of what is there already and only linked; null for what is created
 * @param document what is sent; of what is linked only its name
 */
record QuickBooksEnvelope(
    String marker, QuickBooksEntity entity, Money payable, String linked, JsonNode document) {

  /** What is to be created. */
  static ErpDocument toCreate(
      String marker, QuickBooksEntity entity, Money payable, ObjectNode document) {
    return written(marker, entity, payable, null, document);
  }

  /** What is there already. */
  static ErpDocument toLink(
      String marker, QuickBooksEntity entity, String id, ObjectNode document) {
    return written(marker, entity, null, id, document);
  }

  private static ErpDocument written(
      String marker, QuickBooksEntity entity, Money payable, String linked, ObjectNode document) {
    ObjectNode envelope = Json.object().put("Marker", marker).put("Entity", entity.wireName());
    if (payable != null) {
      envelope.put("Payable", payable.amount());
    }
    QuickBooksJson.put(envelope, "Linked", linked);
    envelope.set("Document", document);
    return ErpDocument.of(marker, Json.write(envelope));
  }

  /**
   * The bytes of a batch: one document, because reads in batches are metered and single writes are
   * not (reference section 8).
   *
   * @throws IllegalArgumentException for none or several
   */
  static byte[] batchBody(List<ErpDocument> documents) {
    if (documents.size() != 1) {
      throw new IllegalArgumentException(
          documents.size() + " documents in one call: QuickBooks Online takes one at a time");
    }
    return documents.get(0).body().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a batch.
   *
   * @throws IllegalArgumentException when the bytes are no batch of this adapter
   */
  static QuickBooksEnvelope of(DeliveryBatch batch) {
    try {
      return of(Json.read(batch.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "batch " + batch.id() + " holds bytes that are not JSON", e);
    }
  }

  /** Reads an envelope. */
  static QuickBooksEnvelope of(JsonNode envelope) {
    return new QuickBooksEnvelope(
        envelope.path("Marker").textValue(),
        QuickBooksEntity.named(envelope.path("Entity").textValue()),
        envelope.has("Payable")
            ? QuickBooksJson.money(envelope, "Payable", "a document that was sent")
            : null,
        QuickBooksJson.text(envelope, "Linked"),
        envelope.path("Document"));
  }

  /** The exact bytes that QuickBooks gets. */
  byte[] bytes() {
    return Json.bytes(document);
  }

  /** Its number, or its name. */
  String name() {
    for (String field : List.of("DocNumber", "DisplayName", "Name")) {
      String name = QuickBooksJson.text(document, field);
      if (name != null) {
        return name;
      }
    }
    return marker;
  }

  /** The document in words, such as {@code bill SC-4711}. */
  String inWords() {
    return entity.word() + " " + name();
  }
}
