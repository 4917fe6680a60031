package io.tieback.erp;

import java.time.LocalDate;
import java.util.Set;

/**
 * What a tie-out wants of an ERP's books: every document that carries a marker of the adapter's own
 * connection or one of these keys, and every other document with a line of retainage.
 *
 * @param documentIds the ERP's keys of documents that are wanted whatever they carry
 * @param retainageAccount account that retainage is held on, or null
 * @param retainageItem item that retainage is written on, or null
 * @param through day as of which the balance of the retainage account is wanted, or null for
 *     everything that is posted. Documents are given whatever their date
 */
public record BooksWanted(
    Set<String> documentIds, String retainageAccount, String retainageItem, LocalDate through) {

  public BooksWanted {
    documentIds = Set.copyOf(documentIds);
  }

  /** Whether a line with this item and account is one of retainage. */
  public boolean isRetainage(String itemCode, String accountCode) {
    return (retainageItem != null && retainageItem.equals(itemCode))
        || (retainageAccount != null && retainageAccount.equals(accountCode));
  }
}
