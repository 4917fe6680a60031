package io.tieback.construction;

import java.time.LocalDate;
import java.util.List;

/**
 * What Procore shows of one project's subcontracts: its commitments, their invoices and their
 * payments. What a tie-out holds against the books of the ERP.
 *
 * @param project the project
 * @param commitments subcontracts and purchase orders
 * @param invoices all subcontractor invoices, whatever their status
 * @param payments payments issued
 */
public record JobBooks(
    Project project, List<Commitment> commitments, List<Invoice> invoices, List<Payment> payments) {

  /**
   * A project.
   *
   * @param id Procore's id
   * @param number its number, or null
   * @param name its name
   * @param originId its External Data, or null while it is in no ERP
   */
  public record Project(long id, String number, String name, String originId) {

    /** As people know it, such as {@code 2026-014 Harbour Tower}. */
    public String words() {
      return number == null ? name : number + " " + name;
    }
  }

  /**
   * A subcontract or purchase order.
   *
   * @param id Procore's id
   * @param number its number, or null
   * @param title its title, or null
   * @param supplier the contract company's name, or null
   * @param original the contract as it was signed
   * @param changes approved change orders
   * @param paid what Procore says was paid on it in all
   * @param originId its External Data, or null while it is in no ERP
   */
  public record Commitment(
      long id,
      String number,
      String title,
      String supplier,
      Money original,
      Money changes,
      Money paid,
      String originId) {

    /** A commitment that is in no ERP. */
    public Commitment(
        long id,
        String number,
        String title,
        String supplier,
        Money original,
        Money changes,
        Money paid) {
      this(id, number, title, supplier, original, changes, paid, null);
    }
  }

  /**
   * A subcontractor invoice with what it bills in its period, before tax.
   *
   * @param id id of the requisition
   * @param commitmentId its commitment
   * @param number the subcontractor's number, or null
   * @param status Procore's word
   * @param date billing date, or null
   * @param originId its External Data, or null while it is in no ERP
   * @param billed work and stored material
   * @param retainage what each line withholds and releases
   * @param tax tax of this payment
   * @param problems why its figures cannot be relied on; empty when they can
   */
  public record Invoice(
      long id,
      long commitmentId,
      String number,
      String status,
      LocalDate date,
      String originId,
      Money billed,
      List<Movement> retainage,
      Money tax,
      List<String> problems) {

    public Invoice {
      retainage = List.copyOf(retainage);
      problems = List.copyOf(problems);
    }

    /** Retainage withheld by all lines. */
    public Money retained() {
      return Money.sum(retainage.stream().map(Movement::retained).toList());
    }

    /** Retainage released by all lines. */
    public Money released() {
      return Money.sum(retainage.stream().map(Movement::released).toList());
    }
  }

  /** What one line of an invoice withholds and releases. */
  public record Movement(Money retained, Money released) {}

  /**
   * A payment issued, as Procore shows it.
   *
   * @param id Procore's id
   * @param commitmentId whose it is
   * @param invoiceId the invoice that it pays, or null
   * @param originId its External Data, or null when no integration wrote it
   * @param amount what it says
   * @param date its day, or null
   */
  public record Payment(
      long id, long commitmentId, Long invoiceId, String originId, Money amount, LocalDate date) {}

  public JobBooks {
    commitments = List.copyOf(commitments);
    invoices = List.copyOf(invoices);
    payments = List.copyOf(payments);
  }

  /** The same with these payments. */
  public JobBooks with(List<Payment> read) {
    return new JobBooks(project, commitments, invoices, read);
  }
}
