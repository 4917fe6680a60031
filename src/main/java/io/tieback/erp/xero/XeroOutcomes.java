package io.tieback.erp.xero;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.HttpAnswer;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads from the answer to a write what became of each document: by the marker that Xero echoes
 * ({@link XeroDocument}), never by position, since the order of the elements is not promised (Xero
 * reference sections 3.3 and 3.4).
 */
final class XeroOutcomes {

  private final XeroDocument kind;
  private final Map<String, SentBill> sent;
  private final Map<String, WrittenDocument> known = new LinkedHashMap<>();
  private final Map<String, List<String>> refused = new LinkedHashMap<>();
  private Failure rest;

  private XeroOutcomes(SentBill.Part part) {
    this.kind = part.kind();
    this.sent = part.documents();
  }

  /** Documents that are in Xero. */
  List<WrittenDocument> known() {
    return List.copyOf(known.values());
  }

  /** Xero's messages by the marker of the document that it refused. */
  Map<String, List<String>> refused() {
    return refused;
  }

  /** Why some documents have no outcome, or null when all have one. */
  Failure rest() {
    return rest;
  }

  /** Reads an answer of 200 to 299 to a write with {@code summarizeErrors=false}. */
  static XeroOutcomes ofSuccess(HttpAnswer answer, SentBill.Part part) {
    XeroOutcomes outcomes = new XeroOutcomes(part);
    String of = " of " + part.documents().size() + " " + part.kind().word() + "s";
    try {
      JsonNode elements = Json.read(answer.body()).path(part.kind().plural());
      elements.forEach(outcomes::element);
      outcomes.leaveRest(
          elements.isArray()
              ? of + " are not in Xero's answer under their address"
              : of + ": Xero's answer holds no list of them");
    } catch (JsonProcessingException e) {
      outcomes.known.clear();
      outcomes.refused.clear();
      outcomes.leaveRest(of + ": Xero's answer is not whole JSON");
    }
    return outcomes;
  }

  /**
   * Reads a 400. It lists only what failed, and whether Xero kept the others is not known (section
   * 3.4), so these have to be looked for.
   *
   * @param failure what the answer as a whole means
   */
  static XeroOutcomes ofRefusal(HttpAnswer answer, SentBill.Part part, Failure failure) {
    XeroOutcomes outcomes = new XeroOutcomes(part);
    try {
      Json.read(answer.body()).path("Elements").forEach(outcomes::failedElement);
    } catch (JsonProcessingException e) {
      outcomes.refused.clear();
    }
    if (!outcomes.withoutOutcome().isEmpty()) {
      outcomes.rest = failure;
    }
    return outcomes;
  }

  private void element(JsonNode element) {
    SentBill bill = sent.get(kind.marker(element));
    if (bill == null) {
      return;
    }
    if (XeroJson.id(element, kind.idField()) == null) {
      failedElement(element);
      return;
    }
    try {
      WrittenDocument written = XeroComparison.written(bill, element);
      WrittenDocument before = known.get(bill.marker());
      known.put(bill.marker(), before == null ? written : alsoThere(before, written));
      refused.remove(bill.marker());
    } catch (Failure unreadable) {
      known.remove(bill.marker()); // stays without outcome: looked for
    }
  }

  private void failedElement(JsonNode element) {
    String marker = kind.marker(element);
    List<String> messages = XeroJson.validationErrors(element);
    boolean created = XeroJson.id(element, kind.idField()) != null;
    if (marker != null
        && sent.containsKey(marker)
        && !messages.isEmpty()
        && !created
        && !known.containsKey(marker)) {
      refused.put(marker, XeroFailures.withRemedy(messages));
    }
  }

  /** Two bills with one marker: the first counts, and the second must be seen by somebody. */
  static WrittenDocument alsoThere(WrittenDocument first, WrittenDocument second) {
    if (first.erpId().equals(second.erpId())) {
      return first;
    }
    List<String> warnings = new ArrayList<>(first.warnings());
    warnings.add(
        XeroComparison.DIFFERENCE
            + " Xero has another bill (or credit note) with the same address: "
            + second.erpId()
            + " ("
            + second.status()
            + "); void one of the two");
    return new WrittenDocument(
        first.marker(),
        first.erpId(),
        first.erpNumber(),
        first.lineIds(),
        first.total(),
        first.status(),
        warnings);
  }

  private Set<String> withoutOutcome() {
    Set<String> left = new LinkedHashSet<>(sent.keySet());
    left.removeAll(known.keySet());
    left.removeAll(refused.keySet());
    return left;
  }

  // Status 0, as for no answer: a success that cannot be read says nothing against any document.
  private void leaveRest(String why) {
    int left = withoutOutcome().size();
    if (left > 0) {
      rest = new Failure(FailureKind.UNKNOWN, 0, left + why, "", null, null);
    }
  }
}
