package io.tieback.erp;

import java.time.LocalDate;

/** A supplier's payment terms as the ERP keeps them. */
public interface PaymentTerms {

  /** When a bill of this date falls due under the terms. */
  LocalDate dueDate(LocalDate billDate);

  /** The terms in words, such as {@code 30 days after the bill date}. */
  String inWords();
}
