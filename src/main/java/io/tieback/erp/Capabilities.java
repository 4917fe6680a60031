package io.tieback.erp;

import java.util.Set;

/**
 * What an ERP can take, declared once by its adapter and never asked for by name elsewhere
 * (GEN-ARC-07).
 *
 * @param erp short name, such as {@code xero}
 * @param displayName name for people, such as {@code Xero}
 * @param requestNames Procore's event names that the adapter has a flow for
 * @param documentsPerCall most documents in one write
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
    int documentsPerCall,
    int numberLength,
    int descriptionLength,
    int itemCodeLength,
    int unitPriceDecimals,
    int quantityDecimals,
    String lineAmountLimit,
    boolean negativeTotals) {

  public Capabilities {
    requestNames = Set.copyOf(requestNames);
  }
}
