package io.tieback.reconcile;

import io.tieback.construction.BillMarker;
import io.tieback.construction.BookedDocument;
import io.tieback.construction.JobBooks;
import java.util.ArrayList;
import java.util.List;

/** Records as people know them. */
final class Words {

  private final Question question;

  Words(Question question) {
    this.question = question;
  }

  /** Such as {@code invoice PC-1001 (requisition 42)}. */
  String invoice(JobBooks.Invoice invoice) {
    return invoice.number() == null
        ? "invoice without number (requisition " + invoice.id() + ")"
        : "invoice " + invoice.number() + " (requisition " + invoice.id() + ")";
  }

  String startInvoice(JobBooks.Invoice invoice) {
    return start(invoice(invoice));
  }

  /** The invoice that a document of ours names, as far as it does. */
  String markedInvoice(BookedDocument document) {
    return BillMarker.parse(document.marker())
        .map(marker -> "requisition " + marker.requisitionId())
        .orElse("an invoice");
  }

  /** Such as {@code bill PC-1001 (3f6c...)}. */
  String bill(BookedDocument document) {
    String kind = document.kind() == BookedDocument.Kind.BILL ? "bill " : "credit note ";
    return kind
        + (document.number() == null ? "without number" : document.number())
        + " ("
        + document.erpId()
        + ")";
  }

  String startBill(BookedDocument document) {
    return start(bill(document));
  }

  private static String start(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** An invoice among the records behind a difference. */
  String record(JobBooks.Invoice invoice) {
    return "Procore requisition " + invoice.id();
  }

  /** A document among the records behind a difference. */
  String record(BookedDocument document) {
    String kind = document.kind() == BookedDocument.Kind.BILL ? " bill " : " credit note ";
    return question.erpName() + kind + document.erpId();
  }

  /** A payment of the ERP among the records behind a difference. */
  String erpPayment(String key) {
    return question.erpName() + " payment " + key;
  }

  /** A payment of Procore among the records behind a difference. */
  String procorePayment(long id) {
    return "Procore contract payment " + id;
  }

  static List<String> with(List<String> records, String... more) {
    List<String> all = new ArrayList<>(records);
    all.addAll(List.of(more));
    return all;
  }

  /** How a dead letter is named in a remedy. */
  static String deadLetter(Long number) {
    return number == null
        ? "See './tieback dead-letters list'."
        : "See './tieback dead-letters show " + number + "'; it says what to do.";
  }
}
