package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.BookedDocument.SettledBy;
import io.tieback.construction.BookedDocument.State;
import io.tieback.construction.JobBooks;
import io.tieback.construction.OriginId;
import io.tieback.reconcile.InvoiceAccount.Document;
import io.tieback.reconcile.InvoiceAccount.Payment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands behind the figures of each commitment: its invoices, documents and payments. */
final class InvoiceAccounts {

  private final Question question;
  private final DocumentFigures figures;
  private final Map<String, JobBooks.Payment> issuedByOrigin = new HashMap<>();
  private final Map<Long, List<JobBooks.Payment>> issuedByInvoice = new LinkedHashMap<>();
  private final Set<Long> placed = new HashSet<>();
  private final List<InvoiceAccount> accounts = new ArrayList<>();

  InvoiceAccounts(Question question, List<JobBooks> jobs, DocumentFigures figures) {
    this.question = question;
    this.figures = figures;
    for (JobBooks job : jobs) {
      for (JobBooks.Payment payment : job.payments()) {
        if (payment.originId() != null) {
          issuedByOrigin.put(payment.originId(), payment);
        }
        if (payment.invoiceId() != null) {
          issuedByInvoice
              .computeIfAbsent(payment.invoiceId(), none -> new ArrayList<>())
              .add(payment);
        }
      }
    }
  }

  void add(Matching.Pair pair) {
    JobBooks.Invoice invoice = pair.invoice();
    Figures procore =
        question.counts(invoice.date()) ? InvoiceDifferences.ofInvoice(invoice) : Figures.NONE;
    add(pair.job().project().id(), invoice, procore, pair.documents());
  }

  void withoutInvoice(long project, BookedDocument bill) {
    List<Payment> payments = payments(List.of(bill), List.of());
    accounts.add(
        new InvoiceAccount(
            project,
            0,
            0,
            bill.number(),
            null,
            bill.date(),
            paidInProcore(payments),
            erp(List.of(bill), null),
            documents(List.of(bill)),
            payments));
  }

  private void add(
      long project, JobBooks.Invoice invoice, Figures procore, List<BookedDocument> documents) {
    List<Payment> payments =
        payments(documents, issuedByInvoice.getOrDefault(invoice.id(), List.of()));
    accounts.add(
        new InvoiceAccount(
            project,
            invoice.commitmentId(),
            invoice.id(),
            invoice.number(),
            invoice.status(),
            invoice.date(),
            procore.plus(paidInProcore(payments)),
            erp(documents, invoice),
            documents(documents),
            payments));
  }

  /** Procore's rows of the payments that stand below it: the invoice agrees when they do. */
  private static Figures paidInProcore(List<Payment> payments) {
    return payments.stream()
        .filter(payment -> payment.procore() != null)
        .map(payment -> Figures.paid(payment.procore()))
        .reduce(Figures.NONE, Figures::plus);
  }

  private Figures erp(List<BookedDocument> documents, JobBooks.Invoice invoice) {
    Figures sum = Figures.NONE;
    for (BookedDocument document : documents) {
      if (document.state() == State.POSTED) {
        if (question.counts(document.date())) {
          sum = sum.plus(figures.billed(document, invoice));
        }
        sum = sum.plus(figures.paid(document)).plus(figures.credited(document));
        sum = sum.plus(Figures.open(figures.gap(document)));
      }
    }
    return sum;
  }

  private static List<Document> documents(List<BookedDocument> documents) {
    return documents.stream()
        .map(d -> new Document(d.erpId(), d.number(), d.date(), d.state(), d.status()))
        .toList();
  }

  /** The ERP's payments with Procore's rows of them, then what only Procore has. */
  private List<Payment> payments(List<BookedDocument> documents, List<JobBooks.Payment> issued) {
    List<Payment> payments = new ArrayList<>();
    for (BookedDocument document : documents) {
      for (BookedDocument.Settlement settlement : document.settlements()) {
        if (settlement.by() == SettledBy.PAYMENT && question.counts(settlement.date())) {
          JobBooks.Payment same = issuedByOrigin.get(origin(settlement.key()));
          if (same != null) {
            placed.add(same.id());
          }
          payments.add(
              new Payment(
                  same == null ? null : same.id(),
                  settlement.key(),
                  settlement.date(),
                  same == null || !question.counts(same.date()) ? null : same.amount(),
                  settlement.amount()));
        }
      }
    }
    for (JobBooks.Payment only : issued) {
      if (question.counts(only.date()) && placed.add(only.id())) {
        payments.add(Payment.of(only));
      }
    }
    return payments;
  }

  private String origin(String key) {
    return new OriginId(question.erp(), question.connection(), "payment", key).toString();
  }

  /**
   * The invoices, in Procore's order; then one for each commitment with payments in Procore that
   * belong to none of them.
   */
  List<InvoiceAccount> all(List<JobBooks> jobs) {
    List<InvoiceAccount> all = new ArrayList<>(accounts);
    for (JobBooks job : jobs) {
      Map<Long, List<Payment>> loose = new LinkedHashMap<>();
      for (JobBooks.Payment payment : job.payments()) {
        if (question.counts(payment.date()) && placed.add(payment.id())) {
          loose
              .computeIfAbsent(payment.commitmentId(), none -> new ArrayList<>())
              .add(Payment.of(payment));
        }
      }
      loose.forEach(
          (commitment, payments) ->
              all.add(
                  new InvoiceAccount(
                      job.project().id(),
                      commitment,
                      0,
                      null,
                      null,
                      null,
                      paidInProcore(payments),
                      Figures.NONE,
                      List.of(),
                      payments)));
    }
    return all;
  }
}
