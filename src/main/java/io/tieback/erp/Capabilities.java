package io.tieback.erp;

import io.tieback.construction.DocumentKind;
import java.util.Map;
import java.util.Set;

/**
 * What an ERP can take, declared once by its adapter and never asked for by name elsewhere
 * (GEN-ARC-07).
 *
 * @param erp short name, such as {@code xero}
 * @param displayName name for people, such as {@code Xero}
 * @param requestNames Procore's event names that the adapter has a flow for
 * @param notTaken Procore's event names of what the ERP cannot hold, each with the reason for the
 *     approver, in a whole sentence
 * @param takes kinds of documents that it takes, with the most in one write
 * @param numberLength longest bill number
 * @param descriptionLength longest line description
 * @param itemCodeLength longest item code
 * @param unitPriceDecimals decimals of a unit price
 * @param quantityDecimals decimals of a quantity
 * @param lineAmountLimit largest amount of a line, as plain decimal text
 * @param negativeTotals whether an invoice below zero can be written, as a credit note
 */
public record Capabilities(
    String erp,
    String displayName,
    Set<String> requestNames,
    Map<String, String> notTaken,
    Map<DocumentKind, Integer> takes,
    int numberLength,
    int descriptionLength,
    int itemCodeLength,
    int unitPriceDecimals,
    int quantityDecimals,
    String lineAmountLimit,
    boolean negativeTotals) {

  public Capabilities {
    requestNames = Set.copyOf(requestNames);
    notTaken = Map.copyOf(notTaken);
    takes = Map.copyOf(takes);
  }

  /** Most documents of a kind in one write; 0 when it takes none. */
  public int documentsPerCall(DocumentKind kind) {
    return takes.getOrDefault(kind, 0);
  }
}
