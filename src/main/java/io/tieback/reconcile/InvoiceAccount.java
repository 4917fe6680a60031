package io.tieback.reconcile;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.JobBooks;
import io.tieback.construction.Money;
import java.time.LocalDate;
import java.util.List;

/**
 * One invoice of a commitment on both sides, with its payments: what stands behind the commitment's
 * figures.
 *
 * @param projectId Procore's project
 * @param commitmentId its commitment; 0 for a bill whose invoice Procore does not have
 * @param invoiceId Procore's id of the invoice; 0 for a bill whose invoice Procore does not have
 * @param number the subcontractor's number, or null
 * @param status Procore's word, or null
 * @param date billing date, or null
 * @param procore Procore's figures; paid is the sum of its rows among the payments
 * @param erp the ERP's figures of the documents that count
 * @param documents the ERP's documents of it, whatever their state
 * @param payments its payments, on either side
 */
public record InvoiceAccount(
    long projectId,
    long commitmentId,
    long invoiceId,
    String number,
    String status,
    LocalDate date,
    Figures procore,
    Figures erp,
    List<Document> documents,
    List<Payment> payments) {

  public InvoiceAccount {
    documents = List.copyOf(documents);
    payments = List.copyOf(payments);
  }

  /**
   * A document of the ERP.
   *
   * @param erpId the ERP's key
   * @param number the number that people see, or null
   * @param date its date, or null
   * @param state whether it counts
   * @param status the ERP's own word for that
   */
  public record Document(
      String erpId, String number, LocalDate date, BookedDocument.State state, String status) {}

  /**
   * A payment.
   *
   * @param procoreId Procore's id, or null when Procore does not have it
   * @param erpId the ERP's key, or null when the ERP does not have it
   * @param date its day in the ERP, else in Procore; or null
   * @param procore what Procore says; null when it has no row of it, or one of a day that does not
   *     count
   * @param erp what the ERP says, or null
   */
  public record Payment(Long procoreId, String erpId, LocalDate date, Money procore, Money erp) {

    static Payment of(JobBooks.Payment issued) {
      return new Payment(issued.id(), null, issued.date(), issued.amount(), null);
    }
  }
}
