package io.tieback.erp;

import io.tieback.construction.BookedDocument;
import io.tieback.construction.Money;
import java.util.List;

/**
 * What an ERP's books hold of what was wanted.
 *
 * @param documents bills and credit notes, also drafts and voided ones, each once
 * @param retainageBalance credit less debit of the retainage account by the ERP's own report, with
 *     whatever posted there; null when the ERP does not tell, or not to Tieback
 * @param calls API calls that this took
 */
public record BooksReading(List<BookedDocument> documents, Money retainageBalance, int calls) {

  public BooksReading {
    documents = List.copyOf(documents);
  }
}
