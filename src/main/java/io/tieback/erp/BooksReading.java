package io.tieback.erp;

import io.tieback.construction.BookedDocument;
import java.util.List;

/**
 * What an ERP's books hold of what was wanted.
 *
 * @param documents bills and credit notes, also drafts and voided ones, each once
 * @param calls API calls that this took
 */
public record BooksReading(List<BookedDocument> documents, int calls) {

  public BooksReading {
    documents = List.copyOf(documents);
  }
}
