package io.tieback.reconcile;

import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.JobBooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which document of the ERP stands for which invoice: by marker, else by the key that Procore has
 * in the invoice's External Data.
 */
final class Matching {

  /**
   * An invoice that counts, and the documents that stand for it, whatever their state.
   *
   * @param job its project's books
   * @param invoice the invoice
   * @param documents its documents
   */
  record Pair(JobBooks job, JobBooks.Invoice invoice, List<BookedDocument> documents) {

    List<BookedDocument> in(BookedDocument.State state) {
      return documents.stream().filter(document -> document.state() == state).toList();
    }
  }

  private final Question question;
  private final Map<Long, Pair> pairs = new LinkedHashMap<>();
  private final List<BookedDocument> withoutInvoice = new ArrayList<>();
  private final List<BookedDocument> others = new ArrayList<>();

  Matching(Question question, List<JobBooks> jobs, List<BookedDocument> documents, Traces traces) {
    this.question = question;
    Map<Long, Pair> all = new LinkedHashMap<>();
    Map<String, Pair> byKey = new HashMap<>();
    for (JobBooks job : jobs) {
      for (JobBooks.Invoice invoice : job.invoices()) {
        Pair pair = new Pair(job, invoice, new ArrayList<>());
        all.put(invoice.id(), pair);
        question.key(invoice.originId()).ifPresent(key -> byKey.put(key, pair));
      }
    }
    documents.forEach(document -> sort(document, all, byKey));
    all.forEach(
        (id, pair) -> {
          if (isExpected(pair, traces)) {
            pairs.put(id, pair);
          }
        });
  }

  private void sort(BookedDocument document, Map<Long, Pair> all, Map<String, Pair> byKey) {
    Optional<BillMarker> marker =
        BillMarker.parse(document.marker())
            .filter(found -> found.connection().equals(question.connection()));
    Pair pair =
        marker.isPresent() ? all.get(marker.get().requisitionId()) : byKey.get(document.erpId());
    if (pair != null) {
      pair.documents().add(document);
    } else if (marker.isPresent()) {
      withoutInvoice.add(document);
    } else {
      others.add(document);
    }
  }

  /** Approved, or on its way to the ERP, or there already. */
  private boolean isExpected(Pair pair, Traces traces) {
    return question.approvedStatuses().contains(String.valueOf(pair.invoice().status()))
        || question.key(pair.invoice().originId()).isPresent()
        || traces.invoices().containsKey(pair.invoice().id())
        || !pair.documents().isEmpty();
  }

  /** Invoices that count, in Procore's order. */
  List<Pair> pairs() {
    return List.copyOf(pairs.values());
  }

  /** Whether a document is one of an invoice of this commitment. */
  boolean belongs(String erpId, long commitment) {
    return pairs.values().stream()
        .filter(pair -> pair.invoice().commitmentId() == commitment)
        .flatMap(pair -> pair.documents().stream())
        .anyMatch(document -> document.erpId().equals(erpId));
  }

  /** Documents of this connection whose invoice Procore does not have. */
  List<BookedDocument> withoutInvoice() {
    return withoutInvoice;
  }

  /** Documents that are nobody's of this connection. */
  List<BookedDocument> others() {
    return others;
  }
}
